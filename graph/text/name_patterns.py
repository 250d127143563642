"""One name compiled for matching: its tokens, how they may be joined in a text, and which letters must be capital."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Generic, TypeVar

from graph.text.name_tokens import TOKEN, fold, is_cjk

T = TypeVar("T")

_SPACES = frozenset(" \u00a0\u202f\u2009")
_HYPHENS = frozenset("-\u2010\u2011")
_PLURAL_TYPES = frozenset({"Chip", "Model", "Product", "Technology", "Facility"})
_ANY_CAPITAL = -1
_TWO_CAPITALS = -2


@dataclass(slots=True)
class Pattern(Generic[T]):
    """A name of `item`: folded tokens, the gaps between them, and how many leading letters of each must be capital."""

    item: T
    tokens: tuple[str, ...]
    gaps: tuple[str, ...]
    capitals: tuple[int, ...]
    tail: str
    ambiguous: bool

    def fits(self, words: list[str], gaps: list[str]) -> bool:
        """Whether the text's words (same folded tokens) carry the name's capitals and are joined as the name is."""
        return all(map(_capital_fits, self.capitals, words)) and all(
            gap == own or _gap_fits(own, gap, words[n], words[n + 1])
            for n, (own, gap) in enumerate(zip(self.gaps, gaps, strict=True))
        )


def _capital_fits(needed: int, word: str) -> bool:
    if needed == _ANY_CAPITAL:
        return word != word.lower()
    if needed == _TWO_CAPITALS:
        return sum(map(str.isupper, word)) >= 2
    return needed == 0 or word[:needed].isupper()


def _is_soft(gap: str) -> bool:
    return not gap or (len(gap) == 1 and (gap in _SPACES or gap in _HYPHENS))


def _squash(gap: str) -> str:
    return "".join(c for c in gap if c not in _SPACES).replace("’", "'").replace("‘", "'").replace("：", ":")


def _gap_fits(own: str, gap: str, left: str, right: str) -> bool:
    """`A 100` is not A100, `GPT 5` is GPT-5: letters and digits come apart only where the letters are three or more."""
    if _is_soft(own) and _is_soft(gap):
        splits = gap in _SPACES and not own and not is_cjk(left[-1]) and not is_cjk(right[0])
        return not splits or max(len(part) for part in (left, right) if not part[0].isdigit()) >= 3
    return len(gap) <= 3 and _squash(own) == _squash(gap) and bool(_squash(gap))


def _all_capitals(words: list[str], gaps: tuple[str, ...]) -> list[int]:
    """How many leading letters of each token must be capital (a short one with a capital inside, GaN: any two).

    A token glued to digits cannot be a common word.
    """
    if len(words) == 1:
        return [_capitals(words[0])]
    needed = []
    for n, word in enumerate(words):
        left_digit = n > 0 and not gaps[n - 1] and words[n - 1][-1].isdigit()
        right_digit = n < len(gaps) and not gaps[n] and words[n + 1][0].isdigit()
        needed.append(0 if left_digit or (right_digit and len(word) >= 3) else _capitals(word))
    return needed


def _capitals(token: str) -> int:
    if token[0].isupper() and len(token) <= 4:
        return len(token) if token.isupper() else _TWO_CAPITALS if token[1:] != token[1:].lower() else 1
    if token[0].isupper():
        return 1
    return _ANY_CAPITAL if token != token.lower() else 0


def compile_name(item: T, name: str, type_: str, *, ambiguous: bool) -> Iterator[Pattern[T]]:
    """The patterns of one name: itself and, for things that are counted (TPUs, H20s), its plural."""
    found = list(TOKEN.finditer(name))
    if not found:
        return
    words = [match.group() for match in found]
    gaps = tuple([name[a.end() : b.start()] for a, b in pairwise(found)])
    capitals = tuple(_all_capitals(words, gaps))
    tokens = tuple([fold(word) for word in words])
    yield Pattern(item, tokens, gaps, capitals, name[found[-1].end() :].strip()[:1], ambiguous)
    last = words[-1]
    if type_ in _PLURAL_TYPES and not is_cjk(last[-1]) and not tokens[-1].endswith("s"):
        if last[-1].isdigit():
            yield Pattern(item, (*tokens, "s"), (*gaps, ""), (*capitals, 0), "", ambiguous)
        else:
            yield Pattern(item, (*tokens[:-1], tokens[-1] + "s"), gaps, capitals, "", ambiguous)
