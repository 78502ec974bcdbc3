"""What was worked out lately, for whoever asks again soon."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import Generic, Protocol, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Lasting(Protocol[K, V]):
    """What was worked out in earlier runs."""

    def known(self, keys: Iterable[K], /) -> dict[K, V]: ...
    def keep(self, values: Mapping[K, V], /) -> None: ...


class Recent(Generic[K, V]):
    """At most `most` values by key; the longest unused are forgotten first."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._values: dict[K, V] = {}

    def __len__(self) -> int:
        return len(self._values)

    def values(
        self, keys: Sequence[K], make: Callable[[list[K]], Mapping[K, V]], lasting: Lasting[K, V] | None = None
    ) -> list[V]:
        """The value of each key: one that is remembered, else one of `lasting`, else what `make` makes of all that are
        missing, each once.
        """
        found = self.known(keys)
        missing = [key for key in dict.fromkeys(keys) if key not in found]
        if missing and lasting:
            earlier = lasting.known(missing)
            self.keep(earlier)
            found |= earlier
            missing = [key for key in missing if key not in found]
        if missing:
            new = make(missing)
            self.keep(new)
            found |= new
            if lasting:
                lasting.keep(new)
        return [found[key] for key in keys]

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
