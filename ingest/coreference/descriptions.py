"""Whom a description means: “the foundry”, “the American company”, “the ChatGPT maker”, “China's largest chipmaker”."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.model import EntityRef
from ingest.coreference.binding import barred, speaker
from ingest.coreference.candidates import cannot_be
from ingest.coreference.discourse import AGENTS, Discourse, Seen
from ingest.names.mentions import entry_ref
from ingest.parsed import Mention, Sentence
from ingest.wordlists import words

if TYPE_CHECKING:
    from spacy.tokens import Token

_DETERMINERS = {"the", "this", "that"}
_POINTING = {"this", "that"}
_POINTED = 2  # sentences back that “that chip” may point
PLAIN = {"company", "firm", "group", "business", "corporation", "giant"}
_OTHER_PARTIES = {"customer", "client", "buyer", "supplier", "rival", "tenant", "partner", "competitor"}
_OTHERS = 1.5  # what it costs a firm to have been introduced by its part in another's business: “a customer, OpenAI”
_FAR = 8  # sentences back that a description may look
_NOT_ITS_OWN = words("not_a_firm")
_MAKING = {"maker", "developer", "owner", "parent", "designer", "creator"}
_TOPIC = 1.0
_SPEAKER = 2.5  # what it adds to be the firm of the person who says so


@dataclass(frozen=True, slots=True)
class _Described:
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
        return self.noun.lower_ in PLAIN


def description(talk: Discourse, sentence: Sentence, token: Token) -> Mention | None:
    """The mention that a describing noun makes; the noun's modifiers must fit."""
    if token.pos_ not in ("NOUN", "PROPN") or token.tag_ not in ("NN", "NNP"):
        return None
    determiner = next((c for c in token.children if c.dep_ == "det"), None)
    if determiner is None or determiner.lower_ not in _DETERMINERS:
        return None
    left = [t for t in token.lefts if t != determiner]
    inner = [m for m in (sentence.mention_at(t) for t in left) if m and m.entity]
    if token.lower_ in _MAKING and inner:
        maker = _maker(talk, inner[0])
        if maker is not None:
            return _made(sentence, determiner, token, maker)
    kind = talk.lexicon.nouns.get(token.lower_) or _learned_kind(talk, token)
    if kind is None or any(m.entity and m.entity.type != "Place" for m in inner):
        return None
    if _introduces(sentence, token):
        return None
    if talk.issuer is not None and token.text in ("Company", "Group", "Corporation") and not left:
        return _made(sentence, determiner, token, talk.issuer)
    if token.lower_ in ("government", "state") and not left:
        return _made(sentence, determiner, token, _government(talk))
    words_ = _described(talk, token, determiner, kind, left, inner)
    pointed = words_.determiner in _POINTING and kind not in AGENTS  # “that chip”
    if token.lower_ in _NOT_ITS_OWN and not words_.calling and not pointed:
        return None
    entity = _fitting(talk, sentence, words_)
    if entity is not None:
        talk.nouns[entity.id].add(token.lemma_.lower())
    return _made(sentence, determiner, token, entity)


def _made(sentence: Sentence, first: Token, last: Token, entity: EntityRef | None) -> Mention | None:
    if entity is None:
        return None
    return Mention(first.i, last.i, last.i, str(sentence.doc[first.i : last.i + 1].text), "description", entity)


def _learned_kind(talk: Discourse, token: Token) -> str | None:
    """The type of who was introduced by the noun: after “Orvanta, a packaging house” the house is a company."""
    lemma = token.lemma_.lower()
    found = {s.entity.type for s in talk.seen if lemma in talk.trades[s.entity.id] and s.entity.type in AGENTS}
    return found.pop() if len(found) == 1 else None


def _introduces(sentence: Sentence, token: Token) -> bool:
    """Whether the words do not go back to anybody: “Orvanta, the foundry”, “the software group Oracle”, “the firm that
    sells them”.
    """
    if token.dep_ in ("appos", "attr") or any(c.dep_ == "appos" and sentence.mention_at(c) for c in token.children):
        return True
    if token.dep_ == "conj" and token.head.dep_ == "attr":
        return True
    if token.i + 1 == len(token.doc):
        return False
    after = token.doc[token.i + 1]
    if token.head.i > token.i and token.dep_ in ("compound", "nmod", "amod") and sentence.mention_at(after):
        return True
    return any(
        c.dep_ == "relcl" and c.left_edge.i == after.i and after.lower_ in ("that", "which", "who")
        for c in token.children
    )


