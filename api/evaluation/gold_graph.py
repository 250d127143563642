"""A graph loaded with gold claims: what question answering reaches when extraction misses nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Literal, cast

from api.evaluation.gold import GoldClaim, GoldEntity
from api.evaluation.quantities import days_of
from api.evaluation.sentences import spans
from graph.errors import SettingsError
from graph.identity import claim_id, slug
from graph.model import Basis, Claim, Document, DocumentClaims, Entity, EntityRef, Evidence, Modality, Period, Quantity

EXTRACTOR = "gold"


class GoldNames:
    """The one label, type and id by which each gold name goes."""

    def __init__(self, entities: Iterable[GoldEntity]) -> None:
        self._by_name: dict[str, Entity] = {}
        for row in entities:
            entity = Entity("e:" + slug(row.label), row.label, row.types[0], row.aliases)
            for name in (row.label, *row.aliases):
                self._by_name.setdefault(name.casefold(), entity)

    def entity(self, label: str, type_: str) -> Entity:
        """The entity of a name; a name without an entry stands for itself."""
        return self._by_name.get(label.casefold()) or Entity("e:" + slug(label), label, type_)


def gold_documents(
    documents: Mapping[str, Document], gold: Mapping[str, Sequence[GoldClaim]], names: GoldNames
) -> dict[str, DocumentClaims]:
    """Each article with its gold rows as claims; the quote of a claim is its gold sentence."""
    return {stem: _document(documents[stem], rows, names) for stem, rows in gold.items()}


def _document(document: Document, rows: Sequence[GoldClaim], names: GoldNames) -> DocumentClaims:
    sentences = spans(document.text)
    entities: dict[str, Entity] = {}
    claims: dict[str, Claim] = {}
    for row in rows:
        if row.sentence >= len(sentences):
            raise SettingsError(
                f"{document.source}: gold row for sentence {row.sentence}, the text has fewer; correct it"
            )
        for label, type_ in row.names:
            entity = names.entity(label, type_)
            entities[entity.id] = entity
        start, end = sentences[row.sentence]
        claim = _claim(row, names, Evidence(document.id, start, end, document.text[start:end]))
        seen = claims.get(claim.id)
        if seen is None:
            claims[claim.id] = claim
        elif claim.evidence[0] not in seen.evidence:
            claims[claim.id] = replace(seen, evidence=seen.evidence + claim.evidence)
    return DocumentClaims(document, tuple(entities.values()), tuple(claims.values()))


def _claim(row: GoldClaim, names: GoldNames, evidence: Evidence) -> Claim:
    made = Claim(
        id="",
        subject=names.entity(*row.names[0]).ref,
        predicate=row.predicate,
        object=_object(row, names),
        evidence=(evidence,),
        basis=cast("Basis | None", row.basis),
        basis_period=row.basis_period,
        of=row.of,
        scope=row.scope,
        period=_period(row),
        modality=cast(Modality, row.modality),
        polarity=row.polarity,
        attributed_to=row.attributed_to,
        origins=(row.attributed_to,) if row.attributed_to else (),
        qualifiers=tuple(sorted(row.qualifiers)),
        extractor=EXTRACTOR,
    )
    return replace(made, id=claim_id(made))


def _object(row: GoldClaim, names: GoldNames) -> EntityRef | Quantity:
    if not row.is_metric:
        return names.entity(*row.names[1]).ref
    return Quantity(
        low=_bound(row, "low"),
        high=_bound(row, "high"),
        unit=row.object["unit"],
        approx=bool(row.object.get("approx")),
    )


def _bound(row: GoldClaim, name: Literal["low", "high"]) -> Decimal | None:
    value = row.object[name]
    return None if value is None else Decimal(str(value))


def _period(row: GoldClaim) -> Period | None:
    days = days_of(row.period)
    if days is None:
        return None
    start, end = (date.fromisoformat(day) if day else None for day in days)
    return Period(start, end, row.period if isinstance(row.period, str) else "")
