"""`msgcheck accept`: excuse findings, with a reason, in accepted.yaml."""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from msgcheck.cli import options

if TYPE_CHECKING:
    from msgcheck.model import Finding


def command(
    paths: options.Paths = None,
    finding: Annotated[
        list[str] | None,
        typer.Option("--finding", metavar="FINGERPRINT",
                     help="This finding, by its fingerprint, which `check --verbose` shows. Repeatable."),
    ] = None,
    rule: Annotated[str | None, typer.Option("--rule", metavar="RULE", help="Findings of this rule.")] = None,
    words: Annotated[
        str | None, typer.Option("--words", metavar="TEXT", help="Findings that quote these words.")
    ] = None,
    all_: Annotated[bool, typer.Option("--all", help="Every open finding: adopt a collection as it is.")] = False,
    prune: Annotated[bool, typer.Option("--prune", help="Drop entries that nothing needs any more.")] = False,
    reason: Annotated[str | None, typer.Option("--reason", metavar="TEXT", help="Why; kept in the entry.")] = None,
    by: Annotated[str | None, typer.Option("--by", metavar="NAME", help="Who decided.")] = None,
    until: Annotated[
        str | None, typer.Option("--until", metavar="DATE", help="The last day on which it holds (2027-03-31).")
    ] = None,
    guide: options.Guide = None,
    root: options.Root = None,
    accepted: Annotated[
        Path | None, typer.Option("--accepted", metavar="FILE", help="The file to write (default: accepted.yaml).")
    ] = None,
    as_of: options.AsOf = None,
    model: options.Model = None,
) -> int:
    """Check documents, and excuse findings in accepted.yaml: chosen ones, or all that there are.

    What is accepted stays listed with `check --all`, is reported once it has expired or is not needed any more, and
    comes back when its words change.
    """
    from msgcheck import accepting
    from msgcheck.accepted import apply, load
    from msgcheck.errors import UsageError
    from msgcheck.pipeline import Request, check
    from msgcheck.reporters.printable import printable
    from msgcheck.settings import ACCEPTED, Given, resolve

    chosen = bool(finding or rule or words or all_)
    if not paths:
        raise UsageError("There is nothing to accept.", "msgcheck accept", "Name documents, or a folder of them.")
    if not chosen and not prune:
        raise UsageError("It is not said which findings are meant.", "msgcheck accept",
                         "Choose with --finding, --rule or --words, or take --all.")
    if chosen and not (reason and reason.strip()):
        raise UsageError("Accepting needs a reason.", "msgcheck accept", "Say why with --reason.")
    day = options.day(as_of)
    last = options.day(until) if until else None
    if accepted is not None and not accepted.exists():
        settings = replace(resolve(tuple(paths), Given(guide, root, model=model)), accepted=None)
        path = accepted
    else:
        settings = resolve(tuple(paths), Given(guide, root, model=model, accepted=accepted))
        path = settings.accepted or settings.root / ACCEPTED
    known = load(path if path.is_file() else None)
    report = check(Request(tuple(paths), replace(settings, accepted=None), day))
    findings = tuple(replace(one, status="open") for one in report.findings)
    checked = frozenset(result.document.name for result in report.results if result.document.status != "unread")
    if prune:
        for entry in accepting.prune(path, known, findings, checked, settings.root):
            print(f"dropped   {printable(str(entry))}")
        known = load(path if path.is_file() else None)
    if chosen:
        excused, _ = apply(findings, known, day, checked)
        wanted = [one for one in excused if one.status == "open" and _is_meant(one, finding, rule, words)]
        if not wanted and not all_:
            mend = "`msgcheck check --verbose` lists those there are, each with its fingerprint."
            raise UsageError("No open finding is like that.", "msgcheck accept", mend)
        entries = accepting.entries_for(wanted, str(reason), by, last)
        if entries:
            accepting.add(path, entries)
        for entry in entries:
            print(f"accepted  {printable(str(entry))}")
    _warn_of_the_past(last, day)
    return 0


def _is_meant(one: Finding, fingerprints: list[str] | None, rule: str | None, words: str | None) -> bool:
    from msgcheck.checks.finish import folded

    return (
        (not fingerprints or one.fingerprint in fingerprints)
        and (rule is None or one.rule == rule)
        and (words is None or folded(one.text or "") == folded(words))
    )


def _warn_of_the_past(last: datetime.date | None, day: datetime.date) -> None:
    from msgcheck.cli.errors import warn

    if last is not None and last < day:
        warn(f"The entries have expired already: --until {last.isoformat()} has passed.")
