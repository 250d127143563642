"""Whose figure it is: looked for in the term's own phrase, then in its clause, then in the sentence, last in what the
text is about.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.catalogue import Catalogue
from graph.identity import slug
from graph.model import EntityRef
from ingest.arguments import possessors, slots
from ingest.metrics.figures import figure_words
from ingest.metrics.gapping import gapped
from ingest.metrics.links import Link, clause_of
from ingest.metrics.numbered import numbered_site
from ingest.metrics.terms import Term
from ingest.metrics.topic import Topic
from ingest.names.descriptions import observers
from ingest.names.lexicon import classifying_nouns
from ingest.parsed import Mention, Sentence
from ingest.relations.fillers import as_type, fill
from ingest.wordlists import words

if TYPE_CHECKING:
    from spacy.tokens import Token

FLOWS = frozenset(
    ["revenue", "netProfit", "operatingProfit", "grossMargin", "operatingMargin", "capex", "rndSpend", "inventory"]
)  # what a firm reports for a period
FIRMS = ("Company", "Organization")
_OWNERS = (*FIRMS, "Facility", "Place", "Chip", "Product", "Model", "Technology")
_OF_PLACES = frozenset(["marketShare", "capacity", "shipments", "investment"])
_OF_THINGS = frozenset(
    ["price", "unitCost", "shipments", "performance", "parameters", "costReduction", "users", "capacity", "marketShare"]
)
_OF_THINGS_ONLY = frozenset(["price", "unitCost", "users", "performance", "costReduction", "parameters"])
_COUNTING = frozenset(["have", "rank", "estimate", "show"])  # “… has A at 57%”
_STEERING = frozenset(["board", "management", "chief", "executive", "boss", "president", "chairman", "leadership"])
_COLON = re.compile(r"\s*(?:\([^()]{1,40}\)\s*)?:\s")
_SOLD = ("Chip", "Product", "Model")
_OF_SITES = frozenset(["capacity", "investment", "capex", "price", "performance", "headcount", "shipments", "unitCost"])


@dataclass(frozen=True, slots=True)
class Owner:
    """The subject of a figure, and the tokens that name it (none if it comes from the context)."""

    entity: EntityRef
    tokens: frozenset[int] = frozenset()
    scope: str | None = None


def may_own(entity: EntityRef, metric: str) -> bool:
    """Whether an entity of this type can have the metric: no country has a gross margin, no chip a headcount."""
    if entity.type in FIRMS:
        return True
    allowed = {"Place": _OF_PLACES, "Facility": _OF_SITES}.get(entity.type, _OF_THINGS)
    return metric in allowed and entity.type != "Person"


def owner_of(
    sentence: Sentence,
    at: Token,
    found: Link,
    catalogue: Catalogue,
    topic: Topic,
    before: EntityRef | None,
    *,
    moved: bool = False,
) -> Owner | None:
    """The subject of the figure at a token; `before` is that of the figure before. None if nothing
    near says whose figure it is. A price that `moved` may be a firm's: “Nvidia raised prices by 5%”.
    """
    if found.metric == "capacity" and (site := numbered_site(sentence, at)) is not None:
        return Owner(site)
    for tokens in (right_before(sentence, at), gapped(sentence, at), *_places(sentence, at, found)):
        for mention in (m for t in tokens for m in fill(sentence, t)):
            if found.term is not None and mention.first <= found.term.last and mention.last >= found.term.first:
                continue  # “Inventory” is no firm where it is the metric
            if mention.how == "generic" and mention.owner is not None:
                # “Nvidia's GPUs maintain gross margins of …”: the firm's margin on its GPUs
                return Owner(mention.owner, frozenset(), _phrase(sentence, mention))
            entity = as_type(mention, _OWNERS, catalogue)
            if entity is not None and entity.label.casefold().endswith(" act"):
                return None  # a law has no figures, nor has anybody else what it grants
            if entity is not None and may_own(entity, found.metric) and (moved or not _price_of_firm(entity, found)):
                return Owner(entity, frozenset(range(mention.first, mention.last + 1)))
    if found.goods and any(t.pos_ in ("NOUN", "PROPN") for t in slots(found.anchor).get("subj", [])):
        return None  # “Chinese firms have ordered 2m of them”: somebody, but nobody that is named
    if found.metric in _OF_THINGS_ONLY:
        priced = _thing(sentence, at, found) if found.metric == "price" and found.per_unit else None
        return priced or subject_thing(sentence, at, found.metric)
    if found.term is None and (_of_which(sentence, found.anchor) or _persons(found)):
        return None  # “at Prince George, which has 160MW”; “for which he had paid $44bn”
    if found.metric == "marketCap" and found.verb:
        return None  # what is “valued at $4bn” says itself whether it is a firm: a stake or a deal is none
    if _somebodys(sentence, found):
        return Owner(topic.firm) if topic.firm is not None and topic.paragraph == sentence.paragraph else None
    firm = lead_firm(sentence) or subject_firm(sentence, at, catalogue)
    if firm is None and found.metric == "headcount" and found.term is not None and found.term.weak:
        return None
    previous = before if before is not None and before.type == "Company" else None
    chosen = (
        firm
        or previous
        or _main_subject(sentence, at, catalogue)
        or (topic.firm if topic.paragraph == sentence.paragraph else None)
        or topic.section
        or topic.opening
        or (topic.focus if topic.sure or topic.firm in (None, topic.focus) else None)
    )
    return Owner(chosen) if chosen is not None else None


def _of_which(sentence: Sentence, verb: Token) -> bool:
    """Whether a relative clause tells its figure of a name, though one that may not have it."""
    mention = sentence.mention_at(verb.head) if verb.dep_ == "relcl" else None
    subject = any(c.tag_ in ("WDT", "WP") and c.dep_ in ("nsubj", "nsubjpass") for c in verb.children)
    return subject and mention is not None and mention.named


def _persons(found: Link) -> bool:
    """Whether it is a person who pays or gives a sum."""
    doers = slots(found.anchor).get("subj", []) if found.metric in ("investment", "orders") else []
    return any(t.lower_ in ("he", "she") for t in doers)


def _somebodys(sentence: Sentence, found: Link) -> bool:
    """Whether a possessive says whose figure it is without saying who that is: “put its market value at $5bn”."""
    if found.term is None:
        return False
    owners = [t for t in sentence.doc[found.term.root].children if t.dep_ == "poss" and t.lower_ in ("its", "their")]
    return any(not fill(sentence, t) for t in owners)


def _thing(sentence: Sentence, at: Token, found: Link) -> Owner | None:
    """What has the price if no name does: “animation work once billed at …” → the product “animation work”."""
    things = [m for m in sentence.mentions if m.entity and m.entity.type in _SOLD and m.last < at.i]
    if things and things[-1].entity is not None:
        return Owner(things[-1].entity, frozenset(range(things[-1].first, things[-1].last + 1)))
    arguments = slots(found.anchor)
    for token in (*arguments.get("theme", []), *arguments.get("subj", [])):
        noun = _after_colon(token, found.anchor)
        if noun is None or noun.pos_ != "NOUN" or noun.i > at.i or classifying_nouns().get(noun.lower_) in FIRMS:
            continue
        words = [t for t in noun.lefts if t.dep_ in ("compound", "amod", "nmod")]
        label = str(sentence.doc[(words[0].i if words else noun.i) : noun.i + 1].text)
        return Owner(EntityRef("e:" + slug(label), label, "Product"), frozenset(range(noun.left_edge.i, noun.i + 1)))
    return None


def _after_colon(noun: Token, verb: Token) -> Token | None:
    """The noun itself, or the first one past a colon that parts it from its verb (the parser reads over colons)."""
    between = noun.doc[noun.i : verb.i]
    colon = next((t for t in between if t.text in (":", ";")), None)
    if colon is None:
        return noun
    heads = (t for t in noun.doc[colon.i : verb.i] if t.pos_ == "NOUN" and t.dep_ not in ("compound", "nmod"))
    return next(heads, None)


def _phrase(sentence: Sentence, mention: Mention) -> str:
    """A noun phrase without its owner: “high-end GPUs” of “Nvidia's high-end GPUs”."""
    root = sentence.doc[mention.root]
    words = [t for t in root.subtree if t.i <= root.i and t.dep_ not in ("poss", "case", "det")]
    kept = [t for t in words if not any(a.dep_ == "poss" and a.head == root for a in (t, *t.ancestors))]
    return str(sentence.doc[kept[0].i : root.i + 1].text) if kept else root.text


