"""A guide as JSON and back, as it was once validated: what is read back is not judged again, only held to its shape.

A model is written as the name of its class and its fields by name, a date as its ISO text. Reading needs neither a YAML
parser nor pydantic's validators.
"""

from __future__ import annotations

import datetime
import json
from typing import Any

from pydantic import BaseModel

from msgcheck.guide import model
from msgcheck.guide.model import Guide

_KINDS: dict[str, type[BaseModel]] = {
    name: kind for name, kind in vars(model).items() if isinstance(kind, type) and issubclass(kind, BaseModel)
}
_DATE = "date"


def dump(guide: Guide) -> bytes:
    """`guide` as JSON, in ASCII."""
    return json.dumps(_plain(guide), ensure_ascii=True, separators=(",", ":")).encode("ascii")


def load(data: bytes) -> Guide:
    """The guide that `dump` wrote, equal to it. Raises ValueError where it is none."""
    try:
        found = _made(json.loads(data))
    except (TypeError, KeyError, RecursionError) as error:
        raise ValueError(f"no guide: {error}") from error
    if not isinstance(found, Guide):
        raise ValueError("no guide")
    return found


def _plain(value: object) -> object:
    if isinstance(value, BaseModel):
        fields = {name: _plain(getattr(value, name)) for name in type(value).model_fields}
        return {type(value).__name__: fields}
    if isinstance(value, datetime.date):
        return {_DATE: value.isoformat()}
    if isinstance(value, dict):
        return {"": {name: _plain(item) for name, item in value.items()}}
    return [_plain(item) for item in value] if isinstance(value, tuple) else value


def _made(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(map(_made, value))
    if not isinstance(value, dict):
        return value
    ((name, held),) = value.items()
    if name == _DATE:
        return datetime.date.fromisoformat(held)
    fields = {key: _made(item) for key, item in held.items()}
    if not name:
        return fields
    kind = _KINDS[name]
    if fields.keys() != kind.model_fields.keys():
        raise ValueError(f"no {name}")
    return kind.model_construct(**fields)
