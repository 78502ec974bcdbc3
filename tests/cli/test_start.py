"""What starting costs: the commands that need no model import none, nor anything else that is heavy."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = ("torch", "transformers", "sentence_transformers", "spacy", "onnxruntime", "numpy", "pdfplumber", "pypdfium2",
         "docx", "pptx", "lxml", "PIL", "lingua")
LIGHT = ("ruamel", "re2")                # pydantic comes with typer


def imported(*arguments: str, cwd: Path) -> set[str]:
    """The top-level modules that `msgcheck` has imported when the command ends."""
    code = (
        "import sys\nfrom msgcheck.cli.main import main\nmain(sys.argv[1:])\n"
        "print(*{name.partition('.')[0] for name in sys.modules}, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code, *arguments], cwd=cwd, capture_output=True, text=True, timeout=60,
                          check=True)
    return set(done.stderr.split())


@pytest.mark.parametrize("arguments", [("--help",), ("--version",), ("rules",), ("explain", "message-drift"),
                                       ("check", "--help")])
def test_a_command_that_reads_nothing_imports_nothing(arguments: tuple[str, ...], tmp_path: Path) -> None:
    assert imported(*arguments, cwd=tmp_path) & {*HEAVY, *LIGHT} == set()


def test_a_guide_is_checked_without_models(tmp_path: Path) -> None:
    (tmp_path / "guide.yaml").write_text("msgcheck: 1\nfacts: [We sail daily.]\n")
    assert imported("guide", "check", "guide.yaml", cwd=tmp_path) & set(HEAVY) == set()
