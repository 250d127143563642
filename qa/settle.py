"""Descriptions in a question settled: each is asked of the graph, and those whom it means are put in its place."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from graph.model import Claim, EntityRef
from qa.choosing import in_words
from qa.described import descriptions, group
from qa.description import Described
from qa.dialogue.context import Context
from qa.divisions import is_that, part_named
from qa.execute import execute
from qa.facts import Ran, View
from qa.kinds import in_trade, trade_asked
from qa.names import NameHit
from qa.parse import parse
from qa.query import Link, Query
from qa.run_list import run_list
from qa.spans import Annotated

_MOST = 25  # whom a description may mean
_DEEPEST = 4
_PLACING = {"superlative", "parts", "top"}
_PRONOUN = re.compile(r"\b(?:it|him|her)\b", re.I)
Meant = list[tuple[EntityRef, list[Claim]]]
"""Those whom a description means, each with the claims that say so."""
Read = Callable[[str, tuple[NameHit, ...]], Annotated]
"""Annotates a text in which these names are known."""


@dataclass(frozen=True, slots=True)
class Settled:
    """A question whose descriptions are names, with the claims that say whom they mean, and what was run for that.

    `groups` are those that mean several, with how they are found; `meaning` says of each whom it means, `told` in which
    relation a description has those (ids) whom it means.
    """

    question: Annotated
    claims: tuple[Claim, ...]
    ran: Ran
    groups: tuple[tuple[tuple[str, ...], Query], ...]
    meaning: tuple[str, ...]
    told: tuple[tuple[tuple[str, ...], Link], ...] = ()

    def asked(self, query: Query) -> Query:
        """A reading of the question; a figure of several is one of each of them. Nobody asks for whom he names himself:
        of “who bought the firm that X bought”, X is no answer.
        """
        link = query.link
        for ids, own in self.told if link is not None and query.kind == "list" else ():
            if (
                link is not None
                and link.asks != own.asks
                and link.given.ids == ids
                and {*link.relations} & {*own.relations}
            ):
                query = replace(query, without=(*query.without, own.given))
        whose = query.owner.ids if query.owner is not None else ()
        group = next((inner for ids, inner in self.groups if ids == whose), None)
        if group is None or query.kind not in ("fact", "sum") or query.spans or query.options or query.terms:
            return query
        return replace(query, kind="each" if query.kind == "fact" else "total", owner=None, inner=group)


def _turned(link: Link, other: Link) -> bool:
    """Whether one asks for the side of a relation that the other gives."""
    return link.asks != other.asks and bool({*link.relations} & {*other.relations})


def settled(view: View, question: Annotated, read: Read) -> Settled | str:
    """The question with its descriptions settled; the wording of one that means nobody, empty if there is none."""
    claims: list[Claim] = []
    fixed: tuple[NameHit, ...] = ()
    groups: list[tuple[tuple[str, ...], Query]] = []
    meaning: list[str] = []
    told: list[tuple[tuple[str, ...], Link]] = []
    parts: tuple[str, ...] = ()
    for _ in range(_DEEPEST):
        means = (_shortest(view, found, read) for found in descriptions(question, view.lexicon))
        one = next((one for one in means if one[1] is not None or one[0].definite), None)
        if one is None:
            break
        found, reading, meant = one
        if reading is None:
            parts = part_named(question, _said(question, found), found.readings)
            if parts:
                break
            return _said(question, found)
        if found.plural and len(meant) > 1:
            groups.append((tuple(ref.id for ref, _ in meant), reading))
        claims += [c for _, of in meant for c in of if c not in claims]
        if reading.link is not None:
            told.append((tuple(ref.id for ref, _ in meant), reading.link))
        meaning.append(f"{_said(question, found)}: {in_words([ref for ref, _ in meant])}")
        text, fixed = _replaced(question, found, [ref for ref, _ in meant], fixed)
        question = read(text, fixed)
    if not (fixed or parts):
        return ""
    question = replace(question, unknown=(*question.unknown, *parts))
    return Settled(question, tuple(claims), view.record(), tuple(groups), tuple(meaning), tuple(told))


def grouped(view: View, question: Annotated, read: Read) -> tuple[Settled, Context] | None:
    """“Which of X's suppliers are …?” as a turn about those who are its suppliers; None if it asks of no such group."""
    found = group(question, view.lexicon)
    if found is None:
        return None
    reading, meant = _meant(view, found)
    if reading is None:
        return None
    refs = tuple(ref for ref, _ in meant)
    start, end = _extent(question, found)
    opening = question.text[:start].rstrip()
    given = reading.link.given.label if reading.link is not None else ""
    rest = _PRONOUN.sub(given, question.text[end:]) if given else question.text[end:]
    text = f"{opening}{'' if opening.endswith(' of') else ' of'} them{rest}"
    asked = Settled(read(text, ()), (), view.record(), (), ())
    return asked, Context(reading, reading, None, reading, refs)


