"""Claims in a few plain words, for tables on the page and in the terminal. Answers in prose come from qa/."""

from __future__ import annotations

from decimal import Decimal

from graph.agreement import Conflict, Kind
from graph.identity import plain
from graph.model import Claim, EntityRef, Quantity, TextValue
from graph.vocabulary import vocabulary

_CONFLICTS: dict[Kind, str] = {
    "figures": "figures differ",
    "estimates": "estimates differ",
    "opinions": "opinions differ",
    "denied": "affirmed and denied",
    "exclusive": "only one can be so at a time",
    "guidance": "guidance, then actual",
    "revised": "revised",
}


def predicate_label(name: str) -> str:
    """`supplies` → “supplies”, `grossMargin` → “gross margin”; an unknown name as it is."""
    words = vocabulary()
    known = words.relations.get(name) or words.metrics.get(name)
    return known.label if known else name


def object_text(value: EntityRef | Quantity | TextValue) -> str:
    """The object as written in the text, or its bounds where no wording is kept."""
    match value:
        case EntityRef():
            return value.label
        case TextValue():
            return value.text
        case Quantity():
            return value.text or bounds(value)


def bounds(value: Quantity) -> str:
    """`70 to 72 percent`, `at least 70 percent`, `about 160,000,000,000 CNY`."""
    low, high = _grouped(value.low), _grouped(value.high)
    if low and high:
        amount = low if low == high else f"{low} to {high}"
    else:
        amount = f"at least {low}" if low else f"at most {high}" if high else "an amount not stated"
    return f"{'about ' if value.approx else ''}{amount} {value.unit}"


def conflict_title(conflict: Conflict) -> str:
    """`Arbor: revenue (servers; 2025) — figures differ`."""
    words = [conflict.scope or "", conflict.basis or "", conflict.period.text if conflict.period else ""]
    told = "; ".join(word for word in words if word and word != "level")
    head = f"{conflict.subject.label}: {predicate_label(conflict.predicate)}"
    return f"{head}{f' ({told})' if told else ''} — {_CONFLICTS[conflict.kind]}"


def _grouped(value: Decimal | None) -> str | None:
    text = plain(value)
    if text is None:
        return None
    whole, point, rest = text.partition(".")
    return f"{int(whole):,}{point}{rest}"


def standing(claim: Claim) -> str:
    """How firmly it stands: `projected, says X, denied`; empty for a plain assertion of the article itself."""
    words: list[str] = [] if claim.modality == "asserted" else [claim.modality]
    if not claim.polarity:
        words.append("denied")
    if claim.attributed_to:
        words.append(f"says {claim.attributed_to}")
    return ", ".join(words)


def circumstances(claim: Claim) -> str:
    """Scope, qualifiers, comparison and period in brackets' worth of words: `high-end GPUs; item: HBM; 2026`."""
    words = [claim.scope or ""]
    words += [f"{name}: {value}" for name, value in claim.qualifiers]
    if claim.basis == "change":
        words.append(f"change {claim.basis_period or ''}".strip())
    if claim.basis == "share":
        words.append(f"share of {claim.of}" if claim.of else "share")
    words.append(claim.period.text if claim.period else "")
    return "; ".join(w for w in words if w)
