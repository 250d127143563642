"""The words of the grammar, read once from units.yaml and wording.yaml and compiled to regular expressions."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from graph.text.late import Late
from graph.text.quantities.model import Kind
from graph.vocabulary import read_yaml

_WORDISH = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Unit:
    """What a unit word stands for: `name` as in Quantity.unit, its kind, and the factor to that unit."""

    name: str
    kind: Kind
    factor: Decimal = Decimal(1)
    sign: str | None = None


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """A sign that several currencies share: the default, and the cues and rates that speak for each candidate."""

    default: str
    needs: str | None
    cues: dict[str, re.Pattern[str]]
    per_usd: dict[str, tuple[Decimal, Decimal]]


def alternatives(forms: Iterable[str]) -> str:
    """A regular expression for any of the forms, longest first, blanks flexible, whole words where they are words."""
    out = []
    for form in sorted(set(forms), key=len, reverse=True):
        body = r"[ \u00a0-]?".join(re.escape(part) for part in form.split(" "))
        before = r"\b" if _WORDISH.match(form[0]) and form.isascii() else ""
        after = r"(?![A-Za-z0-9])" if _WORDISH.match(form[-1]) and form.isascii() else ""
        out.append(before + body + after)
    return "|".join(out) or r"(?!)"


def decimal(value: Any) -> Decimal:
    """A number from YAML as an exact decimal without exponent."""
    return Decimal(str(value)).quantize(Decimal(1)) if value == int(value) else Decimal(str(value))


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Tables keyed by `key(form)`; patterns are anchored by their users with match() or a final \\Z."""

    prefixes: dict[str, Unit]
    before_names: frozenset[str]
    coins: dict[str, Decimal]
    suffixes: dict[str, Unit]
    code_words: frozenset[str]
    firm_codes: dict[str, re.Pattern[str]]
    never_capitals: frozenset[str]
    symbols: dict[str, Unit]
    scales: dict[str, Decimal]
    plurals: dict[str, Decimal]
    per: dict[str, str]
    ambiguous: dict[str, Ambiguous]
    words: dict[str, Any]
    unit_nouns: dict[str, str]
    short_per: dict[str, dict[str, str]]
    prefix: re.Pattern[str]
    suffix: Late
    scale: re.Pattern[str]
    per_after: Late


def key(form: str) -> str:
    """How a form is looked up: lower case, one blank where it had blanks or hyphens."""
    return re.sub(r"[\s-]+", " ", form).strip().casefold()


def _currencies(units: dict[str, Any]) -> tuple[dict[str, Unit], dict[str, Unit]]:
    """What stands before a number (any case that occurs), and what stands after it."""
    before: dict[str, Unit] = {}
    after: dict[str, Unit] = {}
    for code, row in units["currencies"].items():
        unit = Unit(code, "money")
        for form in [code, *row.get("signs", ())]:
            before[form] = after[key(form)] = unit
            if form.endswith("$"):
                before |= dict.fromkeys(_dollars(form, code), unit)
        if code not in units["code_words"]:
            before[code.casefold()] = unit
        before |= dict.fromkeys(row.get("before", ()), unit)
        for letter, factor in units["code_scales"].items():
            before[letter + code] = Unit(code, "money", decimal(factor))
        after |= {key(form): Unit(code, "money", Decimal(str(part))) for form, part in row.get("parts", {}).items()}
        for form in row.get("names", ()):
            after[key(form)] = unit
            if not form.endswith("s"):
                after[key(form + "s")] = unit
        for form in row.get("zh", ()):
            after[form] = unit
        for form in row.get("minor", ()):
            for name in (form, form + "s"):
                after[key(name)] = Unit(code, "money", Decimal("0.01"))
    for sign, row in units["ambiguous"].items():
        unit = Unit(row["default"], "money", sign=sign)
        for form in row["signs"]:
            before[form] = after[form] = unit
        for form in row["names"]:
            after[key(form)] = after[key(form + "s")] = unit
        before |= dict.fromkeys(row.get("before", ()), unit)
    return before, after


def _dollars(sign: str, code: str) -> set[str]:
    """A dollar sign as it is also written: nt$, NT $ (not “A $5 billion deal”), TWD$."""
    forms = {sign, code + "$"}
    forms |= {form[:-1] + " $" for form in forms if len(form) > 2}
    return forms | {form.casefold() for form in forms}


