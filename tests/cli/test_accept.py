"""`msgcheck accept`: adopt, choose, expire, prune."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from collateral import project, write

from msgcheck.accepted import load
from msgcheck.cli.main import main


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MSGCHECK_CACHE_DIR", str(tmp_path / ".cache"))
    folder = project(tmp_path / "project")
    monkeypatch.chdir(folder)
    return folder


def run(*arguments: str) -> int:
    return main([*arguments])


def test_adopting_a_collection_leaves_only_what_is_new(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("check", ".", "-q") == 1
    assert run("accept", ".", "--all", "--reason", "As it was on day one.") == 0
    assert run("check", ".", "-q") == 0
    assert "accepted" in capsys.readouterr().out
    letter = home / "sales" / "letter.md"
    write(letter, letter.read_bytes() + b"\nSeaLine again.\n")
    assert run("check", ".", "-q") == 1


def test_one_finding_can_be_chosen(home: Path) -> None:
    chosen = ("--words", "boat", "--reason", "A quotation.", "--by", "Ada", "--until", "2099-12-31")
    assert run("accept", "sales", *chosen) == 0
    (entry,) = load(home / "accepted.yaml").entries
    assert (entry.rule, entry.document, entry.words, entry.by) == ("term", "sales/letter.md", "boat", "Ada")
    assert run("check", ".", "-q", "--fail-on", "warning") == 1
    assert run("check", ".", "-q", "--fail-on", "warning", "--ignore", "brand-name") == 0


def test_a_finding_can_be_chosen_by_the_fingerprint_that_is_shown(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("accept", "sales", "--finding", "v1:0", "--reason", "A quotation.") == 2
    assert "check --verbose" in capsys.readouterr().err
    run("check", "sales", "-q", "--verbose", "--select", "term")
    (shown,) = re.findall(r"finding +(v1:[0-9a-f]{20})$", capsys.readouterr().out, re.MULTILINE)
    assert run("accept", "sales", "--finding", shown, "--reason", "A quotation.") == 0
    (entry,) = load(home / "accepted.yaml").entries
    assert (entry.rule, entry.words) == ("term", "boat")


def test_an_expired_entry_excuses_nothing(home: Path) -> None:
    run("accept", ".", "--all", "--reason", "For now.", "--until", "2026-12-31")
    assert run("check", ".", "-q", "--as-of", "2026-12-31") == 0
    assert run("check", ".", "-q", "--as-of", "2027-01-01") == 1


def test_expired_and_unneeded_entries_are_told(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("accept", ".", "--words", "boat", "--reason", "For now.", "--until", "2026-12-31", "--as-of", "2026-12-01")
    run("accept", ".", "--rule", "brand-name", "--reason", "For ever.", "--as-of", "2026-12-01")
    write(home / "sales" / "letter.md", b"Step on the boat.\n")
    capsys.readouterr()
    run("check", ".", "-q", "--as-of", "2027-01-01", "-o", "r.json", "-o", "-")
    told = " ".join(capsys.readouterr().out.split())      # however wide the terminal is
    assert "1 acceptance past the date: term 'boat' in sales/letter.md" in told
    assert "1 acceptance no longer needed (msgcheck accept --prune): brand-name 'SeaLine' in sales/letter.md" in told
    kept = json.loads((home / "r.json").read_text("utf-8"))["accepted"]
    assert (kept["used"], len(kept["expired"]), len(kept["unused"])) == (0, 1, 1)


def test_pruning(home: Path) -> None:
    run("accept", ".", "--all", "--reason", "For now.")
    write(home / "sales" / "letter.md", b"Yours, SeaLine\n")
    assert run("accept", ".", "--prune") == 0
    assert [entry.rule for entry in load(home / "accepted.yaml").entries] == ["brand-name"]


def test_a_check_never_writes_the_file(home: Path) -> None:
    run("accept", ".", "--all", "--reason", "For now.")
    before = (home / "accepted.yaml").read_bytes()
    write(home / "sales" / "letter.md", b"Nothing here.\n")
    run("check", ".", "-q")
    assert (home / "accepted.yaml").read_bytes() == before


@pytest.mark.parametrize(("arguments", "told"), [
    (("accept", "sales", "--words", "boat"), "Accepting needs a reason."),
    (("accept", "sales"), "It is not said which findings are meant."),
    (("accept",), "There is nothing to accept."),
    (("accept", "sales", "--words", "yacht", "--reason", "x"), "No open finding is like that."),
])
def test_mistakes(home: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], told: str) -> None:
    assert run(*arguments) == 2
    assert told in capsys.readouterr().err
    assert not (home / "accepted.yaml").exists()


def test_a_file_with_errors_ends_the_run(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(home / "accepted.yaml", b"accepted:\n  - {rule: terms, document: a.md, words: x, reason: y}\n")
    assert run("check", ".", "-q") == 2
    err = capsys.readouterr().err
    assert "accepted.yaml:2:12" in err and "Did you mean 'term'?" in err
