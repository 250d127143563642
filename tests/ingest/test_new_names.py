"""Names that the catalogue does not hold: where they start and end, and what they are names of."""

import pytest

from ingest.names.english import is_english
from ingest.names.evidence import by_form
from ingest.names.lexicon import THING, role_examples
from ingest.names.new import is_code
from tests.ingest.reading import document, edges, extract, pipeline


def _new(text: str) -> set[tuple[str, str]]:
    """The new names of a text: the entity's label and type."""
    return {
        (m.entity.label, m.entity.type)
        for sentence in pipeline().read(document(text))
        for m in sentence.mentions
        if m.how == "new" and m.entity
    }


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Nvidia bought wafers from Orvanta, a foundry in Texas.", ("Orvanta", "Company")),
        ("Nvidia acquired Parlune, a maker of switches.", ("Parlune", "Company")),
        ("The startup Parlune buys chips from Nvidia.", ("Parlune", "Company")),
        ("Parlune is a start-up. Parlune buys chips from Nvidia.", ("Parlune", "Company")),
        ("AMD develops Brambleton, a chip for servers.", ("Brambleton", "Chip")),
        ("Google's next chip, Sunfish, is made by TSMC.", ("Sunfish", "Chip")),
        ("AMD's chip is called Sunfish.", ("Sunfish", "Chip")),
        ("OpenAI released Larkspur, a language model.", ("Larkspur", "Model")),
    ],
)
def test_the_noun_beside_a_name_types_it(text: str, wanted: tuple[str, str]) -> None:
    assert _new(text) == {wanted}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Veltrix Semiconductor supplies chips to Nvidia.", ("Veltrix Semiconductor", "Company")),
        ("Brimstone Capital invested in Anthropic.", ("Brimstone Capital", "Company")),
        ("Zellgrad GmbH supplies mirrors to ASML.", ("Zellgrad GmbH", "Company")),
        ("Quorvex Inc. supplies lasers to ASML.", ("Quorvex Inc.", "Company")),
        ("The Brackwell Institute bought chips from Nvidia.", ("Brackwell Institute", "Organization")),
        ("AMD bought land in Brackwell County.", ("Brackwell County", "Place")),
        ("Intel showed its Tidewater Architecture on Monday.", ("Tidewater Architecture", "Technology")),
        ("AMD's fab in Texas, Fab 61, makes the chips.", ("Fab 61", "Facility")),
    ],
)
def test_the_words_of_a_name_type_it(text: str, wanted: tuple[str, str]) -> None:
    assert _new(text) == {wanted}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Mr Halvard runs Nvidia.", ("Halvard", "Person")),
        ("Nvidia hired Mrs Ilse Maar on Monday.", ("Ilse Maar", "Person")),
        ("Chief executive Tessa Brandow spoke at Intel.", ("Tessa Brandow", "Person")),
        ("Tessa Brandow, the chief executive of Intel, spoke on Monday.", ("Tessa Brandow", "Person")),
    ],
)
def test_a_title_or_an_office_makes_a_person(text: str, wanted: tuple[str, str]) -> None:
    assert _new(text) == {wanted}


def test_a_shorter_name_is_the_longer_one_of_the_same_text() -> None:
    assert _new("Tessa Brandow joined Intel. Brandow spoke on Monday.") == {("Tessa Brandow", "Person")}
    assert edges("Parlune Networks supplies switches to Meta. Parlune is based in Austin.") == {
        ("Parlune Networks", "supplies", "Meta"),
        ("Parlune Networks", "locatedIn", "Austin"),
    }


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The H47 chip is made by TSMC.", ("H47", "Chip")),
        ("Intel showed the XR900 on Monday.", ("XR900", "Chip")),
    ],
)
def test_a_code_is_a_chips_name(text: str, wanted: tuple[str, str]) -> None:
    assert _new(text) == {wanted}


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("MI475", True),
        ("GB300", True),
        ("Q3", False),
        ("FY26", False),
        ("1Q25", False),
        ("H1", False),
        ("Texas", False),
        ("2026", False),
    ],
)
def test_codes_and_periods_are_told_apart(word: str, code: bool) -> None:
    assert is_code(word) is code


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Dorline (Nasdaq: DRLN) supplies lasers to ASML.", ("Dorline", "supplies", "ASML")),
        ("Dorline (DRLN.O) supplies lasers to ASML.", ("Dorline", "supplies", "ASML")),
        ("Samsung Electronics (005930.KS) supplies memory to Nvidia.", ("Samsung Electronics", "supplies", "Nvidia")),
        ("TSMC (TSM.N) supplies Apple.", ("TSMC", "supplies", "Apple")),
    ],
)
def test_a_ticker_in_brackets_is_no_name(text: str, wanted: tuple[str, str, str]) -> None:
    assert edges(text) == {wanted}
    assert _new(text) <= {("Dorline", "Company")}


