"""Names as tokens: what a name and a text are compared by, and the normal form of a whole name.

A token is a run of letters, a number (2.0 is one), or one Chinese, Japanese or Korean character. Splitting letters from
digits is what makes `Seedance2.0`, `Seedance 2.0` and `Seedance-2.0` the same name.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_CJK = "\u1100-\u11ff\u3040-\u30ff\u3130-\u318f\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
_LETTER = rf"[^\W\d_{_CJK}]"
TOKEN = re.compile(rf"[{_CJK}]|\d+(?:\.\d+)*|{_LETTER}+(?:[\u0300-\u036f]+{_LETTER}*)*")
_IS_CJK = re.compile(rf"[{_CJK}]")
_POSSESSIVE = re.compile(r"(?<=\w)['’‘]s(?!\w)", re.IGNORECASE)
_DOTTED = re.compile(r"(?<![\w.])(?:[^\W\d_]\.)+[^\W\d_](?![\w])\.?")

_MARKS = re.compile(r"[.'`&+]")

_LEGAL = """ab ag asa berhad bhd bv co company corp corporation gmbh holding holdings inc incorporated jsc kg kgaa kk
limited llc llp lp ltd nv ojsc oy oyj pjsc plc pte pty pvt sa sae sarl sas se spa tbk"""
LEGAL_FORMS = frozenset(_LEGAL.split())
_LEGAL_CJK = ("股份有限公司", "有限责任公司", "有限公司", "株式会社", "주식회사")


def is_cjk(character: str) -> bool:
    """Whether a character is Han, kana or Hangul, where words stand without spaces."""
    return bool(_IS_CJK.match(character))


@lru_cache(maxsize=65536)
def fold(token: str) -> str:
    """A token without case, width and accents.

    >>> fold("Renée"), fold("ＧＰＵ")
    ('renee', 'gpu')
    """
    if token.isascii():
        return token.lower()
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", token).casefold())
    return unicodedata.normalize("NFC", "".join(c for c in plain if not unicodedata.combining(c)))


def fold_name(name: str) -> str:
    """The whole name folded, legal form kept: words and numbers with one space between, CJK characters with none.

    >>> fold_name("GPT-5"), fold_name("J.P. Morgan"), fold_name("AT&T"), fold_name("平头哥")
    ('gpt 5', 'jp morgan', 'at and t', '平头哥')
    """
    if name.isascii() and not _MARKS.search(name):
        return " ".join(TOKEN.findall(name.lower()))
    text = unicodedata.normalize("NFKC", name)
    text = _POSSESSIVE.sub("", text)
    text = _DOTTED.sub(lambda match: match.group().replace(".", ""), text)
    text = text.replace("&", " and ").replace("+", " plus ")
    words: list[str] = []
    for token in TOKEN.findall(text):
        folded = fold(token)
        if words and is_cjk(folded[:1]) and is_cjk(words[-1][-1:]):
            words[-1] += folded
        elif folded:
            words.append(folded)
    return " ".join(words)


def normalise(name: str) -> str:
    """The name as it is compared: folded, without possessive and without the legal form at its end.

    A name that is nothing but legal forms keeps its first word. Two names with equal normal form may still be two firms
    (SoftBank Group, SoftBank Corp): look the folded name up first.

    >>> normalise("NVIDIA Corp."), normalise("Moore Threads Technology Co., Ltd."), normalise("Seedance2.0")
    ('nvidia', 'moore threads technology', 'seedance 2.0')
    """
    return without_form(fold_name(name))


def without_form(folded: str) -> str:
    """A folded name without the legal form at its end."""
    words = folded.split(" ")
    while len(words) > 1 and words[-1] in LEGAL_FORMS:
        words.pop()
    for form in _LEGAL_CJK:
        if len(words[-1]) > len(form) and words[-1].endswith(form):
            words[-1] = words[-1].removesuffix(form)
            break
    return " ".join(words)
