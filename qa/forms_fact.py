"""Forms that ask for an amount of one subject."""

from __future__ import annotations

from dataclasses import replace

from graph.vocabulary import vocabulary
from qa.conditions import query
from qa.direction import way
from qa.draft import Draft
from qa.owners import owner
from qa.query import Node, Query
from qa.units import OF_UNIT
from qa.words import lemmas

MONEY = {
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
_COUNTED_IN = {
    "investsIn": ("investment",),
    "acquires": ("investment", "price"),
    "supplies": ("orders", "shipments", "capacity"),
    "manufactures": ("shipments", "capacity"),
    "uses": ("capacity", "orders"),
}
_PAID = {"pay", "spend", "cost", "pric", "expensiv"}
_COUNTS = ("shipments", "capacity", "orders")
_KIN = {
    "investment": ("capex", "orders"),
    "capex": ("investment",),
    "orders": ("investment", "shipments"),
    "shipments": ("orders", "capacity"),
    "capacity": ("shipments", "orders"),
    "price": ("unitCost", "investment"),
}
_SHARES = {"grossMargin", "operatingMargin"}  # which are parts of sales themselves
_LARGE = set(lemmas("big large high great small"))
_GROWING = set(lemmas("grow growing growth grew"))


def metric(draft: Draft) -> list[Query]:
    """“What was X's revenue in 2025?”, “How much did X spend on R&D?”, “How many people does X employ?”"""
    share = draft.question.has("share")
    names, at = _asked_for(draft, share=share)
    if not names and not share:
        return []
    if _paid_to_a_post(draft, names):
        return []
    whose, used = owner(draft, at), set(at)
    change = draft.question.has("change") and not share and names[:1] != ("costReduction",)
    if share and draft.question.unit is not None and draft.question.unit.isupper():
        return []
    if share and not set(names) & _SHARES:
        found = [_as_supposed(draft, q) for q in _shares(draft, names, used, whose)]
        return [replace(q, words=tuple(w for w in q.words if w not in draft.deed)) for q in found]
    strict = _strict(draft, names, at, whose, change=change)
    supposed = _supposed(draft)
    if supposed and whose is not None and all(set(n.ids) & set(whose.ids) == set() for n in supposed):
        return [replace(strict, about=(*strict.about, *supposed), wish=None)]
    weak = not at or all(s.weak for s in draft.items[at[0]].all("metric"))
    if _only_has(draft, used):
        strict = replace(strict, words=tuple(w for w in strict.words if w not in draft.deed))
    if (not weak or change) and not {"orders", "price"} & {*strict.metrics}:
        return [strict]
    return [strict, *_kindred(draft, strict, at)]


def _asked_for(draft: Draft, *, share: bool) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """The metrics that a question may mean, and the items that name them."""
    names, at = draft.metrics()
    if not names and not share:
        names, at = of_relation(draft)
        names = OF_UNIT.get(draft.question.unit or "", names)
    elif not share:
        names = _in_its_unit(draft, names)
    names = names or _grown(draft)
    return (paid_for_a_firm(draft, names) if names or share else names), at


def _strict(draft: Draft, names: tuple[str, ...], at: tuple[int, ...], whose: Node | None, *, change: bool) -> Query:
    """The amount that is asked for by its name."""
    unit = unit_of(draft, names, change=change)
    if unit == "count" and set(names) <= MONEY:
        names = _COUNTS
    elif unit == "count":
        names = tuple(sorted(names, key=lambda n: n in MONEY))
    basis = "change" if change else None
    found = query(
        "fact", draft, {*at}, nodes=(whose,), metrics=names, owner=whose, basis=basis, unit=unit, ranged=_ranged(draft)
    )
    part = _from_what(draft, at)
    soft = tuple(w for w in found.soft if w not in part)
    found = replace(found, words=(*found.words, *part), soft=soft, confirmed=_really_paid(draft, names))
    return replace(found, way=way(draft.question.stems)) if change and not lossy(draft) else found


def _kindred(draft: Draft, strict: Query, at: tuple[int, ...]) -> list[Query]:
    """The amounts that may be meant as well, by a name that does not say much: an outlay, what it was for."""
    names = strict.metrics
    kin = tuple(k for n in names for k in _KIN.get(n, ()) if k not in names and not _of_a_seller(draft, names, k))
    much = draft.wh is not None and draft.lemma(draft.wh) == "how" and draft.lemma(draft.wh + 1) == "much"
    other = replace(strict, metrics=kin, unit="money" if much and strict.unit is None else strict.unit)
    turned = _turned(strict)
    if turned is not None:
        return [turned, *([other] if kin else [])]
    if "capex" in kin and (goods := _spent_on(draft, at)):
        slices = replace(other, scope=goods, basis="share", unit="percent")
        return [replace(other, scope=goods), *([slices] if draft.question.unit is None else [])]
    return [other] if kin else []


def _grown(draft: Draft) -> tuple[str, ...]:
    """The sales, where it is asked how fast somebody grows: “how fast is X growing?”"""
    stems, named = {*draft.question.stems}, draft.named()
    firm = len(named) == 1 and draft.question.kinds.get(named[0].ids[0]) == "Company"
    said = bool(stems & _GROWING) and draft.question.has("change") and not draft.question.unknown
    return ("revenue",) if firm and said and draft.wh is not None and draft.lemma(draft.wh) == "how" else ()


def _of_a_seller(draft: Draft, names: tuple[str, ...], kin: str) -> bool:
    """Whether an outlay would stand for a price that the one named asks: only who is bought has his price paid."""
    named = draft.named()
    seller = len(named) == 1 and not dict(draft.cases).get(named[0].ids[0])
    return kin == "investment" and names[:1] in (("price",), ("unitCost",)) and seller


def _supposed(draft: Draft) -> tuple[Node, ...]:
    """Those who are named in an if-clause that says more than when."""
    return tuple(
        Node(ids=n.ids, label=draft.items[i].text)
        for i in sorted(draft.supposed - draft.dating)
        if (n := draft.items[i].name)
    )


def _as_supposed(draft: Draft, found: Query) -> Query:
    """A share that would be lost “if Y left X”: of X's amount, as far as Y, or each of those who leave, makes it up."""
    supposed = _supposed(draft)
    whose = found.owner
    if whose is None and len(supposed) > 1:
        whose = supposed[-1]
    if not supposed or whose is None or not whose.named:
        return found
    others = tuple(n for n in supposed if not {*n.ids} & {*whose.ids} and n not in found.about)
    words = tuple(w for w in found.words if w not in _LOST)
    lost = replace(found, owner=whose, words=words, without=(), wish=None)
    if len(others) < 2:
        return replace(lost, about=(*found.about, *others))
    return Query("row", noun="sum", terms=tuple(replace(lost, about=(*found.about, n)) for n in others))


_LOST = set(lemmas("risk gone go lost lose missing danger jeopardy disappear vanish"))


def _from_what(draft: Draft, at: tuple[int, ...]) -> tuple[str, ...]:
    """What the amount comes from, which a claim must bear out: “smartphones” of “earn from smartphones”."""
    if not at or not draft.items[at[0]].text.lower().endswith(" from"):
        return ()
    behind = draft.items[at[0] + 1 : at[0] + 2]
    return tuple(s for item in behind if item.sense("class") and not item.name for s in lemmas(item.text))


def _spent_on(draft: Draft, at: tuple[int, ...]) -> tuple[str, ...]:
    """The goods behind “spend on”, “put into”, which are a part of what is spent in all; none for a name."""
    end = at[0] + 1 if at else len(draft.items)
    if not at or draft.items[at[0]].text.lower().split()[-1] not in ("on", "into"):
        return ()
    goods = next((k for k in range(end, min(end + 3, len(draft.items))) if draft.items[k].all("class")), end - 1)
    if any(draft.items[k].name for k in range(end, goods + 1)):
        return ()
    return tuple(s for k in range(end, goods + 1) for s in lemmas(draft.items[k].text))


def _only_has(draft: Draft, used: set[int]) -> bool:
    """Whether the verb only says that somebody has the amount named before: “how many megawatts has X leased”."""
    named = {*used, *(i for i, item in enumerate(draft.items) if item.sense("unit"))}
    end = draft.doer if draft.doer is not None else len(draft.items)
    return bool(draft.deed) and bool(named) and min(named) < end


def lossy(draft: Draft) -> bool:
    """Whether losses are spoken of, which are the bigger the lower the profit is."""
    metrics = vocabulary().metrics
    names = draft.metrics()[0]
    if names and not any(metrics[n].losses for n in names):
        return False
    words = {s for m in metrics.values() for term in (*m.losses, *m.loss_verbs) for s in lemmas(term)[-1:]}
    return bool(words & set(draft.question.stems)) or "in the red" in draft.question.text.lower()


def _in_its_unit(draft: Draft, names: tuple[str, ...]) -> tuple[str, ...]:
    """The metrics, first those that are counted in the unit named if the others are not: power “in gigawatts”."""
    counted = OF_UNIT.get(draft.question.unit or "", ())
    known = vocabulary().metrics
    fits = any(draft.question.unit in known[n].units for n in names)
    return names if fits or not counted else (*counted, *names)


def paid_for_a_firm(draft: Draft, names: tuple[str, ...]) -> tuple[str, ...]:
    """The metrics, first the investment where a price is paid for a firm: “what did X pay for Y”."""
    kinds = draft.question.kinds
    bought = [n for n in draft.named() if dict(draft.cases).get(n.ids[0]) in ("for", "to", "into", "of", "in")]
    firm = any(kinds.get(n.ids[0]) == "Company" for n in bought)
    if names[:1] != ("price",) or not firm or not {"pay", "pric", "cost"} & {*draft.question.stems}:
        return names
    return ("investment", *names)


def _really_paid(draft: Draft, names: tuple[str, ...]) -> bool:
    """Whether it is asked what was paid, not what somebody meant to pay or had offered."""
    stems = {*draft.question.stems}
    return bool(_OUTLAYS & {*names}) and bool(stems & (_PAID | _BOUGHT)) and not stems & _MEANT


_OUTLAYS = {"investment", "price"}
_BOUGHT = set(lemmas("buy acquire purchase"))
_MEANT = set(
    lemmas("go want plan offer bid intend would will may might could propose agree value going prepared ready")
)


def _paid_to_a_post(draft: Draft, names: tuple[str, ...]) -> bool:
    """Whether it is asked what a chief is paid, which no metric of the firm tells."""
    posts = [i for i, item in enumerate(draft.items) if any(s.name == "leads" for s in item.all("noun"))]
    return bool(posts) and bool({"pay", "earn", "salary"} & {*draft.question.stems}) and bool({*names} & MONEY)


def of_relation(draft: Draft) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """The metrics in which a relation is counted: “how much has X sunk into Y?” asks for an investment."""
    for i, item in enumerate(draft.items):
        verbs = () if item.sense("future") else item.all("verb")
        found = tuple(dict.fromkeys(m for s in verbs for m in _COUNTED_IN.get(s.name, ())))
        if (
            found
            and draft.question.tokens[item.start].lemma in ("sell", "ship", "deliver")
            and "many" in draft.question.stems
        ):
            found = ("shipments", *(m for m in found if m != "shipments"))
        elif found and len(draft.named()) == 1 and any(s.name == "supplies" for s in item.all("verb")):
            found = ("revenue", *found)
        if found and i not in draft.supposed:
            return found, (i,)
    return (), ()


def _turned(found: Query) -> Query | None:
    """A deal as the other side's: what X has on order at Y stands in the books of Y too."""
    whose = found.owner
    if "orders" not in found.metrics or whose is None or not whose.named or len(found.about) != 1:
        return None
    return replace(found, owner=found.about[0], about=(whose,))


def _shares(draft: Draft, names: tuple[str, ...], used: set[int], whose: Node | None) -> list[Query]:
    """“X's share of the HBM market” (a share of a market) and “the share of X's revenue that …” (a part of its
    amount).
    """
    held = query("fact", draft, used, nodes=(whose,), metrics=("marketShare",), owner=whose, unit="percent")
    if "marketShare" in names:
        return [held]
    part = (
        [query("fact", draft, used, nodes=(whose,), metrics=names, owner=whose, basis="share", unit="percent")]
        if names
        else []
    )
    part += [replace(q, owner=q.about[0], about=(whose,)) for q in part if whose and whose.named and len(q.about) == 1]
    market = replace(held, soft=(*held.soft, *(s for i in used for s in lemmas(draft.items[i].text))))
    at = draft.first("share") or 0
    possessed = at > 0 and draft.lemma(at - 1) == "'s" and not (part and _of_anothers(draft, at))
    if part and draft.items[at].text.lower().startswith(("how much", "how many")):
        return part
    return [market, *part] if possessed else [*part, market]


def _of_anothers(draft: Draft, at: int) -> bool:
    """Whether the share is one of somebody else's amount: “X's slice of Y's backlog”."""
    return any(draft.items[k].name and draft.lemma(k + 1) == "'s" for k in range(at + 1, len(draft.items)))


def unit_of(draft: Draft, names: tuple[str, ...], *, change: bool) -> str | None:
    """What kind of unit the wording calls for: a named one, money, count, percent, or any."""
    at = draft.wh
    if draft.question.unit is not None and not change:
        return draft.question.unit
    if {"percent", "percentage"} & {i.text.lower() for i in draft.items} and not change:
        return "percent"
    if at is not None and draft.lemma(at + 1) == "many":
        return "count"
    paid = bool(_PAID & {*draft.question.stems}) and bool(names) and set(names) <= MONEY
    if (paid or _valued(draft)) and not change:
        return "money"
    much = at is not None and draft.lemma(at) == "how" and draft.lemma(at + 1) == "much"
    return "money" if much and not change and (not names or set(names) & MONEY) else None


def _valued(draft: Draft) -> bool:
    """Whether it is asked what something is worth: “what is X's contract worth”, not “… worth of orders”."""
    stems = draft.question.stems
    if "valu" in stems and any(s.name == "orders" for i in draft.items for s in i.all("metric")):
        return True
    return any(stem == "worth" and stems[k + 1 : k + 2] != ("of",) for k, stem in enumerate(stems))


def _ranged(draft: Draft) -> bool:
    return "range" in draft.question.text.lower().split() or "between" in draft.question.stems


def anything(draft: Draft) -> list[Query]:
    """An amount that no word of the vocabulary names (“How many H200s may X take?”): found by the words of its
    sentence.
    """
    if draft.metrics()[0]:
        return []
    whose = owner(draft, ())
    unit = unit_of(draft, (), change=False)
    large = draft.wh is not None and draft.lemma(draft.wh) == "how" and draft.lemma(draft.wh + 1) in _LARGE
    if (unit is None and not large) or whose is None or not whose.named:
        return []
    found = query("fact", draft, set(), nodes=(whose,), owner=whose, unit=unit)
    words = (*found.words, *found.soft)
    return [replace(found, words=words, soft=())] if words or found.about else []
