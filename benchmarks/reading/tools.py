"""The readers that are held against one another: path in, text out."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

from msgcheck.readers import ReadOptions, read

SHOWN = ("body", "running", "notes", "code")


def msgcheck(path: Path) -> str:
    """All blocks that a person sees, in order, running ones once."""
    document = read(path.read_bytes(), path.name, ReadOptions(recognise_language=False, ocr="off"))
    return "\n".join(block.text for block in document.blocks if block.layer in SHOWN)


def pdfplumber(path: Path) -> str:
    import pdfplumber as library

    with library.open(path) as pdf:
        return "\n".join(page.extract_text() or "" for page in pdf.pages)


def pdfium(path: Path) -> str:
    import pypdfium2

    pdf = pypdfium2.PdfDocument(path)
    try:
        return "\n".join(page.get_textpage().get_text_bounded() for page in pdf).replace("\ufffe", "-\n")
    finally:
        pdf.close()


def pdftotext(path: Path) -> str:
    command = ["pdftotext", "-q", "-enc", "UTF-8", str(path), "-"]
    done = subprocess.run(command, capture_output=True, timeout=60, check=False)
    return done.stdout.decode("utf-8", "replace")


def tools() -> dict[str, Callable[[Path], str]]:
    """Name → reader, of those that are installed."""
    found: dict[str, Callable[[Path], str]] = {"msgcheck": msgcheck, "pdfplumber": pdfplumber, "PDFium": pdfium}
    if shutil.which("pdftotext"):
        found["pdftotext"] = pdftotext
    return found
