"""`msgcheck verify REPORT PATH…`: whether the files in hand are the ones that were checked."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from msgcheck.cli import options


def command(
    report: Annotated[Path, typer.Argument(metavar="REPORT", help="A report of msgcheck, in JSON or HTML.")],
    paths: Annotated[list[Path] | None, typer.Argument(metavar="PATH", help="The documents in hand.")] = None,
    guide: options.Guide = None,
    root: options.Root = None,
) -> int:
    """Say whether the documents in hand are those that a report is about, byte for byte.

    Exit code 0: all of them are, and the guide is.
    Exit code 1: something differs.
    Exit code 2: it could not be found out.
    """
    from msgcheck.errors import UsageError
    from msgcheck.proof import prove, read_proof
    from msgcheck.reporters.printable import printable
    from msgcheck.settings import Given, resolve

    if not paths:
        mend = "Name the documents in hand, or their folder."
        raise UsageError("There is nothing to verify.", "msgcheck verify", mend)
    proof = read_proof(report)
    settings = resolve(tuple(paths), Given(guide, root))
    outcome = prove(proof, tuple(paths), settings, (report,))
    for state, name in outcome.lines:
        print(f"{state:<11}  {printable(name)}")
    print(f"\n{outcome.summary}")
    return 0 if outcome.holds else 1
