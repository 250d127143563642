"""What a relation keeps besides its two sides: the post, the thing supplied, the sum."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.arguments import coordinated
from ingest.names.lexicon import classifying_nouns
from ingest.parsed import Amount, Sentence
from ingest.relations.frames import Frame
from ingest.relations.slots import noun_slot, verb_slot
from ingest.wordlists import words

if TYPE_CHECKING:
    from spacy.tokens import Token

_PARTIES = ("Company", "Organization", "Person", "Place")
_RANKS = frozenset(
    [
        "Chief",
        "Commercial",
        "Executive",
        "Financial",
        "Information",
        "Operating",
        "Product",
        "Technical",
        "Technology",
        "Vice",
    ]
)  # “Chief Financial Officer”
_NEAR = 12  # tokens from a trigger to an amount of its own


def qualifiers_of(sentence: Sentence, trigger: Token, frame: Frame) -> tuple[tuple[str, str], ...]:
    """Name and value pairs, sorted; see Claim.qualifiers."""
    out: dict[str, str] = {}
    if frame.role:
        out["role"] = role_text(trigger, frame.nouns)
    item = _item(sentence, trigger, frame)
    if item is not None:
        out["item"] = item
    if frame.amount:
        for amount in sentence.amounts:
            near = abs(amount.root - trigger.i) <= _NEAR and not _parted(sentence, trigger, amount)
            if near and amount.span.kind == "money" and "amount" not in out:
                out["amount"] = amount.span.quantity.text
    return tuple(sorted(out.items()))


def _item(sentence: Sentence, trigger: Token, frame: Frame) -> str | None:
    """The thing supplied, from the first slot of the frame that names one; of nouns, too: “a supplier of memory”."""
    verbal = trigger.pos_ in ("VERB", "AUX")
    for slot in frame.item:
        tokens = verb_slot(trigger, slot) if verbal else noun_slot(sentence, trigger, slot)
        things = (t for t in tokens if t.pos_ in ("NOUN", "PROPN") and not _no_item(sentence, t))
        thing = next(things, None)
        mention = sentence.mention_at(thing) if thing is not None else None
        if thing is None or (mention is not None and (mention.entity is None or mention.entity.type in _PARTIES)):
            continue
        return mention.entity.label if mention is not None and mention.entity is not None else _noun_text(thing)
    return None


def _no_item(sentence: Sentence, noun: Token) -> bool:
    """Whether a noun names a sum, a firm or a deal, which is no thing supplied: “a cloud firm which it supplies with
    chips”, “orders went to Acme”.
    """
    named = classifying_nouns().get(noun.lower_) == "Company" or noun.lemma_.lower() in words("no_items")
    return named or sentence.amount_at(noun) is not None


def _parted(sentence: Sentence, trigger: Token, amount: Amount) -> bool:
    """Whether a semicolon stands between a trigger and an amount: that is another's price."""
    first, last = sorted((trigger.i, amount.root))
    return any(t.text == ";" for t in sentence.doc[first:last])


def role_text(noun: Token, posts: tuple[str, ...] = ()) -> str:
    """The post as named: “chief executive”, with the other `posts` held with it: “president and CEO”."""
    held = [noun, *(t for t in _fellows(noun) if t.lemma_.lower() in posts and not (_whose(t) and _whose(noun)))]
    names = [_post(t) for t in sorted(held, key=lambda t: t.i)]
    return " and ".join([", ".join(names[:-1]), names[-1]] if names[1:] else names)


def _fellows(noun: Token) -> list[Token]:
    """The nouns that a noun is coordinated with, on either side."""
    first = noun
    while first.dep_ == "conj":
        first = first.head
    return [t for t in coordinated(first) if t != noun]


def _whose(noun: Token) -> bool:
    """Whether a post has an “of” or “at” of its own."""
    return any(c.dep_ == "prep" and c.lower_ in ("of", "at") for c in noun.children)


def _post(noun: Token) -> str:
    words = [
        c
        for c in noun.children
        if c.dep_ in ("compound", "amod", "nmod") and c.i < noun.i and c.text[0].islower() | (c.text in _RANKS)
    ]
    return " ".join(t.text for t in sorted([*words, noun], key=lambda t: t.i) if not t.is_punct)


def _noun_text(noun: Token) -> str:
    """A noun with its modifiers, hyphenated words whole: “1.6-terabit modules”."""
    words = [c for c in noun.children if c.dep_ in ("compound", "amod", "nmod") and c.i < noun.i]
    joined = {t for w in words if any(c.text == "-" for c in w.children) for t in w.subtree}
    out = ""
    for token in sorted({*words, *joined, noun}, key=lambda t: t.i):
        out += token.text_with_ws if token in joined and token.nbor() in joined else token.text + " "
    return out.strip()
