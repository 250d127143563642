"""Spans of names that the catalogue does not hold, and the votes of their surroundings for a type."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from ingest.arguments import verb_name
from ingest.names.lexicon import NameLexicon
from ingest.parsed import Sentence, stretch

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_CODE = re.compile(r"^(?=.*\d)[A-Z][A-Za-z]{0,5}-?\d{1,4}[A-Za-z0-9]{0,4}$")
_SPEAKING = frozenset(
    [
        "say",
        "estimate",
        "think",
        "reckon",
        "expect",
        "forecast",
        "write",
        "argue",
        "warn",
        "add",
        "note",
        "believe",
        "calculate",
        "guess",
        "predict",
        "tell",
    ]
)
_JOINERS = {"&", "-", "of", "and"}
_PERIOD_CODE = re.compile(r"^(?:F?Q[1-4]|H[12]|[12]H\d{0,4}|[1-4]Q\d{2}|FY\d{2,4})$")
_LETTER = re.compile(r"^(?:[A-Z]|\d)$")
_LONGEST = 6


def is_code(text: str) -> bool:
    """Whether a word looks like a product code: H20, MI308, GB200; not Q3 or FY26."""
    return bool(_CODE.match(text)) and not _PERIOD_CODE.match(text)


def _lettered(token: Token) -> bool:
    """“Customer A”, “Client 2”: how filings name those whom they do not name."""
    following = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
    return (
        token.text in ("Customer", "Client", "Supplier", "Vendor")
        and following is not None
        and bool(_LETTER.match(following.text))
    )


def _name_like(token: Token, lexicon: NameLexicon) -> bool:
    if _lettered(token) or (token.i and _lettered(token.doc[token.i - 1])):
        return True
    if token.is_punct or token.like_num or token.is_space or token.lower_.rstrip(".") in lexicon.not_names:
        return False
    if not token.text[0].isupper() and not any(c.isupper() for c in token.text[1:]):
        return False
    if token.tag_ in ("NNP", "NNPS") or _opens_a_name(token):
        return True
    return is_code(token.text) or (
        token.i > 0
        and token.text[0].isupper()
        and token.pos_ in ("NOUN", "PROPN", "X", "ADJ")
        and token.ent_type_ in ("ORG", "PERSON", "PRODUCT", "GPE")
    )


def new_spans(sentence: Sentence, lexicon: NameLexicon) -> list[tuple[int, int]]:
    """Token ranges (first, last) of capitalised names that no mention, amount or period covers yet."""
    doc = sentence.doc
    taken = _tickers(sentence) | {i for a in _stretches(sentence) for i in range(a[0], a[1] + 1)}
    capitals = [t for t in doc if t.is_alpha and len(t) > 3]
    if sentence.kind in ("title", "heading") and capitals and sum(t.is_title for t in capitals) > 0.6 * len(capitals):
        return []
    spans: list[tuple[int, int]] = []
    i = 0
    while i < len(doc):
        if i in taken or sentence.covered(i, i) or not _name_like(doc[i], lexicon):
            i += 1
            continue
        last = _extend(doc, i, sentence, taken, lexicon)
        if _worth(doc, i, last):
            spans.append((i, last))
        i = last + 1
    return spans


_TICKER = re.compile(
    r"\((?:(?:NYSE|Nasdaq|NASDAQ|HKEX|SEHK|TSE|TWSE|KRX|LSE|SSE|SZSE|AMEX|OTC|Euronext)\s?:?\s?)?[A-Z0-9]{1,6}(?:[.:][A-Z]{1,4})?"
    r"(?:\s?[,;/]\s?(?:[A-Za-z]+\s?:\s?)?[A-Z0-9]{1,6}(?:[.:][A-Z]{1,4})?)*\)"
)


def _tickers(sentence: Sentence) -> set[int]:
    """Tokens of stock symbols in brackets right after a name: “AXT (Nasdaq: AXTI)”."""
    out: set[int] = set()
    for hit in _TICKER.finditer(sentence.text):
        where = stretch(sentence.doc, hit.start(), hit.end())
        symbol = ":" in hit.group() or "." in hit.group() or " " in hit.group()
        if where is not None and where[0] and (symbol or sentence.covered(where[0] - 1, where[0] - 1)):
            out.update(range(where[0], where[1] + 1))
    return out


def _opens_a_name(token: Token) -> bool:
    """A sentence's first word that the tagger takes for a common one, though the recogniser sees it in a name."""
    if token.i or token.tag_ not in ("NN", "JJ", "FW", "NNS") or len(token) < 4:
        return False
    following = token.doc[token.i + 1] if len(token.doc) > 1 else None
    return (
        following is not None
        and following.tag_ == "NNP"
        and bool(token.ent_type_)
        and token.ent_iob_ == "B"
        and following.ent_iob_ == "I"
    )


def _of_a_name(doc: Doc, first: int, lexicon: NameLexicon) -> bool:
    """Whether a word that opens names of institutions is followed by “of” and a name."""
    if doc[first].text not in lexicon.beginnings or first + 2 >= len(doc) or doc[first + 1].lower_ != "of":
        return False
    return doc[first + 2].tag_ in ("NNP", "NNPS")


def _stretches(sentence: Sentence) -> list[tuple[int, int]]:
    return [(a.first, a.last) for a in sentence.amounts] + [(w.first, w.last) for w in sentence.periods]


