"""The catalogue: what a row may be, what the shipped entries hold, how entries are looked up."""

from __future__ import annotations

import pytest

from graph.catalogue import Catalogue, CatalogueEntry, catalogue
from graph.catalogue.entry import FILES, build_entry
from graph.catalogue.rows import parse_rows, read_rows
from graph.errors import SettingsError
from graph.vocabulary import vocabulary
from tests.clock import seconds


def entry(file: str = "companies.yaml", **row: str | list[str]) -> CatalogueEntry:
    return build_entry(file, dict(row))


# ---------------------------------------------------------------- rows


def test_rows_are_read_as_text():
    text = "# a comment\n- {label: yes, aliases: [1.5, No]}\n- {label: 950, country: China}\n"
    assert parse_rows("x.yaml", text) == [
        {"label": "yes", "aliases": ["1.5", "No"]},
        {"label": "950", "country": "China"},
    ]


def test_an_empty_list_is_no_row():
    assert parse_rows("x.yaml", "[]\n") == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("label: Nvidia", "x.yaml, line 1: expected a list of entries"),
        ("# nothing", "x.yaml, line 2: expected a list of entries"),
        ("- {label: A}\n- Nvidia", "line 2: expected a list of entries"),
        ("- {label: {en: Nvidia}}", "line 1: expected a list of entries"),
        ("- {label: A, aliases: [[B]]}", "line 1: expected a list of entries"),
        ("- {label: A}\n- {label: B, label: C}", "line 2: the field label stands twice in one entry"),
        ("- {label: A", "x.yaml: not YAML"),
    ],
)
def test_a_file_of_another_form_is_refused(text: str, told: str):
    with pytest.raises(SettingsError) as wrong:
        parse_rows("x.yaml", text)
    assert told in str(wrong.value)
    assert "\n" not in str(wrong.value)


# ---------------------------------------------------------------- one entry


def test_an_entry_has_the_id_and_type_of_its_row():
    built = entry(label="SK hynix", aliases=["Hynix"], tickers=["000660.KS"], ambiguous="true")
    assert (built.id, built.type) == ("e:sk-hynix", "Company")
    assert built.names == ("SK hynix", "Hynix")
    assert built.ambiguous == ("SK hynix",)
    assert built.ref.label == "SK hynix"


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ({}, "an entry without a label"),
        ({"label": " "}, "an entry without a label"),
        ({"label": "A", "aka": "B"}, "“A”: unknown field aka; known: aliases"),
        ({"label": "A", "aliases": "B"}, "“A”: aliases must be a list in brackets"),
        ({"label": "A", "aliases": [""]}, "“A”: aliases must be a list in brackets"),
        ({"label": "A", "country": ["B"]}, "“A”: country must be one text"),
        ({"label": "A", "aliases": ["B", "B"]}, "“A”: the name “B” stands twice"),
        ({"label": "A", "ambiguous": ["B"]}, "“A”: ambiguous lists “B”, which is none of its names"),
        ({"label": "A", "shared": ["B"]}, "“A”: shared lists “B”, which is none of its names"),
        ({"label": "A", "also": ["Gadget"]}, "“A”: unknown type Gadget"),
        ({"label": "A", "fiscal_year_end": "June"}, "“A”: fiscal_year_end “June” does not read like 01-31"),
        ({"label": "A", "fiscal_year_end": "02-30"}, "“A”: fiscal_year_end “02-30” does not read like 01-31"),
        ({"label": "A", "wikidata": "182477"}, "“A”: wikidata “182477” does not read like Q182477"),
    ],
)
def test_a_wrong_row_says_what_is_wrong(row: dict[str, str | list[str]], told: str):
    with pytest.raises(SettingsError) as wrong:
        build_entry("companies.yaml", row)
    assert told in str(wrong.value)
    assert "companies.yaml" in str(wrong.value)


# ---------------------------------------------------------------- entries together


def test_two_entries_of_one_id_are_refused():
    with pytest.raises(SettingsError, match="two entries have the id e:arm"):
        Catalogue([entry(label="Arm"), entry("chips.yaml", label="ARM")])


@pytest.mark.parametrize("field", ["parent", "maker", "family", "organization", "metonym_for"])
def test_a_reference_to_nothing_is_refused(field: str):
    with pytest.raises(SettingsError, match=f"“A”: {field} “B” is no entry's label"):
        Catalogue([entry(label="A", **{field: "B"})])


def test_a_ticker_of_two_firms_is_refused():
    with pytest.raises(SettingsError, match="“B”: the ticker nasdaq: AAA is already that of A"):
        Catalogue([entry(label="A", tickers=["NASDAQ:AAA"]), entry(label="B", tickers=["nasdaq: AAA"])])


def test_a_name_of_two_entries_must_be_declared_by_both():
    metal = entry("products.yaml", label="cobalt metal", aliases=["cobalt"], shared=["cobalt"])
    with pytest.raises(SettingsError, match="“Azure Cobalt”: “cobalt” is a name of cobalt metal, Azure Cobalt"):
        Catalogue([metal, entry("chips.yaml", label="Azure Cobalt", aliases=["Cobalt"])])
    chip = entry("chips.yaml", label="Azure Cobalt", aliases=["Cobalt"], shared=["Cobalt"])
    assert Catalogue([metal, chip]).lookup("COBALT") == (metal, chip)


