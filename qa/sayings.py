"""Questions in words that no single verb or noun carries, put plainly: “what sort of chip is X?” as “what is X a kind
of?”.

The ways of saying it are data (sayings.yaml): patterns of the whole question, so that no condition is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from graph.errors import SettingsError
from graph.vocabulary import read_yaml
from qa.lexicon import lexicon
from qa.names import Names
from qa.naming import is_common

_END = re.compile(r"\s*[?.!]*\s*$")
_MARK = re.compile(r"‹(\d+)t?›")
_SLOT = re.compile(r"\{([abtu])\}")
_THING = r"‹\d+t›"
_NAME = r"‹\d+t?›|(?<=.)(?-i:[A-Z])[\w&.-]*(?: (?-i:[A-Z])[\w&.-]*){0,3}"
_THINGS = {"Chip", "Model", "Product", "Technology"}


@dataclass(frozen=True, slots=True)
class Saying:
    """What questions of these patterns mean; `also`: they may be meant as they stand, too."""

    patterns: tuple[re.Pattern[str], ...]
    means: str
    also: bool
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plain:
    """A question put plainly; `also` whether it may be meant as it was said, too."""

    text: str
    also: bool = False


@cache
def sayings() -> tuple[Saying, ...]:
    """All of sayings.yaml. Raises SettingsError for a pattern that is no regular expression."""
    table = read_yaml("qa", "sayings.yaml")
    words = {name: str(text) for name, text in table["words"].items()}
    return tuple(
        Saying(
            tuple(_pattern(text, words) for text in row["says"]),
            str(row["means"]),
            bool(row.get("also")),
            tuple(row["examples"]),
        )
        for row in table["sayings"]
    )


def plainly(text: str, names: Names) -> Plain:
    """The question put plainly; as it is where no saying is known for it."""
    for lower in (True, False):
        masked, shown = _masked(text, names, lower=lower)
        if (found := meaning(masked)) is not None:
            return Plain(_named(found.text, shown) + "?", found.also)
    return Plain(text)


def meaning(masked: str) -> Plain | None:
    """What a question with its names written as ‹0›, or ‹0t› for a thing, stands for; None if no saying is known."""
    asked = _END.sub("", masked)
    for saying in sayings():
        for pattern in saying.patterns:
            if found := pattern.fullmatch(asked):
                parts = {name.partition("_")[0]: part for name, part in found.groupdict().items() if part is not None}
                parts |= {"x": parts.get("a") or parts.get("t", ""), "y": parts.get("b") or parts.get("u", "")}
                return Plain(_filled(saying.means, parts), saying.also)
    return None


def _filled(means: str, parts: dict[str, str]) -> str:
    return " ".join(re.sub(r"\{(\w+)\}", lambda m: parts.get(m[1], ""), means).split())


def _named(masked: str, shown: list[str]) -> str:
    return _MARK.sub(lambda m: shown[int(m[1])], masked)


def unnamed(texts: Iterable[str]) -> list[str]:
    """Example questions with A, B, T and U as names, the last two of things."""
    marks = {"A": "‹0›", "B": "‹1›", "T": "‹2t›", "U": "‹3t›"}
    return [re.sub(r"\b[ABTU]\b", lambda m: marks[m[0]], text) for text in texts]


def _masked(text: str, names: Names, *, lower: bool) -> tuple[str, list[str]]:
    """The question with the names of the graph marked, those in small letters too if `lower`, and how each reads."""
    shown: list[str] = []
    out, at = [], 0
    for hit in names.find(text):
        if is_common(hit, names, lexicon()) or (hit.text.islower() and not lower):
            continue
        thing = any(names.entities[i].type in _THINGS for i in hit.ids)
        out += [text[at : hit.start], f"‹{len(shown)}{'t' if thing else ''}›"]
        shown.append(hit.text)
        at = hit.end
    return "".join((*out, text[at:])).replace("’", "'"), shown


def _pattern(text: str, words: dict[str, str]) -> re.Pattern[str]:
    """A pattern with the shared words put in; of a name that stands in it several times, any counts (a, a_2 …)."""
    for name, meant in words.items():
        text = text.replace("{" + name + "}", meant)
    seen: dict[str, int] = {}

    def slot(found: re.Match[str]) -> str:
        name = found[1]
        seen[name] = seen.get(name, 0) + 1
        group = name if seen[name] == 1 else f"{name}_{seen[name]}"
        return f"(?:the )?(?P<{group}>{_THING if name in 'tu' else _NAME})"

    try:
        return re.compile(_SLOT.sub(slot, text), re.IGNORECASE)
    except re.error as problem:
        raise SettingsError(f"qa/sayings.yaml: “{text}” is no regular expression ({problem})") from None
