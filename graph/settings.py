"""Every setting, read once at the edge (command line or server start) and handed in. Environment names: TOLLGRAPH_…"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Frozen settings; docs/settings.md is generated from the descriptions."""

    model_config = SettingsConfigDict(env_prefix="TOLLGRAPH_", frozen=True, extra="ignore")

    graph: Path | str = Field(
        default=Path(".tollgraph"),
        description="Folder of the store, or address of a SPARQL server (see server.md).",
    )
    graph_update_url: str = Field(
        default="", description="Where such a server takes updates; default: the same address."
    )
    graph_store_url: str = Field(
        default="", description="Where it speaks the SPARQL graph store protocol, which loads faster; default: nowhere."
    )
    graph_user: str = Field(default="", description="User of the server; default: nobody.")
    graph_password: SecretStr = Field(default=SecretStr(""), description="The user's password.")
    graph_auth: Literal["digest", "basic"] = Field(default="digest", description="How the password is sent.")
    graph_seconds: float = Field(default=60.0, gt=0, description="Time limit of one request to the server.")
    max_characters: int = Field(
        default=2_000_000, gt=0, description="Longest text taken in from one source, in characters."
    )
    max_table_characters: int = Field(
        default=200_000_000, gt=0, description="Longest table taken in from one file, unpacked, in characters."
    )
    vectors: bool = Field(
        default=False,
        description="Search passages by sentence vectors, too: finds more; each new passage takes some 50 ms once.",
    )
    vector_model: str | None = Field(
        default=None,
        description="Folder of a sentence-transformers model that makes the vectors of passages in place of the "
        "shipped all-MiniLM-L6-v2; nothing is downloaded, and vectors of another model are made anew.",
    )
    chats: Path | None = Field(
        default=None,
        description="File that keeps conversations; default: beside the graph's folder (`.tollgraph.chats`), for a "
        "graph on a server in `~/.local/state/tollgraph`.",
    )
    chats_kept: int = Field(default=500, gt=0, description="How many conversations are kept; the oldest go first.")
    chats_days: int = Field(default=90, gt=0, description="For how many days after its last turn one is kept.")
    judge: str | None = Field(
        default=None, description="Who judges where no name is given; without it, the login name."
    )
    host: str = Field(default="127.0.0.1", description="Address that `tollgraph serve` listens on.")
    port: int = Field(default=8642, ge=0, le=65535, description="Port that `tollgraph serve` listens on.")
    lock_seconds: float = Field(
        default=2.0, ge=0, description="How long to wait for a store that another process holds."
    )
    cache: Path = Field(
        default=Path("~/.cache/tollgraph"),
        description="Folder for what was learned of other RDF graphs; may be deleted at any time.",
    )
    query_seconds: float = Field(default=10.0, gt=0, description="Time limit of one outside SPARQL query.")
    query_rows: int = Field(default=10_000, gt=0, description="Row limit of one outside SPARQL query.")

    @field_validator("graph", mode="before")
    @classmethod
    def _place(cls, value: Any) -> Any:
        """A folder unless it is the address of a server."""
        return value if isinstance(value, str) and value.lower().startswith(("http://", "https://")) else Path(value)

    @property
    def chats_file(self) -> Path:
        """Where conversations are kept."""
        if self.chats is not None:
            return self.chats
        if isinstance(self.graph, Path):
            folder = self.graph.absolute()
            return folder.with_name(folder.name + ".chats")
        name = hashlib.sha256(self.place.encode()).hexdigest()[:16]
        return Path.home() / ".local" / "state" / "tollgraph" / f"{name}.chats"

    @property
    def place(self) -> str:
        """Where the graph is, for people: an address without its credentials."""
        scheme, there, rest = str(self.graph).partition("://")
        host, slash, path = rest.partition("/")
        return scheme + there + host.rpartition("@")[2] + slash + path
