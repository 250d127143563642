"""Forms that ask for an amount of one subject, its stake in another, or what it is."""

from __future__ import annotations

from qa.draft import Draft, query
from qa.query import Node, Query

_COUNT_WORDS = {"many"}
_MONEY_METRICS = {
    "revenue",
    "netProfit",
    "operatingProfit",
    "capex",
    "rndSpend",
    "marketCap",
    "price",
    "unitCost",
    "investment",
}
_OPEN = {"the", "its", "their", "a", "an"}


def owner(draft: Draft, metric_at: tuple[int, ...]) -> Node | None:
    """Whose amount: the possessor before the metric, else “of X” after it, else the subject of the verb, else none."""
    items = draft.items
    at = metric_at[0] if metric_at else len(items)
    for i in range(at - 1, -1, -1):
        if draft.lemma(i) == "'s" and i > 0 and items[i - 1].name and not _ends_phrase(draft, i, at):
            return _named(draft, i - 1)
    for i in range(at + 1, min(at + 4, len(items))):
        if draft.lemma(i) == "of" and i + 1 < len(items):
            found = draft.reader.np(i + 1)
            if found:
                return found[0]
    for i in range(at):
        if items[i].name and draft.lemma(i - 1) not in ("from", "in", "at", "to", "for", "by", "with"):
            return _named(draft, i)
    for i, item in enumerate(items):
        if item.name:
            return _named(draft, i)
    return _described(draft)


def _ends_phrase(draft: Draft, start: int, end: int) -> bool:
    return any(draft.lemma(k) in ("do", "be", "have", "come", "of", "in", "from") for k in range(start + 1, end))


def _named(draft: Draft, i: int) -> Node:
    name = draft.items[i].name
    return Node(ids=name.ids if name else (), label=draft.items[i].text)


def _described(draft: Draft) -> Node | None:
    """“the company”, “the chip designer”: somebody of a class, to be found among those who have such a fact."""
    for i, item in enumerate(draft.items):
        kinds = tuple(dict.fromkeys(s.name for s in item.all("class")))
        if kinds and i and draft.lemma(i - 1) in _OPEN and not item.sense("metric"):
            return Node(label=item.text, types=kinds)
    return None


def metric(draft: Draft) -> list[Query]:
    """“What was X's revenue in 2025?”, “How much did X spend on R&D?”, “How many people does X employ?”"""
    names, at = draft.metrics()
    if not names:
        return []
    whose = owner(draft, at)
    share = draft.question.has("share") and "marketShare" not in names and draft.first("share") is not None
    change = draft.question.has("change") and not share
    count = any(draft.lemma(i) == "how" and draft.lemma(i + 1) in _COUNT_WORDS for i in range(len(draft.items)))
    money = draft.lemma(0) == "how" and draft.lemma(1) == "much" and not change
    unit = "count" if count else "money" if money and set(names) & _MONEY_METRICS else None
    basis = "share" if share else "change" if change else None
    if count and any(draft.items[k].text.lower() in ("percent", "percentage") for k in range(len(draft.items))):
        unit = None
    return [query("fact", draft, set(at), nodes=(whose,), metrics=names, owner=whose, basis=basis, unit=unit)]


def stake(draft: Draft) -> list[Query]:
    """“What percentage of X does Y own?”, “How much of X belongs to Y?”"""
    items = draft.items
    verb = next((i for i, item in enumerate(items) if draft.lemma(i) in ("own", "belong", "stak", "hold", "shareholding")
                 and (item.sense("stake") or item.sense("verb"))), None)  # fmt: skip
    asks = draft.question.has("share") or any(
        draft.lemma(i) == "how" and draft.lemma(i + 1) in ("much", "large", "big") for i in range(len(items))
    )
    if verb is None or not (asks or "stak" in draft.question.stems):
        return []
    if draft.lemma(0) in ("who", "which") or draft.question.has("highest"):
        return []
    nodes = [_named(draft, i) for i, item in enumerate(items) if item.name]
    whose = nodes[0] if nodes else _described(draft)
    return [query("fact", draft, {verb}, nodes=(whose,), metrics=("investment",), owner=whose, basis="share", unit="percent",
                  soft=("own", "stake", "share"))]  # fmt: skip


def profile(draft: Draft) -> list[Query]:
    """“What is X?”, “Who is X?”, “Tell me about X”: everything of one entity."""
    named = [i for i, item in enumerate(draft.items) if item.name]
    if len(named) != 1 or not draft.question.has("profile"):
        return []
    node = _named(draft, named[0])
    rest = query("profile", draft, set(), nodes=(node,), owner=node)
    plain = not rest.words and not rest.names and not rest.soft and rest.period is None
    return [rest] if plain else []
