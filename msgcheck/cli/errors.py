"""How an error is told: what happened, where, what to do. Never a traceback."""

from __future__ import annotations

import os
import sys
import traceback

from msgcheck.errors import GuideError, MsgcheckError, Problem
from msgcheck.reporters.printable import steady


def tell(error: MsgcheckError) -> None:
    """Print `error` to stderr; a guide's problems one after the other, each with its line and a caret."""
    problems = error.problems if isinstance(error, GuideError) else ()
    if not problems:
        at = f"  at: {error.where}" if error.where else ""
        do = f"  do: {error.mend}" if error.mend else ""
        _print([f"error: {error.what}", at, do])
        return
    for problem in problems:
        _print(problem_lines(problem))
    _print(["", f"{error.what.removesuffix('.')}; nothing was checked."])


def problem_lines(problem: Problem) -> list[str]:
    """What, where, the line with a caret under the place, what to do."""
    lines = [f"error: {problem.what}", f"  at: {problem.where}"]
    if problem.source and problem.line:
        gutter = str(problem.line)
        source, before = _window(problem.source.replace("\t", " "), max(problem.column, 1) - 1)
        lines.append(f"  {gutter} | {source}")
        lines.append(f"  {' ' * len(gutter)} | {' ' * before}^")
    return [*lines, f"  do: {problem.mend}" if problem.mend else ""]


def _window(source: str, offset: int) -> tuple[str, int]:
    """As much of a long line around `offset` as a person reads, and where the offset stands in it."""
    start = max(0, offset - 60) if len(source) > 160 else 0
    cut = source[start:start + 160]
    before, after = "…" if start else "", "…" if start + 160 < len(source) else ""
    return before + cut + after, offset - start + len(before)


def tell_usage(message: str, command: str) -> None:
    """Print what is wrong with the command line."""
    _print([f"error: {message}", f"  at: {command}", f"  do: See `{command} --help`."])


def tell_unexpected(error: BaseException) -> None:
    """Print a fault of msgcheck's own: what and in which of its lines; the whole story with MSGCHECK_DEBUG=1."""
    if os.environ.get("MSGCHECK_DEBUG"):
        traceback.print_exception(error, file=sys.stderr)
        return
    frames = traceback.extract_tb(error.__traceback__)
    own = next((frame for frame in reversed(frames) if "msgcheck" in frame.filename), None)
    place = f"{own.filename.rpartition('msgcheck/')[2]}:{own.lineno}" if own else ""
    _print([
        f"error: msgcheck itself failed: {type(error).__name__}: {error}",
        f"  at: {place}",
        "  do: Report it with the output of the same command under MSGCHECK_DEBUG=1.",
    ])


def warn(text: str) -> None:
    """Print a line to stderr that ends nothing."""
    _print([f"note: {text}"])


def _print(lines: list[str]) -> None:
    print("\n".join(steady(line) for line in lines if line), file=sys.stderr)
