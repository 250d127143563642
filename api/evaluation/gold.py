"""Gold as read from disk: claim rows, entities, questions. Their fields: docs/decisions/0004-evaluation.md."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from graph.contract import Json
from graph.errors import SettingsError, SourceError

_QUALIFIERS = ("item", "role", "stake", "amount")


@dataclass(frozen=True, slots=True)
class GoldClaim:
    """One gold row. `object` is {"label", "type"} or {"low", "high", "unit", "approx"}; `ok` has further right values.

    `sentence` counts from 0 as `api.evaluation.sentences` splits the text; `group` joins equivalent readings.
    """

    subject: str
    subject_type: str
    predicate: str
    object: Json
    sentence: int
    anchor: str
    core: bool
    basis: str | None = None
    basis_period: str | None = None
    of: str | None = None
    period: str | Json | None = None
    scope: str | None = None
    modality: str = "asserted"
    polarity: bool = True
    attributed_to: str | None = None
    group: str | None = None
    ok: Mapping[str, list[Any]] = field(default_factory=dict)
    qualifiers: tuple[tuple[str, str], ...] = ()

    @property
    def is_metric(self) -> bool:
        """Whether the object is a quantity."""
        return "unit" in self.object

    @property
    def names(self) -> tuple[tuple[str, str], ...]:
        """Label and type of the entities that the row names."""
        subject = (self.subject, self.subject_type)
        return (subject,) if self.is_metric else (subject, (self.object["label"], self.object["type"]))

    def allowed(self, name: str) -> list[Any]:
        """Every value of a field that is right."""
        return [getattr(self, name), *self.ok.get(name, ())]

    def describe(self) -> str:
        """Subject, predicate and object in one line, without any text of the article."""
        if not self.is_metric:
            return f"{self.subject} {'' if self.polarity else 'not '}{self.predicate} {self.object['label']}"
        said = (self.subject, "" if self.polarity else "not", self.predicate, self.basis, amount_in_words(self.object))
        return " ".join(part for part in said if part)


@dataclass(frozen=True, slots=True)
class GoldEntity:
    """A name with the types and aliases that are right for it; `also` are the pages that name it outside any claim."""

    label: str
    types: tuple[str, ...]
    aliases: tuple[str, ...]
    also: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """One question; `after` is the id of the turn it follows, `gold` the expected answer."""

    id: str
    text: str
    after: str | None
    kind: str
    gold: Json
    pages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NewsItem:
    """A few sentences with the claims that they make; those are of the whole text, without sentence or anchor."""

    id: str
    text: str
    claims: tuple[GoldClaim, ...]


def amount_in_words(amount: Json) -> str:
    """Bounds and unit in one line.

    >>> amount_in_words({"low": 70, "high": None, "unit": "percent"})
    '70 to … percent'
    """
    low, high = amount["low"], amount["high"]
    bounds = f"{low}" if low == high else f"{'…' if low is None else low} to {'…' if high is None else high}"
    return f"{bounds} {amount['unit']}"


def _rows(path: Path) -> list[Json]:
    if not path.is_file():
        raise SourceError(f"evaluation file missing: {path}; a suite needs its gold, restore it or leave the suite out")
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        return [json.loads(line, parse_float=Decimal) for line in lines if line.strip()]
    except ValueError as error:
        raise SettingsError(f"{path}: not one JSON object a line ({error}); correct the file") from error


def read_claims(path: Path) -> list[GoldClaim]:
    """The gold rows of one article; SourceError if the file is missing, SettingsError if it is malformed."""
    return [_claim(row, f"{path}:{number}") for number, row in enumerate(_rows(path), 1)]


def _claim(row: Json, where: str) -> GoldClaim:
    try:
        return GoldClaim(
            subject=row["s"],
            subject_type=row["s_type"],
            predicate=row["p"],
            object=row["o"],
            sentence=row["sentence"],
            anchor=row["anchor"],
            core=row["core"],
            basis=row["basis"],
            basis_period=row.get("basis_period"),
            of=row.get("of"),
            period=row["period"],
            scope=row["scope"],
            modality=row["modality"],
            polarity=row["polarity"],
            attributed_to=row["attributed_to"],
            group=row.get("group"),
            ok=row.get("ok", {}),
            qualifiers=tuple((name, str(row[name])) for name in _QUALIFIERS if row.get(name) is not None),
        )
    except KeyError as error:
        raise SettingsError(f"{where}: gold row without {error}; add the field") from error


_ANYWHERE: Json = {
    "sentence": 0,
    "anchor": "",
    "core": True,
    **dict.fromkeys(("basis", "period", "scope", "attributed_to")),
    "modality": "asserted",
    "polarity": True,
}


def read_items(path: Path) -> list[NewsItem]:
    """News items, one a line; of a claim, what is as usual may be left out. Errors as for `read_claims`."""
    return [
        NewsItem(row["id"], row["text"], tuple(_claim(_ANYWHERE | of, f"{path}: {row['id']}") for of in row["claims"]))
        for row in _rows(path)
    ]


def read_entities(path: Path) -> list[GoldEntity]:
    """The entities of a gold folder; SourceError if the file is missing."""
    if not path.is_file():
        raise SourceError(f"evaluation file missing: {path}; labels cannot be compared without it")
    rows = json.loads(path.read_text(encoding="utf-8"))
    return [GoldEntity(r["label"], tuple(r["types"]), tuple(r["aliases"]), tuple(r["also"])) for r in rows]


def read_questions(path: Path) -> list[Question]:
    """The questions in order; SourceError if the file is missing."""
    return [Question(r["id"], r["q"], r["after"], r["kind"], r["gold"], tuple(r["page"])) for r in _rows(path)]
