"""Spans of a question and what each may mean in a graph: classes, properties, values, nodes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from qa.rdf.english import GENERIC, IGNORED, SOFT
from qa.rdf.index import Index, Wording
from qa.rdf.spans import Meaning, Span
from qa.rdf.words import Token, alike

_LINKING = frozenset({"of", "the", "for", "'s", "-", "in", "a"})
_LEAST = 0.42
_NEAR = 0.8
_ACROSS = 0.9
_BEFORE_NAMES = frozenset({"about", "with", "by", "as", "like"})
_PARTIAL = 0.7
_KEPT = 6


def annotate(words: Sequence[Token], index: Index, stop: frozenset[str]) -> tuple[Span, ...]:
    """The spans of a question, none overlapping: quoted ones first, then the best cover of the rest."""
    found = list(_quoted(words, index))
    taken = {i for s in found for i in range(s.start, s.end)}
    options = [s for s in _options(words, index, stop) if not any(i in taken for i in range(s.start, s.end))]
    found += _cover(options, words, stop)
    found += _misspelt(words, index, {i for s in found for i in range(s.start, s.end)}, stop)
    return tuple(sorted(found, key=lambda s: s.start))


def _misspelt(words: Sequence[Token], index: Index, taken: set[int], stop: frozenset[str]) -> Iterable[Span]:
    """Capitalised words that nothing explains, read as names with a slip."""
    start = 1
    while start < len(words):
        end = start
        while end < len(words) and end not in taken and words[end].text[:1].isupper() and words[end].stem not in stop:
            end += 1
        if end > start and len(_between(words, start, end)) > 4:
            found = index.almost(_between(words, start, end))
            if found:
                yield Span(start, end, found)
        start = end + 1


def _quoted(words: Sequence[Token], index: Index) -> Iterable[Span]:
    """What stands in quotation marks or brackets, read as one value."""
    closing = {"'": "'", '"': '"', "[": "]", "“": "”", "‘": "’", "`": "`", "«": "»"}
    i = 0
    while i < len(words):
        close = closing.get(words[i].text)
        ends = [j for j in range(i + 1, len(words)) if words[j].text == close] if close else []
        if close == "]" and ends:
            depth = 0
            for j in range(i, len(words)):
                depth += {"[": 1, "]": -1}.get(words[j].text, 0)
                if depth == 0:
                    ends = [j]
                    break
        if ends and ends[0] > i + 1:
            text = " ".join(_between(words, i + 1, ends[0]).split())
            yield Span(i, ends[0] + 1, index.values(text, fuzzy=True), quoted=True)
            i = ends[0]
        i += 1


def _between(words: Sequence[Token], start: int, end: int) -> str:
    """The text of tokens with the blanks that stood between them."""
    out = words[start].text
    for a, b in zip(words[start : end - 1], words[start + 1 : end], strict=True):
        out += " " * (b.start - a.end) + b.text
    return out


def text_of(words: Sequence[Token], span: Span) -> str:
    """The text of a span; without its marks if it is quoted."""
    if span.quoted:
        return _between(words, span.start + 1, span.end - 1)
    return _between(words, span.start, span.end)


def _options(words: Sequence[Token], index: Index, stop: frozenset[str]) -> list[Span]:
    found: dict[tuple[int, int], list[Meaning]] = {}
    for start in range(len(words)):
        for end in range(start + 1, min(len(words), start + 9) + 1):
            for meaning in _as_value(words, start, end, index, stop):
                found.setdefault((start, end), []).append(meaning)
    for start, end, meaning in _as_schema(words, index, stop):
        found.setdefault((start, end), []).append(meaning)
    return [
        Span(a, b, tuple(sorted(_once(ms), key=lambda m: -m.score)[:_KEPT])) for (a, b), ms in sorted(found.items())
    ]


def _once(meanings: list[Meaning]) -> list[Meaning]:
    best: dict[tuple[str, str, tuple[str, ...]], Meaning] = {}
    for m in meanings:
        key = (m.sense, m.ref, m.terms)
        if key not in best or best[key].score < m.score:
            best[key] = m
    return list(best.values())


def _as_value(words: Sequence[Token], start: int, end: int, index: Index, stop: frozenset[str]) -> tuple[Meaning, ...]:
    first, last = words[start], words[end - 1]
    if first.stem in ("'s", ",", ".", "?") or last.stem in ("'s", ",", "?"):
        return ()
    if end - start == 1 and (first.stem in stop or first.text.casefold() in stop):
        return ()
    if all(w.stem in stop | IGNORED for w in words[start:end]) and not any(
        w.text[:1].isupper() for w in words[start:end]
    ):
        return ()
    text = _between(words, start, end)
    capital = any(w.text[:1].isupper() or w.text[:1].isdigit() for w in words[start:end])
    placed = start > 0 and words[start - 1].stem in _BEFORE_NAMES and not first.text.endswith(("ed", "ing"))
    return index.values(text, capital=capital and (start > 0 or end - start > 1), placed=placed)


def _as_schema(words: Sequence[Token], index: Index, stop: frozenset[str]) -> Iterable[tuple[int, int, Meaning]]:
    """Each wording of each term against the runs of tokens that say it."""
    content = [i for i, w in enumerate(words) if (w.stem not in stop or w.stem in SOFT) and w.text[0].isalnum()]
    asked = {w.stem for w in words}
    for wording in index.near({words[i].stem for i in content}):
        hits = {}
        for i in content:
            best = max(((alike(words[i].stem, w), n) for n, w in enumerate(wording.words)), default=(0.0, -1))
            if best[0] >= _needed(words[i], wording):
                hits[i] = best
        for run in _runs(sorted(hits), words):
            if all(words[i].stem in SOFT and words[i].stem != "name" for i in run):
                continue
            said: dict[int, float] = {}
            for i in run:
                likeness, n = hits[i]
                said[n] = max(said.get(n, 0), likeness)
            score = sum(s * wording.weights[n] for n, s in said.items()) / wording.whole
            score *= 0.97 ** max(0, len(run) - len(said)) * wording.trust
            score *= _across(run, words, wording)
            if wording.sense == "property" and _misses_point(wording, set(said), asked):
                score *= _PARTIAL
            if score >= _LEAST:
                yield run[0], run[-1] + 1, Meaning(wording.sense, wording.ref, round(score, 3))


def _across(run: list[int], words: Sequence[Token], wording: Wording) -> float:
    """What a preposition inside a span takes off, unless the label has it too."""
    inside = {words[j].stem for j in range(run[0], run[-1])} - set(wording.words)
    return _ACROSS**2 if "in" in inside else _ACROSS if "of" in inside else 1.0


def _misses_point(wording: Wording, said: set[int], asked: set[str]) -> bool:
    """Whether what tells a label from others is not said: its last word, or the word before one such as “name”."""
    if wording.linking or not said:
        return False
    missing = [
        w
        for n, w in enumerate(wording.words)
        if n not in said and wording.weights[n] > 0.5 and w not in asked | GENERIC
    ]
    last = max((n for n, w in enumerate(wording.weights) if w > 0.25), default=-1)
    return bool(missing) and (last not in said or all(wording.words[n] in GENERIC for n in said))


def _needed(token: Token, wording: Wording) -> float:
    """How like a word must be: a class is named by nouns, so a verb form must be the very word."""
    if wording.sense != "class":
        return 0.01
    return 1.0 if token.text.casefold().endswith(("ed", "ing")) else _NEAR


def _runs(hits: list[int], words: Sequence[Token]) -> Iterable[list[int]]:
    """All stretches of hits with nothing but linking words between them."""
    for start in range(len(hits)):
        run = [hits[start]]
        yield list(run)
        for i in hits[start + 1 :]:
            if any(words[j].stem not in _LINKING for j in range(run[-1] + 1, i)) or len(run) >= 6:
                break
            run.append(i)
            yield list(run)


def _cover(options: list[Span], words: Sequence[Token], stop: frozenset[str]) -> list[Span]:
    """The spans that explain most, none overlapping: long and certain ones first."""
    best: list[tuple[float, list[Span]]] = [(0.0, [])]
    ending: dict[int, list[Span]] = {}
    for option in options:
        ending.setdefault(option.end, []).append(option)
    for end in range(1, len(words) + 1):
        top = best[end - 1]
        for option in ending.get(end, ()):
            score, chosen = best[option.start]
            gain = score + _gain(option, words, stop)
            if gain > top[0]:
                top = (gain, [*chosen, option])
        best.append(top)
    return best[-1][1]


def _gain(span: Span, words: Sequence[Token], stop: frozenset[str]) -> float:
    length = sum(1 for w in words[span.start : span.end] if w.stem not in stop or w.stem in SOFT)
    exact = span.meanings[0]
    bonus = 0.15 if exact.sense in ("value", "node") and length > 1 else 0.0
    return float((exact.score**1.5 + bonus) * max(length, 1) ** 1.15 - 0.05)
