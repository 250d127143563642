"""The metric that an amount's verb states: “invested $8bn”, “employs 500”, “put A at 57% of the market”."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ingest.arguments import slots, verb_name
from ingest.metrics.goods import by_goods
from ingest.metrics.idioms import by_idiom
from ingest.metrics.links import Link, accepts, clause_of, is_rating
from ingest.metrics.terms import metric_verbs
from ingest.names.lexicon import classifying_nouns
from ingest.parsed import Amount, Sentence
from ingest.relations.fillers import fill
from ingest.wordlists import words

if TYPE_CHECKING:
    from spacy.tokens import Token

_WORLD = re.compile(r"^\s*of\s+(?:all\s+)?(?:the\s+)?(?:world['’]?s?|global|worldwide)\b", re.IGNORECASE)
_JOINED_OF = re.compile(r"^\s*of\s+(?:its|the|all)\b", re.IGNORECASE)
_YEARS = re.compile(
    r"\s+(?:over|across|for|through|until)\s+(?:[\w-]+\s+){0,3}(?:years?|decade|20\d\d)\b", re.IGNORECASE
)
_AFTER_SUMS = frozenset(["upfront", "outright", "annually", "cash", "yearly", "today"])  # tagged as nouns at times
_FLOATED = re.compile(
    r"\b(?:pric(?:ed|ing) (?:its|the) (?:shares|offering)|IPO|initial public offering|flotation|market debut)\b"
)  # “priced its shares at $4 and took in $2bn”: money raised
_STAKES = frozenset(["stake", "interest", "holding", "shareholding", "share", "%"])
_PAPERS = frozenset(["bond", "stock", "debt", "note", "paper", "security", "debenture"])
_FRAMES = ("year", "quarter", "half", "fiscal_year", "fiscal_quarter", "span")


def _of_a_market(sentence: Sentence, amount: Amount) -> bool:
    """Whether a percentage is of something that is no firm: “holds 70% of the market”, not “holds 14% of Anthropic”."""
    following = sentence.doc[amount.last + 1 : amount.last + 2]
    if not any(t.lower_ in ("of", "in") for t in following):
        return False
    whole = next((c for c in following[0].children if c.dep_ == "pobj"), None)
    mention = sentence.mention_at(whole) if whole is not None else None
    return whole is not None and not (mention is not None and mention.entity and mention.entity.type == "Company")


def _of_the_world(sentence: Sentence, root: Token, amount: Amount) -> bool:
    """“of the world's gallium”, and what is joined to it: “… and 60% of its germanium”."""
    first = (
        sentence.amount_at(root.head)
        if root.dep_ == "conj" and _JOINED_OF.match(sentence.text[amount.span.end :])
        else None
    )
    return any(a is not None and _WORLD.match(sentence.text[a.span.end :]) for a in (amount, first))


