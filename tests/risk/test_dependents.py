from qa.risk.dependents import dependents
from qa.risk.output.text import text
from qa.risk.output.traced import result_of
from qa.risk.report import Party
from tests.graph.samples import relation, year
from tests.risk.facts import buys, share, store


def labels(parties: tuple[Party, ...]) -> list[tuple[int, str]]:
    return [(p.tier, p.entity.label) for p in parties]


def test_suppliers_depend_on_their_customer_without_a_percentage() -> None:
    graph = store(relation("Startup", "supplies", "Giant"), relation("Foundry", "supplies", "Startup"))
    report = dependents(graph, "e:giant")
    assert not report.suppliers
    assert labels(report.customers) == [(1, "Startup"), (2, "Foundry")]
    assert report.customers[0].share.basis is None
    assert (report.customers[0].share.whose, report.customers[0].share.what) == ("Startup", "revenue")


def test_the_share_is_of_the_dependent() -> None:
    graph = store(
        relation("Maker", "supplies", "Cloud"),
        relation("Toolmaker", "supplies", "Maker"),
        share("Maker", "Cloud", "50", period=year(2025)),
        share("Toolmaker", "Maker", "30", period=year(2025)),
        buys("Cloud", "Maker", "10"),
    )
    sells = dependents(graph, "e:cloud").customers
    assert [(p.share.whose, p.share.value) for p in sells] == [("Maker", 50), ("Toolmaker", 15)]
    assert [step.source.label for step in sells[1].paths[0].steps] == ["Toolmaker", "Maker"]
    buyers = dependents(graph, "e:maker").suppliers
    assert [(p.share.whose, p.share.what, p.share.value) for p in buyers] == [("Cloud", "capital expenditure", 10)]


def test_users_of_a_product_depend_on_its_makers() -> None:
    graph = store(
        relation("Cloud", "uses", "H20"), relation("Nvidia", "develops", "H20"), relation("TSMC", "manufactures", "H20")
    )
    assert labels(dependents(graph, "e:tsmc").suppliers) == [(1, "H20"), (1, "Nvidia"), (2, "Cloud")]


def test_groups_are_those_of_direct_dependents() -> None:
    graph = store(relation("Startup", "supplies", "Giant"), share("Startup", "internet firms", "80"))
    group = dependents(graph, "e:giant").groups[0]
    assert (group.part, group.share.whose, group.share.value) == ("internet firms", "Startup", 80)


def test_rendering_shows_both_lists_and_the_quotes() -> None:
    graph = store(
        relation("Maker", "supplies", "Cloud"),
        share("Maker", "Cloud", "50", period=year(2025), attributed_to="Maker"),
        relation("Startup", "supplies", "Cloud"),
        share("Startup", "internet firms", "80"),
    )
    assert text(result_of(dependents(graph, "e:cloud")), width=200).splitlines() == [
        "Dependents of Cloud",
        "  Parties that depend on Cloud: at least 2 (derived)",
        "",
        "Depend on it as their supplier",
        "  none known",
        "",
        "Depend on it as their customer",
        "  Party    Tier  Share at that tier                                     By",
        "  Maker       1  50 % of Maker's revenue (disclosed, 2025, says Maker)  Maker supplies Cloud [1][2]",
        "  Startup     1  unknown                                                Startup supplies Cloud [3]",
        "",
        "Disclosed shares that name no single party",
        "  Part            Share",
        "  internet firms  80 % of Startup's revenue (disclosed) [4]",
        "",
        "Coverage: 1 of 2 dependences traced with a disclosed share; 2 claims from 1 document. "
        "What no document says is unknown, not zero.",
        "Assumptions:",
        "  Only what is asserted or reported makes a dependence; plans, possibilities, opinions and denials do not.",
        "",
        "Evidence",
        "  [1] “Sentence 0 of Notes.” — Notes, 2026-03-01 (asserted)",
        "  [2] “Sentence 1 of Notes.” — Notes, 2026-03-01 (asserted, says Maker)",
        "  [3] “Sentence 2 of Notes.” — Notes, 2026-03-01 (asserted)",
        "  [4] “Sentence 3 of Notes.” — Notes, 2026-03-01 (asserted)",
    ]
