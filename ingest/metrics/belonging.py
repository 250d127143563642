"""Whose a figure is and which part of it: subject and scope together, also where they lean on the figure before."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.catalogue import Catalogue
from graph.model import EntityRef, Period
from ingest.arguments import slots
from ingest.metrics.basis import Reading, set_aside_for
from ingest.metrics.gapping import gapped
from ingest.metrics.gaps import gap_name
from ingest.metrics.items import item_after, item_before
from ingest.metrics.links import Link, clause_of
from ingest.metrics.owners import FIRMS, Owner, may_own, owner_of, right_before
from ingest.metrics.scopes import clean, part_of, people_counted, phrase, scope_of, scope_of_subject
from ingest.metrics.sharers import attributed, sharer, spent_on
from ingest.metrics.terms import Term, terms
from ingest.metrics.topic import Topic
from ingest.names.descriptions import observers
from ingest.parsed import Amount, Sentence
from ingest.relations.fillers import as_type, fill
from ingest.wordlists import words

if TYPE_CHECKING:
    pass

_TOTAL = re.compile(r"\s+(?:total|overall|in all)\b", re.IGNORECASE)
_SUMS = frozenset(["spending", "outlay", "outlays", "budget", "figure"])  # “actual spending”: the metric itself
_PART_VERBS = words("share_verbs") | {"be", "come"}


@dataclass(frozen=True, slots=True)
class Last:
    """The level read before in the sentence: others lean on it. `main` is the period of the first flow told; one that
    is only `compared` with the figure before it has the `period` of that.
    """

    link: Link
    amount: Amount
    subject: EntityRef
    scope: str | None
    period: Period | None
    main: Period | None = None
    compared: bool = False


def belongs(
    sentence: Sentence,
    amount: Amount,
    found: Link,
    reading: Reading,
    catalogue: Catalogue,
    topic: Topic,
    last: Last | None,
) -> tuple[EntityRef, str | None] | None:
    """Subject and scope of a figure."""
    if last is not None and (found is last.link or (found.term is not None and last.link.term is found.term)):
        share = reading.basis == "share"
        aside = (set_aside_for(sentence, amount) or spent_on(sentence, amount)) if share else None
        if aside:
            return last.subject, clean(aside)
        own = (
            _that_of(sentence, amount, catalogue)
            or _for_whom(sentence, amount, found)
            or _whose(sentence, amount, found, catalogue)
        )
        if own is not None:
            return own, last.scope
        cause = attributed(sentence, amount) if share else None
        if cause is not None and cause.id != last.subject.id:
            return last.subject, cause.label
        part = _new_part(sentence, amount, last)
        if part is not None and share:
            return topic.focus or last.subject, part
        if part is not None and reading.basis == "level" and _adds_up(sentence, amount):
            return last.subject, part
        if _TOTAL.match(sentence.text, amount.span.end):
            return last.subject, None
        gap = gap_name(sentence, last.amount, amount)
        if gap is not None and gap.entity is not None and gap.entity.id in observers(catalogue):
            return last.subject, last.scope
        if gap is not None and gap.entity is not None:
            level = reading.basis == "level" or found.metric == "marketShare"
            if level and may_own(gap.entity, found.metric) and gap.entity.type in FIRMS:
                return gap.entity, last.scope
            return last.subject, gap.entity.label
        item = (
            None
            if amount.span.delta in ("from", "to") or reading.basis != "level"
            else _item(sentence, amount, last, found.term)
        )
        return last.subject, item or last.scope
    owner = owner_of(
        sentence,
        sentence.doc[amount.root],
        found,
        catalogue,
        topic,
        last.subject if last is not None else None,
        moved=reading.basis == "change",
    )
    if owner is None:
        return None
    if reading.basis == "share":
        aside = set_aside_for(sentence, amount)
        if aside:
            return owner.entity, clean(aside)
        shared = sharer(sentence, amount, found, owner, topic)
        if shared is not None:
            return shared
    taken = set(owner.tokens) | {i for w in sentence.periods for i in range(w.first, w.last + 1)}
    scope = owner.scope or scope_of(sentence, found.term, taken)
    if scope is None and found.metric in ("headcount", "users"):
        scope = people_counted(amount.span.noun, sentence.text[amount.span.end :])
    if scope is None and owner.entity.type == "Company":
        scope = _part(sentence, amount, found, taken)
    if scope is None and reading.basis == "level":
        scope = _item(sentence, amount, last, found.term) if found.term is not None else None
        scope = (
            scope
            or _invested_in(sentence, found, owner)
            or scope_of_subject(sentence, found, taken)
            or _counted(sentence, amount, found)
        )
    return owner.entity, scope


def _part(sentence: Sentence, amount: Amount, found: Link, taken: set[int]) -> str | None:
    """The part of the firm that the clause has as its subject, or that the figure is at: “its computing arm booked …”,
    “300 posts at its trading arm”.
    """
    verb = clause_of(sentence.doc[amount.root])
    near = [*slots(verb).get("subj", []), *slots(verb).get("at", []), *slots(verb).get("in", [])]
    if found.term is not None:
        root = sentence.doc[found.term.root]
        near += [c for p in root.children if p.lower_ in ("at", "of", "in") for c in p.children if c.dep_ == "pobj"]
    owned = (t for t in near if any(c.dep_ == "poss" or c.lower_ == "of" for c in t.children))
    return next((part for t in owned if (part := part_of(sentence, t, taken)) is not None), None)


def _for_whom(sentence: Sentence, amount: Amount, found: Link) -> EntityRef | None:
    """“… against 145 million for DeepSeek”, “and 17% for Samsung”."""
    if amount.last + 2 >= len(sentence.doc) or sentence.doc[amount.last + 1].lower_ != "for":
        return None
    mention = sentence.mention_at(sentence.doc[amount.last + 2])
    entity = mention.entity if mention is not None and mention.named else None
    return entity if entity is not None and may_own(entity, found.metric) else None


def _whose(sentence: Sentence, amount: Amount, found: Link, catalogue: Catalogue) -> EntityRef | None:
    """“… against Alphabet's $102bn”, “… and Meta for $3bn”."""
    at = sentence.doc[amount.root]
    mentions = [m for t in (*right_before(sentence, at), *gapped(sentence, at)) for m in fill(sentence, t)]
    named = [e for m in mentions if (e := as_type(m, FIRMS, catalogue)) and may_own(e, found.metric)]
    return named[0] if named and named[0].id not in observers(catalogue) else None


