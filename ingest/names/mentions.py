"""All named mentions of a document: catalogue names first, then new names."""

from __future__ import annotations

from collections.abc import Sequence

from graph.catalogue import CatalogueEntry
from graph.identity import slug
from graph.model import EntityRef
from graph.text.names import NameMatcher, NameSpan
from ingest.names.document import mark_new
from ingest.names.evidence import votes_by_type
from ingest.names.lexicon import THINGS, NameLexicon, name_lexicon
from ingest.names.new import NUMBERS, ends_a_name, has_version, is_code
from ingest.parsed import Mention, Sentence, stretch

_MONEY = ("$", "€", "£", "¥", "US$")


def mark_names(sentences: Sequence[Sentence], matcher: NameMatcher[CatalogueEntry]) -> None:
    """Add the named mentions to every sentence, each with its entity."""
    lexicon = name_lexicon()
    doubtful: list[tuple[Sentence, NameSpan[CatalogueEntry]]] = []
    for sentence in sentences:
        doubtful += ((sentence, span) for span in _mark_catalogue(sentence, matcher, lexicon))
    certain = {m.text for s in sentences for m in s.mentions}
    for sentence, span in doubtful:
        where = stretch(sentence.doc, span.start, span.end)
        if span.surface in certain and where is not None and not sentence.covered(where[0], where[1]):
            _mark(sentence, span, where, matcher, lexicon)
    mark_new(sentences, lexicon, matcher)


def entry_ref(entry: CatalogueEntry) -> EntityRef:
    """A catalogue entry as claims name it."""
    return EntityRef(entry.id, entry.label, entry.type)


def _mark_catalogue(
    sentence: Sentence, matcher: NameMatcher[CatalogueEntry], lexicon: NameLexicon
) -> list[NameSpan[CatalogueEntry]]:
    """Mark what the catalogue knows; what comes back are common words whose capital proves nothing, left unmarked."""
    doubtful: list[NameSpan[CatalogueEntry]] = []
    for span in matcher.find(sentence.text):
        where = stretch(sentence.doc, span.start, span.end)
        if where is None or sentence.covered(where[0], where[1]):
            continue
        if all(_bare_kind(entry, lexicon) for entry in span.candidates) or sentence.text.startswith("$", span.end):
            continue  # a kind of thing; the US of “US$”
        if span.extends and _swallowed(sentence, where[0], where[1], lexicon):
            continue
        if span.uncertain and not _confirmed(sentence, where[0], where[1]):
            doubtful.append(span)
            continue
        _mark(sentence, span, where, matcher, lexicon)
    return doubtful


def _mark(
    sentence: Sentence,
    span: NameSpan[CatalogueEntry],
    where: tuple[int, int, int],
    matcher: NameMatcher[CatalogueEntry],
    lexicon: NameLexicon,
) -> None:
    first, last, root = where
    refs = tuple(entry_ref(e) for e in _ranked(span, sentence, first, last, lexicon))
    owner = _maker_named(span, refs[0], matcher)
    if refs[0].type in THINGS and has_version(sentence, last):
        member = str(sentence.doc[first : last + 2].text)
        entity = EntityRef("e:" + slug(member), member, refs[0].type)
        sentence.add(Mention(first, last + 1, root, member, "new", entity, owner))
        return
    sentence.add(Mention(first, last, root, span.surface, "catalogue", refs[0], owner, candidates=refs))


def _bare_kind(entry: CatalogueEntry, lexicon: NameLexicon) -> bool:
    """Whether an entry is a kind of thing, nobody's in particular (“GPU”): “Nvidia's GPUs” are
    Nvidia's, not that kind.
    """
    return (
        entry.type == "Chip"
        and entry.label.casefold() in lexicon.nouns
        and not (entry.maker or entry.family or entry.also)
    )


def _maker_named(
    span: NameSpan[CatalogueEntry], ref: EntityRef, matcher: NameMatcher[CatalogueEntry]
) -> EntityRef | None:
    """The maker or owner that a product's or site's name begins with: “Nvidia H20”, “Micron New York megafab”."""
    entry = next(e for e in span.candidates if e.id == ref.id)
    label = entry.maker or entry.parent
    if entry.type in ("Company", "Organization") or not label or not span.surface.startswith(label.split()[0]):
        return None
    found = next((e for hit in matcher.find(label) for e in hit.candidates if e.label == label), None)
    return entry_ref(found) if found is not None else None


def _swallowed(sentence: Sentence, first: int, last: int, lexicon: NameLexicon) -> bool:
    """Whether the hit is only a part of a longer name: “Samsung SDI”, “Bank of China” (not “Google TPU”, “Nvidia
    GPUs”).
    """
    doc = sentence.doc
    if last + 1 < len(doc) and doc[last + 1].text in NUMBERS and doc[last].whitespace_ and first:
        return True  # “Acme One”: a thing of Acme's
    for i in (first - 1, last + 1):
        if not 0 <= i < len(doc) or (i > last and ends_a_name(doc[last])):
            continue
        word = doc[i]
        ending = lexicon.endings.get(word.text)
        if i > last and ending and ending[0] in ("Company", "Organization") and word.tag_ in ("NNP", "NNPS"):
            return True
        if (
            word.tag_ in ("NNP", "NNPS")
            and word.text[0].isupper()
            and not word.like_num
            and word.ent_type_
            and word.ent_type_ == doc[first].ent_type_
            and word.lower_ not in lexicon.nouns
            and word.lower_ not in lexicon.not_names
            and not sentence.covered(i, i)
            and not is_code(word.text)
        ):
            return True
    return (
        first >= 2
        and doc[first - 1].lower_ == "of"
        and doc[first - 2].text in ("Bank", "University", "Ministry", "Republic")
    )


def _confirmed(sentence: Sentence, first: int, last: int) -> bool:
    """An ambiguous common word at the start of a sentence is the name if the tagger takes it for one."""
    token = sentence.doc[first]
    if first != last or _has_a_sum(sentence, last):
        return True
    if token.tag_ in ("NNP", "NNPS"):
        return token.ent_type_ == "ORG" or token.dep_ in (
            "nsubj",
            "nsubjpass",
            "poss",
            "compound",
            "dobj",
            "pobj",
            "appos",
            "conj",
            "ROOT",
        )
    # “Oracle will buy …”: a noun for countable things without an article is a name
    bare = not any(c.dep_ in ("det", "amod", "poss", "nummod") for c in token.children)
    return token.tag_ == "NN" and bare and token.dep_ in ("nsubj", "nsubjpass", "poss")


def _has_a_sum(sentence: Sentence, last: int) -> bool:
    """“Oracle, $5bn”, “Oracle: $5bn”: who a line tells the sum of."""
    behind = [t.text for t in sentence.doc[last + 1 : last + 3]]
    return len(behind) == 2 and behind[0] in (",", ":", "–", "—") and behind[1] in _MONEY


def _ranked(
    span: NameSpan[CatalogueEntry], sentence: Sentence, first: int, last: int, lexicon: NameLexicon
) -> list[CatalogueEntry]:
    """Candidates, the one first whose type the surroundings vote for."""
    if len(span.candidates) == 1:
        return list(span.candidates)
    spoken = votes_by_type(sentence, first, last, lexicon)
    return sorted(span.candidates, key=lambda entry: -spoken[entry.type])
