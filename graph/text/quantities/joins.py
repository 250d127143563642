"""Ranges out of neighbouring amounts: “$52–56 billion”, “between X and Y”, “X, plus or minus Y”."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from graph.text.quantities.amounts import Amount
from graph.text.quantities.lexicon import key, lexicon

_DASH = re.compile(r"[ \u00a0]?(?:-|–|—|~|～|－|‑)[ \u00a0]?")
_TO = re.compile(r"[ ](?:to|through)[ ]|至|到")
_AND = re.compile(r"[ ](?:and|&)[ ](?:an?[ ])?(?:about[ ]|around[ ])?|和|与")
_OR = re.compile(r"[ ]or[ ]")
_BETWEEN = re.compile(
    r"(?:\bbetween|介于|在)(?P<about>[ ](?:about|around|roughly|approximately|some))?[ ]?\Z", re.IGNORECASE
)
_FROM = re.compile(
    r"\bfrom(?:[ ](?:about|around|roughly|some|approximately|just|nearly|over|under|more than|less than))?[ ]?\Z|从\Z",
    re.IGNORECASE,
)
_SPREAD = re.compile(
    r"\b(?:rang(?:e|es|ed|ing)|var(?:y|ies|ied|ying)|any(?:where|thing)|priced|somewhere|span(?:s|ned|ning)?)"
    r"[ ]from[ ]?\Z",
    re.IGNORECASE,
)
_PLUS_MINUS = re.compile(
    r",?[ ](?:plus[ ]or[ ]minus|plus/minus|give[ ]or[ ]take)[ ]|[ ]?(?:±|\+/-?)[ ]?", re.IGNORECASE
)

_TOO_MANY = 1000  # no percentage goes so far: “rose 17% to 19,000 units” is no range


@dataclass(frozen=True, slots=True)
class Joined:
    """One or two amounts as one: `low` and `high` bounds. `move` is "from" or "to" for the ends of a change; `worded`
    says that a word such as “between” makes it a range.
    """

    start: int
    end: int
    low: Decimal
    high: Decimal
    amount: Amount
    move: Literal["from", "to"] | None = None
    worded: bool = False


def join(text: str, amounts: Sequence[Amount]) -> list[Joined]:
    """Pair up neighbours that form ranges; every other amount stands alone (low == high)."""
    out: list[Joined] = []
    i = 0
    while i < len(amounts):
        pair = _pair(text, amounts[i], amounts[i + 1]) if i + 1 < len(amounts) else None
        out += [_with_per(text, joined) for joined in pair] if pair else [_alone(amounts[i])]
        i += 2 if pair else 1
    return out


def _alone(a: Amount) -> Joined:
    return Joined(a.start, a.end, a.value, a.high or a.value, a)


def _with_per(text: str, joined: Joined) -> Joined:
    """The “per” after a number that has its unit from the number before it: “$30–40 a share”."""
    unit = joined.amount.unit
    if unit is None or unit.kind not in ("money", "physical") or joined.amount.per:
        return joined
    words = lexicon()
    per = words.per_after.match(text, joined.end)
    return (
        replace(joined, end=per.end(), amount=replace(joined.amount, per=words.per[key(per["form"])]))
        if per
        else joined
    )


def _pair(text: str, a: Amount, b: Amount) -> list[Joined] | None:
    gap = text[a.end : b.start] if b.start - a.end <= 24 else "\n\n"
    if _PLUS_MINUS.fullmatch(gap):
        return _tolerance(a, b)
    shared = _share(a, b)
    if shared is None or a.low_only or b.low_only or a.high or b.high:
        return None
    a, b = shared
    if _TO.fullmatch(gap):
        window = max(0, a.start - 40)
        if _FROM.search(text, window, a.start) and not _SPREAD.search(text, window, a.start):
            return [replace(_alone(a), move="from"), replace(_alone(b), move="to")]
    elif _AND.fullmatch(gap):
        m = _BETWEEN.search(text, max(0, a.start - 24), a.start)
        if not m:
            return None
        return _range(m.start(), replace(a, approx=a.approx or bool(m["about"])), b, worded=True)
    elif _OR.fullmatch(gap):
        if not (a.form == b.form == "words" and b.value - a.value in (1, a.scale, b.scale)):
            return None
    elif not _DASH.fullmatch(gap):
        return None
    m = _SPREAD.search(text, max(0, a.start - 40), a.start)
    return _range(a.start, a, b, worded=m is not None) if a.value <= b.value else None


def _range(start: int, a: Amount, b: Amount, *, worded: bool) -> list[Joined] | None:
    if a.value > b.value:
        return None
    whole = replace(b, start=start, noise=(a.noise and b.noise) or b.noise, approx=a.approx or b.approx, signed=False)
    return [Joined(start, b.end, a.value, b.value, whole, worded=worded)]


def _share(a: Amount, b: Amount) -> tuple[Amount, Amount] | None:
    """Give both ends the unit, per and scale that one of them carries; None if they cannot be ends of one range."""
    if a.unit and b.unit and (a.unit.name, a.unit.kind) != (b.unit.name, b.unit.kind):
        return None
    if a.unit is None and a.scale is None and (b.prefixed or (b.scale is not None and a.value * b.scale > b.value)):
        return None
    if a.unit is not None and b.unit is None and _apart(a, b):
        return None
    if a.unit is None and b.form == "fraction":
        return None
    if a.unit and a.unit.kind == "percent" and b.unit is None and b.value >= _TOO_MANY:
        return None
    unit, per = b.unit or a.unit, b.per or a.per
    if a.unit is None and b.unit is not None:
        a = replace(a, value=a.value * b.unit.factor)
    if b.unit is None and a.unit is not None:
        b = replace(b, value=b.value * a.unit.factor)
    if a.scale is None and b.scale is not None and a.value * b.scale <= b.value:
        a = replace(a, value=a.value * b.scale, scale=b.scale)
    noise = a.noise and b.noise if unit is None else False
    return replace(a, unit=unit, per=per, noise=noise), replace(b, unit=unit, per=per, noise=b.noise and unit is None)


def _apart(a: Amount, b: Amount) -> bool:
    """Whether a bare number after a rate is a thing of its own: up 450% to 6.5bn; tripled to 300,000."""
    if a.unit is None or a.unit.kind not in ("percent", "points", "multiple"):
        return False
    return a.unit.kind == "multiple" or b.scale is not None or b.grouped


def _tolerance(a: Amount, b: Amount) -> list[Joined] | None:
    b = replace(b, value=abs(b.value))  # the minus of “+/-5%” was read as its sign
    if a.unit is None and b.unit is None:
        step = b.value
    elif b.unit is not None and b.unit.kind == "percent" and (a.unit is None or a.unit.kind != "percent"):
        step = a.value * b.value / 100
    elif (
        b.unit is None
        or a.unit is None
        or a.unit.kind == b.unit.kind
        or {a.unit.kind, b.unit.kind} == {"percent", "points"}
    ):
        step = b.value if b.scale or not (a.scale and b.unit is None) else b.value * a.scale
    else:
        return None
    return [Joined(a.start, b.end, a.value - step, a.value + step, a)]
