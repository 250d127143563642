"""What the frames find, and the entities that may fill a side of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.catalogue import Catalogue
from graph.model import EntityRef
from ingest.parsed import Amount, Mention, Sentence
from ingest.relations.fillers import as_type, fill

if TYPE_CHECKING:
    from spacy.tokens import Token


@dataclass(frozen=True, slots=True)
class Found:
    """A relation read off a sentence: both sides, the word that says it, the frame, and qualifiers.

    `staked` if its frame tells of holders, `stake` the percentage that this one holds.
    """

    predicate: str
    subject: EntityRef
    object: EntityRef
    trigger: Token
    frame: str
    mentions: tuple[Mention, Mention]
    qualifiers: tuple[tuple[str, str], ...] = ()
    presupposed: bool = False
    over: bool = False
    staked: bool = False
    stake: Amount | None = None


def sides(
    sentence: Sentence, tokens: list[Token], types: tuple[str, ...], catalogue: Catalogue
) -> list[tuple[EntityRef, Mention]]:
    """The entities of the given types that stand at some head tokens, each once, with their mentions."""
    out: list[tuple[EntityRef, Mention]] = []
    for token in tokens:
        for mention in fill(sentence, token):
            entity = as_type(mention, types, catalogue)
            if entity is not None and all(entity.id != e.id for e, _ in out):
                out.append((entity, mention))
    return out
