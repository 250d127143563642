"""Who stands in a relation to whom: descriptions resolved to entities, lists with the claims that support them."""

from __future__ import annotations

from graph.model import Claim, EntityRef
from graph.vocabulary import vocabulary
from qa.facts import View
from qa.mention import mention
from qa.query import Link, Node, Query, Side
from qa.sparql import Pattern
from qa.words import lemmas

_KIN = {
    "Company": {"Company", "Organization"},
    "Organization": {"Organization", "Company"},
    "Place": {"Place", "Facility"},
    "Product": {"Product", "Technology", "Model"},
    "Chip": {"Chip", "Product"},
}

Related = dict[str, tuple[EntityRef, list[Claim]]]


def resolve(view: View, node: Node, *, depth: int = 0) -> Related:
    """The entities that a node stands for, each with the claims that say so (none for a named one)."""
    if node.named:
        entities = view.facts.names.entities
        return {i: (entities[i].ref, []) for i in node.ids if i in entities}
    if node.link is None or depth > 4:
        return {}
    given = resolve(view, node.link.given, depth=depth + 1)
    if not given:
        return {}
    found: Related = {}
    for link in (node.link, *implied(node.link)):
        found = {i: v for i, v in linked(view, link, tuple(given)).items() if fits_type(v[0], node.types)}
        if found:
            break
    if not node.link.relations:
        found = _closest(found, node)
    for ref, claims in found.values():
        far = next((g[1] for i, g in given.items() if any(i in ends_of(c) for c in claims)), [])
        claims += [c for c in far if c not in claims]
        del ref
    return found


def ends_of(claim: Claim) -> set[str]:
    """The entities (ids) that a claim is about."""
    return {claim.subject.id} | ({claim.object.id} if isinstance(claim.object, EntityRef) else set())


def linked(view: View, link: Link, given: tuple[str, ...]) -> Related:
    """The other side of a relation, by affirmed claims first; hedged ones only where nothing is affirmed."""
    out: Related = {}
    claims = [c for c in pattern_claims(view, link, given) if c.polarity]
    firm = [c for c in claims if c.modality in ("asserted", "reported")]
    for claim in firm or [c for c in claims if c.modality == "projected"]:
        other = other_side(claim, link, given)
        if other is not None:
            out.setdefault(other.id, (other, []))[1].append(claim)
    return out


def pattern_claims(view: View, link: Link, given: tuple[str, ...]) -> list[Claim]:
    """All relation claims that join the given entities to somebody, whatever their hedge or polarity."""
    if not given:
        return []
    relations = vocabulary().relations
    if not link.relations:
        return [c for c in view.claims(Pattern(either=given)) if isinstance(c.object, EntityRef)]
    plain = tuple(r for r in link.relations if not relations[r].symmetric)
    both = tuple(r for r in link.relations if relations[r].symmetric)
    claims: list[Claim] = []
    if plain and link.asks == "subject":
        claims += view.claims(Pattern(predicates=plain, objects=given))
    elif plain:
        claims += view.claims(Pattern(predicates=plain, subjects=given))
    if both:
        claims += view.claims(Pattern(predicates=both, objects=given)) + view.claims(
            Pattern(predicates=both, subjects=given)
        )
    return [c for c in dict.fromkeys(claims) if isinstance(c.object, EntityRef)]


# What a relation follows from, in words of the same side or the other: whoever makes my chips supplies me.
_IMPLIED: dict[str, tuple[tuple[str, bool], ...]] = {
    "supplies": (("manufactures", True), ("dependsOn", False), ("uses", False)),
    "dependsOn": (("supplies", False), ("manufactures", False), ("uses", True)),
    "uses": (("supplies", False), ("dependsOn", True)),
    "investsIn": (("acquires", True), ("subsidiaryOf", False)),
    "subsidiaryOf": (("acquires", False),),
}


def implied(link: Link) -> list[Link]:
    """Relations from which the asked one follows, with the side that answers, nearest first; none for a described
    one.
    """
    out: list[Link] = []
    for name in link.relations:
        for other, same in _IMPLIED.get(name, ()):
            side: Side = link.asks if same else ("object" if link.asks == "subject" else "subject")
            if other not in link.relations:
                out.append(Link((other,), side, link.given))
    return list(dict.fromkeys(out))


def view_label(link: Link) -> str:
    """A link's relation in words, read from the side that answers."""
    relation = vocabulary().relations[link.relations[0]]
    return relation.label if link.asks == "subject" else relation.inverse_label or relation.label


def other_side(claim: Claim, link: Link, given: tuple[str, ...]) -> EntityRef | None:
    """The end of the claim that was asked for; None if it is one of the given themselves."""
    if not isinstance(claim.object, EntityRef):
        return None
    symmetric = claim.predicate in vocabulary().relations and vocabulary().relations[claim.predicate].symmetric
    if not link.relations or symmetric:
        other = claim.object if claim.subject.id in given else claim.subject
    else:
        other = claim.subject if link.asks == "subject" else claim.object
    this = claim.subject if other is claim.object else claim.object
    return None if other.id in given and (not within(link) or this.id == other.id) else other


def within(link: Link) -> bool:
    """Whether one of those given may be an answer: of several, or where the same relation leads to them."""
    nested = link.given.link is not None and bool({*link.given.link.relations} & {*link.relations})
    return nested or " and " in link.given.label


def fits_type(ref: EntityRef, types: tuple[str, ...], *, kin: bool = False) -> bool:
    """Whether an entity is of one of the types; with `kin` also of a neighbouring one."""
    return not types or ref.type in types or (kin and any(ref.type in _KIN.get(t, ()) for t in types))


def _closest(found: Related, node: Node) -> Related:
    """Of things merely connected, those whose name shares a word with the description, else the best attested."""
    words = set(lemmas(node.label))
    named = {i: v for i, v in found.items() if words & set(lemmas(v[0].label))}
    if named:
        return named
    most = max((len(v[1]) for v in found.values()), default=0)
    return {i: v for i, v in found.items() if len(v[1]) == most} if most else {}


def borne_out(view: View, claim: Claim, query: Query) -> float | None:
    """How well a relation claim meets the question's other conditions; None if one fails."""
    score = 0.0
    for node in query.about:
        strength = mention(view, claim, node)
        if not strength:
            return None
        score += strength
    if not (query.names or query.words or query.soft):
        return score
    fields, quote = view.facts.field_stems(claim), view.facts.quote_stems(claim)
    for name in query.names:
        if not set(lemmas(name)) <= fields | quote:
            return None
    missing = [w for w in query.words if w not in fields and w not in quote]
    score += sum(0.8 if w in fields else 0.3 for w in query.words if w not in missing)
    score += sum(0.8 if w in fields else 0.2 if w in quote else 0.0 for w in query.soft)
    return score - 1.0 * len(missing)
