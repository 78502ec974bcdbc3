"""The pair model: a small cross-encoder that reads an approved wording and a passage together."""

from __future__ import annotations

from msgcheck.matching.comparison import PairScorer


def load_pair_model() -> PairScorer | None:
    """The shipped pair model, or None where this installation has none."""
    return None
