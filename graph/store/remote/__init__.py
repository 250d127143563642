"""The store on a SPARQL 1.1 server, for a graph that has outgrown one machine. How to run it: docs/server.md."""

from graph.store.remote.endpoint import Endpoint, endpoint, is_address
from graph.store.remote.store import RemoteStore

__all__ = ["Endpoint", "RemoteStore", "endpoint", "is_address"]
