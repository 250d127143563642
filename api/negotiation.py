"""Which of several media types a client likes best (RFC 9110, `Accept`)."""

from __future__ import annotations

from collections.abc import Sequence


def choose(accept: str | None, offered: Sequence[str]) -> str | None:
    """The offered type of the highest quality, the first of equals; None when none is acceptable.

    >>> choose("text/csv;q=0.5, application/*", ["text/csv", "application/json"])
    'application/json'
    >>> choose(None, ["text/csv"]), choose("image/png", ["text/csv"])
    ('text/csv', None)
    """
    ranges = [_parse(part) for part in (accept or "*/*").split(",") if part.strip()]
    scored = [(_quality(media, ranges), -place, media) for place, media in enumerate(offered)]
    best = max(scored, default=None)
    return best[2] if best and best[0] > 0 else None


def _parse(part: str) -> tuple[str, float]:
    media, *parameters = (piece.strip().lower() for piece in part.split(";"))
    given = next((p[2:] for p in parameters if p.startswith("q=")), "1")
    try:
        return media, min(max(float(given), 0.0), 1.0)
    except ValueError:
        return media, 0.0


def _quality(media: str, ranges: list[tuple[str, float]]) -> float:
    """The quality of the most specific range that covers the type."""
    family = media.partition("/")[0] + "/*"
    for wanted in (media, family, "*/*"):
        found = [quality for name, quality in ranges if name == wanted]
        if found:
            return max(found)
    return 0.0
