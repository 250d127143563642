"""Which kinds of conflict a user means by what was typed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast, get_args

from graph.agreement import DISAGREEMENTS, Kind
from graph.errors import UnknownError


def check_kinds(names: Iterable[str]) -> tuple[Kind, ...]:
    """The kinds of conflict that the names are; the disagreements if there are none. Raises UnknownError."""
    known, given = get_args(Kind), tuple(dict.fromkeys(names))
    for name in given:
        if name not in known:
            raise UnknownError(f"there is no kind of conflict “{name}”; there are {', '.join(known)}", known)
    return cast("tuple[Kind, ...]", given) or DISAGREEMENTS
