"""Relations through constructions that part a verb from its sides, or that the parser mistakes."""

import pytest

from tests.ingest.reading import edges


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Huawei relies on SMIC to make its chips.", ("SMIC", "manufactures", "Huawei")),
        ("Apple has the M4 fabbed at TSMC.", ("TSMC", "manufactures", "M4")),
        (
            "Hanmi booked orders worth $40 million from Micron.",
            ("Hanmi Semiconductor", "supplies", "Micron Technology"),
        ),
        ("A supplier to Apple and Huawei, Luxshare is listed.", ("Luxshare", "supplies", "Huawei")),
        ("TSMC's Arizona fab is turning out the M4.", ("TSMC", "manufactures", "M4")),
        ("Broadcom lands OpenAI as a customer", ("Broadcom", "supplies", "OpenAI")),
        (
            "In December Ventana Micro Systems, which designs cores, passed into Qualcomm's hands.",
            ("Qualcomm", "acquires", "Ventana Micro Systems"),
        ),
        ("Meta rents capacity from CoreWeave.", ("CoreWeave", "supplies", "Meta")),
        ("Quanta ships racks built on Nvidia's Rubin to Microsoft.", ("Quanta Computer", "supplies", "Microsoft")),
        ("It is hiring at Cymer, the firm that ASML acquired in 2013.", ("ASML", "acquires", "Cymer")),
        ("Intel bid for Groq, a start-up of which Sunny Madra is chairman.", ("Sunny Madra", "leads", "Groq")),
        ("SK hynix has won the bulk of Nvidia's orders.", ("SK hynix", "supplies", "Nvidia")),
        ("Nikon challenges ASML in older machines, as would Canon.", ("Canon", "competesWith", "ASML")),
        ("Claude runs on TPUs as well as on Trainium2.", ("Claude", "uses", "Trainium2")),
        ("Intel chief executive Lip-Bu Tan was patient.", ("Lip-Bu Tan", "leads", "Intel")),
        ("Airbnb, whose support bot leans on Qwen, is growing.", ("Airbnb", "uses", "Qwen")),
        ("Oracle buys gear from Vertiv, and its turbines from GE Vernova.", ("GE Vernova", "supplies", "Oracle")),
        ("Groq and Cerebras are trying to take on Nvidia.", ("Cerebras", "competesWith", "Nvidia")),
        ("Micron's rivals, Samsung and SK hynix, sell more.", ("SK hynix", "competesWith", "Micron Technology")),
        (
            "Orders were placed by Apple's suppliers, Foxconn and Luxshare among them.",
            ("Luxshare", "supplies", "Apple"),
        ),
        ("Oracle, Reuters wrote last May, was going to spend $4 billion on GB200s.", ("Nvidia", "supplies", "Oracle")),
        (
            "Its die comes from a fab in Korea; that of Micron comes from TSMC.",
            ("TSMC", "supplies", "Micron Technology"),
        ),
        (
            "Infineon has its chips for Chinese customers produced by Hua Hong.",
            ("Hua Hong Semiconductor", "manufactures", "Infineon"),
        ),
        ("SoftBank borrowed $10 billion to invest in OpenAI.", ("SoftBank", "investsIn", "OpenAI")),
        ("Micron was allotted a third of the HBM4 which Nvidia will need for Rubin.", ("Rubin", "uses", "HBM4")),
        ("The MI450 serves several models, GPT-5 among them.", ("GPT-5", "uses", "MI450")),
        ("Amazon and Google buy two-thirds of what Fujikura makes.", ("Fujikura", "supplies", "Google")),
        ("Cooling for Microsoft's sites comes from Vertiv.", ("Vertiv", "supplies", "Microsoft")),
        ("Microsoft will go on buying from AMD.", ("AMD", "supplies", "Microsoft")),
        (
            "In the spring of 2024 xAI, a young company, took the hall over, wheeled in 90 H100s and had a party.",
            ("xAI", "uses", "H100"),
        ),
        (
            "Micron ordered bonders worth 43 billion won and 39 billion won from Hanmi and ASMPT, respectively.",
            ("ASMPT", "supplies", "Micron Technology"),
        ),
        (
            "Microsoft agreed to invest $5 billion in Anthropic, OpenAI's fiercest rival, in May.",
            ("Anthropic", "competesWith", "OpenAI"),
        ),
        (
            "Microsoft agreed to invest $5 billion in Anthropic, while Nvidia pledged $10 billion.",
            ("Nvidia", "investsIn", "Anthropic"),
        ),
    ],
)
def test_the_sides_are_found(text: str, wanted: tuple[str, str, str]) -> None:
    assert wanted in edges(text)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Huawei relies on SMIC to make its chips.", ("Huawei", "develops", "Huawei chips")),
        (
            "Hanmi booked orders worth $40 million from Micron.",
            ("Micron Technology", "supplies", "Hanmi Semiconductor"),
        ),
        ("Washington barred Nvidia from selling to China.", ("U.S. government", "supplies", "China")),
        ("Silver Lake bought 51% of Altera from Intel.", ("Intel", "supplies", "Silver Lake")),
        ("Kevin Engel, who succeeded Giel Rutten as chief of Amkor, is new.", ("Giel Rutten", "leads", "Amkor")),
        ("Alibaba sold part of Ant Group.", ("Ant Group", "subsidiaryOf", "Alibaba")),
        ("Amazon owns part of Anthropic.", ("Anthropic", "subsidiaryOf", "Amazon")),
        (
            "Sanjay Mehrotra stepped down as chief executive of Micron.",
            ("Sanjay Mehrotra", "leads", "Micron Technology"),
        ),
        ("Apple's shops, Foxconn's sites and Luxshare were shut.", ("Luxshare", "supplies", "Apple")),
        ("Most of Naura's profit goes to SMIC.", ("Naura Technology Group", "supplies", "SMIC")),
        ("Microsoft took 40% of Quanta's output.", ("Microsoft", "investsIn", "Quanta Computer")),
        ("Nvidia accounts for most of Fujikura's orders.", ("Nvidia", "supplies", "Fujikura")),
        ("Groq's sale to Nvidia was announced in May.", ("Groq", "supplies", "Nvidia")),
        ("Samsung sells memory to Nvidia's rivals.", ("Samsung Electronics", "supplies", "Nvidia")),
        ("Arista gets most of its revenue from Meta.", ("Meta", "supplies", "Arista Networks")),
        ("Arista gets a boost from Nvidia chips.", ("Nvidia", "supplies", "Arista Networks")),
        ("SoftBank will sell its entire stake in Nvidia.", ("SoftBank", "investsIn", "Nvidia")),
        ("OpenAI agreed to buy Azure services.", ("Azure", "supplies", "OpenAI")),
        ("Microsoft will be provided with access to GB300 processors.", ("Nvidia", "supplies", "Microsoft")),
        ("Nvidia makes the H100.", ("Nvidia", "manufactures", "H100")),
        (
            "Microsoft invested $5 billion in Anthropic, while Nvidia pledged $10 billion to Wayve.",
            ("Nvidia", "investsIn", "Anthropic"),
        ),
        ("The Dutch government requires ASML to seek licences.", ("Dutch government", "dependsOn", "ASML")),
        ("AMD bought Nvidia's chips.", ("AMD", "acquires", "Nvidia")),
        ("Samsung and Micron are switching lines to HBM.", ("Samsung Electronics", "uses", "HBM")),
        ("Orvanta's own accelerator, the Tern 2, is late.", ("Orvanta", "develops", "Orvanta accelerator")),
        ("Nvidia met Meta. Ida Lunt, co-founder and CEO of Celestial AI, spoke.", ("Ida Lunt", "leads", "Nvidia")),
        ("Ida Lunt left DeepSeek for Xiaomi.", ("Xiaomi", "replaces", "DeepSeek")),
        ("Micron shares in New York", ("Micron Technology", "locatedIn", "New York")),
    ],
)
def test_the_words_give_no_such_relation(text: str, wrong: tuple[str, str, str]) -> None:
    assert wrong not in edges(text)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Dell buys chips from Nvidia, as do Lenovo and Foxconn.", {("Nvidia", "Lenovo"), ("Nvidia", "Foxconn")}),
        ("Meta is Broadcom's largest customer, followed by Google.", {("Broadcom", "Google")}),
        (
            "Infineon makes switches. Ford and BMW, both customers, are nervous.",
            {("Infineon", "BMW"), ("Infineon", "Ford")},
        ),
    ],
)
def test_who_does_the_same_or_comes_next_is_told_too(text: str, wanted: set[tuple[str, str]]) -> None:
    assert {(one, "supplies", other) for one, other in wanted} <= edges(text)


