"""Follow-up questions as edits of the last typed query: another entity, period or metric, or a pronoun's referent."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from qa.annotate import Annotated
from qa.draft import Draft
from qa.lexicon import Lexicon
from qa.match import FLOWS
from qa.query import Link, Node, Query, Span

_PRONOUNS = {"it", "its", "they", "their", "them", "he", "his", "she", "her"}
_OPENERS = {"and", "but", "what", "how"}


def is_follow_up(question: Annotated) -> bool:
    """Whether a question leans on the one before: “And X?”, “A year before?”, “What was its margin?”"""
    stems = [t.lemma for t in question.tokens]
    return (
        bool(question.relative)
        or (
            bool(stems[:1])
            and (stems[0] in ("and", "but") or bool(_PRONOUNS & {t.text.lower() for t in question.tokens}))
        )
        or (len([s for s in stems if s.isalnum()]) <= 3)
    )


def edited(
    question: Annotated, last: Query, lexicon: Lexicon, parsed: list[tuple[str, Query]]
) -> list[tuple[str, Query]]:
    """The readings of a follow-up: the last query with what the new words change, then the new ones given its
    subject.
    """
    place = next((s for i in question.items for s in i.all("ordinal")), None)
    if place is not None and last.kind == "superlative":
        return [("follow-up", replace(last, rank=int(place.name)))]
    pronoun = bool(_PRONOUNS & {t.text.lower() for t in question.tokens})
    draft = Draft(question, lexicon)
    metrics, at = draft.metrics()
    nodes = tuple(Node(ids=h.ids, label=h.text) for h in question.names)
    subject = subject_of(last)
    if (pronoun or not nodes) and (metrics or _own_relation(parsed)):
        return [("follow-up", _adopt(q, subject, last)) for _, q in parsed if subject is not None] or _metric_only(
            last, metrics
        )
    if metrics and not nodes:
        return _metric_only(last, metrics)
    period = question.period or relative_period(question.relative, last.period)
    if question.relative and period is None:
        return []
    base = replace(
        last,
        period=period or last.period,
        words=_words(draft, set(at)) or last.words if not nodes else last.words,
        names=question.unknown,
    )
    spoken = {t.lemma for t in question.tokens} & {"accord", "say"}
    if spoken and nodes:
        base = replace(base, words=(*base.words,), names=(*base.names,), about=last.about)
        return [("follow-up", replace(base, period=period or last.period, about=(*last.about, *nodes)))]
    if nodes:
        base = _swap(base, nodes[0], question)
    return [("follow-up", base)] if nodes or period or question.unknown else []


def _own_relation(parsed: list[tuple[str, Query]]) -> bool:
    return any(q.link is not None for _, q in parsed)


def subject_of(query: Query) -> Node | None:
    """Whom the last question was about."""
    if query.owner is not None and not query.owner.open:
        return query.owner
    if query.link is not None and not query.link.given.open:
        return query.link.given
    return query.options[0] if query.options else query.about[0] if query.about else None


def _adopt(query: Query, subject: Node | None, last: Query) -> Query:
    """A new question with the old subject where it names none; the old period where it asks for the same kind of
    amount.
    """
    if subject is None:
        return query
    inherits = bool(set(query.metrics) & FLOWS) and bool(last.metrics)
    period = query.period or (last.period if inherits else None)
    if query.link is not None and query.link.given.open:
        query = replace(query, link=replace(query.link, given=subject))
    if query.owner is None or query.owner.open:
        query = replace(query, owner=subject)
    return replace(query, period=period)


def _metric_only(last: Query, metrics: tuple[str, ...]) -> list[tuple[str, Query]]:
    return [("follow-up", replace(last, metrics=metrics, basis=None, unit=None, words=()))] if metrics else []


def _words(draft: Draft, used: set[int]) -> tuple[str, ...]:
    words: tuple[str, ...] = draft.conditions(used)["words"]
    return words


def _swap(last: Query, node: Node, question: Annotated) -> Query:
    """The new entity in the place of the old one: the subject, or the given side of the relation."""
    period = question.period or last.period
    last = replace(last, words=(), soft=(*last.soft, *last.words))
    if last.link is not None:
        return replace(last, link=Link(last.link.relations, last.link.asks, node), period=period, about=())
    return replace(last, owner=node, period=period)


def relative_period(words: str | None, last: Span | None) -> Span | None:
    """“a year before” as days, counted from the last period."""
    if words is None or last is None or last.start is None or last.end is None:
        return None
    unit, way = words.split()
    sign = 1 if way in ("after", "later") else -1
    if unit == "year":
        start, end = _shift(last.start, sign), _shift(last.end, sign)
    else:
        days = timedelta(days=91 * sign)
        start, end = last.start + days, last.end + days
    text = str(start.year) if (end - start).days > 300 else f"{start} to {end}"
    return Span(start, end, text)


def _shift(day: date, years: int) -> date:
    return date(day.year + years, day.month, min(day.day, 28) if day.month == 2 else day.day)
