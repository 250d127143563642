"""Forms about agreement: whether sources, or two that are named, say the same; which figures they give."""

from __future__ import annotations

from dataclasses import replace

from qa.conditions import query
from qa.draft import Draft
from qa.forms_fact import MONEY, unit_of
from qa.owners import owner
from qa.phrases import AUXILIARIES
from qa.query import Node, Query
from qa.voices import OWN
from qa.words import lemmas

_TOPIC = {"on", "about", "over", "regard", "concern", "for", "whether", "how", "that", "of", "as", "wher", "when", "if"}
_ANYBODY = set(
    lemmas(
        "the all both any source sources estimate estimates figure figures report reports analyst analysts paper papers"
        " article articles forecast number numbers account they claims people suggestions rumours various different"
        " those these there a an our your my"
    )
)
_COUNTED = ("shipments", "capacity", "orders", "headcount", "users")
_DIFFERENT = set(
    lemmas("different differ differing conflict conflicting various vary competing rival contradictory diverging")
)
_FIGURES = set(lemmas("figure number estimate forecast count projection amount value calculation prediction claim"))


def agree(draft: Draft) -> list[Query]:
    """“Do the sources agree on X's stake in Y?”, “Do the figures for X match?”, “Does A agree with B on M of X?”"""
    at = draft.first("agree", "differ")
    if at is None or not (draft.yes_no or (draft.question.has("agree") and draft.wh is None)):
        return []
    opposite = draft.question.has("differ")
    parties, topic = _sides(draft, at)
    if parties:
        return [replace(q, lowest=opposite) for q in _between(draft, parties, topic)]
    return [replace(q, lowest=opposite) for q in _among_all(draft)]


def _sides(draft: Draft, at: int) -> tuple[tuple[Node, ...], int]:
    """Whose views are set side by side (one or two, none if anybody's), and the item at which the topic begins."""
    with_at = next((i for i in range(at + 1, len(draft.items)) if draft.lemma(i) == "with"), None)
    start = at + 1 if with_at is None else with_at + 1
    topic = next((i for i in range(start, len(draft.items)) if draft.lemma(i) in _TOPIC), len(draft.items))
    if with_at is not None and with_at > topic:
        topic, with_at = next(i for i in range(at + 1, len(draft.items)) if draft.lemma(i) in _TOPIC), None
    first = int(draft.lemma(0) in AUXILIARIES)
    end = next((i for i in range(first, at) if _ends_party(draft, i)), at)
    if end < at:
        topic = end
        if draft.items[end].sense("metric") and not draft.items[end].sense("verb"):
            return (), topic
    groups = _groups(draft, first, end)
    if with_at is not None:
        groups += _groups(draft, with_at + 1, topic)
    elif draft.items[at].end - draft.items[at].start > draft.items[at].words:
        groups += _groups(draft, at + 1, topic)
    named = tuple(n for n in map(_party, (draft,) * len(groups), groups) if n is not None)
    return (named[:2] if len(named) <= 2 else ()), topic


def _ends_party(draft: Draft, i: int) -> bool:
    """Whether a noun phrase of who says something cannot go on: at a verb, an amount or a preposition."""
    item = draft.items[i]
    if item.name or item.sense("speaker") or draft.lemma(i) == "'s":
        return False
    telling = item.sense("say") or item.sense("verb") or item.sense("metric")
    return bool(telling) or draft.lemma(i) in _TOPIC | _GIVING | {"in", "at", "from"}


_GIVING = set(lemmas("give put see have set place name quote come arrive take make"))


def _groups(draft: Draft, start: int, end: int) -> list[list[int]]:
    """The items of each noun phrase of a list."""
    out: list[list[int]] = [[]]
    for i in range(start, end):
        if draft.lemma(i) in ("and", "or", ",", "with"):
            out.append([])
        else:
            out[-1].append(i)
    return [g for g in out if g]


def _party(draft: Draft, group: list[int]) -> Node | None:
    """Somebody who may say something: a name, a source, or what the question calls one; None if it is anybody."""
    named = any(draft.items[i].name or draft.items[i].sense("speaker") for i in group)
    kept = [i for i in group if draft.lemma(i) not in ("the", "a", "an", "'s")]
    words = [draft.items[i].text for i in kept if not named or draft.items[i].token is None or _is_role(draft, i)]
    if {s for w in words for s in lemmas(w)} <= _ANYBODY:
        return None
    ids = next((n.ids for i in group if (n := draft.items[i].name)), ())
    return Node(ids=ids, label=" ".join(words))


