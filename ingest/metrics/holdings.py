"""Stakes as figures: “Acme owns 12% of Bolt” is an investment of Acme's, a share of Bolt."""

from __future__ import annotations

from collections.abc import Sequence

from graph.model import Period
from ingest.metrics.basis import Reading
from ingest.metrics.dating import too_short
from ingest.metrics.links import clause_of
from ingest.metrics.measured import Measured
from ingest.metrics.times import own_period
from ingest.parsed import Amount, Sentence
from ingest.relations.found import Found

_METRIC = "investment"


def holdings(sentence: Sentence, related: Sequence[Found]) -> list[Measured]:
    """The stakes that relations of a sentence tell the size of; none that somebody has no more."""
    out = []
    for found in related:
        if found.predicate != "investsIn" or found.stake is None or found.over:
            continue
        firm, quantity, period = found.object.label, found.stake.span.quantity, _period(sentence, found.stake)
        reading = Reading("share", of=firm)
        out.append(Measured(found.subject, _METRIC, quantity, reading, firm, period, found.trigger, found.stake))
    return out


def _period(sentence: Sentence, stake: Amount) -> Period | None:
    """When a stake was so large; the day on which it was bought is none that it is held for."""
    when = own_period(sentence, stake)
    if when is None or too_short(when):
        return None
    here = clause_of(sentence.doc[when.root]) == clause_of(sentence.doc[stake.root])
    return when.span.period if here else None
