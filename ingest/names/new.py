"""Spans of names that the catalogue does not hold."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from ingest.names.english import is_english
from ingest.names.lexicon import THINGS, NameLexicon
from ingest.names.openings import introduced, numbered, opens_a_name, plain_noun
from ingest.parsed import Sentence, stretch

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_CODE = re.compile(r"^(?=.*\d)[A-Z][A-Za-z]{0,5}-?\d{1,4}[A-Za-z0-9]{0,4}$")
_NUMBERED = re.compile(r"^[A-Z][a-z]{2,}\d{1,3}(?:\.\d{1,2})?$")  # Trainium2, Seedance2.0
_PERIOD_CODE = re.compile(r"^(?:F?Q[1-4]|H[12]|[12]H\d{0,4}|[1-4]Q\d{2}|FY\d{2,4})$")
_LETTER = re.compile(r"^(?:[A-Z]|\d)$")
_VERSION = re.compile(r"^(?:\d{1,4}|[Vv]?\d{1,2}\.\d{1,2})$")
_CAMEL = re.compile(r"^[A-Z][a-z]{2,}(?:[A-Z][a-z]+|[A-Z]{2,})$")  # QuernDB, HexLink
_SIZE = re.compile(r"^\d{1,4}B$")  # so many billion parameters: “Mistgate 70B”
_SMALL_NUMBER = re.compile(r"^\d{1,2}(?:\.\d)?$")
_LEGAL = frozenset(
    [
        *(
            "Inc",
            "Inc.",
            "Ltd",
            "Ltd.",
            "Corp",
            "Corp.",
            "Co",
            "Co.",
            "LLC",
            "PLC",
            "Limited",
            "S.A.",
            "N.V.",
            "GmbH",
            "AG",
        ),
        *(
            "BV",
            "B.V.",
            "NV",
            "AB",
            "AS",
            "ASA",
            "SE",
            "SA",
            "SpA",
            "S.p.A.",
            "Oy",
            "Oyj",
            "KG",
            "K.K.",
            "Bhd",
            "Tbk",
            "Srl",
        ),
    ]
)
_SYLLABLES = frozenset(  # of given names that are words of English as well
    [
        "ban",
        "bin",
        "bum",
        "chin",
        "fan",
        "hung",
        "hoe",
        "jung",
        "kin",
        "kong",
        "long",
        "min",
        "pin",
        "ping",
        "sun",
        "sung",
        "tang",
        "won",
        "young",
    ]
)
NUMBERS = frozenset(
    [
        *("One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine"),
        *("II", "III", "IV", "VI", "VII", "VIII"),
    ]
)
_NAME_TAGS = ("NNP", "NNPS")
_OF_A_PLACE = frozenset(["Bank", "University", "Institute", "Academy", "Association", "Exchange"])
_LONGEST = 6
_HALF = 7  # letters of half a given name, at most
_SHORT = 5  # letters that even an English word may have there: “ing”, “long”, “young”
_PARTICIPLE = re.compile(
    r"(?:.*(?:ed|made|born|run|held)|era|like|wide|only|free|type|sized?|tech|to|in|up|off|style|class|grade|scale|level|ready)"
)
_MONEY = "$€£¥₩₹"

Pairs = frozenset[tuple[str, str]]


def is_code(text: str) -> bool:
    """Whether a word looks like a product code: H20, MI308, GB200; not Q3 or FY26."""
    return bool(_CODE.match(text)) and not _PERIOD_CODE.match(text)


def ends_a_name(token: Token) -> bool:
    """Whether a word is a legal form: “Inc.”, “LLC”; what follows is another name."""
    return token.text in _LEGAL


def given_name(doc: Doc, i: int) -> bool:
    """Whether a token begins a name of two syllables as Koreans and Taiwanese write them: “Dae-jung”."""
    if i + 2 >= len(doc) or doc[i + 1].text != "-" or doc[i].whitespace_ or doc[i + 1].whitespace_:
        return False
    one, other = doc[i], doc[i + 2]
    syllables = one.is_title and one.is_alpha and other.is_lower and other.is_alpha
    strange = not is_english(other.text) or (other.text in _SYLLABLES and not is_english(one.text))
    return syllables and len(one) < 7 and len(other) < 7 and strange


def is_lettered(token: Token) -> bool:
    """“Customer A”, “Client 2”: how filings name those whom they do not name."""
    following = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
    return (
        token.text in ("Customer", "Client", "Supplier", "Vendor")
        and following is not None
        and bool(_LETTER.match(following.text))
    )


_MEMBER = re.compile(r"^(?:\d{1,2}(?:\.\d{1,2})?[A-Z]{0,3}|[A-Z]\d(?:\.\d)?)$")


def has_version(sentence: Sentence, last: int) -> bool:
    """“Claude 9”, “Kimi K3”: whether the word behind a known name makes a member of its family of it, and no amount."""
    if last + 1 >= len(sentence.doc) or not sentence.doc[last].whitespace_ or sentence.covered(last + 1, last + 1):
        return False
    version, known = sentence.doc[last + 1], sentence.doc[last].text
    figures = [(a.first, a.last) for a in sentence.amounts] + [(w.first, w.last) for w in sentence.periods]
    free = not any(first <= version.i <= end for first, end in figures)
    return free and bool(_MEMBER.match(version.text)) and not any(c.isdigit() for c in known)


def small_pairs(sentences: Iterable[Sentence]) -> Pairs:
    """“SK hynix”: capitals and a small word that is none of English, written so more than once in a document."""
    seen = Counter(
        (one.text, other.text)
        for s in sentences
        for one, other in zip(s.doc, s.doc[1:], strict=False)
        if one.text.isupper() and one.is_alpha and other.is_alpha and other.is_lower and len(other) > 3
    )
    return frozenset(pair for pair, count in seen.items() if count > 1 and not is_english(pair[1]))


def is_headline(sentence: Sentence) -> bool:
    """Whether the words of a heading are capitalised whatever they are."""
    words = [t for t in sentence.doc if t.is_alpha and len(t) > 3]
    return (
        sentence.kind in ("title", "heading", "dateline")
        and bool(words)
        and sum(t.is_title or t.is_upper for t in words) > 0.6 * len(words)
    )


def new_spans(sentence: Sentence, lexicon: NameLexicon, pairs: Pairs = frozenset()) -> list[tuple[int, int]]:
    """Token ranges (first, last) of capitalised names that no mention, amount or period covers yet. `pairs`: see
    `small_pairs`.
    """
    if is_headline(sentence):
        return []
    finder = _Finder(sentence, lexicon, pairs)
    spans: list[tuple[int, int]] = []
    i = 0
    while i < len(sentence.doc):
        if not finder.free(i) or not finder.name_like(i):
            i += 1
            continue
        last = finder.extend(i)
        if finder.worth(i, last):
            spans.append((i, last))
        i = last + 1
    return spans


_TICKER = re.compile(
    r"\(\w{1,6} (?:JP|US|TT|HK|CH|KS|KQ|GR|LN|NA|FP|SW|IN|AU)\)|"  # as brokers write them: (2330 TT)
    r"\((?:(?:NYSE|Nasdaq|NASDAQ|HKEX|SEHK|TSE|TWSE|KRX|LSE|SSE|SZSE|AMEX|OTC|Euronext)\s?:?\s?|[A-Z]{2,6}\s?:\s?)?[A-Z0-9]{1,6}(?:[.:][A-Z]{1,4})?"
    r"(?:\s?[,;/]\s?(?:[A-Za-z]+\s?:\s?)?[A-Z0-9]{1,6}(?:[.:][A-Z]{1,4})?)*\)"
)


def tickers(sentence: Sentence) -> set[int]:
    """Tokens of stock symbols in brackets right after a name: “AXT (Nasdaq: AXTI)”."""
    out: set[int] = set()
    for hit in _TICKER.finditer(sentence.text):
        where = stretch(sentence.doc, hit.start(), hit.end())
        symbol = ":" in hit.group() or "." in hit.group() or " " in hit.group()
        if where is not None and where[0] and (symbol or sentence.covered(where[0] - 1, where[0] - 1)):
            out.update(range(where[0], where[1] + 1))
    return out


class _Finder:
    """The tokens of one sentence, asked one by one."""

    def __init__(self, sentence: Sentence, lexicon: NameLexicon, pairs: Pairs) -> None:
        self._sentence = sentence
        self._doc: Doc = sentence.doc
        self._lexicon = lexicon
        self._pairs = pairs
        figures = [(a.first, a.last) for a in sentence.amounts] + [(w.first, w.last) for w in sentence.periods]
        self._taken = tickers(sentence) | {i for first, last in figures for i in range(first, last + 1)}

    def free(self, i: int) -> bool:
        """Whether no mention, amount or period has the token."""
        return i not in self._taken and not self._sentence.covered(i, i)

    def name_like(self, i: int) -> bool:
        """Whether a token by itself may be (a part of) a name."""
        token = self._doc[i]
        if is_lettered(token) or (i and is_lettered(self._doc[i - 1])):
            return True
        if any(c in _MONEY for c in token.text):
            return False
        if token.is_punct or token.like_num or token.is_space or token.lower_.rstrip(".") in self._lexicon.not_names:
            return False
        if not any(c.isupper() for c in token.text):
            return False
        if token.tag_ in _NAME_TAGS or is_code(token.text) or _NUMBERED.match(token.text) or opens_a_name(token):
            return True
        if numbered(token, self._lexicon):
            return True
        if i and plain_noun(self._sentence, i, self._lexicon):
            return True
        if not i and introduced(self._sentence, self._lexicon):
            return True
        if _CAMEL.match(token.text):
            return True
        if (
            i
            and token.is_title
            and token.tag_ in ("NN", "NNS", "JJ")
            and not is_english(token.text)
            and token.ent_type_ != "NORP"
        ):
            return True
        return (
            i > 0
            and token.text[0].isupper()
            and token.pos_ in ("NOUN", "PROPN", "X", "ADJ")
            and token.ent_type_ in ("ORG", "PERSON", "PRODUCT", "GPE")
        )

    def extend(self, first: int) -> int:
        """The last token of the name that starts at `first`."""
        last = first
        while last - first < _LONGEST:
            step = self._step(first, last)
            if not step:
                break
            last += step
        return last

    def _step(self, first: int, last: int) -> int:
        """How many tokens further the name goes; 0: it ends."""
        doc = self._doc
        if last + 1 >= len(doc) or not self.free(last + 1):
            return 0
        if ends_a_name(doc[last]) and not ends_a_name(doc[last + 1]):
            return 0
        following = doc[last + 1]
        if following.text in _LEGAL:
            return 1
        if given_name(doc, last):
            return 2
        if (
            self.name_like(last + 1)
            or self._goes_on(last)
            or self._is_version(last)
            or self._is_small(last)
            or self._is_ai(last)
        ):
            return 1
        if last + 2 >= len(doc) or not self.free(last + 2):
            return 0
        if following.text == "," and doc[last + 2].text in _LEGAL:
            return 2
        if following.text in ("&", "-") and self.name_like(last + 2):
            return 2
        if following.text == "-" and last > first and self._is_given_name(last):
            return 2
        if doc[last].text in _OF_A_PLACE and following.lower_ == "of" and doc[last + 2].tag_ in _NAME_TAGS:
            return 2  # “Commercial Bank of Brackwell”
        if doc[first].text not in self._lexicon.beginnings or doc[last + 2].tag_ not in _NAME_TAGS:
            return 0
        if last == first and following.lower_ == "of":
            return 2  # “University of Brackwell”
        return self._list_ends(last)

    def _goes_on(self, last: int) -> bool:
        """“Orvanta Interconnect that …”: a capital right behind a name is of the name, whatever the tag."""
        word = self._doc[last + 1]
        named = self._doc[last].tag_ in _NAME_TAGS and self._doc[last].whitespace_ and not self._doc[last].is_upper
        return bool(
            named and word.is_title and len(word) > 3 and word.lower_.rstrip(".") not in self._lexicon.not_names
        )

    def _list_ends(self, last: int) -> int:
        """“Ministry of Economy, Trade and Industry”: how many words the list of an institution's name still has."""
        doc = self._doc
        names = 0
        for i in range(last + 1, min(last + 8, len(doc) - 1)):
            if doc[i].lower_ in ("and", "&"):
                ends = doc[i + 1].tag_ in _NAME_TAGS and self.free(i + 1)
                return i + 1 - last if ends and names else 0
            if doc[i].text != "," and (doc[i].tag_ not in _NAME_TAGS or not self.free(i)):
                return 0
            names += doc[i].text != ","
        return 0

    def _is_small(self, last: int) -> bool:
        """“SK hynix”: capitals and a small word, none of English, that the parser or the text takes for one name."""
        one, other = self._doc[last], self._doc[last + 1]
        if (one.text, other.text) in self._pairs:
            return True
        strange = other.is_alpha and other.is_lower and other.tag_ in ("NN", "NNP", "FW") and not is_english(other.text)
        return one.text.isupper() and one.is_alpha and strange and one.head in (other, other.head)

    def _is_given_name(self, last: int) -> bool:
        """“Lee Pei-ing”, “Kwak Noh-jung”: the small half of a given name; not “Boston Dynamics-made”."""
        doc = self._doc
        one, half = doc[last], doc[last + 2]
        whole = not one.whitespace_ and not doc[last + 1].whitespace_
        small = half.is_alpha and half.is_lower and 1 < len(half) < _HALF
        strange = len(half) <= _SHORT or not is_english(half.text)
        return whole and small and len(one) < _HALF and strange and not _PARTICIPLE.fullmatch(half.text)

    def _is_ai(self, last: int) -> bool:
        """“Mistral AI”, not “Mistral AI models”."""
        doc = self._doc
        after = doc[last + 2] if last + 2 < len(doc) else None
        named = doc[last].tag_ in _NAME_TAGS and self.name_like(last)
        return doc[last + 1].text == "AI" and named and (after is None or after.pos_ not in ("NOUN", "PROPN", "ADJ"))

    def _is_version(self, last: int) -> bool:
        """“Jericho 4”, “Seedance 2.0”: a bare number right behind that hangs on the name."""
        doc = self._doc
        number = doc[last + 1]
        if doc[last].tag_ not in _NAME_TAGS and not self._opens_strangely(last):
            return False
        if number.text in NUMBERS or _SIZE.match(number.text):
            return True
        if not _VERSION.match(number.text) or not doc[last].whitespace_:
            return False
        hangs = number.head.i == last and number.dep_ in ("nummod", "appos")
        return hangs or self._counts_nothing(number) or self._numbers_a_thing(number)

    def _opens_strangely(self, i: int) -> bool:
        """“Tavros 2 is …”, “Heron 3 has …”: a sentence's first word that is none of English, or one with its number."""
        word = self._doc[i]
        return not i and (not is_english(word.text) or numbered(word, self._lexicon))

    def _numbers_a_thing(self, number: Token) -> bool:
        """“the first Tern 3 accelerators”: a small number between a name and what things are called."""
        following = self._doc[number.i + 1] if number.i + 1 < len(self._doc) else None
        return (
            bool(_SMALL_NUMBER.match(number.text))
            and following is not None
            and self._lexicon.kinds.get(following.lower_) in (*THINGS, "Technology")
        )

    def _counts_nothing(self, number: Token) -> bool:
        """“The Tern 3 takes on …”, “Tern 3, its new chip”: a small number with no noun behind that it could count."""
        following = number.doc[number.i + 1] if number.i + 1 < len(number.doc) else None
        if not _SMALL_NUMBER.match(number.text) or not number.whitespace_ or following is None:
            return bool(_SMALL_NUMBER.match(number.text)) and (following is None or following.text in ",.;:'s’s")
        return following.tag_ in ("MD", "VBZ", "VBD", "POS", "VBP") or following.lower_ in ("and", "or", "but")

    def worth(self, first: int, last: int) -> bool:
        """Whether a span is a name: not common words only, and no sentence's first word that just has its capital."""
        doc = self._doc
        if all(t.text in self._lexicon.not_alone for t in doc[first : last + 1]):
            return False
        ending = self._lexicon.endings.get(doc[first].text) if first == last and not doc[first].is_upper else None
        if ending is not None and ending[0] != "Organization":
            return False  # “the Plant”
        word = doc[first]
        if first == last and len(word) == 1:
            return False  # “Series B”
        if first != last or not word.is_sent_start:
            return True
        if introduced(self._sentence, self._lexicon):
            return True
        if is_english(word.text) and last + 1 < len(doc) and self._sentence.amount_at(doc[last + 1]) is not None:
            return False  # “Royalties $737m”
        if word.ent_type_ in ("ORG", "PERSON", "GPE", "PRODUCT") or is_code(word.text):
            return True
        shouted = word.is_upper and (len(word) > 5 or doc[min(1, len(doc) - 1)].is_upper)
        inner_capital = any(c.isupper() for c in word.text[1:]) and not shouted
        if inner_capital or not is_english(word.text):
            return len(word) > 2 or word.is_upper
        return word.tag_ in _NAME_TAGS and word.dep_ in ("nsubj", "nsubjpass", "poss") and len(word) > 2
