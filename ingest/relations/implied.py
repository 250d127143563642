"""What a relation to a product says of its maker: who uses the H200 is supplied by Nvidia, who fabs the MI450 works
for AMD.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from graph.catalogue import Catalogue
from graph.model import EntityRef
from ingest.relations.found import Found
from ingest.relations.makers import kin

FRAME = "makers-customer"
_THINGS = ("Chip", "Product", "Model")
_RENTED = {"be-given-access", "get-access", "pay-for-chips"}  # frames by which the thing may stay another's


def makers_of(found: Iterable[Found]) -> dict[str, EntityRef]:
    """Product id → the firm that a document says develops it; of several, the one told first."""
    out: dict[str, EntityRef] = {}
    for relation in found:
        if relation.predicate == "develops" and relation.subject.type == "Company":
            out.setdefault(relation.object.id, relation.subject)
    return out


def implied(found: Found, told: Mapping[str, EntityRef], catalogue: Catalogue) -> Iterator[Found]:
    """The relation to the maker that a relation to a product implies; none for a firm's own products or its group's."""
    if found.subject.type != "Company" or found.object.type not in _THINGS:
        return
    maker = _maker(found, told, catalogue)
    if maker is None or maker.id == found.subject.id or kin(maker.id, found.subject.id, catalogue):
        return
    item = tuple(sorted({**dict(found.qualifiers), "item": found.object.label}.items()))
    if found.predicate == "uses" and found.frame not in _RENTED:
        both = (found.mentions[1], found.mentions[0])
        yield replace(
            found,
            predicate="supplies",
            subject=maker,
            object=found.subject,
            frame=FRAME,
            mentions=both,
            qualifiers=item,
        )
    elif found.predicate == "manufactures":
        yield replace(found, object=maker, frame=FRAME, qualifiers=item)


def _maker(found: Found, told: Mapping[str, EntityRef], catalogue: Catalogue) -> EntityRef | None:
    owner = found.mentions[1].owner
    if owner is not None and owner.type == "Company":
        return owner
    entry = catalogue.by_id(found.object.id)
    known = catalogue.by_label(entry.maker) if entry is not None and entry.maker else None
    return known.ref if known is not None else told.get(found.object.id)
