"""`msgcheck init`: a guide to start from."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer


def init(
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", help="The folder of the collateral; the guide goes into its rules/.")
    ] = Path(),
    company: Annotated[str | None, typer.Option("--company", metavar="NAME", help="The company's name.")] = None,
    scan: Annotated[
        bool | None,
        typer.Option("--scan/--no-scan", help="Propose names, taglines, statements and boilerplate found there."),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="The guide (default: rules/messaging.yaml).")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite a guide that is there.")] = False,
) -> int:
    """Write a commented guide to start from, and beside it the schema that lets editors complete it.

    With --scan (asked for on a terminal) it holds what the collateral in FOLDER already says: names and how often each
    is written which way, marks, taglines, repeated statements and boilerplate with the variants that disagree.
    """
    from msgcheck.authoring.template import template
    from msgcheck.authoring.writing import quoted
    from msgcheck.cli.guide import say
    from msgcheck.cli.output import whole
    from msgcheck.errors import UsageError
    from msgcheck.guide.schema import text as schema_text

    if not folder.is_dir():
        raise UsageError("There is no such folder.", str(folder), "Name the folder that holds the collateral.")
    path = output or folder / "rules" / "messaging.yaml"
    if path.exists() and not force:
        mend = "Name another with --output, or overwrite it with --force."
        raise UsageError("There is a guide already.", str(path), mend)
    asks = sys.stdin.isatty() and sys.stderr.isatty()
    if company is None and asks:
        company = typer.prompt("Name of the company", default="", show_default=False, err=True).strip() or None
    if scan is None:
        scan = asks and typer.confirm(f"Look for names and statements in {folder}?", default=True, err=True)
    if scan:
        from msgcheck.authoring.start import started

        text, found = started(folder, company, path)
    else:
        text, found = template(company or "Our Company", quoted), ()
    schema = path.with_name("guide.schema.json")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError("The folder of the guide cannot be made.", str(path.parent), f"{error.strerror}.") from None
    with whole(path) as stream:
        stream.write(text)
    with whole(schema) as stream:
        stream.write(schema_text())
    say(*found, f"{path}: written, and {schema.name} beside it for your editor.",
        f"Next: fill it in, then `msgcheck guide check {path}`.")
    return 0
