"""Questions that have no answer: how they are made, and how refusals are counted."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest

from api.evaluation.foreign.abstention import Trial, judged
from api.evaluation.foreign.alter import FACT, NAME, PROPERTY, Alterer, picked
from api.evaluation.foreign.asked import Asked, Said
from api.evaluation.foreign.baselines import KEYWORDS, PATHS
from api.evaluation.foreign.cells import cell
from api.evaluation.foreign.elsewhere import ELSEWHERE, asked_elsewhere
from api.evaluation.foreign.facts import read_facts
from api.evaluation.foreign.gold_query import GoldQuery
from api.evaluation.foreign.measure import OURS, PASSAGES, refusals
from api.evaluation.foreign.score import outcomes
from tests.evaluation.harbours import (
    ALL_NAMES,
    COUNT_FRISIAN,
    LENGTH_OF_GULL,
    QUESTIONS,
    Scripted,
    asked,
    harbours,
    mills,
    sparql,
)

NEST = sparql(r"?b :boat\#name ?v . filter not exists { select ?b where { ?b :boat\#flag 'Norse' } }")


def test_a_gold_query_names_its_terms_and_constants() -> None:
    query = GoldQuery(LENGTH_OF_GULL)
    names = {"boat", "boat#name", "boat#length"}
    assert query.terms == {f"http://harbours.test/{name}" for name in names}
    assert query.classes == {"http://harbours.test/boat"}
    assert query.constants == ("Gull",)
    assert not query.hard
    assert GoldQuery(COUNT_FRISIAN).hard
    assert GoldQuery(NEST).nested
    assert GoldQuery(sparql(r"?b :x ?v FILTER(?v = 'Land\'s End')")).constants == ("Land's End",)


def store_of(path: Path, format: ox.RdfFormat = ox.RdfFormat.N_TRIPLES) -> ox.Store:
    store = ox.Store()
    store.load(path=path.as_posix(), format=format)
    return store


def test_the_facts_of_an_answer_and_whether_it_is_empty(tmp_path: Path) -> None:
    store = store_of(harbours(tmp_path).graphs["harbours"][0], ox.RdfFormat.TURTLE)
    (fact,) = GoldQuery(LENGTH_OF_GULL).facts(store)
    assert (fact.predicate.value, fact.object.value) == ("http://harbours.test/boat#length", "12")
    assert GoldQuery(COUNT_FRISIAN).facts(store) == frozenset()
    assert not GoldQuery(COUNT_FRISIAN).empty(store)
    assert GoldQuery(COUNT_FRISIAN.replace("Frisian", "Danish")).empty(store)
    assert GoldQuery(LENGTH_OF_GULL.replace("Gull", "Swan")).empty(store)


def altered(folder: Path, kind: str, questions: tuple[Asked, ...] = QUESTIONS) -> list[tuple[list[str], ox.Store]]:
    out = folder / "altered"
    out.mkdir()
    paths = harbours(folder).graphs["harbours"]
    found = list(Alterer("harbours", paths, out, most=2).altered(questions))
    return [([q.text for q in a.asked], store_of(a.file)) for a in found if a.asked[0].kind == kind]


def holds(store: ox.Store, pattern: str) -> bool:
    return bool(store.query(f"PREFIX : <http://harbours.test/> ASK {{ {pattern} }}"))


def test_a_property_is_deleted_with_its_declaration(tmp_path: Path) -> None:
    ((texts, store),) = altered(
        tmp_path, PROPERTY, (asked("p", "How long?", 12, sparql=sparql(r"?b :boat\#length ?v")),)
    )
    assert texts == ["How long?"]
    assert not holds(store, r":boat\#length ?p ?o")
    assert not holds(store, r"?s :boat\#length ?o")
    assert holds(store, r"?s :boat\#name 'Gull'")


def test_each_copy_lacks_another_property(tmp_path: Path) -> None:
    copies = altered(tmp_path, PROPERTY)
    assert len(copies) == 2
    lacking = [{p for p in ("name", "length", "flag") if not holds(s, rf"?b :boat\#{p} ?v")} for _, s in copies]
    assert [len(names) for names in lacking] == [1, 1]
    assert lacking[0] != lacking[1]


def test_a_name_goes_with_the_thing_that_alone_has_it(tmp_path: Path) -> None:
    ((texts, store),) = altered(tmp_path, NAME)
    assert sorted(texts) == ["How many boats are Frisian?", "What is the length of Gull?"]
    assert not holds(store, "<http://harbours.test/boat/id=1> ?p ?o")
    assert not holds(store, r"?b :boat\#flag 'Frisian'")
    assert holds(store, r"<http://harbours.test/boat/id=2> :boat\#name 'Heron'")


def test_a_fact_is_deleted_alone(tmp_path: Path) -> None:
    ((texts, store),) = altered(tmp_path, FACT)
    assert texts == ["What is the length of Gull?"]
    assert not holds(store, r"<http://harbours.test/boat/id=1> :boat\#length ?v")
    assert holds(store, r"<http://harbours.test/boat/id=1> :boat\#name 'Gull' ; :boat\#flag 'Norse'")
    assert holds(store, r"<http://harbours.test/boat/id=2> :boat\#length 9")


def test_questions_are_picked_by_hash_and_where_something_is_left_not_at_all(tmp_path: Path) -> None:
    assert [q.id for q in picked(QUESTIONS)] == [q.id for q in picked(reversed(QUESTIONS))]
    either = sparql(r"{ ?b :boat\#name ?v } UNION { ?b :boat\#flag ?v }")
    assert altered(tmp_path, PROPERTY, (asked("u", "Names or flags?", "Gull", sparql=either),)) == []


def test_a_question_without_an_answer_before_is_not_asked(tmp_path: Path) -> None:
    danish = asked("d", "How many are Danish?", 0, sparql=COUNT_FRISIAN.replace("Frisian", "Danish"))
    assert altered(tmp_path, PROPERTY, (danish,)) == []


def test_a_name_in_another_case_is_the_same_name(tmp_path: Path) -> None:
    gull = asked("g", "How long is the gull?", 12, sparql=LENGTH_OF_GULL, mentions=(" GULL",))
    ((_, store),) = altered(tmp_path, NAME, (gull,))
    assert not holds(store, "<http://harbours.test/boat/id=1> ?p ?o")


def test_questions_are_asked_where_nothing_goes_by_their_words(tmp_path: Path) -> None:
    graphs = {"harbours": read_facts(harbours(tmp_path).graphs["harbours"]), "mills": read_facts([mills(tmp_path)])}
    found = list(asked_elsewhere({"harbours": QUESTIONS}, graphs, most=2))
    assert [(graph, q.kind) for graph, q in found] == [("mills", ELSEWHERE)] * 2
    mill = asked("m", "How many mills?", 2, sparql=ALL_NAMES.replace(":boat ", ":mill "))
    assert list(asked_elsewhere({"harbours": [mill]}, graphs, most=2)) == []
    town = asked("t", "Who is in Lindenau?", 1, sparql=LENGTH_OF_GULL.replace("Gull", "Lindenau"))
    assert list(asked_elsewhere({"harbours": [town]}, graphs, most=2)) == []


def test_refusals_are_counted_and_what_is_left_of_a_graph_may_answer() -> None:
    def trial(id: str, *rows: object, kind: str = NAME, status: str = "answered") -> Trial:
        said = Said(status, tuple((cell(row),) for row in rows), 0.4)  # type: ignore[arg-type]
        return Trial(replace(asked(id, "?", 12), kind=kind), said)

    trials = [
        trial("a", status="refused"),
        trial("b", status="ambiguous"),
        trial("c"),
        trial("d", 0),
        trial("e", 15, kind=FACT),
        trial("f", 12, kind=FACT),
    ]
    whole = [asked(f"w{n}", "?", 12) for n in range(10)]
    said = {q.id: Said("answered", ((cell(12),),), 0.3 + n / 10) for n, q in enumerate(whole)}
    said["w9"] = Said("refused")
    found = judged("x", trials, outcomes(whole, said))
    assert (found.known, found.kinds) == (1, {FACT: 1, NAME: 4})
    assert [found.count(v) for v in ("refused", "said none", "false answer")] == [2, 2, 1]
    assert found.count("false answer", FACT) == 1
    assert (found.refused, found.lost) == (0.4, 0.1)
    assert [t.asked.id for t in found.misses] == ["e"]
    assert found.nothing_false == pytest.approx(0.8)
    assert found.nothing_false_at_loss == pytest.approx(0.8)
    surer = judged("x", trials, outcomes(whole, {k: replace(v, confidence=9) for k, v in said.items()}))
    assert surer.nothing_false_at_loss == 1.0


def test_all_systems_are_tried_on_graphs_without_an_answer(tmp_path: Path) -> None:
    sources: list[tuple[str, ...]] = []

    def engine(files):  # type: ignore[no-untyped-def]
        sources.append(tuple(files))
        return Scripted({"What is the length of Gull?": [["12"]]} if len(sources) == 1 else {})

    found = {a.system: a for a in refusals([harbours(tmp_path)], lambda _: None, engine)}
    assert list(found) == [OURS, KEYWORDS, PATHS, PASSAGES]
    assert sources[-1] == ((tmp_path / "harbours.ttl").as_posix(),)
    assert all(source[0].endswith(".nt") for source in sources[:-1])
    assert not any(Path(source[0]).exists() for source in sources[:-1])
    ours, keywords = found[OURS], found[KEYWORDS]
    assert ours.count("refused") == len(ours.trials)
    assert len(ours.intact) == len({t.asked.id.partition(",")[0] for t in keywords.trials})
    assert keywords.count("refused") < len(keywords.trials)
