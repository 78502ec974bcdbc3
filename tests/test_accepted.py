"""accepted.yaml: read, applied, written."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest

from msgcheck import accepting
from msgcheck.accepted import Acceptance, Accepted, apply, load
from msgcheck.errors import AcceptedError
from msgcheck.model import Approved, Finding, Location

DAY = datetime.date(2026, 11, 21)


def found(words: str | None = "log in", rule: str = "term", document: str = "a.md", about: str = "sign in") -> Finding:
    place = Location("line", 1)
    return Finding(rule, "Says so.", document, "body", place, text=words, approved=Approved("terms", about))


def entry(**keys: Any) -> Acceptance:
    return Acceptance(**{"rule": "term", "document": "a.md", "reason": "So.", "words": "log in", **keys})


def statuses(findings: list[Finding], *entries: Acceptance) -> list[str]:
    return [one.status for one in apply(findings, Accepted(entries), DAY)[0]]


def write(folder: Path, text: str) -> Path:
    path = folder / "accepted.yaml"
    path.write_text(text, "utf-8")
    return path


def test_an_entry_excuses_one_occurrence() -> None:
    assert statuses([found(), found(), found("login")], entry()) == ["accepted", "open", "open"]


def test_or_as_many_as_it_says() -> None:
    assert statuses([found(), found(), found()], entry(times=2)) == ["accepted", "accepted", "open"]
    assert statuses([found(), found(), found()], entry(times="all")) == ["accepted"] * 3


def test_or_a_rule_in_a_document() -> None:
    wide = entry(words=None, times="all")
    got = statuses([found(), found("login"), found(document="b.md"), found(rule="brand-name")], wide)
    assert got == ["accepted", "accepted", "open", "open"]


def test_case_and_white_space_do_not_count_and_words_do() -> None:
    assert statuses([found("Log\n in"), found("log on")], entry(times="all")) == ["accepted", "open"]


def test_the_approved_id_tells_findings_without_words_apart() -> None:
    missing = [found(None, "missing-message", about=name) for name in ("speed", "price")]
    assert statuses(missing, entry(rule="missing-message", words=None, about="price")) == ["open", "accepted"]


def test_narrow_entries_are_used_up_before_wide_ones() -> None:
    wide, narrow = entry(words=None, times="all"), entry()
    _, use = apply([found(), found("login")], Accepted((wide, narrow)), DAY)
    assert use.unused == ()
    assert use.used == 2


def test_the_last_day_counts_and_the_next_does_not() -> None:
    on_time, late = entry(until=DAY), entry(until=DAY - datetime.timedelta(days=1))
    assert statuses([found()], on_time) == ["accepted"]
    findings, use = apply([found()], Accepted((late,)), DAY)
    assert findings[0].status == "open"
    assert use.expired == ("term 'log in' in a.md",)
    assert use.unused == ()


def test_unused_entries_are_told_for_documents_that_were_checked() -> None:
    entries = Accepted((entry(words="gone"), entry(document="b.md")))
    assert apply([], entries, DAY, {"a.md"})[1].unused == ("term 'gone' in a.md",)
    assert len(apply([], entries, DAY)[1].unused) == 2


def test_a_file_is_read(tmp_path: Path) -> None:
    path = write(tmp_path, """
accepted:
  - rule: term
    document: sales/a.md
    words: "log in"
    reason: Their words.
    by: Ada
    until: 2027-03-31
    times: all
  - {rule: missing-message, document: b.md, about: speed, reason: One page only.}
