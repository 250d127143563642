import pytest

from api.negotiation import choose

OFFERED = ("application/sparql-results+json", "application/json", "text/csv")


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        (None, "application/sparql-results+json"),
        ("", "application/sparql-results+json"),
        ("*/*", "application/sparql-results+json"),
        ("text/csv", "text/csv"),
        ("text/*;q=0.9, application/json;q=0.2", "text/csv"),
        ("application/json, text/csv", "application/json"),
        ("*/*, application/sparql-results+json;q=0", "application/json"),
        ("TEXT/CSV", "text/csv"),
        ("text/csv;q=wrong, application/json;q=0.1", "application/json"),
        ("image/png", None),
        ("text/csv;q=0", None),
    ],
)
def test_the_best_liked_type_is_chosen(accept: str | None, chosen: str | None) -> None:
    assert choose(accept, OFFERED) == chosen
