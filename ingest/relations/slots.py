"""The slots of a frame's trigger as head tokens, beyond the verb's own arguments: what a noun is said to be, what hangs
on the object.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.arguments import coordinated, possessors, slots
from ingest.parsed import Sentence
from ingest.relations.selves import themselves
from ingest.relations.wares import seller, source
from ingest.wordlists import words

if TYPE_CHECKING:
    from spacy.tokens import Token

_TOWARDS = {"at", "for", "from", "to", "with"}
_TAKING = {"buy", "deploy", "install", "lease", "need", "offer", "operate", "rent", "run", "sell", "use"}
_WARES = {"source": source, "seller": seller}
_JOINED = 2  # tokens from a noun to the one behind “and”


def verb_slot(verb: Token, name: str) -> list[Token]:
    """Tokens in a verb's slot; dotted names hang on the first slot: `obj.from` is “from” on the object."""
    head, _, rest = name.partition(".")
    if head == "complement":
        return _complement(verb, rest)
    if head == "causer":
        return _causer(verb)
    if head == "left":  # “a deal that leaves Microsoft with a stake”
        return slots(verb).get("obj", []) if verb.lemma_ == "leave" else []
    if head == "above":
        above = verb_above(verb) if verb.dep_ in ("acl", "advcl", "relcl") else None
        return verb_slot(above, rest) if above is not None else []
    found = slots(verb).get(head, [])
    if not rest:
        return found
    if rest == "up":  # “a maker of chips that Intel bought”: the maker, not the chips
        return [t.head.head for t in found if t.dep_ == "pobj" and t.head.lower_ == "of"]
    if rest.startswith("poss"):  # “on data centres and Acme's chips”
        found = [t for one in found for t in (coordinated(one) if one.pos_ == "NOUN" else [one])]
        if head in _TOWARDS:  # “for Acme's rivals” is not for Acme
            found = [t for t in found if t.lemma_.lower() not in words("parties")]
    return [t for one in found for t in (verb_slot(one, rest) if one.pos_ == "VERB" else hanging(one, rest))]


def _causer(verb: Token) -> list[Token]:
    """Who has a thing done: “has them made by SMIC”, “will have its chips fabricated at Samsung”."""
    having = verb.head if verb.dep_ in ("ccomp", "xcomp") else None
    thing = verb.head if verb.dep_ == "acl" else None
    if thing is not None and thing.dep_ == "pobj" and any(c.dep_ == "poss" for c in thing.head.head.children):
        thing = thing.head.head  # “has its chips for cars made by …”
    if thing is not None and thing.dep_ == "dobj":
        having = thing.head
    if having is not None:
        return slots(having).get("subj", []) if having.lemma_ in ("have", "get") else []
    # the parser takes “has” for an auxiliary: then the thing made stands between it and the participle
    has = next((c for c in verb.children if c.dep_ == "aux" and c.lemma_ == "have"), None)
    thing = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    if has is None or thing is None or not has.i < thing.i < verb.i or verb.dep_ != "conj":
        return []
    return slots(verb.head).get("subj", [])


def hanging(noun: Token, name: str) -> list[Token]:
    """Tokens in a slot that hangs on a word: its possessor, the object of a preposition of its own, …"""
    if name == "user":
        return _users(noun)
    if name in _WARES:
        return _WARES[name](noun)
    if name == "named":
        return [c for c in noun.children if c.dep_ in ("compound", "nmod", "npadvmod") and c.i < noun.i]
    if name == "poss":
        direct = [c for c in noun.children if c.dep_ == "poss"]
        if noun.lower_ in ("that", "those"):  # “that of Acme”
            direct = [t for t in possessors(noun) if t.dep_ == "pobj"]
        if direct:
            return direct
        return [
            g
            for c in noun.children
            if c.dep_ == "prep" and c.lower_ == "of"
            for p in c.children
            if p.dep_ == "pobj"
            for g in p.children
            if g.dep_ == "poss"
        ]
    first, _, rest = name.partition(".")
    heads = [p for p in noun.children if p.dep_ == "prep" and p.lower_ == first]
    heads += [
        c for p in heads for c in p.children if c.dep_ == "conj" and c.lower_ == first
    ]  # “with Acme and with Bolt”
    out = [c for p in heads for c in p.children if c.dep_ == "pobj"]
    return [t for inner in out for t in hanging(inner, rest)] if rest else out


def _users(noun: Token) -> list[Token]:
    """Who buys, rents or runs a thing, by its relative clause: “the chips that Acme rents out”."""
    clauses = [c for c in noun.children if c.dep_ == "relcl" and c.lemma_ in _TAKING]
    return [t for clause in clauses for t in slots(clause).get("subj", []) if t != noun]


def _complement(verb: Token, name: str) -> list[Token]:
    """A slot of the innermost infinitive or gerund under a verb: “ordered X to stop buying Y” → Y."""
    inner = next((c for c in verb.children if c.dep_ in ("xcomp", "ccomp") and c.pos_ in ("VERB", "AUX")), None)
    if inner is None:
        return []
    deeper = _complement(inner, name)
    return deeper or slots(inner).get(name, [])