def test_a_customer_by_letter_is_a_firm_of_its_own() -> None:
    assert _new("Customer A and Customer B buy chips from Nvidia.") == {
        ("Customer A", "Company"),
        ("Customer B", "Company"),
    }
    assert edges("Customer A buys chips from Nvidia.") == {("Nvidia", "supplies", "Customer A")}
    claims = extract("Customer A accounted for 23% of Nvidia's revenue.")
    assert [c.subject.label for c in claims if c.predicate == "supplies"] == ["Nvidia"]
    (share,) = (c for c in claims if c.predicate == "revenue")
    assert (share.subject.label, share.basis, share.scope) == ("Nvidia", "share", "Customer A")


@pytest.mark.parametrize(
    "text",
    [
        "In Q3, Nvidia's capex fell and GPU prices rose.",
        "CEO Lisa Su spoke on Monday.",
        "Monday was quiet. Nvidia supplies chips to OpenAI.",
    ],
)
def test_days_offices_and_abbreviations_are_no_names(text: str) -> None:
    assert _new(text) == set()


def test_institutions_are_named_in_full() -> None:
    assert ("Nvidia", "supplies", "University of Brackwell") in edges(
        "The University of Brackwell bought 500 H20 processors from Nvidia."
    )


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The plant in Brackhurst, Texas, will open in May.", ("Brackhurst", "Place")),
        ("The Brackhurst, N.J. outfit sold its racks.", ("Brackhurst", "Place")),
        ("The Brackhurst start-up has sold its racks.", ("Brackhurst", "Place")),
        ("Nvidia put money into Oslo's Veltrix.", ("Veltrix", "Company")),
        ("Kovalt NV is to buy 200 scanners.", ("Kovalt NV", "Company")),
        ("PT Sumber Silikon will pack modules for Infineon.", ("PT Sumber Silikon", "Company")),
        ("Chief executive Min-seok Harang spoke at Intel.", ("Min-seok Harang", "Person")),
        ("The reporter met Intel and spoke to Okoro Bannerman.", ("Okoro Bannerman", "Person")),
        ("Intel plans Larkspur Two, a chip for cars.", ("Larkspur Two", "Chip")),
    ],
)
def test_towns_legal_forms_and_given_names_type_a_name(text: str, wanted: tuple[str, str]) -> None:
    assert wanted in _new(text)


@pytest.mark.parametrize("text", ["STAKE SALE LOOMS\n\nNvidia fell.", "Intel led the Series B on Monday."])
def test_shouted_headings_and_single_letters_hold_no_names(text: str) -> None:
    assert _new(text) == set()


def test_a_name_is_known_again_where_it_is_shouted() -> None:
    text = "VELTRIX SIGNS META\n\nMeta buys lasers from Veltrix, a start-up."
    read = pipeline().read(document(text))
    assert ("VELTRIX", "Veltrix") in [(read[0].doc[m.first].text, m.entity.label) for m in read[0].mentions if m.entity]


def test_titles_are_no_part_of_a_name() -> None:
    assert ("Tessa Brandow", "leads", "Nvidia") in edges("Dr. Tessa Brandow, the chief executive of Nvidia, spoke.")


@pytest.mark.parametrize(("text", "kinds"), role_examples(), ids=[text[:40] for text, _ in role_examples()])
def test_what_a_name_does_in_its_sentence_types_it(text: str, kinds: frozenset[str]) -> None:
    assert {kind for name, kind in _new(text) if name == "Veltrix"} & kinds


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Shenzhen-based Parlune sells lasers.", ("Parlune", "Company")),
        ("SoftBank-backed Parlune sells lasers.", ("Parlune", "Company")),
        ("Google's seventh Sunfish was announced in May.", ("Sunfish", "Product")),
        ("Shares of Orvanta AI fell in May.", ("Orvanta AI", "Company")),
        ("The memory is bought from QX hartnel.", ("QX hartnel", "Company")),
        ("Parlune, Inc. sells lasers to ASML.", ("Parlune, Inc.", "Company")),
        (
            "Officials at the Ministry of Rivers, Trade and Industry met.",
            ("Ministry of Rivers, Trade and Industry", "Organization"),
        ),
        ("The Brackwell Street Journal reported the deal.", ("Brackwell Street Journal", "Organization")),
        ("Engineers moved to the plant, known as QFM-1, last year.", ("QFM-1", "Facility")),
        ("Last week Meta released Parlune 3.5 to developers.", ("Parlune 3.5", "Model")),
        ("TSMC makes the Sunfish 960 for Meta.", ("Sunfish 960", "Chip")),
    ],
)
def test_form_and_neighbours_type_a_name(text: str, wanted: tuple[str, str]) -> None:
    assert _new(text) == {wanted}


