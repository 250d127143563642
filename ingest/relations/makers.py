"""Who makes what, checked against and filled in from what the catalogue knows of makers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from graph.catalogue import Catalogue, CatalogueEntry
from ingest.names.descriptions import callings
from ingest.parsed import Mention, Sentence
from ingest.relations.found import Found

FRAME = "known-maker"
_HIRED = "make-for-hire"  # the frame by which “TSMC makes the M5” tells who fabricates it, not who designs it
_DESIGNING = {"design", "develop", "co-design", "co-develop", "invent", "engineer"}
_FOR_OTHERS = {"foundry", "contract manufacturer", "contract chipmaker", "packager", "assembler"}
_KINDS = ("Chip", "Model", "Product")


def plausible(found: Found, catalogue: Catalogue) -> bool:
    """Whether a relation read off a sentence agrees with what is known: a chip “made by” a foundry, or “launched” by a
    shop, is its designer's; nobody supplies a product of his own with something.
    """
    if found.predicate == "supplies":
        return _made_by(found.object.id, catalogue) != found.subject.label
    if found.predicate == "uses" and found.object.type == "Model":
        return _made_by(found.object.id, catalogue) != found.subject.label
    if found.frame == _HIRED:
        return _for_hire(found, catalogue)
    if found.predicate != "develops" or found.trigger.lemma_.lower() in _DESIGNING:
        return True
    owner = found.mentions[1].owner
    if owner is not None and owner.id != found.subject.id:
        return False
    thing = catalogue.by_id(found.object.id)
    if thing is not None and thing.label.islower() and not thing.maker and found.trigger.lemma_.lower() == "ship":
        return False  # “ships gallium”
    maker = catalogue.by_label(thing.maker) if thing is not None and thing.maker else None
    if maker is not None:
        return maker.id == found.subject.id or kin(maker.id, found.subject.id, catalogue)
    return not (found.object.type == "Chip" and callings(catalogue).get(found.subject.id, frozenset()) & _FOR_OTHERS)


def _for_hire(found: Found, catalogue: Catalogue) -> bool:
    """Whether who “makes” a thing makes what another designs: a foundry, or not the maker that the catalogue knows."""
    if callings(catalogue).get(found.subject.id, frozenset()) & _FOR_OTHERS:
        return True
    maker = catalogue.by_label(_made_by(found.object.id, catalogue) or "")
    return maker is not None and maker.id != found.subject.id and not kin(maker.id, found.subject.id, catalogue)


def _made_by(thing: str, catalogue: Catalogue) -> str | None:
    entry = catalogue.by_id(thing)
    return entry.maker if entry is not None else None


def kin(one: str, other: str, catalogue: Catalogue) -> bool:
    """Whether of two firms, by id, one belongs to the other, or both to a third."""
    first, second = catalogue.by_id(one), catalogue.by_id(other)
    if first is None or second is None:
        return False
    return (
        first.parent == second.label
        or second.parent == first.label
        or (bool(first.parent) and first.parent == second.parent)
    )


def known_makers(sentences: Iterable[Sentence], catalogue: Catalogue) -> Iterator[tuple[Sentence, Found]]:
    """A product that a document names together with its maker is the maker's, even where no sentence spells it out.

    One relation for each product, at the sentence that names both, else at the first that names the product. Kinds of
    thing (“Nvidia GPUs”) are left out, and products whose maker the document does not name.
    """
    read = list(sentences)
    firms: dict[str, Mention] = {}
    for sentence in read:
        for mention in sentence.mentions:
            if mention.entity is not None and mention.entity.type == "Company":
                firms.setdefault(mention.entity.id, mention)
    places: dict[str, tuple[bool, Sentence, Mention, CatalogueEntry]] = {}
    for sentence in read:
        here = {m.entity.id for m in sentence.mentions if m.entity is not None}
        for mention in sentence.mentions:
            maker = _maker(mention, catalogue)
            if maker is None or mention.entity is None:
                continue
            called = mention.text.casefold().startswith(maker.label.casefold())  # “NVIDIA GB300”
            if called:
                firms.setdefault(maker.id, mention)
            if maker.id not in firms:
                continue
            together = called or maker.id in here
            held = places.get(mention.entity.id)
            if held is None or (together and not held[0]):
                places[mention.entity.id] = (together, sentence, mention, maker)
    for _, sentence, mention, maker in places.values():
        if mention.entity is not None:
            root = sentence.doc[mention.root]
            both = (firms[maker.id], mention)
            yield sentence, Found("develops", maker.ref, mention.entity, root, FRAME, both, presupposed=True)


def _maker(mention: Mention, catalogue: Catalogue) -> CatalogueEntry | None:
    """The maker of a product named, if the product has a name of its own."""
    if not mention.named or mention.entity is None or mention.entity.type not in _KINDS:
        return None
    entry = catalogue.by_id(mention.entity.id)
    if entry is None or not entry.maker or entry.label.startswith(entry.maker):
        return None
    named = any(any(c.isdigit() for c in name) for name in (entry.label, mention.text))
    if entry.type == "Product" and not named and entry.family is None:
        return None
    return catalogue.by_label(entry.maker)
