"""Which of the options offered a turn picks: by number, by place in the list, by name, or by yes where there is one."""

from __future__ import annotations

import re

from qa.dialogue.cues import bare, leans
from qa.query import Option
from qa.words import lemmas

_NUMBER = re.compile(r"(?:(?:number|option|no\.?|nr\.?|choice|answer) ?)?[#(\[]?(\d{1,2})[)\].]?")
_PLACES = ("first", "second", "third", "fourth", "fifth")
_PLACE = re.compile(
    r"(?:i (?:mean|meant|want|take) )?(?:the )?(first|second|third|fourth|fifth|last|latter|former)"
    r"(?: (?:one|option|reading|choice|meaning))?(?:,? please)?"
)
_ABOUT = re.compile(
    r"^(?:(?:no|yes|oh)\b,? ?)?(?:i (?:mean|meant) |the one (?:for|of|about|in|from|by|that is) |for |by |in )"
)
_LIGHT = frozenset({"the", "one", "a", "an", "of", "for", "by", "'s", "in", "i", "mean", "please", "that", "option"})
_WORDS = 6


def choose(text: str, options: tuple[Option, ...]) -> Option | None:
    """The option that a turn picks; None if it picks none, or says something else."""
    if not options:
        return None
    said = bare(text).strip()
    if len(options) == 1 and leans("yes", text):
        return options[0]
    number = _NUMBER.fullmatch(said)
    if number:
        return options[int(number[1]) - 1] if 0 < int(number[1]) <= len(options) else None
    place = _PLACE.fullmatch(said)
    if place:
        return _placed(place[1], options)
    return _named(_ABOUT.sub("", said), options)


def _placed(word: str, options: tuple[Option, ...]) -> Option | None:
    if word in ("last", "latter"):
        return options[-1]
    at = 0 if word == "former" else _PLACES.index(word)
    return options[at] if at < len(options) else None


def _named(said: str, options: tuple[Option, ...]) -> Option | None:
    """The one option whose words hold all that was said; of several, the one that begins with it."""
    words = [w for w in lemmas(said) if w not in _LIGHT]
    if not words or len(words) > _WORDS:
        return None
    fitting = [o for o in options if set(words) <= set(lemmas(o.gloss))]
    if len(fitting) > 1:
        fitting = [o for o in fitting if bare(o.gloss).startswith(bare(said))]
    return fitting[0] if len(fitting) == 1 else None
