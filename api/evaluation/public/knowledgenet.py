"""KnowledgeNet measured by its own rule: a gold fact is found if a fact said overlaps both its mentions; a fact said is
wrong if it overlaps none where the passage is annotated to the last.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from api.evaluation.baselines import triples
from api.evaluation.public.base import Figure, Progress, PublicResult, prf_figures
from api.evaluation.public.knowledgenet_rows import DATE, Fact, Passage, Span, read_knowledgenet
from api.evaluation.tally import Tally
from graph.contract import Json
from graph.model import Document
from graph.text.periods import find_periods
from graph.vocabulary import read_yaml

if TYPE_CHECKING:
    from ingest.given import Given
    from ingest.parsed import Mention, Sentence
    from ingest.pipeline import Pipeline
    from ingest.relations.found import Found
    from ingest.relations.frames import Frames

SUITE = "knowledgenet"
OURS = "tollgraph"
OWN_NAMES = "tollgraph, names found by itself"
SVO = "spaCy subject–verb–object"
_PROPERTIES = ("SUBSIDIARY_OF", "CEO", "FOUNDED_BY", "HEADQUARTERS", DATE)
_SHOWN = 250
_DATES = ("day", "month", "year", "since")


def measure(folder: Path, progress: Progress) -> list[PublicResult]:
    """All systems on the fold that is scored; errors are listed of the others, so that it stays unread."""
    from ingest.pipeline import Pipeline

    scored, work = read_knowledgenet(folder)
    pipeline = Pipeline()
    progress(f"reading {len(scored)} passages of KnowledgeNet")
    results = [
        PublicResult(SUITE, name, figures(scored, [say(p) for p in scored])) for name, say in systems(pipeline).items()
    ]
    shown = work[:_SHOWN]
    lines = tuple(misses(shown, [ours(pipeline, p) for p in shown]))
    return [PublicResult(SUITE, OURS, results[0].figures, lines), *results[1:]]


def systems(pipeline: Pipeline) -> Mapping[str, Callable[[Passage], set[Fact]]]:
    """What reads a passage, by name."""
    return {OURS: lambda p: ours(pipeline, p), OWN_NAMES: lambda p: ours(pipeline, p, given=False), SVO: svo}


@cache
def properties() -> tuple[Json, ...]:
    """The table knowledgenet_properties.yaml: which claim tells which property."""
    return tuple(read_yaml("api.evaluation.public", "knowledgenet_properties.yaml"))


def properties_of(predicate: str, trigger: str, role: str) -> Iterator[tuple[str, bool]]:
    """The properties that a claim tells, and for each whether the claim's object is the property's subject."""
    for row in properties():
        worded = "triggers" not in row or trigger in row["triggers"]
        held = "roles" not in row or any(word in role.casefold() for word in row["roles"])
        if row["predicate"] == predicate and worded and held:
            yield row["property"], bool(row.get("turned"))


def ours(pipeline: Pipeline, passage: Passage, *, given: bool = True) -> set[Fact]:
    """What the relation rules say, told of every mention of the two entities; dates by the frames of this folder."""
    from ingest.arguments import verb_name
    from ingest.hedges import hedged

    document = Document("d:" + passage.id, passage.text, "", passage.id, "")
    known = [*(_given(passage) if given else []), *_dates(passage.text)]
    read = pipeline.read(document, known)
    where = _mentions(read)
    out: set[Fact] = set()
    for sentence, found in pipeline.relations(read, _frames()):
        if not (found.presupposed or hedged(found.trigger).polarity):
            continue
        role = dict(found.qualifiers).get("role", "")
        spans = [where.get(ref.id) or _spans(sentence, found) for ref in (found.subject, found.object)]
        for name, turned in properties_of(found.predicate, verb_name(found.trigger).split()[0], role):
            out |= {Fact(name, a, b) for a in spans[turned] for b in spans[not turned]}
    return {fact for fact in out if fact.property in passage.properties}


def _given(passage: Passage) -> list[Given]:
    from ingest.given import Given

    return [Given(*k.span, "given:" + k.id, passage.text[slice(*k.span)], k.types) for k in passage.known]


def _dates(text: str) -> list[Given]:
    """Days, months and years as mentions, for the frames that tell when a firm was founded."""
    from ingest.given import Given

    found = (p for p in find_periods(text, reference=None) if p.kind in _DATES)
    return [Given(p.start, p.end, f"date:{p.start}", p.period.text, ("Date",)) for p in found]


@cache
def _frames() -> Frames:
    from ingest.relations.frames import frames_beside

    return frames_beside("api.evaluation.public", "frames.yaml")


def _mentions(read: Sequence[Sentence]) -> dict[str, list[Span]]:
    """Where each entity is mentioned, pronouns included."""
    out: dict[str, list[Span]] = {}
    for sentence in read:
        for mention in sentence.mentions:
            if mention.entity is not None:
                out.setdefault(mention.entity.id, []).append(_span(sentence, mention))
    return out


def _span(sentence: Sentence, mention: Mention) -> Span:
    last = sentence.doc[mention.last]
    return sentence.start + sentence.doc[mention.first].idx, sentence.start + last.idx + len(last)


def _spans(sentence: Sentence, found: Found) -> list[Span]:
    """The words that a claim was read from, where its entity is mentioned nowhere by itself."""
    return [_span(sentence, m) for m in found.mentions if m.first >= 0]


def svo(passage: Passage) -> set[Fact]:
    """What subject–verb–object triples say, found again in the text by their words."""
    out: set[Fact] = set()
    for claim in triples(Document("d:" + passage.id, passage.text, "", passage.id, "")):
        label = claim["object"].get("label")
        spans = [_words(passage.text, name) for name in (claim["subject"]["label"], label or "")]
        for name, turned in properties_of(claim["predicate"], claim["verb"], "") if label else ():
            out.add(Fact(name, spans[turned], spans[not turned]))
    return {fact for fact in out if fact.property in passage.properties}


def _words(text: str, label: str) -> Span:
    start = text.find(label)
    return start, start + len(label)


def figures(passages: Sequence[Passage], said: Sequence[set[Fact]]) -> tuple[Figure, ...]:
    """Over all facts, over those the vocabulary has a predicate for, and by property."""
    total = _tally(passages, said, _PROPERTIES)
    ruled = _tally(passages, said, _PROPERTIES[:-1])
    each = (Figure(f"{p} F1", (tally := _tally(passages, said, (p,))).f1, tally.gold) for p in _PROPERTIES)
    return (*prf_figures("text", total), *prf_figures("text, without DATE_FOUNDED", ruled), *each)


def _tally(passages: Sequence[Passage], said: Sequence[set[Fact]], wanted: Sequence[str]) -> Tally:
    out = Tally()
    for passage, facts in zip(passages, said, strict=True):
        gold = [f for f in passage.facts if f.property in wanted]
        given = [f for f in facts if f.property in wanted]
        found = sum(any(overlap(g, s) for s in given) for g in gold)
        wrong = sum(not any(overlap(g, s) for g in gold) for s in given)
        out += Tally(len(gold), found, found + wrong, found)
    return out


def overlap(one: Fact, other: Fact) -> bool:
    """Whether two facts tell the same property of overlapping mentions."""
    sides = ((one.subject, other.subject), (one.object, other.object))
    return one.property == other.property and all(a[0] < b[1] and b[0] < a[1] for a, b in sides)


def misses(passages: Sequence[Passage], said: Sequence[set[Fact]]) -> Iterator[str]:
    """A line for each fact missed or wrong: passage, property and characters."""
    for passage, facts in zip(passages, said, strict=True):
        missed = [g for g in passage.facts if not any(overlap(g, s) for s in facts)]
        wrong = [s for s in facts if not any(overlap(g, s) for g in passage.facts)]
        for name, lines in (("missed", missed), ("wrong", wrong)):
            for f in sorted(lines, key=lambda f: (f.property, f.subject, f.object)):
                yield f"{passage.id}: {name} {f.property} {f.subject} → {f.object}"
