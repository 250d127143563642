"""Who a pronoun or a description means: “it”, “its”, “the company”, “the South Korean group”, “the ChatGPT maker”.

A resolver walks the sentences in order and keeps the entities named so far. Each candidate is weighed by nearness, by
the role it had
(subjects first), by fit (type, country, the noun it was introduced with), and by how much the document is about it. A
description that
fits no candidate stays unresolved: no claim is better than one about the wrong firm.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from graph.catalogue import Catalogue
from graph.model import EntityRef
from ingest.names.descriptions import Callings, callings, observers
from ingest.names.lexicon import NameLexicon, name_lexicon
from ingest.names.mentions import entry_ref
from ingest.names.roles import classifiers
from ingest.parsed import Mention, Sentence
from ingest.speakers import kind_of
from ingest.wordlists import words

if TYPE_CHECKING:
    from spacy.tokens import Token

_THING = {"it", "its", "itself"}
_MANY = {"they", "their", "them", "themselves"}
_HE = {"he", "his", "him", "she", "her", "hers", "himself", "herself"}
_PLURAL_ROLES = {"nsubj", "nsubjpass", "dobj", "pobj"}
_AGENTS = ("Company", "Organization")
_REACH = 4  # sentences back that a pronoun may look
_DETERMINERS = {"the", "this", "that"}
_POINTING = {"this", "that"}
_POINTED = 2  # sentences back that “that chip” may point
_PLAIN = {"company", "firm", "group", "business", "corporation", "giant"}
_OTHER_PARTIES = {"customer", "client", "buyer", "supplier", "rival", "tenant", "partner", "competitor"}
_OTHERS = 1.5  # what it costs a firm to have been introduced by its part in another's business: “a customer, OpenAI”
_PARAGRAPH = 1.8  # what a new paragraph costs a candidate from the one before
_OBJECTS = {"dobj", "dative", "pobj"}
_FAR = 8  # sentences back that a description may look
_NOT_ITS_OWN = words("not_a_firm")


@dataclass(slots=True)
class _Seen:
    entity: EntityRef
    sentence: int
    paragraph: int
    token: int
    weight: float


@dataclass
class _Discourse:
    """What has been named so far, and how it was introduced."""

    catalogue: Catalogue
    lexicon: NameLexicon
    callings: Callings
    observers: frozenset[str]
    seen: list[_Seen] = field(default_factory=list)
    nouns: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    counts: Counter[str] = field(default_factory=Counter)

    @cached_property
    def top(self) -> int:
        """How often the entity that is named most is named; asked for once all are counted."""
        return max(self.counts.values(), default=1)

    @cached_property
    def phrases(self) -> frozenset[str]:
        """Every phrase that some firm is called by."""
        return frozenset(phrase for phrases in self.callings.values() for phrase in phrases)


def resolve(sentences: Sequence[Sentence], catalogue: Catalogue) -> None:
    """Add pronoun and description mentions with their entities to the sentences."""
    talk = _Discourse(catalogue, name_lexicon(), callings(catalogue), observers(catalogue))
    for sentence in sentences:
        for mention in sentence.mentions:
            if mention.entity:
                talk.counts[mention.entity.id] += 1 + 2 * (sentence.kind == "title")
    for sentence in sentences:
        for mention in sentence.mentions:
            _introduce(talk, sentence, mention)
        for token in sentence.doc:
            held = sentence.mention_at(token)
            if held is not None:
                if token.i == held.root and held.entity:
                    talk.seen.append(
                        _Seen(held.entity, sentence.index, sentence.paragraph, token.i, _role(token, sentence))
                    )
                continue
            found = _pronoun(talk, sentence, token) or _description(talk, sentence, token)
            if found:
                sentence.add(found)
                if found.entity:
                    talk.seen.append(
                        _Seen(found.entity, sentence.index, sentence.paragraph, token.i, _role(token, sentence) + 0.5)
                    )


def _introduce(talk: _Discourse, sentence: Sentence, mention: Mention) -> None:
    if mention.entity:
        root = sentence.doc[mention.root]
        talk.nouns[mention.entity.id].update(n.lemma_.lower() for n in classifiers(root, mention.first, mention.last))


def _role(token: Token, sentence: Sentence) -> float:
    """Subjects weigh most, then what hangs on them; names in headings set the topic."""
    if sentence.kind == "title":
        return 2.0
    if token.dep_ == "attr" and any(c.dep_ == "expl" for c in token.head.children):
        return 3.0  # “then there is AXT”
    if token.dep_ == "ROOT" and token.pos_ != "VERB" and sentence.kind == "body":
        return 3.0  # “Microsoft, for one.”
    if token.dep_ in ("nsubj", "nsubjpass"):
        return 3.0 if token.head.dep_ in ("ROOT", "ccomp", "conj") else 2.4
    if token.dep_ == "conj":
        return _role(token.head, sentence) - 0.5
    return {"poss": 1.6, "dobj": 1.5, "appos": 1.5, "agent": 1.5, "pobj": 1.0, "compound": 0.6}.get(token.dep_, 0.8)


def _best(
    talk: _Discourse, sentence: Sentence, token: Token, fits: dict[str, float], *, reach: int = _REACH
) -> EntityRef | None:
    """The heaviest candidate among the entity types in `fits` (type → bonus)."""
    best: tuple[float, EntityRef] | None = None
    top = talk.top
    for seen in reversed(talk.seen):
        gap = sentence.index - seen.sentence
        if gap > reach:
            break
        if seen.entity.type not in fits or (gap == 0 and _inside(sentence, seen.token, token)):
            continue
        if gap == 0 and seen.entity.id in talk.observers and _speaks(sentence, seen.token):
            continue
        score = seen.weight + fits[seen.entity.type] - 1.3 * gap + 1.2 * talk.counts[seen.entity.id] / top
        score -= _PARAGRAPH * (seen.paragraph != sentence.paragraph)
        if gap == 0:
            score += 0.6 - 0.01 * abs(token.i - seen.token)
        if best is None or score > best[0]:
            best = (score, seen.entity)
    return best[1] if best else None


def _speaks(sentence: Sentence, candidate: int) -> bool:
    """Whether a name is the subject of a verb of saying: an analyst's “its” is about somebody else."""
    token = sentence.doc[candidate]
    while token.dep_ in ("pobj", "prep", "compound") and token.head.i < token.i:
        token = token.head  # “analysts at Morgan Stanley said”
    return token.dep_ == "nsubj" and kind_of(token.head.lemma_.lower()) is not None


