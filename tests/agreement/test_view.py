"""Conflicts and origins of a store, through the pipeline and the command line."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from api import models
from api.cli import run
from graph.agreement.copies import sign
from graph.agreement.view import agreement
from graph.model import DocumentClaims
from graph.store import open_store
from graph.store.oxigraph import OxigraphStore
from graph.store.protocol import ClaimFilter
from tests.agreement.telling import shown
from tests.agreement.texts import framed, story
from tests.api.graphs import client
from tests.graph.samples import article, exactly, metric, relation, year
from tests.ingest.reading import pipeline


def revenue(billions: str, **fields: object) -> DocumentClaims:
    """An article of that outlet and day on Arbor's revenue in 2025."""
    written = f"${billions} billion"
    told = {key: fields.pop(key) for key in ("attributed_to", "modality") if key in fields}
    claim = metric("Arbor", "revenue", exactly(f"{billions}000000000", "USD", text=written), period=year(2025), **told)
    return article(f"On Arbor, {fields['outlet']}", (f"Arbor's revenue was {written} in 2025.", claim), **fields)  # type: ignore[arg-type]


def differing() -> list[DocumentClaims]:
    return [
        revenue("12", outlet="Harbour Post", published=date(2026, 2, 1)),
        revenue("13", outlet="Gull Daily", published=date(2026, 2, 3), attributed_to="Tern Research"),
        revenue("11", outlet="Early Bird", published=date(2025, 3, 1), modality="projected"),
        article(
            "Who owns Delvex",
            ("Delvex belongs to Arbor.", relation("Delvex", "subsidiaryOf", "Arbor")),
            outlet="Harbour Post",
        ),
        article(
            "Delvex, a unit of Cindra",
            ("Delvex is a unit of Cindra.", relation("Delvex", "subsidiaryOf", "Cindra")),
            outlet="Gull Daily",
        ),
    ]


@pytest.fixture
def store() -> OxigraphStore:
    made = OxigraphStore()
    for batch in differing():
        made.put(batch)
    return made


def test_conflicts_are_found_by_entity_on_any_side(store: OxigraphStore) -> None:
    known = agreement(store)
    figures = ("figures", ["actual $12 billion", "actual $13 billion"])
    owners = ("exclusive", ["actual Arbor", "actual Cindra"])
    assert sorted(shown(known.conflicts())) == sorted([figures, owners])
    assert shown(known.conflicts(ClaimFilter(about="e:cindra"))) == [owners]
    assert sorted(shown(known.conflicts(ClaimFilter(about="e:arbor")))) == sorted([figures, owners])
    assert shown(known.conflicts(ClaimFilter(predicate="revenue"))) == [figures]
    assert known.conflicts(ClaimFilter(about="e:fennwick")) == ()


def test_a_write_makes_it_anew(store: OxigraphStore) -> None:
    assert len(agreement(store).conflicts()) == 2
    store.remove(differing()[1].document.id)
    assert [c.kind for c in agreement(store).conflicts()] == ["exclusive"]


def test_the_past_has_its_own(store: OxigraphStore) -> None:
    then = store.at(as_of=date(2026, 2, 2))
    assert agreement(then).conflicts() == ()
    assert len(agreement(store).conflicts()) == 2


def test_only_texts_that_have_to_be_told_apart_are_read(store: OxigraphStore, monkeypatch: pytest.MonkeyPatch) -> None:
    signed: list[str] = []

    def counting(text: str):  # type: ignore[no-untyped-def]
        signed.append(text)
        return sign(text)

    monkeypatch.setattr("graph.agreement.view.sign", counting)
    shared = relation("Arbor", "supplies", "Cindra")
    for outlet, text in (("Harbour Post", story(1)), ("Gull Daily", framed(story(1))), ("Early Bird", story(2))):
        store.put(article(f"News from {outlet}", ("Arbor sells to Cindra.", shared), (text,), outlet=outlet))
    (claim,) = store.claims(ClaimFilter(predicate="supplies"))
    assert [len(o.documents) for o in agreement(store).origins([claim])] == [1, 2]
    assert len(signed) == 3
    store.put(revenue("15", outlet="Late Edition"))
    assert len(agreement(store).origins([claim])) == 2
    assert len(signed) == 3
    for other in store.claims(ClaimFilter(predicate="revenue")):
        assert len(agreement(store).origins([other])) == 1
    assert len(signed) == 3


def test_the_command_line_shows_both_sides(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with open_store(tmp_path / "g", write=True) as made:
        for batch in differing():
            made.put(batch)
    assert run(["conflicts", "--about", "Arbor", "--predicate", "revenue", "--graph", str(tmp_path / "g")]) == 0
    out = capsys.readouterr().out
    assert "Arbor: revenue (2025) — figures differ" in out
    assert "$12 billion  actual                 Harbour Post, 2026-02-01" in out
    assert "$13 billion  actual  Tern Research  Gull Daily, 2026-02-03" in out
    assert "1 conflict." in out
    assert run(["conflicts", "--kind", "guidance", "--json", "--graph", str(tmp_path / "g")]) == 0
    (found,) = json.loads(capsys.readouterr().out)
    models.Conflict.model_validate(found)
    assert [side["standing"] for side in found["sides"]] == ["guidance", "actual", "actual"]
    assert run(["conflicts", "--kind", "figure", "--graph", str(tmp_path / "g")]) == 1
    assert "there are figures, estimates" in capsys.readouterr().err


def test_over_http(store: OxigraphStore) -> None:
    with client(store) as http:
        page = http.get("/v1/conflicts", params={"about": "arbor", "kind": ["figures"], "limit": 1}).json()
        assert (page["total"], page["limit"], page["offset"]) == (1, 1, 0)
        (found,) = page["items"]
        models.Conflict.model_validate(found)
        assert [side["object"]["low"] for side in found["sides"]] == [12000000000, 13000000000]
        assert [side["origins"][0]["name"] for side in found["sides"]] == ["harbour post", "tern research"]
        assert http.get("/v1/conflicts", params={"as_of": "2026-02-02"}).json()["total"] == 0
        assert http.get("/v1/conflicts", params={"kind": "wrong"}).status_code == 404
        listed = http.get("/v1/claims", params={"about": "arbor"}).json()["items"]
        assert {(c["sources"]["documents"], c["sources"]["independent"]) for c in listed} == {(1, 1)}


_TOLD = """Arbor books a strong year

By our staff, 3 February 2026

Arbor, the chip designer, {} It employs engineers in four countries and sells its processors to makers of servers.
The shares, which had drifted all winter, were little changed after the announcement on Tuesday morning.
"""


def test_articles_read_by_the_pipeline() -> None:
    store = OxigraphStore()
    for name, line in (
        ("one", "reported revenue of $12.1 billion for 2025."),
        ("two", "reported revenue of $12.6 billion for 2025."),
        ("three", "reported revenue of about $12 billion for 2025."),
    ):
        document = article(name, (_TOLD.format(line),), source=f"https://news.example/{name}").document
        store.put(pipeline().extract(document))
    (conflict,) = agreement(store).conflicts(ClaimFilter(predicate="revenue"))
    assert shown([conflict]) == [("figures", ["actual $12.1 billion", "actual $12.6 billion"])]
