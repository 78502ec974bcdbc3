"""Office files without a clock: the same parts in the same order, all of one date."""

from __future__ import annotations

import datetime
import io
import zipfile
from pathlib import Path
from typing import Any

MADE = datetime.datetime(2026, 11, 2, 9, 0, 0)


def properties(file: Any, title: str) -> None:
    core = file.core_properties
    core.title, core.author, core.last_modified_by, core.comments = title, "Merrowby Audio", "Merrowby Audio", ""
    core.created = core.modified = MADE
    core.revision = 1


def save(file: Any, path: Path) -> None:
    """Write a document or presentation so that the same content gives the same bytes."""
    buffer = io.BytesIO()
    file.save(buffer)
    with zipfile.ZipFile(buffer) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as new:
        for name in old.namelist():
            data = _PIXEL if name.startswith("docProps/thumbnail") else old.read(name)
            part = zipfile.ZipInfo(name, (2026, 11, 2, 9, 0, 0))
            part.compress_type = zipfile.ZIP_DEFLATED
            part.external_attr = 0o644 << 16
            new.writestr(part, data)


def _jpeg() -> bytes:
    """One pixel, in the place of the template's picture of another document."""
    return bytes.fromhex(
        "ffd8ffe000104a46494600010100000100010000ffdb004300"
        + "10" * 64
        + "ffc0000b080001000101011100ffc40014000100000000000000000000000000000009ffc400141001000000000000000000"
        + "00000000000000"
        + "ffda0008010100003f0054ffd9"
    )


_PIXEL = _jpeg()


def brand(part: Any, colors: dict[str, str], heading: str, body: str) -> None:
    """Give a theme part (`ppt/theme/theme1.xml`) the colours and fonts of the brand."""
    from lxml import etree

    space = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
    tree = etree.fromstring(part.blob)
    for name, color in colors.items():
        slot = next(tree.iter(f"{space}{name}"))
        for child in list(slot):
            slot.remove(child)
        etree.SubElement(slot, f"{space}srgbClr").set("val", color.lstrip("#"))
    for name, family in (("majorFont", heading), ("minorFont", body)):
        next(next(tree.iter(f"{space}{name}")).iter(f"{space}latin")).set("typeface", family)
    part._blob = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
