from datetime import date
from pathlib import Path

import pytest

from graph.errors import SourceError
from ingest.datelines import Stamp, resolve_year
from ingest.document import Metadata, metadata
from ingest.html import article, looks_like_html
from ingest.linked_data import article_data
from tests.shared import SHARED

TODAY = date(2026, 11, 22)
BODY = "Vale sold its fab in Oslo to Northfield on March 3, 2024, for 2.5 billion euros, the two companies said."


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("Vale sells fab", Metadata("Vale sells fab")),
        (
            "Vale sells fab\nBy Mette Lund\n5 September 2025",
            Metadata("Vale sells fab", date(2025, 9, 5), None, "Mette Lund"),
        ),
        (
            "Vale sells fab\nWATER QUARTERLY, Summer 2025 (sent to press 5 September)",
            Metadata("Vale sells fab", date(2025, 9, 5)),
        ),
        ("Vale sells fab\nBy our staff\nPosted Friday, Sept. 5, 2025", Metadata("Vale sells fab", date(2025, 9, 5))),
        (
            "THE OSLO POST\nFriday, Sept. 5, 2025\nVale sells fab\nAnd hires",
            Metadata("Vale sells fab", date(2025, 9, 5), "THE OSLO POST"),
        ),
        (
            "Vale sells fab\nUpdated 7 Sept 2025 | Published 5 Sept 2025",
            Metadata("Vale sells fab", date(2025, 9, 5)),
        ),
        (
            "NEWS RELEASE\nVale sells fab\nSeptember 5, 2025, 4:01 p.m. Eastern Time | Source: Vale, Inc. | Print",
            Metadata("Vale sells fab", date(2025, 9, 5), "Vale, Inc."),
        ),
        (
            "Title: Vale sells fab\nDate: 2025-09-05\nSource: Oslo Post\nAuthor: Mette Lund\nLanguage: en",
            Metadata("Vale sells fab", date(2025, 9, 5), "Oslo Post", "Mette Lund"),
        ),
        (
            "---\ntitle: 'Vale sells fab'\nsource: https://example.org/a\ndate: 5 September 2025\n---",
            Metadata("Vale sells fab", date(2025, 9, 5)),
        ),
        (
            "Vale sells fab\nMette Lund | Oslo Post | September 5, 2025",
            Metadata("Vale sells fab", date(2025, 9, 5), "Oslo Post"),
        ),
        ("# Vale sells fab\n2025年9月5日", Metadata("Vale sells fab", date(2025, 9, 5))),
    ],
)
def test_metadata_from_the_head(head: str, expected: Metadata):
    assert metadata(f"{head}\n\n{BODY}\n{BODY}", today=TODAY) == expected


def test_days_in_the_body_are_not_the_day_of_publication():
    assert metadata(f"Vale sells fab\n\n{BODY}\n\n10 May 2023\n\n{BODY}\n\n{BODY}", today=TODAY).published == date(
        2023, 5, 10
    )
    late = f"Vale sells fab\n\n{BODY}\n\n{BODY}\n\n{BODY}\n\n10 May 2023\n\n{BODY}"
    assert metadata(late, today=TODAY).published is None
    assert metadata(f"{late}\n\nPosted 5 Sept 2025", today=TODAY).published == date(2025, 9, 5)


def test_an_opening_gives_agency_and_day():
    text = f"Vale sells fab\n\nOSLO, Sept 5, 2025 (Fjord Wire) - {BODY}"
    assert metadata(text, today=TODAY) == Metadata("Vale sells fab", date(2025, 9, 5), "Fjord Wire")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Vale said late on Wednesday that its plant opens in 2027.", date(2026, 1, 29)),  # 28 January 2026: Wednesday
        ("Vale said late on Monday that its plant opens in 2027.", None),
        ("Vale said that its plant opens in 2027.", None),
        ("Vale said on Thursday that its 2025 sales beat those of 2024.", None),  # 2024 and 2026, or none, would do
        ("Vale said that it grew in 2025, and that 2025 was good.", date(2025, 1, 29)),
        ("Vale said that its plant opens soon.", None),
    ],
)
def test_a_dateline_without_a_year(text: str, day: date | None):
    assert resolve_year(Stamp(1, 29), text, TODAY) == day


def test_the_weekday_of_a_dateline_settles_its_year():
    assert resolve_year(Stamp(1, 29, weekday=3), "Vale grew in 2024 and 2025; more in 2027.", TODAY) == date(
        2026, 1, 29
    )


