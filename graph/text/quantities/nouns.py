"""The noun that a bare number counts: “22,832 cards contracted for” → cards; “500,000 of its new chips” → new chips."""

from __future__ import annotations

import re

from graph.text.quantities.lexicon import lexicon

_OF = re.compile(r"[ ]of(?:[ ](?:the|its|their|these|those|our|his|her|them|[A-Z][\w.-]{0,30}(?:’s|'s|’|')))?(?=[ ])")
_WORD = re.compile(r"[ \u00a0]([^\W_][\w.&/’'-]{0,40})")
_HYPHEN = re.compile(r"-([A-Za-z]+)")
_LONGEST = 5
_ZH_UNIT = re.compile(
    r"[多余]?(?:[个名位家颗片枚台张块座件款万亿]?)(?P<noun>[人员工晶圆芯片显卡公司企业客户用户家颗片枚台张块座辆]{1,4})"
)


def counted(text: str, end: int) -> str | None:
    """The counted noun phrase right after `end`, or None if no plural noun follows within a few words."""
    words = lexicon().words
    hyphen = _HYPHEN.match(text, end)
    if hyphen:
        return _plural(hyphen[1]) if hyphen[1] in words["hyphen_nouns"] else None
    zh = _ZH_UNIT.match(text, end)
    if zh:
        return zh["noun"]
    if of := _OF.match(text, end):
        end = of.end()
    phrase: list[str] = []
    for _ in range(_LONGEST):
        m = _WORD.match(text, end)
        if not m:
            return None
        word = m[1].rstrip(".'’-/&")
        if word.casefold() in words["noun_stops"]:
            return None
        phrase.append(word)
        if plural(word):
            return " ".join(phrase)
        if len(word) < len(m[1]):
            return None
        end = m.end()
    return None


def plural(word: str) -> bool:
    """Whether the word looks like a plural noun: chips, GPUs, people; not gas, this, TPS."""
    words, low = lexicon().words, word.casefold().removesuffix("'s").removesuffix("’s")
    if low != word.casefold():
        return False
    if low in words["plurals_irregular"]:
        return True
    return (
        len(low) > 3
        and low.endswith("s")
        and not low.endswith(("ss", "us", "is", "ous"))
        and low not in words["singular_s"]
        and not word[-1].isupper()
    )


def _plural(word: str) -> str | None:
    return None if word == "strong" else word if plural(word) else word + "s"