def _is_role(draft: Draft, i: int) -> bool:
    """Whether a word says who of a firm: “X's management”."""
    return {*lemmas(draft.items[i].text)} <= OWN or draft.items[i].text[:1].isupper()


def _between(draft: Draft, parties: tuple[Node, ...], start: int) -> list[Query]:
    """What two say of one figure, or of one matter; whether one denies what is said."""
    text = " ".join(item.text for item in draft.items[start:])
    topic = Draft(
        replace(
            draft.question,
            items=draft.items[start:],
            unknown=tuple(n for n in draft.question.unknown if n in text),
        ),
        draft.lexicon,
    )
    names, at = topic.metrics()
    if not names:
        names = draft.metrics()[0]
    if any(topic.lemma(i) == "how" and topic.lemma(i + 1) == "many" for i in range(2)):
        names = (*(n for n in names if n not in MONEY), *_COUNTED)
    whose = owner(topic, at)
    party_ids = {i for p in parties for i in p.ids}
    if whose is None or not whose.named:
        whose = next((Node(ids=p.ids, label=p.label) for p in parties if p.ids), None)
    rest = tuple(n for n in topic.named() if not party_ids & {*n.ids})
    figure = query("agree", topic, set(at), nodes=(whose,), metrics=names, owner=whose, options=parties, wish=None)
    figure = replace(figure, soft=(*figure.soft, *figure.words), words=(), voices=(), speaker=None)
    figure = replace(figure, unit=unit_of(topic, names, change=False), names=(), quantity=None)
    matter = query("agree", topic, set(), nodes=parties, options=parties, about=rest, noun="matter", voices=())
    return [figure, matter] if len(parties) == 2 else [matter]


def _among_all(draft: Draft) -> list[Query]:
    """Whether all who give a figure agree on it."""
    names, at = draft.metrics()
    nodes = draft.named()
    if not names and ({"own", "belong", "stak"} & set(draft.question.stems)):
        return [_stake(draft, at, nodes)]
    whose = owner(draft, at)
    if names and "many" not in draft.question.stems:
        return [query("agree", draft, set(at), nodes=(whose,), metrics=names, owner=whose)]
    if "many" not in draft.question.stems or whose is None:
        return []
    found = query("agree", draft, set(), nodes=(whose,), metrics=_COUNTED, owner=whose, unit="count")
    return [replace(found, words=(), soft=(*found.words, *found.soft))]


def _stake(draft: Draft, at: tuple[int, ...], nodes: tuple[Node, ...]) -> Query:
    return query(
        "agree",
        draft,
        set(at),
        nodes=nodes,
        metrics=("investment",),
        owner=nodes[-1] if nodes else None,
        basis="share",
        unit="percent",
        about=nodes[:-1],
        words=(),
        soft=("own", "stake", "share"),
    )


def figures(draft: Draft) -> list[Query]:
    """“What different figures are there for M of X?”, “How do estimates of M differ?”: every figure that is given."""
    stems = draft.question.stems
    names, at = draft.metrics()
    plural = any(item.text.endswith("s") and {*lemmas(item.text)} & _FIGURES for item in draft.items)
    several = any(item.all("number") for item in draft.items[1:2]) and _plural_amount(draft, 2)
    there = "there" in stems and draft.wh is not None and draft.wh <= 1
    extreme = next((i for i in range(1, len(draft.items)) if {*lemmas(draft.items[i].text)[-1:]} & _FIGURES), None)
    before = draft.items[extreme - 1] if extreme is not None else None
    most = before is not None and bool(before.sense("highest") or before.sense("lowest"))
    if not (most or several or (plural and (_DIFFERENT & {*stems} or there))) or draft.yes_no:
        return []
    if "many" in stems or not names:
        names = (*(n for n in names if n not in MONEY or "many" not in stems), *_COUNTED)
    whose = owner(draft, at)
    if whose is None or not whose.named:
        return []
    found = query("figures", draft, set(at), nodes=(whose,), metrics=names, owner=whose, wish=None)
    words = tuple(w for w in found.words if w not in _DIFFERENT | _FIGURES)
    found = replace(found, words=(), soft=(*found.soft, *words))
    low = most and before is not None and before.sense("lowest") is not None
    return [replace(found, lowest=low, highest=most and not low)]


def _plural_amount(draft: Draft, i: int) -> bool:
    """Whether an amount is named there in the plural: “which two valuations …”."""
    item = draft.items[i] if i < len(draft.items) else None
    return item is not None and item.text.endswith("s") and any(not s.weak for s in item.all("metric"))
