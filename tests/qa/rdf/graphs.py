"""Small graphs of our own, unlike one another, and a way to write and serve them."""

from __future__ import annotations

from pathlib import Path

import httpx
import pyoxigraph as ox

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

SHOP = """
@prefix schema: <https://schema.org/> .
@prefix ex: <http://example.org/shop/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .

ex:p1 a schema:Product ; schema:name "Trail Lantern" ; schema:brand ex:b1 ; schema:category ex:cat1 ;
  ex:unitPrice 49.5 ; ex:weightInGrams 320 ; ex:discontinued false ; schema:releaseDate "2021-03-01"^^xsd:date .
ex:p2 a schema:Product ; schema:name "Storm Tent" ; schema:brand ex:b1 ; schema:category ex:cat2 ;
  ex:unitPrice 310.0 ; ex:weightInGrams 2900 ; ex:discontinued true ; schema:releaseDate "2019-06-11"^^xsd:date .
ex:p3 a schema:Product ; schema:name "Pocket Stove" ; schema:brand ex:b2 ; schema:category ex:cat3 ;
  ex:unitPrice 65.0 ; ex:weightInGrams 180 ; ex:discontinued false ; schema:releaseDate "2023-01-20"^^xsd:date .
ex:p4 a schema:Product ; schema:name "Summit Rope" ; schema:brand ex:b2 ; schema:category ex:cat2 ;
  ex:unitPrice 120.0 ; ex:weightInGrams 3400 ; ex:discontinued false ; schema:releaseDate "2020-09-09"^^xsd:date .
ex:b1 a schema:Brand ; schema:name "Northfell" ; ex:headquarteredIn ex:c1 .
ex:b2 a schema:Brand ; schema:name "Almura" ; ex:headquarteredIn ex:c2 .
ex:c1 a schema:City ; schema:name "Bergen" ; ex:inCountry ex:no .
ex:c2 a schema:City ; schema:name "Turin" ; ex:inCountry ex:it .
ex:no a schema:Country ; schema:name "Norway" .
ex:it a schema:Country ; schema:name "Italy" .
ex:cat1 a skos:Concept ; skos:prefLabel "lighting" ; skos:altLabel "lamps" .
ex:cat2 a skos:Concept ; skos:prefLabel "mountaineering" .
ex:cat3 a skos:Concept ; skos:prefLabel "cooking" .
ex:o1 a ex:Order ; ex:orderDate "2024-02-03"^^xsd:date ; ex:placedBy ex:u1 ; ex:hasLine ex:l1, ex:l2 .
ex:o2 a ex:Order ; ex:orderDate "2024-05-19"^^xsd:date ; ex:placedBy ex:u2 ; ex:hasLine ex:l3 .
ex:l1 a ex:OrderLine ; ex:product ex:p1 ; ex:quantity 2 .
ex:l2 a ex:OrderLine ; ex:product ex:p3 ; ex:quantity 1 .
ex:l3 a ex:OrderLine ; ex:product ex:p1 ; ex:quantity 5 .
ex:u1 a schema:Person ; schema:name "Ines Falk" ; schema:email "ines@example.org" .
ex:u2 a schema:Person ; schema:name "Rui Costa" ; schema:email "rui@example.org" .
ex:u3 a schema:Person ; schema:name "Lena Moe" ; schema:email "lena@example.org" .
"""

LIBRARY = """
@prefix t: <http://example.org/lib/> .
@prefix m: <http://example.org/lib/member#> .
@prefix b: <http://example.org/lib/book#> .
@prefix l: <http://example.org/lib/loan#> .

<http://example.org/lib/member/id=1> a t:member ; m:id 1 ; m:fullname "Pia Lund" ; m:homecity "Aarhus" ; m:age 34 .
<http://example.org/lib/member/id=2> a t:member ; m:id 2 ; m:fullname "Jon Vik" ; m:homecity "Odense" ; m:age 19 .
<http://example.org/lib/member/id=3> a t:member ; m:id 3 ; m:fullname "Eva Holt" ; m:homecity "Aarhus" ; m:age 52 .
<http://example.org/lib/book/id=10> a t:book ; b:id 10 ; b:title "Tides" ; b:numpages 210 ; b:genre "novel" .
<http://example.org/lib/book/id=11> a t:book ; b:id 11 ; b:title "Old Maps" ; b:numpages 96 ; b:genre "history" .
<http://example.org/lib/book/id=12> a t:book ; b:id 12 ; b:title "Kelp" ; b:numpages 340 ; b:genre "novel" .
<http://example.org/lib/loan/m=1;b=10> a t:loan ; l:ref-member_id <http://example.org/lib/member/id=1> ; l:member_id 1 ;
  l:ref-book_id <http://example.org/lib/book/id=10> ; l:book_id 10 .
<http://example.org/lib/loan/m=1;b=11> a t:loan ; l:ref-member_id <http://example.org/lib/member/id=1> ; l:member_id 1 ;
  l:ref-book_id <http://example.org/lib/book/id=11> ; l:book_id 11 .
<http://example.org/lib/loan/m=3;b=10> a t:loan ; l:ref-member_id <http://example.org/lib/member/id=3> ; l:member_id 3 ;
  l:ref-book_id <http://example.org/lib/book/id=10> ; l:book_id 10 .
"""

