"""Bytes in, `Document` out: the door of the room. A reader never knows a rule.

A reader is a function `read(data: bytes, name: str, options: ReadOptions) -> Document` in a module of its own, named in
the table `READERS` and imported when the first document of its format comes. It raises `errors.Unreadable(code, text,
place)` for a document that cannot be read at all, and returns what it read, with reasons, for one that can be in part.

Reason codes are stable: `REASONS` has them all.
"""

from __future__ import annotations

import hashlib
import importlib
import stat
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import cast

from msgcheck.errors import Unreadable
from msgcheck.model import Document, Reason
from msgcheck.readers.blocks import unread_document
from msgcheck.readers.options import ReadOptions
from msgcheck.readers.recognise import content_of, phrase_of, suffix_of

__all__ = ["READERS", "REASONS", "ReadOptions", "Reader", "format_of", "read", "read_path"]

Reader = Callable[[bytes, str, ReadOptions], Document]

READERS: dict[str, tuple[tuple[str, ...], str]] = {
    "pdf": ((".pdf",), "msgcheck.readers.pdf:read"),
    "docx": ((".docx", ".docm", ".dotx"), "msgcheck.readers.docx:read"),
    "pptx": ((".pptx", ".pptm", ".ppsx", ".potx"), "msgcheck.readers.pptx:read"),
    "html": ((".html", ".htm", ".xhtml"), "msgcheck.readers.html:read"),
    "markdown": ((".md", ".markdown"), "msgcheck.readers.markdown:read"),
    "text": ((".txt", ".text"), "msgcheck.readers.text:read"),
    "subtitles": ((".srt", ".vtt"), "msgcheck.readers.subtitles:read"),
    "legacy": ((".doc", ".ppt", ".odt", ".odp", ".rtf"), "msgcheck.readers.legacy:read"),
}
"""Format → (its suffixes, 'module:function')."""

REASONS: dict[str, str] = {
    # the whole document
    "empty": "the file has no bytes",
    "no-text": "nothing in it could be read as text",
    "encrypted": "it is encrypted and no password given opens it",
    "damaged": "it is broken, or not made to the rules of its format",
    "wrong-type": "its content is not what its name says",
    "unsupported": "msgcheck does not read this format, or not without a program that is not installed",
    "not-a-file": "it is a folder or a device",
    "not-found": "there is no such file",
    "no-permission": "the file may not be opened",
    "not-readable": "the system could not hand out its bytes",
    "needs-libreoffice": "its format is read through LibreOffice, which is not installed or switched off",
    "too-large": "the file, or what it unpacks to, is over the bound",
    "too-deep": "it nests deeper than the bound",
    "timeout": "reading it took longer than the bound",
    "memory": "reading it took more memory than the bound",
    "crashed": "the reading process died of it",
    # parts of it
    "too-many-pages": "pages beyond the bound were not read",
    "too-many-blocks": "blocks beyond the bound were not read",
    "picture-without-text": "a picture that may hold words, of which none could be read",
    "page-unreadable": "a page is broken",
    "text-unreadable": "characters that the file does not map to letters",
    "part-unreadable": "a part of it is broken or missing",
    "encoding-guessed": "the text is not UTF-8 and does not say what it is; its letters may be wrong",
    "ocr-uncertain": "words in a picture were recognised with little confidence",
}
"""Every reason code with its meaning."""

_TEXT_FORMATS = frozenset({"html", "markdown", "text", "subtitles"})
_RECOGNISED = frozenset(READERS)
"""Formats that `content_of` can tell; one that is added to the table is taken by its suffix."""


def format_of(name: str) -> str | None:
    """The format that a document's name promises, None where no reader is for it."""
    suffix = suffix_of(name)
    return next((format_ for format_, (suffixes, _) in READERS.items() if suffix in suffixes), None)


