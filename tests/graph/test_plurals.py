import pytest

from graph.text.plurals import singular


@pytest.mark.parametrize(
    ("word", "one"),
    [
        ("foundries", "foundry"),
        ("launches", "launch"),
        ("chips", "chip"),
        ("bus", None),
        ("glass", None),
        ("ties", "tie"),
    ],
)
def test_singular(word: str, one: str | None) -> None:
    assert singular(word) == one
