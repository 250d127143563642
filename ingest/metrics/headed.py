"""Lists of firms under a metric: “Staff in October: Acme 2,400; Bolt 950”, “Research spending: Acme $1bn, up 3%; …”."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.metrics.links import accepts
from ingest.metrics.owners import FIRMS
from ingest.metrics.pairing import Pairs
from ingest.metrics.terms import Term
from ingest.parsed import Amount, Mention, Sentence

_LEAST = 2  # firms that make a list
_NEAR = 5  # tokens from a firm to its figure


def headed(sentence: Sentence, terms: Sequence[Term]) -> Pairs:
    """Term, owner and period of each figure of such a list, by the amount's first token; empty for most sentences."""
    out = Pairs()
    colon = next((t.i for t in sentence.doc if t.text == ":"), 0)
    heads = [t for t in terms if t.last < colon and not t.negative]
    firms = [m for m in sentence.mentions if m.named and m.entity is not None and m.entity.type in FIRMS]
    if len(heads) != 1 or any(m.first < colon for m in firms):
        return out
    when = [w.span.period for w in sentence.periods if w.last < colon and w.span.period.start]
    for firm, amount in _listed(sentence, firms, colon, heads[0]):
        out.terms[amount.first] = heads[0]
        if firm.entity is not None:
            out.owners[amount.first] = firm.entity
        if len(when) == 1:
            out.periods[amount.first] = when[0]
    return out if len(set(out.owners.values())) >= _LEAST else Pairs()


def _listed(sentence: Sentence, firms: Sequence[Mention], colon: int, term: Term) -> list[tuple[Mention, Amount]]:
    """Each firm behind the colon with the first figure after it, before the next firm."""
    behind = sorted((m for m in firms if m.first > colon), key=lambda m: m.first)
    out: list[tuple[Mention, Amount]] = []
    for i, firm in enumerate(behind):
        end = behind[i + 1].first if i + 1 < len(behind) else len(sentence.doc)
        own = [a for a in sentence.amounts if firm.last < a.first < end and accepts(term.metric, a)]
        first = min(own, key=lambda a: a.first, default=None)
        opened = (
            sentence.doc[firm.first - 1].text in (":", ";", ",", "•") or sentence.doc[firm.first - 1].lower_ == "and"
        )
        if first is not None and opened and first.first - firm.last <= _NEAR:
            out.append((firm, first))
    return out
