"""Items of the Recognizers-Text specifications: what a row expects at a place, and what a reader found at one."""

from __future__ import annotations

from dataclasses import dataclass

from graph.contract import Json


@dataclass(frozen=True, slots=True)
class Expected:
    """One expected item: its place, its words, and the values of which any is right."""

    start: int
    end: int
    words: str
    values: tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """One value found at a place."""

    start: int
    end: int
    value: object


def expected(result: Json, values: tuple[object, ...]) -> Expected:
    """An item of a row; the specifications give its last character or its length."""
    start = int(result.get("Start", 0))
    length = int(result.get("Length", len(result["Text"])))
    end = int(result["End"]) + 1 if "End" in result else start + length
    return Expected(start, end, result["Text"], values)
