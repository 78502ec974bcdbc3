"""Comparisons and the pair model's opinions in the cache: by the two texts and all that reads them."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from msgcheck import revision
from msgcheck.cache import Cache, key
from msgcheck.serial import Misfit, dump, load, schema

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Pair = tuple[str, str]
T = TypeVar("T")


class KeptComparisons(Generic[T]):
    """Values of the dataclass `kind`, each of a pair (approved, found); `reading` is what they depend on beside that.
    """

    def __init__(self, cache: Cache, kind: type[T], reading: Iterable[str]) -> None:
        self._cache = cache
        self._kind = kind
        shape: Any = kind
        self._before = ("comparison", revision.analysis(), schema(shape), *reading)

    def known(self, pairs: Iterable[Pair]) -> dict[Pair, T]:
        """Those that are kept."""
        keys = {key(*self._before, *pair): pair for pair in pairs}
        found = self._cache.get_many("comparison", list(keys))
        read = ((keys[name], self._loaded(data)) for name, data in found.items())
        return {pair: value for pair, value in read if value is not None}

    def keep(self, values: Mapping[Pair, T]) -> None:
        """Keep them for the next run."""
        packed = {key(*self._before, *pair): zlib.compress(dump(value), 1) for pair, value in values.items()}
        self._cache.put_many("comparison", packed)

    def _loaded(self, data: bytes) -> T | None:
        try:
            return load(self._kind, zlib.decompress(data))
        except (Misfit, zlib.error):
            return None


class KeptOpinions:
    """The pair model's logits of a pair: float32 [width]."""

    def __init__(self, cache: Cache, width: int) -> None:
        self._cache = cache
        self._width = width
        self._before = ("logits", revision.analysis(), *_runtime())

    def known(self, pairs: Iterable[Pair]) -> dict[Pair, NDArray[np.float32]]:
        """Those that are kept."""
        import numpy as np

        keys = {key(*self._before, *pair): pair for pair in pairs}
        found = self._cache.get_many("comparison", list(keys))
        return {
            keys[name]: np.frombuffer(data, "<f4").astype(np.float32)
            for name, data in found.items() if len(data) == 4 * self._width
        }

    def keep(self, values: Mapping[Pair, NDArray[np.float32]]) -> None:
        """Keep them for the next run."""
        packed = {key(*self._before, *pair): row.astype("<f4").tobytes() for pair, row in values.items()}
        self._cache.put_many("comparison", packed)


@lru_cache(maxsize=1)
def _runtime() -> tuple[str, ...]:
    """The weights that the pair model shares with the bundled encoder; its own are part of the revision."""
    from msgcheck.language.encoder import BUNDLED_SHA256

    return (BUNDLED_SHA256,)
