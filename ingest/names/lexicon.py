"""The word lists that type new names (ingest/rules/names.yaml) in the form the code asks for them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from graph.vocabulary import read_yaml, vocabulary


@dataclass(frozen=True, slots=True)
class NameLexicon:
    """Word → (type, weight) tables, and the words that are never a name."""

    order: tuple[str, ...]
    endings: dict[str, tuple[str, int]]
    beginnings: dict[str, tuple[str, int]]
    titles: dict[str, tuple[str, int]]
    recogniser: dict[str, tuple[str, int]]
    subject_of: dict[str, tuple[str, int]]
    nouns: dict[str, str]
    classifier: int
    not_names: frozenset[str]


def _words(table: dict[str, dict[str, object]]) -> dict[str, tuple[str, int]]:
    return {str(w): (kind, int(str(row["weight"]))) for kind, row in table.items() for w in list(row["words"])}  # type: ignore[call-overload]


@cache
def classifying_nouns() -> dict[str, str]:
    """Noun (lower case) → entity type that it names: foundry → Company, processor → Chip."""
    return {noun.casefold(): t.name for t in vocabulary().types.values() for noun in t.nouns}


@cache
def name_lexicon() -> NameLexicon:
    """The lexicon, read once."""
    raw = read_yaml("ingest", "rules/names.yaml")
    return NameLexicon(
        order=tuple(raw["order"]),
        endings=_words(raw["endings"]),
        beginnings=_words(raw["beginnings"]),
        titles=_words(raw["titles"]),
        recogniser={label: (row["type"], row["weight"]) for label, row in raw["recogniser"].items()},
        subject_of=_words(raw["subject_of"]),
        nouns=classifying_nouns(),
        classifier=raw["classifier"],
        not_names=frozenset(w.casefold() for w in raw["not_names"]),
    )
