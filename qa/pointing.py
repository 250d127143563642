"""The pronouns of a question put down as the names of a statement before it, where only one can be meant."""

from __future__ import annotations

import re
from collections.abc import Mapping

from graph.model import Entity
from qa.in_period import FLOWS
from qa.lexicon import lexicon
from qa.names import NameHit
from qa.spans import Annotated
from qa.words import lemmas, tokens

_FIRMS = {"Company", "Organization"}
_ITS = re.compile(r"\b(?:its|their)\b", re.I)
_HIS = re.compile(r"\b(?:his|her)\b", re.I)
_SUBJECT = re.compile(r"\b(?P<aux>do|does|did|will|would|has|have|is|was|are|were|can|could) (?:it|they)\b", re.I)
_OBJECT = re.compile(r"(?<=[a-z] )(?:it|them)(?=$| (?:in|for|from|with|now|to|at|on)\b)", re.I)
_NOUN = re.compile(r"\b(?P<the>that|this|the) (?P<noun>[a-z][\w-]*(?: [a-z][\w-]*)?)\b")
_A_THING = re.compile(r"\ban? [a-z]")
_POINTERS = {
    *(
        "it",
        "its",
        "they",
        "their",
        "them",
        "that",
        "this",
        "those",
        "these",
        "he",
        "she",
        "him",
        "his",
        "her",
        "there",
    ),
    *("then", "so", "ones", "one", "else", "rest", "other", "others", "both", "former", "latter"),
}


def points(text: str) -> bool:
    """Whether a question has words that stand for something said before it."""
    return bool(_POINTERS & {token.text.lower() for token in tokens(text)})


def named_in(question: str, stated: Annotated, entities: Mapping[str, Entity]) -> str | None:
    """The question with names of the statement for its pronouns; None if some may mean several of them.

    The subject of the statement is meant by a pronoun that is a subject, its object by one that is an object.
    """
    hits = [h for h in stated.names if not h.text.islower() and len(h.ids) == 1]
    firms = [h for h in hits if entities[h.ids[0]].type in _FIRMS]
    people = [h for h in hits if entities[h.ids[0]].type == "Person"]
    text = _by_noun(question.rstrip("?!. "), hits, entities)
    if _HIS.search(text):
        text = _HIS.sub(f"{people[0].text}'s", text) if len(people) == 1 else text
    if _ITS.search(text) and len(firms) == 1:
        text = _ITS.sub(f"{firms[0].text}'s", text)
    subject = firms[0] if firms and (len(firms) == 1 or re.search(r"\b(?:do|does|did|will|would) it\b", text)) else None
    if subject is not None:
        text = _SUBJECT.sub(lambda m: f"{m['aux']} {subject.text}", text)
    if hits and _OBJECT.search(text) and (len(hits) > 1 or not _A_THING.search(stated.text)):
        text = _OBJECT.sub(hits[-1].text, text)
    return None if points(text) else _of_its_period(text, stated)


def _by_noun(text: str, hits: list[NameHit], entities: Mapping[str, Entity]) -> str:
    """With the name for “that glass”, “this chip”: the one that ends so, or the only one of that class."""

    def put(found: re.Match[str]) -> str:
        words = found["noun"].split()
        for end in range(len(words), 0, -1):
            name = _meant(found["the"].lower(), " ".join(words[:end]), hits, entities)
            if name:
                return " ".join((name, *words[end:]))
        return found[0]

    return _NOUN.sub(put, text)


def _meant(the: str, noun: str, hits: list[NameHit], entities: Mapping[str, Entity]) -> str:
    """The name that a definite noun stands for; empty if it may be none, or several."""
    words = tokens(noun)
    if noun == "market":
        goods = [h for h in hits if entities[h.ids[0]].type not in {*_FIRMS, "Person", "Place"}]
        return f"the {goods[0].text} market" if len(goods) == 1 else ""
    ending = [h for h in hits if words[-1].lemma in {part for s in lemmas(h.text)[-1:] for part in (s, *s.split("-"))}]
    classes = {s.name for f in lexicon().find(words, len(words) - 1) for s in f.senses if s.kind == "class"}
    kind = [h for h in hits if entities[h.ids[0]].type in classes and the != "the"]
    chosen = ending or kind
    return chosen[0].text if len(chosen) == 1 else ""


def _of_its_period(text: str, stated: Annotated) -> str:
    """With the period of the statement for an amount of one, where the question has none."""
    words = tokens(text)
    found = {
        s.name for i in range(len(words)) for f in lexicon().find(words, i)[:1] for s in f.senses if s.kind == "metric"
    }
    dated = re.search(r"\b(?:19|20)\d\d\b|quarter|year|month", text)
    if stated.period is None or dated or not found & FLOWS:
        return f"{text}?"
    return f"{text} in {stated.period.text}?"
