"""Scale words after a number, and what goes on after them: 1.2 million, one million two hundred thousand, 3亿5000万."""

from __future__ import annotations

import re
from decimal import Decimal

from graph.text.quantities.lexicon import Lexicon
from graph.text.quantities.numbers import NUMBER, Number, chinese_value, words_value

_MORE = re.compile(r"(?:\+|-plus)(?=[ -]?(?:thousand|million|billion|trillion|[mb]n|tn)\b)")  # $100+ billion
_OF_MANY = re.compile(r"[ -](?:tokens?|param(?:eter)?s?|transistors?|operations)\b")  # 15T tokens: no model's name
_AND_A_HALF = re.compile(r"[ -]and[ -]a[ -]half\b|½")
_GAP = re.compile(r"[ -](?:and[ ])?")
_NAME_BEFORE = re.compile(r"(?P<lead>\A|[.!?:;•“\"(\n][ ]*|\s)(?P<name>[A-Z][A-Za-z’'.+-]*)[ \u00a0]\Z")


def scaled(text: str, number: Number, words: Lexicon, *, money: bool) -> tuple[Decimal, int, Decimal | None]:
    """The value with its scale words, where it ends, and the scale (None if none is written)."""
    value, end, scale = number.value, number.end, None
    if half := _AND_A_HALF.match(text, end):
        value, end = value + Decimal("0.5"), half.end()
    if over := _MORE.match(text, end):
        end = over.end()
    for _ in range(3):
        m = words.scale.match(text, end)
        if not m or (m["letter"] and (number.form != "digits" or scale or not _letter(text, m, money=money))):
            break
        factor = words.scales[(m["apart"] or m["letter"] or m["zh"]).casefold()]
        follows = text[m.end() : m.end() + 1]
        if m["apart"] and follows.isascii() and follows.isalnum():
            break
        doubtful = m["letter"] and not money and m["letter"].isupper() and not _OF_MANY.match(text, m.end())
        if doubtful and _model(text, number.start, words):
            break
        value, end, scale = value * factor, m.end(), (scale or 1) * factor
    rest = scale
    while rest and (more := _smaller(text, end, rest, words)):
        value, end, rest = value + more[0], more[1], more[2]
    return value, end, scale


def _letter(text: str, m: re.Match[str], *, money: bool) -> bool:
    """Whether a letter after digits is a scale: 5k, $5 B, $5MM, 15T tokens; not 800 G, 5T, 5 b."""
    if money:
        return m.start("letter") == m.start() or text[m.end() : m.end() + 1] != "-"
    if m.start("letter") > m.start() or len(m["letter"]) > 1:
        return False
    return m["letter"] not in "tT" or _OF_MANY.match(text, m.end()) is not None


def _smaller(text: str, end: int, scale: Decimal, words: Lexicon) -> tuple[Decimal, int, Decimal | None] | None:
    """What goes on after a scale, where it ends, and the scale after which still more may go on."""
    if text[end - 1].isascii():
        gap = _GAP.match(text, end)
        m = NUMBER.match(text, gap.end()) if gap else None
        return _smaller_words(text, m, scale, words) if m and m.lastgroup == "words" else None
    m = NUMBER.match(text, end)
    return _smaller_chinese(text, m, scale, words) if m and m.lastgroup in ("digits", "zh") else None


def _smaller_words(
    text: str, m: re.Match[str], scale: Decimal, words: Lexicon
) -> tuple[Decimal, int, Decimal | None] | None:
    value, end, rest = words_value(m.group()), m.end(), None
    after = words.scale.match(text, end)
    if after and after["apart"]:
        rest = words.scales[after["apart"].casefold()]
        value, end = value * rest, after.end()
    elif scale > 1000 or (text[m.start() - 1] == " " and value < 100 and text[m.start() - 4 : m.start()] != "and "):
        return None
    return (value, end, rest) if value < scale else None


def _smaller_chinese(
    text: str, m: re.Match[str], scale: Decimal, words: Lexicon
) -> tuple[Decimal, int, Decimal | None] | None:
    raw = m.group()
    if m.lastgroup == "digits" and not raw.replace(".", "", 1).isdecimal():
        return None
    value, end = (chinese_value(raw) if m.lastgroup == "zh" else Decimal(raw)), m.end()
    after = words.scale.match(text, end)
    if after and after["zh"]:
        rest = words.scales[after["zh"]]
        return (value * rest, after.end(), rest) if value * rest < scale else None
    stepped = m.lastgroup == "zh" and any(c in raw for c in "十百千零〇")
    return (value, end, None) if stepped and value < scale else None


def _model(text: str, start: int, words: Lexicon) -> bool:
    """Whether a name stands right before, even one that opens the sentence: Ascend 910B; not About 910B."""
    m = _NAME_BEFORE.search(text, max(0, start - 24), start)
    hedges = {form.split(" ")[-1] for table in ("low", "high", "near", "approx") for form in words.words[table]}
    return bool(m and len(m["name"]) > 1 and m["name"].casefold() not in hedges)


def named(text: str, start: int) -> bool:
    """Whether a capitalised word that does not open the sentence stands right before: Ascend 910B, Gemini 3."""
    m = _NAME_BEFORE.search(text, max(0, start - 24), start)
    return bool(m and m["lead"] == " " and len(m["name"]) > 1)
