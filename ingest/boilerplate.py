"""What a line is when it is not the article: navigation, sharing, ads, credits, captions (rules/boilerplate.yaml)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal, get_args

from graph.errors import SettingsError
from graph.vocabulary import read_yaml

Scope = Literal["segment", "line", "list", "section", "rest"]
_ORDER: tuple[Scope, ...] = ("rest", "section", "list", "line", "segment")
_LONGEST = 900
_LONGEST_PIECE = 60
_CUT = re.compile(r"\s*[|·›»•]\s*|\s+[>/]\s+|\s{2,}|\t|\s+(?=(?:来源|作者|记者|编辑|责编)\s*[:：])")
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z\d])|(?<=[。！？])\s*")
_EDGES = " \t.!。！[]【】"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the file; `pattern` is matched in full, without regard to case."""

    name: str
    scope: Scope
    pattern: re.Pattern[str]
    kind: str = "boilerplate"
    examples: tuple[str, ...] = ()
    but: tuple[str, ...] = ()

    def covers(self, line: str) -> bool:
        """Whether the line (without marker and blank edges) is such a line."""
        return self.pattern.fullmatch(line.strip(_EDGES)) is not None


@lru_cache(maxsize=1)
def rules() -> tuple[Rule, ...]:
    """All rules, those that reach furthest first. Raises SettingsError for a rule that cannot be read."""
    rows = read_yaml("ingest", "rules/boilerplate.yaml")
    return tuple(sorted(map(_rule, rows), key=lambda rule: _ORDER.index(rule.scope)))


def match(line: str) -> Rule | None:
    """The first rule that says what this line is; None for a line of the article.

    A line of several pieces is such a line when more than half of them are, by whichever rules, and the others short.
    """
    if len(line) > _LONGEST:
        return None
    for rule in rules():
        if rule.covers(line):
            return rule
    parts = pieces(line)
    if len(parts) < 2:
        return None
    hits = [next((rule for rule in _segment_rules() if rule.covers(part)), None) for part in parts]
    found = [rule for rule in hits if rule is not None]
    others = (part for part, rule in zip(parts, hits, strict=True) if rule is None)
    if len(found) * 2 > len(parts) and all(len(part) <= _LONGEST_PIECE for part in others):
        return found[0]
    return None


def pieces(line: str) -> list[str]:
    """The line cut at separators, wide gaps and full stops."""
    parts = (sentence.strip(_EDGES) for part in _CUT.split(line) for sentence in _SENTENCE.split(part))
    return [part for part in parts if part]


def separated(line: str) -> list[str]:
    """The line cut at separators and wide gaps only."""
    return [part for part in _CUT.split(line) if part.strip()]


@lru_cache(maxsize=1)
def _segment_rules() -> tuple[Rule, ...]:
    return tuple(rule for rule in rules() if rule.scope in ("segment", "line", "list"))


def _rule(row: dict[str, Any]) -> Rule:
    name, scope = row["name"], row["scope"]
    if scope not in get_args(Scope):
        raise SettingsError(f"rules/boilerplate.yaml, rule “{name}”: scope {scope!r} is none of {', '.join(_ORDER)}.")
    try:
        pattern = re.compile(f"(?:{'|'.join(row['any'])}){row.get('then', '')}", re.IGNORECASE)
    except re.error as error:
        raise SettingsError(f"rules/boilerplate.yaml, rule “{name}”: the pattern does not compile: {error}.") from error
    examples, but = (tuple(row.get(key, ())) for key in ("examples", "but"))
    return Rule(name, scope, pattern, row.get("kind", "boilerplate"), examples, but)
