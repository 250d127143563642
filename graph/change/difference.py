"""What changed in a graph between two instants: claims new, changed, gone, confirmed, denied."""

from __future__ import annotations

from collections import ChainMap, defaultdict
from collections.abc import Callable, Hashable, Iterable, MutableMapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import cast

from graph.agreement.sources import Sources
from graph.change.documents import changed_documents
from graph.change.steps import confirms, denies, hearsay, same_statement, statement
from graph.model import Claim, Document
from graph.store.protocol import ClaimFilter, Store
from graph.views.timeline import Sources as Documents

_NOT_SAID = ("id", "evidence", "extractor", "confidence", "review", "unreliable")
_COMPARED = tuple(f.name for f in fields(Claim) if f.name not in _NOT_SAID)


@dataclass(frozen=True, slots=True)
class Step:
    """An earlier claim and the later one that takes its place, confirms or denies it; `fields` are those that differ.

    Where the id is the same, what differs is who stands behind it: `evidence` (the documents that state it), `review`
    (what a person said of it), `unreliable` (whether only sources judged unreliable say it).
    """

    before: Claim
    after: Claim
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """What changed after `since` up to `until` (None: up to now); a later claim stands in one list only.

    `confirmed`: what was a rumour and is now said firmly or by name. `denied`: what was said and is now denied.
    `changed`: what the new edition of a text says otherwise, or what more documents (or fewer) say than before.
    """

    since: datetime
    until: datetime | None
    new: tuple[Claim, ...] = ()
    changed: tuple[Step, ...] = ()
    gone: tuple[Claim, ...] = ()
    confirmed: tuple[Step, ...] = ()
    denied: tuple[Step, ...] = ()


def difference(store: Store, since: datetime, until: datetime | None = None) -> Difference:
    """What changed; only documents that changed in between, and earlier claims of the same subjects, are read."""
    documents = changed_documents(store, since, until)
    if not documents:
        return Difference(since, until)
    then, now = store.at(known_at=since), store.at(known_at=until)
    before, after = _claims(then, documents), _claims(now, documents)
    stayed = frozenset(documents)
    new, came = _only(after, before, stayed)
    gone, left = _only(before, after, stayed)
    earlier = _Earlier(then, _sources(now, then))
    denied, new = earlier.steps(new, denies)
    confirmed, new = earlier.steps(new, confirms, news=True)
    settled = {step.before.id for step in (*denied, *confirmed)}
    gone = [claim for claim in gone if claim.id not in settled]
    anew, new, gone = _reworded(new, gone)
    judged, new, gone = _replaced(new, gone)
    both = [
        Step(before[name], claim, _standing(before[name], claim)) for name, claim in after.items() if name in before
    ]
    other = [step for step in (*came, *(Step(s.after, s.before, s.fields) for s in left)) if _told_by(step)]
    support = [*(step for step in both if step.fields), *other]
    return Difference(
        since, until, tuple(new), (*anew, *judged, *support), tuple(gone), tuple(confirmed), tuple(denied)
    )


class _Earlier:
    """What was said before, each subject read once."""

    def __init__(self, store: Store, sources: Sources) -> None:
        self._store = store
        self._sources = sources
        self._about: dict[str, list[Claim]] = {}

    def steps(
        self, later: Iterable[Claim], leads: Callable[[Claim, Claim, Sources], bool], *, news: bool = False
    ) -> tuple[list[Step], list[Claim]]:
        """The steps to the later claims from those that lead to them, the surest first; and the claims without one.

        With `news`, what was said as firmly before takes no step.
        """
        steps: list[Step] = []
        rest: list[Claim] = []
        for claim in later:
            known = self._on(claim)
            found = [old for old in known if leads(claim, old, self._sources)]
            if found and not (news and any(self._as_firm(old, claim) for old in known)):
                old = max(found, key=lambda one: (one.confidence, one.id))
                steps.append(Step(old, claim, _differing(old, claim)))
            else:
                rest.append(claim)
        return steps, rest

    def _on(self, claim: Claim) -> list[Claim]:
        subject = claim.subject.id
        if subject not in self._about:
            self._about[subject] = list(self._store.claims(ClaimFilter(about=subject)))
        return [old for old in self._about[subject] if old.predicate == claim.predicate]

    def _as_firm(self, old: Claim, claim: Claim) -> bool:
        firm = old.affirmed and not hearsay(old) and (old.modality == "asserted" or claim.modality == "reported")
        return firm and same_statement(old, claim, self._sources)


