"""Edits that take up a part of the last amount: “from gaming alone?”, “how much of it was for China?”, “in all?”."""

from __future__ import annotations

from dataclasses import replace

from qa.dialogue.periods import asked_period
from qa.dialogue.slots import fits
from qa.dialogue.turn import Turn, amount_of
from qa.focus import QUESTION_WORDS
from qa.phrases import AUXILIARIES, PREPOSITIONS
from qa.query import Query
from qa.spans import Item
from qa.words import lemmas, tokens

# Words that say that a part is meant, and not which.
_PART = set(
    lemmas(
        "part portion piece bit chunk slice side segment division unit arm branch alone only just merely purely account"
        " derive stem generate contribute attributable belong due then instead rather please again same too also one"
        " client customer buyer user purchaser"
    )
)
# Words that say little in a question of its own, but name a part where nothing else does.
_NAMING = set(
    lemmas("cloud computing compute service services chip chips licence license licences export import capacity")
)
_UNDER = set(lemmas("under outside within through"))
_RELATING = {*lemmas("before after earlier later ago than versus against compared everything anything else why")}


def parted(turn: Turn) -> list[Query]:
    """“The data-centre part?”, “How much of that came from chips?”, “In royalties?”: of a part of the last subject."""
    last = amount_of(turn.last)
    if last.kind != "fact" or last.owner is None or not last.owner.named or not (last.metrics or last.words):
        return []
    if turn.leans("whole_of"):
        return [replace(last, scope=(), words=())] if last.scope or last.words else []
    asks = turn.leans("part_of") or (_part_alone(turn) and all(p.whose for p in turn.pronouns))
    if not asks or (any(not node.label.islower() for node in turn.nodes) and fits(turn, last)):
        return []
    if "market" in turn.question.stems and turn.question.has("share"):
        return []
    scope = _scope(turn)
    if not scope:
        return _share_of(turn, last)
    named = () if _governed(turn) else _named_metric(turn)
    period = asked_period(turn.question, turn.dated) or (turn.dated if last.period is not None else None)
    base = replace(last, scope=scope, words=(), soft=(), period=period, metrics=named or last.metrics, about=())
    if turn.leans("part_share") or (turn.question.has("share") and "how" not in turn.question.stems):
        return [replace(base, basis="share", unit="percent")]
    share = replace(base, basis="share", unit="percent")
    unit = last.unit if last.unit != "percent" and not named else None
    level = replace(base, basis=None, unit=unit)
    if last.basis == "share":
        return [share]
    return [level, share] if turn.leans("part_of") else [level]


def _share_of(turn: Turn, last: Query) -> list[Query]:
    """“What per cent is that?” of the amount of a part."""
    if not (last.scope and turn.leans("part_share")):
        return []
    return [replace(last, basis="share", unit="percent")]


def _part_alone(turn: Turn) -> bool:
    """Whether nothing asks anew: it opens like “and”, or has neither question word nor auxiliary."""
    stems = {*turn.question.stems}
    if stems & _RELATING or turn.question.relative:
        return False
    bare = turn.draft.wh is None and not turn.draft.yes_no
    return bare or (turn.elliptic and not stems & (QUESTION_WORDS | AUXILIARIES))


def _governed(turn: Turn) -> bool:
    """Whether the one thing that it names stands behind a preposition: “in royalties?”, “under contract?”"""
    at, items = turn.draft.metrics()[1], turn.draft.items
    if not turn.elliptic or turn.question.period is not None:
        return False
    opening = {t.lemma for i in at for t in turn.question.tokens[max(0, items[i].start - 1) : items[i].start + 1]}
    return bool(opening & (PREPOSITIONS | _UNDER))


def _named_metric(turn: Turn) -> tuple[str, ...]:
    """The metrics that a noun of the turn names, but for the share that only says that a part is meant."""
    names, at = turn.draft.metrics()
    firm = any(not s.weak for i in at for s in turn.question.items[i].all("metric"))
    return names if firm and "marketShare" not in names else ()


def _scope(turn: Turn) -> tuple[str, ...]:
    """The words that say which part is meant."""
    draft = turn.draft
    told = set(draft.metrics()[1]) if _named_metric(turn) and not _governed(turn) else set()
    free = [item for i, item in enumerate(draft.items) if i not in told and not _aside(item)]
    said = [t for item in free for t in tokens(item.text.replace("-", " ")) if t.text[0].isalnum()]
    said = [t for t in said if t.lemma not in _PART | QUESTION_WORDS | AUXILIARIES | PREPOSITIONS | _UNDER]
    content = tuple(dict.fromkeys(t.text.lower() for t in said if t.lemma not in turn.lexicon.light))
    weak = tuple(dict.fromkeys(t.text.lower() for t in said if t.lemma in _NAMING))
    return content or weak


def _aside(item: Item) -> bool:
    """Whether an item is about how the part is asked for, and not which it is."""
    return any(item.sense(kind) for kind in ("share", "number", "unit", "sum", "change", "difference", "latest"))