def _inside(sentence: Sentence, candidate: int, token: Token) -> bool:
    """Whether the candidate cannot be meant: it comes later, or is a co-argument (“Nvidia sells it”)."""
    if candidate >= token.i:
        return True
    other = sentence.doc[candidate]
    if token.dep_ == "poss" and _in_opening_participle(other, token):
        return True
    if token.dep_ in _OBJECTS and not token.lower_.endswith(("self", "selves")) and _does_it(other, token):
        return True
    same_head = other.head == token.head and other.dep_ != token.dep_
    return same_head and token.dep_ in ("dobj", "nsubj", "pobj", "dative") and other.dep_ in ("dobj", "nsubj")


def _does_it(other: Token, token: Token) -> bool:
    """Whether a name is the subject of the verb, or of the verb over the infinitive, that a pronoun is an object of:
    “OpenAI is to pay it” pays somebody else.
    """
    verb = token.head.head if token.head.pos_ == "ADP" else token.head
    while verb.dep_ == "xcomp" and not any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.children):
        verb = verb.head
    top = other
    while top.dep_ == "conj":
        top = top.head
    return top.head == verb and top.dep_ in ("nsubj", "nsubjpass")


def _in_opening_participle(other: Token, token: Token) -> bool:
    """“Bolstered by orders from ByteDance, its revenue soared”: “its” is who was bolstered, not ByteDance."""
    clause = next((a for a in other.ancestors if a.dep_ == "advcl" and a.tag_ in ("VBN", "VBG")), None)
    if clause is None or clause.i > token.i or token.head.dep_ not in ("nsubj", "nsubjpass"):
        return False
    return bool(clause.head == token.head.head)