def _sources(now: Store, then: Store) -> Sources:
    """The documents of both views, each read when it is asked for."""
    both = (cast("MutableMapping[str, Document]", Documents(view)) for view in (now, then))
    return Sources(ChainMap(*both))


def _claims(view: Store, documents: Iterable[str]) -> dict[str, Claim]:
    found = (claim for document in documents for claim in view.claims(ClaimFilter(document=document)))
    return {claim.id: claim for claim in found}


def _only(here: dict[str, Claim], there: dict[str, Claim], changed: frozenset[str]) -> tuple[list[Claim], list[Step]]:
    """The claims that are here alone; and those that documents which did not change state, too, on the other side."""
    alone: list[Claim] = []
    shared: list[Step] = []
    for name, claim in here.items():
        if name not in there:
            kept = tuple(e for e in claim.evidence if e.document not in changed)
            if kept:
                shared.append(Step(replace(claim, evidence=kept), claim, ("evidence",)))
            else:
                alone.append(claim)
    return alone, shared


def _standing(before: Claim, after: Claim) -> tuple[str, ...]:
    """What differs in who stands behind a claim that says the same."""
    told = _told_by(Step(before, after, ()))
    judged = (name for name in ("review", "unreliable") if getattr(before, name) != getattr(after, name))
    return (*(("evidence",) if told else ()), *judged)


def _told_by(step: Step) -> bool:
    """Whether other documents state the claim than before."""
    before, after = ({e.document for e in claim.evidence} for claim in (step.before, step.after))
    return before != after


def _reworded(new: Sequence[Claim], gone: Sequence[Claim]) -> tuple[list[Step], list[Claim], list[Claim]]:
    """Claims that a new edition of the same document says otherwise; and the new and gone ones that are left."""
    waiting: defaultdict[Hashable, list[Claim]] = defaultdict(list)
    for claim in gone:
        for document in dict.fromkeys(e.document for e in claim.evidence):
            waiting[document, statement(claim)].append(claim)
    steps: list[Step] = []
    left: list[Claim] = []
    taken: set[str] = set()
    for claim in new:
        keys = [(e.document, statement(claim)) for e in claim.evidence]
        old = next((c for key in keys for c in waiting.get(key, ()) if c.id not in taken), None)
        if old is None:
            left.append(claim)
        else:
            taken.add(old.id)
            steps.append(Step(old, claim, _differing(old, claim)))
    return steps, left, [claim for claim in gone if claim.id not in taken]


def _replaced(new: Sequence[Claim], gone: Sequence[Claim]) -> tuple[list[Step], list[Claim], list[Claim]]:
    """Claims read from the very place of one that is gone, as after an edit or a merge; and those that are left."""
    before, after = _by_place(gone), _by_place(new)
    pairs = ((before.get(place, []), claims) for place, claims in after.items())
    steps = [Step(old[0], now[0], _differing(old[0], now[0])) for old, now in pairs if len(old) == len(now) == 1]
    taken = {claim.id for step in steps for claim in (step.before, step.after)}
    return steps, [c for c in new if c.id not in taken], [c for c in gone if c.id not in taken]


def _by_place(claims: Iterable[Claim]) -> dict[Hashable, list[Claim]]:
    found: defaultdict[Hashable, list[Claim]] = defaultdict(list)
    for claim in claims:
        found[claim.predicate, frozenset(claim.evidence)].append(claim)
    return found


def _differing(before: Claim, after: Claim) -> tuple[str, ...]:
    return tuple(name for name in _COMPARED if getattr(before, name) != getattr(after, name))
