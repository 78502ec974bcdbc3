"""`msgcheck explain RULE` and `msgcheck rules`: what the rules are."""

from __future__ import annotations

import sys
from typing import Annotated

import typer


def explain(rule: Annotated[str, typer.Argument(metavar="RULE", help="A rule's id, such as message-drift.")]) -> int:
    """Tell what a rule finds, why it matters, and how to mend it."""
    from msgcheck.checks.rules import RULES
    from msgcheck.cli.output import colour_on, width_of
    from msgcheck.errors import UsageError
    from msgcheck.nearest import nearest

    if rule not in RULES:
        raise UsageError(f"There is no rule '{rule}'.", "msgcheck explain", nearest(rule, tuple(RULES)))
    known = RULES[rule]
    head = f"{known.id} ({known.severity})" + ("" if known.checked else ": planned, not yet checked")
    if not sys.stdout.isatty():
        print(f"{head}\n\n{known.doc.strip()}")
        return 0
    from rich.console import Console
    from rich.markdown import Markdown

    width = min(width_of(sys.stdout, 80), 88)
    console = Console(width=width, no_color=not colour_on(sys.stdout), highlight=False)
    console.print(Markdown(f"{known.doc.strip()}\n\n---\n\n`{head}`"))
    return 0


def rules() -> int:
    """List all rules with their default severity."""
    from msgcheck.checks.rules import RULES

    longest = max(len(rule) for rule in RULES)
    for rule in RULES.values():
        planned = "" if rule.checked else " (not checked)"
        print(f"{rule.id:<{longest}}  {rule.severity:<7}  {rule.says}{planned}")
    return 0
