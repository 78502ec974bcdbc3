"""Office packages from strangers: a zip of XML parts, cut down to what a reader needs and made safe to open.

python-docx and python-pptx never see the file itself, only the copy that `open_package` makes of it in memory: bounded
in size, without pictures, sound, fonts and embedded files, without names that lead out of the archive, without document
types (so no entity can be declared, let alone fetched or expanded), and with the references that lead nowhere removed.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Container
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, TypeVar

from msgcheck.errors import Unreadable
from msgcheck.model import Reason
from msgcheck.readers.options import ReadOptions

Opened = TypeVar("Opened")

_MOST_PARTS = 20_000
_XML = (".xml", ".rels", ".vml")
_ZIP_ERRORS = (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError)
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/([A-Za-z]+)/")
_MAIN_TYPES = (
    (
        re.compile(rb"application/vnd\.(?:ms-word|openxmlformats-officedocument\.wordprocessingml)\.(?:document\.macroEnabled"
                   rb"|template|template\.macroEnabledTemplate)\.main\+xml"),
        b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    ),
    (
        re.compile(rb"application/vnd\.(?:ms-powerpoint|openxmlformats-officedocument\.presentationml)\.(?:slideshow"
                   rb"|template|(?:presentation|slideshow|template)\.macroEnabled)\.main\+xml"),
        b"application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml",
    ),
)
_NO_RELATIONS = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'
_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationships"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


@dataclass(frozen=True, slots=True)
class Parts:
    """The XML parts of a package by name (no leading '/'), the names of all others, and what was wrong with it."""

    xml: dict[str, bytes]
    others: tuple[str, ...]
    reasons: tuple[Reason, ...]


def safe_parser(*, recover: bool = False) -> Any:
    """An lxml parser that expands no entity, loads nothing and keeps libxml2's bounds on depth and size."""
    from lxml import etree

    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False,
        recover=recover, remove_comments=True, remove_pis=True,
    )


def open_package(
    data: bytes, options: ReadOptions, opener: Callable[[io.BytesIO], Opened],
) -> tuple[Opened, tuple[Reason, ...]]:
    """What `opener` makes of the safe copy, and what had to be left out of it.

    A package that does not open at first is mended (broken XML is read up to the break) and tried once more. Raises
    `Unreadable`: 'encrypted', 'too-large' or 'damaged'.
    """
    parts = unpack(data, options)
    try:
        return opener(_packed(parts)), parts.reasons
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - whatever the library throws, the mended copy is the answer
        mended = _mend(parts)
    try:
        return opener(_packed(mended)), mended.reasons
    except MemoryError:
        raise
    except Exception as error:
        raise Unreadable(
            "damaged", f"The file is damaged: no Office document can be opened from it ({type(error).__name__})."
        ) from error


def unpack(data: bytes, options: ReadOptions) -> Parts:
    """The parts of the package `data`, none larger than its directory says; names that lead out of it are left out."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except _ZIP_ERRORS as error:
        raise Unreadable("damaged", "The file is damaged: its zip archive cannot be opened.") from error
    with archive:
        infos = {_name(info.filename): info for info in archive.infolist() if not info.is_dir()}
        infos.pop("", None)
        _bound(list(infos.values()), options)
        xml: dict[str, bytes] = {}
        reasons: list[Reason] = []
        for name, info in infos.items():
            if not name.lower().endswith(_XML):
                continue
            try:
                xml[name] = _plain(archive.read(info))
            except _ZIP_ERRORS:
                reasons.append(Reason("part-unreadable", name, f"The part {name} cannot be unpacked."))
    others = tuple(name for name in infos if name not in xml)
    return Parts({name: _without_dead_ends(name, part, infos) for name, part in xml.items()}, others, tuple(reasons))


def _bound(infos: list[zipfile.ZipInfo], options: ReadOptions) -> None:
    if any(info.flag_bits & 1 for info in infos):
        raise Unreadable("encrypted", "The file's archive is encrypted: save it without a password.")
    if len(infos) > _MOST_PARTS:
        raise Unreadable("too-large", f"The file has {len(infos):,} parts; at most {_MOST_PARTS:,} are read.")
    size = sum(info.file_size for info in infos)
    if size > options.max_unpacked:
        text = f"The file unpacks to {size:,} bytes; at most {options.max_unpacked:,} are read."
        raise Unreadable("too-large", text)


def _name(name: str) -> str:
    """A part's name with '/' and nothing that leads out of the archive; '' for one that does."""
    parts = [part for part in name.replace("\\", "/").split("/") if part not in ("", ".")]
    if ".." in parts or (parts and ":" in parts[0]):
        return ""
    return "/".join(parts)


