"""`msgcheck`: the command line. `main` returns the exit code and lets no error through; `run` is the script itself."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Annotated, NoReturn

import typer
from typer.exceptions import Abort, Exit, TyperException

from msgcheck import __version__
from msgcheck.cli import accept, align, cache, check, compare, explain, fix, guide, init, show, verify
from msgcheck.errors import MsgcheckError

NOT_DONE = 2
INTERRUPTED = 130

app = typer.Typer(
    name="msgcheck",
    help="Checks brochures, decks and documents against the approved messaging guide, offline.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        print(f"msgcheck {__version__}")
        raise Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say which version this is, and stop.")
    ] = False,
) -> None:
    pass


app.command("check")(check.command)
app.command("accept")(accept.command)
app.command("fix")(fix.command)
app.command("show")(show.command)
app.command("align")(align.command)
app.command("compare")(compare.command)
app.command("explain")(explain.explain)
app.command("rules")(explain.rules)
app.command("verify")(verify.command)
app.command("init")(init.init)
app.add_typer(guide.app, name="guide")
app.add_typer(cache.app, name="cache")
app.command("prepare")(cache.prepare)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command line; the exit code is 2 if it could not be done, 130 if it was interrupted."""
    from msgcheck.cli import errors

    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):      # what a terminal cannot show is written out instead of ending the run
            stream.reconfigure(errors="backslashreplace")
    try:
        code = app(list(arguments) if arguments is not None else None, prog_name="msgcheck", standalone_mode=False)
    except MsgcheckError as error:
        errors.tell(error)
        return error.exit_code
    except TyperException as error:
        if not error.format_message():          # no command at all: the help has been printed
            return NOT_DONE
        context = getattr(error, "ctx", None)
        errors.tell_usage(error.format_message(), context.command_path if context else "msgcheck")
        return NOT_DONE
    except Exit as stop:
        return stop.exit_code
    except (Abort, KeyboardInterrupt):
        return _interrupted()
    except SystemExit:                          # typer's own way out where whoever read has had enough of it
        return NOT_DONE
    except Exception as error:  # noqa: BLE001 - no traceback reaches a user, whatever went wrong
        errors.tell_unexpected(error)
        return NOT_DONE
    if code == INTERRUPTED:                     # typer turns the interruption into this code
        return _interrupted()
    return code if isinstance(code, int) else 0


def run() -> NoReturn:
    """Run the command line of this process and end it, with 2 where what was told could not be written out.

    It ends without being taken apart: freeing what spaCy and the models hold, piece by piece, takes a fifth of a second
    that a person waits for, and the system frees it at once. What has to be in order by now (files, the cache, other
    processes) has been closed by whoever opened it.
    """
    code = main()
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:                             # whoever read has had enough of it, or the disk is full
        code = NOT_DONE
    os._exit(code)


def _interrupted() -> int:
    print("Interrupted; nothing was left half-written.", file=sys.stderr)
    return INTERRUPTED


if __name__ == "__main__":
    run()
