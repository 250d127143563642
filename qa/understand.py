"""From what somebody says to the typed queries that it may mean: its descriptions settled, its form found."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from qa import follow
from qa.after_statement import taken_up
from qa.annotate import annotate
from qa.chinese import in_english
from qa.dialogue.context import Context
from qa.dialogue.members import members
from qa.dialogue.turn import Turn
from qa.execute import execute
from qa.existence import asked_who
from qa.facts import View
from qa.forms_reports import report
from qa.joined import Joined, joined
from qa.lexicon import lexicon
from qa.names import NameHit
from qa.numbered import each_named
from qa.parse import COMPUTED, search
from qa.premise import UNCLEAR, Premise, premise, told_before, whether
from qa.query import Query
from qa.rewrite import plain_order
from qa.sayings import plainly
from qa.settle import Read, Settled, grouped, settled
from qa.slips import put_right
from qa.spans import Annotated

_LISTS = ("list", "among")


@dataclass(frozen=True, slots=True)
class Understood:
    """The readings of what is said, the likeliest first, each with its edit of the last query; the turn as it was read,
    and how its descriptions were settled, or the one of them that means nobody. `reason` is why there are none, `note`
    what is to be said with the answer.
    """

    readings: list[tuple[str, Query]]
    turn: Turn
    settled: Settled | str = ""
    reason: str = ""
    note: str = ""


def understood(view: View, text: str, context: Context | None, *, edit: str, as_of: date | None) -> Understood:
    """What a question or a turn of a dialogue may mean."""
    put = in_english(text, view.facts.names, as_of or view.facts.today)
    if put is not None and put.reason:
        return _refused(view, text, context, as_of, put.reason)
    text = put.text if put is not None else text
    told = premise(text)
    if told is not None:
        return _behind(view, told, text, context, edit, as_of)
    if told_before(text):
        return _refused(view, text, context, as_of)
    said, text = text, each_named(put_right(plain_order(text), view.facts), view.facts.names)
    plain = plainly(text, view.facts.names)
    found = _of_plain(view, plain.text, context, edit, as_of, said)
    if not plain.also:
        return found
    as_said = _of_plain(view, text, context, edit, as_of, said)
    return replace(as_said, readings=[*found.readings, *as_said.readings])


def _of_plain(view: View, text: str, context: Context | None, edit: str, as_of: date | None, said: str) -> Understood:
    """What a question in plain words may mean; `said` is how it was put."""
    parts = joined(annotated(view, as_of)(text, ()))
    if parts is not None and (both := _of_both(view, parts, edit, as_of)) is not None:
        return both
    who = asked_who(text)
    if who is not None:
        found = _of_text(view, who, context, edit, as_of, said)
        listed = [(name, Query("any", inner=q)) for name, q in found.readings if q.kind in _LISTS]
        if listed:
            return replace(found, readings=listed)
    return _of_text(view, text, context, edit, as_of, said)


def _refused(view: View, text: str, context: Context | None, as_of: date | None, reason: str = UNCLEAR) -> Understood:
    turn = Turn(annotated(view, as_of)(text, ()), context or Context(None), lexicon(), view.facts.names)
    return Understood([], turn, reason=reason)


def _behind(view: View, told: Premise, text: str, context: Context | None, edit: str, as_of: date | None) -> Understood:
    """The readings of a question behind a statement, which it may lean on; not on one that names nobody."""
    if (asked := whether(told)) is not None:
        found = understood(view, asked, None, edit=edit, as_of=as_of)
        readings = [(name, query) for name, query in found.readings if query.kind == "yesno"]
        return replace(found, readings=readings) if readings else _refused(view, text, None, as_of)
    read = annotated(view, as_of)
    stated = read(told.stated, ())
    if not stated.names and not stated.unknown:
        return understood(view, told.asked, context, edit=edit, as_of=as_of)
    taken = taken_up(view, told, lambda one: read(one, ()))
    view.record()
    if taken is None or taken.reason:
        return _refused(view, text, None, as_of, taken.reason if taken is not None else UNCLEAR)
    if taken.text:
        return replace(understood(view, taken.text, None, edit=edit, as_of=as_of), note=taken.note)
    turn = Turn(read(told.asked, ()), Context(None), lexicon(), view.facts.names)
    return Understood(list(taken.readings), turn, note=taken.note)


def _of_both(view: View, parts: Joined, edit: str, as_of: date | None) -> Understood | None:
    """The readings of a question for those who do two things; None if one of the two is not understood."""
    first = _of_text(view, parts.first, None, edit, as_of)
    lists = [query for _, query in first.readings if query.kind in _LISTS]
    found = next(((q, refs) for q in lists if (refs := members(execute(view, q)))), None)
    if found is None:
        return replace(first, readings=[(edit, lists[0])]) if lists else None
    query, refs = found
    context = Context(query, query, None, query, tuple(refs))
    read = annotated(view, as_of)
    second = read(parts.second, ())
    named = settled(view, second, read)
    second = named.question if isinstance(named, Settled) else second
    asked = replace(first.turn, question=second, context=context, said="")
    readings = [(edit, q) for _, q in follow.readings(asked) if q.kind in _LISTS]
    return replace(first, readings=readings) if readings else None


def annotated(view: View, as_of: date | None) -> Read:
    """How a text is annotated by the names and sources of the graph."""
    facts = view.facts

    def read(text: str, known: tuple[NameHit, ...]) -> Annotated:
        today = as_of or facts.today
        return annotate(text, names=facts.names, lexicon=lexicon(), today=today, speakers=facts.speakers, known=known)

    return read


def _of_text(
    view: View, text: str, context: Context | None, edit: str, as_of: date | None, said: str = ""
) -> Understood:
    read = annotated(view, as_of)
    plain = Turn(read(text, ()), context or Context(None), lexicon(), view.facts.names, said)
    if report(plain.draft):
        return Understood(_asked(plain, context, edit), plain)
    of = grouped(view, plain.question, read)
    if of is not None and (found := follow.readings(replace(plain, question=of[0].question, context=of[1], said=""))):
        return Understood([(edit, query) for _, query in found], plain, of[0])
    pointing = context is not None and any(p.roles or p.home for p in plain.pronouns)
    named = "" if pointing else settled(view, plain.question, read)
    if isinstance(named, Settled):
        turn = replace(plain, question=named.question)
        found = [(name, named.asked(query)) for name, query in _asked(turn, context, edit)]
        if found:
            return Understood(found, turn, named)
    if isinstance(named, str) and named:
        return Understood([], plain, named)
    return Understood(_asked(plain, context, edit), plain)


def _asked(turn: Turn, context: Context | None, edit: str) -> list[tuple[str, Query]]:
    """The readings of a turn, each with its edit of the last query."""
    followed = follow.readings(turn) if context is not None and context.query is not None else []
    if followed:
        return [(name if edit == "new" else edit, query) for name, query in followed]
    if context is not None and (follow.dangling(turn) or (context.lost and follow.edits(turn))):
        return []
    found = list(turn.parsed)
    found += [] if any(q.kind in COMPUTED or q.role for _, q in found) else search(turn.question, lexicon())
    return [(edit, query) for _, query in found]
