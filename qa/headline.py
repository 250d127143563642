"""Questions without a verb, as head-lines are: “X Y collaboration”, “X's takeovers”."""

from __future__ import annotations

from qa.spans import Annotated


def headline(question: Annotated) -> bool:
    """Whether nothing but two names and a noun of what joins them is said: “X Y collaboration”, “X CEO Y?”"""
    items = question.items
    names = [i for i, item in enumerate(items) if item.name]
    if len(names) != 2 or names[0] > 1:
        return False
    joined = [item for item in items if item.sense("event") or item.sense("noun")]
    rest = [item for item in items if item not in joined]
    verbs = any(item.sense("verb") or item.sense("metric") or item.sense("stake") for item in rest)
    apart = any(item.text in (",", ":", "or") for item in items) or any(item.sense("metric") for item in joined)
    return bool(joined) and not verbs and not apart


def deeds(question: Annotated) -> bool:
    """Whether a head-line has several of somebody's acts, which are no amount: “X's acquisitions”."""
    last = next((item for item in reversed(question.items) if item.text not in "?.!"), None)
    if last is None or len(question.names) != 1 or last.sense("event") is None:
        return False
    return last.text.lower().endswith("s") and last.text.lower() != "investments"
