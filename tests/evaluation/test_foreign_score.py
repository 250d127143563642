"""Row-set match, verdicts and figures on questions of foreign graphs."""

from __future__ import annotations

import pytest

from api.evaluation.foreign import sql
from api.evaluation.foreign.asked import REFUSED, Said
from api.evaluation.foreign.cells import cell, entity, gold_row, norm
from api.evaluation.foreign.engine import answers, said
from api.evaluation.foreign.result import GraphAnswers
from api.evaluation.foreign.rows import agree
from api.evaluation.foreign.score import Outcome, outcomes, precision_at
from tests.evaluation.harbours import Reply, Scripted, asked


def rows(*values: tuple[object, ...]) -> tuple[tuple[tuple[str, ...], ...], ...]:
    return tuple(tuple(cell(value) for value in row) for row in values)


def gold(*values: tuple[object, ...]) -> list[tuple[str | None, ...]]:
    return [gold_row(row) for row in values]


@pytest.mark.parametrize(
    ("value", "form"),
    [
        (12, "12"), ("12.0", "12"), ("1.2E1", "12"), (0.1 + 0.2, "0.3"), ("-0.0", "0"), (278357000, "278357000"),
        (278357001, "278357001"), ("1e999", "1E+999"), ("9" * 30, "1E+30"), ("007", "7"), (None, None),
        ("2020-02-01T00:00:00Z", "2020-02-01"), ("2020-02-01T10:00:00", "2020-02-01t10:00:00"),
        (True, "true"), ("“Gull”", "“gull”"), ('"Gull"', "gull"), (" Sand  gate ", "sand gate"),
    ],
)  # fmt: skip
def test_values_have_one_form(value: object, form: str | None) -> None:
    assert norm(value) == form


@pytest.mark.parametrize(
    ("wanted", "given", "distinct", "right", "strict"),
    [
        (gold(("Gull",), ("Heron",)), rows(("heron",), ("gull",)), False, True, True),
        (gold(("Gull",), ("Heron",)), rows(("gull",)), False, False, False),
        (gold(("Gull",)), rows(("gull",), ("heron",)), False, False, False),
        (gold((4,), (4,), (5,)), rows(("4",), ("5",)), False, True, False),
        (gold((4,), (4,), (5,)), rows(("4",), ("5",), ("4.0",)), False, True, True),
        (gold((4,), (4,), (4,), (5,)), rows(("4",), ("4",), ("5",)), False, False, False),
        (gold((4,), (5,)), rows((4,), (4,), (5,)), False, False, False),
        (gold((4,), (4,)), rows((4,)), True, False, False),
        (gold(("Gull", 12), ("Heron", 9)), rows((12, "Gull"), (9, "Heron")), False, True, True),
        (gold(("Gull", 12), ("Heron", 9)), rows((9, "Gull"), (12, "Heron")), False, False, False),
        (gold(("a", "b"), ("b", "c")), rows(("b", "a"), ("c", "b")), False, False, False),
        (gold(("Gull", 12)), rows(("Gull",)), False, False, False),
        (gold(("Gull",)), rows(("Gull", 12)), False, False, False),
        (gold(("Gull", None)), (((("gull",), ()),)), False, True, True),
        (gold(), rows(), False, True, True),
        (gold(), rows(("Gull",)), False, False, False),
        (gold(("Gull",)), rows(), False, False, False),
    ],
)  # fmt: skip
def test_rows_agree_with_gold(wanted, given, distinct, right, strict) -> None:  # type: ignore[no-untyped-def]
    found = agree(wanted, given, distinct=distinct)
    assert (found.right, found.strict) == (right, strict)


def test_entities_agree_by_label_local_name_or_key() -> None:
    boat = entity("http://harbours.test/boat/id=3", "Petrel")
    for wanted in ("petrel", "3", "http://harbours.test/boat/id=3"):
        assert agree([(wanted,)], [(boat,)], distinct=False).strict
    assert not agree([("4",)], [(boat,)], distinct=False).right


