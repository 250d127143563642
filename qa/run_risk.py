"""Executing questions of risk: the share that a source discloses, else the dependences, with their claims."""

from __future__ import annotations

from dataclasses import asdict, replace
from decimal import Decimal

from graph.model import Claim, Quantity
from graph.text.quantities import format_quantity
from qa.answer import Amount, Value
from qa.facts import View
from qa.outcome import Outcome, unknown
from qa.query import Node, Query
from qa.report_rows import lens_of
from qa.risk.exposure import exposure
from qa.risk.report import Report, Share
from qa.run_compute import amount_of
from qa.run_fact import fits, hedges
from qa.run_whatif import signs_of, stand_ins_of

_FIRST = 6


def run_risk(view: View, query: Query) -> Outcome:
    """How much of the owner's business hangs on the others; on whom it hangs, where none is named."""
    owner = query.owner
    if owner is None or not owner.named:
        return unknown("nothing in the question names who is at risk")
    if not query.options:
        return _on_whom(view, owner)
    found = [_disclosed(view, query, node) for node in query.options]
    known = [claim for claim in found if claim is not None]
    answer = _together(known) if len(known) == len(found) else _traced(view, owner, query.options[0])
    return _with_more(view, owner, query.options[0], answer) if query.report == "what if" else answer


def _with_more(view: View, owner: Node, on: Node, answer: Outcome) -> Outcome:
    """The answer with the signs that a customer may leave, or with who else sells what a supplier does."""
    if answer.status == "unknown" or not on.named:
        return answer
    claims, told = signs_of(view, owner, on)
    more = f"signs that it may come to that: {told}"
    if not claims:
        claims, told = stand_ins_of(view, on, owner)
        more = f"others that sell the same: {told}"
    if not claims:
        return answer
    lead = "; ".join(filter(None, (answer.lead, more)))
    together = tuple(dict.fromkeys((*answer.claims[:_FIRST], *claims)))
    return replace(answer, lead=lead, claims=together, caveats=(*answer.caveats, *hedges(claims)))


def _disclosed(view: View, query: Query, on: Node) -> Claim | None:
    """The share of the owner's business that a source gives for another, the latest where no period is asked for."""
    plain = replace(query, kind="fact", options=(), words=(), soft=())
    own = fits(view, replace(plain, about=(on,)))
    theirs = fits(view, replace(plain, owner=on, about=(query.owner,) if query.owner else ()))
    near = [f for f in (*own, *theirs) if f.score >= max(own[:1] + theirs[:1], key=lambda f: f.score).score - 0.6]
    return max(near, key=lambda f: (f.recency, f.score)).claim if near else None


def _together(claims: list[Claim]) -> Outcome:
    """One share as it stands, several added up."""
    if len(claims) == 1:
        return Outcome("answered", (Amount(amount_of(claims[0])),), tuple(claims), caveats=hedges(claims))
    bounds = [[getattr(amount_of(c), side) for c in claims] for side in ("low", "high")]
    low, high = (None if None in of else sum((x for x in of if x), Decimal(0)) for of in bounds)
    total = Quantity(low, high, "percent", any(amount_of(c).approx for c in claims))
    values: tuple[Value, ...] = (Amount(total, derived=True), *(Amount(amount_of(c)) for c in claims))
    return Outcome("answered", values, tuple(claims), f"Together {format_quantity(total)}", hedges(claims))


def _traced(view: View, owner: Node, on: Node) -> Outcome:
    """The dependence by the risk report: its share where one follows, else only the way it runs."""
    report = _exposure(view, owner, to=on) if on.ids and owner.ids[0] != on.ids[0] else None
    if report is None or not report.paths:
        return unknown(f"the graph holds no dependence of {owner.label} on {on.label}; that means unknown, not none")
    claims = _claims(view, report)
    amount = _quantity(report.share)
    values: tuple[Value, ...] = (Amount(amount, derived=True),) if amount is not None else ()
    way = " → ".join([report.paths[0].steps[0].source.label, *(s.target.label for s in report.paths[0].steps)])
    lead = f"{owner.label} depends on {on.label}: {way}"
    lead += (
        f", {format_quantity(amount)} of its {report.share.what}" if amount is not None else "; no source gives a share"
    )
    return Outcome("answered" if amount is not None else "partial", values, claims, lead, hedges(claims))


def _exposure(view: View, owner: Node, *, to: Node | None = None, tiers: int = 4) -> Report:
    lens = asdict(lens_of(view))
    return exposure(view.facts.store, owner.ids[0], to=to.ids[0] if to else None, tiers=tiers, **lens)


def _quantity(share: Share) -> Quantity | None:
    """A disclosed share; one that is only imputed is no answer."""
    low, high = (share.value, share.value) if share.value is not None else (share.low, share.high)
    known = share.basis in ("disclosed", "derived") and (low is not None or high is not None)
    return Quantity(low, high, "percent") if known else None


def _claims(view: View, report: Report) -> tuple[Claim, ...]:
    ids = dict.fromkeys(i for path in report.paths for step in path.steps for i in step.claims)
    return tuple(view.facts.claim(i) for i in list(ids)[:_FIRST])


def _on_whom(view: View, owner: Node) -> Outcome:
    """Those on whom it depends directly, as its suppliers; if a sentence says of some that they are alone, those."""
    report = _exposure(view, owner, tiers=1)
    if not report.suppliers:
        return unknown(f"the graph holds no supplier of {owner.label}; that means unknown, not none")
    held = {p.entity.id: _of_party(view, p.paths[0].steps[0].claims) for p in report.suppliers if p.paths}
    alone = [p for p in report.suppliers if any(_only(view, c) for c in held.get(p.entity.id, ()))]
    chosen = alone or list(report.suppliers[:_FIRST])
    claims = tuple(dict.fromkeys(c for p in chosen for c in held.get(p.entity.id, ())[:2]))
    lead = ", ".join(p.entity.label for p in chosen)
    notes = () if alone else ("no source says that there is no other; these are direct dependences",)
    return Outcome("answered", tuple(p.entity for p in chosen), claims, lead, (*hedges(claims), *notes))


def _of_party(view: View, ids: tuple[str, ...]) -> tuple[Claim, ...]:
    return tuple(view.facts.claim(i) for i in ids)


def _only(view: View, claim: Claim) -> bool:
    return bool({"only", "sol", "alon", "exclusiv", "monopoly", "singl"} & view.facts.quote_stems(claim))
