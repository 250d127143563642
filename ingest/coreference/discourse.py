"""What a text has named so far: the entities in their order and roles, how they were introduced, who heads whom."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from graph.catalogue import Catalogue
from graph.model import EntityRef
from ingest.interviews import Interview
from ingest.names.descriptions import Callings
from ingest.names.lexicon import NameLexicon
from ingest.names.roles import classifiers
from ingest.parsed import Mention, Sentence
from ingest.speakers import kind_of
from ingest.wordlists import words

if TYPE_CHECKING:
    from spacy.tokens import Token

AGENTS = ("Company", "Organization")
_SUBJECTS = ("nsubj", "nsubjpass")
_PLURAL_ROLES = {"nsubj", "nsubjpass", "dobj", "pobj"}
_SECTION, _FOCUS = 2.3, 0.5  # how prominent the topics of a section and of a document always are
_LONG = 1  # sentences of a paragraph after which the next one starts afresh
_FAR_AHEAD = 1.5  # the focus is named so many times as often as the next firm
_OUTLETS = words("outlets")
WITHIN = 0.7  # what it costs to be told of in a relative clause: “Tan, who runs Acme, …”
_INTRODUCED = 2.2  # how prominent a name is of which a clause tells more, whatever its role
_ROLES = {"poss": 1.6, "dobj": 1.5, "appos": 1.5, "agent": 1.5, "pobj": 1.0, "compound": 0.6}


@dataclass(frozen=True, slots=True)
class Seen:
    """An entity at one place of the text; `weight` says how prominent its role there is."""

    entity: EntityRef
    sentence: int
    paragraph: int
    token: int
    weight: float


@dataclass(frozen=True, slots=True)
class Group:
    """Firms named together: `told` if coordinated, else merely the only two of a sentence; `last` is the last token."""

    members: tuple[EntityRef, ...]
    sentence: int
    paragraph: int
    last: int
    told: bool
    subject: bool


@dataclass
class Discourse:
    """What has been named so far, and how it was introduced.

    By entity id: `nouns` that introduced it, `trades` of those that say “X, a packaging house”, `homes` that the text
    puts it in; `employers` are the firms that persons speak for, `sexes` says of a person whether the text says “she”.
    `groups` are firms named together, the last ones last; `plural` is the last sentence with a plural noun, and its
    paragraph, `nameless` the last whose subject is a firm that nobody knows; `issuer` is the firm that a release calls
    “the Company”; `interview` is the text as one, if it is one; `sections` holds for each sentence the firm that its
    heading names.
    """

    catalogue: Catalogue
    lexicon: NameLexicon
    callings: Callings
    observers: frozenset[str]
    employers: dict[str, EntityRef] = field(default_factory=dict)
    issuer: EntityRef | None = None
    interview: Interview | None = None
    seen: list[Seen] = field(default_factory=list)
    sections: list[EntityRef | None] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    sexes: dict[str, bool] = field(default_factory=dict)
    plural: tuple[int, int] = (-1, -1)
    nameless: tuple[int, int] = (-1, -1)
    nouns: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    trades: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    homes: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    counts: Counter[str] = field(default_factory=Counter)
    refs: dict[str, EntityRef] = field(default_factory=dict)

    @cached_property
    def phrases(self) -> frozenset[str]:
        """Every phrase that some firm is called by."""
        return frozenset(phrase for phrases in self.callings.values() for phrase in phrases)

    def count(self, sentences: Iterable[Sentence]) -> None:
        """How often each entity is named, the title counting more."""
        for sentence in sentences:
            for mention in sentence.mentions:
                if mention.entity:
                    self.counts[mention.entity.id] += 1 + 2 * (sentence.kind == "title")
                    self.refs.setdefault(mention.entity.id, mention.entity)

    @cached_property
    def top(self) -> int:
        """How often the entity that is named most is named; asked for once all are counted."""
        return max(self.counts.values(), default=1)

    def joined(self, seen: Seen) -> bool:
        """Whether an entity was the subject together with others: “Acme and Bolt grew”."""
        return any(
            g.told and g.subject and g.sentence == seen.sentence and seen.entity in g.members for g in self.groups
        )

    def opens(self, sentence: Sentence) -> bool:
        """Whether a sentence is the first of its paragraph to name anybody, after a paragraph of several sentences:
        there a text goes back to its topic. Where each sentence is a paragraph, it just goes on.
        """
        agents = (s for s in reversed(self.seen) if s.entity.type in AGENTS)
        earlier = (s for s in agents if s.sentence < sentence.index)
        last = next(earlier, None)
        if last is None or last.paragraph == self.block(sentence):
            return False
        before = next((s for s in earlier if s.paragraph != last.paragraph), None)
        return last.sentence - (before.sentence if before is not None else -1) > _LONG

    def share(self, entity: EntityRef) -> float:
        """How much the document is about an entity, 0 to 1."""
        return self.counts[entity.id] / self.top

    @cached_property
    def focus(self) -> EntityRef | None:
        """The firm that the document is about, if no other comes near it, or that an interview is with; asked for once
        all are counted.
        """
        if self.interview is not None:
            return self.interview.firm
        firms = Counter({id_: n for id_, n in self.counts.items() if self.refs[id_].type == "Company"})
        (first, most), (_, next_most) = [*firms.most_common(2), ("", 0), ("", 0)][:2]
        return self.refs[first] if most > 1 and most >= _FAR_AHEAD * next_most else None

    def standing(self, sentence: Sentence) -> list[Seen]:
        """Whom a section or the document is about, as if the sentence before had named them in passing."""
        section = self.sections[sentence.index] if self.sections else None
        about = [(section, _SECTION)] if section is not None else [(self.focus, _FOCUS)]
        return [Seen(e, sentence.index - 1, self.block(sentence), -1, weight) for e, weight in about if e is not None]

    def note(self, sentence: Sentence, mention: Mention, token: Token, extra: float = 0.0) -> None:
        """A mention has been read."""
        if mention.entity and not _ticker(token):
            weight = role(token, sentence) + extra
            self.seen.append(Seen(mention.entity, sentence.index, self.block(sentence), token.i, weight))

    def block(self, sentence: Sentence) -> int:
        """The number of a sentence's paragraph; a question of an interview goes with its answer."""
        asks = self.interview is not None and sentence.paragraph in self.interview.questions
        return sentence.paragraph + asks

    def speaks_for(self, sentence: Sentence) -> frozenset[str]:
        """Ids of the firm that an answer of an interview is given for, and of who gives it: no “they” means them."""
        if self.interview is None or sentence.paragraph not in self.interview.answers:
            return frozenset()
        return frozenset(who.id for who in (self.interview.firm, self.interview.person) if who is not None)

    def introduce(self, sentence: Sentence, mention: Mention) -> None:
        """What the words around a name say of it: its trade and its home."""
        if mention.entity is None or not mention.named:
            return
        root = sentence.doc[mention.root]
        nouns = classifiers(root, mention.first, mention.last)
        self.nouns[mention.entity.id].update(n.lemma_.lower() for n in nouns)
        self.homes[mention.entity.id].update(_homes(self, sentence, [root, *nouns]))
        told = (n for n in nouns if n.dep_ in ("appos", "attr") or n == root.head)
        new = (n.lemma_.lower() for n in told if any(c.lower_ in ("a", "an") for c in n.children))
        self.trades[mention.entity.id].update(new)

    def watches(self, entity: EntityRef) -> bool:
        """Whether an entity only speaks of the others: a bank, a researcher, a news outlet."""
        return entity.id in self.observers or self.publishes(entity)

    def publishes(self, entity: EntityRef) -> bool:
        """Whether an entity is a news outlet, by its name."""
        return entity.type in AGENTS and any(w in _OUTLETS for w in entity.label.lower().replace(".", "").split())

    @cached_property
    def makers_for_hire(self) -> frozenset[str]:
        """Ids of the firms that make what others design."""
        trades = words("makers_for_hire")
        return frozenset(id_ for id_, phrases in self.callings.items() if phrases & trades)

    def of_other_sex(self, *, female: bool) -> frozenset[str]:
        """Ids of the persons that “she” (or “he”) cannot mean."""
        return frozenset(id_ for id_, is_female in self.sexes.items() if is_female != female)

    def employer(self, person: EntityRef) -> EntityRef | None:
        """The firm that a person speaks for: as the text says, else as the catalogue knows, if the text names it."""
        if person.id in self.employers:
            return self.employers[person.id]
        entry = self.catalogue.by_id(person.id)
        firm = self.catalogue.by_label(entry.organization) if entry and entry.organization else None
        return self.refs.get(firm.id) if firm is not None else None


