"""The web page in Chromium over the shipped briefings: questions, evidence in place, the drawing, the keyboard."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from graph.store import open_store
from tests.api.live import served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
WIDE, NARROW = (1280, 860), (390, 844)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed (apt-get install chromium)"),
]


@pytest.fixture(scope="module")
def address(briefings: Path) -> Iterator[str]:
    """The page of the briefings, served on a free port."""
    with open_store(briefings, write=True) as store, served(store) as at:
        yield at


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        yield started
        started.close()


@pytest.fixture
def page(browser: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A fresh page (wide, or of the size that the test asks for); what its console complains of fails the test."""
    width, height = getattr(request, "param", WIDE)
    context = browser.new_context(base_url=address, viewport={"width": width, "height": height})
    context.set_default_timeout(10_000)
    opened = context.new_page()
    complaints: list[str] = []
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on("console", lambda m: complaints.append(m.text) if m.type in ("error", "warning") else None)
    yield opened
    context.close()
    assert complaints == []


def ask(page: Page, question: str) -> dict[str, Any]:
    page.goto("/")
    page.fill("#question", question)
    with page.expect_response("**/v1/ask") as reply:
        page.press("#question", "Enter")
    page.wait_for_selector("#answer .said")
    answer: dict[str, Any] = reply.value.json()
    return answer


SIZES = pytest.mark.parametrize("page", [WIDE, NARROW], indirect=True, ids=["wide", "narrow"])


def fits(page: Page) -> bool:
    """Nothing stands out of the window sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


@SIZES
def test_an_answer_shows_each_piece_of_evidence_marked_in_its_article(page: Page) -> None:
    from playwright.sync_api import expect

    answer = ask(page, "What is ByteDance's capex in 2026?")
    assert answer["status"] == "answered"
    assert page.inner_text("#answer .said").split("1")[0].strip() in answer["answer"]
    assert page.locator("#answer .evidence li").count() == len(answer["evidence"])
    for item in answer["evidence"]:
        page.click(f".evidence [data-n='{item['n']}']")
        page.wait_for_selector(f".evidence [data-n='{item['n']}'][aria-expanded=true]")
        expect(page.locator("#quote")).to_have_text(item["quote"])
        assert page.evaluate(
            "e => { const r = quote.getBoundingClientRect(); return r.top >= 0 && r.top < innerHeight }"
        )
    assert fits(page)


def test_what_the_documents_do_not_say_is_refused(page: Page) -> None:
    assert ask(page, "How many chips did Moore Threads ship in 2025?")["status"] == "unknown"
    assert page.inner_text(".status") == "No answer in these documents."
    assert page.locator("#answer .cite").count() == 0


def test_the_keyboard_is_enough(page: Page) -> None:
    ask(page, "What is ByteDance's capex in 2026?")
    page.focus("#answer .cite")
    page.keyboard.press("Enter")
    page.wait_for_selector("#quote")
    assert page.evaluate("document.activeElement.closest('#reader') !== null")
    page.keyboard.press("Escape")
    assert page.is_hidden("#reader")
    assert page.evaluate("document.activeElement.className") == "cite"
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "question"


def test_a_question_in_the_address_is_asked_and_back_returns_to_the_one_before(page: Page) -> None:
    page.goto("/?q=Who%20supplies%20Nvidia%3F")
    page.wait_for_selector("#answer .said")
    page.fill("#question", "What is ByteDance's capex in 2026?")
    page.click("#ask button")
    page.wait_for_selector("#answer h2:has-text('ByteDance')")
    page.go_back()
    page.wait_for_selector("#answer h2:has-text('Nvidia')")
    assert page.input_value("#question") == "Who supplies Nvidia?"


@SIZES
def test_an_entity_is_drawn_with_its_neighbours_and_a_line_shows_its_claims(page: Page) -> None:
    page.goto("/entity/Nvidia")
    page.wait_for_selector("#drawing[data-drawn]")
    lines = page.locator(".links button")
    assert 0 < lines.count() <= int(page.get_attribute("#drawing", "data-drawn") or 0)
    said = lines.first.inner_text()
    lines.first.click()
    page.wait_for_selector(".beside q")
    assert page.inner_text(".beside h3") == said
    page.click(".beside li a")
    page.wait_for_selector("mark#quote")
    assert fits(page)


@SIZES
def test_memos_of_an_entity_are_a_click_away_with_their_pictures_and_notes(page: Page) -> None:
    page.goto("/entity/Nvidia")
    hrefs = page.eval_on_selector_all(".memos a", "links => links.map(link => new URL(link.href).pathname)")
    assert hrefs == ["/v1/risk/exposure", "/v1/risk/dependents", "/v1/risk/customers"]
    page.click(".memos li:first-child a")
    assert page.inner_text("h1") == "Exposure of Nvidia"
    assert page.locator("figure svg[role=img] text").first.evaluate("text => getComputedStyle(text).fontSize") != "16px"
    page.click("table sup a >> nth=0")
    assert page.locator("li:target").count() == 1
    assert fits(page)


@pytest.mark.parametrize("path", ["/", "/entities", "/entities?q=hynix", "/documents", "/entity/TSMC"])
@pytest.mark.parametrize("page", [NARROW], indirect=True, ids=["narrow"])
def test_pages_fit_a_telephone(page: Page, path: str) -> None:
    page.goto(path)
    assert page.locator("h1").count() == 1
    assert fits(page)


def test_markup_in_a_document_is_shown_and_not_run(page: Page, address: str) -> None:
    text = (
        "Title: <img src=x onerror=alert(1)>\n\nNvidia supplies Meta, <script>document.title = 'run'</script> it says."
    )
    job = page.request.post(
        "/v1/documents", data=text, headers={"content-type": "text/plain", "origin": address}
    ).json()
    for _ in range(200):
        if page.request.get(f"/v1/jobs/{job['id']}").json()["status"] == "done":
            break
        time.sleep(0.05)
    page.goto("/documents")
    page.click("td a:has-text('<img')")
    page.wait_for_selector(".article")
    assert "<script>" in page.inner_text(".article")
    assert page.title() != "run"
    assert page.locator(".article script, main img").count() == 0
