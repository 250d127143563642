"""Single news items: what may be left out of a row, and that both writers' items are measured in total only."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path

import pytest

from api.evaluation.gold import read_entities, read_items
from graph.errors import SettingsError
from graph.vocabulary import vocabulary

GOLD = Path(str(files("api.evaluation"))) / "gold"
ROW = {
    "s": "Northfield",
    "s_type": "Company",
    "p": "supplies",
    "o": {"label": "Vale", "type": "Company"},
    "modality": "possible",
}


def test_what_is_as_usual_may_be_left_out(tmp_path: Path):
    path = tmp_path / "items.jsonl"
    path.write_text(json.dumps({"id": "a1", "text": "Northfield may supply Vale.", "claims": [ROW]}) + "\n")
    (item,) = read_items(path)
    (claim,) = item.claims
    assert (item.id, claim.describe(), claim.modality) == ("a1", "Northfield supplies Vale", "possible")
    assert (claim.core, claim.polarity, claim.basis) == (True, True, None)
    assert (claim.period, claim.scope, claim.attributed_to) == (None, None, None)


def test_what_must_be_there_is_missed_with_the_item(tmp_path: Path):
    path = tmp_path / "items.jsonl"
    path.write_text(json.dumps({"id": "a1", "text": "…", "claims": [{k: v for k, v in ROW.items() if k != "p"}]}))
    with pytest.raises(SettingsError, match=r"items\.jsonl: a1: gold row without 'p'; add the field"):
        read_items(path)


@pytest.mark.parametrize(("name", "least"), [("news_items", 400), ("news_items_held_out", 300)])
def test_shipped_items_use_the_vocabulary_and_known_names(name: str, least: int):
    items = read_items(GOLD / f"{name}.jsonl")
    known = {n for e in read_entities(GOLD / f"{name}_entities.json") for n in (e.label, *e.aliases)}
    predicates = {*vocabulary().relations, *vocabulary().metrics}
    assert len({item.id for item in items}) == len(items) >= least
    rows = [row for item in items for row in item.claims]
    assert {row.predicate for row in rows} <= predicates
    assert {label for row in rows for label, _ in row.names} - known == set()
    assert sum(not item.claims for item in items) > 40  # items that say nothing of the kind, however tempting
