"""The derived pages of docs/ stand as the code and data make them now, and leave nothing out."""

from pathlib import Path

import pytest
from pydantic import BaseModel

from api import models
from api.cli import COMMANDS
from api.commands.risk import REPORTS
from api.reference import DOCS, PAGES, write
from graph.settings import Settings
from graph.vocabulary import vocabulary


@pytest.fixture(scope="module")
def made() -> dict[str, str]:
    return {name: page() for name, page in PAGES.items()}


@pytest.mark.parametrize("name", PAGES)
def test_the_page_has_not_drifted(made: dict[str, str], name: str) -> None:
    assert (DOCS / name).read_text(encoding="utf-8") == made[name], "run `make docs` and commit what it writes"


def test_every_setting_command_and_word_of_the_vocabulary_is_on_its_page(made: dict[str, str]) -> None:
    assert all(f"`TOLLGRAPH_{name.upper()}`" in made["settings.md"] for name in Settings.model_fields)
    commands = [*COMMANDS, *(f"risk {report}" for report in REPORTS)]
    assert all(f"## `tollgraph {command}`" in made["cli.md"] for command in commands)
    words = vocabulary()
    names = (*words.types, *words.relations, *words.metrics)
    assert all(f"| `{name}` |" in made["vocabulary.md"] for name in names)


def test_every_field_of_a_claim_and_an_answer_says_what_it_means(made: dict[str, str]) -> None:
    shapes: tuple[type[BaseModel], ...] = (models.Claim, models.Evidence, models.Quantity, models.Answer)
    for shape in shapes:
        for name, field in shape.model_fields.items():
            assert field.description, f"{shape.__name__}.{name}"
            assert f"| `{name}` |" in made["claims.md"]


def test_every_route_is_on_the_page_with_its_problems(made: dict[str, str]) -> None:
    for route in (
        "GET /v1/claims",
        "POST /v1/documents",
        "DELETE /v1/documents/{document}",
        "POST /v1/ask",
        "GET /sparql",
    ):
        assert f"## `{route}`" in made["api.md"]
    assert "| `min_confidence` (query) | number; 0 to 1 |" in made["api.md"]
    assert "Answers 202 `application/json` (Job). Problems: 400, 403, 413, 415, 422, 503." in made["api.md"]


def test_pages_are_written_where_asked(tmp_path: Path) -> None:
    write(tmp_path / "docs")
    assert {file.name for file in (tmp_path / "docs").iterdir()} == set(PAGES)