PAGE = """<!doctype html><html><head><title>Vale sells its fab | Oslo Post</title>
<meta property="og:site_name" content="Oslo Post"><meta name="author" content="Mette Lund">
{head}</head><body><nav><a href="/">Home</a><a href="/c">Chips</a></nav>
<div>Sunday, 22 November 2026</div><h1>Vale sells its fab</h1>{byline}<article><p>{body}</p>
<p>The plant makes 30,000 wafers a month &amp; employs 900 people.</p></article>
<footer>© Oslo Post. All rights reserved.</footer></body></html>"""
JSON_LD = (
    '<script type="application/ld+json">{"@type":"NewsArticle","dateModified":"2025-10-01",'
    '"datePublished":"2025-09-05T08:00:00+02:00","author":{"@type":"Person","name":"Mette Lund"}}</script>'
)


@pytest.mark.parametrize(
    ("head", "byline"),
    [
        ('<meta property="article:published_time" content="2025-09-05T08:00:00+02:00">', ""),
        (JSON_LD, ""),
        ("", '<time datetime="2025-09-05">last week</time>'),
        ("", "<p>5 September 2025 | 3 min read</p>"),
    ],
)
def test_the_article_of_a_page(head: str, byline: str):
    page = PAGE.format(head=head, byline=byline, body=BODY)
    assert looks_like_html(page)
    found = article(page, source="a.html", today=TODAY)
    assert found.metadata == Metadata("Vale sells its fab", date(2025, 9, 5), "Oslo Post", "Mette Lund")
    assert found.text.startswith("Vale sells its fab\n")
    assert "\nThe plant makes 30,000 wafers a month & employs 900 people." in found.text
    assert "Home" not in found.text
    assert "©" not in found.text


@pytest.mark.parametrize(
    "data",
    [
        '[{"@type": "NewsArticle", "author": "Mette Lund", "publisher": {"name": "Oslo Post"},'
        ' "datePublished": "2025-09-05"}]',
        '{"@graph": [{"@type": "Organization", "name": "Vale"}, {"@type": ["Report", "Article"], '
        '"publisher": "Oslo Post", "author": [{"name": "Mette Lund"}, {"url": "https://a.example"}],'
        ' "datePublished": "5 September 2025"}]}',
    ],
)
def test_linked_data_of_loose_shape(data: str):
    broken = "[" * 100_000
    expected = Metadata(None, date(2025, 9, 5), "Oslo Post", "Mette Lund")
    assert article_data([broken, "[]", "3", data]) == expected
    page = f"<html><head><script type='application/ld+json'>{data}</script></head><body><p>{BODY}</p></body></html>"
    found = article(page, source="a.html", today=TODAY).metadata
    assert (found.published, found.outlet, found.author) == (date(2025, 9, 5), "Oslo Post", "Mette Lund")


def test_a_page_without_any_date_has_none():
    assert article(PAGE.format(head="", byline="", body=BODY), source="a.html", today=TODAY).metadata.published is None


@pytest.mark.parametrize(
    "body",
    [
        "",
        "<p>Please enable JavaScript to view this page, which needs it.</p>",
        "<ul><li><a href=a>Home</a><li><a href=b>Log in</a></ul>",
        "<form><input name=user><button>Log in</button></form><p>Forgot password?</p>",
    ],
)
def test_a_page_without_an_article(body: str):
    with pytest.raises(SourceError, match=r"^a\.html: no article in this HTML page; save the article's text"):
        article(f"<html><body>{body}</body></html>", source="a.html", today=TODAY)


@pytest.mark.skipif(SHARED is None, reason="no ../shared beside this checkout")
def test_every_day_that_a_development_article_states():
    assert SHARED is not None
    found = {path.stem[:2]: metadata(path.read_bytes().decode(), today=TODAY).published for path in _articles(SHARED)}
    assert found == {
        "21": date(2025, 8, 29), "22": date(2026, 1, 29), "23": date(2025, 7, 28), "24": date(2025, 9, 18),
        "25": date(2025, 12, 17), "26": date(2025, 11, 10), "31": date(2025, 12, 13), "32": date(2026, 2, 28),
        "33": date(2025, 9, 6), "34": date(2025, 12, 10), "35": date(2025, 12, 9), "36": date(2025, 11, 27),
    }  # fmt: skip


def _articles(shared: Path) -> list[Path]:
    return sorted((shared / "dev/texts").glob("*.txt"))
