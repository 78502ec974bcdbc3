"""Whatever is handed in: what went wrong, where, and what to do; the right exit code; never a traceback."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from collateral import empty_zip, project, write

from msgcheck.cli.main import main


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MSGCHECK_CACHE_DIR", str(tmp_path / ".cache"))
    folder = project(tmp_path / "project")
    monkeypatch.chdir(folder)
    return folder


def encrypted_pdf(path: Path) -> Path:
    """A PDF that only a password opens."""
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    path.parent.mkdir(parents=True, exist_ok=True)
    canvas = Canvas(str(path), encrypt=StandardEncryption("secret", canPrint=0))
    canvas.drawString(72, 700, "Step on the boat.")
    canvas.save()
    return path


def truncated_pdf(path: Path) -> Path:
    encrypted = encrypted_pdf(path).read_bytes()
    return write(path, encrypted[: len(encrypted) // 3])


@pytest.mark.parametrize(
    ("arguments", "what", "where", "mend"),
    [
        (("check",), "nothing to check", "msgcheck check", "Name documents"),
        (("check", "nowhere"), "no such file", "nowhere", "spelling"),
        (("check", "empty"), "no document", "empty", ".pdf"),
        (("check", "sales", "--exclude", "sales/*"), "'sales/*' excludes", "sales", "Narrow"),
        (("check", "sales", "--guide", "nowhere.yaml"), "guide", "nowhere.yaml", ""),
        (("check", "sales", "--guide", "guide.pdf"), "guide", "guide.pdf", ""),
        (("check", "sales", "--guide", "empty"), "guide", "empty", ""),
        (("check", "sales", "--format", "jsn"), "'jsn'", "--format", "'json'"),
        (("check", "sales", "--slides", "film"), "'film'", "--slides", "render"),
        (("check", "sales", "--output", "report.docx"), "format", "report.docx", "html=FILE"),
        (("check", "sales", "--output", "no/such/r.json"), "folder", "no/such/r.json", "Make the folder"),
        (("check", "sales", "--output", "empty"), "folder", "empty", "Give the name"),
        (("check", "sales", "-o", "r.json", "-o", "r.json"), "same place", "r.json", ""),
        (("check", "sales", "--fail-on", "erorr"), "'erorr'", "--fail-on", "'error'"),
        (("check", "sales", "--select", "trem"), "'trem'", "--select", "'term'"),
        (("check", "sales", "--as-of", "tomorrow"), "'tomorrow'", "--as-of", "2026-12-31"),
        (("check", "sales", "--root", "nowhere"), "root", "nowhere", "--root"),
        (("check", "sales", "--password-file", "nowhere"), "passwords", "nowhere", ""),
        (("check", "sales", "--jobs", "0"), "--jobs", "msgcheck check", "--help"),
        (("check", "sales", "--colour"), "--colour", "msgcheck check", "--help"),
        (("chekc",), "chekc", "msgcheck", "--help"),
        (("explain", "terms"), "'terms'", "msgcheck explain", "'term'"),
        (("show", "nowhere.pdf"), "no such document", "nowhere.pdf", "spelling"),
        (("show", "sales/letter.md", "--as-of", "2026-11-21"), "without a guide", "--as-of", "--guide"),
        (("show", "sales/letter.md", "--include-hidden"), "without a guide", "--include-hidden", "--guide"),
        (("show", "sales/letter.md", "--root", "."), "without a guide", "--root", "--guide"),
        (("show", "sales/letter.md", "--model", "x"), "without a guide", "--model", "--guide"),
        (("show", "sales/letter.md", "--allow-download"), "without a guide", "--allow-download", "--guide"),
        (("show", "sales"), "a folder", "sales", "Name a document in it"),
        (("verify", "nowhere.json", "sales"), "report", "nowhere.json", ""),
        (("verify", "sales/letter.md", "sales"), "no report", "letter.md", "msgcheck check"),
        (("compare", " ", "words"), "nothing to compare", "APPROVED", "two texts"),
    ],
)
def test_what_cannot_be_done_is_told_in_three_lines(
    home: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], what: str, where: str, mend: str
) -> None:
    (home / "empty").mkdir()
    write(home / "guide.pdf", b"%PDF-1.4\n\xe2\xe3\xcf\xd3\n")
    assert main(arguments) == 2
    told = capsys.readouterr()
    lines = told.err.splitlines()
    assert told.out == ""
    assert lines[0].startswith("error: ")
    assert what in lines[0]
    assert any(where in line for line in lines)
    assert mend in told.err
    assert "Traceback" not in told.err


def test_all_errors_of_a_guide_are_told_with_line_and_caret(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    entries = b"terms:\n  - {use: ship, nevr: [boat]}\nclaims:\n  - {id: a, statement: b}\n"
    write(home / "bad.yaml", b"msgcheck: 1\n" + entries)
    assert main(["check", "sales", "--guide", "bad.yaml", "-o", "r.json"]) == 2
    told = capsys.readouterr().err
    assert "bad.yaml:3:" in told
    assert "bad.yaml:5:" in told
    assert "never" in told
    assert "^" in told
    assert not (home / "r.json").exists()


@pytest.mark.parametrize(
    ("name", "make", "status", "code"),
    [
        ("sales/none.pptx", lambda path: write(path, b""), "unread", "empty"),
        ("sales/none.txt", lambda path: write(path, b""), "unread", "empty"),
        ("sales/hollow.docx", empty_zip, "unread", "damaged"),
        ("sales/shut.pdf", encrypted_pdf, "unread", "encrypted"),
        ("sales/torn.pdf", truncated_pdf, "unread", None),
        ("sales/really.docx", lambda path: write(path, b"%PDF-1.4 and so on"), "unread", "wrong-type"),
        ("sales/folder.pdf", lambda path: write(path / "inner.txt", b"words"), "unread", "not-a-file"),
        ("sales/latin.txt", lambda path: write(path, b"Breakfast is served in the caf\xe9 on the upper deck."),
         "partly-read", None),
        ("sales/noise.md", lambda path: write(path, bytes(range(256)) * 8), None, None),
        ("sales/\x1b[31mred.md", lambda path: write(path, b"Step on the boat."), "read", None),
    ],
)
def test_what_cannot_be_read_is_one_unread_document(
    home: Path, capsys: pytest.CaptureFixture[str], name: str, make: Callable[[Path], Path], status: str | None,
    code: str | None,
) -> None:
    make(home / name)
    exit_code = main(["check", "sales", "-o", "r.json"])
    data = json.loads((home / "r.json").read_text("utf-8"))
    documents = {one["path"]: one for one in data["documents"]}
    document = documents[name]
    assert documents["sales/letter.md"]["status"] == "read"
    assert {one["document"] for one in data["findings"]} >= {"sales/letter.md"}
    assert exit_code == (2 if document["status"] == "unread" else 1)
    assert status is None or document["status"] == status
    if document["status"] == "unread":
        assert document["reasons"][0]["text"].endswith(".")
    if code:
        assert document["reasons"][0]["code"] == code
    assert "Traceback" not in capsys.readouterr().err


def test_a_file_without_permission_is_unread(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(home / "sales/secret.txt", b"Step on the boat.")
    path.chmod(0)
    try:
        if os.access(path, os.R_OK):
            pytest.skip("this user may read everything")
        assert main(["check", "sales", "-o", "r.json"]) == 2
    finally:
        path.chmod(0o600)
    documents = {one["path"]: one for one in json.loads((home / "r.json").read_text("utf-8"))["documents"]}
    assert documents["sales/secret.txt"]["reasons"][0]["code"] == "no-permission"


def test_a_link_out_of_the_root_is_skipped_with_its_reason(home: Path, tmp_path: Path) -> None:
    write(tmp_path / "elsewhere/plan.txt", b"Step on the boat.")
    (home / "sales/link.txt").symlink_to(tmp_path / "elsewhere/plan.txt")
    assert main(["check", "sales", "-o", "r.json"]) == 1
    documents = {one["path"]: one for one in json.loads((home / "r.json").read_text("utf-8"))["documents"]}
    assert documents["sales/link.txt"]["status"] == "skipped"
    assert documents["sales/link.txt"]["reasons"][0]["code"] == "link-out-of-root"


def test_a_name_that_is_no_text_does_not_break_a_report(home: Path) -> None:
    """A file name of bytes that are no UTF-8, as an old archive brings them."""
    (home / os.fsdecode(b"sales/let\xffter.md")).write_bytes(b"Sealine sails at noon.\n")
    outputs = ("r.sarif", "r.json", "gitlab=r.gitlab", "junit=r.xml", "r.csv", "r.md", "r.html", "github=r.txt")
    assert main(["check", ".", "-q", *(word for output in outputs for word in ("-o", output))]) == 1
    for name in ("r.sarif", "r.json", "r.gitlab"):
        assert "ter.md" in json.dumps(json.loads(Path(name).read_text(encoding="utf-8")))
    for output in outputs:
        assert Path(output.split("=")[-1]).read_bytes().decode("utf-8")
