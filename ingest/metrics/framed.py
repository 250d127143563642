"""Figures that a construction tells by itself, whatever else is named in the sentence: “cut costs by a fifth”, “is used
by 4m people”, “charges $9 for the board”; and ratings, which their unit tells: “delivers 2
petaflops”.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ingest.arguments import slots, verb_name
from ingest.metrics.figures import figure_words
from ingest.metrics.links import Link, clause_of, is_rating
from ingest.parsed import Amount, Sentence
from ingest.relations.fillers import fill
from ingest.wordlists import words

if TYPE_CHECKING:
    from spacy.tokens import Token

_THINGS = ("Chip", "Model", "Product")
_AWAY = frozenset(["off", "out", "from"])
_MANY = 1_000  # fewer people than that are rarely told as users
_DEAREST = 10_000_000  # of what is sold by the piece
_ONE = frozenset(["a", "an", "one", "each", "every", "the", "its", "per"])


def by_frame(sentence: Sentence, amount: Amount) -> Link | None:
    """The metric of an amount by its construction; None if there is none."""
    root = sentence.doc[amount.root]
    if amount.span.kind in ("percent", "money") and (verb := _costs_cut(root)) is not None:
        return Link("costReduction", verb, None, verb=True)
    if amount.span.kind == "money" and (verb := _on_research(root)) is not None:
        return Link("rndSpend", verb, None, verb=True)
    if amount.span.kind == "multiple" and (verb := _as_able(sentence, amount)) is not None:
        return Link("performance", verb, None, verb=True)
    if amount.span.kind == "count" and (verb := _used_by(amount, root)) is not None:
        return Link("users", verb, None, verb=True)
    if amount.span.kind == "money" and (verb := _to_make(amount, root)) is not None:
        return Link("unitCost", verb, None, verb=True)
    if amount.span.kind == "money" and (verb := _asked_for(sentence, amount, root)) is not None:
        return Link("price", verb, None, verb=True, per_unit=True)
    return None


def _as_able(sentence: Sentence, amount: Amount) -> Token | None:
    """The verb of “is six times as fast as the X9”, said of a thing."""
    after = [t.lower_ for t in sentence.doc[amount.last + 1 : amount.last + 4]]
    verb = clause_of(sentence.doc[amount.root])
    if len(after) < 2 or after[0] != "as" or after[1] not in figure_words().abilities or verb.lemma_ != "be":
        return None
    things = (m for t in slots(verb).get("subj", []) for m in fill(sentence, t))
    return verb if any(m.entity is not None and m.entity.type in _THINGS for m in things) else None


def held_against(sentence: Sentence, amount: Amount) -> str | None:
    """“against X9” for “six times as fast as the X9”: what a multiple of abilities is of."""
    doc = sentence.doc
    second = next((t.i for t in doc[amount.last + 3 : amount.last + 4] if t.lower_ == "as"), None)
    other = next((m for t in doc[second + 1 : second + 3] if (m := sentence.mention_at(t))), None) if second else None
    return f"against {other.entity.label}" if other is not None and other.entity is not None else None


def rated(sentence: Sentence, amount: Amount) -> Link | None:
    """A rating of a thing, by its unit: “draws 700 watts”; “with 96 GB of memory” is its capacity."""
    metric = "performance" if is_rating(amount) else "capacity" if _is_memory(sentence, amount) else None
    return Link(metric, clause_of(sentence.doc[amount.root]), None, verb=True) if metric is not None else None


def _is_memory(sentence: Sentence, amount: Amount) -> bool:
    """“96 GB of HBM3E”, “128 gigabytes of memory”."""
    near = sentence.doc[amount.last + 1 : amount.last + 5]
    return amount.span.quantity.unit in ("GB", "TB", "MB") and any(
        t.lower_ in figure_words().memory for t in near if t.text not in (",", ";")
    )


def _above(root: Token) -> Iterator[tuple[Token, str]]:
    """The verbs that an amount may hang on, the nearest first, with the preposition between; "" for an object."""
    token = root
    while token.dep_ in ("nummod", "compound", "quantmod", "nmod", "conj", "appos") and token.head != token:
        token = token.head
    preposition = token.head.lower_ if token.dep_ == "pobj" else ""
    above = token.head.head if preposition else token.head
    while above.pos_ in ("NOUN", "PROPN", "ADP", "NUM", "ADJ") and above.head != above:
        if not preposition:
            return
        above = above.head
    if above.pos_ in ("VERB", "AUX") or (
        above.dep_ == "ROOT" and any(c.dep_ in ("csubj", "dobj") for c in above.children)
    ):
        yield above, preposition  # “Moving to Claude cut costs”, with “cut” taken for a noun


def _costs_cut(root: Token) -> Token | None:
    """The verb of “cut the costs by 20%”, “shaved 8% off the cost of a rack”, “took a tenth out of its bills”."""
    wanted = figure_words()
    for verb, preposition in _above(root):
        if verb_name(verb) not in wanted.cutting:
            continue
        arguments = slots(verb)
        if preposition == "by" and any(t.lower_ in wanted.costs for t in arguments.get("obj", [])):
            return verb
        if not preposition and root.dep_ in ("dobj", "nummod"):
            away = (t for name in ("off", "out", "from", "of") for t in arguments.get(name, []))
            if any(t.lower_ in wanted.costs for t in away):
                return verb
    return None


def _on_research(root: Token) -> Token | None:
    """The verb of “will pour $1bn into research”."""
    for verb, preposition in _above(root):
        if preposition or verb.lemma_.lower() not in words("spending"):
            continue
        arguments = slots(verb)
        goals = [t for name in ("into", "on", "in", "for", "to", "towards") for t in arguments.get(name, [])]
        if any(t.lower_ in words("researching") for t in goals):
            return verb
    return None


def _used_by(amount: Amount, root: Token) -> Token | None:
    """The verb of “is used by 4m people”, “40,000 developers use it”."""
    low = amount.span.quantity.low or amount.span.quantity.high
    noun = (amount.span.noun or "").split()[-1:]
    if low is None or low < _MANY or not noun or noun[0].lower() in words("goods"):
        return None
    token = root.head if root.dep_ in ("nummod", "compound", "quantmod") else root
    if token.dep_ == "pobj" and token.head.dep_ in ("agent", "prep") and token.head.lower_ == "by":
        verb = token.head.head
    elif token.dep_ == "nsubj":
        verb = token.head
    else:
        return None
    return verb if verb.lemma_.lower() in figure_words().using else None


def _to_make(amount: Amount, root: Token) -> Token | None:
    """The verb of “costs $900 to make”, “making a stack costs Acme $310”, “it costs Acme 2 cents to answer a query”."""
    verb = next((v for v, preposition in _above(root) if v.lemma_ == "cost" and not preposition), None)
    verb = verb or (root.head if root.dep_ == "xcomp" and root.head.lemma_ == "cost" else None)
    if verb is None or _dear(amount):
        return None
    doing = any(c.dep_ in ("xcomp", "advcl") and c.tag_ == "VB" and c.i > amount.last for c in verb.children)
    gerund = next((t for t in verb.doc[verb.left_edge.i : verb.i] if t.tag_ == "VBG"), None)
    gerund = gerund or (verb.head if verb.head.tag_ == "VBG" and verb.head.i < verb.i else None)
    made = gerund is not None and gerund.dep_ in ("csubj", "nsubj", "ROOT") and gerund.lemma_ in words("running")
    return verb if doing or made else None


def _dear(amount: Amount) -> bool:
    """Whether a sum is more than what is sold by the piece may cost."""
    low = amount.span.quantity.low if amount.span.quantity.low is not None else amount.span.quantity.high
    return low is None or low > _DEAREST


def _asked_for(sentence: Sentence, amount: Amount, root: Token) -> Token | None:
    """The verb of “charges $9 for the board”, “pays Acme $400 for a stack”: what it is for is a thing, sold by the
    piece.
    """
    verb = next((v for v, preposition in _above(root) if not preposition), None)
    if verb is None or _dear(amount) or verb.lemma_.lower() not in figure_words().pricing:
        return None
    return verb if thing_asked_for(sentence, verb) else None


def thing_asked_for(sentence: Sentence, verb: Token) -> list[Token]:
    """The head of the thing that a sum is asked or paid for."""
    things = [t for t in slots(verb).get("for", []) if t.left_edge.lower_ in _ONE or t.tag_ in ("NNP", "NN")]
    return [t for t in things if any(m.entity and m.entity.type in _THINGS for m in fill(sentence, t))]
