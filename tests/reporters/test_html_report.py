"""The HTML report as a file: what stands in it, and what can never stand in it."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import re
from dataclasses import replace
from functools import partial
from html.parser import HTMLParser

import pytest
from many_findings import HOSTILE, drift, every_rule, hostile, many, report

from msgcheck.model import Report, Role
from msgcheck.reporters import html
from msgcheck.reporters.html.coverage import matrix
from msgcheck.reporters.html.payload import write_data
from msgcheck.reporters.html.verdict import verdict


def page(made: Report) -> str:
    stream = io.StringIO()
    html.write(made, stream)
    return stream.getvalue()


def data(text: str) -> dict[str, object]:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', text, re.DOTALL)
    assert found
    return json.loads(found[1])  # type: ignore[no-any-return]


class Tags(HTMLParser):
    """The tags of a page with their attributes, and the text of the parts that a reader sees."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "link", "br", "input", "col"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if not {"script", "style"} & set(self.open):
            self.text += data


def test_the_file_fetches_nothing_and_runs_only_its_own_script() -> None:
    text = page(every_rule())
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', text)
    assert policy
    style = re.search(r"<style>(.*?)</style>", text, re.DOTALL)
    script = re.search(r"<script>(.*?)</script>", text, re.DOTALL)
    assert style and script
    for part in (style[1], script[1]):
        assert base64.b64encode(hashlib.sha256(part.encode()).digest()).decode() in policy[1]
    assert policy[1].startswith("default-src 'none'; img-src data:; ")
    tags = Tags(text)
    assert not tags.open
    links = [
        value for _, attributes in tags.tags for name, value in attributes.items() if name in ("src", "href") and value
    ]
    assert all(link.startswith(("#", "data:image/svg+xml,")) for link in links)
    assert not any(name.startswith("on") or name == "style" for _, attributes in tags.tags for name in attributes)


def test_hostile_words_stay_words() -> None:
    text = page(hostile())
    tags = Tags(text)
    assert [tag for tag, _ in tags.tags if tag == "img"] == []
    assert sum(tag == "script" for tag, _ in tags.tags) == 4  # data, proof of check, one picture, the report's own
    assert "<script>window.hit=1</script>" in tags.text
    assert "\x1b" not in text and "\x00" not in text and "\ud800" not in text
    text.encode("utf-8")
    finding = data(text)["findings"][0]  # type: ignore[index]
    assert finding["t"].replace("␛", "\x1b").replace("␀", "\x00") == HOSTILE.replace("\ud800", "\ufffd")


def test_the_same_report_gives_the_same_text() -> None:
    assert page(every_rule()) == page(every_rule())


@pytest.mark.parametrize(
    ("findings", "state", "first"),
    [
        ((drift(),), "blocked", "Correct 1 passage"),
        (
            (drift(rule="term", severity="warning"), drift(1, rule="term", severity="warning")),
            "review",
            "Put right 2 names and words",
        ),
        ((drift(status="accepted"),), "ready", ""),
        (
            (drift(), drift(1, rule="prohibited-claim"), drift(2, rule="prohibited-claim")),
            "blocked",
            "Take out 2 statements",
        ),
        (
            (drift(), drift(1), drift(2, rule="claim-expired"), drift(3, severity="warning")),
            "blocked",
            "Correct 4 passages",
        ),
    ],
)
def test_the_first_screen_says_what_to_do(findings: tuple, state: str, first: str) -> None:  # type: ignore[type-arg]
    answer = verdict(report(findings))
    assert answer.state == state
    assert (answer.steps[0].text if answer.steps else "").startswith(first)
    assert answer.headline in page(report(findings))


def test_an_unread_document_blocks_whatever_the_findings() -> None:
    made = report((drift(status="accepted"),))
    unread = replace(made.results[0], document=replace(made.results[0].document, status="unread"))
    answer = verdict(replace(made, results=(unread,), findings=()))
    assert answer.state == "blocked"
    assert "could not be read" in answer.sentences[0] and "could not be read" in answer.steps[0].text


