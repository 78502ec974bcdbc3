"""The files of a guide: found, bounded, decoded. Nothing here knows what stands in them."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from msgcheck.errors import GuideError, Problem

MAX_BYTES = 4_000_000
"""Of all files of a guide together; the longest real ones are a few hundred kilobytes."""
MAX_FILES = 500

_LINE_BREAK = re.compile(r"\r\n|[\n\r\x85\u2028\u2029]")   # what YAML counts as one
_MARKED = re.compile(r"^[\"']?msgcheck[\"']?[ \t]*:", re.MULTILINE)
_FOREIGN = (
    (b"%PDF", "is a PDF, not a guide"),
    (b"PK\x03\x04", "is a Word, PowerPoint, Excel or zip file, not a guide"),
    (b"\xd0\xcf\x11\xe0", "is an old Office file, not a guide"),
    (b"{\\rtf", "is a rich text file, not a guide"),
    (b"\x89PNG", "is a picture, not a guide"),
    (b"\xff\xd8\xff", "is a picture, not a guide"),
)
_IMPORT = "A guide is a YAML file. `msgcheck guide import FILE` drafts one from a messaging document."


@dataclass(frozen=True, slots=True)
class GuideFile:
    """One file of the guide: its name as shown, and its text (a byte order mark taken off)."""

    name: str
    text: str

    def lines(self) -> tuple[str, ...]:
        return _lines(self.text)

    def problem(self, what: str, line: int, column: int, mend: str = "") -> Problem:
        """A problem at `line`, `column`, both from 1."""
        lines = self.lines()
        source = lines[line - 1] if 0 < line <= len(lines) else ""
        return Problem(what, self.name, line, column, source, mend)


@lru_cache(maxsize=16)
def _lines(text: str) -> tuple[str, ...]:
    return tuple(_LINE_BREAK.split(text))


def read_files(path: Path) -> tuple[tuple[GuideFile, ...], str, tuple[Problem, ...]]:
    """The guide's files, the SHA-256 of their bytes, and what is wrong with files that were left out.

    Of a folder, all `.yaml` and `.yml` files below it that carry `msgcheck:` at the start of a line; others are no part
    of the guide. GuideError when there is no guide at all at `path`.
    """
    if path.is_dir():
        return _folder(path)
    data = _bytes(path, MAX_BYTES)
    text = _decoded(path.as_posix(), data)
    if isinstance(text, Problem):
        raise GuideError("The guide cannot be read.", problems=(text,))
    return (GuideFile(path.as_posix(), text),), hashlib.sha256(data).hexdigest(), ()


def _folder(path: Path) -> tuple[tuple[GuideFile, ...], str, tuple[Problem, ...]]:
    found = sorted(_yaml_files(path), key=lambda one: one.relative_to(path).as_posix())
    if len(found) > MAX_FILES:
        raise GuideError(f"The folder holds {len(found)} YAML files; a guide has {MAX_FILES} at most.", path.as_posix(),
                         "Name the guide's own folder.")
    files: list[GuideFile] = []
    problems: list[Problem] = []
    digest = hashlib.sha256()
    left = MAX_BYTES
    for one in found:
        data = _bytes(one, left)
        if not re.search(rb"(?m)^(\xef\xbb\xbf)?[\"']?msgcheck[\"']?[ \t]*:", data.replace(b"\0", b"")):
            continue
        left -= len(data)
        text = _decoded(one.as_posix(), data)
        if isinstance(text, Problem):
            problems.append(text)
            continue
        if not _MARKED.search(text):
            continue
        files.append(GuideFile(one.as_posix(), text))
        digest.update(f"{one.relative_to(path).as_posix()}\0{len(data)}\0".encode())
        digest.update(data)
    if not files and not problems:
        raise GuideError("There is no guide in this folder: none of its YAML files carries `msgcheck: 1`.",
                         path.as_posix(), "`msgcheck init` writes one to start from.")
    return tuple(files), digest.hexdigest(), tuple(problems)


def _yaml_files(path: Path) -> list[Path]:
    out: list[Path] = []
    for folder, folders, names in os.walk(path):        # follows no links to folders
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        out += [Path(folder, name) for name in names
                if name.lower().endswith((".yaml", ".yml")) and not name.startswith(".")]
    return out


def _bytes(path: Path, limit: int) -> bytes:
    name = path.as_posix()
    try:
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode):
            raise GuideError("The guide is not a regular file.", name, "Name a YAML file or a folder of them.")
        with path.open("rb") as stream:
            data = stream.read(limit + 1)
    except FileNotFoundError:
        raise GuideError("There is no guide at this path.", name, "`msgcheck init` writes one to start from.") from None
    except PermissionError:
        raise GuideError("The guide may not be read: no permission.", name, "Ask its owner.") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "the path is not valid"
        raise GuideError(f"The guide cannot be read: {reason}.", name) from None
    if len(data) > limit:
        raise GuideError(f"The guide is larger than {MAX_BYTES // 1_000_000} megabytes.", name,
                         "A guide is approved words, not the documents themselves; name the YAML file.")
    return data


def _decoded(name: str, data: bytes) -> str | Problem:
    for start, what in _FOREIGN:
        if data.startswith(start):
            return Problem(f"This {what}.", name, mend=_IMPORT)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    elif b"\0" in data:
        return Problem("This is a binary file, not a guide.", name, mend=_IMPORT)
    else:
        encoding = "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        before = data[:error.start].decode(encoding, "replace")
        lines = _LINE_BREAK.split(before)
        source = _LINE_BREAK.split(data[:error.start + 200].decode(encoding, "replace"))[len(lines) - 1]
        return Problem(f"Byte 0x{data[error.start]:02x} is not UTF-8.", name, len(lines), len(lines[-1]) + 1, source,
                       "Save the file as UTF-8.")
    if not text.strip():
        return Problem("The guide is empty.", name, mend="`msgcheck init` writes one to start from.")
    if text.lstrip()[:200].casefold().startswith(("<!doctype", "<html", "<?xml")):
        return Problem("This is an HTML or XML file, not a guide.", name, mend=_IMPORT)
    return text
