"""English endings of number."""

from __future__ import annotations


def singular(low: str) -> str | None:
    """A lower-case word without the ending of a plural (or of “carries”, “carried”); None if it has none.

    >>> singular("foundries"), singular("launches"), singular("chips"), singular("bus")
    ('foundry', 'launch', 'chip', None)
    """
    if low.endswith(("ies", "ied")) and len(low) > 4:
        return low[:-3] + "y"
    if low.endswith(("sses", "shes", "ches", "xes", "zes")):
        return low[:-2]
    if low.endswith("s") and not low.endswith(("ss", "us", "is")):
        return low[:-1]
    return None