def _pronoun(talk: _Discourse, sentence: Sentence, token: Token) -> Mention | None:
    word = token.lower_
    if word in _THING or word in _MANY:
        if token.dep_ in ("expl",) or (word == "it" and _impersonal(token)):
            return None
        fits = {
            "Company": 1.0,
            "Organization": 0.4,
            "Chip": -0.3,
            "Model": -0.3,
            "Product": -0.6,
            "Facility": -0.4,
            "Place": -1.6,
        }
        if token.dep_ in ("dobj", "nsubjpass") and token.head.lemma_.lower() in words("fabricating"):
            fits |= {"Chip": 2.0, "Product": 1.5}  # “TSMC fabs it”
        elif word in _MANY:
            if any(t.tag_ == "NNS" and t.dep_ in _PLURAL_ROLES for t in sentence.doc[: token.i]):
                return None
            fits = {"Company": 0.6, "Organization": 0.2, "Person": -0.5, "Chip": 0.0}
        found = _coming(sentence, token) or _best(talk, sentence, token, fits)
        return _made(sentence, token, token, "pronoun", found)
    if word in _HE:
        return _made(sentence, token, token, "pronoun", _best(talk, sentence, token, {"Person": 1.0}, reach=6))
    return None


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
    if mention is None or not mention.named or mention.entity is None or mention.entity.type not in _AGENTS:
        return None
    if any(m.entity and m.entity.type in _AGENTS and m.first < token.i for m in sentence.mentions):
        return None
    return mention.entity


def _impersonal(token: Token) -> bool:
    """“it is expected that …”, “it takes”, “it is no joke”."""
    head = token.head
    return head.lemma_ in ("seem", "appear", "take") or (
        head.lemma_ == "be"
        and any(c.dep_ in ("ccomp", "acomp") and any(g.dep_ == "mark" for g in c.children) for c in head.children)
    )


def _made(sentence: Sentence, first: Token, last: Token, how: str, entity: EntityRef | None) -> Mention | None:
    if entity is None:
        return None
    text = str(sentence.doc[first.i : last.i + 1].text)
    return Mention(first.i, last.i, last.i, text, "pronoun" if how == "pronoun" else "description", entity)


def _description(talk: _Discourse, sentence: Sentence, token: Token) -> Mention | None:
    """“the foundry”, “the American company”, “the ChatGPT maker”; the noun's modifiers must fit."""
    if token.pos_ not in ("NOUN", "PROPN") or token.tag_ not in ("NN", "NNP"):
        return None
    determiner = next((c for c in token.children if c.dep_ == "det"), None)
    if determiner is None or determiner.lower_ not in _DETERMINERS:
        return None
    left = [t for t in token.lefts if t != determiner]
    kind = talk.lexicon.nouns.get(token.lower_)
    inner = [m for m in (sentence.mention_at(t) for t in left) if m and m.entity]
    if token.lower_ in ("maker", "developer", "owner", "parent", "designer") and inner:
        maker = _maker(talk, inner[0])
        if maker is not None:
            return _made(sentence, determiner, token, "description", maker)
    if kind is None or any(m.entity and m.entity.type != "Place" for m in inner):
        return None
    if any(c.dep_ == "appos" and sentence.mention_at(c) for c in token.children) or token.dep_ in ("appos", "attr"):
        return None
    if token.lower_ in ("government", "state") and not left:
        return _made(sentence, determiner, token, "description", _government(talk))
    wording = _wording(talk, token, left, inner)
    pointed = determiner.lower_ in _POINTING and kind not in _AGENTS  # “that chip”
    if token.lower_ in _NOT_ITS_OWN and not wording.calling and not pointed:
        return None
    entity = _fitting(talk, sentence, token, kind, wording)
    if entity is not None:
        talk.nouns[entity.id].add(token.lemma_.lower())
    return _made(sentence, determiner, token, "description", entity)


