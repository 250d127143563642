"""CORE: rows as text, what is read of a marked pair, and the score; on made-up rows."""

from pathlib import Path

import pytest

from api.evaluation.public.core import figures, misses, nearest_keyword, ours, svo
from api.evaluation.public.core_rows import HELD_OUT, Label, Row, read_core, running_text
from graph.errors import SettingsError, SourceError
from graph.vocabulary import vocabulary
from ingest.relations.frames import frames_beside
from tests.ingest.reading import document, pipeline
from tests.shared import SHARED, needs_shared


def row(text: str, relation: str = "undefined", *, turned: bool = False) -> Row:
    """A row whose pair stands in brackets: [the first] and <the second>."""
    spans = []
    plain = text
    for left, right in ("[]", "<>"):
        bare = text.translate(str.maketrans("", "", "[]<>".replace(left, "").replace(right, "")))
        spans.append((bare.index(left), bare.index(right) - 1))
        plain = plain.replace(left, "").replace(right, "")
    return Row("E1", plain, spans[0], spans[1], (relation, turned))


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("[Brackwell] acquired <Tessaly Devices> in 2019.", ("acquired_by", True)),
        ("<Brackwell> acquired [Tessaly Devices] in 2019.", ("acquired_by", False)),
        ("[It] is a subsidiary of <Brackwell Group>.", ("subsidiary_of", False)),
        ("[The company] competes with <Tessaly>.", ("competitor_of", False)),
        ("[Brackwell] supplies valves to <Tessaly>.", ("client_of", True)),
        ("[Brackwell] denied that it had acquired <Tessaly>.", ("undefined", False)),
        ("[Brackwell] and <Tessaly> both fell on Monday.", ("undefined", False)),
    ],
)
def test_the_rules_label_a_marked_pair_with_its_direction(text: str, label: Label) -> None:
    assert ours(pipeline(), row(text)) == label


def test_the_baselines_label_a_pair() -> None:
    bought = row("[Microsoft] bought <Nokia> in 2013.")
    assert nearest_keyword(bought) == ("acquired_by", True)
    assert nearest_keyword(row("<Nokia> was acquired by [Microsoft].")) == ("acquired_by", True)
    assert svo(row("[Microsoft] acquired <Nokia> in 2013.")) == ("acquired_by", True)
    assert svo(row("[It] acquired <Nokia> in 2013.")) == ("undefined", False)


def test_the_score_counts_direction_and_leaves_undefined_out() -> None:
    rows = [
        row("[A] x <B>.", "acquired_by", turned=True),
        row("[A] x <B>.", "subsidiary_of"),
        row("[A] x <B>.", "competitor_of", turned=True),
        row("[A] x <B>."),
    ]
    said: list[Label] = [
        ("acquired_by", False),
        ("subsidiary_of", False),
        ("competitor_of", False),
        ("client_of", True),
    ]
    found = {f.name: (f.value, f.n) for f in figures(rows, said)}
    assert found["directed P"] == (2 / 4, 3)
    assert found["directed R"] == (2 / 3, 3)
    assert found["acquired_by F1"] == (0.0, 1)
    assert list(misses(rows, said)) == [
        "E1: acquired_by (second → first), said acquired_by",
        "E1: undefined, said client_of (second → first)",
    ]


def test_tokens_become_running_text_with_their_characters() -> None:
    text, where = running_text(["``", "Acme", "'s", "valve", "''", ",", "it", "said", "."])
    assert text == '"Acme\'s valve", it said.'
    assert [text[a:b] for a, b in where] == ['"', "Acme", "'s", "valve", '"', ",", "it", "said", "."]


def test_a_missing_or_malformed_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"train\.jsonl"):
        read_core(tmp_path)
    (tmp_path / "train.jsonl").write_text("no json\n", encoding="utf-8")
    with pytest.raises(SettingsError, match=r"train\.jsonl:1"):
        read_core(tmp_path)


@needs_shared
@pytest.mark.shared
def test_the_split_holds_out_five_hundred_rows_and_shares_no_text() -> None:
    assert SHARED is not None
    held, work = read_core(SHARED / "data" / "core")
    assert (len(held), len(work)) == (HELD_OUT, 3500)
    assert not {r.text for r in held} & {r.text for r in work}


def test_frames_for_listing_and_merger_are_told_apart_from_the_default_ones() -> None:
    known = frames_beside("api.evaluation.public", "frames.yaml")
    for frame in (f for f in known.all if f.predicate not in vocabulary().relations):
        for text, pair in frame.examples:
            read = pipeline().read(document(text), [])
            found = {(f.subject.label, f.predicate, f.object.label) for _, f in pipeline().relations(read, known)}
            subject, target = pair.split(" | ")
            assert (subject, frame.predicate, target) in found, text
    listed = row("[The company] is listed on the <Brackwell Stock Exchange>.")
    assert ours(pipeline(), listed) == ("undefined", False)
    assert ours(pipeline(), listed, known) == ("traded_on", False)
