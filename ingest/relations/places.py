"""Where somebody is, told in passing: “Tokyo-based Rapidus”, “the Paris start-up”, “the Dutch toolmaker”."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from graph.catalogue import Catalogue
from graph.model import EntityRef
from ingest.arguments import beside as beside_of
from ingest.names.lexicon import classifying_nouns
from ingest.names.mentions import entry_ref
from ingest.parsed import Mention, Sentence
from ingest.relations.found import Found, sides
from ingest.relations.frames import Frame

if TYPE_CHECKING:
    from spacy.tokens import Token

_FIRMS = ("Company", "Organization")
_NOWHERE = ("Market", "List", "Exchange")  # “the US Entity List” is at no place
_NEAR = ("in", "near", "outside", "of")
_BASED = ("based", "headquartered")
_OWNERS = ("poss", "compound", "nmod", "amod", "npadvmod")


def placed(sentence: Sentence, frame: Frame, catalogue: Catalogue) -> Iterator[Found]:
    """Firms with the place that their name or description has before it."""
    for token in sentence.doc:
        for place, word, based in _places_before(sentence, token, catalogue):
            for firm, mention in _firms(sentence, token, catalogue, based=based):
                if firm.id != place.id and firm.label.split()[-1] not in _NOWHERE:
                    where = Mention(word.i, word.i, word.i, word.text, "catalogue", place)
                    yield Found(frame.predicate, firm, place, word, frame.name, (mention, where), presupposed=True)


def beside(sentence: Sentence, frame: Frame, catalogue: Catalogue) -> Iterator[Found]:
    """“The Kitakami Plant, in Iwate Prefecture, …”: a name with its place after the comma. A firm that opens the
    sentence may have its town so, no country.
    """
    named = {m.first: m for m in sentence.mentions if m.named and m.entity is not None}
    for mention in list(named.values()):
        after = mention.last + 1
        if mention.entity is None or mention.entity.type not in (*_FIRMS, "Facility") or after + 2 >= len(sentence.doc):
            continue
        where = named.get(after + 2)
        opened = sentence.doc[after].text == "," and sentence.doc[after + 1].lower_ in _NEAR
        if opened and where is not None and where.entity is not None and where.entity.type == "Place":
            closed = where.last + 1 >= len(sentence.doc) or sentence.doc[where.last + 1].is_punct
            entry = catalogue.by_id(where.entity.id)
            town = mention.first == 0 and entry is not None and entry.country is not None
            if closed and (mention.entity.type == "Facility" or sentence.doc[after + 1].lower_ != "in" or town):
                word = sentence.doc[where.root]
                yield Found(
                    frame.predicate, mention.entity, where.entity, word, frame.name, (mention, where), presupposed=True
                )


def called_after(sentence: Sentence, frame: Frame) -> Iterator[Found]:
    """“MP Materials of Las Vegas”, “Ibiden of Japan”: a firm's name with its home right behind."""
    named = {m.first: m for m in sentence.mentions if m.named and m.entity is not None}
    for mention in list(named.values()):
        if mention.entity is None or mention.entity.type != "Company" or mention.last + 2 >= len(sentence.doc):
            continue
        where = named.get(mention.last + 2)
        if sentence.doc[mention.last + 1].lower_ != "of" or where is None or where.entity is None:
            continue
        if where.entity.type == "Place":
            word = sentence.doc[where.root]
            yield Found(
                frame.predicate, mention.entity, where.entity, word, frame.name, (mention, where), presupposed=True
            )


def _firms(sentence: Sentence, token: Token, catalogue: Catalogue, *, based: bool) -> list[tuple[EntityRef, Mention]]:
    """Who stands at a noun: a name, a description that is resolved, what the noun is in apposition to."""
    kinds = ("Company", "Organization", "Person") if based else _FIRMS
    found = sides(sentence, [token], kinds, catalogue)
    if not found and token.dep_ in ("appos", "attr"):
        found = sides(sentence, [beside_of(token)], kinds, catalogue) if token.dep_ == "appos" else []
    return found[:1]


def _places_before(sentence: Sentence, token: Token, catalogue: Catalogue) -> Iterator[tuple[EntityRef, Token, bool]]:
    """Places among the modifiers of a firm's name or of a noun for firms, the word that names each, and whether it
    says “-based”.
    """
    named = sentence.mention_at(token)
    firm = named is not None and named.entity is not None and named.entity.type in _FIRMS and token.i == named.root
    if not firm and classifying_nouns().get(token.lower_) not in _FIRMS:
        return
    for child in token.lefts:
        if child.lower_ in _BASED and child.i >= 2 and child.nbor(-1).text == "-":
            at = child.i - 2
            before = next((m.entity for m in sentence.mentions if m.named and m.first <= at <= m.last), None)
            if before is not None and before.type == "Place":
                yield before, child, True
        elif child.dep_ in _OWNERS:
            place = _place(sentence, child, catalogue)
            home = child.dep_ != "poss" or (firm and named is not None and child.i + 2 == named.first)
            if place is not None and home:
                yield place, child, False


def _place(sentence: Sentence, token: Token, catalogue: Catalogue) -> EntityRef | None:
    mention = next(
        (m for m in sentence.mentions if m.named and m.first <= token.i <= m.last and m.entity is not None), None
    )
    entry = catalogue.demonyms.get(token.text)
    if entry is not None and (mention is None or mention.how == "new"):
        return entry_ref(entry)
    entity = mention.entity if mention is not None else None
    return entity if entity is not None and entity.type == "Place" else None
