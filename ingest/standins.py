"""Parsing in plain dress: names that the parser does not know are read as names that it does, and what stands in
brackets after a name or an amount is left out; then the reading is put back on the words of the text
(ingest/rules/standins.yaml).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from graph.vocabulary import read_yaml

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

Name = tuple[int, int, str]  # start and end in the text, type

_LONGEST_ASIDE = 10  # tokens between brackets
_SUM = re.compile(r"[\d.,]*\d(?:m|mn|bn|tn|trn)", re.IGNORECASE)
_WORD = re.compile(r"[a-z]{3,}")
_OF_AMOUNTS = {"more", "less", "fewer", "over", "up", "at", "about", "some", "around", "nearly", "almost", "roughly"}
_SMALL_WORDS = {
    "about",
    "roughly",
    "some",
    "around",
    "nearly",
    "almost",
    "approximately",
    "million",
    "billion",
    "trillion",
}
_SMALL_WORDS |= {"yuan", "won", "yen", "dollars", "euros", "per", "cent", "percent", "and", "the", "pseudonym"}


@dataclass(slots=True)
class _Dressed:
    """A text as the parser gets it: its words, the token of the text that each stands for, and the tokens left out.

    `parts` are the further tokens of a name, by its last; `asides` the tokens in brackets, by the token before them;
    `named` the last tokens of names.
    """

    words: list[str] = field(default_factory=list)
    spaces: list[bool] = field(default_factory=list)
    kept: list[int] = field(default_factory=list)
    parts: dict[int, range] = field(default_factory=dict)
    asides: dict[int, list[range]] = field(default_factory=dict)
    named: set[int] = field(default_factory=set)


@cache
def _names() -> dict[str, tuple[str, ...]]:
    return {kind: tuple(words) for kind, words in read_yaml("ingest", "rules/standins.yaml")["names"].items()}


@cache
def _verbs() -> dict[str, str]:
    return dict(read_yaml("ingest", "rules/standins.yaml")["verbs"])


def dressed(doc: Doc, names: Iterable[Name]) -> _Dressed:
    """The words for the parser. `names` must not overlap; those that do not end where tokens do stay as they are."""
    spans = dict(_stretches(doc, names))
    given: dict[str, str] = {}
    out = _Dressed()
    i = 0
    while i < len(doc):
        if i in spans:
            last, kind = spans[i]
            word = _standin(str(doc[i : last + 1].text), kind, given)
            out.named.add(last)
            if last > i:
                out.parts[last] = range(i, last)
            i = last
        else:
            close = _aside(doc, i) if out.kept else None
            if close is not None:
                out.asides.setdefault(out.kept[-1], []).append(range(i, close + 1))
                out.spaces[-1] = bool(doc[close].whitespace_)
                i = close + 1
                continue
            word = _familiar(doc[i])
            if doc[i].lower_ == "per" and i + 1 < len(doc) and doc[i + 1].lower_ == "cent":
                out.parts[i + 1] = range(i, i + 1)
                word, i = "percent", i + 1
        out.words.append(word)
        out.spaces.append(bool(doc[i].whitespace_))
        out.kept.append(i)
        i += 1
    return out


def _stretches(doc: Doc, names: Iterable[Name]) -> Iterator[tuple[int, tuple[int, str]]]:
    for start, end, kind in names:
        span = doc.char_span(start, end)
        if span is not None and kind in _names() and not span.text.islower():
            yield span.start, (span.end - 1, kind)


def _standin(name: str, kind: str, given: dict[str, str]) -> str:
    """A word for a name, the same for the same name; names in the plural (“TPUs”) keep their own."""
    if name.endswith("s") and name[:-1].isupper():
        return name
    if name not in given:
        free = [word for word in _names()[kind] if word not in given.values()]
        given[name] = free[0] if free else name
    return given[name] if " " not in given[name] else name


def _familiar(token: Token) -> str:
    """A verb of the trade in common words, where a noun of the same form is not meant; “9bn won” as yen."""
    if token.text == "won" and token.i and _SUM.match(token.nbor(-1).text):
        return "yen"  # else read as the verb
    word = _verbs().get(token.text)
    if word is None or (token.text == "packages" and (token.i + 1 == len(token.doc) or token.nbor().text != "for")):
        return str(token.text)
    if token.text == "ships" and (token.i + 1 == len(token.doc) or token.nbor().lower_ in _OF_AMOUNTS):
        return str(token.text)  # “ships more than 2bn chips” is read rightly
    return word


def _aside(doc: Doc, i: int) -> int | None:
    """The closing bracket of a ticker, an alias or a conversion that opens at a token; None for a clause."""
    if doc[i].text != "(" or i + 2 >= len(doc):
        return None
    for token in doc[i + 1 : i + 2 + _LONGEST_ASIDE]:
        if token.text == ")":
            return int(token.i) if token.i > i + 1 else None
        if token.text == "(" or (_WORD.search(token.text) and token.text not in _SMALL_WORDS):
            return None
    return None


def undressed(read: Doc, doc: Doc, dress: _Dressed) -> Doc:
    """The parse of the dressed words on the tokens of the text."""
    from spacy.tokens import Doc as NewDoc

    size = len(doc)
    tags, pos, lemmas = [""] * size, [""] * size, [""] * size
    heads, deps, ents = list(range(size)), ["dep"] * size, ["O"] * size
    for token, at in zip(read, dress.kept, strict=True):
        tags[at], pos[at], deps[at] = token.tag_, token.pos_, token.dep_
        lemmas[at] = token.lemma_ if token.text == doc[at].text else _lemma(doc[at], token)
        if at in dress.named and token.pos_ not in ("VERB", "AUX"):
            tags[at], pos[at] = "NNP", "PROPN"
        heads[at] = dress.kept[token.head.i]
        ents[at] = f"{token.ent_iob_}-{token.ent_type_}" if token.ent_type_ else "O"
    for last, parts in dress.parts.items():
        for at in parts:
            tags[at], pos[at], lemmas[at] = "NNP", "PROPN", doc[at].text
            heads[at], deps[at] = last, "compound"
        label = ents[last].partition("-")[2]
        if label:
            ents[parts.start] = ents[last]
            for at in (*parts[1:], last):
                ents[at] = f"I-{label}"
    for before, asides in dress.asides.items():
        for aside in asides:
            _hang(doc, aside, before, (tags, pos, lemmas, deps), heads)
    return NewDoc(
        doc.vocab,
        words=[t.text for t in doc],
        spaces=[bool(t.whitespace_) for t in doc],
        tags=tags,
        pos=pos,
        lemmas=lemmas,
        heads=heads,
        deps=deps,
        ents=ents,
    )


def _lemma(token: Token, standin: Token) -> str:
    """The dictionary form of a verb that another stood for; a name is its own."""
    if standin.pos_ not in ("VERB", "AUX"):
        return str(token.text)
    base = next((v for v, w in _verbs().items() if w == standin.lemma_ and token.text.startswith(v[:3])), None)
    return base or str(token.text)


def _hang(doc: Doc, aside: range, before: int, rows: Sequence[list[str]], heads: list[int]) -> None:
    """What stands in brackets, in apposition to the word before them."""
    tags, pos, lemmas, deps = rows
    words = [i for i in aside if not doc[i].is_punct]
    root = words[-1] if words else aside[0]
    for i in aside:
        token = doc[i]
        lemmas[i] = token.text
        if token.is_punct:
            tags[i], pos[i], deps[i] = token.text if token.text in ",.:" else "-LRB-", "PUNCT", "punct"
        elif token.like_num:
            tags[i], pos[i], deps[i] = "CD", "NUM", "nummod"
        else:
            tags[i], pos[i], deps[i] = "NNP", "PROPN", "compound"
        heads[i] = root
    deps[root] = "appos"
    heads[root] = before
