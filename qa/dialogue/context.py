"""What a turn may lean on: the typed query of the last answer, whom and what it named, what it asked back."""

from __future__ import annotations

from dataclasses import dataclass, replace

from graph.model import EntityRef, Quantity
from qa.answer import Amount
from qa.outcome import Outcome
from qa.query import Node, Option, Query, Span

_ROW = 8  # amounts that a turn may take together
_MOST = 200  # entities and amounts that a turn may point back to
SINGLE = {"superlative", "largest", "compare", "profile", "counterparty", "row"}
COMPOSITE = {"each", "among", "largest", "total", "tally"}


@dataclass(frozen=True, slots=True)
class Context:
    """The dialogue as the next turn sees it.

    `query` is what was asked last, `standing` what was last asked with an answer, `previous` what had one before that;
    `amounts` are those of the standing answer, `period` what it holds for. `refs` are the entities that an answer named
    last, in its order, and `group` its query, which later answers without entities leave as it is; `options` what may
    be chosen. `row` are the queries whose amounts were given one after another for the same metric.
    `lost`: a whole question that was not understood came last, so that no turn may edit what was asked before it.
    """

    query: Query | None
    standing: Query | None = None
    previous: Query | None = None
    group: Query | None = None
    refs: tuple[EntityRef, ...] = ()
    amounts: tuple[Quantity, ...] = ()
    period: Span | None = None
    options: tuple[Option, ...] = ()
    row: tuple[Query, ...] = ()
    lost: bool = False

    @property
    def fresh(self) -> bool:
        """Whether it is the standing answer that named the entities."""
        return bool(self.refs) and self.group == self.standing

    @property
    def one(self) -> EntityRef | None:
        """The entity that the answer gave, if it gave one: the only one, or the winner."""
        winner = self.standing is not None and self.standing.kind in SINGLE
        return self.refs[0] if self.fresh and (len(self.refs) == 1 or winner) else None


def follow_up(
    before: Context | None,
    query: Query | None,
    outcome: Outcome,
    options: tuple[Option, ...],
    *,
    new: bool,
    lost: bool = False,
) -> Context:
    """What the next turn may lean on. A turn that failed leaves standing what was answered before it, but for a `new`
    question, which is about something else; those named last can still be pointed at. `lost`: see Context.
    """
    old = before or Context(None)
    if query is None:
        return replace(old, options=options, lost=lost or old.lost)
    old = replace(old, lost=False)
    if outcome.status == "unknown" and new:
        return Context(query, query, None, old.group, old.refs, options=options, row=old.row)
    if outcome.status in ("unknown", "ambiguous"):
        standing = query if new or old.standing is None else old.standing
        return replace(old, query=query, standing=standing, options=options)
    refs = {ref.id: ref for ref in outcome.named}
    amounts: list[Quantity] = []
    for value in outcome.values:
        match value:
            case EntityRef():
                refs.setdefault(value.id, value)
            case Amount():
                if not value.derived or len(outcome.values) == 1:
                    amounts.append(value.quantity)
                if value.entity is not None:
                    refs.setdefault(value.entity.id, value.entity)
    held = next((c.period for c in outcome.claims[:1] if c.period is not None), None)
    period = Span(held.start, held.end, held.text) if held is not None else None
    group, named = (query, tuple(refs.values())[:_MOST]) if refs else (old.group, old.refs)
    row = _row(old, query)
    return Context(query, query, old.standing, group, named, tuple(amounts)[:_MOST], period, options, row)


def _row(old: Context, query: Query) -> tuple[Query, ...]:
    """The amounts of one metric given one after another, with this one; what is asked about them leaves them be."""
    if query.kind != "fact" or not query.metrics or query.owner is None or not query.owner.named:
        return old.row
    same = old.row if old.row and set(old.row[-1].metrics) & set(query.metrics) else ()
    return (*(q for q in same if q != query), query)[-_ROW:]


def subject_of(query: Query) -> Node | None:
    """Whom a question was about."""
    if query.kind in (*COMPOSITE, "source", "firm") and query.inner is not None:
        return subject_of(query.inner)
    if query.kind == "row":
        return subject_of(query.terms[-1])
    if query.owner is not None and not query.owner.open:
        return query.owner
    if query.link is not None and not query.link.given.open:
        return query.link.given
    return query.options[0] if query.options else query.about[0] if query.about else None
