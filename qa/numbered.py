"""Names that differ in a number at their end, said as one: “Sandhill 1 and 2”, “Kestrel 3, 4 and 5”."""

from __future__ import annotations

import re

from qa.names import Names

_SEVERAL = re.compile(
    r"\b(?P<first>\d{1,3}[A-Za-z]?)(?P<more>(?:, \d{1,3}[A-Za-z]?)*,? (?:and|or|&) \d{1,3}[A-Za-z]?)\b"
)
_NUMBER = re.compile(r"\d{1,3}[A-Za-z]?")


def each_named(text: str, names: Names) -> str:
    """The text with the whole name before each number, where the graph knows all of these names."""
    for found in reversed(list(_SEVERAL.finditer(text))):
        own = next((h for h in names.find(text) if h.end == found.end("first")), None)
        if own is None:
            continue
        stem = text[own.start : found.start("first")]
        every = [stem + number for number in _NUMBER.findall(found["more"])]
        if stem and all(_known(name, names) for name in every):
            more = _NUMBER.sub(lambda m, stem=stem: stem + m[0], found["more"])
            text = text[: found.start("more")] + more + text[found.end() :]
    return text


def _known(name: str, names: Names) -> bool:
    return any(hit.start == 0 and hit.end == len(name) for hit in names.find(name))
