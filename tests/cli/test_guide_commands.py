"""`msgcheck guide` and `msgcheck init` as a shell runs them: what is printed where, and the exit code."""

from __future__ import annotations

from pathlib import Path

import pytest
from collateral import run

from msgcheck.cli.main import main

SOUND = "msgcheck: 1\nfacts: [Aqua is wet.]\nterms: [{use: water, never: [aqua]}]\n"


def written(folder: Path, text: str, name: str = "guide.yaml") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def test_a_sound_guide(tmp_path: Path) -> None:
    done = run("guide", "check", written(tmp_path, SOUND), cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "no errors. 1 terms, 1 facts." in done.stdout
    assert "facts `Aqua is wet.`: 'Aqua' (term, `water`)" in done.stdout


def test_the_guide_is_found_in_rules(tmp_path: Path) -> None:
    written(tmp_path, SOUND, "rules/guide.yaml")
    assert "no errors" in run("guide", "check", cwd=tmp_path).stdout


@pytest.mark.parametrize("command", ["check", "lint", "test"])
def test_no_guide_is_told_without_an_option_that_is_not_there(
    tmp_path: Path, command: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["guide", command]) == 2
    told = capsys.readouterr().err
    assert told.startswith("error: There is no messaging guide.")
    assert "do: Give its path, put it into" in told
    assert "--" not in told


def test_a_guide_needs_no_root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(tmp_path, 'guide = "guide.yaml"\nroot = "nowhere"\n', "msgcheck.toml")
    written(tmp_path, SOUND)
    monkeypatch.chdir(tmp_path)
    assert main(["guide", "check"]) == 0


def test_errors_of_a_guide(tmp_path: Path) -> None:
    done = run("guide", "check", written(tmp_path, "msgcheck: 1\nfact: [a]\nterms:\n  - use: b\n"), cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "guide.yaml:2:1\n  2 | fact: [a]\n    | ^\n  do: Did you mean `facts`?" in done.stderr
    assert "guide.yaml:4:5" in done.stderr
    assert "The guide has 2 errors" in done.stderr


def test_errors_of_the_brand_file(tmp_path: Path) -> None:
    guide = written(tmp_path, SOUND + "visual: _brand.yml\n")
    absent = run("guide", "check", guide, cwd=tmp_path)
    assert absent.returncode == 2 and "`visual` names '_brand.yml', and it cannot be read" in absent.stderr
    written(tmp_path, "color:\n  palette:\n    leaf: grene\n", "_brand.yml")
    wrong = run("guide", "check", guide, cwd=tmp_path)
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert "_brand.yml:3:5\n  3 |     leaf: grene\n    |     ^" in wrong.stderr
    written(tmp_path, "color:\n  palette:\n    leaf: green\n", "_brand.yml")
    assert run("guide", "check", guide, cwd=tmp_path).returncode == 0


@pytest.mark.parametrize("command", ["check", "lint", "test"])
@pytest.mark.parametrize(("name", "data"), [("a.pdf", b"%PDF-1.7"), ("absent.yaml", None), ("empty.yaml", b""),
                                            ("x\x1b[31m.yaml", b"\xff\xfe\x00")])
def test_what_is_no_guide(tmp_path: Path, command: str, name: str, data: bytes | None) -> None:
    if data is not None:
        (tmp_path / name).write_bytes(data)
    done = run("guide", command, tmp_path / name, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("error: ")
    assert "\x1b" not in done.stderr
    assert "Traceback" not in done.stderr


def test_escape_codes_of_a_guide_are_written_out(tmp_path: Path) -> None:
    text = 'msgcheck: 1\nfacts: ["Aqua \\e]0;x\\a is wet."]\nterms: [{use: water, never: [aqua]}]\n'
    done = run("guide", "check", written(tmp_path, text), cwd=tmp_path)
    assert done.returncode == 0
    assert "\x1b" not in done.stdout
    assert "\\x1b" in done.stdout


def test_init_writes_a_guide_that_passes(tmp_path: Path) -> None:
    done = run("init", "--company", "Halden: & Sons", cwd=tmp_path)
    assert done.returncode == 0
    assert {path.name for path in (tmp_path / "rules").iterdir()} == {"messaging.yaml", "guide.schema.json"}
    assert "no errors" in run("guide", "check", "rules", cwd=tmp_path).stdout


def test_init_does_not_overwrite(tmp_path: Path) -> None:
    path = written(tmp_path, SOUND, "rules/messaging.yaml")
    done = run("init", cwd=tmp_path)
    assert done.returncode == 2
    assert "There is a guide already" in done.stderr
    assert path.read_text("utf-8") == SOUND
    assert run("init", "--force", cwd=tmp_path).returncode == 0
    assert path.read_text("utf-8") != SOUND


def test_init_scans_a_folder(tmp_path: Path) -> None:
    text = "The HydroLink module is wet.\n\n© 2026 Halden Ltd. All rights reserved.\n"
    for name in ("one.md", "two.md"):
        written(tmp_path, text, f"marketing/{name}")
    done = run("init", "--scan", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    text = (tmp_path / "rules" / "messaging.yaml").read_text("utf-8")
    assert "name: HydroLink" in text
    assert "name: Halden" in text
    assert run("guide", "check", cwd=tmp_path).returncode == 0


def test_init_in_no_folder(tmp_path: Path) -> None:
    assert run("init", "absent", cwd=tmp_path).returncode == 2
    done = run("init", "--scan", cwd=tmp_path)
    assert done.returncode == 2
    assert not (tmp_path / "rules" / "messaging.yaml").exists()


def test_import_to_stdout_and_to_a_file(tmp_path: Path) -> None:
    text = "# Key messages\n\n- Water moves every pump.\n\n# Story\n\nLong ago a man dug a well.\n"
    source = written(tmp_path, text, "a.md")
    done = run("guide", "import", source, cwd=tmp_path)
    assert done.returncode == 0
    assert done.stdout.startswith("# yaml-language-server")
    assert 'statement: "Water moves every pump."' in done.stdout
    assert done.stderr.startswith("not taken: a.md")
    again = run("guide", "import", source, "-o", "draft.yaml", cwd=tmp_path)
    assert "1 messages" in again.stdout
    assert (tmp_path / "draft.yaml").read_text("utf-8") == done.stdout
    refused = run("guide", "import", source, "-o", "draft.yaml", cwd=tmp_path)
    assert refused.returncode == 2
    assert "The file exists" in refused.stderr


def test_import_of_nothing(tmp_path: Path) -> None:
    assert run("guide", "import", cwd=tmp_path).returncode == 2
    done = run("guide", "import", "absent.md", cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.startswith("error: There is no such file.")


def test_lint_and_test(tmp_path: Path) -> None:
    text = "msgcheck: 1\nterms: [{use: water, never: [aqua], examples: {ok: [Aqua is wet.], not_ok: [Aqua moves.]}}]\n"
    path = written(tmp_path, text + "claims: [{id: a, statement: Water moves., source: S-1, expires: 2026-01-01}]\n")
    lint = run("guide", "lint", path, "--as-of", "2026-11-21", cwd=tmp_path)
    assert lint.returncode == 1
    assert "warning: The claim `a` expired on 2026-01-01." in lint.stdout
    assert run("guide", "lint", path, "--as-of", "2025-01-01", cwd=tmp_path).returncode == 0
    test = run("guide", "test", path, cwd=tmp_path)
    assert test.returncode == 1
    assert "1 of 2 examples pass." in test.stdout