def _extend(doc: Doc, first: int, sentence: Sentence, taken: set[int], lexicon: NameLexicon) -> int:
    last = first
    while last + 1 < len(doc) and last - first < _LONGEST:
        following = doc[last + 1]
        if last + 1 in taken or sentence.covered(last + 1, last + 1):
            break
        glued = not doc[last].whitespace_
        if _name_like(following, lexicon) or (
            following.like_num
            and following.text.isdigit()
            and len(following) <= 4
            and not glued
            and doc[last].tag_ in ("NNP", "NNPS")
            and following.head.i <= last + 1
            and following.dep_ in ("nummod", "appos")
            and following.head.i == last
        ):
            last += 1
        elif last == first and _of_a_name(doc, first, lexicon) and not sentence.covered(first + 2, first + 2):
            last += 2  # “University of Brackwell”
        elif (
            following.text in _JOINERS
            and last + 2 < len(doc)
            and following.text in ("&", "-")
            and _name_like(doc[last + 2], lexicon)
            and not sentence.covered(last + 2, last + 2)
        ):
            last += 2
        else:
            break
    return last


def _worth(doc: Doc, first: int, last: int) -> bool:
    """A sentence's first word alone is a name only if something else than its capital says so."""
    word = doc[first]
    if first != last or not word.is_sent_start:
        return True
    if word.ent_type_ in ("ORG", "PERSON", "GPE", "PRODUCT") or is_code(word.text):
        return True
    inner_capital = len(word) > 1 and any(c.isupper() for c in word.text[1:]) and not word.is_upper
    return inner_capital or (
        word.tag_ in ("NNP", "NNPS") and word.dep_ in ("nsubj", "nsubjpass", "poss") and len(word) > 2
    )


def votes(sentence: Sentence, first: int, last: int, lexicon: NameLexicon) -> Counter[str]:
    """How strongly the surroundings of one occurrence speak for each type."""
    doc = sentence.doc
    out: Counter[str] = Counter()
    span = doc[first : last + 1]
    root = span.root
    for table, word in ((lexicon.endings, doc[last].text.strip(".")), (lexicon.beginnings, doc[first].text)):
        if word in table and (first != last or table is lexicon.beginnings):
            _add(out, table[word])
    if first > 0 and doc[first - 1].text in lexicon.titles:
        _add(out, lexicon.titles[doc[first - 1].text])
    label = Counter(t.ent_type_ for t in span if t.ent_type_)
    if label:
        name = label.most_common(1)[0][0]
        if name in lexicon.recogniser:
            _add(out, lexicon.recogniser[name])
    for noun in classifiers(root, first, last):
        kind = lexicon.nouns.get(noun.lower_) or lexicon.nouns.get(noun.lemma_.lower())
        if kind:
            out[kind] += lexicon.classifier
    if _lettered(doc[first]):
        out["Company"] += 6
    spoken = first > 0 and doc[first - 1].lemma_.lower().rstrip("s") in _SPEAKING
    if (
        len(span) > 1
        and (spoken or (root.dep_ == "nsubj" and verb_name(root.head) in _SPEAKING))
        and _of_a_house(sentence, last)
    ):
        out["Person"] += 4
    if root.dep_ in ("nsubj", "nsubjpass") and root.head.lemma_.lower() in lexicon.subject_of:
        _add(out, lexicon.subject_of[root.head.lemma_.lower()])
    if root.dep_ == "poss" and root.head.lower_ in (
        "revenue",
        "shares",
        "profit",
        "margin",
        "sales",
        "stock",
        "fab",
        "chips",
        "backlog",
        "valuation",
    ):
        out["Company"] += 3
    if any(is_code(t.text) for t in span):
        out["Chip"] += 2
    if root.dep_ == "pobj" and root.head.lower_ in ("in", "near", "outside") and span[0].ent_type_ in ("GPE", "LOC"):
        out["Place"] += 2
    return out


def _of_a_house(sentence: Sentence, last: int) -> bool:
    """“… of Kiwoom Securities”, “…, an analyst at X”: what follows the name of a person who speaks."""
    doc = sentence.doc
    following = doc[last + 1].lower_ if last + 1 < len(doc) else ""
    return following in ("of", "at", "from", "with") and last + 2 < len(doc) and doc[last + 2].text[0].isupper()


def _add(out: Counter[str], vote: tuple[str, int]) -> None:
    kind, weight = vote
    out[kind] += weight


def classifiers(root: Token, first: int, last: int) -> list[Token]:
    """Nouns that say what the name is: apposition, compound, copula, and the noun right before it."""
    found: list[Token] = []
    found.extend(
        child
        for child in root.children
        if child.pos_ == "NOUN"
        and (child.dep_ == "appos" or (child.i < first and child.dep_ in ("compound", "nmod", "appos")))
    )
    while root.dep_ == "conj" and root.head.pos_ == "PROPN":
        root = root.head  # “Doubao and Jiyuan apps”: what is said of the first holds for all
    head = root.head
    if (root.dep_ == "appos" and head.pos_ == "NOUN") or (
        root.dep_ in ("compound", "nmod") and head.i > last and head.pos_ in ("NOUN", "PROPN")
    ):
        found.append(head)
    if root.dep_ == "nsubj" and head.lemma_ == "be":
        found.extend(c for c in head.children if c.dep_ == "attr" and c.pos_ == "NOUN")
    if root.dep_ == "oprd" or (root.dep_ == "attr" and head.lemma_ == "be"):
        found.extend(c for c in head.children if c.dep_ in ("nsubj", "nsubjpass") and c.pos_ == "NOUN")
    if first > 0 and root.doc[first - 1].pos_ == "NOUN" and root.doc[first - 1].head.i in range(first, last + 1):
        found.append(root.doc[first - 1])
    return list(dict.fromkeys(found))
