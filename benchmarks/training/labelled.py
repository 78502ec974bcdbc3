"""The labelled pairs that the models are fitted on: those of the shared folder and the project's own, read alike.

A file of pairs is known by its letter; all pairs of an industry lie in one file, so that whole files can be held out.
The project's own files are described in `pairs/README.md`.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

OWN = Path(__file__).with_name("pairs")
RIDDLES = Path(__file__).with_name("riddles")

Row = dict[str, Any]


def files(shared: Path, riddles: bool = False) -> dict[str, Path]:
    """The files of pairs by their letters, in their order, those told as riddles (capitals) if asked for; raises
    ValueError where two have the same letter.
    """
    found: dict[str, Path] = {}
    for folder in (shared / "pairs", OWN, *([RIDDLES] if riddles else [])):
        for path in sorted(folder.glob("?.jsonl")):
            if path.stem in found:
                raise ValueError(f"{path} and {found[path.stem]} have the same letter")
            found[path.stem] = path
    return found


def own() -> frozenset[str]:
    """The letters of the project's own files, which tell their statements mildly."""
    return frozenset(path.stem for path in OWN.glob("?.jsonl"))


def pairs(shared: Path, riddles: bool = False) -> list[Row]:
    """Every labelled pair, with the letter of its `file`."""
    return [{**row, "file": letter} for letter, path in files(shared, riddles).items() for row in lines(path)]


def prohibited(shared: Path, riddles: bool = False) -> list[Row]:
    """Statements that may never be made, each beside a passage that `violates` it or does not."""
    folders = (shared / "pairs", OWN, *([RIDDLES] if riddles else []))
    return [row for folder in folders for row in lines(folder / "prohibited.jsonl")]


def claims(shared: Path) -> list[Row]:
    """Passages with the heading above them, and whether they are a `claim`."""
    return [row for folder in (shared / "pairs", OWN) for row in lines(folder / "claims.jsonl")]


def unseen_claims() -> list[Row]:
    """The same, of the project's own alone, that the pair model was not trained on."""
    return lines(OWN / "claims-unseen.jsonl")


def lines(path: Path) -> list[Row]:
    """The objects of a file of JSON lines; none where there is no such file."""
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text(encoding="utf8").splitlines()]
