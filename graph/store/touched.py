"""What writes leave otherwise than it was, so that all else may be remembered."""

from __future__ import annotations

from dataclasses import dataclass, field

_REMEMBERED = 50_000
"""Claims; where more than that were touched, it is as well to begin anew."""


@dataclass(slots=True)
class Touched:
    """What is no longer as it was (ids): documents, the claims that they stated or state, entities of which anything
    is told otherwise, and of these the `renamed`, with another label or type; or `everything`.
    """

    documents: set[str] = field(default_factory=set)
    claims: set[str] = field(default_factory=set)
    entities: set[str] = field(default_factory=set)
    renamed: set[str] = field(default_factory=set)
    everything: bool = False

    def add(self, more: Touched) -> None:
        """Take in what changed after."""
        self.documents |= more.documents
        self.claims |= more.claims
        self.entities |= more.entities
        self.renamed |= more.renamed
        self.everything |= more.everything


class Log:
    """What was touched from version to version, as far back as it is remembered."""

    def __init__(self) -> None:
        self._steps: list[tuple[int, Touched]] = []
        self._from = -1

    def add(self, version: int, touched: Touched) -> None:
        """What the writes up to a version touched; those before it are known already."""
        self._steps.append((version, touched))
        held = sum(len(step.claims) for _, step in self._steps)
        while touched.everything or held > _REMEMBERED:
            self._from, gone = self._steps.pop(0)
            held -= len(gone.claims)
            if not self._steps:
                break

    def since(self, version: int) -> Touched:
        """What the writes after a version touched."""
        if version < self._from:
            return Touched(everything=True)
        found = Touched()
        for step, touched in self._steps:
            if step > version:
                found.add(touched)
        return found
