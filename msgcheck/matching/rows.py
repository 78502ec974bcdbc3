"""One comparison of a fact of each side, and how it came out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from msgcheck.model import ChangeKind

Judgement = Literal["equal", "implied", "differs", "dropped", "added"]

FIGURES: frozenset[ChangeKind] = frozenset({"number", "unit", "timeframe"})
"""The kinds of change whose rows hold figures against each other."""


@dataclass(frozen=True, slots=True)
class Row:
    """One comparison; `certainty` from 0 (a hint) to 1 (exact and comparable), of the judgement alone.

    `approved` and `found` are words of the texts; `levels` what they come to, where how much or how firmly is compared.
    `exact`: a difference that decides by itself, whatever is thought of the rest (`decisive.py` sets it).
    """

    kind: ChangeKind
    what: str
    approved: str
    found: str
    judgement: Judgement
    certainty: float
    exact: bool = False
    levels: tuple[str, str] = ("", "")