def by_verb(sentence: Sentence, root: Token, amount: Amount) -> Link | None:
    """The metric that the amount's verb states: “invested $8bn”, “employs 500”, “lost 200 million yuan”, “valued at
    $8bn”.
    """
    if amount.span.kind == "percent" and _of_the_world(sentence, root, amount) and _makes(root):
        return Link("marketShare", _makes(root) or root, None, verb=True)
    site = root.head if root.dep_ in ("nummod", "compound", "nmod") else None
    if site is not None and amount.span.kind == "money" and (_is_site(site)):
        return Link("investment", site, None, verb=True)
    if root.head.lower_ == "strong" and amount.span.kind == "count":
        return Link("headcount", root.head, None, verb=True)
    if amount.span.quantity.unit == "watt" and (powered := _powers(root, amount)) is not None:
        return powered
    if (goods := by_goods(sentence, amount)) is not None:
        return goods
    if amount.span.kind == "money" and (outcome := by_idiom(sentence, root, amount)) is not None:
        return outcome
    participle = _by_participle(root, amount)
    if participle is not None:
        return participle
    token = root.head if root.dep_ in ("compound", "nummod", "nmod") and root.head.lower_ in _AFTER_SUMS else root
    if _cheque(token):
        return Link("investment", token.head.head.head, None, verb=True)
    if _bounded(root, amount) is not None:
        verb, preposition = _bounded(root, amount) or root, ""
    elif token.dep_ == "pobj" and token.head.dep_ == "prep" and _verbal(token.head.head):
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
    if name in ("pledge", "promise", "owe") and not preposition and _recipient(sentence, verb):
        return Link("orders", verb, None, verb=True)
    if name == "pay" and not preposition and _over_years(sentence, verb, amount):
        return Link("orders", verb, None, verb=True)
    if name in ("spend", "pay", "commit") and not preposition and _procured(sentence, verb):
        return Link("orders", verb, None, verb=True)
    if amount.span.kind == "percent" and _ranks(sentence, verb, preposition, amount):
        return Link("marketShare", verb, None, verb=True)
    keys = [f"{name} {preposition}"] if preposition else [name]
    if preposition in ("at", "by") and name in ("value", "bill", "price"):
        keys.append(name)
    brought = name == "bring" and not preposition and any(c.dep_ == "dative" for c in verb.children)
    takes = name in ("take", "do", "make") and not preposition and _part_of_firm(verb)
    if amount.span.kind == "money" and token.dep_ == "dobj" and (brought or takes):
        return Link("revenue", verb, None, verb=True)
    if _budgets(sentence, verb, amount):
        return Link("capex", verb, None, verb=True)
    if _guides(sentence, verb, keys[0], amount):
        return Link("revenue", verb, None, verb=True)
    if preposition == "at" and name in ("price", "value") and _firm_sold(sentence, verb):
        return Link("marketCap", verb, None, verb=True)
    if name == "sell" and not preposition and amount.span.kind == "money" and _goods_sold(root):
        return Link("revenue", verb, None, verb=True)
    if name == "make" and not preposition and amount.span.kind == "money" and _earns(sentence, amount):
        return Link("netProfit", verb, None, verb=True)
    if preposition == "for" and name == "sell" and _firm_sold(sentence, verb):
        return Link("investment", verb, None, verb=True)
    if preposition == "for" and name in ("buy", "purchase") and not _firm_bought(verb):
        keys = ["order for"]
    if preposition in ("for", "at") and "/" in amount.span.quantity.unit and amount.span.kind == "money":
        return Link("price", verb, None, verb=True, per_unit=True)
    for key in keys:
        entry = metric_verbs().get(key)
        if entry and entry[0] == "marketShare" and not _of_a_market(sentence, amount):
            continue
        if entry and accepts(entry[0], amount) and (key != "worth" or _worthy(verb)):
            given = key == "contribute" and any(
                c.tag_ == "MD" for c in verb.children
            )  # “may contribute $2bn”: no revenue
            raised = given or (key == "cost" and _site(verb)) or (key == "take in" and _FLOATED.search(sentence.text))
            name = "investment" if raised else entry[0]
            return Link(name, verb, None, entry[1], verb=True)
    if verb.lower_ == "worth" and amount.span.kind == "money" and _worthy(verb):
        return Link("marketCap", verb, None, verb=True)
    return None


def _bounded(root: Token, amount: Amount) -> Token | None:
    """The verb above a bound that is parsed as words of its own: “hold upward of 90%”, “pay in excess of $5bn”."""
    token = root
    while token.head != token and amount.first <= token.head.i < root.i:
        token = token.head
    return token.head if token != root and token.head.pos_ == "VERB" else None


def _cheque(root: Token) -> bool:
    """“wrote a cheque for $14bn”."""
    noun = root.head.head if root.dep_ == "pobj" and root.head.lower_ == "for" else root
    return noun.lemma_.lower() in ("check", "cheque") and noun.head.lemma_.lower() in ("write", "sign", "cut")


def _powers(root: Token, amount: Amount) -> Link | None:
    """“deploy 10 gigawatts of systems”, “a 2 GW campus”: power on the scale of a site is capacity."""
    low = amount.span.quantity.low or amount.span.quantity.high
    if low is None or is_rating(amount):
        return None
    token = root
    while token.dep_ in ("nummod", "compound", "nmod", "quantmod", "conj", "appos", "amod") and token.head != token:
        token = token.head
    verb = token.head if token.dep_ != "pobj" else token.head.head
    before = root.doc[amount.first - 1] if amount.first else root
    if before.lemma_ == "have" and before.i < verb.i:
        verb = before  # “sites, which have 60MW in all, are …”, with the amount hung on the main clause
    verb = verb if verb.pos_ in ("VERB", "AUX") else clause_of(root)
    return Link("capacity", verb, None, verb=True) if verb.pos_ in ("VERB", "AUX") else None


def _recipient(sentence: Sentence, verb: Token) -> bool:
    """“pledged $38bn to Amazon”, “promised Oracle $300bn”; not “promises $7bn to $8bn”."""
    to = (g for c in verb.children if c.lower_ == "to" and c.dep_ == "prep" for g in c.children if g.dep_ == "pobj")
    return any(c.dep_ == "dative" for c in verb.children) or any(sentence.amount_at(g) is None for g in to)


def _over_years(sentence: Sentence, verb: Token, amount: Amount) -> bool:
    """Whether a sum goes to a firm over years, as a contract has it: “is to pay Oracle $300bn over five years”."""
    paid = [m for c in verb.children if c.dep_ == "dative" for m in fill(sentence, c)]
    after = sentence.text[amount.span.end : amount.span.end + 40]
    return any(m.entity and m.entity.type == "Company" for m in paid) and bool(_YEARS.match(after))