def _shortest(view: View, found: Described, read: Read) -> tuple[Described, Query | None, Meant]:
    """A description with whom it means; without the clause at its end, if with it it means nobody."""
    reading, meant = _meant(view, found) if not found.asked else _placed(view, read(found.asked, ()))
    if reading is None and found.shorter is not None:
        shorter = replace(found.shorter, definite=found.definite)
        return (shorter, *_meant(view, shorter))
    return found, reading, meant


def _meant(view: View, found: Described) -> tuple[Query | None, Meant]:
    """Whom a description means, each with the claims that say so, and in which reading."""
    for reading in (*found.readings, *(one for q in found.readings for one in _of_each(q))):
        outcome = run_list(view, reading)
        refs = [value for value in outcome.values if isinstance(value, EntityRef)]
        refs = [ref for ref in refs if is_that(view, reading, ref, _about(outcome.claims, ref))]
        if not found.plural and (trade := trade_asked(reading)) is not None:
            sure = [ref for ref in refs if in_trade(ref, trade)]
            refs = sure if sure or found.single else refs
        if outcome.status == "answered" and 0 < len(refs) <= (1 if found.single else _MOST):
            return reading, [(ref, _about(outcome.claims, ref)[:1]) for ref in refs]
    known = [entity.ref for i in found.known if (entity := view.facts.names.entities.get(i)) is not None]
    return (found.readings[0], [(known[0], [])]) if len(known) == 1 else (None, [])


def _placed(view: View, asked: Annotated) -> tuple[Query | None, Meant]:
    """Whom a question for somebody's place in an order means."""
    for _, query in parse(asked, view.lexicon):
        outcome = execute(view, query) if query.kind in _PLACING else None
        ref = next((v for v in outcome.values if isinstance(v, EntityRef)), None) if outcome is not None else None
        if outcome is not None and outcome.status == "answered" and ref is not None:
            return query, [(ref, list(outcome.claims[:1]))]
    return None, []


def _of_each(reading: Query) -> list[Query]:
    """The reading for each single one of several whom a description within may mean: one may own another of them."""
    link = reading.link
    if link is None or len(link.given.ids) < 2:
        return []
    return [replace(reading, link=replace(link, given=replace(link.given, ids=(i,)))) for i in link.given.ids]


def _about(claims: tuple[Claim, ...], ref: EntityRef) -> list[Claim]:
    return [c for c in claims if ref.id in (c.subject.id, c.object.id if isinstance(c.object, EntityRef) else "")]


def _extent(question: Annotated, found: Described) -> tuple[int, int]:
    """The characters of a description."""
    items = question.items[found.start : found.end]
    return question.tokens[items[0].start + found.skip].start, question.tokens[
        max(i.end for i in items) - 1 + found.over
    ].end


def _said(question: Annotated, found: Described) -> str:
    start, end = _extent(question, found)
    return question.text[start:end]


def _replaced(
    question: Annotated, found: Described, refs: list[EntityRef], fixed: tuple[NameHit, ...]
) -> tuple[str, tuple[NameHit, ...]]:
    """The text with a name for the description, and where names that are known stand in it."""
    start, end = _extent(question, found)
    name = refs[0].label
    several = in_words(refs) if found.plural else _said(question, found)
    shown = name if len(refs) == 1 else several
    hit = NameHit(start, start + len(name), shown, tuple(ref.id for ref in refs))
    moved = len(name) - (end - start)
    kept = [h if h.end <= start else replace(h, start=h.start + moved, end=h.end + moved) for h in fixed]
    kept = [h for h, old in zip(kept, fixed, strict=True) if old.end <= start or old.start >= end]
    return question.text[:start] + name + question.text[end:], (*kept, hit)
