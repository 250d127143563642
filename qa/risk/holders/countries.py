"""The country of each firm, site and place: where claims put it, rolled up to countries, else where the catalogue does.

    countries(seen) → {"e:sk-hynix": Home(South Korea, claims, "disclosed")}

No claim tells a seat from a branch. So the catalogue's country stands where claims name another one as well, and where
claims alone name several, none is chosen: they stand in `others`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from graph.catalogue import catalogue
from graph.model import Claim, EntityRef
from qa.risk.lens import Seen
from qa.risk.report import Basis


@dataclass(frozen=True, slots=True)
class Home:
    """`entity` is the country, None where claims name several and nothing decides; `others` are further ones named.

    `basis` is "disclosed" where claims put it there, "derived" by way of another place, "assumed" by the catalogue.
    """

    entity: EntityRef | None
    claims: tuple[Claim, ...]
    basis: Basis | None
    others: tuple[EntityRef, ...] = ()
    note: str = ""


def countries(seen: Seen) -> dict[str, Home]:
    """The country of everything that claims name and that has one known, by id."""
    located = defaultdict[str, list[Claim]](list)
    for claim in seen.affirmed("locatedIn"):
        located[claim.subject.id].append(claim)
    ends = (end for claim in seen.claims for end in (claim.subject, claim.object) if isinstance(end, EntityRef))
    refs = {end.id: end for end in ends}
    homes = ((entity_id, _home(refs[entity_id], located)) for entity_id in sorted(refs))
    return {entity_id: home for entity_id, home in homes if home}


def country_of(entity: EntityRef, found: Mapping[str, Home]) -> Home:
    """The country in what `countries` found; of a thing that it does not name, what the catalogue says."""
    return found.get(entity.id) or _home(entity, {}) or Home(None, (), None)


def _home(entity: EntityRef, located: Mapping[str, list[Claim]]) -> Home | None:
    listed = _listed(entity)
    if listed is not None and listed.id == entity.id:
        return Home(listed, (), "disclosed", note="is a country")
    named = _named(entity, located)
    labels = sorted(named)
    if listed is None and not labels:
        return None
    if listed is None and len(labels) > 1:
        others = tuple(named[label][0] for label in labels)
        claims = _once(claim for label in labels for claim in named[label][1])
        return Home(None, claims, "disclosed", others, "claims name several countries and none as its seat")
    country = listed or named[labels[0]][0]
    others = tuple(named[label][0] for label in labels if label != country.label)
    note = f"also in {', '.join(other.label for other in others)}" if others else ""
    if country.label not in named:
        return Home(country, (), "assumed", others, "; ".join(filter(None, ("seat as the catalogue has it", note))))
    _, there = named[country.label]
    straight = any(claim.subject.id == entity.id and claim.object == country for claim in there)
    return Home(country, tuple(there), "disclosed" if straight else "derived", others, note)


def _listed(entity: EntityRef) -> EntityRef | None:
    """The country in which the catalogue has a thing; a country itself. A continent is none and is in none."""
    entry = catalogue().by_id(entity.id)
    if entry is None:
        return None
    if entry.country is None:
        return entity if entry.type == "Place" and "Organization" in entry.also else None
    country = catalogue().by_label(entry.country)
    return country.ref if country else None


def _named(entity: EntityRef, located: Mapping[str, list[Claim]]) -> dict[str, tuple[EntityRef, list[Claim]]]:
    """The countries to which `locatedIn` claims lead, by label, each with the claims on the way there."""
    found: dict[str, tuple[EntityRef, list[Claim]]] = {}
    waiting: list[tuple[EntityRef, tuple[Claim, ...]]] = [(entity, ())]
    met = {entity.id}
    while waiting:
        at, way = waiting.pop(0)
        for claim in located.get(at.id, ()):
            place = claim.object
            if not isinstance(place, EntityRef):
                continue
            country = _listed(place)
            if country is not None:
                _, claims = found.setdefault(country.label, (country, []))
                claims += [c for c in (*way, claim) if c not in claims]
            elif place.id not in met:
                met.add(place.id)
                waiting.append((place, (*way, claim)))
    return found


def _once(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    return tuple({claim.id: claim for claim in claims}.values())