def _procured(sentence: Sentence, verb: Token) -> bool:
    """Whether money goes on what others sell or let: “$30bn on Azure”, “$1bn on renting chips”, “for computing”."""
    arguments = slots(verb)
    bought = [*arguments.get("on", []), *arguments.get("for", [])]
    bought += [c for t in bought for p in t.children if p.lower_ == "of" for c in p.children if c.dep_ == "pobj"]
    for noun in bought:
        mention = sentence.mention_at(noun)
        if mention is not None and mention.entity is not None and mention.entity.type in ("Product", "Chip"):
            return True
        if noun.lemma_.lower() in words("procured"):
            return True
    return any(c.dep_ == "pcomp" and c.lemma_.lower() in words("buying") for p in verb.children for c in p.children)


def _guides(sentence: Sentence, verb: Token, key: str, amount: Amount) -> bool:
    """Whether a firm foresees a sum for a year or quarter and says no more of it: “for 2026 it promises $7bn”."""
    passive = any(c.dep_ in ("auxpass", "nsubjpass") for c in verb.children)
    if key not in words("guiding") or amount.span.kind != "money" or passive or _recipient(sentence, verb):
        return False
    following = sentence.doc[amount.last + 1 : amount.last + 2]
    if any(t.lower_ in ("in", "of", "worth", "for", "from") and not _leads_period(sentence, t.i) for t in following):
        return False
    return any(w.span.kind in _FRAMES for w in sentence.periods)


def _budgets(sentence: Sentence, verb: Token, amount: Amount) -> bool:
    """Whether a firm budgets a sum for a year and says not for what: “has budgeted $3bn for 2026”."""
    if verb.lemma_ != "budget" or amount.span.kind != "money":
        return False
    goals = [t for name in ("for", "on", "to", "in") for t in slots(verb).get(name, [])]
    dated = all(any(w.first <= t.i <= w.last for w in sentence.periods) for t in goals)
    return dated and any(w.span.kind in _FRAMES for w in sentence.periods)


def _leads_period(sentence: Sentence, at: int) -> bool:
    return any(0 < w.first - at <= 2 for w in sentence.periods)


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
    wholes = [c for t in sentence.doc[amount.last + 1 : amount.last + 2] if t.lower_ == "of" for c in t.children]
    return any(_is_market(c) or (name == "have" and not preposition and _is_good(sentence, c)) for c in wholes)


def _is_good(sentence: Sentence, noun: Token) -> bool:
    """Whether a noun names what is bought and sold: “has 95% of the T-glass”."""
    mention = sentence.mention_at(noun)
    return mention is not None and mention.entity is not None and mention.entity.type in ("Product", "Chip")


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
    bought = [*bought, *(g for t in bought for c in t.children if c.lower_ == "of" for g in c.children)]
    return any(
        t.pos_ == "PROPN" or _is_site(t) or t.lemma_ in _STAKES or classifying_nouns().get(t.lower_) == "Company"
        for t in bought
    )


def _verbal(word: Token) -> bool:
    """Whether a word is a verb, or stands as one with an object though taken for a noun: “its shares value A at”."""
    return word.pos_ in ("VERB", "AUX") or (word.dep_ == "ROOT" and any(c.dep_ == "dobj" for c in word.children))


def _goods_sold(root: Token) -> bool:
    """“sold $46bn of chips”; not of bonds or shares."""
    things = [c for n in (root, root.head) for p in n.children if p.lower_ == "of" and p.i > root.i for c in p.children]
    return bool(things) and not any(t.lemma_.lower() in words("not_goods") | _PAPERS for t in things)


def _earns(sentence: Sentence, amount: Amount) -> bool:
    """“lost $3bn in spring and made $4bn in summer”: so much profit, where losses or profits are told and nothing is
    made.
    """
    following = sentence.doc[amount.last + 1 : amount.last + 2]
    made = any(t.lower_ in ("of", "from", "worth", "available") for t in following)
    return not made and any(t.lemma_.lower() in ("lose", "loss", "profit", "earn") for t in sentence.doc)


def _part_of_firm(verb: Token) -> bool:
    """“the PC division took $8bn”."""
    return any(t.pos_ == "NOUN" and t.lemma_.lower() in words("parts") for t in slots(verb).get("subj", []))


def _firm_sold(sentence: Sentence, verb: Token) -> bool:
    """“sold it to a consortium for $3bn” of a firm."""
    mentions = [m for t in slots(verb).get("obj", []) for m in fill(sentence, t)]
    return any(m.entity is not None and m.entity.type == "Company" for m in mentions)


def _by_participle(root: Token, amount: Amount) -> Link | None:
    """“$30bn promised by Anthropic”."""
    for child in root.children:
        entry = metric_verbs().get(verb_name(child)) if child.dep_ == "acl" and child.tag_ == "VBN" else None
        if entry and accepts(entry[0], amount):
            return Link(entry[0], child, None, entry[1], verb=True)
    return None
