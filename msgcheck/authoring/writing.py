"""A draft as a commented guide: YAML that `guide check` accepts, with the source and the questions at each entry."""

from __future__ import annotations

import json
import re

from msgcheck.authoring.draft import SECTIONS, Certainty, Draft, Drafted, Value

_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9 _/.-]*[A-Za-z0-9]|[A-Za-z]")
_TAKEN = frozenset(["null", "true", "false", "yes", "no", "on", "off", "y", "n"])
_WIDTH = 110
_SURE: dict[Certainty, str] = {"certain": "sure", "likely": "likely", "unsure": "unsure: please check"}
_ORDER = (
    "id",
    "name",
    "term",
    "use",
    "aliases",
    "mark",
    "case",
    "never",
    "retired",
    "pillar",
    "statement",
    "text",
    "statements",
    "patterns",
    "variants",
    "match",
    "kind",
    "source",
    "owner",
    "approved",
    "expires",
    "disclaimer",
    "audiences",
    "audience",
    "required_in",
    "wording",
    "replaced_by",
    "policy",
    "except",
    "notes",
    "skip",
    "reason",
)


def written(draft: Draft) -> str:
    """The guide as text. Entries with a question carry `# decide:` lines; incomplete ones are commented out."""
    lines = [
        "# yaml-language-server: $schema=guide.schema.json",
        f"# A draft, taken from {', '.join(comment(name) for name in draft.sources) or 'nothing'}.",
        "# Each entry says where it was found and how sure that is. Lines with `decide:` wait for a person;",
        "# entries that are comments lack something that the format requires.",
        "msgcheck: 1",
        "language: en",
    ]
    for section in SECTIONS:
        entries = draft.of(section)
        if not entries:
            continue
        lines.append("")
        lines += _competitors(entries) if section == "competitors" else _section(section, entries)
    if draft.left_out:
        lines += ["", "# Not taken into the guide:"]
        lines += [
            f"#   {comment(left.place)}: {comment(left.text, 100)} ({comment(left.why)})" for left in draft.left_out
        ]
    return "\n".join(lines) + "\n"


def quoted(text: str) -> str:
    """`text` as YAML reads it back: plain where that is safe, else in double quotes."""
    flat = " ".join(text.split())
    if _PLAIN.fullmatch(flat) and flat.casefold() not in _TAKEN:
        return flat
    return json.dumps("".join(char for char in flat if char.isprintable()), ensure_ascii=False)


def comment(text: str, limit: int = 0) -> str:
    """`text` as it may stand in a comment: on one line, without control characters."""
    flat = " ".join("".join(char if char.isprintable() else " " for char in text).split())
    return flat if not limit or len(flat) <= limit else flat[: limit - 1] + "…"


def _section(section: str, entries: tuple[Drafted, ...]) -> list[str]:
    live = any(not entry.incomplete for entry in entries)
    lines = [f"{section}:" if live else f"# {section}:"]
    for entry in entries:
        body = _body(entry, "  " if section == "company" else "  - ")
        lines += _remarks(entry)
        lines += [f"# {line}" if entry.incomplete else line for line in body]
    return lines


def _remarks(entry: Drafted) -> list[str]:
    lines = []
    if entry.places:
        places = "; ".join(entry.places[:3]) + (f" and {len(entry.places) - 3} more" if len(entry.places) > 3 else "")
        lines.append(f"  # {comment(places)} ({_SURE[entry.certainty]})")
    return lines + [f"  # decide: {comment(question)}" for question in entry.decide]


def _body(entry: Drafted, first: str) -> list[str]:
    fields = sorted(entry.fields, key=lambda field: _ORDER.index(field[0]) if field[0] in _ORDER else len(_ORDER))
    if entry.section == "facts" and [key for key, _ in fields] == ["statement"]:
        return [first + quoted(entry.text("statement"))]
    lines: list[str] = []
    for key, value in fields:
        start = first if not lines else " " * len(first)
        lines += _field(start, key, value)
    return lines


def _field(start: str, key: str, value: Value) -> list[str]:
    if isinstance(value, str):
        plain = key in {"approved", "expires", "skip"}
        return [f"{start}{key}: {value if plain else quoted(value)}"]
    shown = [_single(item) if key == "patterns" else quoted(item) for item in value]
    flow = f"{start}{key}: [{', '.join(shown)}]"
    if len(flow) <= _WIDTH:
        return [flow]
    return [f"{start}{key}:", *(f"{' ' * len(start)}  - {item}" for item in shown)]


def _single(pattern: str) -> str:
    shown = "".join(char for char in pattern if char.isprintable())
    return "'" + shown.replace("'", "''") + "'"


def _competitors(entries: tuple[Drafted, ...]) -> list[str]:
    lines = ["competitors:", "  names:"]
    for entry in entries:
        lines += [f"  {line}" for line in _remarks(entry)]
        plain = [key for key, _ in entry.fields] == ["name"]
        body = [f"    - {quoted(entry.text('name'))}"] if plain else _body(entry, "    - ")
        lines += [f"# {line}" if entry.incomplete else line for line in body]
    return [*lines, "  policy: forbid"]
