import subprocess
import sys
from pathlib import Path

import pytest

import graph
from graph.errors import StoreError
from tests.graph import samples

ROOT = Path(__file__).resolve().parents[2]
HEAVY = ("pyoxigraph", "pandas", "pyarrow", "rdflib", "networkx", "pyshacl", "numpy", "spacy", "torch", "pydantic")


def test_a_graph_is_opened_by_its_folder(tmp_path: Path) -> None:
    with graph.open(tmp_path / "g", write=True) as made:
        made.store.put(samples.chips_article())
    with graph.open(str(tmp_path / "g")) as found:
        assert found.counts().documents == 1
    with pytest.raises(StoreError, match="no graph at"):
        graph.open(tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("module", "allowed"),
    [
        ("graph", ()),
        ("graph.errors", ()),
        ("graph.contract", ()),
        ("graph.store", ("pyoxigraph",)),
        ("graph.export", ("pyoxigraph",)),
        ("graph.store.outside", ("pyoxigraph",)),
        ("graph.notebook", ("pyoxigraph",)),
        ("graph.load", ("pyoxigraph",)),
        ("graph.conform", ("pyoxigraph",)),
        ("graph.shapes", ("pyoxigraph", "rdflib")),
    ],
)
def test_imports_stay_light(module: str, allowed: tuple[str, ...]) -> None:
    code = f"import sys, {module}; print(*(name for name in {HEAVY!r} if name in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert set(done.stdout.split()) <= set(allowed)
