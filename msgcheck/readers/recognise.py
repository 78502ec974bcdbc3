"""What a file is, by its first bytes and its name: the two have to agree."""

from __future__ import annotations

import io
import zipfile
from pathlib import PurePosixPath

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES = (
    (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"II*\x00", "a TIFF picture"),
    (b"MM\x00*", "a TIFF picture"),
    (b"%!PS", "a PostScript file"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
)
_BYTE_ORDER_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_PACKAGES = (("word/", "docx"), ("ppt/", "pptx"), ("xl/", "xlsx"))
_NAMES = {
    "pdf": "a PDF",
    "docx": "a Word document (.docx)",
    "pptx": "a PowerPoint presentation (.pptx)",
    "xlsx": "an Excel workbook",
    "legacy": "an old Office or an OpenDocument file",
    "encrypted-office": "an encrypted Office file",
    "zip": "a zip archive that holds no Office document",
    "text": "plain text",
    "binary": "binary data of no known kind",
}


def suffix_of(name: str) -> str:
    """The last suffix of a document's name in lower case, '' where it has none."""
    return PurePosixPath(name).suffix.lower()


def content_of(data: bytes) -> str:
    """What the bytes are: 'pdf', 'docx', 'pptx', 'xlsx', 'legacy', 'encrypted-office', 'zip', 'damaged-zip', 'text',
    'binary', or a phrase ('a PNG picture') for what is never read.
    """
    head = data[:1024]
    if b"%PDF-" in head:
        return "pdf"
    if head.startswith(b"PK"):
        return _package(data)
    if head.startswith(b"{\\rtf"):
        return "legacy"
    if head.startswith(_OLE):
        return "encrypted-office" if "EncryptedPackage".encode("utf-16-le") in data else "legacy"
    for magic, phrase in _PICTURES:
        if head.startswith(magic):
            return phrase
    if head.startswith(_BYTE_ORDER_MARKS) or _looks_like_text(data[:65536]):
        return "text"
    if b"startxref" in data[-2048:] and b" obj" in data:
        return "pdf"                     # the header is lost; the reader may still find its way from the end
    return "binary"


def phrase_of(content: str) -> str:
    """`content_of`'s answer in words."""
    return _NAMES.get(content, content)


def _package(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            kind = archive.read("mimetype")[:100] if "mimetype" in names and _small(archive) else b""
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, KeyError, EOFError):
        return "damaged-zip"
    if kind.startswith(b"application/vnd.oasis.opendocument"):
        return "legacy"
    folded = [name.replace("\\", "/").lstrip("/").lower() for name in names]
    for folder, format_ in _PACKAGES:
        if any(name.startswith(folder) for name in folded):
            return format_
    return "zip"


def _small(archive: zipfile.ZipFile) -> bool:
    return archive.getinfo("mimetype").file_size < 1000


def _looks_like_text(head: bytes) -> bool:
    if b"\x00" in head:
        return False
    control = sum(1 for byte in head if byte < 32 and byte not in b"\t\n\r\f\x1b\x08\x0b")
    return control * 50 <= len(head)
