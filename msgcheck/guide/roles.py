"""What a document is, by its name: the `collateral` section of the guide."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Any

from msgcheck.guide.model import Guide
from msgcheck.model import Role


def role(guide: Guide, name: str) -> Role:
    """The role of the document `name` (its path relative to the root, with `/`); the first entry that matches wins."""
    for entry in guide.collateral:
        if matches(entry.match, name):
            return Role(entry.kind, entry.owner, entry.audience, entry.notes, entry.skip)
    return Role()


def matches(pattern: str, name: str) -> bool:
    """Whether `pattern` matches the whole of `name`, or its tail from a folder boundary; case does not count.

    `*` and `?` stay within a folder or file name, `**` alone between slashes is any number of folders (none included;
    at the end, all that is below), `[…]` is one of some characters. A slash in front ties the pattern to the root.
    """
    return _compiled(pattern).fullmatch(unicodedata.normalize("NFC", name)) is not None


@lru_cache(maxsize=512)
def _compiled(pattern: str) -> Any:
    import re2  # linear time: a pattern full of stars cannot run away; no type information, hence Any

    text = unicodedata.normalize("NFC", pattern).removeprefix("./")
    tied = text.startswith("/")
    text = text.lstrip("/")
    if text.endswith("/"):
        text += "**"
    parts = text.split("/")
    expression = "" if tied else "(?:.*/)?"
    for index, part in enumerate(parts):
        last = index == len(parts) - 1
        if part == "**":
            expression += ".+" if last else "(?:[^/]+/)*"
        else:
            expression += _segment(part) + ("" if last else "/")
    return re2.compile(f"(?is){expression}")


def _segment(part: str) -> str:
    out = ""
    index = 0
    while index < len(part):
        char = part[index]
        index += 1
        if char == "*":
            out += "[^/]*"
        elif char == "?":
            out += "[^/]"
        elif char == "[" and (close := part.find("]", index + 1)) > 0:
            inner = part[index:close]
            negated = inner[0] in "!^"
            members = (inner[1:] if negated else inner).replace("\\", "\\\\").replace("[", "\\[").replace("^", "\\^")
            out += f"[{'^/' if negated else ''}{members}]" if members else _escape(part[index - 1:close + 1])
            index = close + 1
        else:
            out += _escape(char)
    return out


def _escape(text: str) -> str:
    import re2

    escaped: str = re2.escape(text)
    return escaped