def test_members_of_a_family_are_of_one_type() -> None:
    text = "Google's Sunfish2 chip sells well. Sunfish3 came in May. TSMC makes Sunfish."
    assert _new(text) == {("Sunfish2", "Chip"), ("Sunfish3", "Chip"), ("Sunfish", "Chip")}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The Ministry of Rivers (MOR) spoke. On Monday MOR spoke again.", ("Ministry of Rivers", "Organization")),
        ("Brackwell Laser Works, or BLW, sells lasers. TSMC buys from BLW.", ("Brackwell Laser Works", "Company")),
        ("Brackwell Photonics (“Bravo”) sells lasers. ASML buys from Bravo.", ("Brackwell Photonics", "Company")),
    ],
)
def test_a_defined_short_name_is_the_name(text: str, wanted: tuple[str, str]) -> None:
    assert _new(text) == {wanted}


def test_a_chinese_name_in_brackets_is_the_name_from_there_on() -> None:
    found = pipeline().read(document("Parlune (帕伦) sells lasers to ASML. Who owns 帕伦?"))
    assert [(m.text, m.entity and m.entity.label) for s in found for m in s.mentions if m.how == "new"] == [
        ("Parlune", "Parlune"),
        ("帕伦", "Parlune"),
        ("帕伦", "Parlune"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Oracle, mind you, sells chips.\n\nParlune, mind you, is not small. Last year Parlune sold lasers.",
        "Title: Parlune Wins Another Very Big Order\n\nLast year Parlune sold lasers.",
    ],
)
def test_a_name_that_is_sure_once_is_seen_where_its_capital_proves_nothing(text: str) -> None:
    read = pipeline().read(document(text))
    assert sum(m.text == "Parlune" for s in read for m in s.mentions) == 2


@pytest.mark.parametrize("word", ["subsidies", "Wafers", "hyperscalers", "opened", "making"])
def test_english_words_are_known_in_their_forms(word: str) -> None:
    assert is_english(word)


@pytest.mark.parametrize("word", ["hartnel", "Parlune", "Trumpf"])
def test_other_words_are_not_english(word: str) -> None:
    assert not is_english(word)


def test_a_sure_name_at_the_very_end_of_a_heading_is_found() -> None:
    read = pipeline().read(document("Title: Nobody Wants Lasers From Parlune\n\nLast year Parlune sold lasers."))
    assert [m.text for s in read for m in s.mentions] == ["Parlune", "Parlune"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Anthropic released Claude 19 in May.", ("Claude 19", "Model")),
        ("AWS installed Trainium9 in Ohio.", ("Trainium9", "Chip")),
        ("Moonshot AI trained Kimi K9 for months.", ("Kimi K9", "Model")),
    ],
)
def test_a_new_member_of_a_known_family_is_of_its_type(text: str, wanted: tuple[str, str]) -> None:
    assert _new(text) == {wanted}


@pytest.mark.parametrize(
    "text", ["Last year it lost US$ 5 billion.", "Orvanta Conference opened.", "She is No. 1 at Intel."]
)
def test_money_signs_events_and_ranks_are_no_names(text: str) -> None:
    assert {m.text for s in pipeline().read(document(text)) for m in s.mentions if m.named} <= {"Intel"}


def test_a_legal_form_ends_a_name() -> None:
    assert ("Jim Parlow", "Person") in _new("It was “a hard year,” said the chairman of Intel Corp. Jim Parlow in May.")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Nanya president Lee Pei-ing spoke.", ("Lee Pei-ing", "Person")),
        ("Tsai Li-hsing, the chief executive of Nanya, spoke.", ("Tsai Li-hsing", "Person")),
    ],
)
def test_the_small_half_of_a_given_name_belongs_to_it(text: str, wanted: tuple[str, str]) -> None:
    assert wanted in _new(text)


