"""Edits that keep those whom the last answer named: which of them, how many, the largest, all together."""

from __future__ import annotations

from dataclasses import replace

from graph.catalogue import catalogue
from qa.dialogue.aspects import GIVING, counted_in
from qa.dialogue.bind import bound
from qa.dialogue.context import subject_of
from qa.dialogue.periods import counts_periods
from qa.dialogue.rows import asks_sum
from qa.dialogue.turn import FIGURES, Turn, base_of, listing
from qa.focus import stem_of
from qa.forms_rank import rank
from qa.query import Kind, Link, Node, Query
from qa.spans import Item
from qa.words import lemmas

_PLACES = {"in", "from", "base", "headquarter", "locate", "sit"}
_NEGATIVE = {"not", "no", "non", "without", "n't"}
_JOINING = set(lemmas("and well both"))
_SHORT = 3
_ABOUT_SOURCES: tuple[tuple[str, Kind, bool], ...] = (
    ("source", "source", False),
    ("denied", "source", True),
    ("firmness", "firm", False),
)
_GREATEST = set(
    lemmas("most least largest smallest biggest highest lowest greatest more less larger smaller three two four")
)
_STAKES = set(lemmas("stake share holding hold own have"))
_TURN = {"which", "who", "what", "one", "ones", "com", "come", "among", "them", "these", "those", "of"}


def counted(turn: Turn) -> list[Query]:
    """“How many?”: the number of those whom the last answer named."""
    if not turn.leans("count") or not turn.listed:
        return []
    return [turn.group if turn.group.kind == "tally" else Query("tally", inner=base_of(turn.group))]


def recalled(turn: Turn) -> list[Query]:
    """“List them”, “who says so?”: those named last, or where the last answer comes from, once more."""
    if turn.context.standing is not None:
        for cue, kind, denied in _ABOUT_SOURCES:
            if turn.leans(cue):
                return [Query(kind, inner=turn.standing, negated=denied)]
    return [base_of(turn.group)] if turn.leans("recall") and turn.listed else []


def summed(turn: Turn) -> list[Query]:
    """“In total?”: their figures added up, or their number if there are no figures."""
    last, metrics = turn.standing, turn.metrics
    added = turn.leans("total") or (turn.question.has("sum") and turn.leans("of_these"))
    added = added or (last.kind in FIGURES and asks_sum(turn))
    if not added or not turn.listed:
        return []
    if last.kind in FIGURES:
        return [replace(last, kind="total", metrics=metrics or last.metrics, lowest=False, rank=1)]
    if metrics:
        return [Query("total", inner=base_of(turn.group), metrics=metrics, period=turn.question.period)]
    return [] if last.kind == "superlative" or not turn.context.fresh else [Query("tally", inner=base_of(turn.group))]


def ordered(turn: Turn) -> list[Query]:
    """“The largest?”, “And the second?”, “Which of them has the highest margin?”, “Sort them by revenue.”"""
    question = turn.question
    lowest = question.has("lowest")
    place = rank(turn.draft)
    said = lowest or question.has("highest") or bool(place) or turn.leans("sorted")
    if not said or turn.nodes or question.quantities or counts_periods(question):
        return []
    explicit = turn.leans("of_these") or turn.leans("sorted")
    if dealt := by_deal(turn):
        return dealt
    if not explicit and (turn.metrics or len(set(turn.content) - _TURN) > _SHORT or _classed(turn)):
        return []
    last = turn.standing
    lowest = lowest or (bool(place) and last.lowest and not question.has("highest"))
    if last.kind == "superlative" and not turn.metrics:
        found = last
    elif last.kind in FIGURES:
        found = replace(last, kind="largest", metrics=turn.metrics or last.metrics)
    elif last.kind == "fact" and last.metrics and not turn.metrics and not explicit:
        found = replace(last, kind="superlative", owner=None, about=(), wanted=("Company",))
    elif turn.listed:
        found = Query("largest", inner=base_of(turn.group), metrics=turn.metrics, period=question.period)
    else:
        return []
    return [replace(found, lowest=lowest, rank=place or 1)]


def by_deal(turn: Turn) -> list[Query]:
    """“Who paid the most?”, “Whose stake is the largest?” of those who were listed: by what each gave or holds."""
    group = listing(turn.group)
    link = group.link
    stake = turn.question.has("stake") and not turn.question.has("share")
    if not turn.listed or link is None or not link.given.named or group.kind not in ("list", "among"):
        return []
    if turn.metrics_named or not turn.only(GIVING, _TURN, _GREATEST, _STAKES if stake else set()):
        return []
    if not stake and not {*turn.question.stems} & GIVING:
        return []
    metrics = counted_in(group, stake=stake)
    place, lowest = rank(turn.draft), turn.question.has("lowest")
    if not metrics or not (lowest or place or turn.question.has("highest")):
        return []
    found = Query("largest", inner=base_of(group), metrics=metrics, about=(link.given,), lowest=lowest, rank=place or 1)
    return [replace(found, basis="share", unit="percent") if stake else replace(found, unit="money")]


def _classed(turn: Turn) -> bool:
    """Whether it names a kind of thing anew (“the largest chip”), which is a question of its own."""
    return any(i.all("class") and i.text.lower() not in ("one", "ones") for i in turn.question.items)


