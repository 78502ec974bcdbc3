"""`msgcheck align PATH…`: sales against marketing, side by side."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from msgcheck.cli import options

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from msgcheck.align import Alignment, Line, Stance, Told, Use

_HOW = {
    "on-message": ("on message", "green"), "drifted": ("drifted", "bold red"), "mixed": ("drifted in places", "red"),
    "expired": ("past its date", "yellow"), "absent": ("–", "dim"),
}


def command(
    paths: options.Paths = None,
    guide: options.Guide = None,
    root: options.Root = None,
    by: Annotated[
        str, typer.Option("--by", metavar="WHAT", help="The sides: owner, kind, audience or folder.")
    ] = "owner",
    side: Annotated[
        list[str] | None, typer.Option("--side", metavar="NAME", help="Only this side. Repeatable.")
    ] = None,
    format_: Annotated[str, typer.Option("--format", metavar="FORMAT", help="console or json.")] = "console",
    as_of: options.AsOf = None,
    include_hidden: options.IncludeHidden = False,
    model: options.Model = None,
    allow_download: options.AllowDownload = False,
    password_file: options.PasswordFile = None,
    jobs: Annotated[
        int | None, typer.Option("--jobs", "-j", metavar="N", min=1, help="Worker processes (default: one a core).")
    ] = None,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Every wording, not only those that drifted.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress bar.")] = False,
) -> int:
    """Hold the documents of one department against those of another: who says what, and in which words.

    Exit code: 2 if it could not be done or a document could not be read, else 0.
    """
    from msgcheck.align import BY, align
    from msgcheck.cli.progress import progress
    from msgcheck.errors import UsageError
    from msgcheck.nearest import nearest
    from msgcheck.pipeline import Request, check
    from msgcheck.readers import ReadOptions
    from msgcheck.settings import Given, resolve

    if not paths:
        raise UsageError("There is nothing to align.", "msgcheck align", "Name documents, or a folder of them.")
    chosen = next((one for one in BY if one == by), None)
    if chosen is None:
        raise UsageError(f"There are no sides '{by}'.", "--by", nearest(by, BY))
    if format_ not in ("console", "json"):
        raise UsageError(f"There is no format '{format_}' here.", "--format", nearest(format_, ("console", "json")))
    settings = resolve(tuple(paths), Given(guide, root, (), model, jobs))
    request = Request(
        paths=tuple(paths), settings=settings, as_of=options.day(as_of),
        reading=ReadOptions(passwords=options.passwords(password_file)), include_hidden=include_hidden,
        allow_download=allow_download, keep_text=True,
    )
    with progress(quiet) as step:
        report = check(request, step)
    found = align(report.results, report.entries, chosen, tuple(side or ()))
    if format_ == "json":
        _json(found)
    else:
        _Sheet(verbose).show(found)
    unread = [result.document for result in report.results if result.document.status == "unread"]
    for document in unread:
        print(f"Not read, so on no side: {_clean(document.name)}", file=sys.stderr)
    return 2 if unread else 0


def _json(found: Alignment) -> None:
    """One JSON document on stdout, in ASCII; sides go by their names."""
    import json
    from dataclasses import asdict

    names = [name for name, _ in found.sides]
    value = {
        "schema": 1, "by": found.by, "score": found.score, "reasons": found.reasons,
        "sides": [{"name": name, "documents": count} for name, count in found.sides],
        "messages": [{
            "section": line.entry.section, "id": line.entry.id, "statement": line.entry.statement, "told": line.told,
            "figures": line.figures, "agreement": line.agreement,
            "sides": {name: asdict(stance) for name, stance in zip(names, line.stances, strict=True)},
        } for line in found.lines],
        "disagreements": [{
            "message": one.message, "places": [{"side": name, **asdict(use)} for name, use in one.uses],
        } for one in found.disagreements],
        "alone": [{"side": one.side, **asdict(one.use)} for one in found.alone],
        "words": [{
            "use": one.use, "sides": {name: dict(counts) for name, counts in zip(names, one.counts, strict=True)},
        } for one in found.preferences],
    }
    sys.stdout.write(json.dumps(value, ensure_ascii=True, indent=2) + "\n")


class _Sheet:
    def __init__(self, verbose: bool) -> None:
        from rich.console import Console

        from msgcheck.cli.output import colour_on, width_of

        colour = colour_on(sys.stdout)
        self.verbose = verbose
        self.console: Console = Console(
            width=max(60, min(width_of(sys.stdout, 120), 160)), force_terminal=colour, no_color=not colour,
            color_system="standard" if colour else None, highlight=False, markup=False, emoji=False,
        )

    def show(self, found: Alignment) -> None:
        """Score and reasons; where the sides contradict each other; where they leave the approved words; the rest."""
        from rich.text import Text

        sides = " against ".join(f"{_clean(name)} ({count})" for name, count in found.sides)
        self.console.print(Text(sides or "There are no documents to compare.", "bold"))
        if len(found.sides) < 2:
            self.console.print(Text("There is one side only: give owners in the guide's collateral section, or --by."))
        if found.score is not None:
            line = Text(f"{found.score} of 100", "bold")
            line.append(": how often both say what is approved, where both speak about the same thing.", "")
            self.console.print(line)
        for reason in found.reasons:
            self.console.print(Text(f"· {reason}"))
        self.disagreements(found)
        self.messages(found, "Approved messages, told otherwise", "apart")
        alike = [line for line in found.lines if line.told == "alike"]
        if self.verbose:
            self.messages(found, "Approved messages, told alike", "alike")
        elif alike:
            self.title("Approved messages, told alike")
            self.console.print(Text(f"  {', '.join(_clean(line.entry.id) for line in alike)}"))
        self.messages(found, "Approved messages that one side alone carries", "one side")
        self.alone(found)
        self.words(found)

    def title(self, text: str, hint: str = "") -> None:
        from rich.text import Text

        self.console.print(Text(f"\n{text}", "bold").append(hint, "not bold dim"))

    def table(self, found: Alignment, first: str) -> Table:
        """A table with a column a side, after one headed `first` where that is not ''."""
        from rich import box
        from rich.table import Table

        table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold", show_lines=False)
        if first:
            table.add_column(first, overflow="fold", ratio=2)
        for name, _ in found.sides:
            table.add_column(_clean(name), overflow="fold", ratio=3)
        return table

    def disagreements(self, found: Alignment) -> None:
        """The contradictions on which the guide is silent, side by side, the values first."""
        from rich.text import Text

        if not found.disagreements:
            return
        self.title("The same thing, other facts", " (the guide is silent: find out what is true)")
        table = self.table(found, "")
        for one in found.disagreements:
            cells = []
            for side, _ in found.sides:
                cell = Text()
                for name, use in one.uses:
                    if name == side:
                        cell.append("\n" if cell else "")
                        cell.append(f"{_clean(use.said)}\n" if use.said else "", "bold yellow")
                        cell.append(f"“{_clean(use.text)}”").append(f" {_place(use)}", "dim")
                cells.append(cell if cell else Text("–", "dim"))
            table.add_row(*cells)
            table.add_row("")
        self.console.print(table)

    def messages(self, found: Alignment, title: str, told: Told) -> None:
        """The messages that are told so, most different first."""
        from rich.text import Text

        lines = [line for line in found.lines if line.told == told]
        if not lines:
            return
        self.title(title)
        lines.sort(key=lambda line: 2.0 if line.agreement is None else line.agreement)
        table = self.table(found, "message")
        for line in lines:
            table.add_row(_label(line), *(self.stance(stance) for stance in line.stances))
            table.add_row(Text(""))
        self.console.print(table)

    def stance(self, stance: Stance) -> Text:
        from rich.text import Text

        from msgcheck.align import told_otherwise

        words, style = _HOW[stance.how]
        cell = Text(words, style)
        bad = sum(use.how != "on-message" for use in stance.uses)
        count = len(stance.uses)
        if stance.how == "mixed":
            cell.append(f"  in {bad} of {count} places", "dim")
        elif count > 1:
            cell.append(f"  {count} places", "dim")
        for use in stance.uses:
            if self.verbose or use.how != "on-message":
                for change in use.changes:
                    cell.append(f"\n{_clean(told_otherwise(change))}", "bold red")
                cell.append(f"\n“{_clean(use.text)}”", "" if use.how in ("on-message", "expired") else "red")
                cell.append(f" {_place(use)}", "dim")
        return cell

    def alone(self, found: Alignment) -> None:
        from rich.text import Text

        if found.alone:
            self.title("Claims that one side alone makes, and nothing approved supports")
        for alone in found.alone:
            line = Text(f"  {_clean(alone.side)}: ", "dim").append(f"“{_clean(alone.use.text)}”")
            self.console.print(line.append(f" {_clean(alone.use.document)}, {_clean(alone.use.place)}", "dim"))

    def words(self, found: Alignment) -> None:
        from rich.text import Text

        if not found.preferences:
            return
        self.title("Words and names")
        table = self.table(found, "preferred")
        for word in found.preferences:
            row = [Text(_clean(word.use), "green")]
            for counts in word.counts:
                cell = Text()
                for at, (form, count) in enumerate(counts):
                    style = "" if form == word.use else "red"
                    cell.append(", " if at else "").append(f"{_clean(form)} {count}×", style)
                row.append(cell if counts else Text("–", "dim"))
            table.add_row(*row)
        self.console.print(table)


def _label(line: Line) -> Text:
    from rich.text import Text

    label = Text(_clean(line.entry.id), "bold")
    if line.figures:
        label.append("\nother figures, times or limits", "yellow")
    return label.append(f"\n{_clean(line.entry.statement)}", "dim")


def _place(use: Use) -> str:
    return f"{_clean(use.document.rpartition('/')[2])}, {_clean(use.place)}"


def _clean(text: str) -> str:
    from msgcheck.reporters.printable import printable

    return printable(text)