def test_a_participle_behind_a_hyphen_is_no_part_of_a_name() -> None:
    assert ("Brackwell Mills-made", "Company") not in _new("Brackwell Mills-made lasers went to ASML.")


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("Ivar Oddvar takes over from Mia Tellan as chief executive.", "Ivar Oddvar", "Person"),
        ("Intel borrowed from Commercial Bank of Brackwell.", "Commercial Bank of Brackwell", "Company"),
        ("Orvan Plastics, part of a group, fell.", "Orvan Plastics", "Company"),
    ],
)
def test_names_typed_by_their_form_and_place(text: str, name: str, kind: str) -> None:
    found = {m.text: m.entity.type for s in pipeline().read(document(text)) for m in s.mentions if m.entity}
    assert found.get(name) == kind


def test_who_is_called_one_or_two_is_no_person() -> None:
    told = by_form("Veltrix One")
    assert told["Person"] < 0 < told[THING]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Brackwell Point's purchase closed on Friday.", ("Brackwell Point", "Company")),
        ("Torvil Memory was added to the list last month.", ("Torvil Memory", "Company")),
        ("Oliver Strand spoke on Monday.", ("Oliver Strand", "Person")),
        ("It was too early, said Ilka Sorrow, Chief Financial Officer.", ("Ilka Sorrow", "Person")),
        ("TSMC packages the Tern 2 in Arizona.", ("Tern 2", "Chip")),
        ("The Tern 3 takes on Nvidia.", ("Tern 3", "Chip")),
        ("OpenAI says that Torvil 70B runs in the browser.", ("Torvil 70B", "Model")),
        ("Meta stores its records in QuernDB.", ("QuernDB", "Product")),
        ("AMD has promised to adopt TernLink.", ("TernLink", "Technology")),
        ("Larkspur Assistant handles calls.", ("Larkspur Assistant", "Product")),
        ("Skerry, the routing layer in Azure, was rewritten.", ("Skerry", "Product")),
        ("Skerry, which Meta unveiled on Tuesday, has 40 billion parameters.", ("Skerry", "Model")),
        ("Neither Parlune nor Intel makes lasers.", ("Parlune", "Company")),
        ("TSMC was told by Parlune, its chief executive insisted.", ("Parlune", "Company")),
    ],
)
def test_names_told_by_their_last_word_and_what_is_near(text: str, wanted: tuple[str, str]) -> None:
    assert wanted in _new(text)


def test_a_longer_name_behind_that_of_a_firm_is_its_product() -> None:
    assert ("Parlune Gist", "Product") in _new("Parlune hires. Parlune says that Parlune Gist is small.")
    assert ("Parlune Labs", "Company") in _new("Parlune hires. Parlune Labs is growing.")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Intel sold the first Tern 4 processors in May.", ("Tern 4", "Chip")),
        ("Basalt 2 has 90 billion transistors.", ("Basalt 2", "Chip")),
        ("Intel raised the price of the Basalt chip in May.", ("Basalt", "Chip")),
        ("Harbinger, a photo app, was bought by Intel.", ("Harbinger", "Product")),
        ("The Basalt chip was designed in May.", ("Basalt", "Chip")),
    ],
)
def test_a_capital_that_only_a_name_has_makes_a_common_word_one(text: str, wanted: tuple[str, str]) -> None:
    assert wanted in _new(text)


@pytest.mark.parametrize("text", ["Stage 2 is complete.", "Inventory has grown.", "It was a matter for the Board."])
def test_numbered_parts_and_bare_nouns_are_no_names(text: str) -> None:
    assert _new(text) == set()


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("In tests Orvid outscored Claude on sums.", ("Orvid", "Model")),
        ("Meta swapped the H100 for Orvid in May.", ("Orvid", "Chip")),
        ("Orvid is the successor to NVLink.", ("Orvid", "Technology")),
        ("Orvid was faster than the H100 in May.", ("Orvid", "Chip")),
        ("Orvid runs on Claude.", ("Orvid", "Product")),
    ],
)
def test_what_a_name_is_measured_against_types_it(text: str, wanted: tuple[str, str]) -> None:
    assert wanted in _new(text)


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("Parlune was founded by Mora Veld in 2012.", "Mora Veld", "Person"),
        ("Parlune has named Mora Veld chief executive.", "Mora Veld", "Person"),
        ("Brekke said he would stay at Parlune.", "Brekke", "Person"),
        ("Parlune's plant in Skarnes has closed.", "Skarnes", "Place"),
        ("Skarnes, Parlune's largest plant, employs 900 people.", "Skarnes", "Facility"),
        ("Chips made on Parlune's Z8 process draw less.", "Z8", "Technology"),
    ],
)
def test_names_typed_by_what_only_their_kind_does(text: str, name: str, kind: str) -> None:
    assert (name, kind) in _new(text)
