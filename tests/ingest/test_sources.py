import io
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from graph.errors import SourceError
from graph.identity import document_id
from graph.settings import Settings
from ingest import fetch as fetching
from ingest.sources import Source, absolute, document, expand, read

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
SETTINGS = Settings(max_characters=10_000)
TEXT = "Vale sells fab\r\n\r\nVale sold its fab – in Oslo.\r\n"
HTML = b"<!doctype html><html><head><title>Vale sells fab</title></head><body><article><p>Vale sold its fab in Oslo to Northfield for 2.5 billion euros.</p></article></body></html>"  # noqa: E501


def load(name: str | Path, kind: str = "file"):
    return read(Source(kind, str(name)), settings=SETTINGS, now=NOW)  # type: ignore[arg-type]


def names(*arguments: object) -> list[str]:
    return [Path(source.name).name for source in expand([str(argument) for argument in arguments])]


def test_files_folders_and_globs_each_once_in_order(tmp_path: Path):
    (tmp_path / "deep/er").mkdir(parents=True)
    (tmp_path / ".hidden").mkdir()
    for name in ("b.txt", "a.md", "deep/er/c.HTML", "deep/d.htm", "skip.pdf", ".e.txt", ".hidden/f.txt"):
        (tmp_path / name).write_text("x")
    assert names(tmp_path) == ["a.md", "b.txt", "d.htm", "c.HTML"]
    assert names(tmp_path / "b.txt", tmp_path, tmp_path / "skip.pdf") == [
        "b.txt",
        "a.md",
        "d.htm",
        "c.HTML",
        "skip.pdf",
    ]
    assert names(tmp_path / "*.txt") == ["b.txt"]
    assert names(tmp_path / "**/*.htm") == ["d.htm"]
    assert list(expand(["-", "https://example.org/a", "-"])) == [
        Source("stdin", "-"),
        Source("url", "https://example.org/a"),
    ]


def test_a_file_keeps_its_text_to_the_byte(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    data = b"\xef\xbb\xbf" + TEXT.encode()
    (tmp_path / "a note.txt").write_bytes(data)
    monkeypatch.chdir(tmp_path)
    [source] = expand(["a note.txt"])
    found = load(source.name)
    assert found.text == data.decode("utf-8")
    assert found.source == (tmp_path / "a note.txt").as_posix() == absolute("a note.txt")
    assert found.id == document_id(found.source)
    assert found.sha256 == sha256(data).hexdigest()
    assert (found.title, found.published, found.ingested) == ("Vale sells fab", None, NOW)


def test_a_text_without_a_title_is_called_by_its_file(tmp_path: Path):
    (tmp_path / "vale-fab.txt").write_text("Vale sold its fab in Oslo.")
    assert load(tmp_path / "vale-fab.txt").title == "vale-fab"


@pytest.mark.parametrize("encoding", ["cp1252", "gb18030", "utf-16"])
def test_other_encodings(tmp_path: Path, encoding: str):
    chinese = "寒武纪的收入在去年超过六十亿元，首次实现全年盈利。公司表示，毛利率超过百分之五十，订单来自互联网企业。"
    text = chinese if encoding == "gb18030" else f"{TEXT} It’s “final”, said Müller."
    (tmp_path / "a.txt").write_bytes(text.encode(encoding))
    assert load(tmp_path / "a.txt").text == text


def test_a_page_declares_its_encoding(tmp_path: Path):
    page = HTML.replace(b"<head>", b'<head><meta charset="iso-8859-1">').replace(b"Oslo", "Malmö".encode("latin-1"))
    (tmp_path / "a.html").write_bytes(page)
    assert "fab in Malmö to" in load(tmp_path / "a.html").text


BAD = {
    "empty.txt": (b"", "empty; give a text with something in it."),
    "blank.txt": (b"\xef\xbb\xbf \r\n\t", "empty; give a text with something in it."),
    "report.pdf": (b"%PDF-1.7 \x00\x01", "this is a PDF, which is not read yet; save its text as .txt or .html."),
    "deck.pptx": (b"PK\x03\x04\x00", "this is a zip or Office file, which is not read"),
    "chip.png": (b"\x89PNG\r\n\x1a\n\x00\x00", "this is a binary file, not text; give .txt, .md or .html."),
    "noise.txt": (bytes(range(128, 256)) * 9, "neither UTF-8 nor any encoding that can be told for sure"),
    "half.txt": ("\ufeffVale".encode("utf-16-le")[:-1], "damaged utf-16 text at byte 8; save it as UTF-8."),
    "long.txt": (b"a " * 5_001, "longer than 10,000 characters; split it, or raise TOLLGRAPH_MAX_CHARACTERS."),
    "huge.txt": (b"a " * 25_000_000, "longer than 10,000 characters"),
    "login.html": (b"<html><body><form><input></form></body></html>", "no article in this HTML page"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_files_say_what_is_wrong_and_the_way_out(tmp_path: Path, name: str):
    data, message = BAD[name]
    (tmp_path / name).write_bytes(data)
    with pytest.raises(SourceError) as caught:
        load(tmp_path / name)
    assert str(caught.value).startswith(f"{tmp_path / name}: {message}")
    assert "\n" not in str(caught.value)


def test_what_is_not_there(tmp_path: Path):
    (tmp_path / "empty").mkdir()
    (tmp_path / "dangling.txt").symlink_to(tmp_path / "gone.txt")
    sources = list(expand([str(tmp_path / n) for n in ("missing.txt", "empty", "dangling.txt", "*.rst")]))
    messages = []
    for source in sources:
        with pytest.raises(SourceError) as caught:
            load(source.name)
        messages.append(str(caught.value).removeprefix(f"{tmp_path}/"))
    assert messages == [
        "missing.txt: no such file or folder; check the path.",
        "empty: no .txt, .md, .html, .htm file in this folder; name the files, or another folder.",
        f"dangling.txt: a link to {tmp_path}/gone.txt, which is not there; repair or remove it.",
        "*.rst: no file matches this pattern; check it, or quote it from the shell.",
    ]


def test_an_unreadable_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = tmp_path / "a.txt"
    path.write_text("Vale")

    def refuse(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(SourceError, match=r"a\.txt: may not be read; change its permissions"):
        load(path)


def test_a_device_is_no_file():
    with pytest.raises(SourceError, match="/dev/null: not a regular file; pipe it in"):
        load("/dev/null")


def test_standard_input(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode())))
    found = load("-", "stdin")
    assert (found.text, found.source) == (TEXT, "-:" + sha256(TEXT.encode()).hexdigest())
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"")))
    with pytest.raises(SourceError, match=r"^standard input: empty"):
        load("-", "stdin")


