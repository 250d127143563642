"""Reading claims for questions: what one needs is looked up in the store, and remembered until a write touches it."""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from itertools import count

from graph.agreement.matters import matter
from graph.agreement.times import WEEK
from graph.agreement.view import Agreement, agreement
from graph.errors import UnknownError
from graph.model import Claim
from graph.store.bulk import uncollected
from graph.store.protocol import Joined, Store
from graph.views.latest import last_published
from graph.views.timeline import Sources as Documents
from qa.lexicon import Lexicon
from qa.matters import around, begun_on
from qa.names import Names
from qa.sparql import Pattern, select
from qa.stems import Stems
from qa.words import lemmas

_REMEMBERED = 150_000  # claims of patterns, those asked for last
_REMEMBERED_SETS = 2_000  # of neighbours, of pages
_REMEMBERED_LISTS = 50  # of those at the other end, thousands of whom there may be
_PAGE, _TIMES = 48, 4  # claims of the first page, and how much longer each page is than the one before
_NO_DAY = date(1970, 1, 1)


class Facts(Stems):
    """The graph as questions see it, at the version that it was last brought to; `store` is the look by the clocks."""

    def __init__(self, store: Store, *, as_of: date | None = None, known_at: datetime | None = None) -> None:
        self.store = store
        self.as_of = as_of
        self.known_at = known_at
        self.version = store.version()
        super().__init__(Documents(store))
        self._found: OrderedDict[Pattern, list[Claim]] = OrderedDict()
        self._matters: dict[Pattern, Mapping[Hashable, list[Claim]]] = {}
        self._held = 0
        self._beside: dict[tuple[str, ...], frozenset[str]] = {}
        self._attested: dict[tuple[tuple[str, ...], int], list[Claim]] = {}
        self._joined: dict[Pattern, list[Joined]] = {}

    @cached_property
    def names(self) -> Names:
        """The names of the entities."""
        with uncollected():
            return Names(self.store.entities())

    def follow(self) -> bool:
        """Forget what writes touched since; False, and nothing may be asked any more, if the store cannot tell that."""
        version = self.store.version()
        if version == self.version:
            return True
        touched = self.store.touched(self.version)
        if touched is None:
            return False
        self.version = version
        self._found.clear()
        self._matters.clear()
        self._beside.clear()
        self._attested.clear()
        self._joined.clear()
        self._held = 0
        self.documents.forget(touched.documents)
        for name in ("agreement", "speakers", "today", "doubted"):
            self.__dict__.pop(name, None)
        if names := self.__dict__.get("names"):
            if touched.renamed & names.entities.keys():
                self.forget_stems()
            names.renew(touched.entities, self.store)
        self.forget_stems(touched.claims)
        return True

    @cached_property
    def agreement(self) -> Agreement:
        """Who agrees with whom, and which sources are independent."""
        return agreement(self.store)

    @cached_property
    def speakers(self) -> dict[tuple[str, ...], str]:
        """Everybody whom some claim is attributed to, by the stems of the name."""
        labels = self.store.speakers()
        return {stems: label for label in labels if (stems := tuple(lemmas(label))) and label != label.lower()}

    @cached_property
    def today(self) -> date:
        """The day that “this quarter” counts from: the latest day any document was published."""
        return max(self.store.last_day() or _NO_DAY, _NO_DAY)

    def claims(self, pattern: Pattern) -> list[Claim]:
        """The claims of a pattern, in a stable order."""
        if pattern not in self._found:
            found = self.store.matching(
                subjects=pattern.subjects,
                predicates=pattern.predicates,
                objects=pattern.objects,
                either=pattern.either,
                saying=pattern.saying,
                mentioning=pattern.mentioning,
                counted=pattern.counted,
                days=pattern.days,
                limit=pattern.most,
            )
            self._held += len(found) + 1
            while self._held > _REMEMBERED and self._found:
                oldest, claims = self._found.popitem(last=False)
                self._matters.pop(oldest, None)
                self._held -= len(claims) + 1
            self.documents.expect(item.document for claim in found for item in claim.evidence)
            kept = [claim for claim in found if claim.attributed_to or not pattern.attributed]
            self._held -= len(found) - len(kept)
            self._found[pattern] = kept
        self._found.move_to_end(pattern)
        return self._found[pattern]

    def joined(self, pattern: Pattern) -> list[Joined]:
        """Whom the relations of a pattern with one side given join to it, with the first two firm claims."""
        if pattern not in self._joined:
            if len(self._joined) >= _REMEMBERED_LISTS:
                self._joined.clear()
            self._joined[pattern] = self.store.joined(
                subjects=pattern.subjects,
                predicates=pattern.predicates,
                objects=pattern.objects,
                either=pattern.either,
            )
        return self._joined[pattern]

    def each(self, ids: Sequence[str]) -> dict[str, Claim]:
        """The claims of these ids."""
        found = self.store.each_claim(ids)
        self.documents.expect(item.document for claim in found for item in claim.evidence)
        return {claim.id: claim for claim in found}

    def attested(self, ids: tuple[str, ...]) -> Iterator[Claim]:
        """The firm claims about one of these, the best attested first; read as far as they are wanted."""
        for page in count():
            if (ids, page) not in self._attested:
                if len(self._attested) >= _REMEMBERED_SETS:
                    self._attested.clear()
                offset = _PAGE * (_TIMES**page - 1) // (_TIMES - 1)
                self._attested[ids, page] = self.store.attested(ids, limit=_PAGE * _TIMES**page, offset=offset)
            found = self._attested[ids, page]
            yield from found
            if len(found) < _PAGE * _TIMES**page:
                return

    @cached_property
    def doubted(self) -> bool:
        """Whether some source is judged unreliable: then an answer says how many claims it leaves out for that."""
        return any(judgement.kind == "unreliable" for judgement in self.store.judgements())

    def neighbours(self, ids: tuple[str, ...]) -> frozenset[str]:
        """The entities that some claim joins to one of these."""
        if ids not in self._beside:
            if len(self._beside) >= _REMEMBERED_SETS:
                self._beside.clear()
            self._beside[ids] = self.store.neighbours(ids)
        return self._beside[ids]

    def rivals(self, claim: Claim) -> list[Claim]:
        """The claims on the matter of one (see `graph.agreement.matters`) that is no exclusive relation. Of amounts,
        those alone whose period begins within a week of its own, or on a day as unknown.
        """
        of, day = matter(claim), begun_on(claim)
        if of is None:
            return []
        wide, narrow = around(claim)
        pattern = wide if wide in self._found else narrow
        if pattern not in self._matters:
            sorted_out: defaultdict[Hashable, list[Claim]] = defaultdict(list)
            for one in self.claims(pattern):
                sorted_out[matter(one), begun_on(one)].append(one)
            self._matters[pattern] = sorted_out
        held = self._matters[pattern]
        near_days = [None] if day is None else range(day - WEEK.days, day + WEEK.days + 1)
        return sorted((one for near in near_days for one in held.get((of, near), ())), key=lambda one: one.id)

    def claim(self, id: str) -> Claim:
        """One claim; UnknownError if the graph does not hold it."""
        return self.store.claim(id)

    def has(self, id: str) -> bool:
        """Whether the graph holds a claim."""
        try:
            self.claim(id)
        except UnknownError:
            return False
        return True

    def published(self, claim: Claim) -> date | None:
        """When the claim was last published."""
        return last_published(claim, self.documents)


