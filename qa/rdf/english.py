"""Words of English that say how a question is put and not what it is about."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import yaml

NUMERALS = {
    w: str(n)
    for n, w in enumerate(["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"])
} | {
    "twelve": "12",
    "twenty": "20",
    "single": "1",
}

NEGATIONS = frozenset(["not", "n't", "no", "without", "never", "neither", "nor", "except", "excluding", "none"])
FILLER = frozenset(
    [
        "of",
        "the",
        "a",
        "an",
        "and",
        ",",
        "all",
        "each",
        "every",
        "any",
        "for",
        "'s",
        "their",
        "its",
        "his",
        "her",
        "respective",
        "different",
        "distinct",
    ]
)


def _load() -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load(files("qa.rdf").joinpath("operators.yaml").read_text(encoding="utf-8"))
    return data


def _superlatives(data: dict[str, Any]) -> dict[str, tuple[str, tuple[str, ...]]]:
    found: dict[str, tuple[str, tuple[str, ...]]] = {
        w: (way, ()) for way, words in data["superlatives"].items() for w in words
    }
    for entry in data["dimensions"].values():
        for word in entry["most"].split():
            found[word] = ("up" if entry.get("less") else "down", tuple(entry["of"].split()))
    for adjective, entry in data["dimensions"].items():
        less = bool(entry.get("less"))
        found[f"most {adjective}"] = ("up" if less else "down", tuple(entry["of"].split()))
        found[f"least {adjective}"] = ("down" if less else "up", tuple(entry["of"].split()))
    return found


def _comparatives(data: dict[str, Any]) -> dict[str, tuple[str, tuple[str, ...]]]:
    found: dict[str, tuple[str, tuple[str, ...]]] = {}
    for entry in data["dimensions"].values():
        for word in entry["more"].split():
            found[f"{word} than"] = ("<" if entry.get("less") else ">", tuple(entry["of"].split()))
    for adjective, entry in data["dimensions"].items():
        less = bool(entry.get("less"))
        found[f"more {adjective} than"] = ("<" if less else ">", tuple(entry["of"].split()))
        found[f"less {adjective} than"] = (">" if less else "<", tuple(entry["of"].split()))
    for op, phrases in data["comparatives"].items():
        for phrase in phrases:
            found.setdefault(phrase, (op, ()))
    return found


WORDS = _load()
"""The whole of operators.yaml."""

GENERIC: frozenset[str] = frozenset(WORDS["generic"])
SOFT: frozenset[str] = frozenset(WORDS["soft"])
STOP: frozenset[str] = frozenset(WORDS["stop"])
IGNORED: frozenset[str] = frozenset(WORDS["ignored"])

AGGREGATES: dict[str, str] = {w: function for function, words in WORDS["aggregates"].items() for w in words}
SUPERLATIVES = _superlatives(WORDS)
COMPARATIVES = _comparatives(WORDS)
PATTERNS: dict[str, tuple[Any, str]] = {
    phrase: (entry["kind"], entry["text"]) for entry in WORDS["patterns"] for phrase in entry["phrases"]
}
