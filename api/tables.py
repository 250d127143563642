"""Tables for the ways in: a mapping tried on a table, the shipped mappings."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files

from graph import contract
from graph.catalogue import catalogue
from graph.contract import Json
from graph.errors import UnknownError
from graph.model import Claim
from graph.settings import Settings
from ingest.run import opened
from ingest.sources import Source, absolute, is_url
from ingest.tables.batches import batches
from ingest.tables.files import MAPPING
from ingest.tables.model import Mapping
from ingest.tables.names import Names
from ingest.tables.strict import nearest
from ingest.tables.taking import mapping_named, shipped
from ingest.tables.tally import Tally
from qa.risk.cite import say


@dataclass(frozen=True, slots=True)
class Trial:
    """What a mapping makes of a table: how many claims and entities, the first claims with their words, the faults."""

    source: str
    claims: int
    entities: int
    documents: int
    first: tuple[tuple[Claim, str], ...]
    tally: Tally

    def to_json(self) -> Json:
        """The `--json` shape."""
        counts = {"documents": self.documents, "entities": self.entities, "claims": self.claims}
        first = [contract.claim(claim) for claim, _ in self.first]
        return {"source": self.source, **counts, **self.tally.to_json(), "first": first}


def tried(mapping: Mapping, table: str, settings: Settings, *, first: int) -> Trial:
    """Read a whole table and keep nothing of it. Raises SourceError."""
    source = Source("url", table) if is_url(table) else Source("file", absolute(table))
    tally, shown = Tally(), list[Claim]()
    claims, documents, entities = 0, 0, set[str]()
    for batch in batches(opened(source, mapping, settings), Names(catalogue()), tally):
        shown += batch.claims[: max(0, first - len(shown))]
        documents, claims = documents + 1, claims + len(batch.claims)
        entities.update(entity.id for entity in batch.entities)
    said = tuple((claim, say(claim)) for claim in shown)
    return Trial(source.name, claims, len(entities), documents, said, tally)


def examples() -> list[tuple[str, str, str]]:
    """Name, title and publisher of each shipped mapping."""
    held = [(name, mapping_named(name).origin) for name in shipped()]
    return [(name, origin.title, origin.publisher or "") for name, origin in held]


def text_of_example(name: str) -> str:
    """The text of a shipped mapping. Raises UnknownError."""
    if name not in shipped():
        raise UnknownError(f"no mapping “{name}” comes with the program; {nearest(name, shipped())}")
    return (files("ingest.tables") / "examples" / f"{name}{MAPPING}").read_text(encoding="utf-8")
