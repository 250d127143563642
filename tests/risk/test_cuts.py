from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import QueryError, SettingsError
from qa.risk.supply.cuts import cut_sets
from qa.risk.supply.gates import All, Any, Gates, events, lost, works
from qa.risk.supply.top_event import Chance, top_event

TOY: Gates = {"target": All(("a", "b")), "a": Any(("x", "y")), "b": Any(("z",))}


def sets(*cuts: str) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(cut.split()) for cut in cuts)


def test_an_input_of_one_provider_and_an_input_of_two() -> None:
    found = cut_sets(TOY, "target")
    assert found.sets == sets("z", "x y")
    assert found.complete
    chance = top_event(found.sets, {"x": 0.1, "y": 0.2, "z": 0.05})
    assert chance.low == pytest.approx(0.069)
    assert chance.exact


def test_what_fails_and_what_still_works() -> None:
    assert lost(TOY, {"x"}) == {"x"}
    assert lost(TOY, {"x", "y"}) == {"x", "y", "a", "target"}
    assert works(TOY, "target", {"x"})
    assert not works(TOY, "target", {"z"})
    assert not works(TOY, "target", {"target"})


def test_one_firm_behind_two_providers_is_a_single_point() -> None:
    gates: Gates = TOY | {"x": All(("x!", "glass")), "y": All(("y!", "glass")), "glass": Any(("kiln",))}
    assert cut_sets(gates, "target").sets == sets("kiln", "z", "x! y!")


def test_what_nobody_is_known_to_provide_never_fails() -> None:
    gates: Gates = TOY | {"b": Any(())}
    assert cut_sets(gates, "target").sets == sets("x y")
    assert cut_sets({"target": All(())}, "target").sets == ()


def test_around_a_circle_failure_spreads_from_what_is_hit_and_from_nothing_else() -> None:
    gates: Gates = {
        "chip": Any(("fab",)),
        "fab": All(("fab!", "scanner")),
        "scanner": Any(("optics",)),
        "optics": All(("optics!", "chip")),
    }
    assert works(gates, "chip", ())
    assert cut_sets(gates, "chip").sets == sets("fab!", "optics!")
    assert lost(gates, {"optics!"}) == {"optics!", "optics", "scanner", "fab", "chip"}


def test_two_resellers_of_each_other_keep_each_other_up() -> None:
    gates: Gates = {"target": Any(("a", "b")), "a": Any(("x", "b")), "b": Any(("a",))}
    assert works(gates, "target", {"x"})
    assert cut_sets(gates, "target").sets == ()


def test_orders() -> None:
    gates: Gates = {"target": All(("a", "b")), "a": Any(tuple("wxyz")), "b": Any(("p", "q", "r"))}
    assert cut_sets(gates, "target", 3).sets == sets("p q r")
    assert not cut_sets(gates, "target", 3).complete
    assert cut_sets(gates, "target", 2).sets == ()


@pytest.mark.parametrize("order", [0, 4])
def test_an_order_out_of_range(order: int) -> None:
    with pytest.raises(SettingsError, match="ask for cut sets of 1 to 3"):
        cut_sets(TOY, "target", order)


def test_a_target_that_is_nowhere() -> None:
    with pytest.raises(QueryError, match="stands nowhere"):
        cut_sets(TOY, "sextant")
    assert cut_sets(TOY, "z").sets == sets("z")


NAMES = [f"n{i}" for i in range(5)]
FIRMS = [f"f{i}" for i in range(6)]


@st.composite
def graphs(draw: st.DrawFn) -> Gates:
    """Small graphs of AND and OR, circles and gates without children among them."""
    made: dict[str, All | Any] = {}
    for name in NAMES:
        children = draw(st.lists(st.sampled_from(NAMES + FIRMS * 2), max_size=4, unique=True))
        made[name] = draw(st.sampled_from((All, Any)))(tuple(children))
    return made


def failing(gates: Gates, without: frozenset[str]) -> set[str]:
    """What fails, by its definition: repeat over all gates until nothing is new."""
    found = set(without)
    while True:
        new = {
            name
            for name, gate in gates.items()
            if name not in found
            and gate.children
            and (any if isinstance(gate, All) else all)(child in found for child in gate.children)
        }
        if not new:
            return found
        found |= new


def every_cut(gates: Gates, target: str, order: int) -> set[frozenset[str]]:
    """The minimal cuts by trying every set of events."""
    cuts: set[frozenset[str]] = set()
    below = sorted(events(gates, target))
    for size in range(1, order + 1):
        for some in map(frozenset, combinations(below, size)):
            if not any(cut <= some for cut in cuts) and target in failing(gates, some):
                cuts.add(some)
    return cuts


@settings(deadline=None, max_examples=200)
@given(graphs(), st.integers(1, 3))
def test_cuts_are_those_that_trying_everything_finds(gates: Gates, order: int) -> None:
    found = cut_sets(gates, "n0", order)
    assert set(found.sets) == every_cut(gates, "n0", order)
    if found.complete:
        assert set(found.sets) == every_cut(gates, "n0", len(FIRMS))


@settings(deadline=None)
@given(graphs(), st.sets(st.sampled_from(FIRMS)))
def test_spreading_is_the_least_fixed_point_and_more_failures_never_help(gates: Gates, without: set[str]) -> None:
    assert lost(gates, without) == failing(gates, frozenset(without))
    assert lost(gates, set()) == set()
    assert lost(gates, without) <= lost(gates, without | {"f0"})
    assert works(gates, "n0", without) == ("n0" not in failing(gates, frozenset(without)))


@settings(deadline=None)
@given(graphs())
def test_each_cut_stops_the_target_and_none_of_its_parts_does(gates: Gates) -> None:
    for cut in cut_sets(gates, "n0").sets:
        assert not works(gates, "n0", cut)
        assert all(works(gates, "n0", cut - {event}) for event in cut)


chances = st.lists(st.floats(0, 1), min_size=6, max_size=6)
cuts = st.sets(st.frozensets(st.sampled_from(FIRMS), min_size=1, max_size=3), max_size=20)


@settings(deadline=None)
@given(cuts, chances)
def test_probability_by_every_combination_of_failures(made: set[frozenset[str]], values: list[float]) -> None:
    failing_ = dict(zip(FIRMS, values, strict=True))
    truth = 0.0
    for bits in range(2 ** len(FIRMS)):
        down = {firm for i, firm in enumerate(FIRMS) if bits >> i & 1}
        if any(cut <= down for cut in made):
            weight = 1.0
            for firm, chance in failing_.items():
                weight *= chance if firm in down else 1 - chance
            truth += weight
    found = top_event(sorted(made, key=sorted), failing_)
    assert found.low - 1e-9 <= truth <= found.high + 1e-9
    if found.exact:
        assert found.low == pytest.approx(truth, abs=1e-9)


def test_no_cut_has_no_probability_and_bad_ones_are_refused() -> None:
    assert top_event((), {}) == Chance(0, 0)
    with pytest.raises(SettingsError, match="no probability is given for z"):
        top_event(sets("z"), {"x": 0.1})
    with pytest.raises(SettingsError, match=r"the probability of z is 1\.5"):
        top_event(sets("z"), {"z": 1.5})
