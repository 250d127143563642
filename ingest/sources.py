"""Where texts come from: files, folders, globs, standard input and web pages, read as documents."""

from __future__ import annotations

import glob
import hashlib
import os
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import Literal
from urllib.parse import unquote, urlsplit

from graph.errors import SourceError
from graph.identity import document_id
from graph.model import Document
from graph.settings import Settings
from ingest.decoding import decode
from ingest.document import Metadata, metadata
from ingest.fetch import fetch
from ingest.html import article, looks_like_html
from ingest.plain import BLANK
from ingest.tables.files import MAPPING, is_table, stem_of

SUFFIXES = (".txt", ".md", ".html", ".htm")
_BYTES_A_CHARACTER = 4
_GLOB = frozenset("*?[")
_HALF = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Source:
    """One text to read. `name` is an absolute path (POSIX), a URL, or "-" for standard input."""

    kind: Literal["file", "url", "stdin"]
    name: str


def expand(arguments: Sequence[str]) -> Iterator[Source]:
    """The sources that files, folders, globs, URLs and "-" stand for, each once, in a stable order.

    Folders are searched to the bottom for .txt, .md, .html and .htm, and for tables that have their mapping beside
    them; hidden names are left out. What does not exist is
    yielded as it stands, so that `read` can say what is wrong with it and the others go in.
    """
    seen: set[str] = set()
    for argument in arguments:
        for source in _expand(argument):
            if source.name not in seen:
                seen.add(source.name)
                yield source


def read(source: Source, *, settings: Settings, now: datetime) -> Document:
    """The document of a source, its text exactly as decoded (for HTML: the article's text).

    Raises SourceError, one line that says what is wrong and the way out.
    """
    limit = settings.max_characters
    html: bool | None
    charset = None
    if source.kind == "url":
        reply = fetch(source.name, max_bytes=limit * _BYTES_A_CHARACTER)
        data, charset, html = reply.body, reply.charset, reply.html
    elif source.kind == "stdin":
        data, html = sys.stdin.buffer.read(limit * _BYTES_A_CHARACTER + 1), None
    else:
        data, html = (
            _file_bytes(Path(source.name), limit),
            Path(source.name).suffix.lower() in (".html", ".htm") or None,
        )
    label = "standard input" if source.kind == "stdin" else source.name
    if len(data) > limit * _BYTES_A_CHARACTER:
        raise _too_long(label, limit)
    return document(
        decode(data, source=label, charset=charset), source=source.name, html=html, settings=settings, now=now
    )


def data_of(source: Source, *, limit: int) -> bytes:
    """The bytes of a source, unread. Raises SourceError if they cannot be had or are more than `limit`."""
    if source.kind == "url":
        return fetch(source.name, max_bytes=limit).body
    if source.kind == "stdin":
        return sys.stdin.buffer.read(limit + 1)
    return _file_bytes(Path(source.name), limit // _BYTES_A_CHARACTER)


def document(text: str, *, source: str, html: bool | None = False, settings: Settings, now: datetime) -> Document:
    """The document of a decoded text; `html` None finds out by itself. "-" as source is named by its content.

    Half surrogates, which no file can hold, become replacement characters, one for one.

    Raises SourceError for a text that is empty or too long, and for HTML without an article.
    """
    label = "standard input" if source == "-" else source
    text = _HALF.sub("\ufffd", text)
    if len(text) > settings.max_characters:
        raise _too_long(label, settings.max_characters)
    if not text.strip(BLANK):
        raise SourceError(f"{label}: empty; give a text with something in it.")
    stated = Metadata()
    if html or (html is None and looks_like_html(text)):
        page = article(text, source=label, today=now.date())
        text, stated = page.text, page.metadata
    else:
        stated = metadata(text, today=now.date())
    sha256 = hashlib.sha256(text.encode("utf-8")).hexdigest()
    name = f"-:{sha256}" if source == "-" else source
    return Document(
        id=document_id(name),
        text=text,
        title=stated.title or _name_of(source),
        source=name,
        sha256=sha256,
        published=stated.published,
        outlet=stated.outlet,
        author=stated.author,
        ingested=now,
    )


def is_url(argument: str) -> bool:
    """Whether a command line argument is a web address."""
    return argument.lower().startswith(("http://", "https://"))


def absolute(path: str) -> str:
    """The name that a file has as a source: its absolute path, symbolic links kept."""
    return Path(os.path.abspath(os.path.expanduser(path))).as_posix()


def _expand(argument: str) -> Iterator[Source]:
    if argument == "-":
        yield Source("stdin", "-")
    elif is_url(argument):
        yield Source("url", argument)
    elif os.path.lexists(path := absolute(argument)):
        yield from _walk(path)
    elif found := sorted(glob.glob(path, recursive=True)) if _GLOB & set(argument) else []:
        for name in found:
            yield from _walk(name)
    else:
        yield Source("file", path)


def _walk(path: str) -> Iterator[Source]:
    if not os.path.isdir(path):
        yield Source("file", Path(path).as_posix())
        return
    unreadable: list[str] = []
    empty = True
    for folder, folders, names in os.walk(path, onerror=lambda error: unreadable.append(str(error.filename))):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            wanted = name.lower().endswith(SUFFIXES) or (is_table(name) and stem_of(name) + MAPPING in names)
            if wanted and not name.startswith("."):
                empty = False
                yield Source("file", Path(folder, name).as_posix())
    for name in unreadable or ([path] if empty else []):
        yield Source("file", Path(name).as_posix())


def _file_bytes(path: Path, limit: int) -> bytes:
    """The bytes of a regular file. Raises SourceError for everything that is none, or too large to be read at all."""
    try:
        state = path.stat()
        if S_ISDIR(state.st_mode):
            next(path.iterdir(), None)
            raise SourceError(
                f"{path}: no {', '.join(SUFFIXES)} file in this folder; name the files, or another folder."
            )
        if not S_ISREG(state.st_mode):
            raise SourceError(f"{path}: not a regular file; pipe it in with “-” instead.")
        if state.st_size > limit * _BYTES_A_CHARACTER:
            raise _too_long(path.as_posix(), limit)
        return path.read_bytes()
    except FileNotFoundError as error:
        raise SourceError(_missing(path)) from error
    except PermissionError as error:
        raise SourceError(f"{path}: may not be read; change its permissions (chmod +r).") from error
    except OSError as error:
        raise SourceError(f"{path}: cannot be read ({error.strerror}); check the path.") from error


def _missing(path: Path) -> str:
    if path.is_symlink():
        return f"{path}: a link to {path.readlink()}, which is not there; repair or remove it."
    if _GLOB & set(path.name):
        return f"{path}: no file matches this pattern; check it, or quote it from the shell."
    return f"{path}: no such file or folder; check the path."


def _too_long(label: str, limit: int) -> SourceError:
    return SourceError(f"{label}: longer than {limit:,} characters; split it, or raise TOLLGRAPH_MAX_CHARACTERS.")


def _name_of(source: str) -> str:
    if source == "-":
        return "standard input"
    if is_url(source):
        parts = urlsplit(source)
        return unquote(Path(parts.path).stem) or parts.netloc
    return Path(source).stem
