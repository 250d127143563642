"""Acts that a noun names and two take part in, “X's takeover of Y”, “the alliance of X with Y”: who does what."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

from graph.vocabulary import read_yaml
from qa.draft import Draft
from qa.lexicon import Sense
from qa.phrases import AUXILIARIES, PREPOSITIONS
from qa.query import Node
from qa.words import lemmas

_BY = {"by", "from"}
_GOVERNING = PREPOSITIONS | {"against", "over", "between", "upon", "toward", "towards"}
_JOINING = {"of", "between", "by"}
_OWN = {"its", "their", "his", "her"}
_OPENING = {"the", "a", "an", "any", "some", "this", "that", "no", *_OWN}
_REACH = 4  # words between whose act it is and its noun


@dataclass(frozen=True, slots=True)
class Act:
    """The act at an item, with who does it and whom it is done to, as far as they are named.

    `bound`: its own prepositions and possessors say so, not just what else is named. `over`: it is said to be called
    off, lifted or turned down. `support` are the stems of verbs that say no more than that there is such an act.
    """

    at: int
    relations: tuple[str, ...]
    doer: Node | None
    other: Node | None
    bound: bool
    over: bool = False
    support: tuple[str, ...] = ()


@cache
def _verbs(kind: str) -> frozenset[tuple[str, ...]]:
    """The stems of the verbs that go with nouns of acts: `support` ones, and those of their `ending`."""
    return frozenset(lemmas(word) for word in read_yaml("qa", "idioms.yaml")["act_verbs"][kind])


def said(draft: Draft, kind: str) -> frozenset[str]:
    """The stems of those of the verbs that the question has, their particles behind them."""
    stems = draft.question.stems
    found = (verb for verb in _verbs(kind) if _in_order(verb, stems))
    return frozenset(stem for verb in found for stem in verb)


def _in_order(verb: tuple[str, ...], stems: tuple[str, ...]) -> bool:
    rest = iter(stems)
    return all(stem in rest for stem in verb)


def act(draft: Draft) -> Act | None:
    """The first act that the question names together with one of its parties at least."""
    for i, item in enumerate(draft.items):
        senses = item.all("event")
        if not senses or i in draft.supposed:
            continue
        found = _parties(draft, i, senses)
        if found is not None:
            return _supported(draft, found)
    return None


def _supported(draft: Draft, found: Act) -> Act:
    ending = said(draft, "ending")
    return replace(found, over=bool(ending), support=tuple(sorted(ending | said(draft, "support"))))


def only_supported(draft: Draft, at: int) -> bool:
    """Whether the act's noun carries the question: no verb beside it says anything of its own."""
    plain = said(draft, "support") | said(draft, "ending") | PREPOSITIONS | _OPENING
    return not any(
        item.sense("verb")
        and not (item.sense("noun") or item.sense("class"))
        and not {*lemmas(item.text)} <= plain
        and not (i == at or i in draft.supposed)
        for i, item in enumerate(draft.items)
    )


def _parties(draft: Draft, i: int, senses: tuple[Sense, ...]) -> Act | None:
    relations = tuple(dict.fromkeys(s.name for s in senses))
    owner, joint = _owner(draft, i)
    if draft.items[i].sense("verb") and not _noun(draft, i, owner):
        return None
    last = draft.items[i].text.lower().split()[-1]
    doer, other, at = owner, joint, i + (last not in PREPOSITIONS)
    while (word := last if at == i else draft.lemma(at)) in _GOVERNING:
        name = _name(draft, at + 1 + (draft.lemma(at + 1) == "the"))
        if name is None:
            break
        doing = word in _BY and not (word == "from" and "supplies" in relations)
        doing = doing or (word == "to" and senses[0].side == "object") or (word == "in" and relations == ("restricts",))
        if doing or (word in _JOINING and doer is None and _joined(draft, at + 2)):
            doer, other = name, other or (doer if doer is not None and other is None else other)
        else:
            other = name
        at += 2 + (draft.lemma(at + 1) == "the")
        if _joined(draft, at):
            other, at = _name(draft, at + 1), at + 2
    suffered = senses[0].side == "object" or _compound(draft, i, relations)
    if suffered and doer is owner and other is None:
        doer, other = None, owner
    return Act(i, relations, doer, other, doer is not None and other is not None) if doer or other else None


