"""The files behind a report, for steps that go back to them: copies with notes, corrections."""

from __future__ import annotations

import hashlib
from pathlib import Path

from msgcheck.discover import discover
from msgcheck.model import Report
from msgcheck.settings import Settings


class Originals:
    """`paths` has the file of every document by name; `read` gives the bytes that were checked, or None."""

    def __init__(self, paths: tuple[Path, ...], settings: Settings, report: Report) -> None:
        found = discover(paths, settings.root, settings.exclude, none_left=True)
        self._digests = {result.document.name: result.document.sha256 for result in report.results}
        self.paths = {source.name: source.path for source in found.sources if source.name in self._digests}

    def read(self, name: str) -> bytes | None:
        """None where the file is gone, or is no longer the one that was checked."""
        if name not in self.paths:
            return None
        try:
            data = self.paths[name].read_bytes()
        except OSError:
            return None
        return data if hashlib.sha256(data).hexdigest() == self._digests[name] else None
