"""Amounts that lean on the one before: gapped clauses (“and Google roughly $3bn”) and lists (“AI chips $5.2bn (+63%),
software $6.8bn”).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.parsed import Amount, Mention, Sentence, after_bracket
from ingest.wordlists import words

if TYPE_CHECKING:
    from spacy.tokens import Token

_LONGEST = 6
_PUTTING = ("put", "peg", "place", "see")  # “… which put Micron at 21%”
_FILLING = words("filling")


def gap_name(sentence: Sentence, before: Amount, amount: Amount) -> Mention | None:
    """The name that opens a gapped clause right before an amount; None if a verb or too much stands between."""
    between = list(sentence.doc[before.last + 1 : amount.first])
    if any((t.pos_ in ("VERB", "AUX") and t.lemma_ not in _PUTTING) or t.text == ";" for t in between):
        return None
    names = [m for m in sentence.mentions if m.entity and before.last < m.first and m.last < amount.first]
    if not names:
        return None
    last = max(names, key=lambda m: m.first)
    after = [t for t in sentence.doc[after_bracket(sentence.doc, last.last + 1) : amount.first] if not t.is_punct]
    lead = sentence.doc[last.first - 1] if last.first else None
    opened = lead is not None and (
        lead.lower_ in ("and", "or", "while") or lead.lemma_ in _PUTTING or (lead.is_punct and lead.text != "(")
    )
    return last if opened and all(t.lower_ in _FILLING for t in after) else None


def item_before(sentence: Sentence, amount: Amount) -> str | None:
    """The item of a list right before its amount: “AI chips $5.2bn”, “software, $6.8bn”; None if it is no list."""
    doc = sentence.doc
    i = amount.first - 1
    while i >= 0 and (doc[i].lower_ in _FILLING or doc[i].text in (",", "-", "–", "—")):
        i -= 1
    last = i
    while i >= 0 and last - i < _LONGEST and _item_word(sentence, doc[i]):
        i -= 1
    words = doc[i + 1 : last + 1]
    opened = (
        i < 0 or doc[i].text in (",", ":", ";", "(", ")", "•", "*", "-", "–") or doc[i].lower_ in ("and", "with", "of")
    )
    if not len(words) or not opened or not any(t.pos_ in ("NOUN", "PROPN") for t in words):
        return None
    return str(words.text)


def item_after(sentence: Sentence, amount: Amount) -> str | None:
    """What an amount comes from: “$6.2bn from AI”, “NT$100bn from packaging and testing”."""
    doc = sentence.doc
    i = amount.last + 1
    if i >= len(doc) - 1 or doc[i].lower_ not in ("from", "for"):
        return None
    heads = [c for c in doc[i].children if c.dep_ == "pobj"]
    if (
        not heads
        or sentence.amount_at(heads[0]) is not None
        or any(w.first <= heads[0].i <= w.last for w in sentence.periods)
    ):
        return None
    words = [
        t
        for t in doc[i + 1 : heads[0].i + 5]
        if t.i <= heads[0].i or (t.dep_ in ("cc", "conj") and heads[0] in t.ancestors)
    ]
    text = str(doc[i + 1 : words[-1].i + 1].text) if words else ""
    return text if words and len(words) <= _LONGEST + 2 else None


def _item_word(sentence: Sentence, token: Token) -> bool:
    if sentence.amount_at(token) is not None or token.pos_ in ("VERB", "AUX", "PUNCT", "ADP", "PRON", "SCONJ", "ADV"):
        return token.text == "-" or (token.lower_ in ("in", "of") and sentence.amount_at(token) is None)
    return token.lower_ not in ("and", "with")
