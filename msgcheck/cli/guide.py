"""`msgcheck guide check|lint|test|import`: the guide itself."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from msgcheck.cli import options

if TYPE_CHECKING:
    from collections.abc import Iterable

    from msgcheck.authoring.clashes import Clash
    from msgcheck.guide.model import Guide

app = typer.Typer(
    help="Check, lint and test the guide; draft one from what you have.", no_args_is_help=True, add_completion=False,
)

GuidePath = Annotated[
    Path | None,
    typer.Argument(metavar="GUIDE", help="The guide, a file or a folder; without it the settings' own, or rules/."),
]
_SECTIONS = ("products", "taglines", "terms", "audiences", "messages", "claims", "facts", "prohibited", "retired",
             "definitions", "boilerplate", "collateral")


@app.command("check")
def check(guide: GuidePath = None) -> int:
    """Say whether a guide, and its brand file, can be used: every error at once, each with its line and what to do.

    Lists too where approved words hold something that the guide forbids elsewhere: approved words win.
    Exit code: 2 if the guide has errors, else 0.
    """
    from msgcheck.authoring.clashes import clashes
    from msgcheck.guide import load
    from msgcheck.guide.brand import brand_of

    loaded = load(guide_path(guide))
    if loaded.visual:
        brand_of(loaded.path, loaded.visual)
    say(f"{loaded.path}: no errors. {contents(loaded)}")
    found = clashes(loaded)
    if found:
        say("", f"Approved words hold something that is forbidden elsewhere; there, they are let pass ({len(found)}):")
        say(*(f"  {line}" for clash in found for line in clash_lines(clash)))
    return 0


@app.command("lint")
def lint(
    guide: GuidePath = None,
    collateral: Annotated[
        list[Path] | None,
        typer.Option("--collateral", metavar="PATH",
                     help="Collateral, to name the messages that none of it uses. Repeatable."),
    ] = None,
    as_of: options.AsOf = None,
    soon: Annotated[
        int, typer.Option("--soon", metavar="DAYS", min=0, help="How many days ahead an expiry is named.")
    ] = 60,
) -> int:
    """Look for what is questionable in a guide that has no errors.

    Variants that drift from their own statement, messages that contradict each other, words both approved and banned,
    claims that expire, claims without a real source, messages that nothing uses, patterns that match approved words.
    Exit code: 2 if the guide has errors, 1 if something contradicts itself, else 0.
    """
    from msgcheck.authoring.lint import lint_guide
    from msgcheck.guide import load

    loaded = load(guide_path(guide))
    found = lint_guide(loaded, options.day(as_of), soon)
    if collateral:
        from msgcheck.authoring.usage import unused

        found += unused(loaded, tuple(collateral))
    for one in found:
        say(f"{one.level}: {one.what}", f"  at: {one.place or loaded.path}")
        say(*([f"  do: {one.mend}"] if one.mend else []))
    count = f"{len(found)} remark{'' if len(found) == 1 else 's'}" if found else "Nothing to remark"
    say(f"{count} on {loaded.path}.")
    return 1 if any(one.level == "warning" for one in found) else 0


@app.command("test")
def test(guide: GuidePath = None, as_of: options.AsOf = None) -> int:
    """Run the `examples` of the guide's entries: `ok` must pass, `not_ok` must be found.

    Exit code: 2 if the guide has errors, 1 if an example fails, else 0.
    """
    from msgcheck.authoring.examples import run_examples
    from msgcheck.guide import load

    loaded = load(guide_path(guide))
    results = run_examples(loaded, options.day(as_of))
    failed = [one for one in results if not one.passed]
    for one in failed:
        say(f"failed: {one.what}", f"  at: {one.place or loaded.path}", f"  example: {one.text}", f"  got: {one.got}")
    if not results:
        say(f"{loaded.path} has no examples.",
            "Write some beside an entry: examples: {ok: [\"…\"], not_ok: [\"…\"]}")
        return 0
    say(f"{len(results) - len(failed)} of {len(results)} examples pass.")
    return 1 if failed else 0


@app.command("import")
def import_(
    files: Annotated[
        list[Path] | None,
        typer.Argument(metavar="FILE", help="Messaging documents (.docx .pdf .md .html), claim sheets and word lists "
                                            "(.xlsx .csv), Vale's accept.txt, reject.txt and rules (.yml)."),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write the draft there instead of to stdout.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite the output file.")] = False,
) -> int:
    """Draft a guide from what the team has: messaging documents, claim sheets, word lists.

    Every entry of the draft carries the place that it was taken from and how sure that is; a comment marks what a
    person must decide. Nothing is invented; what found no place in the guide is listed.
    """
    from msgcheck.authoring.importing import draft_of
    from msgcheck.authoring.writing import written
    from msgcheck.cli.output import whole
    from msgcheck.errors import UsageError

    if not files:
        raise UsageError("There is nothing to import.", "msgcheck guide import", "Name documents or word lists.")
    if output is not None and output.exists() and not force:
        raise UsageError("The file exists.", str(output), "Name another, or overwrite it with --force.")
    draft = draft_of(tuple(files))
    text = written(draft)
    if output is None:
        sys.stdout.write(text)
    else:
        with whole(output) as stream:
            stream.write(text)
        say(f"{output}: {draft.summary()}")
    for left in draft.left_out:
        note(f"not taken: {left.place}: {left.text} ({left.why})")
    return 0


def guide_path(given: Path | None) -> Path:
    """The guide that was named, or the one that a check in the current folder would use."""
    if given is not None:
        return given
    from msgcheck.settings import guide_beside

    return guide_beside(Path())


def contents(guide: Guide) -> str:
    """What a guide holds, in numbers."""
    counts = [(len(getattr(guide, section)), section) for section in _SECTIONS]
    return ", ".join(f"{count} {section}" for count, section in counts if count) + "."


def clash_lines(clash: Clash) -> Iterable[str]:
    what = f"pattern of `{clash.by}`" if clash.pattern else f"`{clash.by}`"
    yield f"{clash.section} `{clash.id}`: '{clash.words}' ({clash.rule}, {what})"
    if clash.wording != clash.id:
        yield f"    {clash.wording}"


def say(*lines: str) -> None:
    """Lines for a person; words of the guide cannot steer the terminal."""
    from msgcheck.reporters.printable import steady

    for line in lines:
        print(steady(line))


def note(line: str) -> None:
    from msgcheck.reporters.printable import steady

    print(steady(line), file=sys.stderr)
