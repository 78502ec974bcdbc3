"""Bring what README.md and docs/ show of msgcheck's output up to date: `python docs/refresh.py`.

With `--check` nothing is written, and the exit code is 1 where something is out of date. A part stands between
`<!-- output of: COMMAND -->` and `<!-- end -->`. COMMAND is a `msgcheck` command line, whose output becomes a text
block, `rules`, which becomes the table of the rules, or `accuracy`, the table that the quality bench wrote last. With
`<!-- output of: COMMAND, before: LINE -->` the block ends before the first line that reads so.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PART = re.compile(r"(<!-- output of: (.+?)(?:, before: (.+?))? -->\n).*?(<!-- end -->)", re.S)
WIDTH = "100"


def rules() -> str:
    """The table of the rules, from the rules themselves."""
    from msgcheck.checks import RULES

    rows = ["| rule | default | a finding says |", "| --- | --- | --- |"]
    for rule in RULES.values():
        severity = "by policy" if rule.id == "competitor-mention" else rule.severity
        rows.append(f"| `{rule.id}` | {severity} | {rule.says}{'' if rule.checked else ' (not checked)'} |")
    return "\n".join(rows) + "\n"


def accuracy() -> str:
    """The table "Overall" of docs/quality.md."""
    written = (ROOT / "docs" / "quality.md").read_text(encoding="utf-8")
    return written.partition("### Overall\n")[2].strip("\n").partition("\n\n")[0] + "\n"


def console(command: str, before: str | None) -> str:
    """What `command` prints on a terminal of `WIDTH` columns without colour, under the command itself.

    With `before` it ends where a line reads so; there has to be one.
    """
    program, *arguments = shlex.split(command)
    if program != "msgcheck":
        raise ValueError(command)
    plain = {**os.environ, "NO_COLOR": "1", "COLUMNS": WIDTH, "LC_ALL": "C.UTF-8"}
    words = [sys.executable, "-m", "msgcheck", *arguments]
    run = subprocess.run(words, cwd=ROOT, env=plain, capture_output=True, encoding="utf-8", check=False)
    if run.returncode == 2:
        raise RuntimeError(f"{command}\n{run.stderr or run.stdout}")
    lines = [line.rstrip() for line in run.stdout.strip("\n").splitlines()]
    shown = "\n".join(lines[: lines.index(before)] if before else lines).rstrip("\n")
    return f"```text\n$ {command}\n{shown}\n```\n"


def refreshed(text: str) -> str:
    """`text` with every part made anew."""
    tables = {"rules": rules, "accuracy": accuracy}

    def made(part: re.Match[str]) -> str:
        table = tables.get(part[2])
        return part[1] + (table() if table else console(part[2], part[3])) + part[4]

    return PART.sub(made, text)


def main() -> int:
    stale = 0
    for page in (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))):
        old = page.read_text(encoding="utf-8")
        new = refreshed(old)
        if "--check" not in sys.argv:
            page.write_text(new, encoding="utf-8")
        elif new != old:
            stale = 1
            name = page.relative_to(ROOT).as_posix()
            sys.stderr.write(f"{name} does not show what msgcheck prints; run: python docs/refresh.py\n")
    return stale


if __name__ == "__main__":
    raise SystemExit(main())
