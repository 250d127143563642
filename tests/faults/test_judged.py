"""doctor, repair and backup on a graph with judgements and a history: nothing of them is taken for damage, or lost."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from graph.judgements import Proposal
from graph.store import open_store
from graph.store.doctor import examine, repair
from tests.faults.test_damage import drop_current, flip
from tests.graph import samples

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)


@pytest.fixture
def judged(graph: Path) -> Path:
    """The made graph with a claim rejected, two entities merged, a document replaced and one retracted."""
    with open_store(graph, write=True) as store:
        claim = next(iter(store.claims()))
        store.judge(Proposal("reject", claim.id, "ann", "it is a joke"))
        store.judge(Proposal("merge", "e:cambricon", "ann", "one firm", {"into": "e:nvidia"}))
        store.put(samples.article("Late 0", ("Maker 9 sells.", samples.relation("Maker 9", "supplies", "Zed"))))
        store.remove(store.documents()[-2].id)
    return graph


def test_a_judged_graph_is_sound(judged: Path) -> None:
    assert [finding for finding in examine(judged) if not finding.ok] == []


@pytest.mark.parametrize("damage", [drop_current, flip])
def test_a_repair_keeps_judgements_and_history(judged: Path, damage: object) -> None:
    with open_store(judged) as store:
        before = {str(quad) for quad in store.quads()}
        judgements = store.judgements()
        known = list(store.at(known_at=datetime(2026, 3, 2, 12, tzinfo=UTC)).claims())
    assert len(judgements) == 2
    damage(judged)  # type: ignore[operator]
    report = repair(judged, examine(judged), now=NOW)
    assert (report.lost, report.kept) == ([], 24)
    with open_store(judged) as store:
        assert {str(quad) for quad in store.quads()} == before
        assert store.judgements() == judgements
        assert list(store.at(known_at=datetime(2026, 3, 2, 12, tzinfo=UTC)).claims()) == known
