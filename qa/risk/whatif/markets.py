"""In which market a firm sells: firms of one market stand in for each other, inputs from different markets do not.

A market is known by what claims say that is sold in it: the market of a disclosed market share, the item of a supply,
a kind of thing that is made. A firm counts to one market, that which most of its claims name, market shares before
all. One without any joins a declared rival's, or is a market of its own: then nobody is taken to be able to stand in
for it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from graph.catalogue import CatalogueEntry, catalogue
from graph.errors import SettingsError
from graph.model import Claim, EntityRef
from graph.vocabulary import read_yaml
from qa.risk.names import words
from qa.risk.paths.weights import sizes
from qa.risk.rules import Rules, rules

Level = Literal["essential", "non-essential", "negligible"]
LEVELS: tuple[Level, ...] = ("negligible", "non-essential", "essential")
MAKES = ("develops", "manufactures")

Tag = frozenset[str]


@dataclass(frozen=True, slots=True)
class Market:
    """`name` in words; `words` by which a rule may know it; `shared` if the claims put more than one firm into it.

    `given` by a scenario, it holds whatever the items of a trade say.
    """

    name: str
    words: frozenset[str]
    shared: bool = False
    given: bool = False


def market_of(items: Sequence[str], seller: Market) -> Market:
    """The market of one trade: that of its items, if they tell one, else the seller's."""
    tag = next((found for item in items if (found := tag_of(item))), None)
    if tag is None or seller.given or tag == seller.words:
        return seller
    return Market(" ".join(sorted(tag)), tag, shared=True)


@dataclass(frozen=True, slots=True)
class _Table:
    default: Level
    inputs: tuple[tuple[Level, frozenset[str], str], ...]
    vague: frozenset[str]
    market_share: int


@cache
def table() -> _Table:
    """cascade.yaml as values. Raises SettingsError for a level that there is none of."""
    data = read_yaml("qa.risk.whatif", "cascade.yaml")
    for level in (data["default"], *(row["level"] for row in data["inputs"])):
        if level not in LEVELS:
            raise SettingsError(f"qa/risk/whatif/cascade.yaml: “{level}” is no level; there are {', '.join(LEVELS)}")
    inputs = tuple((row["level"], frozenset(row["words"]), str(row["why"])) for row in data["inputs"])
    return _Table(data["default"], inputs, frozenset(data["vague"]), int(data["market_share"]))


def markets(firms: Sequence[str], claims: Sequence[Claim], items: Mapping[str, Sequence[str]]) -> dict[str, Market]:
    """The market of each firm, by its id. `items` are the things it sells, in words, once for every time it is said."""
    votes = _votes(claims, items)
    chosen = {firm: _first(votes[firm]) for firm in firms if votes.get(firm)}
    rivals = _rivals(claims)
    for firm in firms:
        near = Counter(chosen[other] for other in sorted(rivals.get(firm, ())) if other in chosen)
        if firm not in chosen and near and votes.get(firm) is None:
            chosen[firm] = _first(near)
    members = Counter(chosen[firm] for firm in firms if firm in chosen)
    known = _labels(claims)
    return {firm: _market(firm, chosen.get(firm), members, items.get(firm, ()), known) for firm in firms}


def level_of(market: Market) -> tuple[Level, str]:
    """How essential an input of the market is, and why; the default has no reason."""
    for level, named, why in table().inputs:
        if named & market.words:
            return level, why
    return table().default, ""


def stems(text: str, known: Rules) -> Tag:
    """The words that say what a market is of: without common and vague ones, and without places."""
    return of_what(word.removesuffix("s") for word in words(text) if word not in known.common)


def of_what(found: Iterable[str]) -> Tag:
    """Those of some stems that are neither vague nor the name of a place or of its people."""
    return frozenset(word for word in found if word not in table().vague and not _place(word))


@cache
def _place(word: str) -> bool:
    return word in _demonyms() or any(entry.type == "Place" for entry in catalogue().lookup(word))


@cache
def _demonyms() -> frozenset[str]:
    return frozenset(part for demonym in catalogue().demonyms for part in words(demonym))


def tag_of(item: str) -> Tag:
    """What kind of thing an item in words is: a kind of the catalogue, else its last word; empty for one firm's
    product.

    >>> sorted(tag_of("HBM3E")), sorted(tag_of("AI servers")), sorted(tag_of("H20"))
    (['hbm'], ['server'], [])
    """
    entries = catalogue().lookup(item)
    if entries:
        root = _root(entries[0])
        return frozenset() if root is None else stems(root.label, rules())
    parts = words(item)
    return stems(parts[-1], rules()) if parts else frozenset()


def _root(entry: CatalogueEntry) -> CatalogueEntry | None:
    """The kind that an entry is of; None if it is one firm's."""
    while entry.maker is None and entry.family is not None and (above := catalogue().by_label(entry.family)):
        entry = above
    return entry if entry.maker is None and entry.type in ("Chip", "Product", "Technology") else None


def _votes(claims: Sequence[Claim], items: Mapping[str, Sequence[str]]) -> dict[str, Counter[Tag]]:
    votes: defaultdict[str, Counter[Tag]] = defaultdict(Counter)
    known = rules()
    for firm, found in sizes(claims, known).items():
        for size in found:
            votes[firm][of_what(size.words)] += table().market_share
    for claim in claims:
        thing = claim.object
        if claim.predicate in MAKES and claim.affirmed and isinstance(thing, EntityRef):
            entry = catalogue().by_id(thing.id)
            root = _root(entry) if entry else None
            if root is not None:
                votes[claim.subject.id][stems(root.label, known)] += 1
    for firm, sold in items.items():
        votes[firm].update(tag_of(item) for item in sold)
    return {firm: kept for firm, found in votes.items() if (kept := Counter({t: n for t, n in found.items() if t}))}


def _first(votes: Counter[Tag]) -> Tag:
    return min(votes, key=lambda tag: (-votes[tag], sorted(tag)))


def _rivals(claims: Iterable[Claim]) -> dict[str, set[str]]:
    """Firms that claims call rivals, either way."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for claim in claims:
        if claim.predicate == "competesWith" and claim.affirmed and isinstance(claim.object, EntityRef):
            found[claim.subject.id].add(claim.object.id)
            found[claim.object.id].add(claim.subject.id)
    return found


def _labels(claims: Iterable[Claim]) -> dict[str, str]:
    ends = (end for claim in claims for end in (claim.subject, claim.object) if isinstance(end, EntityRef))
    return {end.id: end.label for end in ends}


def _market(
    firm: str, tag: Tag | None, members: Counter[Tag], sold: Sequence[str], labels: Mapping[str, str]
) -> Market:
    if tag is None:
        said = frozenset(word for item in sold for word in stems(item, rules()))
        return Market(f"what {labels.get(firm, firm)} sells", said)
    return Market(" ".join(sorted(tag)), tag, members[tag] > 1)
