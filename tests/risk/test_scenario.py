from datetime import date
from pathlib import Path

import pytest

from graph.errors import SettingsError
from qa.risk.whatif.scenario import Override, Scenario, Shock
from qa.risk.whatif.scenario_file import fraction, parse_scenario, read_scenario, written_scenario

WHOLE = """
name: A customer leaves and a country halves
shocks:
  - {firm: Beta, stops: buying, date: 2026-07-01}
  - {country: Taiwan, size: 50%}
  - {owner: Gamma}
  - {input: HBM, size: 0.3}
  - {supply: {from: Alpha, to: Beta}}
overrides:
  - {supply: {from: Alpha, to: Beta}, share: 80 %}
  - {supply: {from: Delta, to: Beta}, add: true, item: racks, amount: $3 billion}
  - {supply: {from: Delta, to: Gamma}, remove: true}
  - {firm: Alpha, revenue: 1200000, market: racks}
  - {input: racks, level: non-essential}
mode: linear
substitution: false
horizon: 4
closed: true
draws: 50
seed: 7
"""


def test_a_file_reads_to_a_scenario(tmp_path: Path) -> None:
    path = tmp_path / "leaves.yaml"
    path.write_text(WHOLE, encoding="utf-8")
    read = read_scenario(path)
    assert read.shocks == (
        Shock("firm", "Beta", 1.0, "buying", day=date(2026, 7, 1)),
        Shock("country", "Taiwan", 0.5),
        Shock("owner", "Gamma"),
        Shock("input", "HBM", 0.3),
        Shock("supply", "Alpha", buyer="Beta"),
    )
    assert read.overrides[0] == Override(seller="Alpha", buyer="Beta", share=0.8)
    assert read.overrides[1] == Override(seller="Delta", buyer="Beta", add=True, item="racks", amount="$3 billion")
    assert read.overrides[3] == Override(firm="Alpha", revenue="1200000", market="racks")
    assert (read.mode, read.substitution, read.horizon, read.closed, read.draws, read.seed) == (
        "linear",
        False,
        4,
        True,
        50,
        7,
    )


def test_what_is_written_reads_back_the_same(tmp_path: Path) -> None:
    path = tmp_path / "again.yaml"
    path.write_text(WHOLE, encoding="utf-8")
    scenario = read_scenario(path)
    path.write_text(written_scenario(scenario), encoding="utf-8")
    assert read_scenario(path) == scenario


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"shoks": []}, "the scenario has no `shoks`; did you mean `shocks`"),
        ({"shocks": [{"firm": "A", "sise": 1}]}, "shock 1 has no `sise`; did you mean `size`"),
        ({"shocks": [{"firm": "A", "size": 3}]}, "shock 1: size is 3: give 0 to 1, or a percentage"),
        ({"shocks": [{"firm": "A", "size": 0}]}, "size 0: give above 0"),
        ({"shocks": [{"firm": "A", "size": "half"}]}, "shock 1: size is half"),
        ({"shocks": [{"firm": "A", "country": "B"}]}, "shock 1 needs exactly one of firm, country"),
        ({"shocks": [{"supply": {"from": "A"}}]}, "needs both `from`"),
        ({"shocks": [{"input": "A", "stops": "buying"}]}, "leave it out of a shock to input"),
        ({"shocks": [{"firm": "A", "stops": "byuing"}]}, "`stops` is byuing; did you mean `buying`"),
        ({"shocks": [{"firm": "A", "date": "soon"}]}, "write a day such as 2026-07-01"),
        ({"shocks": []}, "shocks nobody"),
        ({"shocks": {"firm": "A"}}, "`shocks` must be a list"),
        ([], "the scenario must be a table"),
        ({"shocks": [{"firm": 3}]}, "`firm` must be a name"),
        ({"shocks": [{"firm": "A"}], "mode": "leontif"}, "`mode` is leontif; did you mean `leontief`"),
        ({"shocks": [{"firm": "A"}], "draws": "many"}, "`draws` is many; give a whole number"),
        ({"shocks": [{"firm": "A"}], "draws": 1_000_000}, "draws is 1000000: give 0"),
        ({"shocks": [{"firm": "A"}], "horizon": 0}, "horizon is 0"),
        ({"shocks": [{"firm": "A"}], "seed": -1}, "seed is -1"),
        ({"shocks": [{"firm": "A"}], "closed": "yes"}, "`closed` is yes; write true or false"),
        ({"shocks": [{"firm": "A"}], "method": "debtrank"}, "debtrank needs equity"),
        ({"shocks": [{"firm": "A"}], "overrides": [{"firm": "A", "share": 1}]}, r"override 1 \(firm\) has no `share`"),
        ({"shocks": [{"firm": "A"}], "overrides": [{"firm": "A"}]}, "changes nothing: give revenue, market"),
        ({"shocks": [{"firm": "A"}], "overrides": [{"input": "A", "level": "vital"}]}, "`level` is vital"),
        (
            {
                "shocks": [{"firm": "A"}],
                "overrides": [{"supply": {"from": "A", "to": "B"}, "add": True, "remove": True}],
            },
            "both added and removed",
        ),
    ],
)
def test_a_slip_is_one_clear_line(data: object, said: str) -> None:
    with pytest.raises(SettingsError, match=said):
        parse_scenario(data)


def test_a_file_that_is_none_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"gone\.yaml: the scenario cannot be read"):
        read_scenario(tmp_path / "gone.yaml")
    broken = tmp_path / "broken.yaml"
    broken.write_text("shocks: [", encoding="utf-8")
    with pytest.raises(SettingsError, match=r"broken\.yaml: no YAML"):
        read_scenario(broken)
    broken.write_text("shocks: [{firm: A, sise: 1}]", encoding="utf-8")
    with pytest.raises(SettingsError, match=r"broken\.yaml: shock 1 has no `sise`"):
        read_scenario(broken)


@pytest.mark.parametrize(("value", "found"), [(0.4, 0.4), ("40%", 0.4), ("40 %", 0.4), (1, 1), ("0.25", 0.25)])
def test_shares_as_people_write_them(value: object, found: float) -> None:
    assert fraction(value, "size") == pytest.approx(found)


@pytest.mark.parametrize(
    ("shock", "said"),
    [
        (Shock("firm", "Beta", stops="buying"), "Beta stops buying"),
        (Shock("firm", "Beta", 0.5), "Beta stops 50 % of buying and selling"),
        (Shock("country", "Taiwan"), "every firm of Taiwan stops buying and selling"),
        (Shock("input", "HBM", 0.3), "30 % of the trade in HBM stops"),
        (Shock("input", "HBM"), "all trade in HBM stops"),
        (Shock("supply", "Alpha", 0.5, buyer="Beta"), "Alpha stops 50 % of what it supplies to Beta"),
    ],
)
def test_shocks_in_words(shock: Shock, said: str) -> None:
    assert shock.said == said


def test_defaults_and_title() -> None:
    scenario = parse_scenario({"shocks": [{"firm": "Beta"}]})
    assert scenario == Scenario((Shock("firm", "Beta"),))
    assert (scenario.draws, scenario.seed, scenario.mode, scenario.said) == (
        1000,
        1,
        "generalised",
        "Beta stops buying and selling",
    )
