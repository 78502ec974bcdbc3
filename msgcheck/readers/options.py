"""The bounds and wishes with which documents are read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """Bounds are per document; a document that exceeds one is unread, or partly read up to it, and says so.

    `ocr` 'auto' reads pictures of text when an engine is installed; `ocr_languages` are tesseract's names ('eng').
    """

    max_bytes: int = 256 * MIB           # of the file as it lies on disk
    max_unpacked: int = 512 * MIB        # of everything that a zipped format unpacks to
    max_pages: int = 2_000               # pages or slides that are read; the rest is named in the reasons
    max_blocks: int = 100_000
    max_depth: int = 100                 # groups in groups, tables in tables, lists in lists
    max_seconds: float = 30.0            # wall time in the worker
    max_memory: int = 1024 * MIB         # address space that a worker may add to what it starts with
    passwords: tuple[str, ...] = ()      # tried in this order on encrypted files
    ocr: Literal["auto", "off"] = "auto"
    ocr_languages: tuple[str, ...] = ("eng",)
    recognise_language: bool = True      # fill `Document.language`
    libreoffice: bool = True             # read old Office and OpenDocument files through it where it is installed
