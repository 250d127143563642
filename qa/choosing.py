"""Which of those found for a list are meant: of the kind, post, number, amount and place that the question names."""

from __future__ import annotations

from collections.abc import Sequence

from graph.catalogue import catalogue
from graph.model import Claim, EntityRef, Quantity
from qa.facts import View
from qa.kinds import in_trade, trade_asked
from qa.query import Link, Node, Query
from qa.relate import Related, resolve
from qa.sparql import Pattern
from qa.words import lemmas

_AMOUNTS = ("investment", "orders", "price", "marketCap")
_OF_CHIPS = ("chip designer",)
_DOES = ("supplies", "manufactures", "develops")
_STEPS = 3  # from a site over its town and state to its country
COUNTRY = set(lemmas("country countries"))
_LESSER = frozenset(
    lemmas(
        "finance financial cfo technology technical cto operating coo vice deputy research scientist product marketing"
    )
)


def topmost(found: Related) -> Related:
    """Of those with a post, the ones who are not named for one part of the business, if there are any."""
    top = {i: v for i, v in found.items() if not _lesser([c for c in v[1] if c.predicate == "leads"])}
    return top or found


def _lesser(claims: Sequence[Claim]) -> bool:
    """Whether every post that is told of somebody is for one part of the business."""
    posts = [role for c in claims if (role := dict(c.qualifiers).get("role"))]
    return all(_LESSER & {*lemmas(role)} for role in posts) and (bool(posts) or not claims)


def countries(view: View, found: Related) -> Related:
    """Each place as the country that it is in, by the catalogue or by what claims say it is in; as it is where neither
    knows.
    """
    out: Related = {}
    for ref, claims in found.values():
        whole = _country(view, ref, _STEPS) or ref
        out.setdefault(whole.id, (whole, []))[1].extend(claims)
    return out


def _country(view: View, place: EntityRef, steps: int) -> EntityRef | None:
    """The country of a place; None if it is not known."""
    entry = next((e for e in catalogue().lookup(place.label) if e.type == "Place"), None)
    within = entry if entry is None or entry.country is None else catalogue().by_label(entry.country)
    if within is not None:
        held = view.facts.names.entities.get(within.id)
        return held.ref if held is not None else EntityRef(within.id, within.label, within.type)
    around = view.aside(Pattern(subjects=(place.id,), predicates=("locatedIn",))) if steps else []
    wider = (c.object for c in around if c.affirmed and isinstance(c.object, EntityRef) and c.object.type == "Place")
    return next((country for ref in wider if (country := _country(view, ref, steps - 1)) is not None), None)


def so_many(view: View, found: Related, query: Query) -> Related:
    """Of more than are asked for, those whose claims name the thing in question, if they are so many."""
    words = {*query.words, *query.soft}
    if query.top is None or len(found) <= query.top:
        return found
    near = {i: v for i, v in found.items() if any(words & view.facts.field_stems(c) for c in v[1])}
    return near if len(near) == query.top else found


def of_amount(view: View, query: Query, found: Related) -> Related:
    """Those of whom a claim gives the amount that the question names."""
    asked = query.quantity
    out: Related = {}
    for key, (ref, claims) in found.items():
        for claim in view.aside(Pattern(either=(key,), predicates=_AMOUNTS)):
            held = claim.object
            if not isinstance(held, Quantity) or asked is None or held.unit != asked.unit:
                continue
            if {held.low, held.high} & {asked.low, asked.high} - {None}:
                out[key] = (ref, [claim, *claims])
                break
    return out