def _physical(rows: dict[str, Any]) -> tuple[dict[str, Unit], dict[str, Unit]]:
    symbols: dict[str, Unit] = {}
    words: dict[str, Unit] = {}
    for name, factors in rows.items():
        for factor, forms in factors.items():
            unit = Unit(name, "physical", decimal(float(factor)))
            symbols |= dict.fromkeys(forms.get("symbols", ()), unit)
            words |= {key(form): unit for field in ("words", "zh") for form in forms.get(field, ())}
    return symbols, words


def _ambiguous(row: dict[str, Any]) -> Ambiguous:
    candidates = row["candidates"]
    return Ambiguous(
        default=row["default"],
        needs=row.get("needs"),
        cues={code: re.compile(alternatives(c["cues"])) for code, c in candidates.items()},
        per_usd={
            c: (Decimal(r["per_usd"][0]), Decimal(r["per_usd"][1])) for c, r in candidates.items() if "per_usd" in r
        },
    )


@cache
def lexicon() -> Lexicon:
    """The compiled lexicon."""
    units = read_yaml(__package__, "units.yaml")
    words = read_yaml(__package__, "wording.yaml")
    before, after = _currencies(units)
    symbols, named = _physical(units["physical"])
    symbols |= {form: unit for form, unit in before.items() if form[1:].isupper()}
    after |= named | {key(form): Unit("percent", "percent") for form in units["percent"]}
    after["％"] = after["%"]
    for factor, forms in units["points"].items():
        after |= {key(form): Unit("percentage points", "points", Decimal(str(factor))) for form in forms}
    scales = {k: decimal(v) for group in units["scales"].values() for k, v in group.items()}
    per = {key(form + ending): name for name, forms in units["per"].items() for form in forms for ending in ("", "s")}
    apart = alternatives([*units["scales"]["words"], *units["scales"]["marks"]])
    letters = "|".join(units["scales"]["letters"])
    zh = alternatives(units["scales"]["zh"])
    return Lexicon(
        prefixes=before,
        before_names=frozenset(
            form
            for table in ("currencies", "ambiguous")
            for row in units[table].values()
            for form in row.get("before", ())
        ),
        coins={k: Decimal(str(v)) for table in ("coins", "coins_zh") for k, v in units[table].items()},
        suffixes=after,
        code_words=frozenset(units["code_words"]),
        firm_codes={code: re.compile(alternatives(cues)) for code, cues in units["firm_codes"].items()},
        never_capitals=frozenset(units["never_capitals"]),
        symbols=symbols,
        scales=scales,
        plurals={k: decimal(v) for k, v in units["plurals"].items()},
        per=per | units["per_zh"] | {"s": "second"},
        ambiguous={sign: _ambiguous(row) for sign, row in units["ambiguous"].items()},
        words=words,
        unit_nouns=units["unit_nouns"],
        short_per=units["short_per"],
        prefix=re.compile(rf"(?:^|(?<![A-Za-z0-9]))(?P<form>{alternatives_plain(before)})[ \u00a0]?\Z"),
        suffix=Late(
            rf"[ \u00a0-]{{0,2}}(?:"
            rf"(?P<symbol>{'|'.join(map(re.escape, sorted(symbols, key=len, reverse=True)))})"
            rf"(?![A-Za-z0-9])"
            rf"|(?P<word>(?i:{alternatives(after)})))",
            begins=[*symbols, *after],
            blanks=2,
        ),
        scale=re.compile(
            rf"(?:[ \u00a0-]?(?P<apart>(?i:(?:{_glued(apart)})))|[ ]?(?P<letter>(?i:{letters})|MM)(?![A-Za-z0-9])"
            rf"|[ ]?[多余几]?(?P<zh>{zh}))"
        ),
        per_after=Late(
            rf"[ \u00a0-]?(?:(?:per|a|an|each|every)[ \u00a0-]|/[ ]?|每)(?P<form>{alternatives(per)}"
            rf"|(?<=/)s(?![A-Za-z0-9])|{alternatives(units['per_zh'])})"
            r"(?![ ]of\b(?![ ](?:[\w-]+[ ])?(?:bandwidth|throughput|traffic|data))"
            r"|[ ]ago\b|[ ]earlier\b|[ ]before\b|[ ]later\b|[ ]on\b|[ ]after\b)",
            begins=("per", "a", "each", "/", "每"),
            blanks=1,
            flags=re.IGNORECASE,
        ),
    )


def alternatives_plain(forms: Iterable[str]) -> str:
    """Any of the forms, longest first, exactly as written."""
    return "|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True))


def _glued(pattern: str) -> str:
    """Scale words may follow a digit without a blank, where a word boundary would fail."""
    return pattern.replace(r"\b", "")
