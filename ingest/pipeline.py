"""From a document to its claims: passages, sentences, parse, names, coreference, relations and metrics, hedges,
speakers.

`Pipeline().extract(document)` needs no network and no state but the language model and the catalogue; the same text
always gives the same claims.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from graph.catalogue import Catalogue, catalogue
from graph.model import Document, DocumentClaims, EntityRef
from graph.text.names import NameMatcher
from graph.text.periods import day_first, find_periods
from graph.text.quantities import find_quantities
from ingest import coreference
from ingest.claims import ClaimBook
from ingest.given import Given, mark_given
from ingest.interviews import interview
from ingest.metrics.calendar import redate
from ingest.metrics.currencies import house_currency
from ingest.metrics.firsts import firsts
from ingest.metrics.measured import Measured
from ingest.metrics.read import measure
from ingest.metrics.segments import drop_segments
from ingest.metrics.topic import Topic
from ingest.names.descriptions import observers
from ingest.names.mentions import mark_names
from ingest.nlp import parse
from ingest.parsed import Amount, Sentence, When, figure_root, stretch
from ingest.passages import passages
from ingest.plain import plain
from ingest.quotations import quotations
from ingest.relations.echoes import echoed, refused
from ingest.relations.found import Found
from ingest.relations.frames import Frames
from ingest.relations.implied import implied, makers_of
from ingest.relations.makers import known_makers
from ingest.relations.match import match
from ingest.repair import repair
from ingest.rounds import Rounds
from ingest.sections import first_apart, opening_firms, section_firms
from ingest.sentences import pieces, sentences
from ingest.speakers import Said
from ingest.standins import Name

_SIGNS = {"¥": "¥", "$": "US$", "kr": "kron"}  # signs of several currencies, and where they may be doubtful
_HEAD = 2_000  # characters in which a page says what its sums are in
_PRESS = {"¥": "JPY"}  # what a sign stands for in English papers, which write the Chinese currency out
_TEXT = {"title", "heading", "body", "bullet", "dateline", "quote", "caption", "correction"}
_FAR_AHEAD = 1.5  # the focus is sure if it is named so many times as often as the next firm
_CLAIM_TEXT = {"title", "body", "bullet", "quote", "correction", "heading"}


class _Part(NamedTuple):
    """A sentence, or a piece of a very long one: where it stands, the kind and number of its passage."""

    start: int
    end: int
    kind: str
    paragraph: int


class Pipeline:
    """The default extractor: rules with examples, no LLM. Make one and use it for many documents."""

    def __init__(self, known: Catalogue | None = None) -> None:
        self._catalogue = known or catalogue()
        self._matcher = NameMatcher(self._catalogue.entries)

    def extract(self, document: Document) -> DocumentClaims:
        """All claims of a document with their evidence; see graph.model for the shapes."""
        parts, notes = _parts(document.text)
        return replace(self.claims(document, self._read(document, parts)), notes=notes)

    def claims(self, document: Document, read: list[Sentence]) -> DocumentClaims:
        """The claims of a document whose sentences `read` gave, without notes."""
        book = ClaimBook(document, self._catalogue)
        focus, sure = self._focus(read)
        house = house_currency(document.text[:_HEAD])
        topic = Topic(focus=focus, sure=sure, published=document.published, named=_firms(read), house=house)
        sections = section_firms(read)
        apart = first_apart(read, sections)
        asked = interview(read, self._catalogue)
        about = [asked.firm] * len(read) if asked is not None else sections
        opening = opening_firms(read, observers(self._catalogue), focus if sure else None)
        said, order = quotations(read), day_first(document.text)
        related: list[tuple[Sentence, Found]] = []
        before: tuple[int, list[Found]] = (-1, [])  # paragraph and relations of the sentence before
        rounds = Rounds()
        for sentence in read:
            if sentence.kind not in _CLAIM_TEXT:
                continue
            lead = about[sentence.index] or opening[sentence.index]
            topic.enter(sections[sentence.index], (focus, sure) if sentence.index < apart else (None, False), lead)
            redate(sentence, topic, self._catalogue, day_first=order)
            if (line := rounds.read(sentence)) is not None:
                _enter(book, sentence, line, said.get(sentence.index))
                continue
            told = list(match(sentence, self._catalogue, topic.mention(lead)))
            known = before[1] if before[0] == sentence.paragraph else []
            told += [*echoed(sentence, known), *rounds.joined(sentence)]
            for found, speaker in refused(sentence, known):
                book.denial(sentence, found, speaker)
            before = (sentence.paragraph, told)
            for found in told:
                related.append((sentence, found))
                book.relation(sentence, found, said.get(sentence.index))
            for event in firsts(sentence, self._catalogue, topic):
                book.first(sentence, event, said.get(sentence.index))
            for measured in measure(sentence, self._catalogue, topic, told):
                book.metric(sentence, measured, said.get(sentence.index))
        self._beyond(book, read, related, said)
        return book.close()

    def _beyond(
        self, book: ClaimBook, read: list[Sentence], related: list[tuple[Sentence, Found]], said: dict[int, Said]
    ) -> None:
        """What relations to products say of their makers, and what the catalogue knows of those named together."""
        makers = makers_of(found for _, found in related)
        for sentence, found in related:
            for more in implied(found, makers, self._catalogue):
                book.relation(sentence, more, said.get(sentence.index))
        for sentence, found in known_makers((s for s in read if s.kind in _CLAIM_TEXT), self._catalogue):
            book.background(sentence, found)

    def relations(self, read: list[Sentence], known: Frames | None = None) -> Iterator[tuple[Sentence, Found]]:
        """The relations of a document that `read` gave, with the words that say them; `known` as in `match`."""
        focus, sure = self._focus(read)
        topic = Topic(focus=focus, sure=sure, named=_firms(read)).mention()
        for sentence in read:
            if sentence.kind in _CLAIM_TEXT:
                yield from ((sentence, found) for found in match(sentence, self._catalogue, topic, known))

    def read(self, document: Document, given: Sequence[Given] = ()) -> list[Sentence]:
        """The document's sentences with names, amounts and periods marked and coreference resolved.

        `given` mentions stand before any that are found.
        """
        return self._read(document, _parts(document.text)[0], given)

    def _read(self, document: Document, parts: list[_Part], given: Sequence[Given] = ()) -> list[Sentence]:
        docs = parse((plain(document.text[part.start : part.end]) for part in parts), self._known_names)
        read = [
            Sentence(i, part.start, part.end, part.kind, part.paragraph, doc)
            for i, (part, doc) in enumerate(zip(parts, docs, strict=True))
        ]
        home, order = _signs(document.text), day_first(document.text)
        for sentence in read:
            _mark_figures(sentence, home, document.published, order)
        mark_given(document.text, read, given)
        mark_names(read, self._matcher)
        for sentence in read:
            repair(sentence)
        focus, sure = self._focus(read)
        if focus is not None and sure:
            drop_segments(read, focus)
        coreference.resolve(read, self._catalogue)
        return read

    def _focus(self, read: list[Sentence]) -> tuple[EntityRef | None, bool]:
        """The firm that a document is about, and whether that is sure; that of an interview is whose head is asked."""
        asked = interview(read, self._catalogue)
        return (asked.firm, True) if asked is not None and asked.firm is not None else _focus(read)

    def _known_names(self, text: str) -> Iterator[Name]:
        """The names of the catalogue in a text that can hardly be anything else."""
        for span in self._matcher.find(text):
            if not span.uncertain:
                yield span.start, span.end, span.candidates[0].type


def _enter(book: ClaimBook, sentence: Sentence, line: tuple[list[Found], list[Measured]], quoted: Said | None) -> None:
    """The investors and sums of a line on a round."""
    for found in line[0]:
        book.relation(sentence, found, quoted)
    for measured in line[1]:
        book.metric(sentence, measured, quoted)


def _parts(text: str) -> tuple[list[_Part], tuple[str, ...]]:
    """What is parsed, sentence by sentence, and a note if some were too long for one parse."""
    blocks = [block for block in passages(text) if block.kind in _TEXT]
    parts, long = [], []
    for number, block in enumerate(blocks):
        for start, end in sentences(text, block):
            cut = pieces(text, start, end)
            parts += [_Part(*piece, block.kind, number) for piece in cut]
            long += [start] if len(cut) > 1 else []
    if not long:
        return parts, ()
    note = f"sentences too long for one parse, read in pieces: {len(long)}, the first at character {long[0]:,}"
    return parts, (note,)


def _signs(text: str) -> dict[str, str]:
    """What a bare “¥” or “$” means in a document: the currency that its amounts with the sign mostly have.

    Another dollar than the American can be meant only where the text writes that one “US$”.
    """
    seen: dict[str, Counter[str]] = {sign: Counter() for sign, where in _SIGNS.items() if where in text}
    for span in find_quantities(text, home_currency=_PRESS) if seen else ():
        for sign, codes in seen.items():
            if _bare(sign, span.quantity.text):
                codes[span.quantity.unit.partition("/")[0]] += 1
    return {sign: codes.most_common(1)[0][0] for sign, codes in seen.items() if codes}


def _bare(sign: str, text: str) -> bool:
    """Whether a sign stands without the letters that make it another: “$5”, not “NT$5”."""
    at = text.find(sign)
    return at >= 0 and not text[at - 1 : at].isalpha()


def _mark_figures(sentence: Sentence, home: dict[str, str], reference: date | None, order: bool | None) -> None:
    """Amounts and periods with their tokens."""
    for span in find_quantities(sentence.text, home_currency=home):
        where = stretch(sentence.doc, span.start, span.end)
        if where:
            first, last, _ = where
            sentence.amounts.append(
                _without_particle(sentence, Amount(span, first, last, figure_root(sentence.doc, first, last)), home)
            )
    for period in find_periods(sentence.text, reference=reference, day_first=order):
        where = stretch(sentence.doc, period.start, period.end)
        if where:
            sentence.periods.append(When(period, *where))


def _without_particle(sentence: Sentence, amount: Amount, home: dict[str, str]) -> Amount:
    """“turned over $18bn”, “paid out $2bn”: the particle belongs to the verb and bounds nothing."""
    lead = sentence.doc[amount.first]
    if lead.dep_ != "prt":
        return amount
    offset = lead.idx + len(lead) + 1
    again = next(iter(find_quantities(sentence.text[offset : amount.span.end], home_currency=home)), None)
    if again is None:
        return amount
    span = replace(again, start=offset + again.start, end=offset + again.end, noun=amount.span.noun)
    return replace(amount, span=span, first=amount.first + 1)


def _firms(read: list[Sentence]) -> tuple[EntityRef, ...]:
    """The firms that a document names, each once."""
    named = {m.entity.id: m.entity for s in read for m in s.mentions if m.entity and m.entity.type == "Company"}
    return tuple(named.values())


def _focus(read: list[Sentence]) -> tuple[EntityRef | None, bool]:
    """The firm that the document is about (named most, the title counting more), and whether no other comes near it."""
    counts: Counter[str] = Counter()
    refs: dict[str, EntityRef] = {}
    for sentence in read:
        for mention in sentence.mentions:
            if mention.entity and mention.entity.type == "Company" and mention.named:
                counts[mention.entity.id] += 4 if sentence.kind == "title" else 1
                refs[mention.entity.id] = mention.entity
    (first, most), (_, next_most) = [*counts.most_common(2), ("", 0), ("", 0)][:2]
    return refs.get(first), most >= _FAR_AHEAD * next_most
