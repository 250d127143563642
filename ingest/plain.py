"""Text as the parser should see it: on one line, with plain spaces and hyphens, without invisible characters."""

from __future__ import annotations

import re

INVISIBLE = "\u00ad\u034f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe0e\ufe0f\ufeff"
# What `str.strip` is to take off the edges of a line.
BLANK = "".join(re.findall(rf"[\s{INVISIBLE}]", "".join(map(chr, range(0x10000)))))
_CONTROL = "\x00-\x08\x0e-\x1f\x7f-\x9f"
_ODD_BLANK = rf"(?:[^\S ]|[{INVISIBLE}{_CONTROL}])"
_LETTERS = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "\u2010": "-", "\u2011": "-"}
_ODD = re.compile(
    rf"(?P<hyphen>(?<=[^\W\d_])[-\u00ad\u2010\u2011] *[\r\n]+ *(?=[a-z]))"
    rf"|(?P<blank> *{_ODD_BLANK}(?: |{_ODD_BLANK})*| {{2,}})"
    rf"|(?P<letter>[{''.join(_LETTERS)}])|(?P<half>[\ud800-\udfff])"
)
_BREAK = re.compile(r" *[\n\v\f\r\x1c-\x1e\x85\u2028\u2029]+ *")
_UNSEEN = re.compile(f"[{INVISIBLE}]")
_BLANK = re.compile(rf"[\s{_CONTROL}]")
_CHINESE = re.compile(r"[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]")


def plain(written: str) -> str:
    """The text without line breaks, tabs, no-break and zero-width spaces, soft hyphens, ligatures and half surrogates.

    >>> plain("SK\\xa0hynix sup\\xadplies long-\\nterm\\n memory")
    'SK hynix supplies long-term memory'
    """
    return _ODD.sub(_instead, written) if _ODD.search(written) else written


def on_one_line(written: str) -> str:
    """The text without line breaks and invisible characters; wide gaps, which part the items of a menu, stay."""
    return _UNSEEN.sub("", _BREAK.sub(" ", written))


def as_written(words: str, quote: str) -> str:
    """The stretch of the quote that reads `words` once it is plain; `words` themselves if there is none."""
    if words in quote:
        return words
    pieces, places, at = [], [], 0
    for odd in _ODD.finditer(quote):
        new = _instead(odd)
        pieces += [quote[at : odd.start()], new]
        places += [*range(at, odd.start()), *[odd.start()] * len(new)]
        at = odd.end()
    pieces.append(quote[at:])
    places += range(at, len(quote) + 1)
    first = "".join(pieces).find(words)
    return quote[places[first] : places[first + len(words)]] if first >= 0 else words


def _instead(odd: re.Match[str]) -> str:
    """What stands for an odd stretch; a line break between two Chinese characters leaves nothing."""
    if odd["hyphen"]:
        return "" if odd[0][0] == "\u00ad" else "-"
    if odd["letter"]:
        return _LETTERS[odd[0]]
    if odd["half"]:
        return "\ufffd"
    before, after = odd.string[max(0, odd.start() - 1) : odd.start()], odd.string[odd.end() : odd.end() + 1]
    if not _BLANK.search(odd[0]) or (_CHINESE.match(before) and _CHINESE.match(after)):
        return ""
    return " "
