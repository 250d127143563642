"""What answers take out of the tables of a risk report: entities, and the claims behind rows."""

from __future__ import annotations

from collections.abc import Iterable

from graph.model import Claim, EntityRef
from qa.facts import View
from qa.query import Node
from qa.risk.customer.pairs import meets
from qa.risk.envelope import Result, Row
from qa.risk.lens import Lens


def lens_of(view: View) -> Lens:
    """The lens of a report that looks as the question does."""
    return Lens(min_confidence=view.min_confidence, include_unreliable=view.unreliable)


def cited(view: View, result: Result, rows: Iterable[Row]) -> tuple[Claim, ...]:
    """The claims behind rows of a report, in the order in which it cites them.

    A sentence may bear out claims about others as well: those that name none of the row's entities count only where
    no other claim of the row does.
    """
    quotes = {quote.n: quote.claims for quote in result.evidence}
    found: dict[str, Claim] = {}
    for row in rows:
        named = {ref.id for cell in row.cells for ref in refs(cell)}
        claims = [view.facts.claim(name) for n in row.evidence for name in quotes.get(n, ())]
        about = [claim for claim in claims if meets(claim, named)]
        found |= {claim.id: claim for claim in about or claims}
    return tuple(found.values())


def unique(cells: Iterable[object]) -> tuple[EntityRef, ...]:
    """The entities among cells, each once."""
    return tuple({cell.id: cell for cell in cells if isinstance(cell, EntityRef)}.values())


def same(cell: object, node: Node) -> bool:
    """Whether a cell is who the question names."""
    return isinstance(cell, EntityRef) and cell.id in node.ids


def refs(cell: object) -> tuple[EntityRef, ...]:
    """The entities in a cell."""
    cells = cell if isinstance(cell, tuple) else (cell,)
    return tuple(one for one in cells if isinstance(one, EntityRef))


def listed(cell: object) -> str:
    """A cell of several words in one line."""
    return ", ".join(map(str, cell)) if isinstance(cell, tuple) else str(cell)
