from __future__ import annotations

from pathlib import Path

import pytest

from graph.change.watch import Watch, watch_named, watches
from graph.change.watched import touched
from graph.errors import SettingsError, StoreError, UnknownError
from graph.store import open_store
from tests.change.news import news, on, revenue, store_of, supplies

MEMORY = Watch("memory & more", about="e:cindra")
FIGURES = Watch("figures", predicates=("revenue", "capex"))


def test_lists_are_kept_replaced_and_forgotten(tmp_path: Path) -> None:
    with open_store(tmp_path / "g", write=True) as store:
        store.watch(MEMORY)
        store.watch(Watch("figures", subject="e:arbor"))
        store.watch(FIGURES)
        version = store.version()
    with open_store(tmp_path / "g", write=True) as store:
        assert watches(store) == [FIGURES, MEMORY]
        assert watch_named(store, "figures") == FIGURES
        store.unwatch("figures")
        assert (watches(store), store.version()) == ([MEMORY], version)
        with pytest.raises(UnknownError, match="there are memory & more"):
            store.unwatch("figures")
    with open_store(tmp_path / "g") as store, pytest.raises(StoreError, match="opened for reading"):
        store.watch(FIGURES)


def test_lists_are_no_part_of_what_is_exported_or_counted() -> None:
    store = store_of(news(1, "one", supplies()))
    before = set(store.quads()), store.counts(), store.documents()
    store.watch(MEMORY)
    assert (set(store.quads()), store.counts(), store.documents()) == before


@pytest.mark.parametrize("watch", [Watch(" "), Watch("a\nb", about="e:x"), Watch("x" * 81, about="e:x"), Watch("all")])
def test_lists_that_make_no_sense_are_refused(watch: Watch) -> None:
    with pytest.raises(SettingsError):
        store_of().watch(watch)


@pytest.mark.parametrize(
    ("watch", "touches"),
    [
        (Watch("w", about="e:cindra"), True),
        (Watch("w", subject="e:cindra"), False),
        (Watch("w", object="e:cindra", predicates=("supplies",)), True),
        (Watch("w", object="e:cindra", predicates=("revenue",)), False),
        (Watch("w", subject="e:brightfab", predicates=("uses", "supplies")), True),
    ],
)
def test_what_a_list_is_about(watch: Watch, touches: bool) -> None:
    assert watch.touches(supplies()) is touches
    store = store_of(news(1, "one", supplies()))
    assert [item.claim.id for item in touched(store, [watch])] == ([supplies().id] if touches else [])


def test_the_latest_come_first_with_their_lists() -> None:
    store = store_of(news(1, "one", supplies()), news(2, "two", revenue("12")), news(5, "three", supplies()))
    found = touched(store, [MEMORY, FIGURES, Watch("suppliers", predicates=("supplies",))])
    assert [(item.claim.id, item.watches) for item in found] == [
        (supplies().id, ("memory & more", "suppliers")),
        (revenue("12").id, ("figures",)),
    ]
    assert (found[0].first, found[0].last, found[0].document.title) == (on(1, 9), on(5, 9), "one")
    assert len(touched(store, [MEMORY, FIGURES], limit=1)) == 1
