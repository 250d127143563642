"""`tollgraph risk …`: a report is one file here and one line in `REPORTS`.

The file holds one function, named as the command, that measures and returns a `Result` (or the `Report` of a trace).
Its first parameter is `Asked`; then come the parameters that are the report's own, with typer's types as `Annotated`
(those that reports share stand in common.py). Its docstring is the help. It imports its measure inside, so that
start-up stays fast:

    def concentration(asked: Asked, item: ItemArgument, by: ByOption = By.firm) -> Result:
        \"\"\"How concentrated the supply of an item is.\"\"\"
        from qa.risk.supply.claimed import concentration as measure

        return measure(asked.store, asked.named(item), by=by.value, lens=asked.lens)

`report` adds what every report has: --as-of, --known-at, --min-confidence, --include-unreliable, --impute, --format,
--output, --table, --graph, --json; it opens the store and writes the result. The same report over HTTP: api/http/risk/.
"""

from __future__ import annotations

from collections.abc import Callable

from api.commands.risk.chokepoints import chokepoints
from api.commands.risk.common import report
from api.commands.risk.compare import compare
from api.commands.risk.concentration import concentration
from api.commands.risk.customers import customers
from api.commands.risk.dependents import dependents
from api.commands.risk.exposure import exposure
from api.commands.risk.loops import loops
from api.commands.risk.reliance import reliance
from api.commands.risk.simulate import simulate
from api.commands.risk.substitutes import substitutes
from api.commands.risk.survive import survive
from api.commands.risk.systemic import systemic

REPORTS: dict[str, Callable[..., None]] = {
    "exposure": report(exposure),
    "dependents": report(dependents),
    "concentration": report(concentration),
    "chokepoints": report(chokepoints),
    "substitutes": report(substitutes),
    "reliance": report(reliance),
    "simulate": report(simulate),
    "systemic": report(systemic),
    "customers": report(customers),
    "loops": report(loops),
    "survive": report(survive),
    "compare": report(compare),
}
