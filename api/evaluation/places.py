"""Where articles and their gold lie: the corpus that is shipped, and the development data beside the checkout."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path

from graph.errors import SourceError

SAMPLES, DEV, ARTICLES = "samples", "dev", "articles"
FIRST, FIRST_TOO = "first writer, one half", "first writer, other half"
SECOND, THIRD = "second writer", "third writer"
HELD_OUT = "fourth writer, held out"


@dataclass(frozen=True, slots=True)
class Gold:
    """Gold of a set of articles: a folder of claim files, entities, questions; `scorer` is a folder with a score.py.

    `own` are further questions, by part: whoever works on the parser reads the misses of all but the held-out part.
    """

    claims: Path
    entities: Path
    questions: Path
    scorer: Path | None = None
    own: Mapping[str, Path] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Place:
    """A folder of .txt articles with its gold, if it has any. `shipped` articles may be quoted in reports."""

    name: str
    texts: Path
    gold: Gold | None = None
    shipped: bool = False


def sample_place() -> Place:
    """The corpus that is shipped."""
    folder = Path(str(files("api.evaluation"))) / "gold"
    own = {
        FIRST: folder / "own_questions.jsonl",
        FIRST_TOO: folder / "own_questions_other_half.jsonl",
        SECOND: folder / "own_questions_second.jsonl",
        THIRD: folder / "own_questions_third.jsonl",
        HELD_OUT: folder / "own_questions_fourth.jsonl",
    }
    gold = Gold(folder / "claims", folder / "entities.json", folder / "questions.jsonl", own=own)
    return Place(SAMPLES, Path(str(files("ingest"))) / "samples", gold, shipped=True)


def shared_places(folder: Path) -> list[Place]:
    """The development articles with their gold, and further articles if there are any; SourceError if it has none."""
    dev = folder / "dev"
    if not dev.is_dir():
        raise SourceError(f"no folder dev in {folder}; give the folder that holds it with --shared")
    gold = Gold(dev / "gold", dev / "entities.json", dev / "questions.jsonl", dev)
    places = [Place(DEV, dev / "texts", gold)]
    articles = folder / "articles"
    return [*places, Place(ARTICLES, articles)] if any(articles.glob("*.txt")) else places


def beside_checkout() -> Path | None:
    """The folder `shared` beside the checkout if it holds development data, else None."""
    folder = Path(__file__).resolve().parents[3] / "shared"
    return folder if (folder / "dev").is_dir() else None
