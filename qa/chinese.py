"""A question in Chinese, put into the English that the parser reads.

How Chinese asks is data (chinese.yaml): patterns of the whole question, so that no condition is passed over; names,
periods and amounts are found in it as in any text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from graph.errors import SettingsError
from graph.text.periods import describe_period, find_periods
from graph.text.quantities import find_quantities
from graph.vocabulary import read_yaml, vocabulary
from qa.names import Names

UNREAD = (
    "this way of asking in Chinese is not known; ask for a figure (A的毛利率是多少), for somebody (A的供应商有哪些) "
    "or for an act (谁使用A), or ask in English"
)
_HAN = re.compile(r"[\u3400-\u9fff]")
_LATIN = re.compile(r"[A-Za-z]")
_NAME = r"‹\d+›"
_ANY_NAME = r"[^的,‹›«»]{2,12}"
_NOISE = re.compile(r"[\s?？.。!！“”\"]+")
_COURTESY = re.compile(r"^(?:请问|请告诉我|请列出|我想知道|你知道|告诉我|,)+")
_TIME = re.compile(r"(?:截至|在|于|从|到|至|,|的)*«t»(?:,|为止|里|内|期间)*")
_SLOT = re.compile(r"\{([a-z]+)(\d?)\}")
_MARK = re.compile(r"[‹«]\d+[›»]")
_WORDS = {"r": "roles", "o": "posts", "v": "verbs", "k": "kinds", "g": "goods", "w": "askers"}
_FORMS = ("who", "what", "asks", "level", "if", "then")


@dataclass(frozen=True, slots=True)
class Row:
    """Ways of asking, and the English question that they stand for; `loose` take any word for a name."""

    patterns: tuple[re.Pattern[str], ...]
    loose: tuple[re.Pattern[str], ...]
    means: str
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chinese:
    """chinese.yaml: its ways of asking, what its words say in English by slot, and the simplified characters."""

    rows: tuple[Row, ...]
    words: Mapping[str, Mapping[str, str]]
    simplified: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Put:
    """A question in English, or the reason why it cannot be put into it."""

    text: str = ""
    reason: str = ""


@cache
def chinese() -> Chinese:
    """All of chinese.yaml. Raises SettingsError for a pattern that is no regular expression."""
    table = read_yaml("qa", "chinese.yaml")
    words = {slot: {zh: row["en"] for row in table[of] for zh in row["zh"]} for slot, of in _WORDS.items()}
    words["n"] = {zh: metric.label for metric in vocabulary().metrics.values() for zh in metric.zh}
    forms = {name: str(table[name]) for name in _FORMS}
    forms |= {slot: "|".join(sorted(known, key=len, reverse=True)) for slot, known in words.items()}
    pairs = "".join(table["traditional"].split())
    simplified = {ord(old): new for old, new in zip(pairs[::2], pairs[1::2], strict=True)}
    return Chinese(tuple(_row(row, forms) for row in table["questions"]), words, simplified)


def _row(row: dict[str, Any], forms: Mapping[str, str]) -> Row:
    try:
        firm, loose = (
            tuple(
                _pattern(text, {**forms, "m": r"«\d+»", **_named(name, f"{forms['r']}|{forms['o']}")})
                for text in row["says"]
            )
            for name in (_NAME, f"(?:{_NAME}|{_ANY_NAME})")
        )
    except (re.error, KeyError) as e:
        raise SettingsError(f"qa/chinese.yaml: not a pattern ({e}): {row['says']}") from e
    return Row(firm, loose, str(row["means"]), tuple(row["examples"]))


def _named(name: str, roles: str) -> dict[str, str]:
    return dict.fromkeys("abc", rf"{name}(?:的(?:{roles}))*")


def _pattern(text: str, forms: Mapping[str, str]) -> re.Pattern[str]:
    """A way of asking; a slot of one letter is a group that goes by it and its digit."""

    def slot(found: re.Match[str]) -> str:
        name = f"P<{found[1]}{found[2]}>" if len(found[1]) == 1 else ":"
        return f"(?{name}{forms[found[1]]})"

    return re.compile(_SLOT.sub(slot, text))


def in_english(text: str, names: Names, today: date) -> Put | None:
    """The English question that a Chinese one stands for; None if the text, names apart, is not in Chinese.

    `today` is what “去年” counts from.
    """
    if not _HAN.search(text):
        return None
    periods = find_periods(text.replace("到", " "), reference=today)  # two ends, not one stretch
    times = {(p.start, p.end): "«t»" for p in periods}
    hits = names.find(_marked(text, {(start, end): " " * (end - start) for start, end in times}))
    rest = _marked(text, {(h.start, h.end): "" for h in hits})
    if len(_HAN.findall(rest)) <= len(_LATIN.findall(rest)):
        return None
    taken = [*times, *((h.start, h.end) for h in hits)]
    amounts = [q for q in find_quantities(text) if not _meets(q.start, q.end, taken)]
    said = {f"‹{i}›": names.label(h.ids[0]) if len(h.ids) == 1 else h.text for i, h in enumerate(hits)} | {
        f"«{i}»": q.quantity.text for i, q in enumerate(amounts)
    }
    spans = [*((h.start, h.end) for h in hits), *((q.start, q.end) for q in amounts)]
    marks = dict(zip(spans, said, strict=True)) | times
    known = chinese()
    plain = _NOISE.sub("", _marked(text, marks).translate(known.simplified).replace("，", ","))
    plain = _TIME.sub("", _COURTESY.sub("", plain))
    return _put(plain, said, _when([describe_period(p.period) for p in periods]))


def _marked(text: str, marks: Mapping[tuple[int, int], str]) -> str:
    for (start, end), mark in sorted(marks.items(), reverse=True):
        text = text[:start] + mark + text[end:]
    return text


def _meets(start: int, end: int, spans: list[tuple[int, int]]) -> bool:
    return any(start < e and s < end for s, e in spans)


def _when(periods: list[str]) -> str:
    """“in 2025”, “from 2024 to 2025”."""
    if len(periods) == 2:
        return f" from {periods[0]} to {periods[1]}"
    return "".join(f" {one}" if one.startswith(("since", "until")) else f" in {one}" for one in periods)


def _put(plain: str, said: Mapping[str, str], when: str) -> Put:
    known = chinese()
    for row in known.rows:
        for pattern in row.patterns:
            if found := pattern.fullmatch(plain):
                text = row.means.format(**{slot: _english(slot, value) for slot, value in found.groupdict("").items()})
                return Put(_MARK.sub(lambda m: said[m[0]], text) + when + "?")
    for row in known.rows:
        for pattern in row.loose:
            if found := pattern.fullmatch(plain):
                named = [value.partition("的")[0] for slot, value in found.groupdict("").items() if slot[0] in "abc"]
                strange = next((name for name in named if name and not _MARK.fullmatch(name)), "")
                return Put(reason=f"“{strange}” is not in the graph")
    return Put(reason=UNREAD)


def _english(slot: str, value: str) -> str:
    """What a slot says in English: “the customers of the suppliers of X” for what leads from a name to others."""
    if slot[0] in "abc":
        name, *roles = value.split("的")
        known = {**chinese().words["r"], **chinese().words["o"]}
        return "".join(f"the {known[role]} of " for role in reversed(roles)) + name
    return chinese().words[slot[0]].get(value, value) if slot[0] in chinese().words else value