def _plain(part: bytes) -> bytes:
    """An XML part as UTF-8 in the transitional namespaces; raises `Unreadable` where it declares a document type."""
    if part.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = part.decode("utf-16", "replace")
        part = re.sub(r"^\s*<\?xml[^>]*\?>", "", text).encode("utf-8")
    if b"<!DOCTYPE" in part or b"<!ENTITY" in part:
        text = "The file declares XML entities, which Office never does and which can be an attack: it is not opened."
        raise Unreadable("damaged", text)
    if b"purl.oclc.org" in part:
        part = _STRICT.sub(rb"http://schemas.openxmlformats.org/\1/2006/", part)
    return part


def _without_dead_ends(name: str, part: bytes, names: Container[str]) -> bytes:
    """A part as the libraries want it: main content types they know, no relation to a part that is not there."""
    if name == "[Content_Types].xml":
        for pattern, plain in _MAIN_TYPES:
            part = pattern.sub(plain, part)
        return part
    if not name.endswith(".rels"):
        return part
    from lxml import etree

    try:
        root = etree.fromstring(part, safe_parser(recover=True))
    except etree.XMLSyntaxError:
        return _NO_RELATIONS
    if root is None or root.tag != _RELATIONS:
        return _NO_RELATIONS
    folder = PurePosixPath(name).parent.parent
    dead = [
        relation for relation in root.iter(_RELATION)
        if relation.get("TargetMode") != "External" and _target(folder, relation.get("Target", "")) not in names
    ]
    if not dead:
        return part
    for relation in dead:
        root.remove(relation)
    return etree.tostring(root)


def _target(folder: PurePosixPath, target: str) -> str:
    target = target.split("#")[0]
    steps: list[str] = [] if target.startswith("/") else [step for step in folder.parts if step != "."]
    for step in target.replace("\\", "/").split("/"):
        if step == "..":
            if not steps:
                return ""
            steps.pop()
        elif step not in ("", "."):
            steps.append(step)
    return "/".join(steps)


def _mend(parts: Parts) -> Parts:
    """Broken XML read up to where it breaks, or left out where nothing sound comes of it; each with a reason."""
    xml: dict[str, bytes] = {}
    reasons = list(parts.reasons)
    for name, part in parts.xml.items():
        if _is_sound(part):
            xml[name] = part
            continue
        recovered = _recovered(part)
        if recovered is not None:
            xml[name] = recovered
            what = "was read up to the break"
        else:
            what = "was not read"
        reasons.append(Reason("part-unreadable", name, f"The part {name} is broken and {what}."))
    names = {*xml, *parts.others}
    return Parts(
        {name: _without_dead_ends(name, part, names) for name, part in xml.items()}, parts.others, tuple(reasons),
    )


def _is_sound(part: bytes) -> bool:
    from lxml import etree

    try:
        etree.fromstring(part, safe_parser())
    except etree.XMLSyntaxError:
        return False
    return True


def _recovered(part: bytes) -> bytes | None:
    from lxml import etree

    try:
        root = etree.fromstring(part, safe_parser(recover=True))
    except etree.XMLSyntaxError:
        return None
    again = etree.tostring(root) if root is not None else b""
    return again if again and _is_sound(again) else None


def _packed(parts: Parts) -> io.BytesIO:
    """The parts as a zip without compression; parts that are not XML are there, but empty."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for name, part in parts.xml.items():
            archive.writestr(name, part)
        for name in parts.others:
            archive.writestr(name, b"")
    stream.seek(0)
    return stream