def test_a_noun_behind_two_names_is_said_of_the_last() -> None:
    found = edges("Micron grew. Micron and SK hynix, its Korean rival, both fell.")
    assert ("SK hynix", "locatedIn", "South Korea") in found
    assert ("SK hynix", "competesWith", "Micron Technology") in found
    assert ("Micron Technology", "locatedIn", "South Korea") not in found


def test_a_description_that_is_followed_by_its_name_means_that_name() -> None:
    found = edges("Intel fell. The Idaho-based company, better known as Micron, did not.")
    assert ("Micron Technology", "locatedIn", "Idaho") in found


def test_the_paragraph_is_about_whom_it_opens_with() -> None:
    text = "Intel fell and AMD rose.\n\nMarvell had a good year. It is hiring. The largest customer is Amazon."
    assert ("Marvell", "supplies", "Amazon") in edges(text)


def test_the_same_company_is_the_one_just_named() -> None:
    found = edges("SoftBank has owned 10% of Intel since 2021, and Nvidia has 2% of the same company.")
    assert ("Nvidia", "investsIn", "Intel") in found


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "ASML leads; SMEE wants a 28-nanometre scanner of its own.",
            ("SMEE", "develops", "SMEE 28-nanometre scanner"),
        ),
        ("Rapidus is designing switching fabric of its own.", ("Rapidus", "develops", "Rapidus switching fabric")),
        ("Dell bought the storage division of Hitachi.", ("Dell", "acquires", "Hitachi storage division")),
    ],
)
def test_what_has_no_name_is_told_apart_by_its_words(text: str, wanted: tuple[str, str, str]) -> None:
    assert wanted in edges(text)