def narrowed(turn: Turn) -> list[Query]:
    """“Of these, which are Chinese?”, “Which of them also supply X?”, “Only the chips.”"""
    if not turn.listed or not turn.leans("of_these"):
        return []
    turn = _about_whom(turn)
    base = base_of(turn.group)
    inner = base.inner if base.kind in FIGURES and base.inner is not None else base
    found = _condition(turn)
    if found is None:
        return []
    negated = bool(_NEGATIVE & {t.lemma for t in turn.question.tokens} or "n't" in turn.question.text)
    if base.inner is not None and _beside(turn, base, found):
        inner = base.inner
    for node in _besides(turn, found):
        link = replace(found.restriction or Link((), "subject", node), given=node)
        inner = Query("among", inner=inner, restriction=link)
    among = replace(found, inner=inner, negated=negated)
    if turn.draft.wh is not None and stem_of(turn.question, turn.draft.wh + 1) == "many":
        return [Query("tally", inner=among)]
    return [among]


def _about_whom(turn: Turn) -> Turn:
    """“Which of them also own a part of it?”: “it” is whom the list was about."""
    subject = subject_of(turn.group)
    its = [p for p in turn.pronouns if p.thing]
    if subject is None or not subject.named or not its:
        return turn
    return replace(turn, question=bound(turn.question, its[-1], subject))


def _besides(turn: Turn, found: Query) -> list[Node]:
    """The further ones that “as well as”, “both … and” names beside the first."""
    link = found.restriction
    if link is None or not link.given.named or link.relations == ("locatedIn",):
        return []
    joined = _JOINING & {t.lemma for t in turn.question.tokens}
    return [n for n in turn.nodes if joined and not set(n.ids) & set(link.given.ids)]


def _beside(turn: Turn, base: Query, found: Query) -> bool:
    """Whether “and which are X?” asks of the same ones again what was just asked of them, of another place or party."""
    old, new = base.restriction, found.restriction
    explicit = {"them", "these", "those"} & {t.lemma for t in turn.question.tokens}
    return (
        base.kind == "among"
        and not explicit
        and old is not None
        and new is not None
        and (old.relations == new.relations)
    )


def _condition(turn: Turn) -> Query | None:
    """The condition that a refinement sets, perhaps in words that are not understood; None if it sets none at all."""
    does = any(item.sense("verb") for item in turn.question.items)
    if turn.draft.yes_no and len(turn.nodes) == 1 and turn.leans("member") and not does:
        return Query("among", about=turn.nodes)
    found = _placed(turn) or _related(turn)
    if found is not None:
        return found
    kinds = next((_kinds(item) for item in turn.question.items if _narrows(turn, item)), ())
    if kinds:
        return Query("among", wanted=kinds)
    words = tuple(w for w in turn.content if w not in _TURN)
    return Query("among", words=words) if words and not turn.metrics else None


def _related(turn: Turn) -> Query | None:
    """“Which also supply X?”, “which make chips?”, “which are foundries?”"""
    for _, query in turn.parsed:
        if query.link is not None and query.link.relations and not query.link.given.open and query.kind != "yesno":
            return Query("among", restriction=query.link)
    for _, query in turn.parsed:
        whose = query.owner if query.kind == "yesno" and query.link is not None and query.link.given.open else None
        if whose is not None and whose.named and query.link is not None and query.link.relations:
            return Query("among", restriction=Link(query.link.relations, "object", whose))
    if turn.nodes:
        return None
    kinds = next((_kinds(item) for item in turn.question.items if _narrows(turn, item)), ())
    verb = next((i for i in turn.question.items if i.sense("verb") and not i.sense("class")), None)
    if verb is not None and kinds:
        names = tuple(dict.fromkeys(s.name for s in verb.all("verb") if s.side == "subject"))
        of_kind = Node(types=kinds, label=_label(turn))
        return Query("among", restriction=Link(names, "subject", of_kind)) if names else None
    noun = next((s for i in turn.question.items for s in i.all("noun")), None)
    return Query("among", restriction=Link((noun.name,), noun.side, Node())) if noun is not None else None


def _label(turn: Turn) -> str:
    return next(item.text for item in turn.question.items if _narrows(turn, item))


def _kinds(item: Item) -> tuple[str, ...]:
    return tuple(dict.fromkeys(s.name for s in item.all("class")))


def _narrows(turn: Turn, item: Item) -> bool:
    """Whether a class is a condition, and not just “of those companies”."""
    before = turn.draft.lemma(turn.question.items.index(item) - 1)
    return bool(item.all("class")) and not item.sense("noun") and before not in ("these", "those", "of")


def _placed(turn: Turn) -> Query | None:
    """The place that a refinement names: “Chinese” (then `noun` says so), “in Taiwan”, “based in the United States”."""
    for item in turn.question.items:
        entry = catalogue().demonyms.get(item.text[:1].upper() + item.text[1:])
        if entry is not None:
            hit = next((h for h in turn.names.find(entry.label) if h.text == entry.label), None)
            place = Node(ids=hit.ids if hit else (), label=entry.label)
            return Query("among", restriction=Link(("locatedIn",), "subject", place), noun=item.text)
    said = {t.lemma for t in turn.question.tokens}
    for node in turn.nodes:
        if _PLACES & said and any(turn.names.entities[i].type == "Place" for i in node.ids):
            place = Node(ids=node.ids, label=turn.names.label(node.ids[0]))
            return Query("among", restriction=Link(("locatedIn",), "subject", place))
    return None