def test_what_was_not_read_and_what_was_accepted_is_shown() -> None:
    text = Tags(page(hostile())).text
    assert "Read in part" in text
    assert "1 finding in this report was accepted by a person" in text


def test_coverage_marks_messages_that_the_departments_tell_differently() -> None:
    made = report((drift(), drift(1, "marketing/folder.pdf", rule="term", severity="warning")))
    told = made.results[1].carried[0]
    marketing = replace(made.results[0], carried=(replace(told, how="on-message"),))
    table = matrix(replace(made, results=(marketing, made.results[1])))
    column = [entry.id for entry in table.entries].index("crossing")
    assert [(row.document, row.owner, row.cells[column]) for row in table.rows] == [
        ("", "marketing", "on"),
        ("marketing/folder.pdf", "marketing", "on"),
        ("", "sales", "drifted"),
        ("sales/pitch.pptx", "sales", "drifted"),
    ]
    assert [apart for apart, entry in zip(table.apart, table.entries, strict=True) if entry.id == "crossing"] == [True]
    assert sum(width for _, width in table.pillars) == len(table.entries) == 3


def test_offsets_split_the_block_around_the_words() -> None:
    made = report((drift(block="😀 é It takes 30 minutes. 😀", text="It takes 30 minutes.", start=4, end=24),))
    found = data(page(made))["findings"][0]  # type: ignore[index]
    assert found["b"] == ["😀 é ", " 😀"]


def test_a_finding_without_a_layout_comes_with_its_surroundings() -> None:
    made = report((drift(document="sales/faq.md"),), **{"sales/faq.md": Role(owner="sales")})
    found = data(page(made))["findings"][0]  # type: ignore[index]
    assert "z" not in found  # its place is not among the blocks
    block = made.results[0].document.blocks[1]
    made = replace(made, findings=(replace(made.findings[0], block=block.text, location=block.location),))
    found = data(page(made))["findings"][0]  # type: ignore[index]
    assert found["z"] == ["", "The line above.", "The line below."]


def test_thousands_of_findings_and_pictures_stay_within_bounds() -> None:
    text = page(many(5000, 300, 36_000))
    assert len(text.encode()) < 25_000_000
    assert text.count("<article") == 200  # the plain list is an extract; the data has them all
    assert len(data(text)["findings"]) == 5000  # type: ignore[arg-type]


def test_findings_beyond_the_budget_are_left_out_and_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("msgcheck.reporters.html.write_data", partial(write_data, budget=10_000))
    notes = tuple(replace(one, severity="note") for one in many(30).findings)
    found = data(page(replace(many(30), findings=(*notes, drift(99, "sales/deck-000.pptx")))))
    kept = found["findings"]
    assert 0 < len(kept) < 31 and found["left"] == 31 - len(kept)  # type: ignore[arg-type]
    assert kept[0]["s"] == "error" and kept[0]["o"] == 30  # type: ignore[index]


def test_of_many_documents_those_with_the_most_to_correct_come_first() -> None:
    findings = [drift(at, f"sales/{at:02}.pptx", rule="term", severity="warning") for at in range(30)]
    findings.append(drift(99, "sales/29.pptx"))
    text = page(report(tuple(findings)))
    table = text[text.index("those with the most to correct first") :]
    assert table.index("29.pptx") < table.index("00.pptx") < table.index("5 more documents") < table.index("26.pptx")


def test_departments_stand_together_above_their_documents() -> None:
    made = report((drift(), drift(1, "marketing/folder.pdf")))
    text = page(made)
    coverage = text[text.index('class="matrix"') :]
    first, _, rest = coverage.partition("</tbody>")
    assert first.count("all its documents") == 2
    assert "Documents of <bdi>sales</bdi>" in rest and "all its documents" not in rest
