"""The approved messaging guide: `load` it, ask for its `entries` and `statements` and for the `role` of a document."""

from __future__ import annotations

from os import PathLike

from msgcheck.guide.model import Guide
from msgcheck.guide.roles import role
from msgcheck.guide.statements import Statement, entries, statements

__all__ = ["Guide", "Statement", "entries", "load", "role", "statements"]


def load(path: str | PathLike[str]) -> Guide:
    """The guide at `path`, a YAML file or a folder of them; GuideError with all its problems if it cannot be used."""
    from msgcheck.guide.loading import load_guide  # the YAML parser stays away from those who were handed a guide

    return load_guide(path)
