"""Where reports go: stdout, and files that are there whole or not at all."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from msgcheck.errors import UsageError
from msgcheck.model import Report
from msgcheck.nearest import nearest
from msgcheck.reporters import REPORTERS, format_by_suffix, writer

_GENERIC = {".json": ("sarif", "gitlab"), ".txt": tuple(REPORTERS)}
"""Suffixes that leave it to --format which of several formats a file has."""


@dataclass(frozen=True, slots=True)
class Target:
    """One report to be written: its format, and the file, None for stdout."""

    format: str
    path: Path | None


def targets(outputs: tuple[str, ...], format_: str | None) -> tuple[Target, ...]:
    """What --output and --format ask for.

    Without --output one report goes to stdout. A file's format is the one named before it (`sarif=FILE`) or that of its
    suffix; --format decides for a file whose suffix does not, and is what stdout gets beside files that have their own.
    """
    if format_ is not None and format_ not in REPORTERS:
        raise UsageError(f"There is no format '{format_}'.", "--format", nearest(format_, tuple(REPORTERS)))
    made: list[Target] = []
    used = False
    for output in outputs:
        name, equals, rest = output.partition("=")
        if equals and name in REPORTERS:
            made.append(Target(name, _file(rest)))
            continue
        path = _file(output)
        by_suffix = format_by_suffix(Path(output))
        if format_ is not None and (by_suffix is None or format_ in _GENERIC.get(Path(output).suffix.lower(), ())):
            by_suffix, used = format_, True
        if by_suffix is None and path is not None:
            known = ", ".join(f"{one}=FILE" for one in REPORTERS if one != "console")
            raise UsageError("The name of the report does not say its format.", output, f"Write it as one of: {known}.")
        made.append(Target(by_suffix or "console", path))
    if not made or (format_ is not None and not used and format_ not in {target.format for target in made}):
        made.append(Target(format_ or "console", None))
    _apart(made)
    return tuple(made)


def write(report: Report, target: Target, verbose: bool = False) -> None:
    """Write `report` to `target`; a file is put in its place when it is whole."""
    write_report = _writer(target, verbose)
    if target.path is None:
        write_report(report, sys.stdout)
        sys.stdout.flush()
        return
    with whole(target.path) as stream:
        write_report(report, stream)


@contextmanager
def whole(path: Path) -> Iterator[TextIO]:
    """A text file in UTF-8 that appears at `path` when the block ends, and not at all when it fails."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with part.open("x", encoding="utf-8", errors="backslashreplace", newline="\n") as stream:
            yield stream
        part.replace(path)
    except OSError as error:
        raise UsageError("The file could not be written.", str(path), f"{error.strerror}.") from None
    finally:
        part.unlink(missing_ok=True)


def colour_on(stream: TextIO) -> bool:
    """Whether a stream gets colour: a terminal that can show it, and nobody said NO_COLOR."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def width_of(stream: TextIO, default: int) -> int:
    """The width of the terminal behind `stream` in cells (COLUMNS wins), else `default`."""
    if os.environ.get("COLUMNS", "").isdigit():
        return int(os.environ["COLUMNS"]) or default
    try:
        return os.get_terminal_size(stream.fileno()).columns or default
    except (OSError, ValueError):
        return default


def _writer(target: Target, verbose: bool) -> Callable[[Report, TextIO], None]:
    if target.format != "console":
        return writer(target.format)
    from msgcheck.reporters import console

    on_terminal = target.path is None
    width = width_of(sys.stdout, console.WIDTH) if on_terminal else console.WIDTH
    colour = on_terminal and colour_on(sys.stdout)
    return lambda report, stream: console.write(report, stream, width, colour, verbose)


def _file(name: str) -> Path | None:
    if name == "-":
        return None
    path = Path(name)
    if path.is_dir():
        raise UsageError("The report cannot be written: this is a folder.", name, "Give the name of a file in it.")
    if not path.absolute().parent.is_dir():
        raise UsageError("The folder of the report does not exist.", name, "Make the folder first.")
    return path


def _apart(made: list[Target]) -> None:
    seen: set[Path | None] = set()
    for target in made:
        if target.path in seen:
            where = str(target.path) if target.path else "stdout"
            raise UsageError("Two reports would go to the same place.", where, "Give each --output a place of its own.")
        seen.add(target.path)
