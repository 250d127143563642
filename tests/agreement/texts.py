"""Made-up news texts long enough to compare, and what happens to texts on their way through the wires."""

from __future__ import annotations

import random
import re
from itertools import product

_SMALL = ["the", "of", "to", "and", "in", "a", "for", "its", "that", "by", "will", "after"]
_STEMS = ["chip", "mar", "den", "fol", "stra", "ver", "lim", "conduc", "revest", "pro", "distail"]
_WORDS = ["".join(pair) for pair in product(_STEMS, ["et", "ory", "ent", "ing", "or", "ed"])]


def story(seed: int, *, firm: str = "Arbor", sentences: int = 40) -> str:
    """A text about a firm in words that mean nothing; another seed is another event."""
    draw = random.Random(seed)
    lines = []
    for number in range(sentences):
        words = [draw.choice(_SMALL if draw.random() < 0.4 else _WORDS) for _ in range(18)]
        lines.append(f"{firm} {' '.join(words)} {seed * 100 + number}.")
    return "\n".join(lines)


def reworded(text: str, share: float) -> str:
    """Every so many words another one."""
    change = random.Random(1)
    return re.sub(r"\b[a-z]{3,}\b", lambda m: "anew" if change.random() < share else m[0], text)


def cut(text: str, share: float) -> str:
    """Only the beginning."""
    words = text.split(" ")
    return " ".join(words[: int(len(words) * share)])


def framed(text: str) -> str:
    """Another headline, and what the site puts around every text."""
    around = " ".join(f"Subscribe for offer {n}, our terms apply." for n in range(12))
    return f"Quite another headline\n{text}\n{around}"
