"""MEANTIME as read: running text with the named mentions of its first six sentences, and the chains they belong to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from api.evaluation.public.base import rows
from api.evaluation.public.tokens import join
from graph.contract import Json

Span = tuple[int, int]
_ANNOTATED = 6  # sentences; later ones carry only some mentions
_TITLE, _DATE = 0, 1
_LEADING = frozenset(
    ["The", "A", "An", "Its", "This", "That", "His", "Their", "Some", "Any", "Many", "All", "Other", "Most"]
)
_PREPOSITIONS = frozenset({"of", "in", "from", "at", "to", "by", "for", "with", "on", "and"})
_PRONOUNS = frozenset({"It", "He", "She", "They", "We", "I", "You"})
_OFFICES = frozenset(
    ["CEO", "C.E.O", "Officer", "Secretary", "President", "Minister", "Chairman", "Director", "Judge", "Chief"]
)
_NAMING_HEADS = ("PROPN", "NOUN", "NUM", "PUNCT", "X")  # by the set's tagger; not demonyms (ADJ)
_POSSESSIVE = ("'s", "'", "’s", "’")


@dataclass(frozen=True, slots=True)
class GoldMention:
    """One mention; `core` is its name without articles, owners, descriptions (None: no name), `whole` all of it."""

    kind: str
    chain: str
    whole: Span
    core: Span | None


@dataclass(frozen=True, slots=True)
class Article:
    """One article; mentions count only where they start before `scored`."""

    id: str
    text: str
    scored: int
    mentions: tuple[GoldMention, ...]


def read_articles(folder: Path) -> list[Article]:
    """The articles in the order of the file; SourceError if a file is missing."""
    sentences: dict[str, list[list[str]]] = defaultdict(list)
    for row in rows(folder / "sentences.jsonl"):
        sentences[row["doc"]].append(row["tokens"])
    mentions: dict[str, list[Json]] = defaultdict(list)
    for row in rows(folder / "entities_mentions.jsonl"):
        if int(row["sent_id"]) < _ANNOTATED:
            mentions[row["conll_doc_key"]].append(row)
    return [_article(doc, tokens, mentions[doc]) for doc, tokens in sentences.items()]


def _article(doc: str, sentences: Sequence[Sequence[str]], found: Sequence[Json]) -> Article:
    text, places, scored = "", [], 0
    for number, tokens in enumerate(sentences):
        words = join(tokens)
        places.append([(a + len(text), b + len(text)) for a, b in words.places])
        text += words.text + ("\n\n" if number in (_TITLE, _DATE) else " ")
        if number < _ANNOTATED:
            scored = len(text)
    mentions = (_mention(row, sentences[int(row["sent_id"])], places[int(row["sent_id"])]) for row in found)
    return Article(doc, text, scored, tuple(_without_frames(mentions)))


def _mention(row: Json, tokens: Sequence[str], places: Sequence[Span]) -> GoldMention:
    first, last = min(row["tokens_number"]), max(row["tokens_number"])
    core = _core([tokens[i] for i in range(first, last + 1)]) if row["mention_head_pos"] in _NAMING_HEADS else None
    whole = (places[first][0], places[last][1])
    comma = tokens[first + core[1]][-1] in ",." if core else False  # “Inc.,”, “Inc.”: as ours are cut, too
    named = (places[first + core[0]][0], places[first + core[1]][1] - comma) if core else None
    return GoldMention(row["mention_type"], row["coref_chain"], whole, named)


def _core(tokens: Sequence[str]) -> tuple[int, int] | None:
    """First and last of the words that are the name: behind an owner, before a comma, from the first capital on.

    Offices, coordinated names and what is told by a preposition (“owners of the X”) are no names.

    >>> _core(["its", "new", "Orvanta", "4", ",", "a", "phone"]), _core(["the", "Orvanta", "CEO"])
    ((2, 3), None)
    """
    end = tokens.index(",") if "," in tokens else len(tokens)
    owners = [i for i in range(end) if tokens[i] in _POSSESSIVE]
    start = owners[-1] + 1 if owners and owners[-1] + 1 < end else 0
    while start < end and (tokens[start].islower() or tokens[start] in _LEADING or not tokens[start][0].isalnum()):
        if tokens[start] in _PREPOSITIONS:
            return None
        start += 1
    last = end - 1
    while last > start and not any(c.isalnum() for c in tokens[last]):
        last -= 1
    if start >= end or tokens[last].islower() or tokens[last].strip(".,") in _OFFICES:
        return None
    inner = [t for t in tokens[start:last] if t.islower() and t.isalpha() and t != "of"]
    return None if inner or tokens[start] in _PRONOUNS else (start, last)


def _without_frames(mentions: Iterator[GoldMention]) -> Iterator[GoldMention]:
    """The mentions, a name once: “Apple CEO Steve Jobs” is no name of its own where “Steve Jobs” is marked in it."""
    every = list(mentions)
    inner: Mapping[tuple[str, str], list[Span]] = defaultdict(list)
    for m in every:
        if m.core is not None:
            inner[m.kind, m.chain].append(m.core)
    seen: set[tuple[str, Span]] = set()
    for m in every:
        core = m.core
        if core is not None and any(_within(other, core) for other in inner[m.kind, m.chain]):
            core = None
        if core is not None and (m.kind, core) in seen:
            continue
        if core is not None:
            seen.add((m.kind, core))
        yield GoldMention(m.kind, m.chain, m.whole, core)


def _within(inner: Span, outer: Span) -> bool:
    return inner != outer and outer[0] <= inner[0] and inner[1] <= outer[1]
