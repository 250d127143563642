"""The conditions that a question sets beside what a form has explained: names, words, periods, hedges, amounts."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from qa.draft import Draft
from qa.query import Node, Query, Wish
from qa.spans import Annotated, Item
from qa.words import lemmas

_OPERATORS = {
    "highest",
    "lowest",
    "sum",
    "difference",
    "latest",
    "future",
    "possible",
    "confirm",
    "say",
    "agree",
    "path",
    "cancel",
    "why",
    "profile",
    "sources",
    "share",
    "change",
    "outdo",
    "trail",
    "stake",
    "number",
    "licence",
    "accord",
    "same",
    "opener",
    "hit",
    "except",
    "excepted",
    "account",
    "unit",
    "risk",
    "average",
    "rank",
    "following",
    "told",
    "deny",
    "status",
}


_OF_MARKET = set(lemmas("market world global worldwide pie industry"))  # words of the metric market share itself
_REPLACED = set(lemmas("before until instead rather prior"))


_PUBLIC = set(lemmas("ipo flotation listing float"))
_GOING_PUBLIC = (*lemmas("ipo flotation float floated listing listed debut"), "public")
_OTHERS = set(lemmas("analysts consensus"))


@dataclass(slots=True)
class _Left:
    """What is left over: whom it speaks of, words that must and that may be borne out, sources."""

    about: list[Node] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    soft: list[str] = field(default_factory=list)
    voices: list[str] = field(default_factory=list)


def query(kind: str, draft: Draft, used: set[int], *, nodes: tuple[Node | None, ...] = (), **fields: Any) -> Query:
    """A Query of the kind with the question's own conditions, and `fields` above them."""
    made = Query(**({"kind": kind} | conditions(draft, used, nodes=nodes) | fields))
    if "investment" in made.metrics and not made.must and _PUBLIC & {*draft.question.stems}:
        made = replace(made, must=_GOING_PUBLIC, words=tuple(w for w in made.words if w not in _GOING_PUBLIC))
    if "marketShare" not in made.metrics or not _OF_MARKET & {*made.words}:
        return made
    told = (w for w in made.words if w in _OF_MARKET)
    return replace(made, words=tuple(w for w in made.words if w not in _OF_MARKET), soft=(*made.soft, *told))


def conditions(draft: Draft, used: set[int], *, nodes: tuple[Node | None, ...] = ()) -> dict[str, Any]:
    """The fields of a Query that the items outside `used` set; `nodes` are whom the form names already."""
    left = _left(draft, used, {key for node in nodes if node for key in _ids(node)})
    speaker = draft.speaker_at()
    named = draft.items[speaker] if speaker is not None else None
    if _OTHERS & {*draft.question.stems}:
        left.soft.append("analyst")
    amount = draft.question.quantities[0] if draft.question.quantities else None
    superseded = amount is not None and _superseded(draft.question)
    return {
        "about": tuple(left.about),
        "without": draft.left_out,
        "words": tuple(dict.fromkeys(left.words)),
        "soft": tuple(dict.fromkeys(left.soft)),
        "voices": tuple(left.voices),
        "speaker": Node(ids=named.name.ids if named.name else (), label=named.text) if named else None,
        "names": tuple(n for n in draft.question.unknown if n not in draft.supposed_text),
        "period": draft.question.period,
        "wish": _wish(draft.question),
        "quantity": None if superseded else amount,
        "exclude": amount if superseded else None,
        "latest": draft.question.has("latest"),
        "stage": draft.question.revision.stage,
        "way": draft.question.revision.way,
        "told": draft.question.revision.told,
        "against": draft.question.against,
        "cases": draft.cases,
    }


def _left(draft: Draft, used: set[int], taken: set[str]) -> _Left:
    """The items that nothing has explained, sorted by what they ask of a claim."""
    left = _Left()
    speaker = draft.speaker_at()
    done = used | draft.unnamed_voice | draft.reader.used | draft.supposed
    for i, item in enumerate(draft.items):
        if i in draft.supposed or i == speaker or i in draft.excepted:
            continue
        if item.name:
            if i in draft.reader.described or taken & {*item.name.ids}:
                continue
            if item.text.islower():
                left.soft += lemmas(item.text)
                continue
            if _possesses(draft, i, taken):
                left.soft += lemmas(item.text)
                continue
            left.about.append(Node(ids=item.name.ids, label=item.text))
            taken = taken | {*item.name.ids}
        elif i not in done:
            _sort(draft, item, left)
        if draft.lemma(i - 1) == "under" and not item.name:  # contract, construction: a part, whatever else it means
            left.soft += lemmas(item.text)
    return left


def _possesses(draft: Draft, i: int, taken: set[str]) -> bool:
    """Whether it is the owner of a thing with a name that the form has: X in “who makes X's Y1”, who need not be spoken
    of again.
    """
    owned = draft.items[i + 2].name if draft.lemma(i + 1) == "'s" and i + 2 < len(draft.items) else None
    return owned is not None and not draft.items[i + 2].text.islower() and bool(taken & {*owned.ids})


def _sort(draft: Draft, item: Item, left: _Left) -> None:
    """Where one item that is no name belongs."""
    if item.sense("speaker"):
        left.voices.append(item.text)
    elif item.sense("demonym"):
        left.soft += lemmas(item.text)
    elif not any(item.sense(k) for k in _OPERATORS) and not (item.text.endswith("ly") and item.text.islower()):
        stems = [t.lemma for t in draft.question.tokens[item.start : item.end] if t.text[0].isalnum()]
        told = [s for s in stems if s not in draft.lexicon.light and not (len(s) == 1 and s.isalpha())]
        (left.soft if item.senses else left.words).extend(told)


def _superseded(question: Annotated) -> bool:
    """Whether the amount named is the one that came in place of what is asked for: “before it rose to $5bn”."""
    return bool(_REPLACED & {*question.stems}) or "up from" in question.text.lower()


def _wish(question: Annotated) -> Wish | None:
    if question.has("future"):
        return "future"
    return "possible" if question.has("possible") or question.has("told") else None


def _ids(node: Node) -> set[str]:
    inner = _ids(node.link.given) if node.link else set()
    return set(node.ids) | inner
