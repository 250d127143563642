"""A question with its slips of the pen put right: misspelt words, and possessives without their apostrophe."""

from __future__ import annotations

from qa.facts import Facts
from qa.lexicon import lexicon
from qa.names import Names
from qa.respell import respelt
from qa.words import Token, tokens

_POSSESSIVE = 5  # letters of a name with its s
_OWNERS = {"Company", "Organization", "Person"}  # of chips and models there are many


def put_right(text: str, facts: Facts) -> str:
    """The text without slips of the keyboard: words that neither the lexicon nor a name of the graph explains."""
    text = _apostrophes(text, facts.names)
    words = tokens(text)
    named = {i for h in facts.names.find(text) for i in range(h.start, h.end)}

    def known(token: Token) -> bool:
        stems = lexicon()
        return token.start in named or token.lemma in stems.light or stems.knows(token.lemma)

    return respelt(text, words, known=known, near=facts.names.near)


def _apostrophes(text: str, names: Names) -> str:
    """The text with the apostrophe of a possessive that was left out: “Acmes suppliers”."""
    for token in reversed(tokens(text)):
        bare = token.text[:-1]
        if len(token.text) < _POSSESSIVE or not token.text.endswith("s") or not bare.istitle():
            continue
        owner = {i for h in names.find(bare) if h.end - h.start == len(bare) for i in h.ids}
        other = {i for h in names.find(token.text) for i in h.ids} - owner
        if owner and not other and all(names.entities[i].type in _OWNERS for i in owner):
            text = f"{text[: token.end - 1]}'s{text[token.end :]}"
    return text
