"""About the vector of two texts read together, of the vector of each.

An encoder's vector is the mean over tokens, so the parts count by their length; what is lost is what they would have
seen of each other. What stands around a passage (its heading, the sentence before) is mostly encoded already, so this
costs nothing; it serves to choose what is looked at closely.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_SPECIAL = 2                             # [CLS] and [SEP], which the mean counts too


def together(
    texts: Sequence[str], vectors: NDArray[np.float32], others: Sequence[str], around: NDArray[np.float32]
) -> NDArray[np.float32]:
    """[n, d] vectors of length 1 of each text with the other one; with an empty other one, the text's own."""
    rows = _weights(texts) * vectors + np.where([[bool(other)] for other in others], _weights(others), 0) * around
    joined: NDArray[np.float32] = rows / np.linalg.norm(rows, axis=1, keepdims=True).clip(1e-12)
    return joined.astype(np.float32)


def _weights(texts: Sequence[str]) -> NDArray[np.float32]:
    return np.array([[len(text.split()) + _SPECIAL] for text in texts], np.float32)
