"""Every file of a corpus through the pool: how each ends, how long it takes and how much memory."""

from __future__ import annotations


def hostile(folder):  # type: ignore[no-untyped-def]
    return []
