"""One item of `claims` in YAML as a `Template`, held to the vocabulary."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from functools import cache
from typing import cast, get_args

from graph.model import Basis, Modality
from graph.text.quantities.lexicon import lexicon
from graph.vocabulary import Metric, Relation, vocabulary
from ingest.tables import expressions as made
from ingest.tables.model import Amount, Matrix, Party, Template, Text
from ingest.tables.strict import Section, nearest

_KEYS = (
    *("name", "where", "cells", "subject", "predicate", "object", "amount", "basis", "basis_period", "of", "scope"),
    *("period", "modality", "attributed_to", "confidence", "qualifiers"),
)
_QUALIFIERS = ("item", "stake", "amount", "role", "purpose")


def template(section: Section, parties: Section | None) -> Template:
    """The template of an item of `claims`. Raises SettingsError."""
    section.allow(*_KEYS)
    predicate = section.required("predicate")
    relation, metric = vocabulary().relations.get(predicate), vocabulary().metrics.get(predicate)
    if relation is None and metric is None:
        known = [*vocabulary().relations, *vocabulary().metrics]
        raise section.fault(f"there is no predicate “{predicate}”; {nearest(predicate, known)}", "predicate")
    subject = made.party(section, "subject", parties)
    if subject is None:
        raise section.fault("“subject” is missing")
    ends = _relation(section, relation, subject, parties) if relation else _metric(section, metric)
    return Template(
        section.text("name") or predicate,
        predicate,
        subject,
        *ends,
        where=made.conditions(section.section("where")),
        matrix=_matrix(section.section("cells")),
        basis=cast("Basis | None", section.choice("basis", get_args(Basis))) or ("level" if metric else None),
        basis_period=section.text("basis_period"),
        of=made.text(section, "of"),
        scope=made.text(section, "scope"),
        period=made.span(section, "period"),
        modality=_modality(section),
        attributed_to=made.text(section, "attributed_to"),
        confidence=_confidence(section),
        qualifiers=_qualifiers(section.section("qualifiers")),
    )


def _relation(
    section: Section, relation: Relation, subject: Party, parties: Section | None
) -> tuple[Party | None, Amount | None]:
    other = made.party(section, "object", parties)
    if other is None or "amount" in section.values:
        raise section.fault(f"“{relation.name}” is a relation: give an “object”; an amount goes under “qualifiers”")
    for key, held, allowed in (("subject", subject, relation.domain), ("object", other, relation.range)):
        if odd := next((kind for kind in held.types if kind not in allowed), None):
            raise section.fault(f"{odd} cannot be the {key} of {relation.name}; {nearest(odd, allowed)}", key)
    return other, None


def _metric(section: Section, metric: Metric | None) -> tuple[Party | None, Amount | None]:
    held = section.section("amount")
    if metric is None or held is None or "object" in section.values:
        raise section.fault("a metric is claimed: give its “amount” and no “object”")
    amount = made.amount(held)
    named = [unit for unit in metric.units if unit != "money"]
    right = amount.unit in named or ("money" in metric.units and amount.unit in currencies())
    if not right and not (section.text("basis") in ("share", "change") and amount.unit == "percent"):
        ways = [*(["a currency such as USD"] if "money" in metric.units else []), *named]
        raise held.fault(f"“{amount.unit}” is no unit of {metric.name}; known: {', '.join(ways)}", "unit")
    return None, amount


@cache
def currencies() -> frozenset[str]:
    """The codes of all currencies that the grammar of amounts knows."""
    units = (*lexicon().suffixes.values(), *lexicon().prefixes.values())
    return frozenset(unit.name for unit in units if unit.kind == "money" and len(unit.name) == 3)


def _matrix(section: Section | None) -> Matrix | None:
    if section is None:
        return None
    section.allow("from", "to", "not")
    return Matrix(section.text("from"), section.text("to"), frozenset(section.texts("not")))


def _modality(section: Section) -> Text:
    value = section.values.get("modality")
    if isinstance(value, str):
        section.choice("modality", get_args(Modality))
        return Text(constant=value)
    found = made.text(section, "modality") or Text(constant="asserted")
    for word in found.words.values():
        if word is not None and word not in get_args(Modality):
            raise section.fault(f"“{word}” is no modality; {nearest(word, get_args(Modality))}", "modality")
    return found


def _confidence(section: Section) -> Decimal | None:
    written = section.text("confidence")
    try:
        value = None if written is None else Decimal(written)
    except InvalidOperation:
        value = Decimal(-1)
    if value is not None and not 0 < value <= 1:
        raise section.fault("a number above 0 and up to 1 is expected", "confidence")
    return value


def _qualifiers(section: Section | None) -> tuple[tuple[str, Text | Amount], ...]:
    if section is None:
        return ()
    section.allow(*_QUALIFIERS)
    found: list[tuple[str, Text | Amount]] = []
    for key, value in section.values.items():
        if key in ("amount", "stake") and isinstance(value, Section):
            found.append((key, _measured(value, key)))
        else:
            found.append((key, made.needed(section, key)))
    return tuple(sorted(found, key=lambda pair: pair[0]))


def _measured(section: Section, key: str) -> Amount:
    amount = made.amount(section)
    if (amount.unit == "percent") != (key == "stake") or not (key == "stake" or amount.unit in currencies()):
        raise section.fault("a stake is in percent, an amount in a currency such as USD", "unit")
    return amount
