import re

import pytest

from graph.errors import SettingsError
from qa.risk.envelope import Chart, Point
from qa.risk.exposure import exposure
from qa.risk.output.plots.draw import picture
from qa.risk.output.plots.layers import layers
from qa.risk.output.plots.style import label
from qa.risk.output.plots.told import percentiles, told
from qa.risk.output.traced import result_of
from tests.graph.samples import relation
from tests.risk.facts import buys, store
from tests.risk.results import result


def words(svg: bytes) -> list[str]:
    return [text.strip() for text in re.findall(r"<text[^>]*>([^<]*)</text>", svg.decode())]


def flow(*links: tuple[str, str, float | None]) -> Chart:
    return Chart("flow", "Links", "percent", tuple(Point(a, share, target=b) for a, b, share in links))


def test_bars_show_names_and_numbers_with_bounds() -> None:
    found = words(picture(result().charts, "svg", "demo"))
    for text in ("Makers of &lt;T-glass&gt;", "57.5 % (50–60 %)", "unknown", "5–20 %", "Weaver &amp; Sons &lt;Ltd&gt;"):
        assert text in found


def test_bars_beyond_the_first_are_counted() -> None:
    chart = Chart("bars", "Losses", "USD", tuple(Point(f"Firm {n}", 1e9 / (n + 1)) for n in range(25)))
    found = words(picture([chart], "svg", "demo"))
    assert ("USD 1 billion" in found, "and 5 more" in found) == (True, True)
    assert ("Firm 19" in found, "Firm 20" in found) == (True, False)


def test_a_distribution_is_marked_at_5_50_and_95_percent() -> None:
    chart = Chart("distribution", "Loss", "percent", tuple(Point("", float(n)) for n in range(101)))
    found = words(picture([chart], "svg", "demo"))
    assert {"5 %: 5 %", "median: 50 %", "95 %: 95 %", "of 101 draws"} <= set(found)
    assert told(chart) == "Loss: 5 % of 101 draws below 5 %, half below 50 %, 95 % below 95 %"
    assert percentiles([3.0]) == (3.0, 3.0, 3.0)


def test_draws_that_are_all_alike_are_drawn() -> None:
    chart = Chart("distribution", "Loss", "percent", tuple(Point("", 0.0) for _ in range(9)))
    assert "median: 0 %" in words(picture([chart], "svg", "demo"))


def test_a_flow_has_tiers_as_columns_and_dashes_what_has_no_share() -> None:
    graph = store(
        relation("Gamma", "supplies", "Beta"), buys("Alpha", "Beta", "60"), relation("Delta", "supplies", "Alpha")
    )
    (chart,) = result_of(exposure(graph, "e:alpha")).charts
    svg = picture([chart], "svg", "exposure")
    assert {"Alpha", "Beta", "Gamma", "Delta", "60 %", "Alpha: depends on as suppliers"} <= set(words(svg))
    assert svg.count(b"stroke-dasharray: 4") == 2
    places = layers(chart.points).places
    assert {name: column for name, (column, _) in places.items()} == {"Alpha": 0, "Beta": 1, "Delta": 1, "Gamma": 2}


def test_dependents_stand_left_of_whom_they_depend_on() -> None:
    found = layers(flow(("Cloud", "Maker", None), ("Maker", "Foundry", 50), ("Startup", "Foundry", None)).points)
    assert {name: column for name, (column, _) in found.places.items()} == {
        "Foundry": 2, "Maker": 1, "Startup": 1, "Cloud": 0,
    }  # fmt: skip
    assert found.inward


def test_a_cycle_has_a_link_back() -> None:
    chart = flow(("Lab", "Cloud", 30), ("Cloud", "Chips", 20), ("Chips", "Lab", None))
    found = layers(chart.points)
    assert [(link.label, link.target) for link in found.links if found.back(link)] == [("Chips", "Lab")]
    assert {"Lab", "Cloud", "Chips", "30 %", "20 %"} <= set(words(picture([chart], "svg", "loops")))


def test_chinese_names_stay_letters_in_svg() -> None:
    chart = flow(("平头哥", "TSMC", None), ("寒武纪", "TSMC", 40))
    assert {"平头哥", "寒武纪"} <= set(words(picture([chart], "svg", "demo")))
    assert picture([chart], "png", "demo").startswith(b"\x89PNG")


def test_many_tiers_are_drawn_wider() -> None:
    chart = flow(*((f"Tier {n}", f"Tier {n + 1}", None) for n in range(10)))
    assert b'width="1148.4pt"' in picture([chart], "svg", "demo")


def test_a_column_keeps_the_strongest_and_counts_the_rest() -> None:
    chart = flow(*((f"Firm {n}", "Foundry", float(n)) for n in range(20)))
    found = layers(chart.points, shown=3)
    assert {name.strip() for name in found.places} == {"Foundry", "Firm 19", "Firm 18", "Firm 17", "and 17 more"}
    more = next(link for link in found.links if link.label.startswith("and"))
    assert (more.target, more.value) == ("Foundry", None)


def test_the_same_chart_gives_the_same_bytes_without_a_date() -> None:
    charts = (*result().charts, flow(("A", "B", 10)))
    svg = picture(charts, "svg", "demo")
    assert svg == picture(charts, "svg", "demo")
    assert b"<dc:date>" not in svg
    png = picture(charts, "png", "demo")
    assert (png[:8], png == picture(charts, "png", "demo")) == (b"\x89PNG\r\n\x1a\n", True)


def test_the_settings_of_matplotlib_are_as_before() -> None:
    import matplotlib

    before = dict(matplotlib.rcParams)
    picture(result().charts, "svg", "demo")
    assert dict(matplotlib.rcParams) == before


def test_nothing_to_draw_is_said() -> None:
    with pytest.raises(SettingsError, match="this demo report has nothing to draw"):
        picture((), "svg", "demo")


def test_long_names_are_wrapped_and_shortened() -> None:
    assert label("TSMC", 18) == "TSMC"
    assert label("King Yuan Electronics", 18) == "King Yuan\nElectronics"
    assert label("Semiconductor Manufacturing International Corporation", 18) == "Semiconductor\nManufacturing…"
