"""Lists of names that are said to be of a kind by a word behind them: “its suppliers, Acme and Bolt among them”."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.parsed import Mention, Sentence, after_bracket

if TYPE_CHECKING:
    from spacy.tokens import Token

_BETWEEN = {",", "and", "&", "or", "'s", "’s"}
_CLOSING = (("among", "them"), ("among", "others"), ("included",))


def among_them(sentence: Sentence, noun: Token) -> list[Mention]:
    """The names between a plural noun's comma and “among them” or “included”; empty if there are none."""
    doc = sentence.doc
    if noun.tag_ not in ("NNS", "NNPS") or noun.i + 2 >= len(doc) or doc[noun.i + 1].text != ",":
        return []
    out: list[Mention] = []
    i = noun.i + 2
    while i < len(doc):
        mention = sentence.mention_at(doc[i])
        if mention is not None and mention.entity is not None:
            if mention.named:
                out.append(mention)
            i = after_bracket(doc, mention.last + 1)
        elif doc[i].lower_ in _BETWEEN:
            i += 1
        else:
            break
    words = [t.lower_ for t in doc[i : i + 2]]
    closed = any(tuple(words[: len(closing)]) == closing for closing in _CLOSING)
    return _of_one_type(out) if closed else []


def _of_one_type(named: list[Mention]) -> list[Mention]:
    """The names of the kind that the last one is: in “OpenAI's GPT-5 among them” the model."""
    kind = named[-1].entity.type if named and named[-1].entity else None
    return [m for m in named if m.entity is not None and m.entity.type == kind]
