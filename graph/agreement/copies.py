"""Which documents are copies of one text: syndicated, cut, slightly reworded, with another headline or boilerplate.

Texts are compared by their shingles, overlapping runs of three words (of five characters where the script has no
spaces): sketches (`graph.agreement.sketch`) estimate how many two texts share, their index finds the pairs without
comparing all with all. Two texts are copies if they share `SHARED` of the shorter one's shingles and `FIGURES` of the
fewer numbers (without them it is a template filled in anew); one with more than `LONGER` times the shingles of the
other quotes it rather than copies it. What these bounds were measured on is in
docs/decisions/0008-agreement-and-change.md. The bounds themselves are in `graph.agreement.signing`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from graph.agreement.alike import Alike
from graph.agreement.groups import joined

if TYPE_CHECKING:
    from graph.agreement.signing import Signature


def sign(text: str) -> Signature:
    """The signature of a text; one without words has none in common with any."""
    from graph.agreement.signing import signed  # numpy, a tenth of a second: few answers need to compare texts

    return signed(text)


@dataclass
class Copies:
    """The documents that are copies of each other. `signature` gives a document's (None: its text is not known).

    Signatures are asked for once, when a document is first compared.
    """

    signature: Callable[[str], Signature | None] = lambda _: None
    _known: dict[str, Signature | None] = field(default_factory=dict)
    _copies: dict[str, set[str]] = field(default_factory=dict)
    _index: Alike = field(default_factory=Alike)

    def groups(self, documents: Iterable[str]) -> list[list[str]]:
        """The documents (ids) in groups of copies, singles included, in the order given."""
        listed = list(dict.fromkeys(documents))
        if len(listed) < 2:
            return [[document] for document in listed]
        for document in listed:
            self._add(document)
        here = set(listed)
        return joined(listed, ((a, b) for a in listed for b in sorted(here.intersection(self._copies.get(a, ())))))

    def _add(self, document: str) -> None:
        if document in self._known:
            return
        own = self._known[document] = self.signature(document)
        if own is None or not own.shingles:
            return
        for other in self._index.find(own.sketch):
            theirs = self._known[str(other)]
            if theirs is not None and own.copies(theirs):
                self._copies.setdefault(document, set()).add(str(other))
                self._copies.setdefault(str(other), set()).add(document)
        self._index.add(document, own.sketch)
