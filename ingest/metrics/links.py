"""Which metric an amount measures: by the parse first (term and amount in one clause, phrase or bracket), then by
nearness.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest.arguments import slots, verb_name
from ingest.metrics.staff import is_staff
from ingest.metrics.terms import Term, metric, metric_verbs
from ingest.names.lexicon import classifying_nouns
from ingest.parsed import Amount, Sentence
from ingest.wordlists import words

if TYPE_CHECKING:
    from spacy.tokens import Token

_CLAUSE = {"ccomp", "advcl", "relcl", "acl", "conj", "parataxis", "ROOT", "csubj", "pcomp", "xcomp"}
_KIND_UNITS = {"money": "money", "percent": "percent", "points": "percent", "multiple": "times"}

_SITE_WATTS = 1_000_000

_EACH = re.compile(
    r"^\s*(?:apiece|each|(?:a|per) (?:unit|piece|chip|card|wafer|server|rack|processor|gpu)\b)", re.IGNORECASE
)
_WORLD = re.compile(r"^\s*of\s+(?:the\s+)?(?:world['’]?s?|global|worldwide)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Link:
    """An amount with its metric: by the term, or by the verb that states it; `anchor` is the token that carries the
    statement.
    """

    metric: str
    anchor: Token
    term: Term | None = None
    negative: bool = False
    verb: bool = False
    per_unit: bool = False


def accepts(name: str, amount: Amount) -> bool:
    """Whether a metric may have a level of this kind of amount."""
    units = metric(name).units
    span = amount.span
    people = span.kind == "count" and span.noun and span.noun.split()[-1].lower() in words("people")
    if people and name not in ("headcount", "users"):
        return False
    unit = span.quantity.unit
    if "/" in unit and span.kind == "money":
        return name in ("price", "unitCost")
    if span.kind in _KIND_UNITS:
        return _KIND_UNITS[span.kind] in units
    return unit in units or (span.kind == "count" and "count" in units and unit == "count")


def clause_of(token: Token) -> Token:
    """The verb (or root) of the smallest clause that holds a token."""
    while token.head != token and not (token.pos_ in ("VERB", "AUX") and token.dep_ in _CLAUSE):
        token = token.head
    return token


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
        ):
            continue
        score = _closeness(sentence, term, amount, terms)
        if score > 0 and (best is None or score > best[0]):
            best = (score, Link(term.metric, sentence.doc[term.root], term, term.negative))
    if amount.span.kind == "money" and _EACH.match(sentence.text[amount.span.end :]):
        return Link("price", root, None, verb=True, per_unit=True)
    stated = _by_verb(sentence, root, amount)
    spent_on = (
        best is not None
        and stated is not None
        and stated.metric == "investment"
        and _on_it(sentence, amount, best[1], stated)
    )
    if stated is not None and not spent_on and (best is None or best[0] < 7) and not _costs_term(stated, best):
        return stated
    return best[1] if best else None


def _whole_of(sentence: Sentence, term: Term, amount: Amount) -> bool:
    """Whether a term is the whole that another amount is a part of: “$7bn, or 44% of revenue”."""
    head = sentence.doc[term.root]
    if head.dep_ != "pobj" or head.head.lower_ != "of":
        return False
    part = sentence.amount_at(head.head.head)
    return part is not None and part is not amount and part.span.kind == "percent"


def _sets_aside(sentence: Sentence, term: Term) -> bool:
    """Whether a term only says what is left out, or per what: “capex, before subsidies: …”, “at $20 a share”."""
    head = sentence.doc[term.root]
    lead = sentence.doc[term.first - 1] if term.first else None
    if head.lower_ == "share" and lead is not None and lead.lower_ in ("a", "per", "each"):
        return sentence.amount_at(sentence.doc[max(0, term.first - 2)]) is not None
    return head.dep_ == "pobj" and head.head.lower_ in ("before", "excluding", "without", "despite", "besides")


def _has_its_own(sentence: Sentence, term: Term, amount: Amount) -> bool:
    """Whether a term opens the next clause with a figure of its own: “… $5bn and profit 30%”, “… $5bn, capex $2bn”."""
    joint = sentence.doc[amount.last + 1 : term.first]
    if not len(joint) or not (joint[0].pos_ == "CCONJ" or joint[0].text in (",", ";")) or len(joint) > 4:
        return False
    return any(0 < a.first - term.last <= 3 for a in sentence.amounts)


def _of_a_market(sentence: Sentence, amount: Amount) -> bool:
    """Whether a percentage is of something that is no firm: “holds 70% of the market”, not “holds 14% of Anthropic”."""
    following = sentence.doc[amount.last + 1 : amount.last + 2]
    if not any(t.lower_ in ("of", "in") for t in following):
        return False
    whole = next((c for c in following[0].children if c.dep_ == "pobj"), None)
    mention = sentence.mention_at(whole) if whole is not None else None
    return whole is not None and not (mention is not None and mention.entity and mention.entity.type == "Company")


def _costs_term(stated: Link, best: tuple[float, Link] | None) -> bool:
    """“Research and development cost $2bn”: what costs is the metric itself."""
    term = best[1].term if best is not None else None
    return term is not None and stated.anchor.lemma_ == "cost" and term.last < stated.anchor.i and not term.weak


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
    if any(o is not term and doc[o.root] in list(head.ancestors) and accepts(o.metric, amount) for o in others):
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


def _by_verb(sentence: Sentence, root: Token, amount: Amount) -> Link | None:
    """The metric that the amount's verb states: “invested $8bn”, “employs 500”, “lost 200 million yuan”, “valued at
    $8bn”.
    """
    if amount.span.kind == "percent" and _WORLD.match(sentence.text[amount.span.end :]) and _makes(root):
        return Link("marketShare", _makes(root) or root, None, verb=True)
    site = root.head if root.dep_ in ("nummod", "compound", "nmod") else None
    if site is not None and amount.span.kind == "money" and (_is_site(site)):
        return Link("investment", site, None, verb=True)
    if root.head.lower_ == "strong" and amount.span.kind == "count":
        return Link("headcount", root.head, None, verb=True)
    if amount.span.quantity.unit == "watt" and (powered := _powers(root, amount)) is not None:
        return powered
    participle = _by_participle(root, amount)
    if participle is not None:
        return participle
    token = root
    if token.dep_ == "pobj" and token.head.dep_ == "prep" and token.head.head.pos_ in ("VERB", "AUX"):
        verb, preposition = token.head.head, token.head.lower_
    elif (
        token.dep_ in ("dobj", "attr", "npadvmod", "dep", "oprd", "nsubjpass", "conj", "appos")
        or token.dep_ == "nummod"
    ):
        while token.dep_ in ("conj", "nummod", "appos") and token.head != token:
            token = token.head
        verb, preposition = token.head, ""
    else:
        return None
    name = verb_name(verb)
    if name in words("buying") and amount.span.kind == "money" and not preposition and _of(root):
        return Link("orders", verb, None, verb=True)
    if name in ("pledge", "promise", "owe") and not preposition and _recipient(verb):
        return Link("orders", verb, None, verb=True)
    if name in ("spend", "pay", "commit") and not preposition and _procured(sentence, verb):
        return Link("orders", verb, None, verb=True)
    if amount.span.kind == "percent" and _ranks(sentence, verb, preposition, amount):
        return Link("marketShare", verb, None, verb=True)
    keys = [f"{name} {preposition}"] if preposition else [name]
    if preposition in ("at", "by") and name in ("value", "bill", "price"):
        keys.append(name)
    if preposition == "for" and name in ("buy", "purchase") and not _firm_bought(verb):
        keys = ["order for"]
    if preposition in ("for", "at") and "/" in amount.span.quantity.unit and amount.span.kind == "money":
        return Link("price", verb, None, verb=True, per_unit=True)
    for key in keys:
        entry = metric_verbs().get(key)
        if entry and entry[0] == "marketShare" and not _of_a_market(sentence, amount):
            continue
        if entry and accepts(entry[0], amount) and (key != "worth" or _worthy(verb)):
            name = "investment" if key == "cost" and _site(verb) else entry[0]
            return Link(name, verb, None, entry[1], verb=True)
    if verb.lower_ == "worth" and amount.span.kind == "money" and _worthy(verb):
        return Link("marketCap", verb, None, verb=True)
    return None


def _powers(root: Token, amount: Amount) -> Link | None:
    """“deploy 10 gigawatts of systems”, “a 2 GW campus”: power on the scale of a site is capacity."""
    low = amount.span.quantity.low or amount.span.quantity.high
    if low is None or low < _SITE_WATTS:
        return None
    token = root
    while token.dep_ in ("nummod", "compound", "nmod", "quantmod", "conj", "appos", "amod") and token.head != token:
        token = token.head
    verb = token.head if token.dep_ != "pobj" else token.head.head
    verb = verb if verb.pos_ in ("VERB", "AUX") else clause_of(root)
    return Link("capacity", verb, None, verb=True) if verb.pos_ in ("VERB", "AUX") else None


def _recipient(verb: Token) -> bool:
    """“pledged $38bn to Amazon”, “promised Oracle $300bn”."""
    return any(c.dep_ == "dative" or (c.lower_ == "to" and c.dep_ == "prep") for c in verb.children)


def _procured(sentence: Sentence, verb: Token) -> bool:
    """Whether money goes on what others sell or let: “$30bn on Azure”, “$1bn on renting chips”, “for computing”."""
    arguments = slots(verb)
    for noun in (*arguments.get("on", []), *arguments.get("for", [])):
        mention = sentence.mention_at(noun)
        if mention is not None and mention.entity is not None and mention.entity.type in ("Product", "Chip"):
            return True
        if noun.lemma_.lower() in words("procured"):
            return True
    return any(c.dep_ == "pcomp" and c.lemma_.lower() in words("buying") for p in verb.children for c in p.children)


def _ranks(sentence: Sentence, verb: Token, preposition: str, amount: Amount) -> bool:
    """Verbs of place in a market: “came second with 9%”, “leads the market with 40%”, “put A at 57% of the market”,
    “has 70% of the market”.
    """
    name = verb.lemma_.lower()
    if preposition == "with":
        market = any(_is_market(t) for t in slots(verb).get("obj", []))
        return name in ("come", "rank", "follow") or (name in ("lead", "dominate", "head", "top") and market)
    if preposition not in ("", "at", "to", "for", "with") or name in words("up") | words("down"):
        return False
    of = sentence.doc[amount.last + 1 : amount.last + 2]
    return any(t.lower_ == "of" and any(_is_market(c) for c in t.children) for t in of)


def _is_market(noun: Token) -> bool:
    return noun.lemma_.lower() in ("market", "shipment", "segment", "output", "production") and noun.pos_ != "VERB"


def _of(root: Token) -> bool:
    """Whether an amount is of something: “$30bn of computing capacity”."""
    return any(c.dep_ == "prep" and c.lower_ == "of" for c in (*root.children, *root.head.children) if c.i > root.i)


def _makes(root: Token) -> Token | None:
    """The verb of making or supplying whose object an amount is."""
    token = root
    while token.dep_ in ("conj", "nummod", "appos") and token.head != token:
        token = token.head
    return token.head if token.dep_ in ("dobj", "pobj") and token.head.lemma_.lower() in words("making") else None


def _worthy(word: Token) -> bool:
    """Whether what is worth so much may be a firm: a name, a pronoun, “the company”; not “the market”."""
    subjects = slots(word.head).get("subj", []) if word.head.pos_ in ("VERB", "AUX") else [word.head]
    return any(t.pos_ in ("PROPN", "PRON") or classifying_nouns().get(t.lower_) == "Company" for t in subjects)


def _is_site(noun: Token) -> bool:
    """A plant, a campus, a project: what money is put into."""
    return classifying_nouns().get(noun.lower_) == "Facility" or noun.lower_ in words("projects")


def _site(verb: Token) -> bool:
    """Whether what costs so much is a site: “a campus which is to cost $7bn”."""
    return any(_is_site(t) for t in slots(verb).get("subj", []))


def _firm_bought(verb: Token) -> bool:
    """Whether a firm or a site is bought: it bears a name or is called one; not “1,600 chips were bought for …”."""
    bought = slots(verb).get("obj", [])
    return any(t.pos_ == "PROPN" or _is_site(t) or classifying_nouns().get(t.lower_) == "Company" for t in bought)


def _by_participle(root: Token, amount: Amount) -> Link | None:
    """“$30bn promised by Anthropic”."""
    for child in root.children:
        entry = metric_verbs().get(verb_name(child)) if child.dep_ == "acl" and child.tag_ == "VBN" else None
        if entry and accepts(entry[0], amount):
            return Link(entry[0], child, None, entry[1], verb=True)
    return None
