"""`msgcheck show FILE`: a document as msgcheck reads it, and with --guide what becomes of each passage."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from msgcheck.cli import options

if TYPE_CHECKING:
    from rich.text import Text

    from msgcheck.examine import Examined
    from msgcheck.model import Block, Document


def command(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="One document.")],
    guide: Annotated[
        Path | None,
        typer.Option("--guide", metavar="PATH",
                     help="Say what becomes of each passage under this guide. Without it the document is only read, "
                          "and of the other options --password-file alone has a meaning."),
    ] = None,
    root: options.Root = None,
    as_of: options.AsOf = None,
    include_hidden: options.IncludeHidden = False,
    model: options.Model = None,
    allow_download: options.AllowDownload = False,
    password_file: options.PasswordFile = None,
) -> int:
    """Show a document as msgcheck reads it: its blocks in order, each with its place and layer.

    With --guide each passage is followed by what it is about, and why it is or is not a finding.
    """
    from msgcheck.errors import UsageError
    from msgcheck.readers import ReadOptions

    reading = ReadOptions(passwords=options.passwords(password_file))
    if file.is_dir():
        raise UsageError("This is a folder.", str(file), "Name a document in it: `show` takes one.")
    if not file.is_file():
        mend = "`show` takes one document; check the spelling, and the folder that you are in."
        raise UsageError("There is no such document.", str(file), mend)
    if guide is None:
        idle = {"--root": root, "--as-of": as_of, "--include-hidden": include_hidden, "--model": model,
                "--allow-download": allow_download}
        for option in (option for option, value in idle.items() if value not in (None, False)):
            raise UsageError("This option means nothing without a guide.", option, "Name the guide with --guide.")
        from msgcheck.discover import Source
        from msgcheck.readers.pool import Pool

        with Pool(1, reading) as pool:
            document = pool.read(Source(file.name, file))
        _Sheet().document(document, None)
    else:
        from msgcheck.examine import examine
        from msgcheck.pipeline import Request
        from msgcheck.settings import Given, resolve

        settings = resolve((file,), Given(guide, root, model=model))
        examined = examine(Request(
            (file,), settings, options.day(as_of), reading, include_hidden, allow_download, keep_text=True,
        ))
        document = examined.document
        _Sheet().document(document, examined)
    return 2 if document.status == "unread" else 0


class _Sheet:
    """The blocks of a document on stdout: place and layer in a gutter, the words beside."""

    def __init__(self) -> None:
        from rich.console import Console

        from msgcheck.cli.output import colour_on, width_of

        colour = colour_on(sys.stdout)
        self.width = min(width_of(sys.stdout, 100), 120)
        self.console = Console(
            width=self.width, force_terminal=colour, color_system="standard" if colour else None, no_color=not colour,
            highlight=False, markup=False, emoji=False, soft_wrap=True,
        )
        self.gutter = 24 if self.width >= 72 else 4

    def document(self, document: Document, examined: Examined | None) -> None:
        from rich.text import Text

        from msgcheck.reporters.printable import printable

        pages = f"{document.pages} {document.unit}s" if document.pages else ""
        about = [document.format, pages, document.language or ""]
        head = Text().append(printable(document.name), "bold")
        self.line(head.append(f"  {document.status}  {' · '.join(one for one in about if one)}", "dim"))
        for reason in document.reasons:
            place = f"{reason.place}: " if reason.place else ""
            self.words("", Text(printable(place + reason.text), "yellow"))
        for gap, number in document.gaps:
            self.words("", Text(f"{gap}: {number}", "dim"))
        self.line()
        for index, block in enumerate(document.blocks):
            self.block(index, block, examined)
        if examined:
            for finding in examined.findings:
                if finding.start is None:
                    self.words("whole document", _verdict(finding.severity, finding.rule, finding.message))

    def block(self, index: int, block: Block, examined: Examined | None) -> None:
        from rich.text import Text

        from msgcheck.reporters.printable import printable

        count = f" ×{block.count}" if block.count > 1 else ""
        place = f"{printable(block.location.label) or block.location.kind}{count}"
        kind = f"{block.layer} {block.kind}{f' {block.level}' if block.level else ''}"
        if self.gutter < 24:
            self.line(Text(f"{place} · {kind}", "dim"))
        style = "bold" if block.kind == "heading" else "" if block.layer in ("body", "running", "notes") else "dim"
        text = " | ".join(block.cells) if block.cells else block.text
        self.words(place, Text(printable(text), style), kind)
        passages = examined.view.by_block.get(index, ()) if examined else ()
        for passage in passages:
            if examined is None:
                continue
            if len(passages) > 1:
                self.words("", Text(f"“{printable(passage.text)}”", "italic"))
            findings = [
                one for one in examined.findings
                if one.order == index and one.start is not None and one.end is not None
                and one.start < passage.end and passage.start < one.end
            ]
            sentences = [*examined.remarks.get((index, passage.start), ())]
            for finding in findings:
                self.words("", _verdict(finding.severity, finding.rule, finding.message))
                sentences.extend(finding.why)
            for sentence in dict.fromkeys(sentences):
                self.words("", Text(printable(sentence), "dim"), indent=2)
        self.line()

    def words(self, label: str, text: Text, below: str = "", indent: int = 0) -> None:
        """`text` wrapped beside the gutter, `label` on its first line and `below` on its second."""
        from rich.text import Text

        lines = list(text.wrap(self.console, max(20, self.width - self.gutter - indent), overflow="fold"))
        labels = [label, below] if self.gutter >= 24 else []
        for number in range(max(len(lines), len([one for one in labels if one]))):
            label = (labels[number] if number < len(labels) else "")[: self.gutter - 1]
            line = Text().append(label.ljust(self.gutter) + " " * indent, "dim")
            self.line(line.append_text(lines[number]) if number < len(lines) else line)

    def line(self, text: Text | None = None) -> None:
        from rich.text import Text

        line = text or Text()
        line.rstrip()
        self.console.print(line, overflow="ignore", no_wrap=True, crop=False)


def _verdict(severity: str, rule: str, message: str) -> Text:
    from rich.text import Text

    from msgcheck.reporters.printable import printable

    style = {"error": "bold red", "warning": "yellow"}.get(severity, "cyan")
    return Text().append(f"→ {severity} {rule}: ", style).append(printable(message))
