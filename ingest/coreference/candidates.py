"""The likeliest among those named before: by nearness, role, fit, and how much the document is about them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.model import EntityRef
from ingest.coreference.binding import barred
from ingest.coreference.discourse import WITHIN, Discourse, Seen, relative_clause
from ingest.parsed import Sentence
from ingest.speakers import kind_of

if TYPE_CHECKING:
    from spacy.tokens import Token

_REACH = 4  # sentences back that a pronoun may look
_GAP = 1.3  # what each sentence between costs
_PARAGRAPH = 1.8  # what a new paragraph costs a candidate from the one before
_TOPIC = 0.7  # what it adds to be what the document is about
_TOPIC_AGAIN = 2.0  # the same where a paragraph has named nobody yet
_HERE = 0.6  # what it adds to stand in the same sentence
_DEALING = ("with", "against")
_BESIDE = {"with", "like", "unlike", "besides", "alongside"}
_SUBJECTS = ("nsubj", "nsubjpass")
_JOINED = 1.5  # what it costs to have been named as one of several subjects: no “it” is two firms
_WATCHING = 1.5  # what it costs to be a bank or an outlet: they speak of others


def best(
    talk: Discourse,
    sentence: Sentence,
    token: Token,
    fits: dict[str, float],
    near: dict[str, float],
    *,
    reach: int = _REACH,
    without: frozenset[str] = frozenset(),
) -> EntityRef | None:
    """The heaviest candidate among the entity types in `fits` (type → bonus); `near` is a bonus by entity id."""
    excluded = barred(sentence, token, talk.makers_for_hire) | without | talk.speaks_for(sentence)
    if token.dep_ == "pobj" and token.head.lower_ in _DEALING:  # “TSMC's boss denied talks with it”
        persons = [talk.refs[id_] for id_ in excluded if id_ in talk.refs and talk.refs[id_].type == "Person"]
        excluded |= {firm.id for person in persons if (firm := talk.employer(person)) is not None}
    topical = _TOPIC_AGAIN if talk.opens(sentence) else _TOPIC
    top: tuple[float, EntityRef] | None = None
    for seen in (*talk.standing(sentence), *reversed(talk.seen)):
        gap = sentence.index - seen.sentence
        if gap > reach:
            break
        if (
            seen.entity.type not in fits
            or seen.entity.id in excluded
            or (gap == 0 and cannot_be(talk, sentence, seen, token))
        ):
            continue
        score = (
            seen.weight + fits[seen.entity.type] - _GAP * gap + (topical if gap else _TOPIC) * talk.share(seen.entity)
        )
        score -= _PARAGRAPH * (seen.paragraph != talk.block(sentence))
        score -= _WATCHING * talk.watches(seen.entity) + _JOINED * talk.joined(seen)
        if gap == 0:
            score += _HERE - 0.01 * abs(token.i - seen.token) + near.get(seen.entity.id, 0.0)
            clause = relative_clause(sentence.doc[seen.token])
            score += WITHIN * (clause is not None and clause.is_ancestor(token))  # both are told in it
        elif seen.entity.id in near:
            score += near[seen.entity.id] / 2
        if top is None or score > top[0]:
            top = (score, seen.entity)
    return top[1] if top else None


def cannot_be(talk: Discourse, sentence: Sentence, seen: Seen, token: Token) -> bool:
    """Whether a candidate of the same sentence cannot be meant: it comes later, speaks of the others, or stands in what
    opens the sentence and is said of the subject.
    """
    other = sentence.doc[seen.token]
    if seen.token >= token.i:
        return True
    if talk.watches(seen.entity) and _speaks(other):
        return True
    return _said_of_subject(other, token)


def _speaks(token: Token) -> bool:
    """Whether a name is the subject of a verb of saying: an analyst's “its” is about somebody else."""
    while token.dep_ in ("pobj", "prep", "compound") and token.head.i < token.i:
        token = token.head  # “analysts at Morgan Stanley said”
    return token.dep_ == "nsubj" and kind_of(token.head.lemma_.lower()) is not None


def _said_of_subject(other: Token, token: Token) -> bool:
    """Whether a name stands in a clause or phrase before the subject that tells of somebody else, who is the subject:
    “Bolstered by orders from ByteDance, its revenue soared”, “After buying Arm, it …”, “Together with Samsung it …”.
    """
    subject = token.head if token.dep_ == "poss" else token
    if subject.dep_ not in _SUBJECTS or other.i > subject.left_edge.i:
        return False
    opening = [a for a in (other, *other.ancestors) if a.head == subject.head and a != subject]
    if not opening:
        return False
    within = [a for a in (other, *other.ancestors) if a != opening[0] and opening[0] in a.ancestors] + opening
    return any(_subjectless(a) or (a.dep_ == "prep" and a.lower_ in _BESIDE and other.head == a) for a in within)


def _subjectless(clause: Token) -> bool:
    """Whether a participle, gerund or infinitive has no subject of its own."""
    if clause.dep_ not in ("advcl", "pcomp") or clause.tag_ not in ("VBN", "VBG", "VB"):
        return False
    return not any(c.dep_ in (*_SUBJECTS, "aux") and c.lower_ != "to" for c in clause.children)
