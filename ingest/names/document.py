"""New names over a whole document: found where they are sure, then wherever they stand again; typed once; short forms
linked to the names they shorten.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from graph.catalogue import CatalogueEntry
from graph.identity import slug
from graph.model import EntityRef
from graph.text.names import NameMatcher
from ingest.names.aliases import Span, chinese_names, definitions, occurrences
from ingest.names.english import is_english
from ingest.names.evidence import by_form, recognised, votes
from ingest.names.hints import hinted, named_after_firms
from ingest.names.lexicon import THING, THINGS, NameLexicon
from ingest.names.new import is_code, is_headline, new_spans, small_pairs
from ingest.parsed import Mention, Sentence

Place = tuple[Sentence, int, int]
Found = dict[str, list[Place]]

_MEMBER = re.compile(r"^(.*[A-Za-z]{4,}?)[\s-]?(?:[Vv]?\d+(?:\.\d+)*[A-Za-z]{0,3})$")
_OF_ITS_FAMILY = 4  # votes
_HINTS = 0.2  # of a vote: a noun for chips, models or products in the name's sentence decides between these only
_LONGEST = 5  # words of a name that is looked for again


def mark_new(sentences: Sequence[Sentence], lexicon: NameLexicon, matcher: NameMatcher[CatalogueEntry]) -> None:
    """Add the names that no mention covers yet to every sentence."""
    found = _find(sentences, lexicon)
    known = {m.text: m.entity for s in sentences for m in s.mentions if m.entity is not None}
    brief = _defined(sentences, found)
    for key in [key for key in found if brief.get(key, key).split()[-1] in lexicon.events]:
        found.pop(key)
    told = _told(found, lexicon, matcher)
    for key in sorted(found, key=len, reverse=True):
        if key not in brief:
            known.setdefault(
                key, _link(key, known, told) or EntityRef("e:" + slug(key), key, kind_of_thing(told[key], lexicon))
            )
    for key, name in brief.items():
        if key not in found:
            continue
        known.setdefault(key, known.get(name) or EntityRef("e:" + slug(key), key, kind_of_thing(told[key], lexicon)))
    for key, places in found.items():
        for sentence, first, last in places:
            sentence.add(Mention(first, last, sentence.doc[first : last + 1].root.i, key, "new", known[key]))
    _mark_chinese(sentences)


def _find(sentences: Sequence[Sentence], lexicon: NameLexicon) -> Found:
    """Every place of every new name, by its words."""
    pairs = small_pairs(sentences)
    found: Found = defaultdict(list)
    sure: set[tuple[str, ...]] = set()
    free: list[tuple[Sentence, frozenset[int]]] = []
    for sentence in sentences:
        spans = new_spans(sentence, lexicon, pairs)
        for first, last in spans:
            found[_key(sentence, first, last)].append((sentence, first, last))
            words = tuple(t.text for t in sentence.doc[first : last + 1])
            if not sentence.doc[first].is_sent_start:
                sure.add(words)
            if not is_english(words[0]) and len(words) > 1:
                sure.add(words[:1])
        free.append((sentence, frozenset(i for first, last in spans for i in range(first, last + 1))))
    shouted = {tuple(word.upper() for word in words): " ".join(words) for words in sure}
    for sentence, taken in free:
        for first, last in _again(sentence, taken, sure):
            found[_key(sentence, first, last)].append((sentence, first, last))
        if is_headline(sentence):  # “VELTRIX SIGNS META”
            for first, last in _again(sentence, taken, set(shouted)):
                words = tuple(t.text for t in sentence.doc[first : last + 1])
                if words not in sure and shouted.get(words) in found:
                    found[shouted[words]].append((sentence, first, last))
    return found


def _again(sentence: Sentence, taken: frozenset[int], sure: set[tuple[str, ...]]) -> list[Span]:
    """Where a sure name stands that its surroundings did not show: as a sentence's first word, in a headline."""
    doc = sentence.doc
    out: list[Span] = []
    i = 0
    while i < len(doc):
        longest = min(_LONGEST, len(doc) - i)
        size = next((n for n in range(longest, 0, -1) if _words(sentence, i, i + n - 1) & sure), 0)
        stretch = range(i, min(i + size, len(doc)))
        if size and not any(n in taken or sentence.covered(n, n) for n in stretch):
            out.append((i, i + size - 1))
            i += size
        else:
            i += 1
    return out


def _words(sentence: Sentence, first: int, last: int) -> set[tuple[str, ...]]:
    """The words of a stretch, and those with a last plural undone: H20s, TPUs."""
    words = tuple(t.text for t in sentence.doc[first : last + 1])
    one = (*words[:-1], words[-1].removesuffix("s")) if words and words[-1][:-1].isupper() else words
    return {words, one}


