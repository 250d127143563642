"""Human judgements on claims, entities and sources: recorded, reversible, and stronger than any computation.

`apply(Rulings(judgements), batch)` is what a document's graph holds; see docs/decisions/0007.
"""

from graph.judgements.apply import apply
from graph.judgements.model import KINDS, Judgement, Kind, Proposal, Revocation, in_order, known_at, revoked
from graph.judgements.rdf import decode_judgements, encode_judgements
from graph.judgements.rulings import Rulings

__all__ = [
    "KINDS",
    "Judgement",
    "Kind",
    "Proposal",
    "Revocation",
    "Rulings",
    "apply",
    "decode_judgements",
    "encode_judgements",
    "in_order",
    "known_at",
    "revoked",
]
