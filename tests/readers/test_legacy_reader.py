"""Old formats through LibreOffice: as it is installed, as it hangs, as it is missing."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from office_files import blank, box, document, presentation

from msgcheck.readers import ReadOptions, legacy, read

RTF = rb"{\rtf1\ansi {\b Firsttext}\par Second text {\v hiddentext}\par}"
OPTIONS = ReadOptions(recognise_language=False, max_seconds=300.0)      # LibreOffice is slow on a busy machine

needs_libreoffice = pytest.mark.skipif(legacy.libreoffice() is None, reason="LibreOffice is not installed")


def test_without_libreoffice_the_reason_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(legacy, "libreoffice", lambda: None)
    (reason,) = read(RTF, "old.rtf", OPTIONS).reasons
    assert reason.code == "needs-libreoffice"
    assert "install LibreOffice" in reason.text
    assert ".docx" in reason.text


def test_switched_off_it_is_not_started(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(legacy, "libreoffice", lambda: pytest.fail("asked for"))
    (reason,) = read(RTF, "old.rtf", ReadOptions(libreoffice=False)).reasons
    assert reason.code == "needs-libreoffice"


def program(folder: Path, script: str) -> str:
    path = folder / "soffice"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return str(path)


def test_a_hanging_conversion_is_ended_with_all_it_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hanging = program(tmp_path, f"sleep 600 & echo $! > {tmp_path}/child; wait")
    monkeypatch.setattr(legacy, "libreoffice", lambda: hanging)
    monkeypatch.setattr(legacy, "_isolated", lambda: ())
    (reason,) = read(RTF, "old.rtf", ReadOptions(max_seconds=1.0)).reasons
    assert reason.code == "timeout"
    child = (tmp_path / "child").read_text().strip()
    assert subprocess.run(["kill", "-0", child], capture_output=True, check=False).returncode != 0 or _is_zombie(child)


def _is_zombie(process: str) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True


def test_a_conversion_that_yields_nothing_is_damaged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(legacy, "libreoffice", lambda: program(tmp_path, "exit 0"))
    assert [reason.code for reason in read(RTF, "old.rtf", OPTIONS).reasons] == ["damaged"]


def test_the_profile_forbids_macros_and_is_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copying = program(
        tmp_path, 'for word in "$@"; do case $word in -env:*) cp -r "${word#-env:UserInstallation=file://}" '
        f"{tmp_path}/kept;; esac; done; env > {tmp_path}/environment"
    )
    monkeypatch.setattr(legacy, "libreoffice", lambda: copying)
    monkeypatch.setenv("HTTP_PROXY", "http://proxy.example:3128")
    read(RTF, "old.rtf", OPTIONS)
    profile = (tmp_path / "kept" / "user" / "registrymodifications.xcu").read_text()
    assert '"DisableMacrosExecution" oor:op="fuse"><value>true' in profile
    environment = (tmp_path / "environment").read_text()
    assert "proxy.example" not in environment
    assert f"HOME={Path.home()}\n" not in environment


@needs_libreoffice
def test_rich_text_is_read() -> None:
    found = read(RTF, "old.rtf", OPTIONS)
    assert (found.status, found.format) == ("read", "legacy")
    assert [block.text for block in found.blocks if block.layer == "body"] == ["Firsttext", "Second text"]
    assert [block.text for block in found.blocks if block.layer == "hidden"] == ["hiddentext"]


@needs_libreoffice
def test_documents_come_through(tmp_path: Path) -> None:
    data = converted(document(lambda word: word.add_heading("Headtext", 1)), "docx", "doc", tmp_path)
    found = read(data, "old.doc", OPTIONS)
    assert [(block.text, block.kind) for block in found.blocks if block.layer == "body"] == [("Headtext", "heading")]


@needs_libreoffice
def test_presentations_come_through(tmp_path: Path) -> None:
    deck = presentation(lambda deck: box(blank(deck, "Titletext").shapes, "Boxtext", 40, 200))
    found = read(converted(deck, "pptx", "odp", tmp_path), "old.odp", OPTIONS)
    assert [block.text for block in found.blocks if block.layer == "body"] == ["Titletext", "Boxtext"]
    assert (found.pages, found.unit) == (1, "slide")


def converted(data: bytes, suffix: str, target: str, folder: Path) -> bytes:
    (folder / f"made.{suffix}").write_bytes(data)
    subprocess.run(
        [str(legacy.libreoffice()), f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless",
         "--convert-to", target, "--outdir", str(folder), str(folder / f"made.{suffix}")],
        check=True, capture_output=True, timeout=120,
    )
    return (folder / f"made.{target}").read_bytes()