WORLD = """
@prefix o: <http://example.org/world/term/> .
@prefix r: <http://example.org/world/thing/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
o:Country a owl:Class ; rdfs:label "country" .
o:City a owl:Class ; rdfs:label "city" .
o:River a owl:Class ; rdfs:label "river" .
o:Writer a owl:Class ; rdfs:label "writer" ; rdfs:subClassOf o:Person .
o:Person a owl:Class ; rdfs:label "person" .
o:Book a owl:Class ; rdfs:label "book" .
o:Company a owl:Class; rdfs:label "company" .
o:capital a owl:ObjectProperty ; rdfs:label "capital" .
o:populationTotal a owl:DatatypeProperty ; rdfs:label "population total" .
o:birthDate rdfs:label "birth date" .
o:birthPlace a owl:ObjectProperty; rdfs:label "birth place" .
o:author a owl:ObjectProperty; rdfs:label "author" .
o:numberOfPages rdfs:label "number of pages" .
o:foundedBy a owl:ObjectProperty ; rdfs:label "founded by" .
o:numberOfEmployees rdfs:label "number of employees" .
o:spouse a owl:ObjectProperty ; rdfs:label "spouse" .
o:officialLanguage a owl:ObjectProperty ; rdfs:label "official language" .
o:mouthCountry a owl:ObjectProperty; rdfs:label "mouth country" .
r:Norland a o:Country ; rdfs:label "Norland" ; o:capital r:Kaup ; o:populationTotal 5200000 ;
  o:officialLanguage r:Norlandic .
r:Sudria a o:Country ; rdfs:label "Sudria" ; o:capital r:Mera ; o:populationTotal 18400000 ;
  o:officialLanguage r:Sudric, r:Norlandic .
r:Norlandic a o:Language ; rdfs:label "Norlandic" .
r:Sudric a o:Language ; rdfs:label "Sudric" .
r:Kaup a o:City ; rdfs:label "Kaup" ; o:country r:Norland ; o:populationTotal 640000 ; o:elevation 14.0 .
r:Mera a o:City ; rdfs:label "Mera" ; o:country r:Sudria ; o:populationTotal 2900000 ; o:elevation 410.0 .
r:Tolm a o:City ; rdfs:label "Tolm" ; o:country r:Sudria ; o:populationTotal 310000 ; o:elevation 95.0 .
r:Ain a o:River ; rdfs:label "Ain River" ; o:length 412000.0 ; o:mouthCountry r:Norland .
r:Sel a o:River ; rdfs:label "Sel" ; o:length 98000.0 ; o:mouthCountry r:Sudria .
r:Olga_Brandt a o:Writer ; rdfs:label "Olga Brandt" ; o:birthDate "1921-04-02"^^xsd:date ;
  o:deathDate "1999-11-08"^^xsd:date ; o:birthPlace r:Kaup ; o:spouse r:Nils_Orr .
r:Nils_Orr a o:Person ; rdfs:label "Nils Orr" ; o:birthDate "1918-01-30"^^xsd:date ; o:birthPlace r:Tolm .
r:Ida_Falk a o:Writer ; rdfs:label "Ida Falk" ; o:birthDate "1964-07-21"^^xsd:date ; o:birthPlace r:Mera .
r:Night_Ferry a o:Book ; rdfs:label "Night Ferry" ; o:author r:Olga_Brandt ; o:numberOfPages 312 ;
  o:releaseDate "1957-03-01"^^xsd:date .
r:Salt a o:Book ; rdfs:label "Salt" ; o:author r:Olga_Brandt ; o:numberOfPages 188 ;
  o:releaseDate "1961-03-01"^^xsd:date .
r:Glass_Hill a o:Book ; rdfs:label "Glass Hill" ; o:author r:Ida_Falk ; o:numberOfPages 540 ;
  o:releaseDate "2001-10-05"^^xsd:date .
r:Orrtech a o:Company ; rdfs:label "Orrtech" ; o:foundedBy r:Nils_Orr ; o:numberOfEmployees 1200 ;
  o:location r:Kaup ; o:foundingYear "1951"^^xsd:gYear .
r:Mellow a o:Company ; rdfs:label "Mellow" ; o:foundedBy r:Ida_Falk ; o:numberOfEmployees 45 ;
  o:location r:Mera ; o:foundingYear "1994"^^xsd:gYear .
"""


def write(folder: Path, text: str, name: str = "graph.ttl") -> str:
    """A graph as a file."""
    place = folder / name
    place.write_text(text, encoding="utf-8")
    return str(place)


def served(text: str) -> httpx.Client:
    """A client whose every request is answered by a SPARQL endpoint over the graph."""
    store = ox.Store()
    store.load(text.encode(), format=ox.RdfFormat.TURTLE)

    def answer(request: httpx.Request) -> httpx.Response:
        query = httpx.QueryParams(request.content.decode())["query"]
        found = store.query(query)
        assert isinstance(found, ox.QuerySolutions | ox.QueryBoolean)
        return httpx.Response(200, content=found.serialize(format=ox.QueryResultsFormat.JSON))

    return httpx.Client(transport=httpx.MockTransport(answer))
