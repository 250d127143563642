"""Forms that set two amounts beside one another: which of some is bigger, by how much, how one has moved."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from graph.model import Quantity
from graph.vocabulary import vocabulary
from qa.conditions import query
from qa.dialogue.periods import relative_period
from qa.draft import Draft
from qa.forms_fact import of_relation, owner
from qa.query import Node, Query, Span
from qa.words import lemmas

_JOINTS = ("or", "vs", "versus", "v")
_OPENERS = {"of", "between", "among"}
_SAME = {"same", "like"}


def lossy(draft: Draft) -> bool:
    """Whether losses are spoken of, which are the bigger the lower the profit is."""
    words = {s for m in vocabulary().metrics.values() for term in (*m.losses, *m.loss_verbs) for s in lemmas(term)[-1:]}
    return bool(words & set(draft.question.stems)) or "in the red" in draft.question.text.lower()


def lowest(draft: Draft) -> bool:
    """Whether the smallest amount is asked for."""
    small = draft.question.has("lowest") and not draft.question.has("highest")
    return small != lossy(draft)


def ordered(draft: Draft) -> bool:
    """Whether somebody is asked for by the size of an amount."""
    return draft.question.has("highest") or draft.question.has("lowest")


def compared(draft: Draft) -> tuple[tuple[str, ...], tuple[int, ...], tuple[str, ...]]:
    """The metric that is compared, its items, and words for its scope: a share of something is a market share."""
    names, at = draft.metrics()
    if not names and (draft.question.has("difference") or draft.question.has("sum")):
        names, at = of_relation(draft)
    if draft.question.has("share") and "marketShare" not in names:
        return ("marketShare",), at, tuple(s for i in at for s in lemmas(draft.items[i].text))
    return names, at, ()


def options(draft: Draft) -> list[Query]:
    """“Whose margin is higher, X's or Y's?”, “X or Y: which has the bigger M?”, “X vs Y in M: who is ahead?”"""
    names, at, scope = compared(draft)
    nodes = draft.named()
    if not names or len(nodes) < 2 or not ordered(draft):
        return []
    if "than" in draft.question.stems and draft.yes_no:
        pair = nodes[:2]
        return [
            query(
                "compare",
                draft,
                set(at),
                nodes=pair,
                metrics=names,
                options=pair,
                owner=nodes[0],
                lowest=lowest(draft),
            )
        ]
    listed = _listed(draft)
    if len(listed) < 2:
        return []
    found = query(
        "compare",
        draft,
        set(at),
        nodes=listed,
        metrics=names,
        options=listed,
        lowest=lowest(draft),
        wanted=("Company",),
    )
    return [replace(found, soft=(*found.soft, *scope))]


def _listed(draft: Draft) -> tuple[Node, ...]:
    """The names joined by “or” or “vs”, or by “and” after “of”, “between” or “among”."""
    stems = draft.question.stems
    joint = next((j for j in _JOINTS if j in stems), "and" if _OPENERS & {*stems[:2]} else "")
    at = next((i for i in range(len(draft.items)) if draft.lemma(i) == joint), None) if joint else None
    if at is None:
        return ()
    chosen: list[int] = []
    for way in (range(at - 1, -1, -1), range(at + 1, len(draft.items))):
        for i in way:
            if draft.items[i].name:
                chosen.append(i)
            elif draft.lemma(i) not in (",", "'s", "the", ".") or (draft.lemma(i) == "'s" and draft.items[i + 1].name):
                break
    return tuple(Node(ids=name.ids, label=draft.items[i].text) for i in sorted(chosen) if (name := draft.items[i].name))


def between_some(draft: Draft) -> bool:
    """Whether it is between a name and one that the graph lacks, joined by “or” or “vs”, and about nobody else."""
    for i in range(1, len(draft.items) - 1):
        beside = draft.items[i - 1], draft.items[i + 1]
        lacking = [one for one in beside if not one.name and (one.text[:1].isupper() or one.text.isdigit())]
        if draft.lemma(i) in _JOINTS and lacking and any(one.name for one in beside):
            return True
    return False


def difference(draft: Draft) -> list[Query]:
    """“By how much does X's revenue exceed Y's?”, “How many more dollars did X take in in 2025 than in 2024?”"""
    names, at, scope = compared(draft)
    if not names or not draft.question.has("difference"):
        return []
    nodes = tuple(n for n in draft.named() if not n.label.islower())
    if len(nodes) < 2:
        return _between_periods(draft, names, at) or _between_parts(draft, names)
    pair = (nodes[0], nodes[-1])
    found = query("difference", draft, set(at), nodes=pair, metrics=names, options=pair)
    apart = replace(found, soft=(*found.soft, *scope), words=tuple(w for w in found.words if w != "point"))
    return [apart, *_between_periods(draft, names, at)]


def two_periods(draft: Draft) -> tuple[Span, Span] | None:
    """The two periods that a question sets side by side, as it names them; one may count from the other."""
    found = draft.question.periods
    if len(found) > 1:
        return found[0], found[1]
    if not found:
        return None
    other = relative_period(draft.question.relative, found[0]) or _same_months(draft, found[0])
    return (found[0], other) if other is not None else None


def _same_months(draft: Draft, first: Span) -> Span | None:
    """“the same months of 2024”: the first period in another year."""
    year = draft.question.year_of_same
    if year is None or first.start is None or first.end is None:
        return None
    gap = first.start.year - year
    start, end = first.start.replace(year=year), first.end.replace(year=first.end.year - gap)
    return Span(start, end, f"the same period of {year}")


def _between_periods(draft: Draft, names: tuple[str, ...], at: tuple[int, ...]) -> list[Query]:
    """The amounts of one subject in two periods, and what lies between them."""
    spans = two_periods(draft)
    whose = owner(draft, at)
    if spans is None or whose is None:
        return []
    first = query("fact", draft, set(at), nodes=(whose,), metrics=names, owner=whose, period=spans[0])
    first = replace(first, words=())
    return [replace(first, kind="contrast", inner=replace(first, period=spans[1]))]


def _between_parts(draft: Draft, names: tuple[str, ...]) -> list[Query]:
    """The amounts of two parts of one subject: “By how much did X's royalties top its licence income?”"""
    at = [i for i, item in enumerate(draft.items) if any(s.name == names[0] for s in item.all("metric"))]
    whose = owner(draft, tuple(at[:1]))
    apart = _two_metrics(draft)
    if apart and whose is not None:
        both = [
            query("fact", draft, {i for i, _ in apart}, nodes=(whose,), metrics=(m,), owner=whose) for _, m in apart
        ]
        both = [replace(q, words=()) for q in both]
        return [replace(both[0], kind="contrast", inner=both[1])]
    if len(at) < 2 or whose is None:
        return []
    base = query("fact", draft, set(at), nodes=(whose,), metrics=names[:1], owner=whose)
    parts = [replace(base, words=(), soft=lemmas(draft.items[i].text)) for i in at[:2]]
    return [replace(parts[0], kind="contrast", inner=parts[1])]


