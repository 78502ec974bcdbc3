"""A small project on disk for tests of the command line, and the command line itself in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

GUIDE = """msgcheck: 1
company: {name: Sealine Ferries, aliases: [Sealine], never: [SeaLine]}
terms:
  - {use: ship, never: [boat]}
competitors: {names: [Nordfähre], policy: warn}
collateral:
  - {match: "archive/**", skip: true}
  - {match: "sales/**", kind: letter, owner: sales}
severity: {term: warning, competitor-mention: note}
"""
LETTER = "# Offer\n\nStep on the boat in the evening.\n\nYours, SeaLine\n"
CLEAN = "Step on the ship in the evening.\n"


def project(folder: Path) -> Path:
    """sales/letter.md with an error and a warning, marketing/clean.txt with nothing, archive/ that is skipped."""
    for name, text in (
        ("rules/guide.yaml", GUIDE), ("sales/letter.md", LETTER), ("marketing/clean.txt", CLEAN),
        ("archive/old.md", LETTER),
    ):
        write(folder / name, text.encode())
    return folder


def write(path: Path, data: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def empty_zip(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w"):
        pass
    return path


def run(*arguments: str | Path, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """`msgcheck` with `arguments` as a shell would run it; nothing is kept in the user's cache."""
    keep = {key: value for key, value in os.environ.items() if not key.startswith(("MSGCHECK", "COLUMNS", "FORCE"))}
    keep.update(MSGCHECK_CACHE_DIR=str(cwd / ".cache-of-test"), **environment)
    command = [sys.executable, "-m", "msgcheck", *(str(one) for one in arguments)]
    return subprocess.run(
        command, cwd=cwd, env=keep, capture_output=True, encoding="utf-8", timeout=120, check=False,
        stdin=subprocess.DEVNULL,
    )
