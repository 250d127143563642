"""How clearly a claim speaks of somebody, and whether somebody says it."""

from __future__ import annotations

from functools import lru_cache

from graph.catalogue import catalogue
from graph.model import Claim, EntityRef
from graph.vocabulary import vocabulary
from qa.facts import View
from qa.query import Node
from qa.words import lemmas

_PARTS = {"Chip", "Product", "Technology", "Model"}


def mention(view: View, claim: Claim, node: Node) -> float:
    """How clearly a claim speaks of an entity: 3 as subject or object … 0.3 only in its document's title, 0 not."""
    if claim.subject.id in node.ids or (isinstance(claim.object, EntityRef) and claim.object.id in node.ids):
        return 3.0
    sequences = stem_runs(view, node)
    for stems, strength in (
        (view.facts.field_stems(claim), 2.5),
        (view.facts.quote_stems(claim), 0.8),
        (view.facts.speaker_stems(claim), 0.6),
        (view.facts.title_stems(claim), 0.3),
    ):
        if any(s and set(s) <= stems for s in sequences):
            return strength
    return 0.0


def stem_runs(view: View, node: Node) -> list[tuple[str, ...]]:
    """The stems of every name of a node; of the question's own wording where it is no entity."""
    known = [s for i in node.ids for s in view.facts.names.runs(i) if s]
    if known and node.label:
        known.append(tuple(lemmas(node.label)))
    return known or [tuple(lemmas(name)) for name in _other_names(node.label)]


@lru_cache(maxsize=2_000)
def _other_names(label: str) -> tuple[str, ...]:
    """The names of a source that is no entity of the graph: as the question has it, and those of the catalogue."""
    return (label, *(name for entry in catalogue().lookup(label) for name in entry.names))


def says(view: View, claim: Claim, node: Node) -> bool:
    """Whether the claim is attributed to somebody."""
    stems = view.facts.speaker_stems(claim)
    if claim.attributed_to and _initials(node.label) == "".join(filter(str.isalnum, claim.attributed_to)):
        return True
    return any(set(run) <= stems or (stems and stems <= set(run)) for run in stem_runs(view, node))


def _initials(name: str) -> str:
    """The short form of a name of several words, by its capitals: HP of “Harrow & Pike”; empty for a single word."""
    capitals = "".join(word[0] for word in name.split() if word[0].isupper())
    return capitals if len(capitals) > 1 else ""


def only_near(view: View, claim: Claim, node: Node, strength: float) -> bool:
    """Whether a product that the question names only stands in the sentence, while the amount is of the whole."""
    metric = vocabulary().metrics.get(claim.predicate)
    kinds = {view.facts.names.entities[i].type for i in node.ids if i in view.facts.names.entities}
    parts = bool(kinds) and kinds <= _PARTS and not node.label.islower()
    return strength < 2.0 and parts and metric is not None and not metric.several
