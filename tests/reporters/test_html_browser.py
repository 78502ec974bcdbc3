"""The HTML report in headless Chromium: what a reader can do with it by mouse and keyboard, and what it never does."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from many_findings import drift, every_rule, hostile, many, page_picture, report

from msgcheck.model import Location, Report
from msgcheck.reporters import html

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
AXE = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield launched
        launched.close()


class Reader:
    """A page with a report in it: `problems` are console messages and script errors, `fetched` what it asked for."""

    def __init__(self, context: Any, path: Path) -> None:
        self.problems: list[str] = []
        self.fetched: list[str] = []
        self.page = context.new_page()
        self.page.on("console", lambda message: self.problems.append(message.text))
        self.page.on("pageerror", lambda error: self.problems.append(str(error)))
        self.page.on("request", lambda request: self.fetched.append(request.url))
        self.page.goto(path.as_uri())

    @property
    def rows(self) -> Any:
        return self.page.locator("details.finding")

    def count(self) -> str:
        return str(self.page.locator(".count").inner_text())

    def open_first(self) -> Any:
        first = self.rows.first
        first.locator("> summary").click()
        first.locator(".body").wait_for()
        return first


@pytest.fixture
def read(browser: Any, tmp_path: Path) -> Iterator[Any]:
    contexts = []

    def opened(made: Report, **options: Any) -> Reader:
        stream = io.StringIO()
        html.write(made, stream)
        path = tmp_path / "report.html"
        path.write_text(stream.getvalue(), "utf-8")
        context = browser.new_context(viewport={"width": 1200, "height": 900}, **options)
        contexts.append(context)
        return Reader(context, path)

    yield opened
    for context in contexts:
        context.close()


def test_every_rule_opens_without_a_complaint_and_without_a_request(read: Any) -> None:
    reader = read(every_rule())
    reader.page.click("#to-findings")
    for row in reader.rows.all():
        row.locator("> summary").click()
        row.locator(".body").wait_for()
    assert reader.problems == []
    assert [url for url in reader.fetched if not url.startswith(("file:", "data:"))] == []


def test_parts_open_at_a_click_and_back_goes_back(read: Any) -> None:
    reader = read(every_rule())
    assert reader.page.locator(".view:visible").count() == 1
    reader.page.click("#to-coverage")
    assert reader.page.locator("#coverage").is_visible()
    reader.page.go_back()
    assert reader.page.locator("#summary").is_visible()


def test_a_first_step_shows_its_findings(read: Any) -> None:
    reader = read(every_rule())
    reader.page.locator(".steps a").first.click()
    assert reader.page.locator("#findings").is_visible()
    titles = set(reader.page.locator("details.finding .title").all_inner_texts())
    assert len(titles) >= 2
    assert reader.rows.count() == 3  # prohibited-claim, retired-message, competitor-mention
    reader.page.get_by_text("Clear all filters").click()
    assert reader.rows.count() == 32


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("rule", "term", 1),
        ("severity", "warning", 10),
        ("owner", "marketing", 11),
        ("audience", "travellers", 21),
        ("change", "negation", 1),
        ("document", "marketing/folder.pdf", 11),
    ],
)
def test_filters_show_what_fits(read: Any, field: str, value: str, expected: int) -> None:
    reader = read(every_rule())
    reader.page.click("#to-findings")
    reader.page.select_option(f"#filter-{field}", value)
    assert reader.rows.count() == expected
    assert reader.count() == f"{expected} of 32 findings"
    assert reader.page.locator(f"#filter-{field} option:checked").inner_text().endswith(f"({expected})")


def test_search_finds_words_of_the_passage_and_of_the_approved_entry(read: Any) -> None:
    reader = read(report((drift(), drift(1, text="Thirty minutes", block="Thirty minutes", start=0, end=14))))
    reader.page.click("#to-findings")
    reader.page.fill("#filter-text", "thirty CROSSING")
    reader.rows.nth(1).wait_for(state="detached")
    assert reader.rows.count() == 1
    reader.page.fill("#filter-text", "nowhere")
    reader.page.get_by_text("No finding fits these filters.").wait_for()


def test_groups_change_at_a_click(read: Any) -> None:
    reader = read(report((drift(), drift(1, "marketing/folder.pdf"), drift(2, rule="term", approved=None))))
    reader.page.click("#to-findings")
    heads = reader.page.locator(".group > h3 .text")
    assert heads.first.inner_text().endswith("The crossing takes no more than 40 minutes.")
    reader.page.get_by_role("button", name="Document", exact=True).click()
    assert [text.splitlines()[-1] for text in heads.all_inner_texts()] == ["sales/pitch.pptx", "marketing/folder.pdf"]


def test_accepted_findings_are_a_click_away(read: Any) -> None:
    reader = read(report((drift(), drift(1, status="accepted"))))
    reader.page.click("#to-findings")
    assert reader.rows.count() == 1
    reader.page.get_by_role("button", name="All", exact=True).click()
    assert reader.rows.count() == 2


def test_the_diff_marks_what_changed_and_only_that(read: Any) -> None:
    reader = read(report((drift(),)))
    reader.page.click("#to-findings")
    row = reader.open_first()
    assert row.locator(".approved del.key").all_inner_texts() == ["40 minutes."]
    assert row.locator(".found ins.key").all_inner_texts() == ["30 minutes."]
    assert row.locator(".found ins.other").all_inner_texts() == ["On board it"]
    assert "time or date: 40 minutes → 30 minutes" in row.locator(".chips").inner_text()


def test_the_suggestion_is_copied(read: Any) -> None:
    reader = read(report((drift(),)), permissions=["clipboard-read", "clipboard-write"])
    reader.page.click("#to-findings")
    row = reader.open_first()
    row.get_by_role("button", name="Copy the words").click()
    row.get_by_role("button", name="Copied").wait_for()
    assert reader.page.evaluate("navigator.clipboard.readText()") == "The crossing takes no more than 40 minutes."


def test_the_words_are_marked_on_the_picture_of_the_page(read: Any) -> None:
    place = Location("page", 2, "page 2", ((56, 397, 240, 417), (56, 417, 100, 437)), (595.3, 841.9))
    made = report((drift(document="sales/folder.pdf", location=place),), (page_picture("sales/folder.pdf", 2),))
    reader = read(made)
    reader.page.click("#to-findings")
    row = reader.open_first()
    picture = row.locator(".sheet img")
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") == 300
    assert row.locator(".sheet .box").count() == 2
    window, mark = row.locator(".window").bounding_box(), row.locator(".sheet .box").first.bounding_box()
    assert window["y"] < mark["y"] < window["y"] + window["height"]
    row.get_by_role("button", name="Show the whole page").click()
    assert row.locator(".window").bounding_box()["height"] > window["height"]


def test_by_keyboard_alone(read: Any) -> None:
    reader = read(every_rule())
    keyboard = reader.page.keyboard
    keyboard.press("Tab")
    assert reader.page.evaluate("document.activeElement.textContent") == "Skip to the content"
    for _ in range(2):
        keyboard.press("Tab")
    keyboard.press("Enter")
    reader.page.locator("#findings").wait_for()            # the page answers to its address, a moment later
    assert reader.page.locator("#findings").is_visible()
    keyboard.press("j")
    keyboard.press("j")
    keyboard.press("Enter")
    assert reader.rows.nth(1).evaluate("details => details.open")
    keyboard.press("/")
    assert reader.page.evaluate("document.activeElement.id") == "filter-text"


def test_hostile_words_stay_words_in_the_browser(read: Any) -> None:
    reader = read(hostile())
    for name in ("findings", "coverage", "align", "documents"):
        reader.page.click(f"#to-{name}")
    reader.page.click("#to-findings")
    reader.page.get_by_role("button", name="All", exact=True).click()
    for row in reader.rows.all():
        row.locator("> summary").click()
        row.locator(".body").wait_for()
    assert reader.page.evaluate("window.hit") is None
    assert reader.page.locator("img").count() == 0
    assert "<script>window.hit=1</script>" in reader.rows.first.inner_text()
    assert reader.problems == []
    assert [url for url in reader.fetched if not url.startswith(("file:", "data:"))] == []


@pytest.mark.skipif(not AXE.is_file(), reason="axe-core is not installed: npm install in tests/reporters")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(read: Any, scheme: str) -> None:
    place = Location("page", 2, "page 2", ((56, 397, 240, 417),), (595.3, 841.9))
    made = every_rule()
    made = report(
        (*made.findings, drift(document="marketing/folder.pdf", location=place), drift(7, status="accepted")),
        (page_picture("marketing/folder.pdf", 2),),
    )
    reader = read(made, color_scheme=scheme)
    reader.page.evaluate(AXE.read_text("utf-8"))
    for name in ("summary", "findings", "coverage", "align", "documents"):
        reader.page.click(f"#to-{name}")
        if name == "findings":
            for row in reader.rows.all()[:12]:
                row.locator("> summary").click()
        found = reader.page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        serious = [
            (one["id"], [node["html"][:120] for node in one["nodes"][:3]])
            for one in found["violations"]
            if one["impact"] in ("serious", "critical")
        ]
        assert serious == [], name


def test_a_large_run_is_drawn_bit_by_bit(read: Any) -> None:
    reader = read(many(5000, 300, 30_000))
    reader.page.click("#to-findings")
    assert reader.count() == "5,000 findings"
    assert 0 < reader.rows.count() <= 200
    before = reader.rows.count()
    reader.page.locator(".more").scroll_into_view_if_needed()
    reader.rows.nth(before).wait_for(state="attached")


def test_in_print_all_parts_are_there_and_open(read: Any) -> None:
    reader = read(every_rule())
    reader.page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert reader.rows.evaluate_all("rows => rows.every((row) => row.open && row.querySelector('.body'))")
    assert reader.page.locator(".view:visible").count() == 5
    reader.page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert reader.page.locator(".view:visible").count() == 1


def test_without_scripts_everything_can_be_read(read: Any) -> None:
    reader = read(every_rule(), java_script_enabled=False)
    assert reader.page.locator(".view:visible").count() == 5
    assert reader.page.locator("article:visible").count() == 32