def test_everything_about_a_thing_may_be_said_by_what_tells_it_apart() -> None:
    table = gold((1, "Gull", "Norse"), (2, "Heron", "Frisian"), (3, "Petrel", "Frisian"))
    names = rows(("Petrel",), ("Gull",), ("Heron",))
    assert agree(table, names, distinct=False, everything=True).right
    assert not agree(table, names, distinct=False, everything=True).strict
    assert not agree(table, names, distinct=False).right
    assert not agree(table, rows(("Norse",), ("Frisian",), ("Frisian",)), distinct=False, everything=True).right
    assert agree(table, rows((1, "Norse"), (2, "Frisian"), (3, "Frisian")), distinct=False, everything=True).right


def test_many_equal_columns_cost_no_time() -> None:
    table = [("1",) * 14] * 3
    assert agree(table, [tuple(cell(1) for _ in range(14))] * 3, distinct=False).strict


def test_order_is_a_measure_of_its_own() -> None:
    wanted = gold(("Gull",), ("Heron",))
    assert agree(wanted, rows(("Gull",), ("Heron",)), distinct=False).ordered
    assert not agree(wanted, rows(("Heron",), ("Gull",)), distinct=False).ordered


@pytest.mark.parametrize(
    ("query", "kind", "distinct", "ordered"),
    [
        ("SELECT name FROM boat", "list", False, False),
        ("SELECT name FROM boat WHERE length > 9 ORDER BY name", "filter", False, True),
        ("SELECT DISTINCT flag FROM boat", "list", True, False),
        ("SELECT flag, count(*) FROM boat GROUP BY flag", "grouped", True, False),
        ("SELECT count(DISTINCT flag) FROM boat", "count", False, False),
        ("SELECT max(length), avg(length) FROM boat", "aggregate", False, False),
        ("SELECT name FROM boat ORDER BY length DESC LIMIT 1", "superlative", False, False),
        ("SELECT name FROM boat ORDER BY length DESC LIMIT 3", "superlative", False, True),
        ("SELECT name FROM boat WHERE length > (SELECT avg(length) FROM boat GROUP BY flag)", "nested", False, False),
        ("SELECT name FROM boat WHERE id NOT IN (SELECT boat FROM trip)", "set operation", False, False),
        ("SELECT a FROM t EXCEPT SELECT a FROM u", "set operation", True, False),
        ("SELECT b.name FROM boat AS b JOIN harbour AS h ON b.home = h.id", "join", False, False),
    ],
)
def test_a_query_says_how_to_compare(query: str, kind: str, distinct: bool, ordered: bool) -> None:
    assert (sql.kind(query), sql.distinct(query), sql.ordered(query)) == (kind, distinct, ordered)


def outcome(id: str, *, right: bool, confidence: float | None) -> Outcome:
    (found,) = outcomes([asked(id, "?", 1)], {id: Said("answered", rows((1 if right else 2,)), confidence)})
    return found


def test_verdicts_and_causes() -> None:
    questions = [asked(f"q{n}", "?", "a", "b") for n in range(6)]
    given = {
        "q0": Said("answered", rows(("b",), ("a",))),
        "q1": Said("answered", rows(("a",))),
        "q2": Said("answered", rows(("a", 1), ("b", 2))),
        "q3": Said("answered", rows(("a",), ("c",))),
        "q4": REFUSED,
        "q5": Said("ambiguous"),
    }
    found = outcomes(questions, given)
    assert [o.verdict for o in found] == ["right", "wrong", "wrong", "wrong", "no answer", "no answer"]
    causes = ["", "rows: 1 for 2", "columns: 2 for 1", "other values", "no answer", "a question back"]
    assert [o.cause for o in found] == causes


