"""Numbers the evidence of a report in the order in which it is first cited, and says claims in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from graph.model import Claim, Document, EntityRef, Evidence, Quantity
from graph.vocabulary import vocabulary
from qa.risk.report import Quote

QUOTES = 2


class Citations:
    """Collects quotes while a report is put together: at most `QUOTES` a claim, from different documents.

    A sentence that bears out several claims in the same manner (modality, speaker) is one quote with one number.
    """

    def __init__(self, documents: Mapping[str, Document]) -> None:
        self._documents = documents
        self._claims: dict[str, tuple[int, ...]] = {}
        self._places: dict[tuple[object, ...], int] = {}
        self._quotes: list[Quote] = []

    def cite(self, claims: Iterable[Claim]) -> tuple[int, ...]:
        """The numbers of the quotes of these claims, new ones added."""
        return tuple(dict.fromkeys(n for claim in claims for n in self._one(claim)))

    @property
    def quotes(self) -> tuple[Quote, ...]:
        """All quotes so far, in order of their numbers."""
        return tuple(self._quotes)

    def _one(self, claim: Claim) -> tuple[int, ...]:
        if claim.id not in self._claims:
            first = {item.document: item for item in reversed(claim.evidence)}
            chosen = [item for item in claim.evidence if first[item.document] is item][:QUOTES]
            self._claims[claim.id] = tuple(self._number(claim, item) for item in chosen)
        return self._claims[claim.id]

    def _number(self, claim: Claim, item: Evidence) -> int:
        place = (item.document, item.start, item.end, claim.modality, claim.attributed_to)
        number = self._places.setdefault(place, len(self._quotes) + 1)
        if number > len(self._quotes):
            self._quotes.append(self._quote(number, claim, item))
            return number
        known = self._quotes[number - 1]
        edges = dict.fromkeys((*known.edges, say(claim)))
        self._quotes[number - 1] = replace(known, edges=tuple(edges), claims=(*known.claims, claim.id))
        return number

    def _quote(self, number: int, claim: Claim, item: Evidence) -> Quote:
        document = self._documents.get(item.document)
        return Quote(
            n=number,
            edges=(say(claim),),
            claims=(claim.id,),
            quote=item.quote,
            document=item.document,
            title=document.title if document else "",
            published=document.published if document else None,
            modality=claim.modality,
            attributed_to=claim.attributed_to,
            start=item.start,
            end=item.end,
            outlet=document.outlet if document else None,
            locator=item.locator,
        )


def say(claim: Claim) -> str:
    """A claim in a few words: “TSMC manufactures H20”, “Nvidia revenue: 23% (Customer A)”."""
    value = claim.object
    if isinstance(value, EntityRef):
        relation = vocabulary().relations.get(claim.predicate)
        items = "".join(f" ({content})" for name, content in claim.qualifiers if name == "item")
        return f"{claim.subject.label} {relation.label if relation else claim.predicate} {value.label}{items}"
    metric = vocabulary().metrics.get(claim.predicate)
    part = " · ".join(filter(None, (claim.scope, claim.of)))
    name = metric.label if metric else claim.predicate
    return f"{claim.subject.label} {name}: {_amount(value) if isinstance(value, Quantity) else value.text}" + (
        f" ({part})" if part else ""
    )


def _amount(value: Quantity) -> str:
    if value.text:
        return value.text
    ends = [str(end) for end in (value.low, value.high) if end is not None]
    return f"{'–'.join(dict.fromkeys(ends))} {value.unit}"
