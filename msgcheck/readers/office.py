"""What Word and PowerPoint files share beyond drawings: opening them, with a password too, and their properties."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from msgcheck.errors import Unreadable
from msgcheck.model import Block, Location, Reason
from msgcheck.readers.blocks import make_block
from msgcheck.readers.drawing import trimmed
from msgcheck.readers.options import ReadOptions
from msgcheck.readers.package import open_package

Opened = TypeVar("Opened")

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DEFAULT_TITLE = re.compile(
    r"PowerPoint[ -]\w+|\w+ PowerPoint|Word Document|Slide 1|.{0,40}\.(?:docx?|pptx?)", re.IGNORECASE
)
"""What programs fill in themselves, in the languages that they speak."""
_PLACE = Location("document", None, "document properties")


def opened(
    data: bytes, options: ReadOptions, opener: Callable[[io.BytesIO], Opened],
) -> tuple[Opened, tuple[Reason, ...]]:
    """What `opener` makes of an Office file, decrypted first where it is encrypted and a password fits."""
    return open_package(decrypted(data, options) if data.startswith(_OLE) else data, options, opener)


def decrypted(data: bytes, options: ReadOptions) -> bytes:
    """The package inside an encrypted Office file; raises `Unreadable` ('encrypted', 'damaged') where none opens."""
    if "EncryptedPackage".encode("utf-16-le") not in data:
        raise Unreadable("damaged", "The file is damaged: it is an OLE container without an Office package in it.")
    if not options.passwords:
        raise Unreadable("encrypted", "The file is encrypted: save it without a password, or give its password.")
    try:
        import msoffcrypto
    except ImportError as error:
        text = "The file is encrypted, and opening it needs msoffcrypto-tool: install 'msgcheck[passwords]'."
        raise Unreadable("encrypted", text) from error
    for password in options.passwords:
        out = io.BytesIO()
        try:
            file = msoffcrypto.OfficeFile(io.BytesIO(data))
            file.load_key(password=password, verify_password=True)
            file.decrypt(out)
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001, S112 - a wrong password and a broken container raise much the same
            continue
        return out.getvalue()
    raise Unreadable("encrypted", "The file is encrypted, and none of the passwords given opens it.")


def properties_blocks(document: Any) -> Iterator[Block | None]:
    """Title and subject from the core properties of a python-docx or python-pptx document."""
    for key in ("title", "subject"):
        try:
            text = trimmed(str(getattr(document.core_properties, key) or ""))
        except (ValueError, AttributeError, KeyError):      # a broken part of properties is no reason to stop
            continue
        if not _DEFAULT_TITLE.fullmatch(text):
            yield make_block(text, "heading" if key == "title" else "paragraph", "description", _PLACE)
