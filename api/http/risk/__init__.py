"""`GET /v1/risk/…`: a report is one file here and one line in `REPORTS`.

The file holds a router with one route, whose handler measures and returns `shown.response(…)` of a `Result` (or of the
`Report` of a trace). `About` gives it the store and the lens from the query, `Shown` the format from `?format=` or the
`Accept` header; parameters that reports share stand in common.py. Its docstring is the description in OpenAPI:

    router = resource()

    @router.get("/concentration", **described(models.RiskResult))
    def concentration(asked: About, shown: Shown, item: Entity, by: …) -> Response:
        \"\"\"How concentrated the supply of an item is.\"\"\"
        return shown.response(measure(asked.store, asked.named(item), by=by, lens=asked.lens))

The same report on the command line: api/commands/risk/.
"""

from __future__ import annotations

from api.http.risk import (
    chokepoints,
    compare,
    concentration,
    customers,
    dependents,
    exposure,
    loops,
    reliance,
    simulate,
    substitutes,
    survive,
    systemic,
)

REPORTS = (
    exposure,
    dependents,
    concentration,
    chokepoints,
    substitutes,
    reliance,
    simulate,
    systemic,
    customers,
    loops,
    survive,
    compare,
)
