"""Follow-ups: which questions lean on the one before, and what they take over from it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from qa.rdf.draft import Draft
from qa.rdf.form import Attr, Column, Form, Thing
from qa.rdf.pieces import Piece
from qa.rdf.words import Token

_POINTING = frozenset({"those", "these", "them"})
_PRONOUNS = frozenset({"it", "its", "they", "their", "he", "his", "she", "her", "him", "one", "ones", "there"})
_BEFORE_THAT = frozenset({"in", "of", "for", "from", "at", "on", "to", "by", "with", "than", "about"})
_OPENINGS = (("what", "about"), ("how", "about"), ("and",), ("also",), ("now",), ("then",), ("of", "those"))


def leans(words: Sequence[Token], parts: Sequence[Piece]) -> bool:
    """Whether a question points back: at “those”, with a pronoun that stands for nothing in it, or by its opening."""
    texts = [w.text.casefold() for w in words]
    if any(t in _POINTING for t in texts):
        return True
    if any(tuple(texts[: len(o)]) == o for o in _OPENINGS):
        return True
    for i, text in enumerate(texts):
        if text == "that" and i and texts[i - 1] in _BEFORE_THAT:
            return True
        own = any(p.kind in ("noun", "value") and p.end <= i and _stands_for(p) for p in parts)
        if text in _PRONOUNS and not own and (text != "there" or not any(p.kind == "noun" for p in parts)):
            return True
    if parts and any(p.kind == "top" and not p.hints and _last(p, parts) for p in parts):
        return True
    return not any(p.kind in ("noun", "value") for p in parts) or _bare(words, parts)


def _last(part: Piece, parts: Sequence[Piece]) -> bool:
    """Whether nothing of weight follows (which has the most?)."""
    return not any(p.kind not in ("word",) for p in parts if p.start >= part.end)


def _stands_for(part: Piece) -> bool:
    """Whether a pronoun may stand for a piece: a class or a name."""
    return part.kind == "value" or bool(part.span and part.span.meanings[0].sense == "class")


def _bare(words: Sequence[Token], parts: Sequence[Piece]) -> bool:
    """Whether a question names neither a class nor a value, but asks of something (“which has the most …”)."""
    if not words or any(_stands_for(p) for p in parts if p.kind in ("noun", "value")):
        return False
    return (
        words[0].stem in ("which", "sort", "order")
        and len(words) > 1
        and words[1].stem in ("be", "have", "do", "them", "one")
    )


def substitutes(words: Sequence[Token]) -> bool:
    """Whether a question only puts something else in the place of what was asked (what about X)."""
    texts = tuple(w.text.casefold() for w in words[:3])
    return texts[:2] in (("what", "about"), ("how", "about")) or (texts[:1] == ("and",) and len(words) <= 6)


def resume(draft: Draft, form: Form) -> None:
    """The draft goes on from the form of the question before."""
    bodies = [form.body, *form.body.absent]
    last = max((n for b in bodies for n in b.things), default=-1)
    for number in range(last + 1):
        found = next((b.things[number] for b in bodies if number in b.things), None)
        draft.things.append(found if found is not None else Thing())
        draft.places.append(-10 + number)
    draft.main.things = list(form.body.things)
    draft.main.links = list(form.body.links)
    draft.main.tests = list(form.body.tests)
    draft.resumed = form.body.absent


def counted(form: Form, names: Callable[[Attr], bool]) -> Column:
    """How many there are of what was asked for: of the things, where what was given only names them."""
    first = form.columns[0].target
    if isinstance(first, Attr) and names(first):
        return Column(first.thing, "count")
    return Column(first, "count", distinct=True)


def kept(form: Form) -> tuple[Column, ...]:
    """The columns of the question before, without what was computed."""
    plain = tuple(c for c in form.columns if not c.function)
    return plain or form.columns


def measured(form: Form) -> Column | None:
    """What the question before ordered by, else the last thing it computed or gave besides a name."""
    if form.order:
        return form.order[0].column
    computed = [c for c in form.columns if c.function]
    if computed:
        return computed[-1]
    further = [c for c in form.columns[1:] if isinstance(c.target, Attr)]
    return further[-1] if further else None
