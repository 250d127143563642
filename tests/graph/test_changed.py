"""Which documents the writes after a version were about."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.judgements.model import Proposal
from graph.store.oxigraph import OxigraphStore
from tests.graph.conftest import Fresh
from tests.graph.samples import chips_article, many_batches, margins_article

CHIPS, MARGINS = chips_article(), margins_article()


def test_each_kind_of_write_names_its_document(fresh: Fresh) -> None:
    store = fresh()
    store.put(CHIPS)
    assert store.changed(0) == {CHIPS.document.id}
    store.put(MARGINS)
    before = store.version()
    assert store.changed(before) == frozenset()
    store.put(CHIPS)
    assert store.changed(before) == {CHIPS.document.id}
    store.remove(MARGINS.document.id)
    assert store.changed(before) == {CHIPS.document.id, MARGINS.document.id}
    assert store.changed(store.version() - 1) == {MARGINS.document.id}


def test_a_judgement_names_the_documents_that_it_bears_on(fresh: Fresh) -> None:
    store = fresh()
    store.put(CHIPS)
    store.put(MARGINS)
    before = store.version()
    judged = store.judge(Proposal("unreliable", MARGINS.document.id, by="Mette", why="no source"))
    assert store.changed(before) == {MARGINS.document.id}
    before = store.version()
    store.revoke(judged.id, by="Mette", why="it has one")
    assert store.changed(before) == {MARGINS.document.id}


def test_what_is_forgotten_and_what_is_to_come_cannot_be_told(fresh: Fresh) -> None:
    store = fresh()
    store.put(CHIPS)
    before = store.version()
    store.remove(CHIPS.document.id, forget=True)
    assert store.changed(before) is None
    assert store.changed(store.version() + 1) is None
    assert store.at(known_at=CHIPS.document.ingested).changed(0) is None


@pytest.mark.parametrize("since", [0, 254, 255, 256, 511])
def test_every_write_of_a_bulk_load_is_told_of(tmp_path: Path, since: int) -> None:
    batches = list(many_batches(520, per_document=1))
    with OxigraphStore(tmp_path / "graph") as store:
        store.put_many(batches)
        assert store.changed(since) == {batch.document.id for batch in batches[since:]}
