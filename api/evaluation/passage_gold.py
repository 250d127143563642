"""Which sentences bear out the answer to a gold question: told from the gold claims, whatever any engine answers.

An amount is borne out by the claims of the question's articles that state it. An entity is borne out by the claims on
the shortest way to it from an entity that the question names; so is the subject of an amount that the question does not
name. A question whose answer no such claims hold (a sum, a count, yes or no, a choice between names) has no evidence.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from api.evaluation.gold import GoldClaim, GoldEntity, Question
from api.evaluation.gold_graph import GoldNames
from api.evaluation.labels import plain
from api.evaluation.quantities import same_quantity
from graph.contract import Json

Sentence = tuple[str, int]
"""An article by its stem, and the number of the sentence in it."""

Need = frozenset[Sentence]
"""Sentences any one of which says what is needed."""

_FARTHEST = 3


@dataclass(frozen=True, slots=True)
class Sought:
    """A question with what must be found for its answer."""

    question: Question
    needs: tuple[Need, ...]

    @property
    def hops(self) -> bool:
        """Whether no single sentence says it all."""
        return not frozenset.intersection(*self.needs)


class Evidence:
    """The gold claims of one place, to find evidence in."""

    def __init__(self, rows: Mapping[str, Sequence[GoldClaim]], entities: Sequence[GoldEntity]) -> None:
        self._names = GoldNames(entities)
        self._called: defaultdict[str, set[str]] = defaultdict(set)
        for entity in entities:
            known = self._names.entity(entity.label, entity.types[0]).id
            self._called[known] |= {plain(name) for name in (entity.label, *entity.aliases)} - {""}
        self._rows = [(stem, row) for stem, held in rows.items() for row in held]

    def sought(self, questions: Iterable[Question]) -> list[Sought]:
        """The questions that stand alone and have evidence, in order."""
        found = ((q, self._needs(q)) for q in questions if not q.after and q.gold["status"] == "answered")
        return [Sought(question, tuple(dict.fromkeys(needs))) for question, needs in found if needs]

    def _needs(self, question: Question) -> list[Need]:
        rows = [(stem, row) for stem, row in self._rows if stem[:2] in question.pages]
        words = f" {plain(question.text)} "
        named = {known for known, names in self._called.items() if any(f" {name} " in words for name in names)}
        amounts = [amount for amount in (question.gold["quantity"], *question.gold.get("quantities", ())) if amount]
        found: list[Need] = []
        for wanted in amounts:
            found += self._of_amount({**wanted, "abs": question.gold.get("abs", False)}, rows, named) or [Need()]
        for label in question.gold["entities"]:
            known = next((known for known, names in self._called.items() if plain(label) in names), "")
            found += self._way(rows, named, known) or [Need()]
        return found if all(found) else []

    def _of_amount(self, wanted: Json, rows: list[tuple[str, GoldClaim]], named: set[str]) -> list[Need]:
        """What states an amount, and what leads to whose it is."""
        stated = [
            (self._sides(row)[0], (stem, row.sentence))
            for stem, row in rows
            if row.is_metric and same_quantity(wanted, row.object, wanted["tolerance"])
        ]
        if not stated:
            return []
        owners = dict.fromkeys(owner for owner, _ in stated)
        ways = [] if named & owners.keys() else [way for owner in owners if (way := self._way(rows, named, owner))]
        return [frozenset(place for _, place in stated), *min(ways, key=len, default=[])]

    def _way(self, rows: list[tuple[str, GoldClaim]], named: set[str], goal: str) -> list[Need]:
        """The relations on the shortest way from an entity that is named to another; none if that is named itself."""
        if goal in named:
            return []
        near: defaultdict[str, defaultdict[str, set[Sentence]]] = defaultdict(lambda: defaultdict(set))
        for stem, row in rows:
            if not row.is_metric:
                a, b = self._sides(row)
                near[a][b].add((stem, row.sentence))
                near[b][a].add((stem, row.sentence))
        ways: dict[str, list[Need]] = {known: [] for known in sorted(named)}
        front, seen = list(ways), set(ways)
        for _ in range(_FARTHEST):
            for node in front:
                for other, places in near.get(node, {}).items():
                    ways.setdefault(other, [*ways[node], frozenset(places)])
            if goal in ways:
                return ways[goal]
            front = [node for node in ways if node not in seen]
            seen |= set(front)
        return []

    def _sides(self, row: GoldClaim) -> list[str]:
        return [self._names.entity(label, kind).id for label, kind in row.names]
