"""A small served graph for the tests of api/: the sample articles, a scripted engine and extractor."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from fastapi.testclient import TestClient

from api.app import create_app
from graph.contract import Json
from graph.model import Document, DocumentClaims
from graph.settings import Settings
from graph.store import OxigraphStore
from tests.graph.samples import sample_batches

HOST = "http://127.0.0.1"


def filled_store() -> OxigraphStore:
    """The sample articles in memory."""
    store = OxigraphStore()
    for batch in sample_batches():
        store.put(batch)
    return store


def scripted_answer(question: str, **options: Any) -> Json:
    """An answer in the shape of the contract that says what it was asked."""
    day: date | None = options.get("as_of")
    return {
        "question": question,
        "status": "unknown",
        "answer": f"Asked as of {day}.",
        "values": [],
        "claims": [],
        "evidence": [],
        "query": {"language": "sparql", "text": ""},
        "interpretation": "",
        "caveats": [],
        "suggestions": [],
        "engine": "script",
        "took_ms": 0,
    }


def no_claims(document: Document) -> DocumentClaims:
    """An extractor that finds nothing."""
    return DocumentClaims(document, (), ())


@contextmanager
def client(store: OxigraphStore | None = None, **options: Any) -> Iterator[TestClient]:
    """A client of the application over the store (the sample articles if none is given)."""
    settings = options.pop("settings", Settings())
    app = create_app(store or filled_store(), settings, **({"ask": scripted_answer, "extract": no_claims} | options))
    with TestClient(app, base_url=HOST) as session:
        yield session