def test_a_name_declared_as_shared_must_be_shared():
    with pytest.raises(SettingsError, match="“A”: “a” is a name of A: take it out of shared"):
        Catalogue([entry(label="A", shared=["A"])])


# ---------------------------------------------------------------- what is shipped


def test_the_shipped_catalogue_loads_and_is_large():
    counts = {kind: sum(e.type == kind for e in catalogue().entries) for kind in FILES.values()}
    assert counts.keys() == vocabulary().types.keys()
    assert counts["Company"] >= 1000
    assert all(number >= 100 for number in counts.values()), counts


def test_every_country_is_a_place():
    places = {e.label for e in catalogue().entries if e.type == "Place"}
    assert {e.country for e in catalogue().entries if e.country} <= places


def test_references_name_entries_of_a_fitting_type():
    known = catalogue()
    firms = {"Company", "Organization"}
    for e in known.entries:
        for field, kinds in {
            "maker": firms,
            "organization": firms,
            "parent": firms,
            "metonym_for": {"Organization"},
            "family": {e.type, *e.also},
        }.items():
            named = getattr(e, field)
            target = known.by_label(named) if named else None
            assert target is None or {target.type, *target.also} & kinds, (e.label, field, named)


def test_nothing_is_its_own_parent_or_family():
    for e in catalogue().entries:
        seen, at = [e.label], e.parent or e.family
        while at is not None:
            assert at not in seen, seen
            seen.append(at)
            owner = catalogue().by_label(at)
            assert owner is not None
            at = owner.parent or owner.family


def test_only_people_have_posts_and_only_places_have_demonyms():
    for e in catalogue().entries:
        assert not (e.role or e.organization) or e.type == "Person", e.label
        assert not (e.demonyms or e.metonym_for) or e.type == "Place", e.label
        assert not e.role or e.organization, e.label


def test_wikidata_ids_are_of_one_entry_each():
    ids = [e.wikidata for e in catalogue().entries if e.wikidata]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    ("label", "month_and_day"),
    [
        ("Nvidia", "01-31"),
        ("Microsoft", "06-30"),
        ("Apple", "09-30"),
        ("Micron Technology", "08-31"),
        ("Broadcom", "10-31"),
        ("Oracle", "05-31"),
        ("Alibaba", "03-31"),
        ("Cisco", "07-31"),
        ("Marvell", "01-31"),
        ("Synopsys", "10-31"),
        ("Tokyo Electron", "03-31"),
        ("SoftBank", "03-31"),
        ("TSMC", None),
        ("ASML", None),
    ],
)
def test_fiscal_years(label: str, month_and_day: str | None):
    firm = catalogue().by_label(label)
    assert firm is not None
    assert firm.fiscal_year_end == month_and_day


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("字节跳动", "ByteDance"),
        ("hon hai precision industry", "Foxconn"),
        ("Taiwan Semiconductor Manufacturing Co., Ltd.", "TSMC"),
        ("NVIDIA Corporation", "Nvidia"),
        ("Moore Threads Technology Co., Ltd.", "Moore Threads"),
        ("SoftBank Group Corp.", "SoftBank"),
        ("SoftBank Corp.", "SoftBank Corp"),
        ("平头哥", "T-Head"),
        ("Huawei Ascend 910C", "Ascend 910C"),
        ("Seedance2.0", "Seedance 2.0"),
        ("Renee James", "Renée James"),
        ("Samsung SDI", "Samsung SDI"),
    ],
)
def test_lookup(name: str, label: str):
    assert [e.label for e in catalogue().lookup(name)] == [label]


def test_lookup_of_an_unknown_name_is_empty():
    assert catalogue().lookup("Pell Street Partners") == ()
    assert catalogue().lookup("") == ()


def test_look_up_by_id_label_ticker():
    known = catalogue()
    nvidia = known.by_label("Nvidia")
    assert nvidia is not None
    assert known.by_id("e:nvidia") is nvidia
    assert known.by_ticker("Nasdaq: NVDA") is nvidia
    cambricon = known.by_ticker("688256.SH")
    assert cambricon is not None
    assert cambricon.label == "Cambricon"
    assert (known.by_id("e:no"), known.by_label("nvidia"), known.by_ticker("NVDA")) == (None, None, None)


def test_children_are_subsidiaries_and_members_of_a_family():
    known = catalogue()
    assert {"Alibaba Cloud", "T-Head"} <= {e.label for e in known.children("e:alibaba")}
    assert {"Ascend 910B", "Ascend 910C"} <= {e.label for e in known.children("e:ascend")}
    assert known.children("e:no") == ()


def test_demonyms_and_capitals_lead_to_their_countries_and_governments():
    known = catalogue()
    assert known.demonyms["Dutch"].label == "Netherlands"
    assert known.demonyms["South Korean"].label == "South Korea"
    washington = known.by_label("Washington")
    assert washington is not None
    assert washington.metonym_for == "U.S. government"


def test_loading_a_thousand_entries_takes_less_than_120_ms():
    def load() -> Catalogue:
        return Catalogue(build_entry(file, row) for file in FILES for row in read_rows(file))

    assert seconds(load) / len(load().entries) * 1000 < 0.12
