"""Forms about the parts of one subject's amount: two of them side by side, or the biggest of all."""

from __future__ import annotations

from dataclasses import replace

from qa.conditions import query
from qa.draft import Draft
from qa.forms_compare import compared, lowest, ordered
from qa.owners import owner
from qa.phrases import AUXILIARIES, PREPOSITIONS
from qa.query import Node, Query
from qa.words import lemmas

_JOINTS = ("than", "or", "versus", "vs", "v", "against", "and")
_SKIPPED = {
    "the",
    "a",
    "an",
    "its",
    "their",
    "that",
    "'s",
    *lemmas("those"),
    "one",
    "ones",
    "both",
    "of",
    "from",
    "with",
    "by",
    "in",
    "on",
    "at",
    "for",
    "to",
}
_WHOLE = set(
    lemmas(
        "revenue revenues sales sale income turnover earnings business segment segments division unit part parts money"
    )
)
KINDS = set(
    lemmas(
        "segment segments business businesses division unit line category source region market markets application area"
        " arm activity product products contributor part operation operations field customer client buyer country"
    )
)
_YIELDING = set(lemmas("bring contribute yield account"))
PAYERS = set(lemmas("customer customers client buyer"))


def side_by_side(draft: Draft) -> list[Query]:
    """“Does X earn more from A than from B?”, “Which brings X more, A or B?”, “How much more …?”"""
    names, at, _ = compared(draft)
    if not names and _YIELDING & {*draft.question.stems}:
        names = ("revenue",)
    differs, adds = draft.question.has("difference"), draft.question.has("sum")
    if not names or not (ordered(draft) or differs or adds):
        return []
    found = _parts(draft)
    if found is None:
        return []
    pair, used = found
    if adds and all(n.named for n in pair):
        return []
    whose = _whole_of(draft, used, at)
    if whose is None:
        return []
    shares = draft.question.has("share")
    if shares:
        names = draft.metrics()[0] or ("revenue",)
    names = (*names, "revenue") if names[:1] == ("netProfit",) else names
    if draft.yes_no and len(draft.named()) < 3 and all(n.named for n in pair):
        return []
    op = "difference" if differs else "sum" if adds else "yesno" if draft.yes_no else "which"
    return [
        query(
            "parts",
            draft,
            used | set(at),
            nodes=(whose,),
            metrics=names,
            owner=whose,
            options=pair,
            noun=op,
            basis="share"
            if shares
            else "change"
            if draft.question.has("change") and not differs and not adds
            else None,
            lowest=lowest(draft),
            about=(),
            words=(),
            names=(),
        )
    ]


def _whole_of(draft: Draft, used: set[int], at: tuple[int, ...]) -> Node | None:
    """Whose parts they are: a name that stands outside of both."""
    named = [i for i, item in enumerate(draft.items) if item.name and i not in used and not item.text.islower()]
    if len(named) != 1:
        return None
    whose = owner(draft, at)
    name = draft.items[named[0]].name
    node = Node(ids=name.ids if name else (), label=draft.items[named[0]].text)
    return whose if whose is not None and {*whose.ids} == {*node.ids} else node


def _parts(draft: Draft) -> tuple[tuple[Node, Node], set[int]] | None:
    """Two phrases that a joint sets side by side, and the items that they take."""
    adding = draft.question.has("sum") or draft.question.has("difference") or "both" in draft.question.stems
    for j in range(2, len(draft.items) - 1):
        joint = draft.lemma(j)
        verb = bool(draft.items[j].sense("difference"))
        if not verb and (joint not in _JOINTS or (joint == "and" and not adding)):
            continue
        left, right = _phrase(draft, range(j - 1, 0, -1)), _phrase(draft, range(j + 1, len(draft.items)))
        if not left and joint == "than":
            left = _subject(draft, j)
        both = _of_two_owners(draft, left, right) or (joint == "than" and bool(left) and _another(draft, j, left))
        if left and right and {*left} != {*right} and not both:
            return (_node(draft, left), _node(draft, right)), {*left, *right}
    return None


def _another(draft: Draft, joint: int, left: list[int]) -> bool:
    """Whether somebody else, and no part of the same, stands behind “than”: “does X employ more people than Y”."""
    at = joint + 1 + (draft.lemma(joint + 1) == "the")
    name = draft.items[at].name if at < len(draft.items) else None
    part = name is not None and ({*name.ids} <= draft.question.placed or draft.items[at].text.islower())
    return name is not None and not part and not any(draft.items[i].name for i in left)


