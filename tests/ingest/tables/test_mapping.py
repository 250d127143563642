"""Mappings that are wrong: one line with the file, the line, the key, and the nearest right one."""

from __future__ import annotations

from textwrap import dedent

import pytest

from graph.errors import SettingsError
from ingest.tables.mapping import read_mapping
from ingest.tables.taking import mapping_named, shipped
from tests.ingest.tables.made import SHARES

GOOD = dedent(SHARES).strip()

WRONG = [
    ("publisher:", "publsher:", "line 1: source.publsher: there is no key “publsher” here; did you mean “publisher”"),
    ("Shares,", ",", "m.yaml, line 1: source.title: nothing is given; write a text or leave the key out"),
    ("title: Shares, ", "", "m.yaml, line 1: source: “title” is missing"),
    ("2026-02-01", "last year", "source.published: “last year” is no day; write 2024-03-31"),
    ("marketShare", "marketshare", "predicate: there is no predicate “marketshare”; did you mean “marketShare”"),
    ("Company", "Compny", "line 3: claims[1].subject.type: there is no type “Compny”; did you mean “Company”?"),
    ("name: firm, ", "", "line 3: claims[1].subject: “name” is missing"),
    ("unit: percent", "unit: USD", "line 5: claims[1].amount.unit: “USD” is no unit of marketShare; known: percent"),
    ("unit: percent, ", "", "line 5: claims[1].amount: “unit” is missing"),
    ("column: share", "column: [[share]]", "claims[1].amount.column: a text or a list of texts is expected"),
    ("scope: item", "scope: {column: item, pattern: '('}", "line 6: claims[1].scope.pattern: no regular expression"),
    ("scope: item", "scope: {column: item, pattern: 'x'}", "exactly one group (…) is expected"),
    ("scope: item", "scope: {}", "either “column” or “is” (a constant) is expected"),
    ("scope: item", "scope: {column: a, split: ','}", "only names of parties may be split"),
    ("scope: item", "basis: shared", "claims[1].basis: “shared” is not known; did you mean “share”?"),
    ("scope: item", "confidence: 2", "claims[1].confidence: a number above 0 and up to 1 is expected"),
    ("scope: item", "modality: reportd", "claims[1].modality: “reportd” is not known; did you mean “reported”?"),
    ("scope: item", "where: {item: {nott: x}}", "where.item.nott: there is no key “nott” here; did you mean “not”?"),
    ("scope: item", "period: {column: y, over: decade}", "period.over: “decade” is not known"),
    ("{item: item}", "{itm: item}", "claims[1].qualifiers.itm: there is no key “itm” here; did you mean “item”?"),
    ("{item: item}", "{amount: {column: a, unit: percent}}", "a stake is in percent, an amount in a currency"),
    ("subject: {", "subject: firms #", "claims[1].subject: there is no “firms” under parties"),
    ("claims:", "claims:\n  []\nother:", "there is no key “other” here; known: source, read, join, parties, claims"),
    ("source: {", "source: &x {", None),
    ("scope: item", "scope: item\n    scope: item", "line 7: a key must be a word, and “scope” stands twice"),
    ("claims:", "read: {delimiter: ';;'}\nclaims:", "line 2: read.delimiter: one character, or tab, is expected"),
    ("claims:", "read: {encoding: utf-9}\nclaims:", "read.encoding: there is no encoding “utf-9”"),
    ("claims:", "read: {skip: two}\nclaims:", "read.skip: a whole number is expected, not “two”"),
    ("claims:", "join: {a: {file: ../x.csv, key: k, on: o}}\nclaims:", "join.a.file: a file in the folder of"),
    ("type: Company", "type: Company, ids: {a=b: x}", "subject.ids.a=b: the name of a scheme is letters"),
    ("claims:", "join: {a: {file: x.csv, key: k}}\nclaims:", "join.a: “on” is missing"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "words"), WRONG)
def test_a_fault_is_named_with_its_line(old: str, new: str, words: str | None) -> None:
    assert old in GOOD
    text = GOOD.replace(old, new, 1)
    if words is None:
        assert read_mapping(text, name="m.yaml").origin.title == "Shares"
        return
    with pytest.raises(SettingsError) as caught:
        read_mapping(text, name="m.yaml")
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "m.yaml: no mapping: “source” and “claims” are expected"),
        ("just words", "m.yaml: no mapping"),
        ("a: [b", "m.yaml, line 1: no YAML"),
        ("a: \x00", "m.yaml: no YAML"),
        ("a: &x [1]\nb: *x", "m.yaml, line 2: no YAML (aliases (*) are not read; write it out)"),
        ("claims: []", "“source” is missing"),
        ("source: {title: T}", "“claims” is missing or empty"),
        ("source: {title: T}\nclaims: 5", "m.yaml, line 2: claims: a list is expected, each item with its keys"),
        ("source: 5", "m.yaml, line 1: source: keys and values are expected, not “5”"),
        ("[" * 5000, "no YAML"),
        ("x" * 300_000, "longer than 200,000 characters"),
    ],
)
def test_what_is_no_mapping_at_all(text: str, words: str) -> None:
    with pytest.raises(SettingsError) as caught:
        read_mapping(text, name="m.yaml")
    assert words in str(caught.value)


RELATION = """
source: {title: T}
claims:
  - {subject: {name: a, type: %s}, predicate: %s, object: {name: b, type: %s}%s}
"""


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        (("Chip", "supplies", "Company", ""), "Chip cannot be the subject of supplies"),
        (("Company", "supplies", "Chip", ""), "Chip cannot be the object of supplies"),
        (("Company", "supplies", "Company", ", amount: {column: c, unit: USD}"), "is a relation: give an “object”"),
        (("Company", "revenue", "Company", ""), "a metric is claimed: give its “amount” and no “object”"),
    ],
)
def test_templates_are_held_to_the_vocabulary(parts: tuple[str, ...], words: str) -> None:
    with pytest.raises(SettingsError) as caught:
        read_mapping(RELATION % parts, name="m.yaml")
    assert words in str(caught.value)


def test_yes_and_no_are_words() -> None:
    text = GOOD.replace("scope: item", "where: {sold: no, on: yes}")
    (template,) = read_mapping(text, name="m.yaml").claims
    assert [(c.column, c.values) for c in template.where] == [("sold", frozenset({"no"})), ("on", frozenset({"yes"}))]


def test_every_shipped_mapping_is_right() -> None:
    assert "eto-provision" in shipped()
    for name in shipped():
        assert mapping_named(name).claims
    with pytest.raises(SettingsError, match=r"eto-provisions: cannot be read .*; did you mean “eto-provision”"):
        mapping_named("eto-provisions")