def test_half_surrogates_are_replaced_one_for_one():
    found = document("Vale\ud83d grew.", source="a.txt", settings=SETTINGS, now=NOW)
    assert (found.text, found.sha256) == ("Vale\ufffd grew.", sha256("Vale\ufffd grew.".encode()).hexdigest())


@pytest.mark.parametrize("text", ["", " \r\n\t", "\ufeff\u200b\u2060\xa0\u3000"])
def test_a_text_of_nothing_visible_is_empty(text: str):
    with pytest.raises(SourceError, match="empty"):
        document(text, source="a.txt", settings=SETTINGS, now=NOW)


def test_a_posted_text_is_found_out():
    found = document(HTML.decode(), source="-", html=None, settings=SETTINGS, now=NOW)
    assert found.text.startswith("Vale sells fab\n\nVale sold its fab")


class Site(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path == "/moved":
            self.send_response(302)
            self.send_header("Location", "file:///etc/passwd")
            self.end_headers()
        elif self.path in ("/page", "/note%20one.txt", "/long"):
            self.send_response(200)
            kind = "text/html; charset=utf-8" if self.path == "/page" else "text/plain; charset=cp1252"
            self.send_header("Content-Type", kind)
            self.end_headers()
            body = {"/page": HTML, "/note%20one.txt": "Vale’s fab is sold.".encode("cp1252"), "/long": b"a " * 30_000}
            self.wfile.write(body[self.path])
        else:
            self.send_error(404)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def test_web_pages(site: str):
    page = load(f"{site}/page", "url")
    assert (page.source, page.title) == (f"{site}/page", "Vale sells fab")
    note = load(f"{site}/note%20one.txt", "url")
    assert (note.text, note.title) == ("Vale’s fab is sold.", "note one")


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("/gone", "the server answered 404 Not Found; check the address."),
        ("/moved", "the server answered 302"),
        ("/long", "longer than 40,000 bytes; save the part you need."),
    ],
)
def test_web_pages_that_fail(site: str, path: str, message: str):
    with pytest.raises(SourceError) as caught:
        load(site + path, "url")
    assert str(caught.value).startswith(f"{site}{path}: {message}")


def test_addresses_that_lead_nowhere():
    with pytest.raises(SourceError, match="not a web address"):
        load("http://", "url")
    with pytest.raises(SourceError, match=r"cannot be fetched \(.*refused.*\); check address and network"):
        fetching.fetch("http://127.0.0.1:9/", max_bytes=10)
