"""How firmly something is said: the modality and polarity that the words around a trigger give it, by the parse and not
by the sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from graph.model import Modality
from graph.vocabulary import Hedge, vocabulary
from ingest.arguments import is_passive, verb_name
from ingest.endings import ended
from ingest.parsed import Sentence
from ingest.speakers import kind_of
from ingest.wordlists import words as wordlist

if TYPE_CHECKING:
    from spacy.tokens import Token

_COMPLEMENT = {
    "xcomp",
    "ccomp",
    "pcomp",
    "acomp",
    "advcl",
    "conj",
    "dobj",
    "attr",
    "oprd",
    "pobj",
    "prep",
    "nsubjpass",
    "acl",
    "relcl",
    "npadvmod",
    "dative",
    "nummod",
    "quantmod",
    "agent",
    "parataxis",
}
_GOVERNED = {"xcomp", "ccomp", "acomp", "dobj", "pcomp", "prep", "advcl", "oprd", "pobj", "nsubjpass"}
_STRENGTH: dict[str, int] = {"asserted": 0, "reported": 1, "opinion": 2, "projected": 3, "possible": 4}
_UNDOING = {"stop", "cease", "halt", "avoid", "refuse", "decline", "fail", "suspend"}
_PAPERS = {"memorandum", "agreement", "mou"}  # “an agreement to buy it” is no purchase yet
_CONDITION = {"if", "unless", "whether", "should"}


@dataclass(frozen=True, slots=True)
class Hedged:
    """How firmly a statement is made, whether it is affirmed, and the words that say so."""

    modality: Modality
    polarity: bool
    words: tuple[str, ...] = ()


@cache
def _lexicon() -> dict[str, Hedge]:
    return vocabulary().hedges


@cache
def _phrases() -> re.Pattern[str]:
    return re.compile("|".join(re.escape(p) for p in _lexicon()["reported"].phrases), re.IGNORECASE)


def hedged(trigger: Token, *, as_subject: bool = False) -> Hedged:
    """Modality and polarity of what a verb or noun states, from itself and from what governs it.

    `as_subject`: a noun states its figure as a verb's subject, too: “capex will be $125bn”.
    """
    modality: Modality = "projected" if _in_forecast(trigger) or _foreseen(trigger) else "asserted"
    polarity = True
    words: list[str] = []
    over = None if as_subject else ended(trigger)
    if over is not None:
        polarity = False
        words.append(over)
    token, came_from = trigger, None
    for _ in range(12):
        found = _local(token, came_from)
        for name, word in found:
            if name == "denied":
                polarity = False
                words.append(word)
            elif _STRENGTH[name] > _STRENGTH[modality]:
                modality = name  # type: ignore[assignment]
                words.append(word)
        told = as_subject and token == trigger and token.dep_ == "nsubj"
        if token.head == token or not (told or _climbs(token)) or _parted(token):
            break
        came_from, token = token, token.head
    return Hedged(modality, polarity, tuple(words))


def _parted(token: Token) -> bool:
    """Whether a semicolon stands between a clause and what the parser hangs it on."""
    first, last = sorted((token.i, token.head.i))
    return any(t.text == ";" for t in token.doc[first:last])


def _foreseen(trigger: Token) -> bool:
    """“capital expenditures projected near ¥160bn”, “the expected loss”."""
    lexicon = _lexicon()["projected"]
    if trigger.pos_ == "VERB":
        return trigger.lemma_.lower() in wordlist("foreseeing")
    if trigger.pos_ not in ("NOUN", "PROPN"):
        return False
    if trigger.dep_ == "compound" and trigger.head.lemma_.lower() in lexicon.nouns:
        return True  # “raised its profit target to $3bn”
    around = [c for c in trigger.children if c.dep_ in ("acl", "amod")]
    if trigger.dep_ in ("nsubj", "nsubjpass") and not any(c.dep_ in ("aux", "auxpass") for c in trigger.head.children):
        around.append(trigger.head)
    return any(t.tag_ == "VBN" and t.lemma_.lower() in lexicon.verbs for t in around)


def _in_forecast(trigger: Token) -> bool:
    """“her forecast, which is for revenue of $54bn”."""
    for token in (trigger, *trigger.ancestors):
        if token.dep_ == "relcl":
            return bool(token.lemma_ == "be" and token.head.lemma_.lower() in _lexicon()["projected"].nouns)
    return False


def _climbs(token: Token) -> bool:
    """Whether what governs a token also governs its firmness: complements do, relative clauses and coordination with an
    own subject do not.
    """
    if token.dep_ not in _COMPLEMENT:
        return False
    if token.lemma_ in wordlist("parties") and any(c.dep_ == "appos" and c.pos_ == "PROPN" for c in token.children):
        return False  # “was never told by its owner, Acme”: that Acme owns it is known
    if token.dep_ == "conj" and token.pos_ in ("VERB", "AUX"):
        own = any(c.dep_ in ("nsubj", "nsubjpass", "expl") for c in token.children)
        return not own and token.tag_ != "VBD" and token.tag_ != "VBZ"
    if token.dep_ == "advcl":
        return token.tag_ in ("VB",)
    if token.dep_ == "relcl":  # “forecasts the margin to fall”: an infinitive, taken for a relative clause
        return token.tag_ == "VB" and any(c.dep_ == "aux" and c.lower_ == "to" for c in token.children)
    if token.dep_ == "acl":
        return bool(token.tag_ == "VB" or token.head.lemma_.lower() in _lexicon()["reported"].nouns)
    if token.dep_ == "ccomp" or token.dep_ == "parataxis":
        return True
    return True


def _local(token: Token, came_from: Token | None) -> list[tuple[str, str]]:
    """(hedge, word) pairs that stand at one token of the chain."""
    lexicon = _lexicon()
    out: list[tuple[str, str]] = []
    lemma = token.lemma_.lower()
    if token.pos_ in ("VERB", "AUX"):
        for child in token.children:
            word = child.lower_
            if child.dep_ in ("aux", "auxpass"):
                out.extend(
                    (n, word)
                    for n in ("possible", "projected")
                    if word in lexicon[n].modals or child.lemma_.lower() in lexicon[n].modals
                )
                if word in ("would", "’d", "'d") and _on_condition(token):
                    out.append(("possible", word))
                if word in ("'ll", "’ll"):
                    out.append(("projected", word))
            elif child.dep_ == "neg" and not _not_only(child) and not _without(token):
                out.append(("denied", word))
            elif child.dep_ == "advmod":
                out.extend(
                    (n, word) for n in ("possible", "reported", "opinion", "projected") if word in lexicon[n].adverbs
                )
                if word in ("never", "hardly", "no", "nor", "neither") or _no_longer(child):
                    out.append(("denied", word))
            elif child.dep_ == "mark" and word in _CONDITION and came_from is None:
                out.append(("possible", word))
            elif child.dep_ in ("nsubj", "nsubjpass") and _of_none(child):
                out.append(("denied", word))
        aside = _before_aside(token)
        if aside is not None and _of_none(aside):
            out.append(("denied", aside.lower_))
        if _infinitive_of_be(token):
            out.append(("projected", "is to"))
        if came_from is not None and (came_from.dep_ in _GOVERNED or _second_object(came_from)):
            name = verb_name(token)
            out.extend(
                (n, name)
                for n in ("denied", "possible", "opinion", "projected")
                if name in lexicon[n].verbs
                and not (n == "projected" and (came_from.dep_ == "pobj" or _finite(came_from)))
                and not (n == "denied" and _neither_confirmed(token))
            )
            if _neither_confirmed(token):
                out.append(("possible", name))
            if lemma in _UNDOING and came_from.dep_ in ("xcomp", "dobj") and not kind_of(came_from.lemma_.lower()):
                out.append(("possible" if _supposed(token) else "denied", lemma))
            if came_from.tag_ == "VB" and came_from.dep_ in ("xcomp", "advcl") and (paper := _paper(token)):
                out.append(("projected", paper))
            if came_from.dep_ in ("xcomp", "ccomp") and name in wordlist("held_true") and _by_nobody(token):
                out.append(("reported", name))
    elif token.pos_ == "ADJ":
        out.extend(
            (n, lemma)
            for n in ("possible", "projected")
            if lemma in lexicon[n].adjectives
            or (n == "projected" and lemma in ("due", "set", "slated", "likely", "able", "poised", "ready"))
        )
    elif token.pos_ == "NOUN":
        for child in token.children:
            if child.dep_ == "amod":
                out.extend(
                    (n, child.lower_) for n in ("possible", "projected") if child.lower_ in lexicon[n].adjectives
                )
            elif child.dep_ in ("det", "neg") and child.lower_ in ("no", "neither"):
                out.append(("denied", child.lower_))
        if came_from is not None and came_from.dep_ in ("acl", "prep", "pobj", "ccomp"):
            out.extend((n, lemma) for n in ("projected", "possible", "reported") if lemma in lexicon[n].nouns)
            if came_from.tag_ == "VB" and came_from.dep_ == "acl" and lemma in _PAPERS:
                out.append(("projected", lemma))
    return out


def _second_object(noun: Token) -> bool:
    """“expects sales of $9bn, up on May, and a profit of $2bn”: a noun that the parser coordinates with the verb."""
    return bool(noun.dep_ == "conj" and noun.pos_ == "NOUN" and noun.i > noun.head.i)


def _supposed(verb: Token) -> bool:
    """“if it ever ceases to own it”: no ending that has come."""
    return any(c.dep_ == "mark" and c.lower_ in _CONDITION for c in verb.children)


def _paper(verb: Token) -> str | None:
    """What is signed about what is still to be done: “signed a memorandum to supply it”."""
    return next((str(c.lower_) for c in verb.children if c.dep_ == "dobj" and c.lemma_.lower() in _PAPERS), None)


def _of_none(subject: Token) -> bool:
    """“nobody”, “none of its customers”, “no single customer”: of whom it does not hold. Not “no fewer than”."""
    if subject.lower_ in wordlist("none"):
        of = (t for c in subject.children if c.dep_ == "prep" for t in c.children)
        return not any(t.tag_ in ("WDT", "WP") for t in of)  # “none of which”: of another clause
    dets = (c for c in subject.children if c.dep_ == "det" and c.lower_ in ("no", "neither"))
    return any(_next(det) not in ("fewer", "less", "more") for det in dets)


def _before_aside(verb: Token) -> Token | None:
    """“Nobody, the firm insists, buys more”: the subject of a verb that the parser hangs on the aside, with its subject
    as the aside's object.
    """
    aside = verb.head
    if verb.dep_ != "conj" or aside.pos_ != "VERB" or _next(aside) != ",":
        return None
    return next((c for c in aside.children if c.dep_ == "dobj" and c.i < aside.i and _next(c) == ","), None)


def _next(word: Token) -> str:
    """The word after it, lower case; "" after the last."""
    return str(word.nbor().lower_) if word.i + 1 < len(word.doc) else ""


def _not_only(word: Token) -> bool:
    """“is not only the source”, “not just”: no denial."""
    return _next(word) in ("only", "just", "merely", "simply")


def _without(verb: Token) -> bool:
    """“cannot build its servers without Acme's chips”: it does build them, so no denial."""
    near = {verb, *(child for child in verb.children if child.dep_ in ("dobj", "prep", "acomp", "attr"))}
    return any(word.lower_ == "without" and word.i > verb.i and word.head in near for word in verb.subtree)


