"""Forecast against reported figure (Numerical claim detection): our reading of hedges against a pattern of words."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from api.evaluation.public.base import Figure, Progress, PublicResult, prf_figures
from api.evaluation.tally import Tally
from graph.errors import SettingsError, SourceError

if TYPE_CHECKING:
    from spacy.tokens import Token

SUITE = "finnumclaim"
OURS, PATTERN = "tollgraph", "words of forecasts"
_FILES = ("gold_arpts_numclaim-train-5768.csv", "gold_ec_numclaim-train-5768.csv")
_SHOWN = 250
_AHEAD = ("projected", "possible", "opinion")
_WORDS = re.compile(
    r"\b(?:will|would|may|might|could|should|expect\w*|forecast\w*|project(?:s|ed|ion|ions)|guid(?:e|es|ed|ance)"
    r"|anticipat\w*|outlook|target(?:s|ed|ing)?|likely|plan(?:s|ned)?|estimates?)\b"
)


@dataclass(frozen=True, slots=True)
class Row:
    """One sentence with figures; `ahead` if it says what is to come. `id` is the file's kind and the line."""

    id: str
    text: str
    ahead: bool


def read_rows(folder: Path) -> list[Row]:
    """The labelled rows of both files; SourceError if one is missing, SettingsError if it is malformed."""
    out: list[Row] = []
    for name in _FILES:
        path = folder / name
        if not path.is_file():
            raise SourceError(f"evaluation file missing: {path}; restore it or leave the suite out")
        with path.open(encoding="utf-8", newline="") as file:
            for number, row in enumerate(csv.DictReader(file), 2):
                if row.get("text") is None or row.get("label") not in ("0", "1"):
                    raise SettingsError(f"{path}:{number}: no text with a label 0 or 1; correct the file")
                out.append(Row(f"{name.split('_')[1]}:{number}", row["text"], row["label"] == "1"))
    return out


def measure(folder: Path, progress: Progress) -> list[PublicResult]:
    """F1 on the class of forecasts, ours and the pattern's."""
    rows = read_rows(folder)
    progress(f"reading {len(rows)} rows of finnumclaim")
    said = list(looks_ahead([row.text for row in rows]))
    return [_result(OURS, rows, said), _result(PATTERN, rows, [bool(_WORDS.search(row.text)) for row in rows])]


def _result(system: str, rows: Sequence[Row], said: Sequence[bool]) -> PublicResult:
    gold, predicted = sum(row.ahead for row in rows), sum(said)
    right = sum(row.ahead and ahead for row, ahead in zip(rows, said, strict=True))
    wrong = [row for row, ahead in zip(rows, said, strict=True) if row.ahead != ahead]
    lines = tuple(f"{row.id}: {'forecast' if row.ahead else 'reported'} read as the other" for row in wrong[:_SHOWN])
    accuracy = Figure("accuracy", 1 - len(wrong) / len(rows) if rows else None, len(rows))
    figures = (*prf_figures("forecast", Tally(gold, right, predicted, right)), accuracy)
    return PublicResult(SUITE, system, figures, lines if system == OURS else ())


def looks_ahead(texts: Sequence[str]) -> Iterator[bool]:
    """Whether the rules take the first figure of each text for a forecast or a judgement; a figure that it is compared
    with (“… beat the estimate of $3”) comes later.
    """
    from graph.text.quantities import find_quantities
    from ingest.nlp import parse
    from ingest.parsed import stretch

    for text, doc in zip(texts, parse(texts), strict=True):
        places = (where for q in find_quantities(text) if (where := stretch(doc, q.start, q.end)))
        first = next(places, None)
        yield first is not None and _ahead(doc[first[2]])


def _ahead(root: Token) -> bool:
    """Whether what governs an amount, or the subject of its clause, makes it a forecast."""
    from ingest.hedges import hedged
    from ingest.metrics.links import clause_of

    clause = clause_of(root)
    subjects = [c for c in clause.children if c.dep_ in ("nsubj", "nsubjpass")]
    return any(hedged(token).modality in _AHEAD for token in (root, root.head, clause, *subjects))