def read(data: bytes, name: str, options: ReadOptions | None = None) -> Document:
    """`data` as a document called `name`. Never raises for what is in `data`: what cannot be read is unread.

    Runs in the calling process without bounds on time and memory; `msgcheck.readers.pool.Pool` sets those.
    """
    options = options or ReadOptions()
    digest = hashlib.sha256(data).hexdigest()
    format_ = format_of(name) or ""
    try:
        reader = _reader(data, name, format_, options)
        document = reader(data, name, options)
    except Unreadable as error:
        return unread_document(name, format_, digest, error.code, error.text, error.place)
    except MemoryError:
        return unread_document(name, format_, digest, "memory", "Reading this document takes more memory than it may.")
    except RecursionError:
        return unread_document(name, format_, digest, "too-deep", "This document nests deeper than msgcheck follows.")
    except Exception as error:  # noqa: BLE001 - whatever a parser throws at a stranger's file is that file's reason
        text = f"This file is damaged: the {format_} reader cannot make sense of it ({type(error).__name__})."
        return unread_document(name, format_, digest, "damaged", text)
    return _with_language(_bounded(document, options), options)


def read_path(path: Path, name: str, options: ReadOptions | None = None) -> Document:
    """The file at `path` as a document called `name`; what cannot be opened is an unread document too."""
    options = options or ReadOptions()
    format_ = format_of(name) or ""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            what = "a folder" if stat.S_ISDIR(status.st_mode) else "no regular file"
            return unread_document(name, format_, "", "not-a-file", f"This is {what}, not a document.")
        if status.st_size > options.max_bytes:
            text = f"The file has {status.st_size:,} bytes; at most {options.max_bytes:,} are read."
            return unread_document(name, format_, "", "too-large", text)
        data = path.read_bytes()
    except FileNotFoundError:
        return unread_document(name, format_, "", "not-found", "There is no such file.")
    except PermissionError:
        text = "The file may not be opened: ask for permission to read it."
        return unread_document(name, format_, "", "no-permission", text)
    except OSError as error:
        text = f"The file could not be opened: {error.strerror or type(error).__name__}."
        return unread_document(name, format_, "", "not-readable", text)
    return read(data, name, options)


def _reader(data: bytes, name: str, format_: str, options: ReadOptions) -> Reader:
    """The reader for the document; raises `Unreadable` where name and content do not agree on one."""
    if not data:
        raise Unreadable("empty", "The file is empty (0 bytes).")
    if len(data) > options.max_bytes:
        raise Unreadable("too-large", f"The file has {len(data):,} bytes; at most {options.max_bytes:,} are read.")
    if not format_:
        known = ", ".join(suffix for suffixes, _ in READERS.values() for suffix in suffixes)
        text = f"msgcheck does not read files that end in '{suffix_of(name)}'; it reads {known}."
        raise Unreadable("unsupported", text)
    _agree(content_of(data), format_, name)
    module, _, function = READERS[format_][1].partition(":")
    return cast(Reader, getattr(importlib.import_module(module), function))


def _agree(content: str, format_: str, name: str) -> None:
    if content == format_ or (content == "text" and format_ in _TEXT_FORMATS) or format_ not in _RECOGNISED:
        return
    if content == "encrypted-office" and format_ in ("docx", "pptx"):
        return                               # the reader tries the passwords, and says so where none opens it
    if content == "encrypted-office" and format_ == "legacy":
        raise Unreadable("encrypted", "The file is encrypted: save it without a password.")
    if content in ("damaged-zip", "zip") and format_ in ("docx", "pptx", "legacy"):
        what = "a broken zip archive" if content == "damaged-zip" else phrase_of(content)
        raise Unreadable("damaged", f"The file is damaged: it is {what}, not an Office document. Save it again.")
    suffix = suffix_of(name)
    is_now = READERS[content][0][0] if content in READERS else ""
    mend = f" Rename it to end in {is_now}." if is_now and content != "legacy" else ""
    what = "a broken zip archive" if content == "damaged-zip" else phrase_of(content)
    raise Unreadable("wrong-type", f"The name ends in {suffix}, but the file is {what}.{mend}")


def _bounded(document: Document, options: ReadOptions) -> Document:
    if len(document.blocks) <= options.max_blocks:
        return document
    left = len(document.blocks) - options.max_blocks
    reason = Reason("too-many-blocks", "", f"{left:,} blocks after the first {options.max_blocks:,} were not read.")
    blocks = document.blocks[: options.max_blocks]
    return replace(document, blocks=blocks, status="partly-read", reasons=(*document.reasons, reason))


def _with_language(document: Document, options: ReadOptions) -> Document:
    if not options.recognise_language or not document.blocks or document.language:
        return document
    from msgcheck.readers.language import recognise

    return replace(document, language=recognise(document.blocks))