def subject_thing(sentence: Sentence, at: Token, metric: str) -> Owner | None:
    """The thing that is the last subject before a figure, or that of the main clause behind a phrase with the figure:
    “With 96 GB of memory, the X9 …”; None if somebody else is.
    """
    subjects = [m for m in sentence.mentions if m.entity and sentence.doc[m.root].dep_ in ("nsubj", "nsubjpass")]
    before = max((m for m in subjects if m.last < at.i), key=lambda m: m.first, default=None)
    leading = at if before is None and clause_of(at).i > at.i else None
    ahead = min((m for m in subjects if leading is not None and m.first > at.i), key=lambda m: m.first, default=None)
    chosen = before or ahead
    if chosen is None or chosen.entity is None or chosen.entity.type not in _SOLD:
        return None
    low, high = sorted((chosen.last, at.i))
    if any(t.text in (";", ":") for t in sentence.doc[low:high]) or not may_own(chosen.entity, metric):
        return None
    return Owner(chosen.entity, frozenset(range(chosen.first, chosen.last + 1)))


def _price_of_firm(entity: EntityRef, found: Link) -> bool:
    """Whether a price or a rating is read as a firm's, which has none: its goods have."""
    rating = found.metric == "performance" and found.verb
    return (found.metric == "price" or rating) and entity.type in FIRMS