def verb_above(token: Token) -> Token | None:
    """The verb that a word stands under, through nouns and prepositions: “raised $3m in a round led by …”."""
    return next((a for a in token.ancestors if a.pos_ in ("VERB", "AUX")), None)


def complements(verb: Token) -> set[str]:
    """Lemmas of the verbs under a verb."""
    return {c.lemma_.lower() for c in verb.children if c.dep_ in ("xcomp", "ccomp")}


def noun_slot(sentence: Sentence, noun: Token, name: str) -> list[Token]:
    """Tokens in a noun's slot (see relations.yaml)."""
    head, _, rest = name.partition(".")
    if head == "self":
        return themselves(sentence, noun)
    if head == "poss":
        return _owners(noun)
    if head == "of" and not rest:
        fellows = (t for fellow in _fellow_posts(noun) for t in possessors(fellow) if t.i > noun.i)
        behind = [t for t in possessors(noun) if t.dep_ == "pobj"] or [t for t in fellows if t.dep_ == "pobj"]
        clause = noun.head if noun.dep_ == "attr" and noun.head.dep_ == "relcl" else None
        return behind or (slots(clause).get("of", []) if clause is not None else [])  # “of which she is chairman”
    if head == "compound":
        return _compound(sentence, noun)
    if head == "bearer":
        above = noun.head.head if noun.dep_ == "pobj" and noun.head.dep_ == "prep" else noun
        return [above] if above.pos_ in ("NOUN", "PROPN") and above != noun else []
    if head == "verb":
        verb = _governor(noun)
        return verb_slot(verb, rest) if verb is not None else []
    if head == "above":
        above = verb_above(noun)
        return verb_slot(above, rest) if above is not None else []
    if head == "doing":
        return verb_slot(noun.head, rest) if noun.dep_ == "nsubj" and noun.head.pos_ == "VERB" else []
    found = hanging(noun, head)
    if rest:
        return [t for inner in found for t in hanging(inner, rest)]
    if not found and not rest:
        found = [t for fellow in _fellow_posts(noun) for t in hanging(fellow, head) if t.i > noun.i]
    if not found and noun.dep_ in ("compound", "appos", "conj") and noun.head.i > noun.i:
        found = [
            c
            for p in noun.head.children
            if p.dep_ == "prep" and p.lower_ == head
            for c in p.children
            if c.dep_ == "pobj"
        ]
    return found


def _fellow_posts(noun: Token) -> list[Token]:
    """The other of two nouns joined by a bare “and”, which share what is behind them: “founder and chief of Acme”."""
    pair = [c for c in noun.children if c.dep_ == "conj"] + ([noun.head] if noun.dep_ == "conj" else [])
    return [t for t in pair if abs(t.i - noun.i) == _JOINED]


def _owners(noun: Token) -> list[Token]:
    direct = [_nearest(c) if noun.tag_ in ("NN", "NNP") else c for c in noun.children if c.dep_ == "poss"]
    if not direct and noun.dep_ in ("compound", "nmod") and noun.head.i > noun.i:
        direct = [c for c in noun.head.children if c.dep_ == "poss" and c.i < noun.i]
    if not direct and noun.dep_ == "conj":
        direct = _owners(noun.head)
    return direct


def _nearest(owner: Token) -> Token:
    """The last of several possessors of one thing: in “Google, Meta and TikTok's owner” only TikTok has the owner."""
    chain = [owner]
    while more := [c for c in chain[-1].children if c.dep_ == "conj"]:
        chain.append(more[-1])
    return chain[-1]


def _compound(sentence: Sentence, noun: Token) -> list[Token]:
    """Names right before the noun in its phrase: “Nvidia supplier …”, “the ChatGPT maker”."""
    left = [c for c in noun.children if c.dep_ in ("compound", "nmod", "amod", "npadvmod") and c.i < noun.i]
    if noun.i > 0 and not left:
        before = noun.doc[noun.i - 1]
        mention = sentence.mention_at(before)
        if (
            mention is not None
            and mention.named
            and before.whitespace_
            and before.dep_ not in ("nsubj", "pobj", "dobj", "appos", "poss")
        ):
            left = [before]
    return left


def _governor(noun: Token) -> Token | None:
    """The verb whose object (or passive subject) the noun is, also through a chain of nouns: “won a deal”."""
    token = noun
    for _ in range(3):
        head = token.head
        whole = head.head
        through = whole.dep_ in ("dobj", "nsubjpass") and whole.lemma_.lower() in words("transparent")
        if token.dep_ == "pobj" and head.lower_ == "of" and through:
            token = head.head  # “won the bulk of the orders”
            continue
        if head.pos_ in ("VERB", "AUX") and token.dep_ in ("dobj", "nsubjpass", "attr", "oprd", "pobj", "conj"):
            return head
        if token.dep_ == "pobj" and head.dep_ in ("prep", "agent") and head.head.pos_ in ("VERB", "AUX"):
            return head.head
        if token.dep_ == "conj":
            token = head
            continue
        return None
    return None