""")
    first, second = load(path).entries
    last = datetime.date(2027, 3, 31)
    assert first == Acceptance("term", "sales/a.md", "Their words.", "log in", None, "Ada", last, "all", 3)
    assert (second.about, second.words, second.times, second.line) == ("speed", None, 1, 10)
    assert load(path).sha256 and load(None) == Accepted()


WHOLE = "rule: term, document: a.md, words: x, reason: y"


@pytest.mark.parametrize(("text", "told"), [
    ("accepted:\n  - {rule: terms, document: a.md, words: x, reason: y}\n", "There is no rule 'terms'."),
    ("accepted:\n  - {rule: term, document: a.md, words: x}\n", "`reason` is missing."),
    ("accepted:\n  - {rule: term, document: a, reason: y}\n", "It says neither which `words` nor what it is `about`."),
    (f"accepted:\n  - {{{WHOLE}, until: soon}}\n", "'soon' is no date."),
    (f"accepted:\n  - {{{WHOLE}, until: 2026-02-30}}\n", "'2026-02-30' is no date."),
    (f"accepted:\n  - {{{WHOLE}, times: 0}}\n", "'0' is neither a number nor `all`."),
    (f"accepted:\n  - {{{WHOLE}, word: x}}\n", "There is no key 'word' here."),
    ("accepted:\n  - term\n", "An entry with keys is expected here."),
    ("acepted: []\n", "There is no key 'acepted' here."),
    ("- rule: term\n", "The file begins with the key `accepted:`."),
    ("accepted: [\n", ""),
])
def test_errors_have_a_place(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(AcceptedError) as caught:
        load(write(tmp_path, text))
    problems = caught.value.problems
    assert told in [one.what for one in problems] or not told
    assert all(one.line and one.file.endswith("accepted.yaml") for one in problems)


def test_all_errors_are_told_at_once(tmp_path: Path) -> None:
    text = "accepted:\n  - {rule: terms, document: a.md, words: x, reason: y}\n  - {rule: term, words: x, reason: y}\n"
    with pytest.raises(AcceptedError) as caught:
        load(write(tmp_path, text))
    assert [one.line for one in caught.value.problems] == [2, 3]


def test_a_file_that_is_not_there_or_not_text(tmp_path: Path) -> None:
    with pytest.raises(AcceptedError, match="no file"):
        load(tmp_path / "accepted.yaml")
    (tmp_path / "accepted.yaml").write_bytes(b"accepted: \xff")
    with pytest.raises(AcceptedError, match="not UTF-8"):
        load(tmp_path / "accepted.yaml")


def test_what_is_written_excuses_just_what_was_meant(tmp_path: Path) -> None:
    path = tmp_path / "kit" / "accepted.yaml"
    findings = [
        found(), found("Log  in"), found("- *x: {#y}\n", about="a: b"), found(None, "missing-message", about="speed"),
    ]
    accepting.add(path, accepting.entries_for(findings, "So: it # is", "Ada", DAY))
    entries = load(path)
    assert [one.times for one in entries.entries] == [2, 1, 1]
    assert [one.status for one in apply(findings, entries, DAY)[0]] == ["accepted"] * 4
    assert apply([*findings, found()], entries, DAY)[0][-1].status == "open"
    assert entries.entries[0].reason == "So: it # is"


def test_comments_of_people_stay(tmp_path: Path) -> None:
    before = "# Ours.\naccepted:\n  # Ask Ada.\n  - {rule: term, document: a.md, words: x, reason: 'y'}\n"
    path = write(tmp_path, before)
    accepting.add(path, [entry()])
    assert path.read_text("utf-8").startswith(before)
    assert [one.words for one in load(path).entries] == ["x", "log in"]
    assert list(tmp_path.iterdir()) == [path]


def test_pruning_drops_what_is_gone_and_keeps_what_was_not_looked_at(tmp_path: Path) -> None:
    path = tmp_path / "accepted.yaml"
    (tmp_path / "here.md").write_text("x")
    accepting.add(path, [
        entry(times=3), entry(words="gone"), entry(document="here.md"), entry(document="deleted.md"),
        entry(words=None, times="all"),
    ])
    dropped = accepting.prune(path, load(path), [found(), found("login")], {"a.md"}, tmp_path)
    assert [(one.document, one.words) for one in dropped] == [("a.md", "gone"), ("deleted.md", "log in")]
    left = load(path).entries
    assert [(one.document, one.words, one.times) for one in left] == [
        ("a.md", "log in", 1), ("here.md", "log in", 1), ("a.md", None, "all"),
    ]


def test_pruning_everything_leaves_a_file_that_can_be_read(tmp_path: Path) -> None:
    path = tmp_path / "accepted.yaml"
    accepting.add(path, [entry(words="gone")])
    accepting.prune(path, load(path), [], {"a.md"}, tmp_path)
    assert load(path).entries == ()
    accepting.add(path, [entry()])
    assert len(load(path).entries) == 1
