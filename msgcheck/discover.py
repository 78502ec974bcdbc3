"""Which documents a run is about: from the paths given to named sources, in one order, each under one name.

A document's name is its path relative to the root, with `/`, in NFC; a file outside the root goes by its file name.
What is passed over is not lost: it comes back as a `Document` that is skipped or unread, with its reason. What is
excluded or no collateral by its name is `stray` where it was met in a folder, and not where somebody named it.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from msgcheck.errors import UsageError
from msgcheck.guide.roles import matches
from msgcheck.model import Document, Reason, Status
from msgcheck.readers import READERS, format_of

REASONS: dict[str, str] = {
    "lock-file": "An editor's lock file or a dot file is no collateral.",
    "excluded": "The settings exclude it.",
    "other-format": "msgcheck does not read files of this format.",
    "link-out-of-root": "It is a link that leads out of the root: pass the file itself, or widen --root.",
    "linked-folder": "It is a link to a folder, and such links are not followed: pass that folder itself.",
    "not-a-file": "It is a folder with the name of a document: rename it, or exclude it.",
    "no-permission": "This folder may not be opened: ask for permission to read it.",
    "empty-folder": "There is no document in this folder.",
}
"""Every reason code given here with its sentence; what happens on reading has those of `msgcheck.readers.REASONS`."""

_NOT_COLLATERAL = frozenset({"lock-file", "other-format", "empty-folder"})


@dataclass(frozen=True, slots=True)
class Source:
    """One file to be read, and the name under which it is reported. With a `url` it lies there, and not at `path`."""

    name: str
    path: Path
    url: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """`sources` and `passed_over`, each in order of name; no file is in both."""

    sources: tuple[Source, ...]
    passed_over: tuple[Document, ...]


def discover(
    paths: tuple[Path, ...], root: Path, exclude: tuple[str, ...] = (), leave_out: tuple[Path, ...] = (),
    none_left: bool = False,
) -> Found:
    """The documents at and below `paths`, without the files `leave_out`, which are not even told of.

    Raises `UsageError` for a path that does not exist, where there is no document at all, where `exclude` leaves none
    of a folder (unless `none_left` allows it), and where two different files would go by one name. The order of `paths`
    and a path given twice make no difference.
    """
    written_root = Path(os.path.abspath(root))  # noqa: PTH100 - links must stay unresolved
    walk = _Walk(_real(root), written_root, exclude, frozenset(_real(path) for path in leave_out))
    for path in paths:
        walk.argument(path)
    if not walk.sources:
        where = ", ".join(sorted({text_of(str(path)) for path in paths}))
        refuse_nothing(walk.passed_over.values(), exclude, where, none_left)
    sources = sorted(walk.sources.values(), key=lambda source: source.name)
    passed_over = sorted(walk.passed_over.values(), key=lambda document: document.name)
    taken = {source.name for source in sources}
    return Found(tuple(sources), tuple(document for document in passed_over if document.name not in taken))


def must_exist(paths: Iterable[Path]) -> None:
    """Raise `UsageError` for the first of `paths` where there is nothing, not even a link that leads nowhere."""
    for path in paths:
        if not os.path.lexists(os.path.abspath(path)):  # noqa: PTH100 - links must stay unresolved
            mend = "Check the spelling, and the folder that you are in."
            raise UsageError("There is no such file or folder.", text_of(str(path)), mend)


def excluded(name: str, patterns: tuple[str, ...]) -> bool:
    """Whether a pattern names the document: its path, its tail from a folder boundary, or a folder above it."""
    parts = name.split("/")
    heads = ["/".join(parts[: count + 1]) for count in range(len(parts))]
    return any(matches(pattern, head) for pattern in patterns for head in heads)


def refuse_nothing(
    passed_over: Iterable[Document], exclude: tuple[str, ...], where: str, none_left: bool = False
) -> None:
    """Raise `UsageError` where there was no document but those `passed_over`, none of which was meant.

    So a wrong pattern in `exclude` does not let a folder pass for ever, unless `none_left` allows it. Files that
    somebody named may all be excluded, as those that a hook hands over; and where something is unread the run fails
    anyway, and its report tells more.
    """
    documents = tuple(passed_over)
    gone = [one.name for one in documents if one.format and one.stray and one.reasons[0].code == "excluded"]
    if gone and not none_left and not any(one.status == "unread" for one in documents):
        patterns = [f"'{pattern}'" for pattern in exclude if any(excluded(name, (pattern,)) for name in gone)]
        every = f"{' and '.join(patterns)} {'excludes' if len(patterns) == 1 else 'exclude'} every one"
        mend = "Narrow what is excluded, in the settings or on the command line."
        raise UsageError(f"There is no document to check here: {every}.", where, mend)
    if all(_no_collateral(one) for one in documents):
        known = ", ".join(suffix for suffixes, _ in READERS.values() for suffix in suffixes)
        mend = f"Give a file, or a folder that holds one, that ends in one of: {known}."
        raise UsageError("There is no document to check here.", where, mend)


def _no_collateral(document: Document) -> bool:
    """Whether it would be no document without `exclude` either."""
    code = document.reasons[0].code
    return code in _NOT_COLLATERAL or (code == "excluded" and document.stray and not document.format)


def text_of(text: str) -> str:
    """A path as text that may stand in a report: bytes that are no UTF-8 are written out (`\\xff`), the rest is NFC."""
    whole = text.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return unicodedata.normalize("NFC", whole)


def _real(path: Path) -> Path:
    """`path` with all links resolved; never raises, not for a link that leads to itself either."""
    return Path(os.path.realpath(path))


class _Walk:
    """Collects what the paths hold, by the file that it really is, so that nothing is found twice."""

    def __init__(self, root: Path, written_root: Path, exclude: tuple[str, ...], leave_out: frozenset[Path]) -> None:
        self.root = root
        self.written_root = written_root
        self.exclude = exclude
        self.leave_out = leave_out
        self.sources: dict[Path, Source] = {}
        self.passed_over: dict[Path, Document] = {}
        self.names: dict[str, Path] = {}

    def argument(self, path: Path) -> None:
        must_exist((path,))
        written = Path(os.path.abspath(path))  # noqa: PTH100 - links must stay unresolved
        real = _real(written)
        inside = any(written.is_relative_to(root) for root in (self.root, self.written_root))
        if inside and not real.is_relative_to(self.root):
            self._pass_over(self._placed(written), "skipped", "link-out-of-root")
        elif os.path.isdir(real):  # noqa: PTH112 - answers False where the path may not be looked at
            self._folder_argument(real)
        else:
            self._file(self._placed(written), named=True)

    def _placed(self, path: Path) -> Path:
        """`path` with the links in its folders resolved, but not one that it is itself."""
        return _real(path.parent) / path.name

    def _folder_argument(self, folder: Path) -> None:
        if folder != self.root and format_of(folder.name):
            self._pass_over(folder, "unread", "not-a-file")
            return
        before = len(self.sources) + len(self.passed_over)
        self._folder(folder)
        if len(self.sources) + len(self.passed_over) == before and not any(
            path.is_relative_to(folder) for path in (*self.sources, *self.passed_over)
        ):
            self._pass_over(folder, "skipped", "empty-folder")

    def _folder(self, folder: Path) -> None:
        for path, is_folder in self._entries(folder):
            if not is_folder:
                self._file(path)
            elif format_of(path.name):
                if not self._left_out(path):
                    self._pass_over(path, "unread", "not-a-file")
            elif not path.name.startswith("."):
                self._folder(path)

    def _entries(self, folder: Path) -> Iterator[tuple[Path, bool]]:
        try:
            with os.scandir(folder) as entries:
                found = sorted(entries, key=lambda entry: entry.name)
        except OSError:
            self._pass_over(folder, "unread", "no-permission")
            return
        for entry in found:
            path = folder / entry.name
            if entry.is_symlink() and os.path.isdir(path):  # noqa: PTH112 - as above
                if not entry.name.startswith(".") and not self._left_out(path):
                    self._pass_over(path, "skipped", "linked-folder")
                continue
            yield path, entry.is_dir(follow_symlinks=False)

    def _file(self, path: Path, named: bool = False) -> None:
        if path in self.leave_out:
            return
        if path.name.startswith((".", "~$")):
            self._pass_over(path, "skipped", "lock-file", stray=not named)
        elif self._left_out(path, stray=not named):
            return
        elif format_of(path.name) is None:
            self._pass_over(path, "skipped", "other-format", stray=not named)
        elif path.is_symlink() and path.is_relative_to(self.root) and not _real(path).is_relative_to(self.root):
            self._pass_over(path, "skipped", "link-out-of-root")
        else:
            self.sources[path] = Source(self._name(path), path)

    def _left_out(self, path: Path, stray: bool = True) -> bool:
        if not excluded(self._name_of(path), self.exclude):
            return False
        self._pass_over(path, "skipped", "excluded", stray)
        return True

    def _pass_over(self, path: Path, status: Status, code: str, stray: bool = False) -> None:
        name = self._name_of(path) if code in _NOT_COLLATERAL else self._name(path)
        reason = Reason(code, "", REASONS[code])
        before = self.passed_over.get(path)
        stray = stray and (before is None or before.stray)         # named once is named, whatever the order
        self.passed_over[path] = Document(name, format_of(path.name) or "", "", status, (reason,), stray=stray)

    def _name_of(self, path: Path) -> str:
        inside = path.is_relative_to(self.root) and path != self.root
        return text_of(path.relative_to(self.root).as_posix() if inside else path.name)

    def _name(self, path: Path) -> str:
        """The name of `path`, which no other file of this run may have."""
        name = self._name_of(path)
        other = self.names.setdefault(name, path)
        if other != path:
            both = " and ".join(sorted(text_of(str(one)) for one in (path, other)))
            raise UsageError(
                f"Two files would both be called '{text_of(name)}'.",
                both,
                "Name the folder above both with --root, or check them one at a time.",
            )
        return name

