"""What a run of the command line leaves behind: exit code, stdout, files, and the same bytes every time."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any, TextIO

import pytest
from collateral import GUIDE, LETTER, project, run, write

from msgcheck.cli.main import main


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MSGCHECK_CACHE_DIR", str(tmp_path / ".cache"))
    monkeypatch.delenv("COLUMNS", raising=False)
    folder = project(tmp_path / "project")
    monkeypatch.chdir(folder)
    return folder


def findings(path: Path) -> list[dict[str, object]]:
    listed: list[dict[str, object]] = json.loads(path.read_text("utf-8"))["findings"]
    return listed


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("check", "."), 1),
        (("check", "marketing"), 0),
        (("check", "archive"), 0),
        (("check", ".", "--fail-on", "never"), 0),
        (("check", ".", "--ignore", "brand-name"), 0),
        (("check", ".", "--ignore", "brand-name", "--fail-on", "warning"), 1),
        (("check", ".", "--ignore", "brand-name,term", "--fail-on", "note"), 0),
        (("check", ".", "--select", "term"), 0),
        (("check", ".", "--exclude", "sales"), 0),
        (("check", "sales", "--exclude", "sales/*"), 2),
        (("check", "sales/letter.md", "--exclude", "sales/*"), 0),
        (("rules",), 0),
        (("explain", "term"), 0),
        (("show", "sales/letter.md"), 0),
        (("--version",), 0),
        (("--help",), 0),
        ((), 2),
    ],
)
def test_the_exit_code(home: Path, arguments: tuple[str, ...], code: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == code
    assert "Traceback" not in capsys.readouterr().err


def test_an_unread_document_is_2_and_the_others_are_still_reported(home: Path) -> None:
    write(home / "sales/broken.pdf", b"%PDF-1.7\nnothing more")
    assert main(["check", ".", "--output", "r.json"]) == 2
    data = json.loads((home / "r.json").read_text("utf-8"))
    statuses = {one["path"]: one["status"] for one in data["documents"]}
    assert statuses == {
        "archive/old.md": "skipped", "marketing/clean.txt": "read", "sales/broken.pdf": "unread",
        "sales/letter.md": "read",
    }
    assert {one["rule"] for one in data["findings"]} == {"term", "brand-name"}
    assert data["summary"]["documents"]["unread"] == 1


def test_stdout_carries_the_report_alone(home: Path) -> None:
    done = run("check", ".", "--format", "json", cwd=home)
    assert json.loads(done.stdout)["summary"]["findings"] == {"error": 1, "warning": 1, "note": 0}
    assert done.stderr == ""
    assert done.returncode == 1


def test_what_a_library_prints_is_no_part_of_the_report(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from msgcheck import pipeline

    quiet = pipeline.check

    def chatty(*arguments: Any) -> Any:
        sys.stdout.write("Loading weights: 100%\n")
        return quiet(*arguments)

    monkeypatch.setattr(pipeline, "check", chatty)
    main(["check", "marketing", "--format", "json"])
    told = capsys.readouterr()
    assert json.loads(told.out)["findings"] == []
    assert "Loading weights" in told.err


def test_the_same_bytes_whatever_the_order_the_jobs_and_the_place(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(home / "sales/second.md", LETTER.encode())
    write(home / "marketing/third.html", b"<p>The boat of SeaLine.</p>")
    calls = (
        (home, (".",)), (home, ("sales", "marketing", "archive")),
        (home, ("archive", "marketing", "sales", "sales/letter.md")),
        (home / "sales", ("..",)), (tmp_path, (str(home),)), (home, (".", "--jobs", "3")),
    )
    outs: dict[str, set[bytes]] = {}
    for cwd, arguments in calls:
        monkeypatch.chdir(cwd)
        for format_ in ("json", "console", "sarif"):
            outs.setdefault(format_, set())
        main(["check", *arguments, *(f"--output={format_}={tmp_path / format_}" for format_ in outs)])
        for format_, seen in outs.items():
            seen.add((tmp_path / format_).read_bytes())
    for seen in outs.values():
        assert len(seen) == 1
        assert b"brand-name" in seen.pop()


def test_a_alone_is_a_within_a_and_b(home: Path) -> None:
    write(home / "sales/second.md", LETTER.encode())
    main(["check", "sales/letter.md", "-o", "a.json"])
    main(["check", ".", "-o", "all.json"])
    within = [one for one in findings(home / "all.json") if one["document"] == "sales/letter.md"]
    assert findings(home / "a.json") == within != []


def test_several_reports_at_once_and_none_of_them_is_collateral(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["check", ".", "-o", "r.md", "-o", "sarif=out.json", "-o", "r.csv", "--format", "github"]
    assert main(arguments) == 1
    first = capsys.readouterr().out
    assert first.startswith("::error file=sales/letter.md")
    assert json.loads((home / "out.json").read_text("utf-8"))["version"] == "2.1.0"
    before = {name: (home / name).read_bytes() for name in ("r.md", "out.json", "r.csv")}
    assert main(arguments) == 1
    assert {name: (home / name).read_bytes() for name in before} == before
    assert capsys.readouterr().out == first


def test_a_report_that_fails_leaves_the_old_one_whole(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write(home / "r.json", b"the old one")

    def broken(report: object, stream: TextIO) -> None:
        stream.write("{")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("msgcheck.reporters.json.write", broken)
    assert main(["check", ".", "-o", "r.json"]) == 2
    assert (home / "r.json").read_bytes() == b"the old one"
    assert [path.name for path in home.iterdir() if "part" in path.name] == []
    assert "No space left" in capsys.readouterr().err


def test_a_fault_of_our_own_is_no_traceback(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("surprise")

    monkeypatch.setattr("msgcheck.pipeline.check", broken)
    assert main(["check", "."]) == 2
    told = capsys.readouterr()
    assert "RuntimeError: surprise" in told.err
    assert "Traceback" not in told.err
    assert told.out == ""


@pytest.mark.skipif(os.name != "posix", reason="signals as POSIX has them")
def test_an_interrupted_run_is_130_and_leaves_nothing(home: Path) -> None:
    slow = (
        "import os, signal, sys, msgcheck.pipeline as p\n"
        "def check(*_): os.kill(os.getpid(), signal.SIGINT); import time; time.sleep(60)\n"
        "p.check = check\n"
        "from msgcheck.cli.main import main; sys.exit(main(['check', '.', '-o', 'r.json']))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", slow], cwd=home, capture_output=True, text=True, timeout=60, check=False,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    assert done.returncode == 130
    assert done.stderr == "Interrupted; nothing was left half-written.\n"
    assert "Traceback" not in done.stderr
    assert not (home / "r.json").exists()


def test_a_reader_of_the_report_may_stop_early(home: Path) -> None:
    command = f'"{sys.executable}" -m msgcheck check . --format json | head -c 10'
    done = subprocess.run(["bash", "-c", command], cwd=home, capture_output=True, text=True, timeout=60, check=False)
    assert done.stdout.startswith("{")
    assert "Traceback" not in done.stderr
    assert "BrokenPipe" not in done.stderr


def test_what_nobody_could_be_told_is_not_done() -> None:
    unread, ours = os.pipe()
    os.close(unread)
    done = subprocess.run(
        [sys.executable, "-m", "msgcheck", "--version"], stdout=ours, stderr=subprocess.PIPE, text=True, timeout=60,
        check=False,
    )
    os.close(ours)
    assert (done.returncode, done.stderr) == (2, "")


def test_documents_in_another_language_are_skipped_as_that(home: Path) -> None:
    text = "Unsere Schiffe fahren jeden Tag pünktlich ab, und alle Gäste finden an Bord einen bequemen Platz. " * 6
    write(home / "sales/brief.txt", text.encode())
    main(["check", "sales", "-o", "r.json"])
    documents = {one["path"]: one for one in json.loads((home / "r.json").read_text("utf-8"))["documents"]}
    document = documents["sales/brief.txt"]
    assert (document["status"], document["reasons"][0]["code"], document["language"]) == ("skipped", "language", "de")


def test_what_a_folder_holds_beside_documents_is_not_counted_and_what_is_named_is(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(home / "sales/logo.woff", b"\0")
    write(home / "sales/build.py", b"pass")
    main(["check", "sales", "marketing", "-o", "r.json", "--format", "console"])
    assert "2 documents: 2 read; 2 other files are no collateral\n" in capsys.readouterr().out
    documents = json.loads((home / "r.json").read_text("utf-8"))["documents"]
    assert [one["path"] for one in documents if one["status"] == "skipped"] == ["sales/build.py", "sales/logo.woff"]
    main(["check", "sales", "sales/build.py"])
    assert "2 documents: 1 read, 1 skipped; 1 other file is no collateral\n" in capsys.readouterr().out
    main(["check", ".", "--exclude", "marketing", "--exclude", "*.py"])
    assert "2 documents: 1 read, 1 skipped; 4 other files are excluded or no collateral\n" in capsys.readouterr().out


def test_findings_of_less_confidence_than_asked_for_are_left_out_and_do_not_count(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    guide = GUIDE + "messages:\n  - {id: often, statement: A Sealine ship leaves Harlow every forty minutes.}\n"
    write(home / "rules/guide.yaml", guide.encode())
    write(home / "sales/letter.md", b"A Sealine ship leaves Harlow every ninety minutes.\n\nStep on the boat.\n")
    assert main(["check", "sales", "-o", "r.json"]) == 1
    drift, term = findings(home / "r.json")
    assert (drift["rule"], term["rule"], term["confidence"]) == ("message-drift", "term", 1.0)
    sure = float(str(drift["confidence"]))
    assert 0 < sure < 1
    assert main(["check", "sales", "-o", "r.json", "--min-confidence", str(sure - 0.001)]) == 1
    assert findings(home / "r.json") == [drift, term]
    assert main(["check", "sales", "-o", "r.json", "--format", "console", "--min-confidence", "1"]) == 0
    assert "1 finding below a confidence of 1 (--all shows them)" in capsys.readouterr().out
    assert findings(home / "r.json") == [term]
    assert json.loads((home / "r.json").read_text("utf-8"))["summary"]["below_min_confidence"] == 1
    assert main(["check", "sales", "-o", "r.json", "--min-confidence", "1", "--all"]) == 0
    assert findings(home / "r.json") == [drift, term]
    assert main(["check", "sales", "--min-confidence", "1.5"]) == 2


def test_only_what_changed_is_reported_and_the_rest_is_known(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main"]
    for arguments in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "one"]):
        subprocess.run([*git, *arguments], cwd=home, check=True)
    assert main(["check", ".", "--changed-since", "HEAD", "-o", "r.json"]) == 0
    assert json.loads((home / "r.json").read_text("utf-8"))["documents"] == []
    write(home / "sales/new.md", LETTER.encode())
    write(home / "marketing/clean.txt", b"Step on the boat.\n")
    assert main(["check", ".", "--changed-since", "HEAD", "-o", "r.json"]) == 1
    assert {one["document"] for one in findings(home / "r.json")} == {"marketing/clean.txt", "sales/new.md"}
    assert main(["check", ".", "--changed-since", "HEAD", "--exclude", "*", "--annotate", "../copies"]) == 0
    assert main(["check", ".", "--changed-since", "nowhere"]) == 2
    assert "--changed-since" in capsys.readouterr().err


def test_verify_says_whether_the_files_are_the_ones_that_were_checked(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["check", ".", "-o", "r.json", "-o", "r.html"])
    for report in ("r.json", "r.html"):
        assert main(["verify", report, "sales", "marketing", "archive"]) == 0
    assert main(["verify", "r.html", "marketing", "r.html"]) == 0
    write(home / "sales/letter.md", b"Other words.\n")
    write(home / "sales/new.md", b"New words.\n")
    capsys.readouterr()
    for report in ("r.json", "r.html"):
        assert main(["verify", report, "sales", "marketing"]) == 1
        lines = [line.split(maxsplit=1) for line in capsys.readouterr().out.splitlines() if line]
        assert ["changed", "sales/letter.md"] in lines
        assert ["same", "marketing/clean.txt"] in lines
        assert ["not", "checked  sales/new.md"] in lines
    (home / "sales/letter.md").unlink()
    (home / "marketing/clean.txt").rename(home / "sales/clean.txt")
    assert main(["verify", "r.json", "sales", "marketing"]) == 1
    lines = [line.split(maxsplit=1) for line in capsys.readouterr().out.splitlines() if line]
    assert ["renamed", "sales/clean.txt, checked as marketing/clean.txt"] in lines
    assert ["not", "in hand  sales/letter.md"] in lines
    write(home / "no-report.json", b"[1, 2]")
    assert main(["verify", "no-report.json", "sales"]) == 2


def test_show_tells_what_becomes_of_each_block(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "sales/letter.md", "--guide", "rules"]) == 0
    out = capsys.readouterr().out
    assert "line 3" in out
    assert "Step on the boat in the evening." in out
    assert "→ warning term" in out


def test_words_and_names_cannot_steer_the_terminal(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(home / "sales/\x1b[2Jred.md", b"A boat \x1b]0;owned\x07 and \xe2\x80\xae backwards.\n")
    for arguments in (["check", "sales"], ["show", "sales/\x1b[2Jred.md"], ["check", "sales/\x1b[2Jgone.md"]):
        main(arguments)
        told = capsys.readouterr()
        assert "\x1b" not in told.out + told.err
        assert "\\x1b[2J" in told.out + told.err