def _government(talk: _Discourse) -> EntityRef | None:
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
    words = [d for d, place in talk.catalogue.demonyms.items() if place.label == country]
    found = (e for w in [*words, country] for e in talk.catalogue.lookup(f"{w} government"))
    entry = next(found, None)
    return entry_ref(entry) if entry is not None else None


@dataclass(frozen=True, slots=True)
class _Wording:
    """What a description says of its firm: the common phrase for its trade, its country, its city."""

    calling: str | None
    country: str | None
    city: str | None


def _wording(talk: _Discourse, token: Token, left: list[Token], inner: list[Mention]) -> _Wording:
    first = left[0].left_edge.i if left else token.i
    text = str(token.doc[first : token.i + 1].text).casefold()
    words = text.split()
    calling = next((p for i in range(len(words)) if (p := " ".join(words[i:])) in talk.phrases), None)
    city = next((m.entity.label for m in inner if m.entity and m.entity.type == "Place"), None)
    return _Wording(calling, _country(talk, left), city)


def _maker(talk: _Discourse, mention: Mention) -> EntityRef | None:
    """Who makes the thing named: from the catalogue."""
    entry = talk.catalogue.by_id(mention.entity.id) if mention.entity else None
    maker = getattr(entry, "maker", None)
    found = talk.catalogue.lookup(maker) if maker else ()
    return entry_ref(found[0]) if found else None


def _country(talk: _Discourse, modifiers: list[Token]) -> str | None:
    for i, token in enumerate(modifiers):
        for phrase in (" ".join(t.text for t in modifiers[i : i + 2]), token.text):
            entry = talk.catalogue.demonyms.get(phrase)
            if entry is not None:
                return str(entry.label)
    return None


def _fitting(talk: _Discourse, sentence: Sentence, token: Token, kind: str, wording: _Wording) -> EntityRef | None:
    """The firm or thing named before that a description fits best; None if none does."""
    determiner = next((c.lower_ for c in token.children if c.dep_ == "det"), "")
    kinds = _AGENTS if kind == "Organization" or token.lower_ == "group" else (kind,)
    plain = token.lower_ in _PLAIN
    best: tuple[float, EntityRef] | None = None
    top = talk.top
    for seen in reversed(talk.seen):
        entity, gap = seen.entity, sentence.index - seen.sentence
        if gap > _FAR:
            break
        if entity.type not in kinds or (gap == 0 and _inside(sentence, seen.token, token)):
            continue
        if gap == 0 and _governs(sentence.doc[seen.token], token):
            continue
        fit = _fit(talk, entity, token, wording)
        pointed = determiner in _POINTING and gap <= _POINTED  # “that chip”: the one just named
        if fit is None or (fit == 0 and not plain and kind != "Company" and not pointed):
            continue
        score = seen.weight - 0.8 * gap + 1.5 * talk.counts[entity.id] / top + fit
        score -= _OTHERS * bool(plain and talk.nouns[entity.id] & _OTHER_PARTIES)
        score -= 0.4 * (seen.paragraph != sentence.paragraph)
        if best is None or score > best[0]:
            best = (score, entity)
    return best[1] if best else None


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


def _fit(talk: _Discourse, entity: EntityRef, token: Token, wording: _Wording) -> float | None:
    """How well a description suits an entity; None if it contradicts what is known of it."""
    entry = talk.catalogue.by_id(entity.id)
    home = entry.country if entry else None
    city = entry.city if entry else None
    introduced = token.lemma_.lower() in talk.nouns[entity.id]
    plain = token.lower_ in _PLAIN
    fit = 5.0 * introduced
    if wording.country:
        if home and home != wording.country:
            return None
        if not home and not introduced and not plain:
            return None
        fit += 4.0 * bool(home)
    if wording.city and not wording.country:
        if city and city != wording.city:
            return None
        fit += 4.0 * bool(city)
    trades = talk.callings.get(entity.id)
    if wording.calling:
        if wording.calling in (trades or ()):
            fit += 5.0
        elif trades and not introduced:
            return None
    return fit
