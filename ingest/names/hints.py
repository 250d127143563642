"""What else types a name: words around that only chips, models or products have, a firm's name that it begins with, a
given name in front.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ingest.names.english import is_english
from ingest.names.lexicon import THINGS, NameLexicon
from ingest.parsed import Sentence

_NO_THINGS = ("Company", "Organization", "Facility", "Place")
_SHORT = 3  # letters of a word that the lists may hold by chance: “Ali”
Place = tuple[Sentence, int, int]


def hinted(sentence: Sentence, first: int, last: int, lexicon: NameLexicon) -> Iterator[str]:
    """The kinds of thing of which the other words and known names of a sentence speak, each as often as it is said."""
    for token in sentence.doc:
        if first <= token.i <= last:
            continue
        kind = lexicon.kinds.get(token.lower_)
        if kind in THINGS:
            yield kind
        yield from (kind for kind, words in lexicon.hints.items() if token.lower_ in words)
    for mention in sentence.mentions:
        if mention.how == "catalogue" and mention.entity is not None and mention.entity.type in THINGS:
            yield mention.entity.type


def named_after_firms(found: Mapping[str, Sequence[Place]], lexicon: NameLexicon) -> Iterator[str]:
    """Names that are a firm's with a word more which no firm's name ends in: “Acme Desk” where “Acme Labs” stands, too,
    or “Acme” before it.
    """
    firms = {key.split()[0] for key in found if " " in key and _ends(key, lexicon) == "Company"}
    for key, places in found.items():
        first, _, rest = key.partition(" ")
        if (
            not rest
            or _ends(key, lexicon) in ("Company", "Organization", "Facility", "Place")
            or first in lexicon.given
        ):
            continue
        if first in firms or (first in found and _starts(found[first]) < _starts(places)):
            yield key


def is_persons(name: str, lexicon: NameLexicon) -> bool | None:
    """Whether the words of a name are those of a person: yes by its given name, no by a last word that is no surname;
    None where they do not tell.
    """
    words = name.split()
    if len(words) < 2 or not words[-1].isalpha():
        return None
    if words[0] in lexicon.given and words[-1] not in lexicon.endings:
        return True
    told = is_english(words[-1]) and len(words[-1]) > _SHORT
    return False if told and words[-1] not in lexicon.surnames else None


def _ends(key: str, lexicon: NameLexicon) -> str | None:
    ending = lexicon.endings.get(key.split()[-1].strip("."))
    return ending[0] if ending else None


def _starts(places: Sequence[Place]) -> tuple[int, int]:
    return min((sentence.index, first) for sentence, first, _ in places)