def _by_nobody(verb: Token) -> bool:
    """“is widely assumed to”: a passive that does not say by whom."""
    return is_passive(verb) and not any(c.dep_ == "agent" for c in verb.children)


def _on_condition(verb: Token) -> bool:
    """“would supply it if the licence were granted”."""
    clauses = (c for c in verb.children if c.dep_ == "advcl")
    return any(c.lower_ in ("if", "unless") and c.dep_ == "mark" for clause in clauses for c in clause.children)


def _neither_confirmed(verb: Token) -> bool:
    """“would neither confirm nor deny”: no denial."""
    return bool(verb.dep_ == "conj" and verb.head.lemma_ == "confirm" and verb.lemma_ == "deny")


def _no_longer(word: Token) -> bool:
    """“no longer”, “not any more”."""
    return word.lower_ in ("longer", "more") and any(c.lower_ in ("no", "any") for c in word.children)


def _finite(verb: Token) -> bool:
    """Whether a clause states a thing of its own: “agreed that both rely on it”, not “agreed to rely”."""
    return verb.dep_ in ("ccomp", "advcl") and verb.tag_ in ("VBD", "VBZ", "VBP")


def _infinitive_of_be(verb: Token) -> bool:
    """“is to supply”: a plan."""
    head = verb.head
    return (
        verb.dep_ == "xcomp"
        and head.lemma_ == "be"
        and (verb.tag_ == "VB" or any(c.dep_ == "auxpass" and c.tag_ == "VB" for c in verb.children))
        and any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children)
        and not any(c.dep_ in ("attr",) for c in head.children)
    )


def statement(sentence: Sentence, trigger: Token) -> str:
    """The part of a sentence between semicolons that a trigger stands in: a hedge in another part does not touch it."""
    marks = [t.idx for t in sentence.doc if t.text == ";"]
    start = max((m for m in marks if m < trigger.idx), default=0)
    return sentence.text[start : next((m for m in marks if m > trigger.idx), len(sentence.text))]


def hearsay(text: str) -> bool:
    """Whether a clause says of itself that it is hearsay: “reportedly”, “is said to”, “people familiar”."""
    lexicon = _lexicon()["reported"]
    words = set(re.findall(r"[a-z]+", text.lower()))
    return bool(words & set(lexicon.adverbs)) or bool(_phrases().search(text))
