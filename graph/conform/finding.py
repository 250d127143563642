"""What is amiss in a graph."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing amiss: the node and property (abbreviated IRIs) and what is wrong; `violation` or only a warning."""

    node: str
    property: str | None
    message: str
    violation: bool


def ordered(findings: Iterable[Finding]) -> list[Finding]:
    """Violations first, then by node and property."""
    return sorted(findings, key=lambda each: (not each.violation, each.node, each.property or "", each.message))
