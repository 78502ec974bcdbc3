"""Bytes as text: by byte order mark, by what the document declares, as UTF-8, and only then by guessing."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from msgcheck.model import Reason

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_AS_BROWSERS_DO = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254"}
"""Labels that the Encoding Standard of the WHATWG reads as their Windows supersets."""
_SAMPLE = 256 * 1024


@dataclass(frozen=True, slots=True)
class Decoded:
    text: str
    encoding: str
    reasons: tuple[Reason, ...] = ()


def decode(data: bytes, declared: str = "") -> Decoded:
    """The text of `data`, line ends as '\\n'; `declared` is what the document says of its own encoding.

    Where only a guess is left (by charset-normalizer), the reason 'encoding-guessed' says so.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return Decoded(_lines(data.decode(encoding, "replace")), encoding)
    for encoding in (_known(declared), "utf-8"):
        text = _strictly(data, encoding) if encoding else None
        if text is not None:
            return Decoded(_lines(text), encoding)
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SAMPLE]).best()
    encoding = best.encoding if best is not None else "cp1252"
    text = f"The text is not UTF-8 and was read as {encoding}, which is a guess: save it as UTF-8."
    reason = Reason("encoding-guessed", "", text)
    return Decoded(_lines(data.decode(encoding, "replace")), encoding, (reason,))


def _known(declared: str) -> str:
    """The codec that a declared encoding stands for, '' where Python has none for text."""
    try:
        name = codecs.lookup(declared.strip()).name if declared.strip() else ""
    except (LookupError, ValueError):
        return ""
    if name.startswith(("utf-16", "utf-32", "utf_16", "utf_32")):
        return ""                            # a document that could be read up to its declaration is in neither
    return _AS_BROWSERS_DO.get(name, name)


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError, AssertionError):
        return None


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