def test_precision_at_coverage_takes_the_surest_and_shares_ties() -> None:
    found = [
        outcome("a", right=True, confidence=0.9),
        outcome("b", right=True, confidence=0.5),
        outcome("c", right=False, confidence=0.5),
        outcome("d", right=False, confidence=0.1),
    ]
    assert [precision_at(found, c) for c in (0.25, 0.5, 0.75, 1.0)] == [1.0, 0.75, pytest.approx(2 / 3), 0.5]
    silent = outcomes([asked("e", "?", 1)], {"e": REFUSED})
    assert precision_at([*found, *silent], 1.0) is None
    assert precision_at([*found, outcome("f", right=True, confidence=None)], 0.5) is None


def test_a_result_counts_by_graph_and_kind_and_hides_what_is_held_out() -> None:
    hidden = outcomes([asked("t1/1", "?", 1, after=None)], {"t1/1": REFUSED})[0]
    secret = Outcome(asked=_of_graph(hidden, "orchestra"), said=hidden.said, agreement=hidden.agreement)
    result = GraphAnswers(
        "s", "x", (outcome("a", right=True, confidence=1), outcome("b", right=False, confidence=1), secret)
    )
    found = result.to_json()
    assert (found["accuracy"], found["wrong_answer_rate"], found["precision"]) == (1 / 3, 1 / 3, 0.5)
    assert found["by_graph"] == {"harbours": {"right": 1, "of": 2}, "orchestra": {"right": 0, "of": 1}}
    assert found["misses"] == {"b": "another value"}
    assert found["verdicts"] == {"no answer": 1, "right": 1, "wrong": 1}


def _of_graph(found: Outcome, graph: str):  # type: ignore[no-untyped-def]
    from dataclasses import replace

    return replace(found.asked, graph=graph)


def test_a_turn_is_asked_after_the_engines_own_answer_and_dialogues_are_counted() -> None:
    turns = [
        asked("d1/1", "Boats?", "Gull"),
        asked("d1/2", "How long?", 12, after="d1/1", turn=2),
        asked("d2/1", "Harbours?", "Westmole"),
    ]
    engine = Scripted({"Boats?": [["Heron"]], "How long?": [["12"]], "Harbours?": [["Westmole"]]})
    given = answers(engine, turns)
    assert engine.turns == [("Boats?", None), ("How long?", [["Heron"]]), ("Harbours?", None)]
    result = GraphAnswers("d", "x", outcomes(turns, given)).to_json()
    assert result["dialogues"] == {"right": 1, "of": 2}
    assert result["accuracy"] == pytest.approx(2 / 3)


class Broken:
    """An engine that raises on one question."""

    def ask(self, question: str, *, after: object = None) -> Reply:
        assert after is None
        if question == "Boats?":
            raise IndexError("no boats")
        return Reply([["1"]])


def test_an_engine_that_raises_is_measured_on_the_rest_and_makes_the_run_fail() -> None:
    questions = [asked("a", "Boats?", 1), asked("b", "Boats?", 1), asked("c", "Harbours?", 1, after="a")]
    result = GraphAnswers("s", "x", outcomes(questions, answers(Broken(), questions)))
    assert [o.verdict for o in result.outcomes] == ["no answer", "no answer", "right"]
    (problem,) = result.problems
    assert problem.startswith("s: IndexError in test_foreign_score.py, line ")
    assert problem.endswith(", such as on a")
    assert result.to_json()["misses"]["b"].startswith("IndexError in")


def test_answers_of_the_contract_are_read() -> None:
    node = {"iri": "http://harbours.test/boat/id=1", "label": "Gull"}
    given = said({"status": "partial", "values": [[node, None]], "interpretation": "boats", "confidence": 0.5})
    assert (given.status, given.confidence, given.understood) == ("answered", 0.5, "boats")
    assert (given.rows[0][0][0], given.rows[0][1]) == ("gull", ())
    assert said({"status": "ambiguous", "values": []}).status == "ambiguous"
    assert said({"status": "unknown", "values": []}) == REFUSED
