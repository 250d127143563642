"""Small facts of English grammar: what is a verb here, which words part clauses."""

from __future__ import annotations

from collections.abc import Sequence

from qa.rdf.english import STOP, WORDS
from qa.rdf.pieces import Piece
from qa.rdf.words import Token

BOUNDARY: frozenset[str] = frozenset(WORDS["boundary"])
ASKING: frozenset[str] = frozenset(WORDS["asking"])
SKIPPED: frozenset[str] = frozenset(WORDS["skipped"])
_AFTER_VERBS = frozenset(
    {"in", "from", "to", "at", "on", "for", "there", "into", "by", "with", "under", "the", "a", "an", "any"}
)
_HELPING = frozenset({"do", "also"})
_OBJECTS = frozenset({"both", "either", "only", "more", "less", "at", "any", "the", "a", "an"})


def is_verb(words: Sequence[Token], part: Piece) -> bool:
    """Whether a span is a verb where it stands (directed by …; who stars in …)."""
    first = words[part.start]
    low = first.text.casefold()
    if low != first.stem and (low.endswith(("ed", "ing", "en")) or not low.endswith(("s", "people", "ren"))):
        return True
    if part.end - part.start > 1:
        return False
    before = words[part.start - 1].stem if part.start else ""
    if before in ("to", "who", "also", "not", "that"):
        return True
    if (
        before == "which"
        and part.start > 1
        and words[part.start - 2].stem not in ("in", "of", "be", "on", "for", "from")
    ):
        return not words[part.start].text.endswith("s")
    if low.endswith("s") and low != first.stem:
        return False
    if _after_plural(words, part):
        return True
    helped = any(w.stem in _HELPING for w in words[max(0, part.start - 8) : part.start])
    return helped and before not in STOP


def _after_plural(words: Sequence[Token], part: Piece) -> bool:
    """Whether a bare word stands between a plural and what can be its object (towns border both …, X and Y)."""
    before, after = words[part.start - 1 : part.start], words[part.end : part.end + 1]
    if not before or not after or not before[0].text.endswith("s") or before[0].text.casefold() == before[0].stem:
        return False
    return after[0].stem in _OBJECTS or after[0].text[:1].isupper()


def acts(words: Sequence[Token], part: Piece, follows_noun: bool, before_name: bool) -> bool:
    """Whether a word that names nothing is a verb: by its form, or by its place (flights land in)."""
    if is_verb(words, part):
        return True
    after = words[part.end].stem if part.end < len(words) else ""
    return follows_noun and (after in _AFTER_VERBS or before_name)
