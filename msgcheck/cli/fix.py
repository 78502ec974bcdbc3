"""`msgcheck fix PATH…`: put right what is beyond doubt."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from msgcheck.cli import options

if TYPE_CHECKING:
    from msgcheck.fix import Fixed
    from msgcheck.fix.edits import Edit, Left

_AROUND = 60      # characters of the block that a correction is shown in


def command(
    paths: options.Paths = None,
    guide: options.Guide = None,
    root: options.Root = None,
    write: Annotated[
        bool, typer.Option("--write", help="Correct the files, and keep a copy of each (.bak).")
    ] = False,
    as_of: options.AsOf = None,
    jobs: Annotated[
        int | None, typer.Option("--jobs", "-j", metavar="N", min=1, help="Worker processes (default: one a core).")
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress bar.")] = False,
) -> int:
    """Put right names, their case and marks, earlier names, and words with one replacement.

    In DOCX, PPTX, Markdown, HTML and text files; what stands in others is listed for their owners.
    Exit code 0: nothing is left to correct.
    Exit code 1: something is.
    Exit code 2: it could not be done.
    """
    import hashlib

    from msgcheck.cli.progress import progress
    from msgcheck.errors import UsageError
    from msgcheck.fix import fix
    from msgcheck.fix.search import search
    from msgcheck.readers import ReadOptions, read
    from msgcheck.settings import Given, resolve

    if not paths:
        raise UsageError("There is nothing to correct.", "msgcheck fix", "Name documents, or a folder of them.")
    settings = resolve(tuple(paths), Given(guide, root, (), None, jobs))
    with progress(quiet) as step:
        candidates = [one for one in search(tuple(paths), settings, options.day(as_of), step) if one.findings]
    sheet = _Sheet()
    for one in candidates:
        data = one.path.read_bytes()
        if hashlib.sha256(data).hexdigest() != one.document.sha256:
            print(f"Not corrected, because it changed meanwhile: {sheet.clean(one.document.name)}", file=sys.stderr)
            continue
        fixed = fix(one.document, data, one.findings, lambda text, name: read(text, name, ReadOptions()), one.again)
        sheet.document(fixed, one.role.owner or "")
        if write and fixed.data is not None:
            sheet.kept(_replace(one.path, fixed.data))
    return sheet.end(write)


def _replace(path: Path, data: bytes) -> Path:
    """Put `data` in the place of the file at `path`, whole or not at all; gives the copy of what was there."""
    from msgcheck.errors import UsageError

    number = 0
    copy = path.with_name(f"{path.name}.bak")
    while copy.exists():
        number += 1
        copy = path.with_name(f"{path.name}.bak{number}")
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        part.write_bytes(data)
        part.chmod(path.stat().st_mode & 0o7777)
        os.link(path, copy)
        part.replace(path)
    except OSError as error:
        raise UsageError("The file could not be corrected.", str(path), f"{error.strerror}.") from None
    finally:
        part.unlink(missing_ok=True)
    return copy


def _by_block(edits: Iterable[Edit]) -> Iterator[list[Edit]]:
    """The edits of each block together, in the order of its words."""
    ordered = sorted(edits, key=lambda edit: (edit.finding.order, edit.finding.block or "", edit.finding.start or 0))
    for _, group in groupby(ordered, key=lambda edit: (edit.finding.order, edit.finding.block)):
        yield list(group)


class _Sheet:
    """What is corrected, as a diff; what is left, by owner."""

    def __init__(self) -> None:
        from rich.console import Console

        from msgcheck.cli.output import colour_on

        colour = colour_on(sys.stdout)
        self.console = Console(
            force_terminal=colour, no_color=not colour, color_system="standard" if colour else None, highlight=False,
            markup=False, emoji=False, soft_wrap=True,
        )
        self.corrected = 0
        self.files = 0
        self.left: dict[str, list[Left]] = {}

    def document(self, fixed: Fixed, owner: str) -> None:
        """Say what was corrected, and keep what was left for the `owner` ('': the guide names none)."""
        for one in fixed.left:
            self.left.setdefault(owner, []).append(one)
        if not fixed.edits:
            return
        self.files += 1
        self.corrected += len(fixed.edits)
        self.say(f"--- {self.clean(fixed.document)}", "bold")
        for group in _by_block(fixed.edits):
            self.block(group)

    def block(self, edits: list[Edit]) -> None:
        """The corrections of one block, as one hunk."""
        first = edits[0].finding
        block = first.block or ""
        begin, end = first.start or 0, max(edit.finding.end or 0 for edit in edits)
        corrected, at = "", begin
        for edit in edits:
            corrected += block[at : edit.finding.start] + edit.words
            at = edit.finding.end or 0
        before = ("…" if begin > _AROUND else "") + block[max(0, begin - _AROUND) : begin]
        after = block[end : end + _AROUND] + ("…" if len(block) > end + _AROUND else "")
        rules = ", ".join(dict.fromkeys(edit.finding.rule for edit in edits))
        self.say(f"@@ {self.clean(first.location.label)}  {rules}", "cyan")
        self.say(f"- {self.clean(before + block[begin:end] + after)}", "red")
        self.say(f"+ {self.clean(before + corrected + after)}", "green")

    def kept(self, copy: Path) -> None:
        self.say(f"  written; what was there is kept as {self.clean(copy.name)}", "dim")

    def end(self, write: bool) -> int:
        for owner in sorted(self.left, key=lambda owner: (not owner, owner)):
            self.say(f"\nLeft for {self.clean(owner) or 'a person (the guide names no owner)'}:", "bold")
            for one in self.left[owner]:
                finding = one.finding
                words = f"“{self.clean(finding.text or '')}”"
                arrow = f" → “{self.clean(finding.suggestion)}”" if finding.suggestion else ""
                self.say(f"  {self.clean(finding.document)}, {self.clean(finding.location.label)}: {words}{arrow}")
                self.say(f"    {one.reason}", "dim")
        count = f"{self.corrected} correction{'' if self.corrected == 1 else 's'} in {self.files} " \
                f"file{'' if self.files == 1 else 's'}"
        left = sum(len(found) for found in self.left.values())
        if not self.corrected:
            self.say("Nothing to correct." if not left else f"\nNothing was corrected, {left} left for a person.")
        else:
            done = "written" if write else "shown; --write makes them"
            self.say(f"\n{count} {done}" + (f", {left} left for a person." if left else "."))
        return 1 if left or (self.corrected and not write) else 0

    def say(self, text: str, style: str = "") -> None:
        from rich.text import Text

        self.console.print(Text(text, style))

    @staticmethod
    def clean(text: str) -> str:
        from msgcheck.reporters.printable import printable

        return printable(text)
