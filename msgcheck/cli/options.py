"""The options that several commands share."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from msgcheck.errors import UsageError

Paths = Annotated[list[Path] | None, typer.Argument(metavar="PATH", help="Documents, and folders of documents.")]
Guide = Annotated[
    Path | None,
    typer.Option("--guide", metavar="PATH", help="The guide; without it the settings' own, or a rules/ folder."),
]
Root = Annotated[
    Path | None, typer.Option("--root", metavar="FOLDER", help="The folder that documents' names are relative to.")
]
AsOf = Annotated[
    str | None,
    typer.Option("--as-of", metavar="DATE", help="Hold dates against this day (2026-12-31) instead of today."),
]
PasswordFile = Annotated[
    Path | None, typer.Option("--password-file", metavar="FILE", help="Passwords of documents, one a line.")
]
Model = Annotated[
    str | None,
    typer.Option("--model", metavar="NAME-OR-PATH", help="An embedding model in place of the bundled one."),
]
AllowDownload = Annotated[
    bool, typer.Option("--allow-download", help="Let --model fetch a model that is not on this machine.")
]
IncludeHidden = Annotated[
    bool, typer.Option("--include-hidden", help="Check hidden slides and text, comments and deletions too.")
]


def day(text: str | None) -> date:
    """The date that --as-of names, today without it."""
    if text is None:
        return date.today()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"'{text}' is no date.", "--as-of", "Write it like 2026-12-31.") from None


def passwords(file: Path | None) -> tuple[str, ...]:
    """The lines of --password-file."""
    if file is None:
        return ()
    try:
        return tuple(line for line in file.read_text("utf-8-sig").splitlines() if line)
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not in UTF-8"
        mend = f"Give a text file with one password a line: {reason}."
        raise UsageError("The passwords cannot be read.", str(file), mend) from None