def _described(
    talk: Discourse, token: Token, determiner: Token, kind: str, left: list[Token], inner: list[Mention]
) -> _Described:
    first = left[0].left_edge.i if left else token.i
    said = str(token.doc[first : token.i + 1].text).casefold().split()
    calling = next((p for i in range(len(said)) if (p := " ".join(said[i:])) in talk.phrases), None)
    city = next((m.entity.label for m in inner if m.entity and m.entity.type == "Place"), None)
    return _Described(determiner, token, kind, determiner.lower_, calling, _country(talk, left), city)


def _government(talk: Discourse) -> EntityRef | None:
    """“The government”: one named before, else that of the country whose firms the text is about."""
    named = [
        s.entity for s in talk.seen if s.entity.type == "Organization" and "government" in s.entity.label.casefold()
    ]
    if named:
        return named[-1]
    homes: Counter[str] = Counter()
    for id_, count in talk.counts.items():
        entry = talk.catalogue.by_id(id_)
        if entry is not None and entry.type == "Company" and entry.country:
            homes[entry.country] += count
    if not homes:
        return None
    country = homes.most_common(1)[0][0]
    adjectives = [d for d, place in talk.catalogue.demonyms.items() if place.label == country]
    found = (e for w in [*adjectives, country] for e in talk.catalogue.lookup(f"{w} government"))
    entry = next(found, None)
    return entry_ref(entry) if entry is not None else None


def _maker(talk: Discourse, mention: Mention) -> EntityRef | None:
    """Who makes the thing named: from the catalogue."""
    entry = talk.catalogue.by_id(mention.entity.id) if mention.entity else None
    maker = getattr(entry, "maker", None)
    found = talk.catalogue.lookup(maker) if maker else ()
    return entry_ref(found[0]) if found else None


def _country(talk: Discourse, modifiers: list[Token]) -> str | None:
    for i, token in enumerate(modifiers):
        for phrase in (" ".join(t.text for t in modifiers[i : i + 2]), token.text):
            entry = talk.catalogue.demonyms.get(phrase)
            if entry is not None:
                return str(entry.label)
    return None


def _fitting(talk: Discourse, sentence: Sentence, words_: _Described) -> EntityRef | None:
    """The firm or thing named before that a description fits best; None if none does."""
    token = words_.noun
    kinds = AGENTS if words_.kind == "Organization" or token.lower_ == "group" else (words_.kind,)
    excluded = barred(sentence, token)
    who = speaker(sentence, token) if words_.plain else None
    firm = talk.employer(who) if who is not None and who.type == "Person" else None
    top: tuple[float, EntityRef] | None = None
    for seen in reversed(talk.seen):
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


def _score(talk: Discourse, sentence: Sentence, words_: _Described, seen: Seen, gap: int) -> float | None:
    entity = seen.entity
    fit = _fit(talk, entity, words_)
    pointed = words_.determiner in _POINTING and gap <= _POINTED  # “that chip”: the one just named
    if fit is None or (fit == 0 and not words_.plain and words_.kind != "Company" and not pointed):
        return None
    score = seen.weight - 0.8 * gap + _TOPIC * talk.share(entity) + fit
    score -= _OTHERS * bool(words_.plain and talk.nouns[entity.id] & _OTHER_PARTIES)
    score -= _OTHERS * bool(words_.plain and fit == 0 and talk.publishes(entity))
    return score - 0.4 * (seen.paragraph != sentence.paragraph)


def _governs(subject: Token, token: Token) -> bool:
    """Whether a name is the subject of the very verb that a description stands under: nobody owns “the
    company” itself.
    """
    if subject.dep_ != "nsubj":
        return False
    for above in token.ancestors:
        if above.pos_ in ("VERB", "AUX"):
            return bool(above == subject.head)
    return False


def _fit(talk: Discourse, entity: EntityRef, words_: _Described) -> float | None:
    """How well a description suits an entity; None if it contradicts what is known of it."""
    entry = talk.catalogue.by_id(entity.id)
    home = entry.country if entry else None
    city = entry.city if entry else None
    homes = {h for h in (home, city) if h} | talk.homes[entity.id]
    introduced = words_.noun.lemma_.lower() in talk.nouns[entity.id]
    fit = 5.0 * introduced
    if words_.country:
        if words_.country in homes:
            fit += 4.0
        elif home or not (introduced or words_.plain):
            return None
    if words_.city and not words_.country:
        if words_.city in homes:
            fit += 4.0
        elif city:
            return None
    trades = talk.callings.get(entity.id)
    if words_.calling:
        if words_.calling in (trades or ()):
            fit += 5.0
        elif trades and not introduced:
            return None
    return fit
