"""Direct speech over several sentences: whose words a quoted sentence is, when the tag stands in a neighbour."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from ingest.arguments import slots, verb_name
from ingest.parsed import Sentence
from ingest.speakers import Said, kind_of, name_of

if TYPE_CHECKING:
    from spacy.tokens import Token

_SINGLE = re.compile(r"(?<!\w)‘(?=\w)|(?<=[.,!?…])’(?!\w)")
_OPEN, _CLOSE = '“"„「', '”"」'


def quotations(sentences: Sequence[Sentence]) -> dict[int, Said]:
    """Sentence index → the speaker of the quotation that the sentence stands in.

    A sentence wholly inside quotation marks belongs to the tag in the sentence before or after it in the same
    paragraph; a paragraph that is nothing but a quotation to the speaker of the one before; one that a person's name
    and a colon open, to that person.
    """
    out: dict[int, Said] = {}
    last: Said | None = None
    for _, group in groupby(sentences, key=lambda s: s.paragraph):
        paragraph = list(group)
        named = _named(paragraph[0])
        if named is not None:
            found = dict.fromkeys((s.index for s in paragraph), named)
        else:
            found = _of_paragraph(paragraph, last)
        out |= found
        last = found.get(paragraph[-1].index)
    return out


def _of_paragraph(paragraph: Sequence[Sentence], before: Said | None) -> dict[int, Said]:
    out: dict[int, Said] = {}
    waiting: list[int] = []
    speaker: Said | None = None
    inside, whole = False, True
    for sentence in paragraph:
        starts_inside, text = inside, _doubled(sentence.text)
        inside = _state(text, inside)
        tag = _tag(sentence, starts_inside)
        quoted = starts_inside or (text[:1] in _OPEN and (inside or text[-1:] in _CLOSE))
        whole = whole and quoted and tag is None
        if tag is not None:
            out |= dict.fromkeys(waiting, tag)
            waiting = []
            if any(mark in text for mark in _OPEN):
                out[sentence.index] = tag
            speaker = tag
        elif quoted and speaker is not None:
            out[sentence.index] = speaker
        elif quoted:
            waiting.append(sentence.index)
        else:
            waiting, speaker = [], None
    return dict.fromkeys(waiting, before) if whole and before is not None else out


def _named(sentence: Sentence) -> Said | None:
    """The person whose name and a colon open the paragraph, as transcripts and interviews have it."""
    mention = next((m for m in sentence.mentions if m.first == 0), None)
    if mention is None or mention.entity is None or mention.entity.type != "Person":
        return None
    after = mention.last + 1
    colon = after < len(sentence.doc) and sentence.doc[after].text == ":"
    return Said(mention.entity.label, "said", False, mention.entity.id) if colon else None


def in_quotes(sentence: Sentence, token: Token) -> bool:
    """Whether a token stands in direct speech; in a sentence without a quotation mark of its own, every one does."""
    text = _doubled(sentence.text)
    if not any(c in text for c in '"“”„「」'):
        return True
    at = token.idx
    opens = next((i for i, c in enumerate(text) if c in '"“”„「」'), 0)
    inside = text[opens] in "”」" or (text[opens] == '"' and text.count('"') % 2 == 1 and not text.startswith('"'))
    return _state(text[:at], inside)


def _doubled(text: str) -> str:
    """The text with single quotation marks, where it has no others, as double ones; apostrophes stay."""
    if ("’" not in text and "‘" not in text) or any(mark in text for mark in '"“”'):
        return text
    return _SINGLE.sub(lambda mark: "“" if mark[0] == "‘" else "”", text)


def _state(text: str, inside: bool) -> bool:
    for char in text:
        if char == '"':
            inside = not inside
        elif char in "“「":
            inside = True
        elif char in "”」":
            inside = False
    return inside


def _tag(sentence: Sentence, inside: bool) -> Said | None:
    """The speech tag outside the quotation marks: “…,” said X; `inside` where the sentence begins in them."""
    text = _doubled(sentence.text)
    for token in sentence.doc:
        kind = kind_of(verb_name(token)) if token.pos_ == "VERB" else None
        if kind and not _state(text[: token.idx], inside):
            for subject in slots(token).get("subj", []):
                label, entity = name_of(sentence, subject)
                if label:
                    return Said(label, kind, False, entity)
    return None
