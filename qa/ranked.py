"""Descriptions of somebody by a place in an order: “the HBM leader”, “the second-largest foundry”, “X's top customer”.

Each is put as a question by itself, since what it is ranked by depends on whose or of what market it is.
"""

from __future__ import annotations

from dataclasses import dataclass

from qa.clauses import name_at, wording
from qa.draft import Draft
from qa.focus import QUESTION_WORDS
from qa.phrases import AUXILIARIES, PREPOSITIONS
from qa.words import lemmas

_REACH = 4
_LEADER = set(lemmas("leader"))
_MARKET = set(lemmas("market industry sector field"))
_MAKERS = set(lemmas("maker producer manufacturer vendor supplier house firm company player"))
_FIRMS = {"Company", "Organization"}
_SOMEBODY = {"who", "which", "what", "name"}
_OWNED = ("supplies", "investsIn")


@dataclass(frozen=True, slots=True)
class Ranked:
    """The items [start, end) of such a description, and the question for whom it means."""

    start: int
    end: int
    asked: str


def ranked(draft: Draft, start: int) -> Ranked | None:
    """The description of somebody by a place in an order that begins at `start`; not what the question itself asks."""
    if _asked_itself(draft, start):
        return None
    if draft.items[start].name and draft.lemma(start + 1) == "'s":
        return _of_somebody(draft, start)
    return _of_market(draft, start) if draft.lemma(start) == "the" else None


def _asked_itself(draft: Draft, start: int) -> bool:
    """Whether nothing but the question word stands before it: “which is the largest …”."""
    before = {draft.lemma(k) for k in range(start)}
    return not before or (draft.lemma(0) in _SOMEBODY and before <= QUESTION_WORDS | {"be", "have"})


def _of_somebody(draft: Draft, start: int) -> Ranked | None:
    """“X's largest customer”, “X's second-largest shareholder”; not where it is asked for the share itself."""
    if draft.question.has("share") or draft.question.has("stake") or draft.question.has("difference"):
        return None
    if not _placing(draft, start + 2):
        return None
    head = next((k for k in range(start + 3, start + 3 + _REACH) if _is_noun(draft, k)), None)
    if head is None or draft.items[head].text.lower().endswith("s"):
        return None
    if not any(s.name in _OWNED for s in draft.items[head].all("noun")):
        return None
    return Ranked(start, head + 1, f"Who is {wording(draft, start, head + 1)}?")


def _of_market(draft: Draft, start: int) -> Ranked | None:
    """“the HBM (market) leader”, “the largest maker of HBM”, “the second-largest foundry”: by shares of a market."""
    placing = _placing(draft, start + 1) and not {*lemmas(draft.items[start + 1].text)} & _LEADER
    head = next((k for k in range(start + 1 + placing, start + 2 + _REACH) if _is_head(draft, k, placing)), None)
    if head is None or draft.items[head].text.lower().endswith("s"):
        return None
    inside = range(start + 1 + placing, head)
    between = [k for k in inside if not {*lemmas(draft.items[k].text)} & _MARKET]
    end, behind = head + 1, ""
    if draft.lemma(end) in ("of", "in", "for") and (found := _goods_at(draft, end + 1)) is not None:
        behind, end = found
    own = draft.items[head].text if not {*lemmas(draft.items[head].text)} & (_MAKERS | _LEADER) else ""
    field = behind or " ".join(draft.items[k].text for k in between) or own
    odd = any(draft.items[k].sense(kind) for k in inside for kind in ("demonym", "metric", "share", "stake"))
    if not field or (behind and between) or odd:
        return None
    if any(s.name in _OWNED for s in draft.items[head].all("noun")):
        asks = any(draft.question.has(kind) for kind in ("share", "stake", "difference"))
        return None if asks or not behind else Ranked(start, end, f"Who is {wording(draft, start, end)}?")
    place = draft.items[start + 1].text if placing else "largest"
    return Ranked(start, end, f"Which company has the {place} share of the {field} market?")


def _goods_at(draft: Draft, at: int) -> tuple[str, int] | None:
    """What a market is of, and where its phrase ends: a name or a few plain words."""
    start = at + (draft.lemma(at) == "the")
    if (found := name_at(draft, start)) is not None:
        end = found[1]
    else:
        end = start
        while end < min(start + _REACH, len(draft.items)) and _plain(draft, end):
            end += 1
    if end == start:
        return None
    field = wording(draft, start, end)
    return field.removesuffix(" market"), end + bool({draft.lemma(end)} & _MARKET)


def _plain(draft: Draft, k: int) -> bool:
    """Whether a word may be part of what a market is of."""
    item = draft.items[k]
    stops = AUXILIARIES | PREPOSITIONS | QUESTION_WORDS | {"than", "and", "or", "'s"}
    return (
        item.text[0].isalnum() and draft.lemma(k) not in stops and not item.sense("verb") and not item.sense("metric")
    )


def _placing(draft: Draft, at: int) -> bool:
    """Whether a word that orders stands there: “largest”, “second-largest”."""
    item = draft.items[at] if at < len(draft.items) else None
    return item is not None and any(item.sense(kind) for kind in ("highest", "lowest", "ordinal"))


def _is_noun(draft: Draft, k: int) -> bool:
    return k < len(draft.items) and draft.items[k].sense("noun") is not None


def _is_head(draft: Draft, k: int, placing: bool) -> bool:
    """Whether a firm may be meant there: a leader, or behind a word that orders any kind of firm."""
    if k >= len(draft.items) or draft.items[k].name:
        return False
    if {*lemmas(draft.items[k].text)} & _LEADER:
        return True
    following = draft.items[k + 1] if k + 1 < len(draft.items) else None
    last = following is None or not (following.sense("class") or following.sense("noun"))
    return placing and last and any(s.name in _FIRMS for s in draft.items[k].all("class"))