def right_before(sentence: Sentence, at: Token) -> list[Token]:
    """“TSMC's 70% compares with Samsung's 7%”: who has the figure stands before it."""
    amount = sentence.amount_at(at)
    mark = sentence.doc[amount.first - 1] if amount is not None and amount.first > 1 else None
    return [sentence.doc[mark.i - 1]] if mark is not None and mark.tag_ == "POS" else []


def _places(sentence: Sentence, at: Token, found: Link) -> list[list[Token]]:
    """Where the subject may stand, the surest place first."""
    doc = sentence.doc
    if found.term is None and found.anchor.pos_ == "ADJ":
        said = slots(found.anchor.head).get("subj", []) if found.anchor.head.lemma_ == "be" else []
        return [said, [found.anchor.head], [c for c in found.anchor.head.children if c.dep_ in ("poss", "compound")]]
    if found.goods:
        holder = found.anchor if found.anchor.pos_ in ("NOUN", "PROPN") else None
        subjects = [t for t in slots(found.anchor).get("subj", []) if sentence.amount_at(t) is None]
        return [[holder], _builder(holder)] if holder is not None else [subjects]
    if found.term is None:
        arguments = slots(found.anchor)
        if found.metric == "marketCap" and found.anchor.dep_ == "advcl" and found.anchor.tag_ == "VBN":
            return []  # “holds a stake in B, valued at $4bn”: read as said of the holder
        if found.metric == "investment" and found.anchor.lemma_ == "sell":
            return [arguments.get("to", []), arguments.get("obj", [])]
        if found.metric == "revenue" and found.anchor.lemma_ == "bring" and arguments.get("dative"):
            return [arguments["dative"]]  # “Chinese clients brought it $3bn”
        if found.anchor.lemma_ in words("carrying") or _placed_at(found.anchor, at):
            return [arguments.get("obj", [])]  # “an analyst puts A at 57%”
        if found.metric == "users" and found.anchor.lemma_ in figure_words().using:
            return [arguments.get(name, []) for name in ("obj", "to", "for")]
        if found.metric == "marketCap" and found.anchor.lemma_ in ("value", "price") and arguments.get("obj"):
            return [arguments["obj"]]  # “took a stake in A, valuing it at $2bn”
        if found.metric in ("unitCost", "costReduction"):
            subjects, objects = arguments.get("subj", []), arguments.get("obj", [])
            near = subjects if found.metric == "unitCost" else objects
            at_firm = [c for t in near for p in t.children if p.lower_ in ("at", "for") for c in p.children]
            theirs = [p for t in near for p in possessors(t)]
            return [arguments.get("dative", []), at_firm, theirs, objects, subjects]
        if found.metric == "price" and found.anchor.lemma_ in figure_words().pricing:
            return [arguments.get("for", []), arguments.get("obj", [])]
        given = arguments.get("dative", []) if found.metric == "marketShare" else []  # “credits A with”, “gives A 71%”
        return [
            given,
            arguments.get("theme", []),
            [c for c in found.anchor.children if found.anchor.pos_ == "NOUN" and c.dep_ in ("compound", "nmod")],
            arguments.get("subj", []),
            *([] if found.anchor.lemma_ == "cost" else [arguments.get("obj", [])]),
        ]
    root = doc[found.term.root]
    verb = clause_of(root)
    out = [_foreseen(root), _possessors(sentence, root), _before(sentence, found.term)]
    out.append(
        [
            c
            for p in root.children
            if p.dep_ == "prep" and p.lower_ in ("at", "for", "from", "by")
            for c in p.children
            if c.dep_ == "pobj"
        ]
    )
    if found.metric == "headcount" and verb.pos_ == "VERB":
        arguments = slots(verb)
        out.append([*arguments.get("at", []), *(arguments.get("obj", []) if verb.lemma_ == "leave" else [])])
    subjects = slots(verb).get("subj", [])
    if all(t != root for t in subjects) and verb.lemma_ not in words("carrying"):
        out.append([*subjects, *(p for t in subjects if t.lemma_.lower() in _STEERING for p in possessors(t))])
    if verb.lemma_ in ("bring", "earn") and found.term.first > verb.i:
        receivers = (*slots(verb).get("dative", []), *slots(verb).get("obj", []))
        out.insert(0, [t for t in receivers if t.i < found.term.first])  # “chips brought TSMC 5% of its sales”
    if verb.dep_ == "relcl":
        out.append([verb.head])
    out.append(slots(clause_of(at)).get("subj", []))
    return out