def _new_part(sentence: Sentence, amount: Amount, last: Last) -> str | None:
    """The unnamed part of a later clause: “…; the top two had accounted for 14%” → “top two”."""
    verb = clause_of(sentence.doc[amount.root])
    if verb == clause_of(sentence.doc[last.amount.root]):
        return None
    for token in slots(verb).get("subj", []):
        if token.pos_ not in ("NOUN", "PROPN", "NUM") or token.i <= last.amount.last:
            continue
        named = [m.entity for m in fill(sentence, token) if m.entity is not None]
        if any(entity.type in FIRMS for entity in named):
            continue
        if named:
            return named[0].label
        if not any(sentence.amount_at(t) for t in token.subtree if t.i <= token.i and t.pos_ != "NUM"):
            return clean(str(sentence.doc[token.left_edge.i : token.i + 1].text))
    return None


def _adds_up(sentence: Sentence, amount: Amount) -> bool:
    """Whether the clause says of a part how much it is: “of which handsets accounted for $7bn”."""
    verb = clause_of(sentence.doc[amount.root])
    return verb.lemma_.lower() in _PART_VERBS


def _that_of(sentence: Sentence, amount: Amount, catalogue: Catalogue) -> EntityRef | None:
    """“… whereas that of TSMC rose to 67.6%”: the same metric of somebody else."""
    for token in slots(clause_of(sentence.doc[amount.root])).get("subj", []):
        if token.lower_ in ("that", "those"):
            return next((e for m in fill(sentence, token) if (e := as_type(m, FIRMS, catalogue))), None)
    return None


def _after_colon(sentence: Sentence, amount: Amount, term: Term | None) -> bool:
    """“Sales by segment: data centre, $5bn; …”: a list opened by the metric's name."""
    return term is not None and any(t.text == ":" for t in sentence.doc[term.last + 1 : amount.first])


def _item(sentence: Sentence, amount: Amount, last: Last | None, term: Term | None) -> str | None:
    listed = last is not None or _after_colon(sentence, amount, term)
    item = item_after(sentence, amount) or (item_before(sentence, amount) if listed else None)
    if item is None or any(t.metric for t in terms(sentence) if _words(sentence, t) in item.casefold()):
        return None
    return None if item.split()[-1].lower() in _SUMS else clean(item)


def _words(sentence: Sentence, term: Term) -> str:
    return str(sentence.doc[term.first : term.last + 1].text).casefold()


def _invested_in(sentence: Sentence, found: Link, owner: Owner) -> str | None:
    """Into whom the money goes: “invested $8bn in Anthropic”, “bought X for $265m”."""
    if found.metric != "investment" or not found.verb:
        return None
    arguments = slots(found.anchor)
    if found.anchor.lemma_ in ("go", "flow"):
        into = next((t for name in ("into", "toward", "towards") for t in arguments.get(name, [])), None)
        return phrase(sentence, into) if into is not None else None
    for token in (t for name in ("in", "into", "obj") for t in arguments.get(name, [])):
        for mention in fill(sentence, token):
            if mention.entity and mention.entity.type == "Company" and mention.entity.id != owner.entity.id:
                return mention.entity.label
    return None


def _counted(sentence: Sentence, amount: Amount, found: Link) -> str | None:
    """What is counted or bought: “20,000 of Nvidia's H200 accelerators”, “$30bn of computing capacity”."""
    if found.metric not in ("orders", "shipments", "capacity"):
        return None
    near = sentence.doc[amount.last + 1 : amount.last + 9]
    named = next(
        (m for t in near if (m := sentence.mention_at(t)) and m.entity and m.entity.type in ("Chip", "Product")), None
    )
    if named is not None and named.entity is not None:
        return named.entity.label
    of = next((c for t in near[:2] if t.lower_ == "of" for c in t.children if c.dep_ == "pobj"), None)
    if of is not None and sentence.amount_at(of) is None:
        return clean(str(sentence.doc[of.left_edge.i : of.i + 1].text))
    return amount.span.noun if amount.span.kind == "count" else None
