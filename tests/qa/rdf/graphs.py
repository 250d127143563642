"""Small graphs of our own, unlike one another, and what is asked of them."""

from __future__ import annotations

from pathlib import Path

ORCHARD = """
@prefix : <http://example.org/orchard/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

:Farm a rdfs:Class ; rdfs:label "farm" .
:Variety a rdfs:Class ; rdfs:label "apple variety" .
:grows rdfs:label "grows" .
:hectares rdfs:label "area in hectares" .

:f1 a :Farm ; rdfs:label "Hillside" ; :hectares 12 ; :county "Kent" ; :grows :v1, :v2 ; :opened "1984-05-01"^^xsd:date .
:f2 a :Farm ; rdfs:label "Brook End" ; :hectares 30 ; :county "Kent" ; :grows :v2 ; :opened "2003-09-14"^^xsd:date .
:f3 a :Farm ; rdfs:label "Long Acre" ; :hectares 7 ; :county "Devon" ; :opened "1999-03-20"^^xsd:date .

:v1 a :Variety ; rdfs:label "Egremont Russet" ; :colour "brown" ; :bredBy :p1 .
:v2 a :Variety ; rdfs:label "Discovery" ; :colour "red" ; :bredBy :p2 .
:v3 a :Variety ; rdfs:label "Sunset" ; :colour "red" ; :bredBy :p2 .
:p1 rdfs:label "Ada Finch" .
:p2 rdfs:label "Tom Reed" .
"""


def write(folder: Path, text: str, name: str = "graph.ttl") -> str:
    """A graph as a file."""
    place = folder / name
    place.write_text(text, encoding="utf-8")
    return str(place)
