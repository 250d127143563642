"""What the syntax of its own sentence says of a pronoun: whom it cannot mean, whom it must mean, who is nearest."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from graph.model import EntityRef
from ingest.arguments import beside, slots, verb_name
from ingest.coreference.discourse import AGENTS
from ingest.parsed import Mention, Sentence
from ingest.relations.fillers import fill
from ingest.speakers import kind_of

if TYPE_CHECKING:
    from spacy.tokens import Token

_SUBJECTS = ("nsubj", "nsubjpass", "csubj", "csubjpass")
_OBJECTS = ("dobj", "dative", "pobj", "oprd")
_SAID_OF = ("attr", "appos", "npadvmod", "oprd")
# “left the rest behind it”: adjuncts of place may well go back to the subject
_AROUND = {"behind", "around", "before", "after", "ahead", "above", "under", "near", "beside", "inside", "within"}
_REFLEXIVE = ("self", "selves")
_MAKING = {"make", "fabricate", "fab", "produce", "manufacture", "package", "assemble"}
_TAKINGS = {"revenue", "sale", "turnover", "income", "business", "order", "profit"}
_CONTRIBUTING = {"account", "bring", "constitute", "contribute", "provide", "represent", "supply"}
_DESIGNS = {"chip", "processor", "wafer", "accelerator", "design", "part", "server"}


def reflexive(token: Token) -> bool:
    """“itself”, “themselves”."""
    return bool(token.lower_.endswith(_REFLEXIVE))


def own(token: Token) -> bool:
    """“its own chips”, “chips of its own”: whose they are is said with stress."""
    return token.head.lower_ == "own" or any(c.lower_ == "own" and c.i == token.i + 1 for c in token.head.children)


def barred(sentence: Sentence, token: Token, makers: frozenset[str] = frozenset()) -> set[str]:
    """Ids of the entities that a pronoun or description cannot mean, by its place.

    “OpenAI is to pay it”: not OpenAI. “Intel, once its largest customer”: not Intel. “TSMC makes its chips”: not TSMC,
    if it is one of the `makers`, who make what others design.
    """
    ids = _ids(
        sentence, [*_co_arguments(token), *_fronted(token), *_said_of(token), *_contributors(token), *_left(token)]
    )
    return ids | (_ids(sentence, _contractors(token)) & makers)


def _ids(sentence: Sentence, tokens: list[Token]) -> set[str]:
    found = [m for t in tokens for m in (sentence.mention_at(t), *fill(sentence, t)) if m is not None]
    return {m.entity.id for m in found if m.entity}


def _co_arguments(token: Token) -> list[Token]:
    """The other arguments of the verb that the token is an object of."""
    if reflexive(token) or token.dep_ not in _OBJECTS:
        return []
    above = token.head
    while above.dep_ in ("prep", "agent") or above.pos_ in ("NOUN", "PROPN", "NUM", "SYM", "ADP", "PRON"):
        if above.pos_ == "ADP" and above.lower_ in _AROUND and above.dep_ == "prep":
            return []
        owners = [c for c in above.children if c.dep_ == "poss"]
        if owners or above.dep_ in _SUBJECTS or above.head == above:
            return owners
        if above.dep_ == "appos" or above.dep_ == "conj":
            return []
        above = above.head
    if above.pos_ not in ("VERB", "AUX") or _headless(above) or _apart(above, token):
        return []
    found = slots(above)
    return [t for name in ("subj", "obj", "dative") for t in found.get(name, []) if t != token and not _holds(t, token)]


def _fronted(token: Token) -> list[Token]:
    """The object that stands right before the subject: “Lenovo it still supplies”."""
    before = token.nbor(-1) if token.dep_ == "nsubj" and token.left_edge == token and token.i else None
    return [before] if before is not None and before.head == token.head and before.pos_ == "PROPN" else []


def _headless(verb: Token) -> bool:
    """Whether the subject is a relative pronoun that the parser hung nowhere."""
    return verb.dep_ != "relcl" and any(c.dep_ in _SUBJECTS and c.tag_ in ("WDT", "WP") for c in verb.children)


def _apart(verb: Token, token: Token) -> bool:
    """Whether a comma parts what seems an object from its verb: “took in $4bn, the chip designer reported”."""
    return (
        verb.i < token.i
        and token.dep_ == "dobj"
        and any(t.text == "," for t in token.doc[verb.i : token.left_edge.i + 1])
    )


def _holds(noun: Token, token: Token) -> bool:
    return any(a == noun for a in token.ancestors)


def _said_of(token: Token) -> list[Token]:
    """Who is said to be “its customer”: by a copula, an apposition or a phrase set in beside the name."""
    noun = token.head
    if token.dep_ != "poss" or noun.pos_ != "NOUN":
        return []
    among = noun.head if noun.dep_ == "pobj" and noun.head.lower_ == "among" else None
    if among is not None and among.head.lemma_ == "be":  # “Acme is among its customers”
        return slots(among.head).get("subj", [])
    if noun.dep_ == "attr":
        return slots(noun.head).get("subj", [])
    if noun.dep_ in _SAID_OF and noun.head.i < noun.i:
        named = noun.head.pos_ in ("NOUN", "PROPN")
        return [beside(noun)] if named else slots(noun.head).get("subj", [])
    return []


def _left(token: Token) -> list[Token]:
    """What somebody left for it: “quit Acme's lab to set it up” is no word on Acme."""
    leaving = next((a for a in token.ancestors if a.lemma_ in ("leave", "quit", "depart")), None)
    if leaving is None or not any(a.dep_ in ("xcomp", "advcl") and a.head == leaving for a in token.ancestors):
        return []
    return [t for one in slots(leaving).get("obj", []) if not _holds(one, token) for t in one.subtree if t.i < token.i]