@pytest.mark.parametrize(
    "text", ["Intel has problems of its own.", "Intel bought the division.", "AMD has a plan of its own."]
)
def test_what_its_words_do_not_tell_apart_gives_nothing(text: str) -> None:
    assert not [edge for edge in edges(text) if edge[1] in ("develops", "acquires")]


def test_a_second_comma_ends_what_is_said_of_a_thing() -> None:
    found = edges("Micron has delivered samples of HBM3, the memory that processors need, to Huawei.")
    assert ("Micron Technology", "supplies", "Huawei") in found


def test_an_amount_in_short_won_is_no_victory() -> None:
    found = edges("Hanmi Semiconductor was given an order worth 9.65bn won by SK hynix for bonders.")
    assert ("Hanmi Semiconductor", "supplies", "SK hynix") in found


def test_who_brings_in_a_third_of_its_revenue_is_a_customer() -> None:
    found = edges("Ibiden makes boards. Then came Nvidia, and it now brings in a third of its revenue.")
    assert ("Ibiden", "supplies", "Nvidia") in found


def test_both_of_which_goes_back_to_both() -> None:
    found = edges("Micron and Samsung, both of which supply Nvidia, fell.")
    assert {("Micron Technology", "supplies", "Nvidia"), ("Samsung Electronics", "supplies", "Nvidia")} <= found


def test_a_semicolon_ends_what_a_subject_does() -> None:
    found = edges("Apple, a new client, and Nvidia are to buy wafers there; Amkor and TSMC signed a memorandum.")
    assert ("Apple", "partnersWith", "Amkor Technology") not in found
    assert ("Amkor Technology", "partnersWith", "TSMC") in found


def test_a_participle_about_anothers_goods_leaves_no_client_out() -> None:
    found = edges("Amkor has a new site. Apple will use it, with wafers fabricated by TSMC.")
    assert ("TSMC", "manufactures", "Amkor Technology") not in found


def test_whoever_is_paid_for_is_not_the_head_of_the_payer() -> None:
    text = "Windsurf's week was odd. Google agreed to pay $2 billion for a licence and for Ann Lee, the founder."
    assert ("Ann Lee", "leads", "Windsurf") in edges(text)
    assert ("Ann Lee", "leads", "Google") not in edges(text)


def test_a_relative_clause_with_a_singular_verb_tells_of_the_last_name_only() -> None:
    found = edges("Intel buys from Nittobo and Resonac, which supplies Ibiden, too. Intel likes them.")
    assert ("Resonac", "supplies", "Ibiden") in found
    assert ("Nitto Boseki", "supplies", "Ibiden") not in found


def test_an_apposition_says_nothing_of_whoever_comes_after_it() -> None:
    text = "Wingtech dismissed Lisa Su, the founder of Xilinx, and Hock Tan, who was only a director."
    assert ("Hock Tan", "leads", "Xilinx") not in edges(text)
