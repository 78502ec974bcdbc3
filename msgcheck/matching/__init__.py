"""Which statement a passage is about, and how the two differ."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from msgcheck.matching.comparison import Comparison, compare

__all__ = ["Comparison", "compare"]


def __getattr__(name: str) -> Any:
    """`compare` and `Comparison`, imported when they are first asked for."""
    if name in __all__:
        from msgcheck.matching import comparison

        return getattr(comparison, name)
    raise AttributeError(name)
