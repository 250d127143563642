"""The walk over the sentences that gives pronouns and descriptions their entities."""

from __future__ import annotations

from collections.abc import Sequence

from graph.catalogue import Catalogue
from graph.model import EntityRef
from ingest.coreference.descriptions import description
from ingest.coreference.discourse import Discourse
from ingest.coreference.first_person import mark_first_person
from ingest.coreference.groups import note_groups, several
from ingest.coreference.nameless import note_nameless
from ingest.coreference.pronouns import pronoun
from ingest.interviews import interview
from ingest.names.descriptions import callings, observers
from ingest.names.lexicon import name_lexicon
from ingest.parsed import Sentence
from ingest.relations.match import match
from ingest.sections import section_firms

_DEFINING = {"company", "group", "corporation", "issuer", "firm"}
_QUOTES = '"“”'


def resolve(sentences: Sequence[Sentence], catalogue: Catalogue) -> None:
    """Add pronoun and description mentions with their entities to the sentences."""
    talk = Discourse(
        catalogue,
        name_lexicon(),
        callings(catalogue),
        observers(catalogue),
        employers=_employers(sentences, catalogue),
        issuer=_issuer(sentences),
        interview=interview(sentences, catalogue),
        sections=section_firms(sentences),
    )
    talk.count(sentences)
    for sentence in sentences:
        for mention in sentence.mentions:
            talk.introduce(sentence, mention)
        for token in sentence.doc:
            held = sentence.mention_at(token)
            if held is not None:
                if token.i == held.root:
                    talk.note(sentence, held, token)
                continue
            found = (
                several(talk, sentence, token) or pronoun(talk, sentence, token) or description(talk, sentence, token)
            )
            if found:
                sentence.add(found)
                talk.note(sentence, found, token, 0.5)
        note_groups(talk, sentence)
        note_nameless(talk, sentence)
    if talk.interview is not None:
        talk.interview = interview(sentences, catalogue)  # “its founder”: now it is known whose
    mark_first_person(talk, sentences)


def _employers(sentences: Sequence[Sentence], catalogue: Catalogue) -> dict[str, EntityRef]:
    """Person id → the firm that the text says the person heads."""
    out: dict[str, EntityRef] = {}
    for sentence in sentences:
        kinds = {m.entity.type for m in sentence.mentions if m.entity}
        if {"Person", "Company"} <= kinds:
            for found in match(sentence, catalogue):
                if found.predicate == "leads" and found.object.type == "Company":
                    out.setdefault(found.subject.id, found.object)
    return out


def _issuer(sentences: Sequence[Sentence]) -> EntityRef | None:
    """The firm that a release defines as its “Company”: “Acme Corp. (“Acme” or the “Company”) today …”."""
    for sentence in sentences:
        doc = sentence.doc
        for token in doc:
            if (
                token.text.casefold() in _DEFINING
                and token.i
                and doc[token.i - 1].text in _QUOTES
                and token.text[0].isupper()
            ):
                before = [m for m in sentence.mentions if m.named and m.last < token.i and m.entity]
                firm = next((m.entity for m in before if m.entity and m.entity.type == "Company"), None)
                if firm is not None:
                    return firm
    return None
