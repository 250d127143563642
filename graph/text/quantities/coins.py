"""The smaller coin after an amount: “thirteen dollars and forty-five cents”, “15 dollars 50.”, 五元三毛."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from graph.text.quantities.lexicon import Lexicon, Unit, lexicon
from graph.text.quantities.numbers import NUMBER, chinese_value, words_value

_GAP = re.compile(r"[ ](?:and[ ])?")
_GAP_ZH = re.compile(r"[又零]?")
_CLAUSE_END = re.compile(r"[.,;!?)]*(?:\s*\Z|[ ]*\n|(?<=[.,;!?)])[ ])")
_HUNDRED = Decimal(100)


@cache
def _coin() -> tuple[re.Pattern[str], re.Pattern[str]]:
    forms = sorted(lexicon().coins, key=len, reverse=True)
    plain = "|".join(f for f in forms if f.isascii())
    chinese = "|".join(f for f in forms if not f.isascii())
    return re.compile(rf"[ ](?P<coin>{plain})\b"), re.compile(rf"(?P<coin>{chinese})")


def smaller_coins(text: str, end: int, unit: Unit, words: Lexicon) -> tuple[Decimal, int] | None:
    """What the coins right after `end` add, in terms of `unit`, and where they end; None if there are none."""
    if unit.factor != 1:
        return None
    added, at = Decimal(0), end
    for _ in range(2):
        more = _one(text, at, words, first=at == end)
        if more is None:
            break
        added, at = added + more[0], more[1]
    return (added, at) if at > end else None


def _one(text: str, at: int, words: Lexicon, *, first: bool) -> tuple[Decimal, int] | None:
    plain, chinese = _coin()
    gap = _GAP.match(text, at) or _GAP_ZH.match(text, at)
    number = NUMBER.match(text, gap.end() if gap else at)
    if number is None or number.lastgroup not in ("digits", "words", "zh"):
        return None
    value = _value(number)
    if value is None or value >= _HUNDRED or value % 1:
        return None
    coin = (plain if gap and gap.group() else chinese).match(text, number.end()) or chinese.match(text, number.end())
    if coin:
        return value * words.coins[coin["coin"]], coin.end()
    two = len(number.group()) == 2 or number.lastgroup == "words"
    if first and two and gap and gap.group() and number.lastgroup != "zh" and _CLAUSE_END.match(text, number.end()):
        return value / _HUNDRED, number.end()
    return None


def _value(number: re.Match[str]) -> Decimal | None:
    raw = number.group()
    if number.lastgroup == "words":
        return words_value(raw)
    if number.lastgroup == "zh":
        return chinese_value(raw)
    return Decimal(raw) if raw.isdecimal() and len(raw) < 3 else None
