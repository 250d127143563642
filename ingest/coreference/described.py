"""The words of a description, and whom they fit best among those named before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.model import EntityRef
from ingest.coreference.binding import barred, speaker
from ingest.coreference.candidates import cannot_be
from ingest.coreference.discourse import AGENTS, Discourse, Seen
from ingest.parsed import Mention, Sentence

if TYPE_CHECKING:
    from spacy.tokens import Token

POINTING = {"this", "that"}
_POINTED = 2  # sentences back that “that chip” may point
_PLAIN = {"company", "firm", "group", "business", "corporation", "giant"}
_OTHER_PARTIES = {"customer", "client", "buyer", "supplier", "rival", "tenant", "partner", "competitor"}
_OTHERS = 1.5  # what it costs a firm to have been introduced by its part in another's business: “a customer, OpenAI”
_ELSEWHERE = 1.0  # what it costs to be known of no place where the words name one: “the Boise company”
_LEARNED = 2.5  # what it adds to have been called “a company” or “the group” before
_FAR = 8  # sentences back that a description may look
_TOPIC = 1.0  # what it adds to be what the document is about
_TOPIC_AGAIN = 3.0  # the same where a paragraph has named nobody yet
_SPEAKER = 2.5  # what it adds to be the firm of the person who says so


@dataclass(frozen=True, slots=True)
class Described:
    """The words of a description: its tokens, the type of its noun, what they say of trade, country and city."""

    first: Token
    noun: Token
    kind: str
    determiner: str
    calling: str | None
    country: str | None
    city: str | None

    @property
    def plain(self) -> bool:
        """Whether the noun says no more than that it is a firm."""
        return self.noun.lower_ in _PLAIN


def describe(
    talk: Discourse, token: Token, determiner: Token, kind: str, left: list[Token], inner: list[Mention]
) -> Described:
    """What a noun with its modifiers `left`, and the mentions among them, says of somebody."""
    first = left[0].left_edge.i if left else token.i
    said = str(token.doc[first : token.i + 1].text).casefold().split()
    calling = next((p for i in range(len(said)) if (p := " ".join(said[i:])) in talk.phrases), None)
    city = next((m.entity.label for m in inner if m.entity and m.entity.type == "Place"), None)
    return Described(determiner, token, kind, determiner.lower_, calling, _country(talk, left), city)


def _country(talk: Discourse, modifiers: list[Token]) -> str | None:
    for i, token in enumerate(modifiers):
        for phrase in (" ".join(t.text for t in modifiers[i : i + 2]), token.text):
            entry = talk.catalogue.demonyms.get(phrase)
            if entry is not None:
                return str(entry.label)
    return None


def fitting_best(talk: Discourse, sentence: Sentence, words_: Described) -> EntityRef | None:
    """The firm or thing named before that a description fits best; None if none does."""
    token = words_.noun
    kinds = AGENTS if words_.kind == "Organization" or token.lower_ == "group" else (words_.kind,)
    excluded = barred(sentence, token)
    if any(c.lower_ == "same" for c in token.children):
        last = (s.entity for s in reversed(talk.seen) if s.entity.type in kinds)
        return next((entity for entity in last if entity.id not in excluded), None)
    who = speaker(sentence, token) if words_.plain else None
    firm = talk.employer(who) if who is not None and who.type == "Person" else None
    top: tuple[float, EntityRef] | None = None
    for seen in (*talk.standing(sentence), *reversed(talk.seen)):
        gap = sentence.index - seen.sentence
        if gap > _FAR:
            break
        if seen.entity.type not in kinds or seen.entity.id in excluded:
            continue
        if gap == 0 and (cannot_be(talk, sentence, seen, token) or _governs(sentence.doc[seen.token], token)):
            continue
        score = _score(talk, sentence, words_, seen, gap)
        if score is None:
            continue
        score += _SPEAKER * (firm is not None and seen.entity.id == firm.id)
        if top is None or score > top[0]:
            top = (score, seen.entity)
    return top[1] if top else None


def _score(talk: Discourse, sentence: Sentence, words_: Described, seen: Seen, gap: int) -> float | None:
    entity = seen.entity
    fit = _fit(talk, entity, words_)
    pointed = words_.determiner in POINTING and gap <= _POINTED  # “that chip”: the one just named
    if fit is None or (fit <= 0 and not words_.plain and words_.kind != "Company" and not pointed):
        return None
    topical = _TOPIC_AGAIN if gap and talk.opens(sentence) else _TOPIC
    score = seen.weight - 0.8 * gap + topical * talk.share(entity) + fit
    score -= _OTHERS * bool(words_.plain and talk.nouns[entity.id] & _OTHER_PARTIES)
    score -= _OTHERS * bool(words_.plain and fit == 0 and talk.publishes(entity))
    return score - 0.4 * (seen.paragraph != talk.block(sentence))


def _governs(subject: Token, token: Token) -> bool:
    """Whether a name is the subject of the very verb that a description stands under: nobody owns “the
    company” itself.
    """
    if subject.dep_ != "nsubj":
        return False
    verb = next((a for a in token.ancestors if a.pos_ in ("VERB", "AUX")), None)
    while verb is not None and verb != subject.head and verb.dep_ == "conj" and not _subjects(verb):
        verb = verb.head  # “Acme owns a tenth and buys the company's chips”
    return bool(verb is not None and verb == subject.head)


def _subjects(verb: Token) -> bool:
    return any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.children)


def _around(talk: Discourse, named: str, city: str) -> bool:
    """Whether a place may be the state that a city lies in: it is one of some town, and the city's is no other."""
    states = talk.catalogue.states
    return named in states.values() and states.get(city, named) == named


def _fit(talk: Discourse, entity: EntityRef, words_: Described) -> float | None:
    """How well a description suits an entity; None if it contradicts what is known of it."""
    entry = talk.catalogue.by_id(entity.id)
    home = entry.country if entry else None
    city = entry.city if entry else None
    homes = {h for h in (home, city) if h} | talk.homes[entity.id]
    introduced = words_.noun.lemma_.lower() in talk.nouns[entity.id]
    fit = (_LEARNED if words_.plain else 5.0) * introduced
    if words_.country:
        if words_.country in homes:
            fit += 4.0
        elif home or not (introduced or words_.plain):
            return None
    if words_.city and not words_.country:
        if words_.city in homes:
            fit += 4.0
        elif city and not _around(talk, words_.city, city):
            return None
        elif not introduced:
            fit -= _ELSEWHERE
    trades = talk.callings.get(entity.id)
    if words_.calling:
        if words_.calling in (trades or ()):
            fit += 5.0
        elif trades and not introduced:
            return None
    return fit
