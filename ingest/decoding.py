"""Bytes to text: UTF-8 first, byte order marks, what a page declares, then a confident guess."""

from __future__ import annotations

import codecs
import re

from graph.errors import SourceError

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_KNOWN_FORMATS = (
    (b"%PDF-", "a PDF, which is not read yet; save its text as .txt or .html"),
    (b"PK\x03\x04", "a zip or Office file, which is not read; save its text as .txt or .html"),
    (b"\xd0\xcf\x11\xe0", "an old Office file, which is not read; save its text as .txt or .html"),
    (b"{\\rtf", "an RTF file, which is not read; save its text as .txt or .html"),
    (b"\x1f\x8b", "compressed; unpack it first"),
)
_DECLARED = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{2,20})|<\?xml[^>]{0,100}encoding=[\"']([\w-]{2,20})",
    re.IGNORECASE,
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_SAMPLE = 200_000
_MOST_CHAOS = 0.1
_MOST_CONTROL = 0.01


def decode(data: bytes, *, source: str, charset: str | None = None) -> str:
    """The text of the bytes, line ends and byte order mark of UTF-8 kept as they are.

    `charset` is what the server said. Raises SourceError for binary data and for text of no recognisable encoding.
    """
    known = next((what for magic, what in _KNOWN_FORMATS if data.startswith(magic)), None)
    if known:
        raise SourceError(f"{source}: this is {known}.")
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(data, encoding, source)
    if b"\x00" in data[:_SAMPLE]:
        raise SourceError(f"{source}: this is a binary file, not text; give .txt, .md or .html.")
    declared = _DECLARED.search(data, 0, 4096)
    names = [charset, "utf-8", declared and (declared[1] or declared[2]).decode("ascii")]
    for name in filter(None, names):
        text = _try(data, name)
        if text is not None and len(_CONTROL.findall(text[:_SAMPLE])) <= _MOST_CONTROL * len(text[:_SAMPLE]):
            return text
    return _guess(data, source)


def _strict(data: bytes, encoding: str, source: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise SourceError(f"{source}: damaged {encoding} text at byte {error.start}; save it as UTF-8.") from error


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _guess(data: bytes, source: str) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SAMPLE]).best()
    if best is not None and best.chaos <= _MOST_CHAOS and (best.coherence > 0 or best.encoding.startswith("cp125")):
        text = _try(data, best.encoding)
        if text is not None:
            return text
    raise SourceError(f"{source}: neither UTF-8 nor any encoding that can be told for sure; save it as UTF-8.")
