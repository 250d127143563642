"""Which metric an amount measures: by the parse first (term and amount in one clause, phrase or bracket), then by
nearness.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ingest.metrics.links import Link, accepts, clause_of
from ingest.metrics.staff import is_staff
from ingest.metrics.stated import by_verb
from ingest.metrics.terms import Term
from ingest.parsed import Amount, Sentence
from ingest.wordlists import words

if TYPE_CHECKING:
    from spacy.tokens import Token

_EACH = re.compile(
    r"^\s*(?:apiece|each|(?:a|per) (?:unit|piece|chip|card|wafer|server|rack|processor|gpu)\b)", re.IGNORECASE
)


_OPENING, _AWAY = 4, 12  # tokens from the mark that opens the term's clause, and from the amount before it


def link(sentence: Sentence, amount: Amount, terms: list[Term]) -> Link | None:
    """The best metric for an amount as a level, or None."""
    root = sentence.doc[amount.root]
    best: tuple[float, Link] | None = None
    for term in terms:
        if (
            not accepts(term.metric, amount)
            or term.first <= amount.root <= term.last
            or _whole_of(sentence, term, amount)
            or _has_its_own(sentence, term, amount)
            or (term.metric == "headcount" and not is_staff(sentence, term))
            or _sets_aside(sentence, term)
            or _earned_on(sentence, term, amount)
        ):
            continue
        score = _closeness(sentence, term, amount, terms)
        if score > 0 and (best is None or score > best[0]):
            best = (score, Link(term.metric, sentence.doc[term.root], term, term.negative))
    if amount.span.kind == "money" and _EACH.match(sentence.text[amount.span.end :]):
        return Link("price", root, None, verb=True, per_unit=True)
    stated = by_verb(sentence, root, amount)
    spent_on = (
        best is not None
        and stated is not None
        and stated.metric == "investment"
        and _on_it(sentence, amount, best[1], stated)
    )
    valued = best is not None and stated is not None and (best[1].metric, stated.metric) == ("investment", "marketCap")
    loose = best is None or best[0] < 7 or valued  # “the share sale would price it at $3bn”
    if stated is not None and not spent_on and loose and not _costs_term(stated, best):
        return stated
    return best[1] if best else None


def _whole_of(sentence: Sentence, term: Term, amount: Amount) -> bool:
    """Whether a term is the whole that another amount is a part of: “$7bn, or 44% of revenue”."""
    head = sentence.doc[term.root]
    if head.dep_ != "pobj" or head.head.lower_ != "of":
        return False
    if head in list(sentence.doc[amount.root].ancestors) and amount.first > term.last:
        return False  # “71% of its sales of $7bn”
    part = sentence.amount_at(head.head.head)
    return part is not None and part is not amount and part.span.kind == "percent"


def _sets_aside(sentence: Sentence, term: Term) -> bool:
    """Whether a term only says what is left out, or per what: “capex, before subsidies: …”, “at $20 a share”."""
    head = sentence.doc[term.root]
    lead = sentence.doc[term.first - 1] if term.first else None
    if head.lower_ == "share" and lead is not None and lead.lower_ in ("a", "per", "each"):
        return sentence.amount_at(sentence.doc[max(0, term.first - 2)]) is not None
    return head.dep_ == "pobj" and head.head.lower_ in ("before", "excluding", "without", "despite", "besides")


def _earned_on(sentence: Sentence, term: Term, amount: Amount) -> bool:
    """“lost $7bn on revenue of three”, “earned $2bn on sales of $9bn”: the sales are those after the term."""
    head = sentence.doc[term.root]
    on = head.dep_ == "pobj" and head.head.lower_ == "on" and term.first > amount.last
    return on and any(c.lower_ == "of" and c.i == term.last + 1 for c in head.children)


def _has_its_own(sentence: Sentence, term: Term, amount: Amount) -> bool:
    """Whether a term opens the next clause with a figure of its own: “… $5bn and profit 30%”, “… $5bn, capex $2bn”."""
    joint = sentence.doc[amount.last + 1 : term.first]
    opened = [t.i for t in joint if t.pos_ == "CCONJ" or t.text in (",", ";")]
    if not opened or term.first - opened[-1] > _OPENING or len(joint) > _AWAY:
        return False
    return any(0 < a.first - term.last <= 3 for a in sentence.amounts)


def _costs_term(stated: Link, best: tuple[float, Link] | None) -> bool:
    """“Research and development cost $2bn”, “the share sale brought in $4bn”: the subject is the metric itself."""
    term = best[1].term if best is not None else None
    if best is None or term is None or term.last >= stated.anchor.i:
        return False
    if stated.anchor.lemma_ == "cost":
        return not term.weak
    raised = best[1].metric == "investment" and stated.metric != "marketCap"
    return raised and best[1].anchor.head == stated.anchor


def _on_it(sentence: Sentence, amount: Amount, found: Link, stated: Link) -> bool:
    """“spend $125bn on capex”, “A spent $35bn and B $25bn on capex”: the purpose names the metric."""
    if found.term is None:
        return False
    purpose = sentence.doc[found.term.root].head
    if purpose.lower_ not in ("on", "in", "as"):
        return False
    between = sentence.doc[amount.last + 1 : purpose.i]
    rows = all(
        t.is_punct
        or t.pos_ == "CCONJ"
        or t.lower_ in words("filling")
        or sentence.amount_at(t)
        or sentence.mention_at(t)
        for t in between
    )
    return purpose.head == stated.anchor or (purpose.i > amount.last and rows)


def _closeness(sentence: Sentence, term: Term, amount: Amount, others: list[Term]) -> float:
    """How surely a term and an amount belong together; 0 for not at all."""
    doc = sentence.doc
    head, root = doc[term.root], doc[amount.root]
    gap = (amount.first - term.last) if amount.first > term.last else (term.first - amount.last)
    score = 0.0
    above_amount = [t.i for t in root.ancestors]
    if head.i in above_amount and clause_of(head) == clause_of(root):
        score = 12.0
    elif gap <= 6 and _beneath(head, root):
        score = 11.0
    elif root.head == head or head.head == root:
        score = 11.5
    elif head.dep_ in ("nsubj", "nsubjpass", "dobj", "conj") or head.head.dep_ in ("nsubj", "nsubjpass"):
        subject_verb = clause_of(head)
        score = 9.5 if subject_verb == clause_of(root) else 0.0
        if not score and subject_verb.i in above_amount and gap < 14:
            score = 6.0
    if (
        gap <= 3
        and amount.first > term.last
        and not any(t.pos_ == "VERB" or t.text in (";", ".") for t in doc[term.last + 1 : amount.first])
    ):
        score = max(score, 9.0)
    if (0 < term.first - amount.last <= 3 and doc[amount.last + 1].lower_ in ("in", "of", "worth")) or (
        term.first - amount.last == 1
    ):
        score = max(score, 10.5)
    if not score and clause_of(head) == clause_of(root):
        score = 4.0
    if not score and gap < 12 and amount.first > term.last:
        score = 2.0
    between = doc[min(term.last, amount.last) + 1 : max(term.first, amount.first)]
    if any(t.text == ";" for t in between):
        score = 0.0
    if any(
        a is not amount
        and min(term.last, amount.last) < a.first < max(term.first, amount.first)
        and a.span.kind == amount.span.kind
        for a in sentence.amounts
    ):
        score -= 1.5
    if term.weak:
        score -= 2.0
    above = list(head.ancestors)
    if any(o is not term and not o.weak and doc[o.root] in above and accepts(o.metric, amount) for o in others):
        score -= 6.0  # “obligations, its measure of contracted sales, stood at …” are obligations
    if any(
        o is not term
        and min(term.last, amount.last) < o.first < max(term.first, amount.first)
        and accepts(o.metric, amount)
        for o in others
    ):
        score -= 6.0
    return score - 0.05 * abs(gap) if score > 0 else 0.0


def _beneath(head: Token, root: Token) -> bool:
    """Whether a term hangs on an amount, not as its neighbour in a row: “$5bn of sales”, not “$5bn and profit”."""
    while head.dep_ not in ("conj", "appos", "ROOT"):
        head = head.head
        if head == root:
            return True
    return False
