"""What a figure takes from those that stand in one row with it: the time of a share, the times of a move, owners."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.metrics.basis import shares_too
from ingest.metrics.gaps import gap_name
from ingest.metrics.links import clause_of
from ingest.metrics.measured import Measured
from ingest.metrics.pairing import Pairs
from ingest.metrics.times import own_period
from ingest.parsed import Sentence
from ingest.wordlists import words


def in_row(
    sentence: Sentence, made: Measured, out: Sequence[Measured], shared: Measured | None, paired: Pairs
) -> Measured:
    """A statement with what its row gives it; `out` are the statements before, `shared` the last share among them."""
    made = _paired(_in_step(sentence, _as_shared(sentence, made, shared), out), paired)
    beside = next((m for m in out if m.amount.first == paired.earlier.get(made.amount.first)), None)
    if beside is None:
        return made
    return replace(made, subject=beside.subject, scope=beside.scope, reading=replace(beside.reading, of=None))


def _as_shared(sentence: Sentence, made: Measured, shared: Measured | None) -> Measured:
    """A share that goes on with the one before, of the same time; one that it has risen or fallen from, of no time."""
    joined = shared is not None and made.reading.basis == "share" and shares_too(sentence, shared.amount, made.amount)
    if shared is None or not joined:
        return made
    if own_period(sentence, made.amount) is None:
        made = replace(made, period=shared.period if made.amount.span.delta is None else None)
    name = gap_name(sentence, shared.amount, made.amount)
    put = clause_of(sentence.doc[made.amount.root]).lemma_ in words("carrying")
    if put and name is not None and name.entity is not None and name.entity.type == "Company":
        return replace(made, subject=name.entity, scope=shared.scope)  # “we put A at 60% of TPU sales, B at 20%”
    return made


def _in_step(sentence: Sentence, made: Measured, out: Sequence[Measured]) -> Measured:
    """Another's move between the same times: “A slid to 7% in spring from 8% in winter, whereas B rose from 67% to
    68%”.
    """
    others = [m for m in out if m.metric == made.metric and m.subject != made.subject and m.reading.basis == "level"]
    times = {m.amount.span.delta: m.period for m in others}
    if {"from", "to"} - times.keys() or own_period(sentence, made.amount) is not None:
        return made
    return replace(made, period=times.get(made.amount.span.delta, made.period))


def _paired(made: Measured, paired: Pairs) -> Measured:
    """A statement with what its place in a row gives it: owner and period, or for a share the part."""
    at = made.amount.first
    dealt = made.metric in ("orders", "investment", "shipments")
    item = paired.items.get(at) if made.reading.basis == "share" else paired.parties.get(at) if dealt else None
    owner = None if made.reading.basis == "share" else paired.owners.get(at)
    return replace(
        made,
        subject=owner or made.subject,
        scope=item or made.scope,
        period=paired.periods.get(at, made.period),
    )
