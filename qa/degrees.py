"""Adjectives that stand for an amount (“how fast is the chip”), and verbs by which one is moved (“cut its stocks”)."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import replace
from functools import cache

from graph.vocabulary import read_yaml
from qa.lexicon import Sense
from qa.spans import Item
from qa.units import OF_UNIT
from qa.words import Token, lemmas

_FAR = 6  # items from a verb to the amount that it moves
_BETWEEN = {
    "the",
    "its",
    "their",
    "his",
    "her",
    "a",
    "an",
    "of",
    "size",
    "value",
    "number",
    "'s",
    "own",
    "total",
    "level",
    "sum",
}
_FORESEEING = set(
    lemmas("guidance outlook forecast target projection estimate plan goal budget expectation prediction")
)
_MONEY_RAISED = ("investment",)
_PLEDGED = set(lemmas("pledge commitment investment subsidy grant stake"))


_NO_VERB_AFTER = {"to", "the", "a", "an", "its", "their", "'s", "be"}
_APART = {"in", "at", "from", "with", "for", "by", "than", "into", "to", ",", "?"}


def graded(items: tuple[Item, ...], words: tuple[Token, ...], kinds: Mapping[str, str]) -> tuple[Item, ...]:
    """The items with the amount that an adjective stands for where no word names one; `kinds`: the types of names."""
    about = {kinds.get(i) for item in items if item.name for i in item.name.ids[:1]}
    items = _of_users(items, about)
    if any(item.sense("metric") or (item.sense("verb") and not _how(words)) for item in items):
        return items
    if any(item.sense("change") and words[item.start].lemma != "how" for item in items):
        return items
    about |= {s.name for item in items for s in item.all("class")}
    out = list(items)
    for i, item in enumerate(items):
        metric = _stands_for(item, words, about)
        if metric is not None:
            kept = tuple(s for s in item.senses if s.kind in ("highest", "lowest", "difference"))
            out[i] = replace(item, senses=(*kept, Sense("metric", metric, weak=True)), token=None)
    return tuple(out)


_THINGS = {"Product", "Model", "Chip", "Technology"}


def _of_users(items: tuple[Item, ...], about: Set[str | None]) -> tuple[Item, ...]:
    """The items with people as users where only things are named, which employ nobody."""
    if not about or not about <= _THINGS:
        return items
    out = list(items)
    for i, item in enumerate(items):
        if any(s.name == "headcount" for s in item.all("metric")):
            rest = tuple(s for s in item.senses if s.name != "headcount")
            people = (Sense("metric", "users"),) if {"people", "worker"} & {*lemmas(item.text)} else ()
            out[i] = replace(item, senses=(*rest, *people))
    return tuple(out)


def _how(words: tuple[Token, ...]) -> bool:
    return bool(words) and words[0].lemma == "how"


def _stands_for(item: Item, words: tuple[Token, ...], about: Set[str | None]) -> str | None:
    """The metric that an item stands for, said of things of some kind."""
    if item.name is not None:
        return None
    led = f"{words[item.start - 1].text} {item.text}" if item.start else item.text
    last = item.text.split()[-1] if item.sense("difference") else ""
    for said in (item.text, led, last):
        metric, kinds = _adjectives().get(said.lower(), ("", frozenset()))
        if kinds & about:
            return metric
    return None


@cache
def _adjectives() -> Mapping[str, tuple[str, frozenset[str]]]:
    """The metric of each form of an adjective, with the kinds of thing of which it is said."""
    table = read_yaml("qa", "degrees.yaml")["adjectives"]
    return {word: (name, frozenset(row["of"])) for name, row in table.items() for word in row["words"]}


def moving(items: tuple[Item, ...], words: tuple[Token, ...]) -> tuple[Item, ...]:
    """The items with the sense of a change for a verb whose object is an amount: “cut its workforce”, “lose users”."""
    out = list(items)
    fronted = _fronted(items, words)
    for i, item in enumerate(items):
        moves, gains = _verb_end(words, item, "moving"), _verb_end(words, item, "gaining")
        if (moves and _amount_after(items, words, moves)) or (
            gains and (fronted or _gained_after(items, words, gains))
        ):
            out[i] = replace(item, senses=(Sense("change"),), token=None)
    return tuple(out)


def _verb_end(words: tuple[Token, ...], item: Item, kind: str) -> int:
    """Where a verb of the kind that begins with the item ends; 0 if there is none. An infinitive only says what for."""
    if item.name is not None or any(s.name in _gained() and not s.weak for s in item.all("metric")):
        return 0
    if item.start and words[item.start - 1].lemma in _NO_VERB_AFTER:
        return 0
    stems = tuple(t.lemma for t in words[item.start : item.start + 4])
    return next((item.start + n for n in (4, 3, 2, 1) if len(stems) >= n and stems[:n] in _verbs()[kind]), 0)


@cache
def _verbs() -> Mapping[str, frozenset[tuple[str, ...]]]:
    data = read_yaml("qa", "degrees.yaml")
    kinds = {"moving": ("up", "down"), "gaining": ("gaining",)}
    return {kind: frozenset(lemmas(verb) for key in keys for verb in data[key]) for kind, keys in kinds.items()}


@cache
def _gained() -> frozenset[str]:
    return frozenset(read_yaml("qa", "degrees.yaml")["gained"])


def _fronted(items: tuple[Item, ...], words: tuple[Token, ...]) -> bool:
    """Whether “how many” of what one has many of is asked, with the doer behind: “how many jobs has X cut”."""
    for i, item in enumerate(items[:-2]):
        many = {t.lemma for t in words[: item.end]} & {"many", "much"} and words[0].lemma == "how"
        if many and _of_many(item) and words[items[i + 1].start].lemma in ("do", "have", "will", "would"):
            return True
    return False


def _of_many(item: Item) -> bool:
    """Whether an item is what one gains or loses many of: users, staff, megawatts."""
    return any(s.name in _gained() for s in item.all("metric")) or any(s.name in OF_UNIT for s in item.all("unit"))


def _gained_after(items: tuple[Item, ...], words: tuple[Token, ...], start: int) -> bool:
    """Whether what one has many of follows: “losing users”, “hired the most people”."""
    for item in items:
        if item.start >= start and words[item.start].lemma not in ("the", "a", "any", "new") and not _ordering(item):
            return any(s.name in _gained() and not s.weak for s in item.all("metric"))
    return False


def _ordering(item: Item) -> bool:
    return item.sense("highest") is not None or item.sense("lowest") is not None


def _amount_after(items: tuple[Item, ...], words: tuple[Token, ...], start: int) -> bool:
    """Whether the object that begins at token `start` is an amount, and no forecast of one."""
    near = [k for k, item in enumerate(items) if item.start >= start][:_FAR]
    for k in near:
        item = items[k]
        nouns = [s for s in item.all("metric") if not s.weak or item.words > 1]
        if nouns:
            raised = words[start - 1].lemma == "rais" and nouns[0].name in _MONEY_RAISED
            forecast = {*lemmas(item.text)} | {t.lemma for t in words[item.end : item.end + 1]}
            return not forecast & _FORESEEING and not (raised and not {*lemmas(item.text)} & _PLEDGED)
        if words[item.start].lemma in _APART:
            return False
        if (
            item.name is None
            and not item.sense("class")
            and words[item.start].lemma not in _BETWEEN
            and item.sense("verb")
        ):
            return False
    return False
