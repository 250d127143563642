"""Stable identifiers: what makes two documents, entities or claims the same one."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from decimal import Decimal

from graph.model import Claim, EntityRef, Period, Quantity, TextValue

_NOT_WORD = re.compile(r"[^\w]+")


def slug(label: str) -> str:
    """`SK hynix` → `sk-hynix`; letters of any script stay, accents go.

    >>> slug("Renée James"), slug("平头哥"), slug("GB300 NVL72")
    ('renee-james', '平头哥', 'gb300-nvl72')
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", label) if not unicodedata.combining(c))
    return _NOT_WORD.sub("-", plain.casefold()).strip("-") or "x"


def digest(*parts: str | None, size: int = 16) -> str:
    """First `size` hex digits of the SHA-256 of the parts; None and "" differ."""
    joined = "\x1f".join("\x00" if part is None else part for part in parts)
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:size]


def document_id(source: str) -> str:
    """The id of a document: its source, so that re-ingest of a changed document replaces it."""
    return "d:" + digest(source)


def plain(number: Decimal | None) -> str | None:
    """A decimal without exponent or trailing zeros: Decimal("1.60E+11") → "160000000000"."""
    if number is None:
        return None
    text = format(number or abs(number), "f")  # zero has no sign
    return text.rstrip("0").rstrip(".") if "." in text else text


def _object_key(value: EntityRef | Quantity | TextValue) -> tuple[str | None, ...]:
    match value:
        case EntityRef():
            return ("entity", value.id)
        case Quantity():
            return ("quantity", plain(value.low), plain(value.high), value.unit, str(value.approx))
        case TextValue():
            return ("text", value.text.casefold())


def _period_key(period: Period | None) -> str | None:
    if period is None:
        return None
    if period.start or period.end:
        return f"{period.start}/{period.end}"
    return period.text.casefold()


def claim_id(claim: Claim) -> str:
    """The id of a claim from what it says, not where: who, what, how much, when, how surely, by whom."""
    parts = [claim.subject.id, claim.predicate, *_object_key(claim.object), claim.basis, claim.basis_period, claim.of]
    parts += [claim.scope, _period_key(claim.period), claim.modality, str(claim.polarity), claim.attributed_to]
    parts += [f"{name}={value}" for name, value in claim.qualifiers]
    return "c:" + digest(*parts)