def _of_two_owners(draft: Draft, left: list[int], right: list[int]) -> bool:
    """Whether the first phrase only names the amount and the second its other owner: “a bigger profit than Y”."""
    amount = all(any(not s.weak for s in draft.items[i].all("metric")) for i in left)
    return amount and any(draft.items[i].name for i in right) and len(draft.named()) > 1


def _subject(draft: Draft, joint: int) -> list[int]:
    """The phrase behind a possessor that is the subject of a comparison: “royalties” of “X's royalties grow faster”."""
    at = next((i for i in range(1, joint) if draft.lemma(i) == "'s" and draft.items[i - 1].name), None)
    return _phrase(draft, range(at + 1, joint)) if at is not None else []


def _phrase(draft: Draft, way: range) -> list[int]:
    """The items of a phrase beside a joint, in the order of the text: up to a verb, an operator, a comma or a
    preposition that is not its own.
    """
    out: list[int] = []
    for i in way:
        item, stem = draft.items[i], draft.lemma(i)
        operator = item.sense("highest") or item.sense("lowest") or item.sense("difference") or item.sense("sum")
        if stem == "'s" and out and way.step < 0:
            break
        if stem in _SKIPPED and not (out and stem in PREPOSITIONS):
            continue
        if stem in AUXILIARIES | {",", "?", ".", ":"} | PREPOSITIONS or operator:
            break
        verb = item.sense("verb") or (item.sense("metric") and all(s.weak for s in item.all("metric")))
        if verb and not _noun_like(draft, i):
            break
        if not {*lemmas(item.text)} <= _WHOLE:
            out.append(i)
    return sorted(out)


def _noun_like(draft: Draft, i: int) -> bool:
    """Whether a word with the sense of a verb stands as a noun: in the plural or a compound, as “licence income”."""
    text = draft.items[i].text
    if draft.items[i].words > 1 and not draft.items[i].sense("verb"):
        return True
    return text.endswith("s") and draft.question.tokens[draft.items[i].start].lemma != text.lower()


def _node(draft: Draft, at: list[int]) -> Node:
    ids = next((n.ids for i in at if (n := draft.items[i].name)), ())
    return Node(ids=ids, label=" ".join(draft.items[i].text for i in at))


def largest(draft: Draft) -> list[Query]:
    """“Which segment brings X most of its revenue?”, “What was X's largest business by revenue?”: a part."""
    names, at, _ = compared(draft)
    if names in ((), ("marketShare",)):
        names = ("revenue",)
    kind = _kind_asked(draft)
    named = [n for n in draft.named() if not n.label.islower()]
    if kind is None or not ordered(draft) or len(named) != 1 or draft.yes_no or names[0] not in _DIVIDED:
        return []
    if any(
        s.name not in ("supplies", "partOf") for item in draft.items for s in (*item.all("noun"), *item.all("number"))
    ):
        return []
    if any(s.name == "dependsOn" for item in draft.items for s in item.all("verb")):
        return []
    found = query("parts", draft, set(at), nodes=(named[0],), metrics=names, owner=named[0], noun="largest", words=())
    payers = ("Company", "Organization") if {*lemmas(kind)} & PAYERS else ()
    return [replace(found, lowest=lowest(draft), about=(), soft=(), wanted=payers, names=())]


_DIVIDED = ("revenue", "operatingProfit", "orders", "shipments", "capex")


def _opens(draft: Draft, wh: int, at: int) -> bool:
    """Whether a noun belongs to the question word: with two words between at most, names and their endings aside."""
    between = [
        k for k in range(wh + 1, at) if draft.items[k].name is None and draft.lemma(k) not in ("'s", "of", "the")
    ]
    return at > wh and len(between) <= 2 and not any(draft.lemma(k) in AUXILIARIES for k in between)


def _kind_asked(draft: Draft) -> str | None:
    """The word for the part that is asked for: right behind the question word, or behind the superlative."""
    for i, item in enumerate(draft.items[:10]):
        near = range(max(0, i - 3), i)
        led = any(draft.items[k].sense("highest") or draft.items[k].sense("lowest") for k in near)
        led = led or (
            draft.wh is not None and draft.lemma(draft.wh) in ("which", "what") and _opens(draft, draft.wh, i)
        )
        words = lemmas(item.text)
        if led and item.name is None and {*words[-1:]} & KINDS:
            return item.text
    return None