def _homes(talk: Discourse, sentence: Sentence, heads: list[Token]) -> Iterable[str]:
    """Places said of a name: “the Dutch toolmaker X”, “X of Taiwan”, “X, a California-based maker”."""
    for head in heads:
        for child in head.children:
            if child.text in talk.catalogue.demonyms:
                yield talk.catalogue.demonyms[child.text].label
            if child.dep_ in ("compound", "nmod") and child.i < head.i and head.pos_ == "NOUN":
                town = sentence.mention_at(child)  # “PelX, a Houston maker of pumps”
                if town and town.entity and town.entity.type == "Place":
                    yield town.entity.label
            based = child.lower_ == "based" and child.dep_ in ("amod", "acl")
            places = [
                g
                for c in (child, *child.children)
                for g in ((c, *c.children) if based or (c == child and child.lower_ in ("of", "from")) else ())
            ]
            for place in places:
                mention = sentence.mention_at(place)
                if mention and mention.entity and mention.entity.type == "Place":
                    yield mention.entity.label


def has_plural(tokens: Iterable[Token]) -> bool:
    """Whether a plural noun is subject or object of something."""
    return any(t.tag_ in ("NNS", "NNPS") and t.dep_ in _PLURAL_ROLES for t in tokens)


def _ticker(token: Token) -> bool:
    """The exchange in “(Nasdaq: MU)”."""
    doc = token.doc
    before, after = doc[token.i - 1].text if token.i else "", doc[token.i + 1].text if token.i + 1 < len(doc) else ""
    return before == "(" and after == ":"


