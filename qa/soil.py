"""Countries said by their adjective and their ground: “on American soil”, “within Japanese borders”."""

from __future__ import annotations

import re

from graph.catalogue import catalogue

_GROUND = re.compile(
    r"\b(?:on|in|within|inside) (?P<of>[A-Z][\w.]*(?: [A-Z]\w*)?) (?:soil|territory|ground|borders|shores|land)\b"
)


def on_the_map(text: str) -> str:
    """The text with the name of the country in the place of such words.

    >>> on_the_map("Is it made on Japanese soil?"), on_the_map("Is it made on firm ground?")
    ('Is it made in Japan?', 'Is it made on firm ground?')
    """
    return _GROUND.sub(_named, text)


def _named(found: re.Match[str]) -> str:
    place = catalogue().demonyms.get(found["of"])
    if place is None:
        place = next((entry for entry in catalogue().lookup(found["of"]) if entry.type == "Place"), None)
    return f"in {place.label}" if place is not None else found[0]
