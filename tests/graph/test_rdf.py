from collections import Counter
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings

from graph.errors import StoreError, UnknownError
from graph.model import DocumentClaims, Entity, EntityRef, Evidence
from graph.namespaces import DATA, OA, TG, id_of, iri, name_of, term
from graph.rdf import decode, encode
from graph.rdf.merge import merge_claims, merge_entities
from tests.graph import samples
from tests.graph.strategies import batches, words


def canonical(batch: DocumentClaims) -> DocumentClaims:
    return replace(
        batch,
        claims=tuple(sorted(batch.claims, key=lambda c: c.id)),
        entities=tuple(sorted(batch.entities, key=lambda e: e.id)),
    )


@pytest.mark.parametrize("batch", samples.sample_batches(), ids=lambda b: b.document.title)
def test_samples_come_back(batch: DocumentClaims) -> None:
    assert decode(encode(batch)) == canonical(batch)


@settings(max_examples=150, deadline=None)
@given(batches())
def test_everything_comes_back(batch: DocumentClaims) -> None:
    assert decode(encode(batch)) == batch


@settings(max_examples=25, deadline=None)
@given(batches())
def test_the_order_of_claims_makes_no_difference_to_the_graph(batch: DocumentClaims) -> None:
    turned = replace(batch, claims=batch.claims[::-1], entities=batch.entities[::-1])
    assert set(encode(turned)) == set(encode(batch))


def test_no_blank_nodes_and_one_graph() -> None:
    quads = encode(samples.chips_article())
    assert {type(q.subject).__name__ for q in quads} == {"NamedNode"}
    assert {type(q.object).__name__ for q in quads} == {"NamedNode", "Literal"}
    assert {q.graph_name.value for q in quads} == {iri(samples.chips_article().document.id)}
    assert len(quads) == len(set(quads))


def test_only_affirmed_relations_leave_a_plain_triple() -> None:
    quads = encode(samples.chips_article())
    edges = {
        (id_of(q.subject.value), name_of(q.predicate.value), id_of(q.object.value))
        for q in quads
        if q.subject.value.startswith(DATA + "entity/") and q.predicate.value.startswith(TG)
    }
    assert edges == {
        ("e:nvidia", "supplies", "e:bytedance"),
        ("e:doubao", "uses", "e:h20"),
        ("e:tsmc", "manufactures", "e:seedchip"),
        ("e:平头哥", "competesWith", "e:bytedance"),
    }


def test_amounts_are_exact_decimals() -> None:
    quads = encode(samples.chips_article())
    lows = {
        (q.object.value, q.object.datatype.value.rsplit("#")[-1]) for q in quads if q.predicate.value == term("low")
    }
    assert lows == {("160000000000", "decimal"), ("22000000000", "decimal")}


def test_claims_of_one_sentence_share_its_node() -> None:
    counts = Counter(q.predicate.value for q in encode(samples.chips_article()))
    assert counts[OA + "exact"] == 4
    assert counts[term("subject")] == 7


def test_a_batch_that_holds_a_claim_twice_is_merged() -> None:
    batch = samples.chips_article()
    first = batch.claims[0]
    again = replace(first, confidence=Decimal("0.99"), evidence=(Evidence(batch.document.id, 0, 8, "ByteDance"[:8]),))
    (read,) = (c for c in decode(encode(replace(batch, claims=(*batch.claims, again)))).claims if c.id == first.id)
    assert read.confidence == Decimal("0.99")
    assert [e.start for e in read.evidence] == [0, first.evidence[0].start]


def test_another_label_in_a_claim_becomes_an_alias() -> None:
    batch = samples.chips_article()
    claim = replace(batch.claims[0], subject=EntityRef("e:nvidia", "the GPU giant", "Company"))
    (nvidia,) = (e for e in decode(encode(replace(batch, claims=(claim,)))).entities if e.id == "e:nvidia")
    assert nvidia.label == "Nvidia"
    assert nvidia.aliases == ("NVDA", "NVIDIA Corporation", "the GPU giant")


@pytest.mark.parametrize("evidence", [(), (Evidence("d:other", 0, 1, "x"),)])
def test_a_claim_must_cite_its_own_document(evidence: tuple[Evidence, ...]) -> None:
    batch = samples.chips_article()
    with pytest.raises(StoreError, match="must cite its own document"):
        encode(replace(batch, claims=(replace(batch.claims[0], evidence=evidence),)))


@given(words)
def test_ids_and_iris_are_reversible(name: str) -> None:
    assert id_of(iri("e:" + name)) == "e:" + name
    assert iri("e:" + name).isascii()
    assert name_of(term(name)) == name


@pytest.mark.parametrize("id", ["", "nvidia", "e:", "x:nvidia"])
def test_no_id(id: str) -> None:
    with pytest.raises(UnknownError, match="is no id"):
        iri(id)


def test_merged_claims_keep_the_wording_of_the_surest() -> None:
    sure = samples.chips_article().claims[0]
    other = samples.margins_article().claims[-1]
    assert sure.id == other.id
    merged = merge_claims([other, sure])
    assert merged.confidence == Decimal("0.93")
    assert merged.evidence == other.evidence + sure.evidence
    assert merge_claims([merged, other, sure]) == merged


def test_merged_entities_take_the_commonest_label() -> None:
    same = [
        Entity("e:hynix", "SK hynix", "Company", ("Hynix",)),
        Entity("e:hynix", "Hynix", "Product", (), (("ticker", "000660"),)),
        Entity("e:hynix", "SK hynix", "Company", ("SK海力士",)),
    ]
    assert merge_entities(same) == Entity(
        "e:hynix", "SK hynix", "Company", ("Hynix", "SK海力士"), (("ticker", "000660"),)
    )