def _key(sentence: Sentence, first: int, last: int) -> str:
    return str(sentence.doc[first : last + 1].text).strip()


def _told(found: Found, lexicon: NameLexicon, matcher: NameMatcher[CatalogueEntry]) -> dict[str, Counter[str]]:
    """The votes on each name; members of a family (Trainium2, Trainium3) share theirs."""
    told = {key: _votes(key, places, lexicon) for key, places in found.items()}
    for key in named_after_firms(found, lexicon):
        told[key].update(dict(lexicon.named_after_a_firm))
    families: dict[str, list[str]] = defaultdict(list)
    for key in told:
        member = _MEMBER.match(key)
        families[member.group(1) if member else key].append(key)
        for kind in _family(member.group(1), matcher) if member else ():
            told[key][kind] += _OF_ITS_FAMILY
    for members in families.values():
        if len(members) > 1:
            shared: Counter[str] = Counter()
            for key in members:
                shared.update(told[key])
            told.update(dict.fromkeys(members, shared))
    return told


def _family(stem: str, matcher: NameMatcher[CatalogueEntry]) -> tuple[str, ...]:
    """The types of the things that the catalogue calls by a name without its number: Trainium, of Trainium9."""
    hits = matcher.find(stem)
    whole = hits[0].candidates if len(hits) == 1 and hits[0].surface == stem else ()
    return tuple(dict.fromkeys(entry.type for entry in whole if entry.type in THINGS))


def _votes(key: str, places: list[Place], lexicon: NameLexicon) -> Counter[str]:
    total = by_form(key) + recognised(places, lexicon)
    for sentence, first, last in places:
        total.update(votes(sentence, first, last, lexicon))
        total.update(f"{kind} nearby" for kind in hinted(sentence, first, last, lexicon))
    return total


def kind_of_thing(told: Counter[str], lexicon: NameLexicon) -> str:
    """The type with most votes; ties in the order of the lexicon. Things that are nothing closer are products, names of
    which nothing is said companies.
    """
    score = {kind: float(told[kind]) for kind in lexicon.order}
    if told[THING] > 0:
        for kind in THINGS:
            score[kind] += told[THING] + min(_HINTS * told[f"{kind} nearby"], 1)
        score["Product"] += _HINTS if not told["numbered"] else 0
    best = max(score.values())
    return next(kind for kind in lexicon.order if score[kind] == best) if best > 0 else "Company"


def _link(key: str, known: dict[str, EntityRef], told: dict[str, Counter[str]]) -> EntityRef | None:
    """The entity of a longer name in the same document that this one shortens: “Musk” of “Elon Musk”, “Ampere” of
    “Ampere Computing”.
    """
    if key in known:
        return known[key]
    words = key.split()
    hits: dict[str, EntityRef] = {}
    for name, entity in known.items():
        longer = name.split()
        if len(longer) <= len(words):
            continue
        rest = longer[len(words) :]
        surname = entity.type == "Person" and longer[-len(words) :] == words
        head = entity.type != "Person" and longer[: len(words)] == words and not any(_numbered(w) for w in rest)
        if surname or (head and not _is_product_of(entity, told.get(key))):
            hits[entity.id] = entity
    return next(iter(hits.values())) if len(hits) == 1 else None


def _numbered(word: str) -> bool:
    return is_code(word) or word[0].isdigit()


def _is_product_of(entity: EntityRef, told: Counter[str] | None) -> bool:
    """“Orvanta” is no short form of “Orvanta Cloud” if it is a firm and that a product."""
    return entity.type in THINGS and told is not None and told["Company"] > 0


def _defined(sentences: Sequence[Sentence], found: Found) -> dict[str, str]:
    """Short name → the name that it is defined for, both as written."""
    new: dict[int, set[Span]] = defaultdict(set)
    for places in found.values():
        for sentence, first, last in places:
            new[sentence.index].add((first, last))
    out: dict[str, str] = {}
    for sentence in sentences:
        here = frozenset(new[sentence.index])
        for name, short in definitions(sentence, [*here, *((m.first, m.last) for m in sentence.mentions)], here):
            out.setdefault(_key(sentence, *short), _key(sentence, *name))
    return {short: name for short, name in out.items() if name not in out}


def _mark_chinese(sentences: Sequence[Sentence]) -> None:
    """“Parlune (帕伦)”: from there on 帕伦 is Parlune, wherever it stands."""
    names: dict[str, EntityRef] = {}
    for sentence in sentences:
        spans = {(m.first, m.last): m.entity for m in sentence.mentions if m.named and m.entity is not None}
        for span, name in chinese_names(sentence, spans):
            names.setdefault(name, spans[span])
    for sentence in sentences:
        for name, entity in names.items():
            for first, last in occurrences(sentence, name):
                sentence.add(Mention(first, last, sentence.doc[first : last + 1].root.i, name, "new", entity))
