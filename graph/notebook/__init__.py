"""The graph in Python: `graph.open(path)` gives a `Graph`. pandas, networkx and rdflib are loaded when first needed."""

from graph.notebook.handle import Graph
from graph.notebook.results import Claims, Documents, Entities, Solutions

__all__ = ["Claims", "Documents", "Entities", "Graph", "Solutions"]
