"""Sentences of a passage as exact offsets; a list marker is not part of one."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from graph.vocabulary import read_yaml
from ingest.lines import MARKER, trim
from ingest.passages import Passage
from ingest.plain import INVISIBLE

_END = re.compile(
    r"""(?P<stop>[.!?…]+)(?P<close>["'”’»)\]]*(?:\[\d+\])*)"""
    rf"""[\s{INVISIBLE}]+(?=(?P<next>["'“‘«(\[$€£¥]*[^\W_]+))|[。！？]+[”’」』）"]*(?P<wide>)"""
)
_LAST_WORD = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]+$")
_INITIALS = re.compile(r"(?:[A-Z]\.)*[A-Z]")
_SPEAKER = re.compile(r"[^，。！？；\s]{0,12}(?:说|表示|称|道|指出|认为|写道)")
_LONGEST = 2_000
_CUT_AFTER = (";", "；", ",", "，", "、", " ")
_SIGNS = "$€£¥"
_OPENERS = "\"'“‘«([" + _SIGNS
_SMALL_FIRST = re.compile(r"[a-z]{1,2}-?[A-Z]")  # “d-Matrix”, “xAI”: a name, whatever its first letter


def sentences(text: str, passage: Passage) -> list[tuple[int, int]]:
    """Start and end of each sentence of `text[passage.start:passage.end]`, blank space left out.

    A bullet, heading or title is at least one. A stop ends a sentence if what follows begins like one and the stop
    belongs to no abbreviation, initial or decimal; Chinese stops end one unless the clause after a quotation goes on.
    """
    spans: list[tuple[int, int]] = []
    start = passage.start
    if marker := MARKER.match(text, start, passage.end):
        start = marker.end()
    for found in _END.finditer(text, start, passage.end):
        if _ends(text, start, passage.end, found):
            spans.append((start, found.end()))
            start = found.end()
    spans.append((start, passage.end))
    return [trimmed for start, end in spans if (trimmed := trim(text, start, end)) is not None]


def pieces(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """A sentence as it stands, or one of more than 2,000 characters in pieces, cut after semicolons, commas, spaces."""
    out: list[tuple[int, int]] = []
    while end - start > _LONGEST:
        half, limit = start + _LONGEST // 2, start + _LONGEST
        cut = next((at + 1 for mark in _CUT_AFTER if (at := text.rfind(mark, half, limit)) >= 0), limit)
        out.append((start, cut))
        start = cut
    out.append((start, end))
    return [trimmed for piece in out if (trimmed := trim(text, *piece)) is not None]


def _ends(text: str, start: int, line_end: int, found: re.Match[str]) -> bool:
    if found["wide"] is not None:
        return _ends_wide(text, line_end, found)
    following = found["next"]
    if found["stop"] != "." and following[0] in _SIGNS:
        return False  # “The backlog? $7 billion.”
    word = following.lstrip(_OPENERS)
    if word[0].islower() and not _SMALL_FIRST.match(text, found.start("next") + len(following) - len(word)):
        return False
    if found["stop"] == "!" and word in _rules()["legal_forms"]:
        return False
    if found["stop"] not in ".!" or found["close"]:
        return True
    before = _LAST_WORD.search(text, max(start, found.start() - 24), found.start())
    if found["stop"] == "!":
        return before is None or before[0] not in _rules()["with_mark"]
    if before is None or text[before.start() - 1 : before.start()].isdigit():
        return True  # “at $2B. Acme …”
    return not _abbreviated(before[0], word) or _lettered(text[start : before.start()], before[0])


def _lettered(before: str, word: str) -> bool:
    """“Series B.”: a letter that numbers something, no initial."""
    return bool(_INITIALS.fullmatch(word)) and before.split()[-1:] in [[noun] for noun in _rules()["lettered"]]


def _ends_wide(text: str, line_end: int, found: re.Match[str]) -> bool:
    """“……！”他说。: a closed quotation followed by its speaker is not the end."""
    closed = found[0][-1] in '”’」』"'
    return not (closed and found.end() < line_end and _SPEAKER.match(text, found.end(), line_end))


def _abbreviated(word: str, following: str) -> bool:
    rules = _rules()
    if word in rules["titles"] or word[0].lower() + word[1:] in rules["titles"]:
        return True
    if following[0].isdigit() and word in rules["before_digits"]:
        return True
    if word in rules["mid"] or _INITIALS.fullmatch(word):
        return following not in rules["starters"]
    return False


@lru_cache(maxsize=1)
def _rules() -> dict[str, frozenset[str]]:
    return {name: frozenset(words) for name, words in load_rules().items() if name != "examples"}


def load_rules() -> dict[str, Any]:
    """The word lists of rules/sentences.yaml, with their examples."""
    loaded: dict[str, Any] = read_yaml("ingest", "rules/sentences.yaml")
    return loaded
