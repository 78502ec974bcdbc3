"""The values of `msgcheck.model` as JSON and back, strictly: what does not fit to the letter is an error, not a guess.

A dataclass is written as the list of its fields, in their order. What the order means is told by `schema(kind)`, a
digest of the names and types of all the dataclasses within; it belongs into the key of whatever is kept. So a change
of the model makes old values unreachable instead of misread.
"""

from __future__ import annotations

import hashlib
import json
import types
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from functools import lru_cache
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")
_Reader = Callable[[Any], Any]


class Misfit(ValueError):
    """JSON that is not the value that it was taken for."""


def dump(value: object) -> bytes:
    """A dataclass of plain data as JSON, in ASCII. Raises TypeError or ValueError for anything else in it."""
    return json.dumps(_plain(value), ensure_ascii=True, allow_nan=False, separators=(",", ":")).encode("ascii")


def load(kind: type[T], data: bytes) -> T:
    """The value that `dump` wrote, equal to it to the last bit. Raises `Misfit`."""
    wanted: Any = kind
    try:
        found = _reader(wanted)(json.loads(data))
    except Misfit:
        raise
    except (ValueError, TypeError, RecursionError) as error:
        raise Misfit(f"no {kind.__name__}: {error}") from error
    return found  # type: ignore[no-any-return]  # the reader of a kind returns that kind


@lru_cache(maxsize=64)
def schema(kind: Any) -> str:
    """A digest of the fields of `kind`, and of all the dataclasses within it."""
    return hashlib.sha256("\n".join(sorted(_described(kind, {}).values())).encode()).hexdigest()[:16]


def _plain(value: object) -> object:
    if value is None or isinstance(value, str | bool | int | float):
        return value
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if is_dataclass(value):
        kind: Any = type(value)
        return [_plain(getattr(value, name)) for name in _names(kind)]
    raise TypeError(f"{type(value).__name__} is not plain data")


@lru_cache(maxsize=64)
def _names(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


@lru_cache(maxsize=64)
def _hints(kind: Any) -> tuple[Any, ...]:
    hints = get_type_hints(kind)
    return tuple(hints[name] for name in _names(kind))


def _described(kind: Any, found: dict[Any, str]) -> dict[Any, str]:
    if isinstance(kind, type) and is_dataclass(kind) and kind not in found:
        names = zip(_names(kind), _hints(kind), strict=True)
        found[kind] = f"{kind.__name__}({', '.join(f'{name}: {hint}' for name, hint in names)})"
        for hint in _hints(kind):
            _described(hint, found)
    for part in get_args(kind):
        _described(part, found)
    return found


@lru_cache(maxsize=256)
def _reader(kind: Any) -> _Reader:
    """A function from JSON to `kind`."""
    if kind in (str, bool, int, float):
        return _scalar(kind)
    if kind is types.NoneType:
        return _one_of((None,))
    if get_origin(kind) is Literal:
        return _one_of(get_args(kind))
    if get_origin(kind) is tuple:
        return _tuple(get_args(kind))
    if get_origin(kind) in (Union, types.UnionType):
        return _union(get_args(kind))
    if isinstance(kind, type) and is_dataclass(kind):
        return _dataclass(kind)
    raise TypeError(f"{kind} is not plain data")


def _scalar(kind: type) -> _Reader:
    fit = (int, float) if kind is float else (kind,)       # a whole number may stand where a float is said to be

    def read(value: Any) -> Any:
        if type(value) not in fit:
            raise Misfit(f"{type(value).__name__} where {kind.__name__} belongs")
        return value

    return read


def _one_of(choices: tuple[Any, ...]) -> _Reader:
    known = {(type(choice), choice): choice for choice in choices}

    def read(value: Any) -> Any:
        if isinstance(value, list) or (type(value), value) not in known:
            raise Misfit(f"{value!r:.40} is none of {choices}")
        return known[(type(value), value)]

    return read


def _tuple(parts: tuple[Any, ...]) -> _Reader:
    if parts[1:] == (...,):
        item = _reader(parts[0])

        def read_all(value: Any) -> Any:
            if type(value) is not list:
                raise Misfit("a list belongs here")
            return tuple(map(item, value))

        return read_all
    items = tuple(map(_reader, parts))

    def read(value: Any) -> Any:
        if type(value) is not list or len(value) != len(items):
            raise Misfit(f"a list of {len(items)} belongs here")
        return tuple(reader(one) for reader, one in zip(items, value, strict=True))

    return read


def _union(parts: tuple[Any, ...]) -> _Reader:
    readers = tuple(map(_reader, sorted(parts, key=lambda part: part is not types.NoneType)))

    def read(value: Any) -> Any:
        for reader in readers:
            try:
                return reader(value)
            except Misfit:
                continue
        raise Misfit(f"{value!r:.40} is none of {parts}")

    return read


def _dataclass(kind: type) -> _Reader:
    readers: list[_Reader] = []

    def read(value: Any) -> Any:
        if not readers:                                    # not before: a dataclass may hold others of its kind
            readers.extend(map(_reader, _hints(kind)))
        if type(value) is not list or len(value) != len(readers):
            raise Misfit(f"no {kind.__name__}")
        return kind(*(reader(one) for reader, one in zip(readers, value, strict=True)))

    return read
