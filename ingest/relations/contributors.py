"""Who else puts money into what a sentence says that somebody invests in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ingest.arguments import slots, verb_name
from ingest.parsed import Mention, Sentence
from ingest.relations.fillers import fill

if TYPE_CHECKING:
    from spacy.tokens import Token

_GIVING = {
    "add",
    "chip in",
    "commit",
    "contribute",
    "kick in",
    "pledge",
    "promise",
    "provide",
    "put in",
    "put up",
    "throw in",
}
_WHERE = {"for", "in", "into", "on", "to", "towards", "with"}


def also_put_in(sentence: Sentence, trigger: Token) -> Iterator[Mention]:
    """“Amazon invested $8bn in Acme, while Google pledged $3bn”: Google, where nothing says into what it goes."""
    for verb in sentence.doc[trigger.i + 1 :]:
        if verb.pos_ != "VERB" or verb_name(verb) not in _GIVING or not _beside(trigger, verb):
            continue
        arguments = slots(verb)
        sums = (sentence.amount_at(t) for name in ("obj", "in") for t in arguments.get(name, []))
        into = [t for name in _WHERE for t in arguments.get(name, []) if sentence.amount_at(t) is None]
        if into or not any(amount is not None and amount.span.kind == "money" for amount in sums):
            continue
        for token in arguments.get("subj", []):
            yield from (m for m in fill(sentence, token) if m.entity is not None and m.entity.type == "Company")


def _beside(one: Token, other: Token) -> bool:
    """Whether a verb stands in a clause joined to that of the first by “and” or “while”, with a subject of its own."""
    own = any(c.dep_ == "nsubj" for c in other.children)
    return (
        own
        and other.dep_ in ("advcl", "conj", "ccomp", "ROOT")
        and (other.head in (one, *one.ancestors) or one.head == other)
    )
