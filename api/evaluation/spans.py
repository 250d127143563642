"""Whether evidence stands in the text, character for character."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph import contract
from graph.contract import Json

if TYPE_CHECKING:
    from graph.store.protocol import Store


def holds(text: str | None, item: Any) -> bool:
    """Whether `text[start:end] == quote`, with a quote that is not empty."""
    if text is None or not isinstance(item, dict) or not item.get("quote"):
        return False
    start, end = item.get("start"), item.get("end")
    if not isinstance(start, int) or not isinstance(end, int) or not 0 <= start < end:
        return False
    return bool(text[start:end] == item["quote"])


def violates(claim: Json, text: str | None) -> bool:
    """Whether a claim has no evidence, or a piece that does not stand in the text."""
    found = claim.get("evidence") or []
    return not found or not all(holds(text, item) for item in found)


def answer_violates(answer: Json, texts: Mapping[str, str]) -> bool:
    """The same for an answer; `texts` by the stem of their source. An answer that says something must cite."""

    def stands(item: Json) -> bool:
        stem = Path(str(item.get("source") or "")).stem
        return any(holds(text, item) for text in ([texts[stem]] if stem in texts else texts.values()))

    found = answer.get("evidence") or []
    if answer.get("status") in ("answered", "partial") and not found:
        return True
    return not all(stands(item) for item in found)


@dataclass(frozen=True, slots=True)
class SpanCheck:
    """How many documents, claims and pieces of evidence were checked; `wrong` names each that does not stand."""

    documents: int
    claims: int
    pieces: int
    wrong: tuple[str, ...]


def check_store(store: Store) -> SpanCheck:
    """Every piece of evidence of every claim against the text of its document, both as the store gives them back."""
    documents = {held.id: store.document(held.id) for held in store.documents()}
    wrong: list[str] = []
    claims = pieces = 0
    for claim in store.claims():
        claims += 1
        pieces += len(claim.evidence)
        if not claim.evidence:
            wrong.append(f"{claim.id}: no evidence")
        for item in claim.evidence:
            document = documents.get(item.document)
            # A slice that ends behind the text's end would still compare equal.
            exact = item.end - item.start == len(item.quote)
            if not exact or not holds(document.text if document else None, contract.evidence(item)):
                where = Path(document.source).name if document else item.document
                wrong.append(f"{claim.id}: {where} {item.start}–{item.end}")
    return SpanCheck(len(documents), claims, pieces, tuple(sorted(wrong)))
