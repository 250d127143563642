"""HTML as values: every text and attribute is escaped when it is put in, so no page can forget to.

>>> str(tag("a", "R&D <b>", href="/x?a=1&b=2", class_="link"))
'<a href="/x?a=1&amp;b=2" class="link">R&amp;D &lt;b&gt;</a>'
"""

from __future__ import annotations

from html import escape

_VOID = frozenset({"input", "link", "meta", "br", "hr"})


class Html(str):
    """A piece of finished markup; a plain str is text and gets escaped."""

    __slots__ = ()


def tag(name: str, /, *children: str | None, **attributes: str | bool | None) -> Html:
    """One element. `class_` is `class`, `data_id` is `data-id`; True gives a bare attribute, None and False none."""
    opening = name + "".join(_attribute(key, value) for key, value in attributes.items())
    if name in _VOID:
        return Html(f"<{opening}>")
    return Html(f"<{opening}>{join(*children)}</{name}>")


def join(*children: str | None) -> Html:
    """Pieces one after another, texts escaped."""
    return Html("".join(c if isinstance(c, Html) else escape(c) for c in children if c is not None))


def _attribute(key: str, value: str | bool | None) -> str:
    if value is None or value is False:
        return ""
    name = key.rstrip("_").replace("_", "-")
    return f" {name}" if value is True else f' {name}="{escape(value)}"'
