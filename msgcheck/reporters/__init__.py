"""A report in the form that its reader wants: `writer(format)` gives a function `write(report, stream)`.

A reporter decides nothing and opens nothing; it writes what the report holds, finding by finding, so that a large
report takes no more memory than a small one. Neither clock, host nor absolute path is in what it writes.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from pathlib import PurePath
from typing import TextIO, cast

from msgcheck.model import Report

Writer = Callable[[Report, TextIO], None]

REPORTERS: dict[str, tuple[tuple[str, ...], str]] = {
    "console": ((".txt",), "msgcheck.reporters.console:write"),
    "json": ((".json",), "msgcheck.reporters.json:write"),
    "html": ((".html", ".htm"), "msgcheck.reporters.html:write"),
    "sarif": ((".sarif", ".sarif.json"), "msgcheck.reporters.sarif:write"),
    "junit": ((".xml",), "msgcheck.reporters.junit:write"),
    "github": ((), "msgcheck.reporters.github:write"),
    "summary": ((), "msgcheck.reporters.markdown:write_summary"),
    "gitlab": ((".gitlab.json", ".codeclimate.json"), "msgcheck.reporters.gitlab:write"),
    "markdown": ((".md", ".markdown"), "msgcheck.reporters.markdown:write"),
    "csv": ((".csv",), "msgcheck.reporters.csv:write"),
}
"""Format → (the suffixes that stand for it, 'module:function')."""


def writer(format_: str) -> Writer:
    """The writer of a format of `REPORTERS`, imported now."""
    module, _, function = REPORTERS[format_][1].partition(":")
    return cast(Writer, getattr(importlib.import_module(module), function))


def format_by_suffix(path: PurePath) -> str | None:
    """The format that a file's name asks for, by its longest suffix; None where it asks for none."""
    name = path.name.casefold()
    table = ((suffix, format_) for format_, (suffixes, _) in REPORTERS.items() for suffix in suffixes)
    asked = [(suffix, format_) for suffix, format_ in table if name.endswith(suffix)]
    return max(asked, key=lambda one: len(one[0]))[1] if asked else None
