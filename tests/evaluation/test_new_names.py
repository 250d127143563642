"""The catalogue without what a text names, and how names come out that are not in it."""

from datetime import UTC, datetime
from pathlib import Path

from api.evaluation.bench import Bench
from api.evaluation.masked import without_named
from api.evaluation.new_names import Name, _compare, measure
from api.evaluation.places import Gold, Place
from graph.catalogue import catalogue
from graph.settings import Settings

ROW = (
    '{"s": "Micron", "s_type": "Company", "p": "supplies", "o": {"label": "Nvidia", "type": "Company"}, "basis": null, '
    '"period": null, "scope": null, "modality": "asserted", "polarity": true, "attributed_to": null, "sentence": 0, '
    '"anchor": "Micron Nvidia", "core": true}\n'
)


def _name(start: int, end: int, kind: str) -> Name:
    return Name(start, end, "", frozenset({kind}))


def test_what_a_text_names_is_taken_out_and_nothing_else() -> None:
    whole = catalogue()
    left = without_named(whole, "Micron sells DRAM to Nvidia in Texas, made with CoWoS.")
    assert left.by_label("Micron") is None
    assert left.by_label("Nvidia") is None
    assert {label for label in ("DRAM", "Texas", "CoWoS", "Intel") if left.by_label(label)} == {
        "DRAM",
        "Texas",
        "CoWoS",
        "Intel",
    }
    maker = left.by_label("B100")
    assert maker is not None
    assert maker.maker is None


def test_a_shorter_name_of_another_entry_goes_too() -> None:
    assert without_named(catalogue(), "Samsung Electronics fell.").lookup("Samsung") == ()


def test_spans_and_types_are_counted_apart() -> None:
    wanted = [_name(0, 6, "Company"), _name(10, 16, "Chip")]
    said = [_name(0, 6, "Person"), _name(10, 16, "Chip"), _name(20, 25, "Company"), _name(30, 35, "Company")]
    page = _compare(wanted, said, others=[_name(30, 35, "Company")])
    assert (page.spans.precision, page.spans.recall) == (2 / 3, 1.0)
    assert (page.typed.precision, page.typed.recall) == (1 / 3, 0.5)


def test_an_article_is_read_without_its_names(tmp_path: Path) -> None:
    (tmp_path / "a1-memory.txt").write_text("Micron sells memory to Nvidia.\n", encoding="utf-8")
    (tmp_path / "a1-memory.jsonl").write_text(ROW, encoding="utf-8")
    (tmp_path / "entities.json").write_text("[]", encoding="utf-8")
    place = Place("toy", tmp_path, Gold(tmp_path, tmp_path / "entities.json", tmp_path / "none"))
    told: list[str] = []
    bench = Bench(place, settings=Settings(), now=datetime(2026, 11, 25, tzinfo=UTC), progress=told.append)
    ours, spacy = measure(bench)
    assert {f.name: f.value for f in ours.figures} == {
        "span P": 1.0,
        "span R": 1.0,
        "span F1": 1.0,
        "span and type P": 1.0,
        "span and type R": 1.0,
        "span and type F1": 1.0,
        "entities F1, masked": 1.0,
        "relations F1, masked": 1.0,
        "metrics strict F1, masked": None,
    }
    assert ours.misses == ()
    assert (spacy.suite, spacy.system) == ("new-names, toy", "spaCy's labels")
    assert told == ["reading a1-memory with its names masked"]
