"""Pronouns and “the company” in a turn, put down as whom they stand for: spans are bound, no text is written."""

from __future__ import annotations

from dataclasses import dataclass, replace

from qa.names import NameHit
from qa.query import Node, Side
from qa.spans import Annotated, Item
from qa.words import Token

ONE = {"it", "he", "him", "she"}
MANY = {"they", "them", "these", "those", "each", "both"}
_ALONE = {"each", "both"}  # pronouns only where nobody is named
ONES = {"its", "his", "her"}
MANYS = {"their"}
_PEOPLE = {"he", "him", "she", "his", "her"}
_FIRM = {"firm", "company", "group", "employer", "business"}
_DEFINITE = {"the", "that", "this"}
_WHOSE = "'s"
_PLACES = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "last": -1}
_PAIRED = {"former": 1, "latter": -1}


@dataclass(frozen=True, slots=True)
class Pronoun:
    """A span that stands for something said before: items [at, end); `types` are what it can be (any if none), `thing`:
    it is nobody; `other`: of two, the one that was not the answer; `place`: where in a list it stands, -1 for the last;
    `roles`: the relations in which it stands (“the buyer”), with its side; `home`: the country of the one of a list.
    """

    at: int
    end: int
    many: bool
    whose: bool
    types: tuple[str, ...] = ()
    other: bool = False
    thing: bool = False
    place: int = 0
    roles: tuple[tuple[str, Side], ...] = ()
    home: str = ""


def pronouns(question: Annotated) -> list[Pronoun]:
    """The pronouns of a turn, and definite classes (“that company”) where it names nobody."""
    out: list[Pronoun] = []
    items = question.items
    for i, item in enumerate(items):
        word = item.text.lower()
        kinds: tuple[str, ...] = ("Person",) if word in _PEOPLE else ()
        if word in ("his", "her") and i + 1 < len(items) and items[i + 1].text.lower() in _FIRM:
            out.append(Pronoun(i, i + 2, False, False, roles=(("leads", "object"),)))
        elif word in ONE | ONES and not _empty(question, i):
            out.append(Pronoun(i, i + 1, False, word in ONES, kinds, thing=not kinds))
        elif word == "there" and i and not _existing(items, i):
            out.append(Pronoun(i, i + 1, False, False, thing=True))
        elif word in MANYS or (word in MANY and not _counted(items, i) and not (word in _ALONE and question.names)):
            out.append(Pronoun(i, i + 1, True, word in MANYS))
        elif word == "the" and (end := _other(items, i)):
            out.append(Pronoun(i, end, False, False, other=True))
        elif word == "the" and (placed := _placed(items, i)):
            out.append(Pronoun(i, placed[0], False, False, place=placed[1]))
        elif word == "the" and (country := _home(items, i)):
            out.append(Pronoun(i, i + 3, False, False, home=country))
        elif word in _DEFINITE and not question.names and (roles := _roles(items, i)):
            out.append(Pronoun(i, i + 2, False, False, roles=roles))
        elif word in _DEFINITE and i + 1 < len(items) and not question.names and (named := _class(items[i + 1])):
            out.append(Pronoun(i, i + 2, False, False, named))
        elif word in ("these", "those") and _counted(items, i):
            out.append(Pronoun(i, i + 2, True, False, _class(items[i + 1])))
    return out


def _existing(items: tuple[Item, ...], i: int) -> bool:
    """Whether “there” only says that something is: “is there a supplier”, “how many are there”."""
    near = (*items[max(0, i - 1) : i], *items[i + 1 : i + 2])
    return any(item.token is not None and item.token.lemma == "be" for item in near)


def _other(items: tuple[Item, ...], i: int) -> int:
    """Where “the other (one)” ends; 0 if it is not there, or goes with a noun."""
    if i + 1 >= len(items) or items[i + 1].text.lower() != "other":
        return 0
    after = items[i + 2] if i + 2 < len(items) else None
    if after is None or after.text.lower() in ("one", "company", "firm"):
        return min(i + 3, len(items))
    return i + 2 if after.text in ("?", ".", _WHOSE) else 0


def _placed(items: tuple[Item, ...], i: int) -> tuple[int, int] | None:
    """Where “the second one”, “the latter” ends, and which place of a list it means."""
    word = items[i + 1].text.lower() if i + 1 < len(items) else ""
    after = items[i + 2].text.lower() if i + 2 < len(items) else "?"
    if word in _PAIRED:
        return i + 2, _PAIRED[word]
    if word not in _PLACES or after != "one":
        return None
    return i + 3, _PLACES[word]


def _home(items: tuple[Item, ...], i: int) -> str:
    """The country of “the Chinese one”."""
    adjective = items[i + 1].sense("demonym") if i + 2 < len(items) else None
    noun = items[i + 2].text.lower() if adjective is not None else ""
    return adjective.name if adjective is not None and noun in ("one", "firm", "company", "group") else ""


def _roles(items: tuple[Item, ...], i: int) -> tuple[tuple[str, Side], ...]:
    """The relations and sides of “the buyer”, unless that is what is asked for (“who is the buyer”, “the buyer of”)."""
    noun = items[i + 1] if i + 1 < len(items) else None
    after = items[i + 2].text.lower() if i + 2 < len(items) else ""
    before = items[i - 1].text.lower().split()[-1] if i else ""
    asked = before in ("", "is", "are", "was", "were", "and", "which", "what")
    if noun is None or asked or after == "of" or noun.text.lower().endswith("s") or noun.words > 1:
        return ()
    senses = tuple((s.name, s.side) for s in noun.all("noun") if s.name != "leads")
    return () if noun.sense("metric") else senses


def _class(item: Item) -> tuple[str, ...]:
    """The types of “company”, “chip”; none for a word that may be a relation or a metric too."""
    if item.sense("metric") or item.sense("noun"):
        return ()
    return tuple(dict.fromkeys(s.name for s in item.all("class")))


def _counted(items: tuple[Item, ...], i: int) -> bool:
    """Whether “these” goes with a noun: “these companies”."""
    return i + 1 < len(items) and bool(_class(items[i + 1]))


def _empty(question: Annotated, i: int) -> bool:
    """Whether “it” stands for no thing: “is it confirmed that …”, “whose estimate is it that …”."""
    near = question.items[i + 1 : i + 4]
    return question.items[i].text.lower() == "it" and any(
        item.sense("confirm") or (item.token is not None and item.token.lemma == "that") for item in near
    )


def bound(question: Annotated, pronoun: Pronoun, node: Node) -> Annotated:
    """The turn with the pronoun as a name; a possessive gets its ending."""
    items, tokens = question.items, question.tokens
    first = tokens[items[pronoun.at].start]
    last = tokens[items[pronoun.end - 1].end - 1]
    hit = NameHit(first.start, last.end, node.label, node.ids)
    place = items[pronoun.at].start
    taken = items[pronoun.end - 1].end - place
    new = [Token(node.label or first.text, first.lemma, first.start, last.end)]
    new += [Token(_WHOSE, _WHOSE, last.end, last.end)] if pronoun.whose else []
    shift = len(new) - taken
    middle = [Item(place, place + 1, node.label or first.text, name=hit)]
    middle += [Item(place + 1, place + 2, _WHOSE, token=new[1])] if pronoun.whose else []
    after = [replace(item, start=item.start + shift, end=item.end + shift) for item in items[pronoun.end :]]
    return replace(
        question,
        tokens=(*tokens[:place], *new, *tokens[place + taken :]),
        items=(*items[: pronoun.at], *middle, *after),
        names=tuple(sorted((*question.names, hit), key=lambda h: h.start)),
    )
