"""Errors that end a run, in three lines: what, where, what to do. Only the command line prints them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One error of a guide: what is wrong, where (`line` and `column` from 1, 0 where there is none), what to do.

    `source` is the line as it stands in `file`; `column` counts its characters.
    """

    what: str
    file: str
    line: int = 0
    column: int = 0
    source: str = ""
    mend: str = ""

    @property
    def where(self) -> str:
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


class MsgcheckError(Exception):
    """A run that could not be done. `what` happened, `where` (a path or `file:line:col`), what to do (`mend`)."""

    exit_code = 2

    def __init__(self, what: str, where: str = "", mend: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.mend = mend

    def __str__(self) -> str:
        return "\n".join(line for line in (self.what, self.where, self.mend) if line)


class UsageError(MsgcheckError):
    """The command line or the settings ask for something that cannot be."""


class GuideError(MsgcheckError):
    """The guide cannot be used; `problems` are all its errors at once."""

    def __init__(self, what: str, where: str = "", mend: str = "", problems: tuple[Problem, ...] = ()) -> None:
        super().__init__(what, where, mend)
        self.problems = problems


class AcceptedError(GuideError):
    """The file of accepted findings cannot be used; its errors are told as a guide's are."""


class ModelError(MsgcheckError):
    """A language model is absent, not the one that it claims to be, or may not be loaded."""


class Unreadable(Exception):
    """Raised by a reader for a document that cannot be read at all; becomes its reason, never ends a run."""

    def __init__(self, code: str, text: str, place: str = "") -> None:
        super().__init__(text)
        self.code = code
        self.text = text
        self.place = place
