"""From the guide's file to its models."""

from __future__ import annotations

import hashlib
from os import PathLike, fspath
from pathlib import Path

from ruamel.yaml import YAML

from msgcheck.guide.model import Guide


def load_guide(path: str | PathLike[str]) -> Guide:
    """See `msgcheck.guide.load`."""
    data = Path(path).read_bytes()
    content = YAML(typ="safe").load(data)
    return Guide.model_validate({**content, "path": fspath(path), "sha256": hashlib.sha256(data).hexdigest()})
