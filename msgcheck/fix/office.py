"""Corrections in DOCX and PPTX files: the words take the formatting of the first character that they replace."""

from __future__ import annotations

from collections.abc import Sequence

from msgcheck.copies.package import Package
from msgcheck.copies.paragraphs import replace, spots, units
from msgcheck.fix.edits import Edit


def mended(data: bytes, edits: Sequence[Edit]) -> tuple[bytes, list[Edit]]:
    """Every part of the package in which nothing is corrected stays byte for byte as it was."""
    package = Package(data)
    found = spots((edit.finding for edit in edits), units(package))
    placed = [(edit, spot) for index, edit in enumerate(edits) for spot in found.get(index, ())]
    done: list[Edit] = []
    for edit, spot in sorted(placed, key=lambda pair: (id(pair[1].unit.paragraph), -pair[1].start)):
        if replace(spot, edit.words):
            package.touch(spot.unit.part)
            if edit not in done:
                done.append(edit)
    return package.save(), [edit for edit in edits if edit in done]