def of_kind(view: View, found: Related, query: Query) -> Related:
    """Those who are of the kind asked for (“laminate makers”): not firms that are known to be in another trade, and
    of the rest those whom some claim of their own shows to be of it; all, if none does.
    """
    trade = trade_asked(query)
    if trade is not None:
        known = {i: in_trade(ref, trade) for i, (ref, _) in found.items()}
        others = {i: _doings(view, i) for i, of in known.items() if of is False}
        shown = _of_that_kind(view, found, query, others) | {
            i for i, doings in others.items() if trade in _OF_CHIPS and any(map(_makes_a_chip, doings))
        }
        found = {i: v for i, v in found.items() if known[i] is not False or i in shown}
        if any(known[i] for i in found):
            return found
    if not query.kind_words or len(found) < 2:
        return found
    doings = {i: _doings(view, i) for i in found}
    shown = _of_that_kind(view, found, query, doings)
    enough = shown and (query.top is None or len(shown) >= query.top)
    return {i: v for i, v in found.items() if i in shown or not doings[i]} if enough else found


def surely(view: View, found: Related, query: Query) -> bool:
    """Whether claims show everybody to be of the kind that the question names, which a number of them needs."""
    if not query.kind_words:
        return True
    trade = trade_asked(query)
    rest = {i: v for i, v in found.items() if trade is None or not in_trade(v[0], trade)}
    return len(_of_that_kind(view, rest, query, {i: _doings(view, i) for i in rest})) == len(rest)


def _of_that_kind(view: View, found: Related, query: Query, doings: dict[str, list[Claim]]) -> set[str]:
    """Those whose name, or what they do, holds a word of the kind."""
    words = {*query.kind_words}
    return {
        i
        for i, v in found.items()
        if any(words & (view.facts.field_stems(c) - {*lemmas(c.subject.label)}) for c in doings.get(i, ()))
        or words & {*lemmas(v[0].label)}
    }


def _makes_a_chip(claim: Claim) -> bool:
    made = claim.object
    return claim.predicate != "supplies" and isinstance(made, EntityRef) and made.type == "Chip"


def _doings(view: View, id: str) -> list[Claim]:
    """What an entity makes, offers and sells."""
    return [c for c in view.aside(Pattern(subjects=(id,), predicates=_DOES)) if c.affirmed]


def restricted(view: View, query: Query, found: Related) -> Related:
    """Those who also stand in the second relation that the question names (“which competitor of X …”)."""
    if query.restriction is None or not found:
        return found
    also = resolve(view, Node(link=query.restriction))
    out: Related = {}
    for key, (ref, claims) in found.items():
        if key in also:
            out[key] = (ref, [*claims[:1], *also[key][1][:1], *claims[1:]])
        elif _is_from(ref, query.restriction):
            out[key] = (ref, claims)
    return out


def _is_from(ref: EntityRef, link: Link) -> bool:
    """Whether the catalogue has the entity in the country, where only a place is asked for."""
    entry = catalogue().by_id(ref.id) if link.relations == ("locatedIn",) else None
    meant = {e.label for e in catalogue().entries if e.type == "Place" and link.given.label in (e.label, *e.demonyms)}
    return entry is not None and entry.country is not None and entry.country in meant


def proper(grouped: Related) -> Related:
    """Without generic descriptions (“customers”, “fourth customer”) where somebody is named; one entry a label."""
    named = {
        i: v
        for i, v in grouped.items()
        if any(c.isupper() or c.isdigit() for c in v[0].label) or not v[0].label.isascii()
    }
    chosen = named or grouped
    out: Related = {}
    labels: dict[str, str] = {}
    for key, (ref, claims) in chosen.items():
        first = labels.setdefault(ref.label.casefold(), key)
        out.setdefault(first, (ref, []))[1].extend(claims)
    return out


def in_words(refs: list[EntityRef]) -> str:
    """Their labels as a list in English."""
    labels = list(dict.fromkeys(r.label for r in refs))
    return labels[0] if len(labels) == 1 else ", ".join(labels[:-1]) + " and " + labels[-1]


def has_role(claim: Claim, query: Query) -> bool:
    """Whether a claim gives somebody the post that is asked for, if one is."""
    if not query.role:
        return True
    held = next((value for name, value in claim.qualifiers if name == "role"), "")
    stems = " ".join(lemmas(held))
    return any(f" {r} " in f" {stems} " for r in query.role)
