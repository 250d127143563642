"""Whom “it”, “its”, “they”, “he” and “she” mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.model import EntityRef
from ingest.coreference.binding import bound, local_subjects, own, reflexive, relative_to, speaker, subject_tokens
from ingest.coreference.candidates import best
from ingest.coreference.discourse import AGENTS, Discourse, has_plural
from ingest.coreference.fits import acts, fitting
from ingest.coreference.impersonal import impersonal
from ingest.coreference.nameless import follows_nameless
from ingest.names.lexicon import classifying_nouns
from ingest.parsed import Mention, Sentence

if TYPE_CHECKING:
    from spacy.tokens import Token

_THING = {"it", "its", "itself"}
_MANY = {"they", "their", "them", "themselves"}
_HE = {"he", "his", "him", "himself"}
_SHE = {"she", "her", "hers", "herself"}
_HEADING = {"run", "head", "lead", "chair", "manage"}
_SUBJECT = 0.8  # what it adds to be the subject of the clause
_OWNER = 1.6  # the same for “its”
_RELATIVE = 3.2  # what it adds for “its” to stand in a clause about the name right before: “Tesla, which … its cars”


def pronoun(talk: Discourse, sentence: Sentence, token: Token) -> Mention | None:
    """The mention that a pronoun makes; None if it is none, stands for nobody, or nobody knows for whom."""
    word = token.lower_
    if word in _HE or word in _SHE:
        return _made(token, _person(talk, sentence, token))
    if word not in _THING and word not in _MANY:
        return None
    if token.dep_ == "expl" or impersonal(token):
        return None
    if reflexive(token) or own(token):
        entity = bound(sentence, token, lambda e: e.type != "Person" and not talk.watches(e))
        if entity is not None or reflexive(token):
            return _made(token, entity)
    fits = _fits_many(talk, sentence, token) if word in _MANY else fitting(token)
    if not fits or _somebody_else(sentence, token) or follows_nameless(talk, sentence, token):
        return None
    entity = _headed(talk, sentence, token) or _coming(sentence, token) or _nearest(talk, sentence, token, fits)
    return _made(token, entity)


def _headed(talk: Discourse, sentence: Sentence, token: Token) -> EntityRef | None:
    """“Ms Oss, its chief executive”, “Ms Oss, who runs it”: the firm that she is known to head, if named."""
    person = None
    if token.dep_ == "poss" and classifying_nouns().get(token.head.lower_) == "Person":
        noun = token.head
        person = noun.head if noun.dep_ == "appos" else next((c for c in noun.children if c.dep_ == "appos"), None)
    elif token.dep_ == "dobj" and token.head.dep_ == "relcl" and token.head.lemma_ in _HEADING:
        person = token.head.head
    held = sentence.mention_at(person) if person is not None else None
    if held is None or held.entity is None or held.entity.type != "Person":
        return None
    return talk.employer(held.entity)


def _made(token: Token, entity: EntityRef | None) -> Mention | None:
    return Mention(token.i, token.i, token.i, token.text, "pronoun", entity) if entity is not None else None


def _nearest(talk: Discourse, sentence: Sentence, token: Token, fits: dict[str, float]) -> EntityRef | None:
    """The likeliest of those named before; the subject of the clause and the firm of the speaker come first."""
    weight = _OWNER if token.dep_ == "poss" else _SUBJECT
    near = {m.entity.id: weight for m in local_subjects(sentence, token) if m.entity}
    head = relative_to(sentence, token) if token.dep_ == "poss" else None
    if head is not None:
        near[head.id] = _RELATIVE
    who = speaker(sentence, token)
    firm = talk.employer(who) if who is not None and who.type == "Person" else None
    if firm is not None:
        near[firm.id] = max(near.get(firm.id, 0.0), _OWNER)
    return best(talk, sentence, token, fits, near)


def _fits_many(talk: Discourse, sentence: Sentence, token: Token) -> dict[str, float]:
    """“They” as one firm: only where no plural could be meant."""
    before = talk.plural == (sentence.index - 1, sentence.paragraph) and not acts(token)
    if token.lower_ == "them" or before or has_plural(sentence.doc[: token.i]):
        return {}
    return {"Company": 0.6, "Organization": 0.2, "Person": -0.5}


def _somebody_else(sentence: Sentence, token: Token) -> bool:
    """Whether the subject of the clause is a firm without a name: “a rival raised its prices” tells of the rival."""
    if token.dep_ != "poss":
        return False
    kinds = classifying_nouns()
    subjects = [t for t in subject_tokens(token) if t.i < token.i and t.tag_ == "NN" and sentence.mention_at(t) is None]
    return any(kinds.get(t.lower_) in AGENTS and not local_subjects(sentence, token) for t in subjects)


def _person(talk: Discourse, sentence: Sentence, token: Token) -> EntityRef | None:
    if reflexive(token):
        return bound(sentence, token, lambda e: e.type == "Person")
    female = token.lower_ in _SHE
    if token.dep_ == "poss" and _unnamed_person(sentence, token):
        return None
    near = {m.entity.id: 0.8 for m in local_subjects(sentence, token) if m.entity}
    fits = {"Person": 1.0}
    found = best(talk, sentence, token, fits, near, reach=6, without=talk.of_other_sex(female=female))
    if found is not None:
        talk.sexes.setdefault(found.id, female)
    return found


def _unnamed_person(sentence: Sentence, token: Token) -> bool:
    """“a fund manager who sold his shares”."""
    kinds = classifying_nouns()
    return any(
        t.i < token.i and t.pos_ == "NOUN" and kinds.get(t.lower_) == "Person" and sentence.mention_at(t) is None
        for t in subject_tokens(token)
    ) and not local_subjects(sentence, token)


def _coming(sentence: Sentence, token: Token) -> EntityRef | None:
    """“Despite its losses, Intel …”: a pronoun in what opens a sentence, before anybody is named there, is who comes as
    the subject.
    """
    if sentence.index and token.dep_ != "poss":
        return None
    top = token
    while top.head != top and top.head.dep_ != "ROOT":
        top = top.head
    if top.dep_ not in ("prep", "advcl", "npadvmod") or top.head == top or token.dep_ == "nsubj":
        return None
    subject = next((c for c in top.head.children if c.dep_ in ("nsubj", "nsubjpass") and c.i > top.i), None)
    mention = sentence.mention_at(subject) if subject is not None else None
    if mention is None or not mention.named or mention.entity is None or mention.entity.type not in AGENTS:
        return None
    if any(m.entity and m.entity.type in AGENTS and m.first < token.i for m in sentence.mentions):
        return None
    return mention.entity