Ran = tuple[tuple[str, ...], frozenset[str]]  # queries, and the claims that were left out


class View:
    """Facts under the conditions of one question: from a confidence up, without unreliable sources unless asked.

    Records the SPARQL it ran, and the claims (ids) of unreliable sources that it left out.
    """

    def __init__(
        self, facts: Facts, lexicon: Lexicon, *, min_confidence: float | None = None, unreliable: bool = False
    ) -> None:
        self.facts = facts
        self.lexicon = lexicon
        self.min_confidence = min_confidence
        self.unreliable = unreliable
        self.queries: list[str] = []
        self.left_out: set[str] = set()

    def record(self) -> Ran:
        """What was run and left out since this was last asked, which is forgotten."""
        ran = tuple(self.queries), frozenset(self.left_out)
        self.queries.clear()
        self.left_out.clear()
        return ran

    def recall(self, *records: Ran) -> None:
        """Have in mind again what was recorded, and nothing else."""
        self.record()
        for queries, left_out in records:
            self.queries += [query for query in queries if query not in self.queries]
            self.left_out |= left_out

    def claims(self, pattern: Pattern) -> list[Claim]:
        """The claims of the pattern that meet the question's conditions."""
        self.tell(pattern)
        sure = [claim for claim in self.facts.claims(pattern) if self._sure(claim)]
        self.left_out.update(claim.id for claim in sure if not self._trusted(claim))
        return [claim for claim in sure if self._trusted(claim)]

    @property
    def free(self) -> bool:
        """Whether the question leaves no claims out, for who makes them or for how sure they are."""
        return self.min_confidence is None and not self.facts.doubted

    def joined(self, pattern: Pattern) -> list[Joined]:
        """Whom the relations of a pattern join to those given; only for a view that is free."""
        sides = (
            replace(pattern, either=(), objects=pattern.either),
            replace(pattern, either=(), subjects=pattern.either),
        )
        for way in sides if pattern.either else (pattern,):
            self.tell(way)
        return self.facts.joined(pattern)

    def attested(self, ids: tuple[str, ...]) -> Iterator[Claim]:
        """The firm claims about one of these that meet the question's conditions, the best attested first."""
        if self.facts.doubted:
            self.claims(Pattern(either=ids))  # those left out are counted
        self.tell(Pattern(either=ids))
        return (claim for claim in self.facts.attested(ids) if self._sure(claim) and self._trusted(claim))

    def first(self, pattern: Pattern, most: int) -> list[Claim]:
        """So many of the claims that `claims` gives, the first by id; of all of them if some may be left out."""
        return self.claims(replace(pattern, most=most)) if self.free else self.claims(pattern)[:most]

    def tell(self, pattern: Pattern) -> None:
        """Record that the claims of the answer are among those of a pattern."""
        if (text := select(pattern)) not in self.queries:
            self.queries.append(text)

    def aside(self, pattern: Pattern) -> list[Claim]:
        """The same, but nothing of it is recorded: what the claims of the answer are compared with."""
        return [claim for claim in self.facts.claims(pattern) if self._sure(claim) and self._trusted(claim)]

    def rivals(self, claim: Claim) -> list[Claim]:
        """The claims that a claim of the answer is compared with (see `Facts.rivals`); not recorded either."""
        return [other for other in self.facts.rivals(claim) if self._sure(other) and self._trusted(other)]

    def _sure(self, claim: Claim) -> bool:
        return self.min_confidence is None or claim.certainty >= Decimal(str(self.min_confidence))

    def _trusted(self, claim: Claim) -> bool:
        return self.unreliable or not claim.unreliable
