"""Claims as sentences: amounts as the text writes them, with bound, hedge, scope, period and who says so."""

from __future__ import annotations

from graph.model import Claim, EntityRef, Quantity, TextValue
from graph.text.quantities import format_quantity
from graph.vocabulary import vocabulary

_HEDGE = {"projected": "is projected", "possible": "may be", "opinion": "is thought to be", "reported": "is reported"}
_MOVES = {"projected": "is projected to", "possible": "may", "opinion": "is thought to"}


def sentence(claim: Claim) -> str:
    """One claim as a sentence without its final mark: “Nvidia's gross margin (high-end GPUs) is above 70%,
    according to …”.
    """
    body = _metric(claim, claim.object) if isinstance(claim.object, Quantity) else _relation(claim)
    return body + _when(claim) + (f", according to {claim.attributed_to}" if claim.attributed_to else "")


def _metric(claim: Claim, amount: Quantity) -> str:
    metric = vocabulary().metrics.get(claim.predicate)
    label = metric.label if metric else claim.predicate
    if metric and metric.losses and claim.basis == "level" and _sign(amount) < 0:
        label = metric.losses[0]
    scope = f" ({claim.scope})" if claim.scope else ""
    if claim.basis == "change" and _sign(amount):
        return f"{claim.subject.label}'s {label}{scope} {_moves(claim, _sign(amount))} {_unsigned(amount)}"
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
    return f"{head} {verb} {_unsigned(amount) if metric and label != metric.label else worded(amount)}"


def _moves(claim: Claim, sign: int) -> str:
    """The verb of a change: which way, and how surely."""
    if not claim.polarity:
        return f"is said not to have {'risen' if sign > 0 else 'fallen'} by"
    if claim.modality in _MOVES:
        return f"{_MOVES[claim.modality]} {'rise' if sign > 0 else 'fall'} by"
    return f"{'reportedly ' if claim.modality == 'reported' else ''}{'rose' if sign > 0 else 'fell'} by"


def _sign(amount: Quantity) -> int:
    """1 or −1 where the whole amount lies above or below nothing, else 0."""
    bounds = [bound for bound in (amount.low, amount.high) if bound is not None]
    if bounds and all(bound > 0 for bound in bounds):
        return 1
    return -1 if bounds and all(bound < 0 for bound in bounds) else 0


def _unsigned(amount: Quantity) -> str:
    """The amount as written, without the sign that the words around it tell."""
    return worded(amount).removeprefix("-").removeprefix("−").removeprefix("+")


def worded(amount: Quantity) -> str:
    """The amount as written, with what the source converts it to; else in figures with its bound."""
    text = amount.text or format_quantity(amount)
    if amount.equivalent is not None:
        text += f" ({amount.equivalent.text or format_quantity(amount.equivalent)})"
    return text


def _relation(claim: Claim) -> str:
    relation = vocabulary().relations.get(claim.predicate)
    metric = vocabulary().metrics.get(claim.predicate)
    if metric is not None and isinstance(claim.object, TextValue):
        told = f"{claim.subject.label}'s {metric.label}"
        return f"{told} is {'' if claim.polarity else 'not '}{_hedged(claim)}called “{claim.object.text}”"
    label = relation.label if relation else claim.predicate
    qualifiers = dict(claim.qualifiers)
    other = claim.object.label if isinstance(claim.object, EntityRef) else claim.object.text
    if claim.predicate == "manufactures" and isinstance(claim.object, EntityRef) and claim.object.type == "Company":
        label += " for"  # whose goods are meant, not the firm
    if claim.predicate == "leads" and "role" in qualifiers:
        return f"{claim.subject.label} is {'' if claim.polarity else 'not '}{qualifiers['role']} of {other}"
    text = f"{claim.subject.label} {_hedged(claim) + label if claim.polarity else _denied(claim, label)} {other}"
    if "item" in qualifiers:
        text += f" ({qualifiers['item']})"
    return text + (f" ({claim.scope})" if claim.scope else "")


def _denied(claim: Claim, label: str) -> str:
    """The denial of what a relation's label says: “supplies” is “is said not to supply”, “possibly does not supply”."""
    verb, _, rest = label.partition(" ")
    bare = "be" if verb == "is" else verb[:-3] + "y" if verb.endswith("ies") else verb.removesuffix("s")
    rest = f" {rest}" if rest else ""
    if claim.modality in ("asserted", "reported"):
        return f"is said not to {bare}{rest}"
    return _hedged(claim) + (f"is not{rest}" if verb == "is" else f"does not {bare}{rest}")


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