def _contributors(token: Token) -> list[Token]:
    """Who “brings in a third of its revenue”: a customer, hardly the firm itself, unless it says from where."""
    if token.dep_ != "poss" or token.head.lemma_.lower() not in _TAKINGS:
        return []
    verb = next((a for a in token.ancestors if a.pos_ == "VERB"), None)
    if verb is None or verb_name(verb).split()[0] not in _CONTRIBUTING:
        return []
    found = slots(verb)
    return [] if found.get("from") else found.get("subj", [])


def _contractors(token: Token) -> list[Token]:
    """Who makes “its chips”, if the words are said of a maker for hire."""
    noun = token.head
    if token.dep_ != "poss" or own(token) or noun.lemma_.lower() not in _DESIGNS or noun.dep_ != "dobj":
        return []
    return slots(noun.head).get("subj", []) if noun.head.lemma_.lower() in _MAKING else []


def bound(sentence: Sentence, token: Token, fits: Callable[[EntityRef], bool]) -> EntityRef | None:
    """Whom a reflexive or “its own” must mean: the name that “itself” stands right after, or the subject of the nearest
    clause that fits.
    """
    if reflexive(token) and token.i and (before := sentence.mention_at(token.doc[token.i - 1])) is not None:
        return before.entity
    mentions = (
        m for subject in _subjects_around(token) for t in subject for m in fill(sentence, t) if m.first < token.i
    )
    return next((m.entity for m in mentions if m.entity and fits(m.entity)), None)


def local_subjects(sentence: Sentence, token: Token) -> list[Mention]:
    """The mentions that are subject of the nearest clause around a token, if they come before it."""
    return [m for t in subject_tokens(token) for m in fill(sentence, t) if m.first < token.i]


def subject_tokens(token: Token) -> list[Token]:
    """The subject of the nearest clause in which the token is not itself in the subject."""
    return next(_subjects_around(token), [])


def _subjects_around(token: Token) -> Iterator[list[Token]]:
    """The subjects of the clauses around a token, the nearest first, but for those that hold it."""
    below = token
    for above in token.ancestors:
        if above.pos_ in ("VERB", "AUX") and below.dep_ not in _SUBJECTS:
            found = slots(above)
            subject = found.get("subj") or found.get("theme") or []
            subject = [t for t in subject if t != token and not _holds(t, token)]
            if subject:
                yield subject
        below = above


def relative_to(sentence: Sentence, token: Token) -> EntityRef | None:
    """Whom the relative clause around a token is about: who stands right before “, which” or “, who”, if the pronoun is
    the subject of the nearest verb.
    """
    verb = next((a for a in token.ancestors if a.pos_ in ("VERB", "AUX")), None)
    subject = next((c for c in verb.children if c.dep_ in _SUBJECTS), None) if verb is not None else None
    if subject is None or subject.lower_ not in ("which", "who") or not 1 < subject.i < token.i:
        return None
    before = sentence.doc[subject.i - 1]
    mention = sentence.mention_at(before.nbor(-1)) if before.text == "," else None
    if mention is None or mention.entity is None or mention.entity.type not in AGENTS:
        return None
    listed = sentence.doc[mention.root].dep_ == "conj"  # “Amazon and Microsoft, which would hurt its sales”
    return None if listed or own(token) else mention.entity


def speaker(sentence: Sentence, token: Token) -> EntityRef | None:
    """Who says the clause that the token stands in, if a verb of saying governs it."""
    below = token
    for above in token.ancestors:
        if below.dep_ in ("ccomp", "parataxis") and kind_of(above.lemma_.lower()):
            for mention in (m for t in slots(above).get("subj", []) for m in fill(sentence, t)):
                return mention.entity
        below = above
    return None
