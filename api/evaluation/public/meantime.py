"""MEANTIME (Wikinews on Apple and the car makers): named mentions by type, and what pronouns and descriptions mean.

Only names are scored as mentions: a company told by “its phone lines” is no entity of ours. FIN, the set's prices and
indices, has nearly no names; its figures stand for amounts nobody claims to find here, and are left out.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from api.evaluation.baselines import recognised
from api.evaluation.public.base import Figure, Progress, PublicResult, prf_figures
from api.evaluation.public.meantime_gold import Article, Span, read_articles
from api.evaluation.tally import Tally

if TYPE_CHECKING:
    from ingest.parsed import Mention, Sentence
    from ingest.pipeline import Pipeline

SUITE = "meantime"
OURS, SPACY = "tollgraph", "spaCy's labels"
KINDS = ("ORG", "PRO", "PER", "LOC")
_SHOWN = 400
_OF = {
    "Company": "ORG",
    "Organization": "ORG",
    "Product": "PRO",
    "Chip": "PRO",
    "Model": "PRO",
    "Technology": "PRO",
    "Person": "PER",
    "Place": "LOC",
    "Facility": "LOC",
}

Named = dict[Span, str]


def measure(folder: Path, progress: Progress) -> list[PublicResult]:
    """Ours and the baseline on the annotated sentences."""
    from ingest.pipeline import Pipeline

    articles = read_articles(folder)
    progress(f"reading {len(articles)} articles of MEANTIME")
    pipeline = Pipeline()
    read = [_read(pipeline, article) for article in articles]
    ours = [_ours(sentences, article) for sentences, article in zip(read, articles, strict=True)]
    links = sum((_links(a, s, n) for a, s, n in zip(articles, read, ours, strict=True)), Tally())
    lines = [line for a, n in zip(articles, ours, strict=True) for line in _lines(a, n)]
    figures = (*_figures(articles, ours), *prf_figures("coreference", links))
    return [
        PublicResult(SUITE, OURS, figures, tuple(lines[:_SHOWN])),
        PublicResult(SUITE, SPACY, _figures(articles, [_spacy(article) for article in articles])),
    ]


def _read(pipeline: Pipeline, article: Article) -> list[Sentence]:
    from graph.model import Document

    return pipeline.read(Document("d:article", article.text, "", article.id, ""))


def _place(sentence: Sentence, mention: Mention) -> Span:
    last = sentence.doc[mention.last].text.rstrip(".")  # a full stop may be glued to a name
    return sentence.start + sentence.doc[mention.first].idx, sentence.start + sentence.doc[mention.last].idx + len(last)


def _ours(read: Sequence[Sentence], article: Article) -> Named:
    named = ((_place(s, m), m) for s in read for m in s.mentions if m.named and m.entity is not None)
    return {p: _OF[m.entity.type] for p, m in named if p[0] < article.scored and m.entity is not None}


def _spacy(article: Article) -> Named:
    found = recognised(article.text)
    return {(a, b - article.text[a:b].endswith(".")): _OF[kind] for a, b, kind in found if a < article.scored}


def _figures(articles: Sequence[Article], every: Sequence[Named]) -> tuple[Figure, ...]:
    out: list[Figure] = []
    for kind in KINDS:
        tally = Tally()
        for article, said in zip(articles, every, strict=True):
            gold = {m.core for m in article.mentions if m.kind == kind and m.core is not None}
            within = [m.whole for m in article.mentions if m.kind == kind]
            mine = {s for s, of in said.items() if of == kind and (s in gold or not _inside(s, within))}
            right = len(gold & mine)
            tally += Tally(len(gold), right, len(mine), right)
        out.extend(prf_figures(kind, tally))
    return tuple(out)


def _inside(span: Span, wholes: Sequence[Span]) -> bool:
    """Whether a name stands in a longer mention of its type: “the X store” for X counts neither way."""
    return any(start <= span[0] and span[1] <= end for start, end in wholes)


def _links(article: Article, read: Sequence[Sentence], named: Named) -> Tally:
    """Pronouns and descriptions of the set: whether ours of the same words means what the names of its chain do."""
    entities: dict[Span, str] = {}
    for sentence in read:
        for mention in sentence.mentions:
            if mention.entity is not None:
                entities[_place(sentence, mention)] = mention.entity.id
    chains: dict[str, Counter[str]] = defaultdict(Counter)
    for m in article.mentions:
        if m.core is not None and m.core in named:
            chains[m.chain][entities[m.core]] += 1
    unnamed = [m for m in article.mentions if m.core is None and m.chain in chains]
    said = [(m, entities[m.whole]) for m in unnamed if m.whole in entities]
    right = sum(entity == chains[m.chain].most_common(1)[0][0] for m, entity in said)
    return Tally(len(unnamed), right, len(said), right)


def _lines(article: Article, named: Named) -> Iterator[str]:
    """What was read otherwise, by the place of its first character and its type."""
    gold = {(m.kind, m.core) for m in article.mentions if m.core is not None and m.kind in KINDS}
    mine = {(kind, span) for span, kind in named.items()}
    for kind, span in sorted(gold - mine, key=lambda row: row[1]):
        other = named.get(span)
        read = f"read as {other}" if other else "not read, or with another extent"
        yield f"{article.id} at {span[0]}: {kind}, {read}"
    for kind, span in sorted(mine - gold, key=lambda row: row[1]):
        if not any(core == span for _, core in gold) and not _inside(span, [m.whole for m in article.mentions]):
            yield f"{article.id} at {span[0]}: read as {kind}, no name of the set"
