"""Where a SPARQL server is, and how to be let in."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal
from urllib.parse import unquote, urlsplit, urlunsplit

from graph.errors import SettingsError

SCHEMES = ("http://", "https://")


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Addresses of one server: for queries, for updates (the same if not given), and of its graph store protocol
    (https://www.w3.org/TR/sparql11-http-rdf-update/), which loads fast; without it updates load, slower.

    `seconds` is the time limit of a request, `tries` how often one is sent before it fails.
    """

    query: str
    update: str = ""
    graphs: str = ""
    user: str = ""
    password: str = field(default="", repr=False)
    auth: Literal["digest", "basic"] = "digest"
    seconds: float = 60.0
    tries: int = 6

    @property
    def name(self) -> str:
        """The address for messages; it holds no credentials."""
        return self.query


def is_address(place: object) -> bool:
    """Whether a place is a server's address rather than a folder."""
    return isinstance(place, str) and place.lower().startswith(SCHEMES)


def endpoint(address: str, settings: Endpoint | None = None) -> Endpoint:
    """The endpoint at an address, the rest as in `settings`. SettingsError for an address that is none.

    Credentials that stand in the address are taken out of it.
    """
    parts = urlsplit(address)
    if not is_address(address) or not parts.hostname:
        raise SettingsError(f"“{address}” is no address of a SPARQL server: give http://host:port/sparql")
    given = settings or Endpoint("")
    host = parts.netloc.rpartition("@")[2]
    clean = urlunsplit((parts.scheme, host, parts.path, parts.query, ""))
    return replace(
        given,
        query=clean,
        update=given.update or clean,
        user=unquote(parts.username or "") or given.user,
        password=unquote(parts.password or "") or given.password,
    )