def _placed_at(verb: Token, at: Token) -> bool:
    """“UBS has A at 57%”: whoever has the other there only counts."""
    arguments = slots(verb)
    here = (t for t in arguments.get("at", []) if at in (t, *t.subtree))
    return verb.lemma_ in _COUNTING and bool(arguments.get("obj")) and any(True for _ in here)


def _foreseen(root: Token) -> list[Token]:
    """“the bank's revenue estimate for Acme”: whose figure is foreseen, not by whom."""
    if root.dep_ != "compound" or root.head.lemma_ not in words("forecasts"):
        return []
    return [c for p in root.head.children if p.lower_ in ("for", "of", "on") for c in p.children if c.dep_ == "pobj"]


def _builder(site: Token) -> list[Token]:
    """Whose a site is, or who builds it: “its fleet”, “Samsung will build a campus with 50,000 GPUs”."""
    verb = clause_of(site)
    return [*possessors(site), *(slots(verb).get("subj", []) if verb.pos_ == "VERB" else [])]


def _possessors(sentence: Sentence, root: Token) -> list[Token]:
    """“Nvidia's revenue”, “orders, its measure of sales”, “that of TSMC”, “revenue at the foundry”."""
    own = [t for t in possessors(root) if not sentence.amount_at(t)]
    for child in root.children:
        if child.dep_ == "appos":
            own.extend(c for c in child.children if c.dep_ == "poss")
    if not own and root.head.dep_ in ("nsubj", "nsubjpass", "dobj", "pobj") and root.dep_ in ("conj", "appos"):
        own.extend(c for c in root.head.children if c.dep_ == "poss")
    return own


def _before(sentence: Sentence, term: Term) -> list[Token]:
    root = sentence.doc[term.root]
    near = sentence.doc[max(0, term.first - 4) : term.first]
    return [t for t in near if t.dep_ in ("compound", "nmod", "poss") and root in t.ancestors]


def lead_firm(sentence: Sentence) -> EntityRef | None:
    """The firm that opens a line before a colon: “• Amkor (NASDAQ: AMKR): net sales …” tells Amkor's figures."""
    firms = [m for m in sentence.mentions if m.named and m.entity is not None and m.entity.type == "Company"]
    first = min(firms, key=lambda m: m.first, default=None)
    if first is None or any(t.is_alpha and t.pos_ != "DET" for t in sentence.doc[: first.first]):
        return None
    end = sentence.doc[first.last].idx + len(sentence.doc[first.last])
    return first.entity if _COLON.match(sentence.text, end) else None


def _main_subject(sentence: Sentence, at: Token, catalogue: Catalogue) -> EntityRef | None:
    """The firm that the main clause after a figure tells of: “With capex of $5bn, Meta is …”."""
    for mention in sentence.mentions:
        token = sentence.doc[mention.root]
        if mention.first < at.i or token.dep_ not in ("nsubj", "nsubjpass") or token.head.dep_ != "ROOT":
            continue
        entity = as_type(mention, FIRMS, catalogue)
        if entity is None or entity.id in observers(catalogue):
            return None
        return None if any(t.text in (";", ":") for t in sentence.doc[at.i : mention.first]) else entity
    return None


def subject_firm(sentence: Sentence, at: Token, catalogue: Catalogue) -> EntityRef | None:
    """The firm that the sentence is about up to a token: the last subject, observers and speakers left out."""
    watching = observers(catalogue)
    best: tuple[int, EntityRef] | None = None
    for mention in sentence.mentions:
        entity = mention.entity
        if entity is None or entity.type != "Company" or mention.first > at.i or entity.id in watching:
            continue
        token = sentence.doc[mention.root]
        if token.dep_ in ("nsubj", "nsubjpass") and token.head.dep_ != "relcl":
            best = (mention.first, entity) if best is None or mention.first > best[0] else best
    return best[1] if best else None
