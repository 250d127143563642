"""The values of an answer in short, for tests to compare."""

from __future__ import annotations

from typing import Any

from qa.answer import Amount, Answer, Day, Truth


def short(answer: Answer) -> list[Any]:
    """The values in short."""
    out: list[Any] = []
    for value in answer.values:
        match value:
            case Truth():
                out.append(value.value)
            case Amount():
                out.append(value.quantity.text)
            case Day():
                out.append(value.text)
            case _:
                out.append(value.label)
    return out
