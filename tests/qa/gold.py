"""The development gold as a store: each gold row a claim whose evidence is the sentence it names."""

from __future__ import annotations

import importlib.util
import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import ModuleType
from typing import Any

from graph.identity import claim_id, digest, document_id, slug
from graph.model import Claim, Document, DocumentClaims, Entity, EntityRef, Evidence, Period, Quantity
from graph.store.oxigraph import OxigraphStore

_PUBLISHED = {
    "21": date(2025, 8, 29),
    "22": date(2026, 1, 29),
    "23": date(2025, 7, 28),
    "24": date(2025, 9, 17),
    "25": date(2025, 12, 18),
    "26": date(2025, 11, 10),
    "31": date(2025, 12, 4),
    "32": date(2026, 2, 28),
    "33": date(2025, 9, 9),
    "34": date(2025, 12, 10),
    "35": date(2025, 12, 30),
    "36": date(2025, 11, 26),
}


def scorer(dev: Path) -> ModuleType:
    """The scorer that comes with the development data."""
    spec = importlib.util.spec_from_file_location("dev_score", dev / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def gold_store(dev: Path) -> OxigraphStore:
    """A store in memory that holds every gold claim of every development article."""
    score = scorer(dev)
    names = {e["label"]: tuple(e["aliases"]) for e in json.loads((dev / "entities.json").read_text(encoding="utf-8"))}
    store = OxigraphStore()
    for path in sorted((dev / "gold").glob("*.jsonl")):
        text = (dev / "texts" / f"{path.stem}.txt").read_bytes().decode("utf-8")
        document = Document(
            id=document_id(path.stem),
            text=text,
            title=next(line for line in text.splitlines() if line.strip()),
            source=f"{path.stem}.txt",
            sha256=digest(text),
            published=_PUBLISHED[path.stem[:2]],
        )
        spans = _spans(text, score.sentences(text))
        rows = [json.loads(line, parse_float=Decimal) for line in path.read_text(encoding="utf-8").splitlines()]
        claims = tuple(_claim(row, document.id, spans[row["sentence"]], text, score) for row in rows)
        refs = {r.id: r for c in claims for r in (c.subject, c.object) if isinstance(r, EntityRef)}
        entities = tuple(Entity(r.id, r.label, r.type, names.get(r.label, ())) for r in refs.values())
        store.put(DocumentClaims(document, entities, claims))
    return store


def _spans(text: str, sentences: list[str]) -> list[tuple[int, int]]:
    out, at = [], 0
    for sentence in sentences:
        start = text.index(sentence, at)
        at = start + len(sentence)
        out.append((start, at))
    return out


def _ref(label: str, type: str) -> EntityRef:
    return EntityRef(f"e:{slug(label)}-{type.lower()}", label, type)


def _claim(row: dict[str, Any], document: str, span: tuple[int, int], text: str, score: ModuleType) -> Claim:
    o = row["o"]
    if "unit" in o:
        value: Quantity | EntityRef = Quantity(_number(o["low"]), _number(o["high"]), o["unit"], bool(o.get("approx")))
    else:
        value = _ref(o["label"], o["type"])
    days = score.span(row.get("period"))
    period = Period(date.fromisoformat(days[0]), date.fromisoformat(days[1]), str(row["period"])) if days else None
    claim = Claim(
        id="",
        subject=_ref(row["s"], row["s_type"]),
        predicate=row["p"],
        object=value,
        evidence=(Evidence(document, span[0], span[1], text[span[0] : span[1]]),),
        basis=row.get("basis"),
        basis_period=row.get("basis_period"),
        of=row.get("of"),
        scope=row.get("scope"),
        period=period,
        modality=row["modality"],
        polarity=row["polarity"],
        attributed_to=row.get("attributed_to"),
        qualifiers=tuple(sorted((k, str(row[k])) for k in ("item", "role") if row.get(k))),
        extractor="gold",
    )
    return Claim(**{f: getattr(claim, f) for f in claim.__dataclass_fields__} | {"id": claim_id(claim)})


def _number(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value))
