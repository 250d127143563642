"""The tables of the chokepoints report."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal

from qa.risk.cite import Citations
from qa.risk.envelope import Cell, Column, Measure, Row, Table
from qa.risk.supply.gates import Spread
from qa.risk.supply.supply_gates import Drawn, Source
from qa.risk.supply.top_event import Chance

SHOWN = 8


def cuts_table(
    drawing: Drawn, cuts: Sequence[frozenset[str]], chances: Sequence[Chance] | None, cited: Citations
) -> Table:
    """Each minimal cut: who, what they provide, what fails in which order, and the claims that say they provide it."""
    spread, provided_by = Spread(drawing.gates), _by_event(drawing)
    rows = []
    for n, cut in enumerate(cuts):
        groups = [drawing.groups[event] for event in sorted(cut)]
        failed = dict.fromkeys(spread.order(sorted(cut), drawing.target))
        found = [
            (key, source)
            for event in cut
            for key, source in provided_by[event]
            if "s|" + key in failed or key in failed
        ]
        provided = tuple(sorted({drawing.inputs[key].label for key, _ in found}))
        falls = _falls(drawing, failed)
        claims = [claim for _, source in found for claim in (*source.provider.claims, *source.group.claims)]
        cells: tuple[Cell, ...] = (len(cut), tuple(group.entity for group in groups), provided, falls)
        more = (_probability(chances[n]),) if chances is not None else ()
        rows.append(Row((*cells, *more), cited.cite(claims)))
    keys = [
        ("order", "order"),
        ("together", "together"),
        ("provide", "they provide"),
        ("fails", "what fails, in order"),
    ]
    keys += [("probability", "probability")] if chances is not None else []
    return Table("cuts", "What stops it", tuple(Column(*pair) for pair in keys), tuple(rows))


def _by_event(drawing: Drawn) -> defaultdict[str, list[tuple[str, Source]]]:
    """The inputs that each group provides."""
    found: defaultdict[str, list[tuple[str, Source]]] = defaultdict(list)
    for key, sources in drawing.sources.items():
        for source in sources:
            found["e|" + source.group.entity.id].append((key, source))
    return found


def _falls(drawing: Drawn, failed: Iterable[str]) -> tuple[Cell, ...]:
    """The things that fail with a cut, nearest to it first, up to the target."""
    labels = [drawing.inputs[key].label for name in failed if name[0] == "t" and (key := name[2:]) in drawing.inputs]
    return (*labels[:SHOWN], f"and {len(labels) - SHOWN} more") if len(labels) > SHOWN else tuple(labels)


def _probability(chance: Chance) -> Measure:
    low, high = (Decimal(str(round(end, 9))) for end in (chance.low, chance.high))
    note = "" if chance.exact else "no probability is given for some of them"
    value = low if low == high else None
    return Measure("probability that all fail", "probability", value, low, high, "assumed", note=note)


def supply_table(drawing: Drawn, cited: Citations) -> Table:
    """Every input with who needs it, who provides it, and the claims for both."""
    rows = []
    for key, item in drawing.inputs.items():
        needed = drawing.needed_by.get(key, {})
        sources = drawing.sources.get(key, [])
        kinds = drawing.kinds.get(key, ())
        if not needed and not sources and not kinds:
            continue
        claims = [claim for _, found in needed.values() for claim in found]
        claims += [claim for source in sources for claim in source.provider.claims]
        cells: tuple[Cell, ...] = (
            item.label,
            tuple(entity for entity, _ in needed.values()),
            tuple(source.provider.party for source in sources),
            tuple(kind.item for kind in kinds),
            _note(sources, kinds),
        )
        rows.append(Row(cells, cited.cite(claims)))
    keys = (("input", "input"), ("needed_by", "needed by"), ("providers", "providers"), ("kinds", "or one of"))
    columns = (*(Column(*pair) for pair in keys), Column("note", "note"))
    return Table("supply", "The supply that claims describe", columns, tuple(rows))


def _note(sources: Sequence[Source], kinds: Sequence[object]) -> str:
    if not sources and not kinds:
        return "no claim names a provider"
    return "; ".join(dict.fromkeys(source.group.note for source in sources if source.group.note))


def unknown_table(drawing: Drawn, counted: bool, cited: Citations) -> Table:
    """What the sources leave open: supplies without what is supplied, and providers too small to count."""
    found: dict[tuple[str, str], Row] = {}
    for client, provider in drawing.unnamed:
        note = "no claim says what is supplied" + ("; counted as an input of its own" if counted else "")
        found[client.id, provider.party.id] = Row((client, provider.party, note), cited.cite(provider.claims))
    for thing, provider in drawing.aside:
        note = "too small a share to stand in"
        found[thing.id, provider.party.id] = Row((thing, provider.party, note), cited.cite(provider.claims))
    columns = (Column("of", "of"), Column("supplier", "supplier"), Column("note", "note"))
    return Table(
        "unknown", "Suppliers that are not counted" if not counted else "Suppliers", columns, tuple(found.values())
    )
