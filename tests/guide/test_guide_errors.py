"""Every error of a guide at once, each with its place and its mend; no input ends in another exception."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from msgcheck.errors import GuideError
from msgcheck.guide import Guide, load
from msgcheck.guide.loading import read_guide
from msgcheck.guide.sources import MAX_BYTES, GuideFile

CASES: list[dict[str, Any]] = YAML(typ="safe").load(Path(__file__).with_name("broken_guides.yaml"))


def problems_of(text: str) -> list[tuple[str, str, str]]:
    guide, problems = read_guide((GuideFile("guide.yaml", text),))
    assert (guide is None) == bool(problems)
    return [(f"{one.line}:{one.column}" if one.line else "", one.what, one.mend) for one in problems]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_every_problem_is_told_with_its_place(case: dict[str, Any]) -> None:
    found = sorted(problems_of(case["guide"]), key=lambda one: [int(part) for part in one[0].split(":") if part])
    assert [one[0] for one in found] == [one[0] for one in case["problems"]], found
    for (_, what, mend), (_, said, do) in zip(found, case["problems"], strict=True):
        assert said in what
        assert do in mend


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_problem_quotes_the_line_that_it_is_about(case: dict[str, Any]) -> None:
    _, problems = read_guide((GuideFile("guide.yaml", case["guide"]),))
    lines = case["guide"].split("\n")
    for one in problems:
        if one.line:
            assert one.source == lines[one.line - 1]
            assert 1 <= one.column <= len(one.source) + 1


def test_all_errors_come_at_once(tmp_path: Path) -> None:
    path = tmp_path / "guide.yaml"
    path.write_text("msgcheck: 1\nfacts:\n  - \"open\nterms:\n  - use: a\nproducts:\n  - nam: Surge\n", "utf-8")
    with pytest.raises(GuideError) as caught:
        load(path)
    assert [one.line for one in caught.value.problems] == [3, 5, 7, 7]
    assert caught.value.what == "The guide has 4 errors."


@pytest.mark.parametrize(("data", "what"), [
    (b"%PDF-1.7\n%\xe2\xe3", "is a PDF"),
    (b"PK\x03\x04abc", "is a Word, PowerPoint, Excel or zip file"),
    (b"\xd0\xcf\x11\xe0", "old Office file"),
    (b"{\\rtf1 hello}", "rich text"),
    (b"", "The guide is empty"),
    (b" \n\n", "The guide is empty"),
    (b"abc\0def", "binary"),
    (b"<!DOCTYPE html><p>hi", "HTML"),
    ("msgcheck: 1\nfacts:\n  - Gr\u00fcn\n".encode("latin-1"), "Byte 0xfc is not UTF-8"),
])
def test_what_is_no_guide_is_named(tmp_path: Path, data: bytes, what: str) -> None:
    path = tmp_path / "guide.yaml"
    path.write_bytes(data)
    with pytest.raises(GuideError) as caught:
        load(path)
    [problem] = caught.value.problems
    assert what in problem.what
    assert problem.mend


def test_a_byte_that_is_not_utf8_has_its_place(tmp_path: Path) -> None:
    path = tmp_path / "guide.yaml"
    path.write_bytes("msgcheck: 1\nfacts:\n  - Gr\u00fcn ist gut\n".encode("latin-1"))
    with pytest.raises(GuideError) as caught:
        load(path)
    [problem] = caught.value.problems
    assert (problem.line, problem.column) == (3, 7)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings_with_a_mark_are_read(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "guide.yaml"
    path.write_text("msgcheck: 1\nfacts: [Grün ist gut.]\n", encoding)
    assert load(path).facts[0].statement == "Grün ist gut."


def test_windows_line_ends(tmp_path: Path) -> None:
    path = tmp_path / "guide.yaml"
    path.write_bytes(b"msgcheck: 1\r\nterms:\r\n  - use: a\r\n    nevr: [b]\r\n")
    with pytest.raises(GuideError) as caught:
        load(path)
    assert [(one.line, one.column) for one in caught.value.problems] == [(3, 5), (4, 5)]


def test_there_is_no_such_guide(tmp_path: Path) -> None:
    with pytest.raises(GuideError, match="no guide at this path"):
        load(tmp_path / "absent.yaml")
    with pytest.raises(GuideError, match="no guide in this folder"):
        load(tmp_path)
    with pytest.raises(GuideError, match="not a regular file"):
        load("/dev/null")
    with pytest.raises(GuideError):
        load("a\0b")


def test_a_guide_beyond_the_bound_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "guide.yaml"
    path.write_bytes(b"msgcheck: 1\n#" + b"x" * MAX_BYTES)
    with pytest.raises(GuideError, match="larger than 4 megabytes"):
        load(path)


def test_aliases_cannot_run_away() -> None:
    lines = ["msgcheck: 1", "x-a: &a [l, l, l, l, l, l, l, l, l, l]"]
    for before, name in zip("abcdefghijkl", "bcdefghijklm", strict=True):
        lines.append(f"x-{name}: &{name} [{', '.join([f'*{before}'] * 10)}]")
    [(_, what, _)] = problems_of("\n".join([*lines, "facts: *m"]))
    assert "far too large once its aliases" in what


def test_nesting_cannot_run_away() -> None:
    found = problems_of("msgcheck: 1\nfacts: " + "[" * 3000 + "]" * 3000)
    assert any("nested too deep" in what for _, what, _ in found)


def test_an_alias_may_repeat_an_entry() -> None:
    text = "msgcheck: 1\nterms:\n  - {never: &bad [aqua, aq], use: water}\n  - {never: *bad, use: H2O, in: [deck]}\n"
    assert problems_of(text) == []


PIECES = ["msgcheck: 1\n", "facts:\n", "terms:\n", "  - ", "a", ": ", ", ", "{", "}", "[", "]", "'", '"', " #", "\n",
          "\t", "&x ", "*x", "!t ", "|", ">", "- ", "never", "use", "messages:\n", "%", "@", "\\",
          "---\n", "?", "\x07", "ü"]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=25))
def test_any_text_ends_as_a_guide_or_as_problems_with_places(pieces: list[str]) -> None:
    text = "msgcheck: 1\n" + "".join(pieces)
    file = GuideFile("guide.yaml", text)
    guide, problems = read_guide((file,))
    assert (guide is None) == bool(problems)
    for one in problems:
        assert one.what
        assert one.line <= len(file.lines()) + 1
        assert one.file == "guide.yaml"


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60).filter(lambda text: text.strip()))
def test_any_text_in_quotes_is_read_as_it_is(text: str) -> None:
    kept = "".join(char for char in text if char.isprintable())
    if not kept.strip():
        return
    quoted = kept.replace("'", "''")
    guide, problems = read_guide((GuideFile("guide.yaml", f"msgcheck: 1\nfacts: ['{quoted}']\n"),))
    assert problems == []
    assert isinstance(guide, Guide.__base__ or Guide)
    assert guide.facts[0].statement == " ".join(kept.split())
