"""The JSON Schema of format 1, for editors that complete and check YAML.

`python -m msgcheck.guide.schema rules/guide.schema.json` writes it anew after a change of the models.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any, get_args

from msgcheck.guide.model import Level, RuleId, Sections

_PLACE = " place"
_TEXT = {"type": ["string", "number", "boolean"]}
"""A text as an editor sees it: it takes `2026` for a number where a guide reads text."""


def schema() -> dict[str, Any]:
    """The schema (draft 2020-12) of one guide file."""
    out = Sections.model_json_schema(by_alias=True, mode="validation")
    for found in (out, *out["$defs"].values()):
        if found.get("type") == "object":
            _entry(found)
    out["properties"]["severity"] = {
        "type": "object", "title": "Severity", "description": "Overrides the severity of a rule.",
        "properties": {rule: {"enum": list(get_args(Level))} for rule in get_args(RuleId)},
        "additionalProperties": False, "patternProperties": {"^x-": {}},
    }
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "msgcheck guide, format 1",
        "description": "The approved messaging guide that msgcheck holds collateral against.",
        "required": ["msgcheck"],
    }
    return {
        **head,
        "type": "object",
        "properties": _plain(out["properties"]),
        "additionalProperties": False,
        "patternProperties": {"^x-": {}},
        "$defs": {"Text": _TEXT, **_plain(out["$defs"])},
    }


def text() -> str:
    """The schema as it stands in the file."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


def _entry(found: dict[str, Any]) -> None:
    found.get("properties", {}).pop(_PLACE, None)
    found["additionalProperties"] = False
    found["patternProperties"] = {"^x-": {}}


def _plain(value: Any) -> Any:
    """`value` with texts as references to `Text`, and without titles, defaults and the null that nobody writes."""
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if not isinstance(value, dict):
        return value
    if "anyOf" in value and {"type": "null"} in value["anyOf"] and len(value["anyOf"]) == 2:
        wanted = next(item for item in value["anyOf"] if item != {"type": "null"})
        value = {**wanted, **{key: item for key, item in value.items() if key != "anyOf"}}
    if value.get("type") == "string" and not {"enum", "const", "format"} & value.keys():
        value = {"$ref": "#/$defs/Text", **{key: item for key, item in value.items() if key != "type"}}
    return {key: _plain(item) for key, item in value.items()
            if not (key in {"title", "default"} and not isinstance(item, dict))}


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(text(), encoding="utf-8")
