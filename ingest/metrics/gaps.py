"""Names of gapped clauses, which lean on the figure before: “and Google some $3bn”, “followed by Micron with 21%”."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.arguments import verb_name
from ingest.parsed import Amount, Mention, Sentence, after_bracket
from ingest.speakers import kind_of
from ingest.wordlists import words

if TYPE_CHECKING:
    from spacy.tokens import Token

_FILLING = words("filling")
_CARRYING = words("carrying")  # verbs that pass a list on: “… which put Micron at 21%”, “followed by …”
_OPENING = frozenset(["and", "or", "while", "whereas", "then", "ahead", "but"])
_RANKS = frozenset(["second", "third", "fourth", "fifth", "next", "last"])


def gap_name(sentence: Sentence, before: Amount, amount: Amount) -> Mention | None:
    """The name that opens a gapped clause right before an amount; None if a verb or too much stands between."""
    between = list(sentence.doc[before.last + 1 : amount.first])
    if any((_is_verb(t) and t.lemma_ not in _CARRYING and not _aside(t)) or t.text == ";" for t in between):
        return None
    names = [
        m
        for m in sentence.mentions
        if m.entity and before.last < m.first and m.last < amount.first and not _ticker(sentence, m)
    ]
    if not names:
        return None
    last = max(names, key=lambda m: m.first)
    after = [t for t in sentence.doc[after_bracket(sentence.doc, last.last + 1) : amount.first] if not t.is_punct]
    if not all(t.lower_ in _FILLING or t.lower_ in _RANKS or t.tag_ == "POS" for t in after):
        return None
    return last if _opens(sentence, last) else None


def _ticker(sentence: Sentence, mention: Mention) -> bool:
    """Whether a name only stands in brackets behind the same one: “Nvidia (NVDA.O)”."""
    lead = sentence.doc[mention.first - 1] if mention.first > 1 else None
    held = sentence.mention_at(lead.nbor(-1)) if lead is not None and lead.text == "(" else None
    return held is not None and held.entity == mention.entity


def _is_verb(token: Token) -> bool:
    return token.pos_ in ("VERB", "AUX") and token.dep_ != "prep"  # “according to” is no verb


def _aside(verb: Token) -> bool:
    """Whether a verb of saying stands between commas: “…, Omdia says, and …”."""
    doc, i = verb.doc, verb.i
    closed = i + 1 < len(doc) and doc[i + 1].text == ","
    return closed and kind_of(verb_name(verb)) is not None and any(t.text == "," for t in doc[max(0, i - 4) : i])


def _opens(sentence: Sentence, name: Mention) -> bool:
    """Whether a name stands where a clause may begin, its own owner (“China's SMIC”) counted in."""
    doc = sentence.doc
    i = name.first
    while i > 0 and (doc[i - 1].tag_ == "POS" or (i < len(doc) and doc[i].tag_ == "POS")):
        i -= 1
    lead = doc[i - 1] if i else None
    if lead is None:
        return False
    before = doc[i - 2].lemma_ if i > 1 else ""
    led = (lead.lower_ == "by" and before in _CARRYING) or (lead.lower_ == "of" and before == "ahead")
    return led or lead.lower_ in _OPENING or lead.lemma_ in _CARRYING or (lead.is_punct and lead.text != "(")
