"""One correction, and what is left for a person."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from msgcheck.model import Finding


@dataclass(frozen=True, slots=True)
class Edit:
    """`words` are to stand in place of the finding's."""

    finding: Finding
    words: str


@dataclass(frozen=True, slots=True)
class Left:
    """A finding that was not corrected, and why."""

    finding: Finding
    reason: str


Mender = Callable[[bytes, Sequence[Edit]], tuple[bytes, list[Edit]]]
"""Gives the corrected file and the edits that are in it; raises `Unreadable`."""