def role(token: Token, sentence: Sentence) -> float:
    """How prominent a name is by its place: subjects most, then what hangs on them; in headings it sets the topic."""
    if sentence.kind == "title":
        return 2.0
    if token.dep_ in ("attr", "acomp") and not _named_subject(token.head, sentence):
        return 3.0  # “then there is AXT”, “the mystery buyer is Anthropic”
    if token.dep_ == "ROOT" and token.pos_ != "VERB" and sentence.kind == "body":
        return 3.0  # “Microsoft, for one.”
    if token.dep_ in _SUBJECTS:
        return _of_subject(token.head)
    if token.i == 0 and token.dep_ in ("npadvmod", "dep") and not any(c.dep_ in _SUBJECTS for c in token.head.children):
        return 3.0  # a subject that the parser took for an adverb: “Google, mind you, is …”
    if token.dep_ == "conj":
        return role(token.head, sentence) - 0.5
    if token.dep_ == "appos" and token.head.pos_ == "NOUN" and sentence.mention_at(token.head) is None:
        return max(1.5, role(token.head, sentence) - 0.2)  # “a third carmaker, Ford, …”
    weight = _ROLES.get(token.dep_, 0.8) - WITHIN * (relative_clause(token) is not None)
    return max(weight, _INTRODUCED) if _told_of(token) else weight


def _told_of(token: Token) -> bool:
    """Whether a clause set in tells of a name alone: “meet at Acme, which makes pumps and …”."""
    placed = token.head.dep_ == "prep" and token.head.lower_ != "by" and token.head.head.dep_ == "ROOT"
    if not placed or any(c.dep_ == "conj" for c in token.children):
        return False
    clauses = (c for c in token.children if c.dep_ == "relcl" and c.i > token.i)
    subjects = (s for c in clauses for s in c.children if s.dep_ in _SUBJECTS)
    return any(s.lower_ == "which" and s.nbor(-1).text == "," for s in subjects)


def relative_clause(token: Token) -> Token | None:
    """The verb of the relative clause that a token stands in."""
    return next((a for a in token.ancestors if a.dep_ == "relcl"), None)


def _of_subject(verb: Token) -> float:
    """The subject of a main clause, or of what somebody says, tells more of the topic than that of a side clause."""
    if verb.dep_ in ("ROOT", "conj"):
        return 3.0
    if verb.dep_ in ("ccomp", "parataxis"):
        first, last = sorted((verb.i, verb.head.i))
        apart = any(t.text in (";", ":") for t in verb.doc[first:last])
        return 3.0 if apart or kind_of(verb.head.lemma_.lower()) else 2.4
    return 2.2


def _named_subject(verb: Token, sentence: Sentence) -> bool:
    return any(c.dep_ in _SUBJECTS and sentence.mention_at(c) for c in verb.children)
