"""Items of a list of figures: “AI chips $5.2bn (+63%), software $6.8bn”, “$6.2bn from AI”, “of which €3.6bn EUV”."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ingest.parsed import Amount, Sentence
from ingest.wordlists import words

if TYPE_CHECKING:
    from spacy.tokens import Token

_LONGEST = 6
_FILLING = words("filling")
_STOPS = frozenset([",", ":", ";", "(", ")", "•", "*", "–", "—"])
_LEADS = frozenset(["and", "with", "while", "whereas", "plus", "the", "a", "an", "but"])
_NO_ITEM = frozenset(["of", "from", "for", "to", "in", "on", "by", "at", "than", "which", "that", "not", "per"])
_BOUND = frozenset(["earmark", "reserve", "set", "go", "mean", "intend", "destine", "budget", "allocate", "allot"])
_GOALS = frozenset(["for", "into", "on", "to", "towards", "toward"])  # “$3bn of which goes to chips”
_NO_THING = frozenset(["time", "instance", "example", "share", "piece", "unit", "stake", "which", "that", "it", "them"])
_OF_THAT = re.compile(r"\bof (?:which|that|this|it|the total),?\s+(?:[^;:.]{0,60}\b(?:and|,)\s*)?$", re.IGNORECASE)
_MOVING = words("up") | words("down") | frozenset(["total", "reach", "hit", "come", "stand", "make", "be", "have"])


def item_before(sentence: Sentence, amount: Amount) -> str | None:
    """The item of a list right before its amount: “AI chips $5.2bn”, “software, $6.8bn”; None if it is no list.

    The tagger reads bare list items badly, so that punctuation decides; where a colon opens the list, a word may even
    be tagged as a verb (“gaming $4bn, embedded $900m”).
    """
    doc = sentence.doc
    end = amount.first
    while end > 0 and (doc[end - 1].lower_ in _FILLING or doc[end - 1].text in (",", ":", "-", "–", "—")):
        end -= 1
    gapped = end == amount.first and end > 1 and doc[end - 1].lower_ == "for" and doc[end - 2].dep_ == "conj"
    if gapped:
        end -= 1  # “chips accounted for $7bn and software for $1bn”
    start = _start(sentence, end)
    while start < end and doc[start].lower_ in _LEADS:
        start += 1
    item = list(doc[start:end])
    if not item or len(item) > _LONGEST or not _opened(sentence, start) or _names_firm(sentence, item):
        return None
    listed = gapped or any(t.text == ":" for t in doc[:start])
    return str(doc[start:end].text) if _is_item(item, listed) else None


def _names_firm(sentence: Sentence, item: list[Token]) -> bool:
    """Whether the words are a firm's name: then they say whose figure it is."""
    mention = sentence.mention_at(item[-1])
    return mention is not None and mention.entity is not None and mention.entity.type in ("Company", "Organization")


def _start(sentence: Sentence, end: int) -> int:
    """Where the words before `end` begin, back to a mark or a figure; an “and” right after a figure is such a mark."""
    doc = sentence.doc
    start = end
    while start > 0 and end - start <= _LONGEST + 1:
        token = doc[start - 1]
        if token.text in _STOPS or sentence.amount_at(token) is not None or token.like_num:
            break
        if any(w.first <= token.i <= w.last for w in sentence.periods):
            break
        start -= 1
    return start


def _opened(sentence: Sentence, start: int) -> bool:
    doc = sentence.doc
    lead = doc[start - 1] if start else None
    return lead is None or lead.text in _STOPS or lead.text == "-" or lead.lower_ in _LEADS


def _is_item(item: list[Token], listed: bool) -> bool:
    if item[0].pos_ in ("PRON", "ADP", "SCONJ", "ADV") and item[0].lower_ not in ("everything", "other", "others"):
        return False
    if any(t.lemma_.lower() in _MOVING or t.lower_ in _MOVING for t in item):
        return False
    if any(t.lower_ in _NO_ITEM and t.lower_ not in ("of", "in", "for") for t in item):
        return False
    if any(t.tag_ in ("VBD", "VBZ", "VBP", "MD", "PRP") and not (listed and t.pos_ == "VERB") for t in item):
        return False
    return any(t.pos_ in ("NOUN", "PROPN") or (listed and t.pos_ in ("VERB", "ADJ", "PRON")) for t in item)


def item_after(sentence: Sentence, amount: Amount) -> str | None:
    """What an amount comes from: “$6.2bn from AI”, “NT$100bn from packaging and testing”, “€3.6bn was for EUV”."""
    doc = sentence.doc
    i = amount.last + 1
    if amount.first and doc[amount.first - 1].lower_ == "which":  # “…, of which €3.6bn EUV”
        end = next((t.i for t in doc[i : i + 4] if t.is_punct or t.lower_ == "and"), len(doc))
        if i < end and all(t.pos_ in ("NOUN", "PROPN", "ADJ") for t in doc[i:end]):
            return str(doc[i:end].text)
    if (item := _of_that(sentence, amount)) is not None:
        return item
    if i < len(doc) - 1 and doc[i].lemma_ == "be":
        i += 1
    going = i < len(doc) - 2 and doc[i].lemma_.lower() in _BOUND and doc[i + 1].lower_ in _GOALS
    i += going
    if i >= len(doc) - 1 or not (going or doc[i].lower_ in ("from", "for", "into")):
        return None
    heads = [c for c in doc[i].children if c.dep_ == "pobj"]
    if (
        not heads
        or heads[0].lemma_.lower() in _NO_THING
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


def _of_that(sentence: Sentence, amount: Amount) -> str | None:
    """The nouns right after an amount that tells a part: “of that $7bn was licences and $5bn royalties”."""
    if not _OF_THAT.search(sentence.text[: amount.span.start]):
        return None
    doc, i = sentence.doc, amount.last + 1
    if i < len(doc) and doc[i].lemma_ == "be":
        i += 1
    end = next(
        (t.i for t in doc[i : i + _LONGEST] if t.pos_ not in ("NOUN", "PROPN", "ADJ")), min(len(doc), i + _LONGEST)
    )
    closed = end >= len(doc) or doc[end].is_punct or doc[end].pos_ == "CCONJ"
    return str(doc[i:end].text) if i < end and closed else None
