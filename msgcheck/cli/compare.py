"""`msgcheck compare APPROVED FOUND`: the window into how two texts are held against each other."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from msgcheck.matching import Comparison

_SAYS = {
    "same": "On message: the same in other words.",
    "part": "On message: a true part of what is approved.",
    "drift": "Drift: it restates what is approved with another meaning.",
    "other": "About something else: what is approved neither supports it nor speaks against it.",
}
_PERHAPS = "Perhaps a drift: too unsure for a check to report it."
_LOOK = {"equal": "dim", "differs": "bold"}


def command(
    approved: Annotated[str, typer.Argument(metavar="APPROVED", help="The approved words.")],
    found: Annotated[str, typer.Argument(metavar="FOUND", help="The words to be held against them.")],
) -> int:
    """Hold two texts against each other: their facts side by side, the verdict, and why.

    Exit code 0: nothing drifts, or nothing that a check would report.
    Exit code 1: the second drifts from the first.
    """
    from msgcheck.errors import UsageError
    from msgcheck.matching import compare

    for name, text in (("APPROVED", approved), ("FOUND", found)):
        if not text.strip():
            raise UsageError("There is nothing to compare.", name, 'Give two texts: msgcheck compare "…" "…".')
    comparison = compare(approved, found)
    _show(comparison)
    return 1 if comparison.relation == "drift" and comparison.drifts else 0


def _show(comparison: Comparison) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from msgcheck.cli.output import colour_on, width_of
    from msgcheck.matching.reasons import called, judged
    from msgcheck.reporters.printable import printable

    colour = colour_on(sys.stdout)
    console = Console(
        width=min(width_of(sys.stdout, 100), 112), force_terminal=colour, no_color=not colour, highlight=False,
        markup=False, emoji=False,
    )
    style = {"drift": "bold red", "other": "yellow"}.get(comparison.relation, "bold green")
    says = _SAYS[comparison.relation]
    if comparison.relation == "drift" and not comparison.drifts:
        style, says = "yellow", _PERHAPS
    console.print(Text(says, style).append(f"  confidence {comparison.confidence:.2f}", "dim"))
    if comparison.facts:
        table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, header_style="bold")
        for heading in ("fact", "approved", "found", "judgement"):
            table.add_column(heading, overflow="fold")
        for fact in comparison.facts:
            cells = (called(fact.what), fact.approved, fact.found, judged(fact))
            table.add_row(*(Text(printable(cell) or "–", _LOOK.get(fact.judgement, "")) for cell in cells))
        console.print()
        console.print(table)
        console.print()
    for change in comparison.changes:
        found, wanted = (f"'{printable(words)}'" if words else "nothing" for words in (change.found, change.approved))
        line = Text(f"{change.kind}: ", "bold").append(found, "red").append(" where approved is ", "dim")
        console.print(line.append(wanted, "green"))
    for reason in comparison.reasons:
        console.print(Text(f"· {printable(reason)}"))
