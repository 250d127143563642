"""Direct speech over several sentences: whose words a quoted sentence is, when the tag stands in a neighbour."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ingest.arguments import slots, verb_name
from ingest.parsed import Sentence
from ingest.speakers import Said, kind_of, name_of

if TYPE_CHECKING:
    from spacy.tokens import Token

_OPEN, _CLOSE = '“"„「', '”"」'


def quotations(sentences: Sequence[Sentence]) -> dict[int, Said]:
    """Sentence index → the speaker of the quotation that the sentence stands in.

    A sentence wholly inside quotation marks belongs to the tag in the sentence before or after it in the same
    paragraph.
    """
    out: dict[int, Said] = {}
    inside = False
    open_from: list[Sentence] = []
    paragraph = -1
    for sentence in sentences:
        if sentence.paragraph != paragraph:
            inside, open_from, paragraph = False, [], sentence.paragraph
        starts_inside = inside
        inside = _state(sentence.text, inside)
        tag = _tag(sentence)
        if tag is not None:
            for waiting in open_from:
                out.setdefault(waiting.index, tag)
            open_from = []
            if '"' in sentence.text or "“" in sentence.text:
                out[sentence.index] = tag
        elif (
            starts_inside
            or (sentence.text[:1] in _OPEN and inside)
            or (sentence.text[:1] in _OPEN and sentence.text[-1:] in _CLOSE)
        ):
            open_from.append(sentence)
            earlier = next(
                (
                    out[i]
                    for i in range(sentence.index - 1, sentence.index - 4, -1)
                    if i in out and sentences[i].paragraph == paragraph
                ),
                None,
            )
            if earlier is not None:
                out[sentence.index] = earlier
    return out


def in_quotes(sentence: Sentence, token: Token) -> bool:
    """Whether a token stands in direct speech; in a sentence without a quotation mark of its own, every one does."""
    text = sentence.text
    if not any(c in text for c in '"“”„「」'):
        return True
    at = token.idx
    opens = next((i for i, c in enumerate(text) if c in '"“”„「」'), 0)
    inside = text[opens] in "”」" or (text[opens] == '"' and text.count('"') % 2 == 1 and not text.startswith('"'))
    return _state(text[:at], inside)


def _state(text: str, inside: bool) -> bool:
    for char in text:
        if char == '"':
            inside = not inside
        elif char in "“「":
            inside = True
        elif char in "”」":
            inside = False
    return inside


def _tag(sentence: Sentence) -> Said | None:
    """The speech tag outside the quotation marks: “…,” said X."""
    inside = False
    for token in sentence.doc:
        if token.text in ('"', "“", "”", "``", "''"):
            inside = not inside if token.text == '"' else token.text == "“"
            continue
        if inside or token.pos_ != "VERB":
            continue
        kind = kind_of(verb_name(token))
        if kind:
            for subject in slots(token).get("subj", []):
                label, entity = name_of(sentence, subject)
                if label:
                    return Said(label, kind, False, entity)
    return None
