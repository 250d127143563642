"""How long a firm goes on without each of its suppliers, and what it costs until the supplier is back.

The numbers come from a plan (plan.py); a capacity or a stock that it leaves out is taken from claims, if one gives it
in the plan's unit. Bounds: the worst and the best that the ranges allow, as more stock and capacity never shorten the
time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from graph.errors import SettingsError
from graph.model import EntityRef
from graph.store.protocol import Store
from qa.risk.cite import Citations
from qa.risk.envelope import Measure, Result
from qa.risk.lens import Lens
from qa.risk.notes import unreliable
from qa.risk.paths.dependence import SUPPLIER
from qa.risk.report import Coverage
from qa.risk.survival.outages import Outage, outage
from qa.risk.survival.plan import Plan
from qa.risk.survival.plan_claims import Filled, fill_in
from qa.risk.survival.survive_tables import data_table, fill_table, lost_names, outage_table, survival

METHOD = (
    "survive: time to survive and cost until recovery by linear programs (Simchi-Levi et al. 2015), the other "
    "suppliers filling in as far as their capacity goes"
)


def survive(store: Store, entity_id: str, plan: Plan, *, lost: Sequence[str] = (), lens: Lens | None = None) -> Result:
    """How long `entity_id` survives the loss of each supplier of the plan, or of those `lost` together.

    Raises SettingsError if a number is neither in the plan nor in the claims, or `lost` names no supplier of the plan.
    """
    lens = lens or Lens()
    entity = lens.entity(store, entity_id)
    filled = fill_in(plan, entity, lens.seen(store), lens.store(store))
    cited = Citations(lens.seen(store).documents)
    outages = [outage(filled.plan, out) for out in _chosen(plan, lost)]
    tables = (outage_table(filled, outages, cited), fill_table(filled, outages), data_table(filled, cited))
    return Result(
        kind="survive",
        title=f"How long {entity.label} survives the loss of a supplier",
        entity=entity,
        measure=_shortest(filled, outages),
        tables=tuple(table for table in tables if table.rows),
        coverage=_coverage(filled),
        method=METHOD,
        assumptions=_notes(filled, entity, lens, store),
        evidence=cited.quotes,
        as_of=lens.as_of,
        known_at=lens.known_at,
        asked={"lost": list(lost), "plan": plan.to_json(), **lens.asked},
    )


def _chosen(plan: Plan, lost: Sequence[str]) -> list[tuple[int, ...]]:
    names = [maker.name for maker in plan.makers]
    for name in lost:
        if name not in names:
            raise SettingsError(f"{name} is no supplier of the plan: it has {', '.join(names)}")
    return [tuple(names.index(name) for name in dict.fromkeys(lost))] if lost else [(i,) for i in range(len(names))]


def _shortest(filled: Filled, outages: Sequence[Outage]) -> Measure:
    """The loss that the firm survives for the shortest time, at worst."""
    ended = [outage for outage in outages if outage.lasts[0] is not None]
    if not ended:
        return replace(survival(filled, outages[0]), what="shortest time to survive")
    worst = min(ended, key=lambda outage: outage.lasts[0] or 0.0)
    return replace(
        survival(filled, worst), what="shortest time to survive", note=f"without {lost_names(filled, worst)}"
    )


def _coverage(filled: Filled) -> Coverage:
    documents = {item.document for claim in filled.claims for item in claim.evidence}
    known = sum(bool(number.claims) for number in filled.numbers)
    return Coverage(len(filled.numbers), known, len(filled.claims), len(documents), "number", "a claim behind it")


def _notes(filled: Filled, entity: EntityRef, lens: Lens, store: Store) -> tuple[str, ...]:
    network = lens.network(store)
    notes = [
        "Numbers of the plan are taken as given; the plan names every supplier that could fill in.",
        "A missing unit of one input costs what the plan says, whatever else is missing; stocks are used as needed.",
    ]
    here = {maker.name for maker in filled.plan.makers} | {ref.label for ref in filled.named.values()}
    more = [arc.target.label for arc in network.out[SUPPLIER].get(entity.id, ()) if arc.target.label not in here]
    if more:
        shown = ", ".join(sorted(more)[:8]) + (" …" if len(more) > 8 else "")
        notes.append(f"The graph names further suppliers of {entity.label} that are not in the plan: {shown}.")
    if any(maker.recover is None for maker in filled.plan.makers):
        notes.append("Where no time to recover is given, no cost is worked out; give recover in the plan.")
    return (*notes, *unreliable(network.left_out))