def _compound(draft: Draft, i: int, relations: tuple[str, ...]) -> bool:
    """Whether it is done to the name right before it: “the X takeover”, but not “X takeovers”."""
    named = i > 0 and draft.items[i - 1].name is not None
    return named and relations == ("acquires",) and not draft.items[i].text.lower().endswith("s")


def _noun(draft: Draft, i: int, owner: Node | None) -> bool:
    """Whether a word that may be a verb, too, stands as a noun."""
    last = draft.items[i].text.lower().split()[-1]
    before, behind = draft.lemma(i - 1), last if last in PREPOSITIONS else draft.lemma(i + 1)
    if before in _OPENING or (owner is not None and before == "'s"):
        return True
    return behind in PREPOSITIONS and _name(draft, i - 1) is None and before not in AUXILIARIES and i > 0


def _owner(draft: Draft, i: int) -> tuple[Node | None, Node | None]:
    """Who possesses the act, “X's planned takeover”, “X and Y's alliance”, and who shares in it."""
    for k in range(i - 1, max(-1, i - 1 - _REACH), -1):
        if draft.lemma(k) == "'s" and (name := _name(draft, k - 1)) is not None:
            shared = _name(draft, k - 3) if draft.lemma(k - 2) == "and" else None
            return (shared, name) if shared is not None else (name, None)
        item = draft.items[k]
        if item.name and k == i - 1 and not draft.items[i].sense("verb"):
            return _name(draft, k), None
        if item.name or draft.lemma(k) in AUXILIARIES | PREPOSITIONS | _OPENING or item.sense("verb"):
            break
    return None, None


def filled(draft: Draft, found: Act) -> Act:
    """The act with the party that its noun does not have taken from what else the question names."""
    known = {i for node in (found.doer, found.other) if node for i in node.ids}
    rest = [n for n in draft.named() if not known & {*n.ids}]
    if found.bound or not rest:
        return found
    return replace(found, doer=found.doer or rest[0], other=found.other or rest[0])


def unowned(draft: Draft) -> Act | None:
    """An act between two who are both named elsewhere: “do X and Y have a joint venture”, “X Y collaboration”."""
    at = next((i for i, item in enumerate(draft.items) if item.sense("event") and i not in draft.supposed), None)
    names = draft.named()
    if at is None or len(names) != 2 or (draft.items[at].sense("verb") and not _noun(draft, at, None)):
        return None
    senses = draft.items[at].all("event")
    doer, other = names if senses[0].side == "subject" else names[::-1]
    return _supported(draft, Act(at, tuple(dict.fromkeys(s.name for s in senses)), doer, other, bound=False))


def done_by(draft: Draft) -> Act | None:
    """The act of the one who is named, the subject of its supporting verb: “for whom has X launched an offer”."""
    at = next((i for i, item in enumerate(draft.items) if item.sense("event") and i not in draft.supposed), None)
    names = draft.named()
    if at is None or len(names) != 1 or draft.items[at].sense("verb"):
        return None
    relations = tuple(dict.fromkeys(s.name for s in draft.items[at].all("event")))
    return _supported(draft, Act(at, relations, names[0], None, bound=False))


def _name(draft: Draft, i: int) -> Node | None:
    if not 0 <= i < len(draft.items):
        return None
    item = draft.items[i]
    return Node(ids=item.name.ids, label=item.text) if item.name else None


def _joined(draft: Draft, i: int) -> bool:
    """Whether “and” with another name stands there."""
    return draft.lemma(i) in ("and", "with") and _name(draft, i + 1) is not None
