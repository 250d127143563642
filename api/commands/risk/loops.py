"""`tollgraph risk loops`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from api.asked import Asked
    from qa.risk.envelope import Result


def loops(
    asked: Asked,
    entity: Annotated[str | None, typer.Argument(metavar="[ENTITY]", help="Only loops through this firm.")] = None,
    longest: Annotated[int, typer.Option(min=2, max=5, help="How many firms a loop may have.")] = 5,
) -> Result:
    """Circular financing: firms that invest in those who buy from them, directly or in a round."""
    from qa.risk.loops import loops as measure

    return measure(asked.store, asked.named(entity) if entity else None, longest=longest, lens=asked.lens)
