"""Claims as sentences: amounts as the text writes them, with bound, hedge, scope, period and who says so."""

from __future__ import annotations

from graph.model import Claim, EntityRef, Quantity
from graph.text.quantities import format_quantity
from graph.vocabulary import vocabulary

_HEDGE = {"projected": "is projected", "possible": "may be", "opinion": "is thought to be", "reported": "is reported"}
_PLURAL = {"orders", "shipments", "users", "parameters"}


def sentence(claim: Claim) -> str:
    """One claim as a sentence without its final mark: “Nvidia's gross margin (high-end GPUs) is above 70%,
    according to …”.
    """
    body = _metric(claim, claim.object) if isinstance(claim.object, Quantity) else _relation(claim)
    return body + _when(claim) + (f", according to {claim.attributed_to}" if claim.attributed_to else "")


def _metric(claim: Claim, amount: Quantity) -> str:
    label = vocabulary().metrics[claim.predicate].label if claim.predicate in vocabulary().metrics else claim.predicate
    scope = f" ({claim.scope})" if claim.scope else ""
    head = f"{claim.subject.label}'s {label}{scope}"
    if claim.basis == "share":
        head = f"{claim.subject.label}'s share" + (f" of {claim.of}" if claim.of else f" in {label}") + scope
    if claim.basis == "change":
        head = f"The change in {claim.subject.label}'s {label}{scope}"
    verb = _HEDGE.get(claim.modality, "is")
    if claim.modality == "reported":
        verb = "is reportedly"
    elif claim.modality == "projected":
        verb = "is projected at"
    if not claim.polarity:
        verb = "is said not to be"
    written = worded(amount)
    return f"{head} {verb} {written}"


def worded(amount: Quantity) -> str:
    """The amount as written, with what the source converts it to; else in figures with its bound."""
    text = amount.text or format_quantity(amount)
    if amount.equivalent is not None:
        text += f" ({amount.equivalent.text or format_quantity(amount.equivalent)})"
    return text


def _relation(claim: Claim) -> str:
    relation = vocabulary().relations.get(claim.predicate)
    label = relation.label if relation else claim.predicate
    qualifiers = dict(claim.qualifiers)
    other = claim.object.label if isinstance(claim.object, EntityRef) else claim.object.text
    if claim.predicate == "leads" and "role" in qualifiers:
        return f"{claim.subject.label} is {'' if claim.polarity else 'not '}{qualifiers['role']} of {other}"
    if not claim.polarity:
        label = "is said not to be in the relation “" + label + "” to"
    text = f"{claim.subject.label} {_hedged(claim)}{label} {other}"
    if "item" in qualifiers:
        text += f" ({qualifiers['item']})"
    return text + (f" ({claim.scope})" if claim.scope else "")


def _hedged(claim: Claim) -> str:
    return {
        "reported": "reportedly ",
        "projected": "as planned or forecast ",
        "possible": "possibly ",
        "opinion": "in a speaker's opinion ",
    }.get(claim.modality, "")


def _when(claim: Claim) -> str:
    """The period in its own words; its days where it has none."""
    if claim.period is None:
        return ""
    text = claim.period.text.strip()
    if text:
        return f" ({text})"
    start, end = claim.period.start, claim.period.end
    if start and end and (start.month, start.day, end.month, end.day) == (1, 1, 12, 31) and start.year == end.year:
        return f" ({start.year})"
    return f" ({start or '…'} to {end or '…'})"
