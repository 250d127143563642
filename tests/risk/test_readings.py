from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from qa.risk.customer.readings import readings
from qa.risk.holders.owners import Owner
from qa.risk.report import Share
from tests.graph.samples import ref, relation


def share(percent: int, period: str = "2025") -> Share:
    value = Decimal(percent)
    return Share("Startup", "revenue", value, value, value, "disclosed", period=period)


def owner(label: str, firm: str, basis: str = "disclosed") -> Owner:
    claims = () if basis == "assumed" else (relation(firm, "subsidiaryOf", label),)
    return Owner(ref(label), claims, basis)  # type: ignore[arg-type]


def test_one_owner_makes_a_second_reading() -> None:
    held = {f"e:{x}": owner("Fund", x) for x in ("lab", "cloud")}
    apart, together = readings([(ref("lab"), share(62)), (ref("cloud"), share(24))], held)
    assert (apart.rolled, apart.hhi, apart.top.entity.label, apart.rest) == (False, (4420, 4616), "lab", 14)
    assert (together.rolled, together.hhi, together.top.entity.label) == (True, (7396, 7592), "Fund")
    assert [member.label for member in together.top.members] == ["lab", "cloud"]
    assert len(together.top.control) == 2


def test_an_owner_without_evidence_makes_none() -> None:
    held = {f"e:{x}": owner("Fund", x, "assumed") for x in ("lab", "cloud")}
    assert [r.rolled for r in readings([(ref("lab"), share(62)), (ref("cloud"), share(24))], held)] == [False]


def test_a_customer_that_owns_another() -> None:
    _, together = readings([(ref("lab"), share(62)), (ref("cloud"), share(24))], {"e:lab": owner("cloud", "lab")})
    assert (together.top.entity.label, together.top.exact) == ("cloud", 86)


def test_periods_are_not_added() -> None:
    found = readings([(ref("lab"), share(62)), (ref("cloud"), share(87, "2024"))], {})
    assert [(r.period, r.hhi) for r in found] == [("2025", (3844, 3844 + 38 * 38)), ("2024", (7569, 7738))]


@given(st.lists(st.integers(1, 30), min_size=2, max_size=3))
def test_as_one_is_never_less_concentrated(percents: list[int]) -> None:
    firms = [(ref(f"Firm {i}"), share(percent)) for i, percent in enumerate(percents)]
    apart, together = readings(firms, {firm.id: owner("Fund", firm.label) for firm, _ in firms})
    assert together.hhi[0] >= apart.hhi[0]
    assert together.hhi[1] >= apart.hhi[1]
    assert together.rest == apart.rest