def _two_metrics(draft: Draft) -> tuple[tuple[int, str], ...]:
    """Two different amounts that a question names by nouns: “gross margin … operating margin”."""
    found = [(i, s.name) for i, item in enumerate(draft.items) for s in item.all("metric")[:1] if not s.weak]
    return tuple(found[:2]) if len(found) == 2 and found[0][1] != found[1][1] else ()


def moved(draft: Draft) -> list[Query]:
    """“How did X's revenue move from 2024 to the first half of 2025?”, “From what to what has X's share gone?”"""
    names, at, scope = compared(draft)
    text = draft.question.text.lower()
    whose = owner(draft, at)
    if not names or whose is None:
        return []
    fields = {"metrics": names, "owner": whose}
    if "what to what" in text:
        found = query("moved", draft, set(at), nodes=(whose,), **fields)
        return [replace(found, soft=(*found.soft, *found.words, *scope), words=())]
    spans = draft.question.periods
    if draft.question.has("change") and len(spans) > 1:
        return [_later_first(q) for q in _between_periods(draft, names, at)]
    if draft.lemma(0) in ("how", "compar") and draft.lemma(1) not in ("much", "many") and len(spans) > 1:
        return _between_periods(draft, names, at)
    return []


def than_before(draft: Draft) -> list[Query]:
    """“Was X's loss in the third quarter larger than a year before?”, “Did X's revenue rise from 2024 to 2025?”, “Was X
    profitable?”: yes or no of one amount.
    """
    names, at, _ = compared(draft)
    if not names or not draft.yes_no or len(draft.named()) > 1:
        return []
    whose = owner(draft, at)
    stems = {*draft.question.stems}
    bar = draft.question.quantities[0] if draft.question.quantities else None
    if bar is not None and whose is not None and whose.named:
        return _beyond(draft, names, at, whose, bar)
    if draft.question.has("change") and whose is not None:
        down = bool(_DOWN & stems)
        found = _between_periods(draft, names, at)
        later = [_later_first(q) for q in found]
        if later:
            return [replace(q, kind="outdone", lowest=down) for q in later]
        alone = query("outdone", draft, set(at), nodes=(whose,), metrics=names, owner=whose, basis="change")
        return [replace(alone, lowest=down, words=())]
    if _SIGNS & stems and names[0] in ("netProfit", "operatingProfit") and whose is not None and not ordered(draft):
        signed = query("outdone", draft, set(at), nodes=(whose,), metrics=names, owner=whose)
        return [replace(signed, lowest=lossy(draft), words=())]
    if not ordered(draft) or "than" not in stems:
        return []
    return [replace(q, kind="outdone", lowest=lowest(draft)) for q in _between_periods(draft, names, at)]


def _beyond(draft: Draft, names: tuple[str, ...], at: tuple[int, ...], whose: Node, bar: Quantity) -> list[Query]:
    """“Is X's margin below 20%?”, “Did X's revenue exceed $5 billion?”: an amount against one that is named."""
    stems = {*draft.question.stems}
    below = bool(_BELOW & stems) or (bar.low is None and not _ABOVE & stems)
    if not (below or _ABOVE & stems or bar.high is None):
        return []
    value = bar.low if bar.low is not None else bar.high
    exact = Quantity(value, value, bar.unit)
    found = query("above", draft, set(at), nodes=(whose,), metrics=names, owner=whose, quantity=exact, lowest=below)
    return [replace(found, words=())]


_BELOW = set(lemmas("below under beneath less fewer lower short"))
_ABOVE = set(lemmas("above over exceed exceeded top topped more higher beyond pass passed surpass surpassed"))
_DOWN = set(lemmas("fall drop decline shrink decrease slip slide tumble slump plunge down contract"))
_SIGNS = set(lemmas("profitable loss lose lost red black profit"))


def _later_first(found: Query) -> Query:
    """The contrast with the later period in the first place."""
    other = found.inner
    starts = (found.period.start if found.period else None, other.period.start if other and other.period else None)
    if other is None or None in starts or (starts[0] or date.min) >= (starts[1] or date.min):
        return found
    return replace(other, kind="contrast", inner=replace(found, kind="fact", inner=None))
