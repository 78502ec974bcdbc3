"""What was worked out lately, for whoever asks again soon."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Recent(Generic[K, V]):
    """At most `most` values by key; the longest unused are forgotten first."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._values: dict[K, V] = {}

    def __len__(self) -> int:
        return len(self._values)

    def known(self, keys: Iterable[K]) -> dict[K, V]:
        """Those of `keys` that are remembered."""
        found = {key: self._values.pop(key) for key in dict.fromkeys(keys) if key in self._values}
        self._values.update(found)
        return found

    def keep(self, values: Mapping[K, V]) -> None:
        """Remember them."""
        self._values.update(values)
        self.forget(self._most)

    def forget(self, but: int = 0) -> None:
        """Forget all `but` so many that were used last."""
        for _ in range(len(self._values) - but):
            del self._values[next(iter(self._values))]
