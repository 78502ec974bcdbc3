"""`msgcheck check PATH…`: hold collateral against the guide."""

from __future__ import annotations

import sys
from contextlib import redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from msgcheck.cli import options

if TYPE_CHECKING:
    from msgcheck.matching.second_opinion.endpoint import Endpoint
    from msgcheck.pictures.office import Slides

_FORMATS = "console, json, html, sarif, junit, github, summary, gitlab, markdown or csv"


def command(
    paths: Annotated[
        list[str] | None,
        typer.Argument(metavar="PATH", help="Documents, and folders of documents; with --scheduler also their URLs."),
    ] = None,
    guide: Annotated[
        str | None,
        typer.Option("--guide", metavar="PATH", help="The guide; without it the settings' own, or a rules/ folder."),
    ] = None,
    root: Annotated[
        str | None, typer.Option("--root", metavar="FOLDER", help="The folder that documents' names are relative to.")
    ] = None,
    format_: Annotated[str | None, typer.Option("--format", metavar="FORMAT", help=f"{_FORMATS}.")] = None,
    output: Annotated[
        list[str] | None,
        typer.Option("--output", "-o", metavar="FILE",
                     help="Write the report there: in the format of its suffix, or as FORMAT=FILE. Repeatable."),
    ] = None,
    fail_on: Annotated[
        str | None,
        typer.Option("--fail-on", metavar="SEVERITY",
                     help="Exit with 1 from this severity on: error (default), warning, note or never."),
    ] = None,
    select: Annotated[
        list[str] | None, typer.Option("--select", metavar="RULE", help="Only this rule. Repeatable.")
    ] = None,
    ignore: Annotated[
        list[str] | None, typer.Option("--ignore", metavar="RULE", help="Not this rule. Repeatable.")
    ] = None,
    exclude: Annotated[
        list[str] | None, typer.Option("--exclude", metavar="GLOB", help="Leave these documents out. Repeatable.")
    ] = None,
    as_of: options.AsOf = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit with 2 when a document could be read in part only.")
    ] = False,
    include_hidden: options.IncludeHidden = False,
    min_confidence: Annotated[
        float,
        typer.Option("--min-confidence", metavar="X", min=0.0, max=1.0, show_default=False,
                     help="Leave out findings of meaning of which msgcheck is less sure than this (0 to 1)."),
    ] = 0.0,
    show_all: Annotated[
        bool, typer.Option("--all", help="List accepted findings too, and those below --min-confidence.")
    ] = False,
    accepted: Annotated[
        Path | None, typer.Option("--accepted", metavar="FILE", help="Accepted findings (default: accepted.yaml).")
    ] = None,
    changed_since: Annotated[
        str | None,
        typer.Option("--changed-since", metavar="REV", help="Report only documents changed since this git revision."),
    ] = None,
    annotate: Annotated[
        Path | None,
        typer.Option("--annotate", metavar="FOLDER",
                     help="Write copies of PDF, DOCX and PPTX files there, with the findings as notes and comments."),
    ] = None,
    slides: Annotated[
        str,
        typer.Option("--slides", metavar="HOW", show_default=False,
                     help="Slides in the HTML report: draw (from their text and boxes, the default), or render (as "
                          "LibreOffice shows them, where it is installed; takes seconds a deck)."),
    ] = "draw",
    model: options.Model = None,
    allow_download: options.AllowDownload = False,
    password_file: options.PasswordFile = None,
    jobs: Annotated[
        int | None, typer.Option("--jobs", "-j", metavar="N", min=1, help="Worker processes (default: one a core).")
    ] = None,
    cache_dir: Annotated[
        Path | None,
        typer.Option("--cache-dir", metavar="FOLDER", help="Keep results there between runs (MSGCHECK_CACHE_DIR)."),
    ] = None,
    no_cache: Annotated[bool, typer.Option("--no-cache", help="Neither use kept results nor keep new ones.")] = False,
    verbose: Annotated[
        bool,
        typer.Option("--verbose", "-v", help="Say why each finding is one, its fingerprint, and what was passed over."),
    ] = False,
    second_opinion: Annotated[
        str | None,
        typer.Option("--second-opinion", metavar="URL",
                     help="Ask the language model behind this OpenAI-compatible endpoint about passages of which the "
                          "engine is unsure. They are sent there; without this nothing leaves the machine. "
                          "A key is taken from MSGCHECK_SECOND_OPINION_KEY."),
    ] = None,
    second_opinion_model: Annotated[
        str | None, typer.Option("--second-opinion-model", metavar="NAME", help="The model to ask there.")
    ] = None,
    second_opinion_limit: Annotated[
        int | None,
        typer.Option("--second-opinion-limit", metavar="N", min=1,
                     help="Ask about so many passages of a run at most (default: 20)."),
    ] = None,
    scheduler: Annotated[
        str | None,
        typer.Option("--scheduler", metavar="ADDRESS",
                     help="Check on the Dask cluster of this scheduler (tcp://HOST:8786, or tls://). Documents and "
                          "guide are sent there."),
    ] = None,
    tls_ca: Annotated[
        Path | None, typer.Option("--tls-ca", metavar="FILE", help="The certificate authority of the cluster (PEM).")
    ] = None,
    tls_cert: Annotated[
        Path | None, typer.Option("--tls-cert", metavar="FILE", help="This machine's certificate for it (PEM).")
    ] = None,
    tls_key: Annotated[
        Path | None, typer.Option("--tls-key", metavar="FILE", help="The key of that certificate (PEM).")
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress bar.")] = False,
) -> int:
    """Check documents against the approved messaging guide.

    Exit code 0: nothing from --fail-on upwards was found.
    Exit code 1: something was.
    Exit code 2: the check could not be done, or a document could not be read.
    """
    from msgcheck.cli.copies import fit_for_copies, write_copies
    from msgcheck.cli.elsewhere import elsewhere
    from msgcheck.cli.errors import warn
    from msgcheck.cli.output import targets, write
    from msgcheck.cli.progress import progress
    from msgcheck.errors import UsageError
    from msgcheck.pipeline import Request, check, exit_code
    from msgcheck.readers import ReadOptions
    from msgcheck.settings import Given, resolve

    if not paths:
        raise UsageError("There is nothing to check.", "msgcheck check", "Name documents, or a folder of them.")
    wanted = targets(tuple(output or ()), format_)
    with elsewhere(tuple(paths), guide, root, scheduler, (tls_ca, tls_cert, tls_key)) as given:
        if annotate is not None:
            if given.urls:
                raise UsageError("Copies are made of files, not of URLs.", given.urls[0], "Leave --annotate out.")
            fit_for_copies(annotate, given.paths)
        settings = resolve(given.paths, Given(
            given.guide, given.root, tuple(exclude or ()), model, jobs, fail_on, tuple(select or ()),
            tuple(ignore or ()), accepted, cache_dir,
        ))
        shows_pages = any(target.format == "html" for target in wanted)
        request = Request(
            paths=given.paths,
            settings=settings,
            as_of=options.day(as_of),
            reading=ReadOptions(passwords=options.passwords(password_file)),
            include_hidden=include_hidden,
            allow_download=allow_download,
            show_all=show_all,
            min_confidence=min_confidence,
            keep_text=shows_pages or annotate is not None,
            pictures=shows_pages,
            slides=_slides(slides),
            leave_out=tuple(target.path for target in wanted if target.path),
            changed_since=changed_since,
            cached=not no_cache,
            second_opinion=_endpoint(second_opinion, second_opinion_model, second_opinion_limit),
            cluster=given.cluster,
            urls=given.urls,
            root_url=given.root_url,
            guide_url=given.guide_url,
        )
        with redirect_stdout(sys.stderr), progress(quiet) as step:      # what a library prints is no part of the report
            report = check(request, step, warn)
        for target in wanted:
            write(report, target, verbose)
        if annotate is not None:
            write_copies(report, annotate, given.paths, settings)
        return exit_code(report, settings.fail_on, strict)


def _slides(how: str) -> Slides:
    from msgcheck.errors import UsageError

    known: dict[str, Slides] = {"draw": "draw", "render": "render"}
    if how not in known:
        raise UsageError(f"Slides cannot be shown as '{how}'.", "--slides", "Say draw, or render.")
    return known[how]


def _endpoint(url: str | None, model: str | None, limit: int | None) -> Endpoint | None:
    """Whom to ask for a second opinion; what could ask is not even imported where nobody is named."""
    if url is None and model is None and limit is None:
        return None
    from msgcheck.matching.second_opinion.endpoint import endpoint

    return endpoint(url, model, limit)
