"""Finding known names in running text, and resolving a name that a user or a question gives.

`NameMatcher` works on the catalogue's entries and, the same way, on the entities of a store: on anything with `label`,
`type` and `aliases`. `nicknames`, `tickers`, `ambiguous` and `also` are read where the object has them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Generic, Protocol, TypeVar

from graph.text.name_context import breaks_word, extends_name, is_uncertain
from graph.text.name_patterns import Pattern, compile_name
from graph.text.name_ranking import Candidate, Ranking
from graph.text.name_tokens import LEGAL_FORMS, TOKEN, fold, is_cjk, normalise

__all__ = ["Candidate", "NameMatcher", "NameSpan", "Named", "normalise"]


class Named(Protocol):
    """What a matcher needs of a thing."""

    @property
    def label(self) -> str:
        """Its chief name."""
        ...

    @property
    def type(self) -> str:
        """Its entity type, as in the vocabulary."""
        ...

    @property
    def aliases(self) -> tuple[str, ...]:
        """Its other names."""
        ...


T = TypeVar("T", bound=Named)


@dataclass(frozen=True, slots=True)
class NameSpan(Generic[T]):
    """One occurrence: `text[start:end] == surface`; `candidates` are all things that bear the name.

    `uncertain`: a common word (Target, Meta) where its capital proves nothing, at a sentence's start or in a headline.
    `extends`: the name stands inside a longer proper name that is not known (*Bank of* China, Samsung *SDI*).
    """

    start: int
    end: int
    surface: str
    candidates: tuple[T, ...]
    uncertain: bool = False
    extends: bool = False


@dataclass(slots=True)
class _Tokens:
    """A text cut into tokens, as parallel lists."""

    words: list[str]
    folded: list[str]
    starts: list[int]
    ends: list[int]


def _tokenise(text: str) -> _Tokens:
    matches = list(TOKEN.finditer(text))
    words = [match.group() for match in matches]
    return _Tokens(words, [fold(w) for w in words], [m.start() for m in matches], [m.end() for m in matches])


class NameMatcher(Generic[T]):
    """All names of some things, ready to be found (`find`, linear in the text) or resolved (`resolve`)."""

    def __init__(self, items: Iterable[T]) -> None:
        self._items: dict[T, None] = {}
        self._root: dict[str, Any] = {}
        self._ranking: Ranking[T] | None = None
        for item in items:
            self.add(item)

    def add(self, item: T, *, order: Callable[[T], Any] | None = None) -> None:
        """Take a thing in; of several that bear a name, the first in `order` comes first (without: the first added)."""
        self._items[item] = None
        self._ranking = None
        for pattern in _patterns(item):
            node = self._root
            for token in pattern.tokens:
                node = node.setdefault(token, {})
            held: list[Pattern[T]] = node.setdefault("", [])
            held.append(pattern)
            if order is not None and len(held) > 1:
                held.sort(key=lambda one: order(one.item))

    def remove(self, item: T) -> None:
        """Leave a thing out again that was added."""
        del self._items[item]
        self._ranking = None
        for pattern in _patterns(item):
            node = self._root
            for token in pattern.tokens:
                node = node[token]
            others = [held for held in node.pop("", ()) if held.item != item]
            if others:
                node[""] = others

    def find(self, text: str) -> list[NameSpan[T]]:
        """The names in the text, left to right, the longest at each place, never overlapping."""
        tokens = _tokenise(text)
        spans: list[NameSpan[T]] = []
        at, folded, root = 0, tokens.folded, self._root
        while at < len(folded):
            hit = self._longest(text, tokens, at) if folded[at] in root else None
            if hit is None:
                at += 1
                continue
            last, patterns = hit
            spans.append(_span(text, tokens, at, last, patterns))
            at = last + 1
        return [
            replace(span, extends=True) if extends_name(text, span.start, span.end, *_beside(spans, n)) else span
            for n, span in enumerate(spans)
        ]

    def _longest(self, text: str, tokens: _Tokens, first: int) -> tuple[int, list[Pattern[T]]] | None:
        node, best = self._root, None
        if _glued(tokens, first - 1):
            return None
        for last in range(first, len(tokens.folded)):
            step = node.get(tokens.folded[last])
            if step is None:
                break
            node = step
            if "" in node and not _glued(tokens, last):
                words = tokens.words[first : last + 1]
                gaps = [text[tokens.ends[n] : tokens.starts[n + 1]] for n in range(first, last)]
                fitting = [
                    p
                    for p in node[""]
                    if p.fits(words, gaps) and not breaks_word(text, tokens.ends[last], ambiguous=p.ambiguous)
                ]
                best = (last, fitting) if fitting else best
        return best

    def resolve(self, name: str, *, type: str | None = None, limit: int = 5) -> list[Candidate[T]]:
        """Who may be meant by a name, best first. Only a score above 0.9 says that it is the thing's own name.

        Exact names come alone; else initials, first words and near spellings, all suggestions that score at most 0.9.
        """
        if self._ranking is None:
            self._ranking = Ranking(self._items)
        return self._ranking.rank(name, type=type, limit=limit)


def _patterns(item: T) -> Iterator[Pattern[T]]:
    ambiguous = set(getattr(item, "ambiguous", ()))
    for name in dict.fromkeys((item.label, *item.aliases, *getattr(item, "nicknames", ()))):
        yield from compile_name(item, name, item.type, ambiguous=name in ambiguous)


def _glued(tokens: _Tokens, left: int) -> bool:
    """Whether token `left` and the next one are one word of the text, without a character between."""
    if left < 0 or left + 1 >= len(tokens.words) or tokens.ends[left] != tokens.starts[left + 1]:
        return False
    return not is_cjk(tokens.words[left][-1]) and not is_cjk(tokens.words[left + 1][0])


def _span(text: str, tokens: _Tokens, first: int, last: int, patterns: list[Pattern[T]]) -> NameSpan[T]:
    start, end = tokens.starts[first], tokens.ends[last]
    if any(p.tail and text.startswith(p.tail, end) for p in patterns):
        end += 1
    if last + 1 < len(tokens.words) and tokens.folded[last + 1] in LEGAL_FORMS and tokens.words[last + 1][0].isupper():
        after = tokens.starts[last + 1]
        joined, goes_on = text[end:after] in (" ", ", "), text.startswith("-", tokens.ends[last + 1])
        if joined and not goes_on and patterns[0].item.type == "Company" and not _glued(tokens, last + 1):
            end = tokens.ends[last + 1]
    uncertain = any(p.ambiguous for p in patterns) and is_uncertain(text, start, end)
    sure = [p for p in patterns if not p.ambiguous] if uncertain else patterns
    things = tuple(dict.fromkeys(pattern.item for pattern in sure or patterns))
    return NameSpan(start, end, text[start:end], things, uncertain=not sure)


def _beside(spans: list[NameSpan[T]], n: int) -> tuple[int, int]:
    """Where the span before ends and the next one starts; -1 where there is none."""
    return spans[n - 1].end if n else -1, spans[n + 1].start if n + 1 < len(spans) else -1
