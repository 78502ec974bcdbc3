"""What a worker of a cluster does with a document: what a local run does, so that its result is the same."""

from __future__ import annotations

import hashlib
import os
import pickle
import tempfile
import threading
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from msgcheck import revision
from msgcheck.discover import Source
from msgcheck.errors import Unreadable, UsageError
from msgcheck.model import Document, DocumentResult, Role
from msgcheck.readers import format_of
from msgcheck.readers.blocks import unread_document

if TYPE_CHECKING:
    from msgcheck.checks.analyse import Analyser
    from msgcheck.guide import Guide
    from msgcheck.kept import Kept
    from msgcheck.matching.second_opinion.dialogue import Content, Opinion
    from msgcheck.pipeline import Request
    from msgcheck.readers.pool import Pool

_STATIONS = 2                            # runs that a worker is ready for at the same time


@dataclass(frozen=True, slots=True)
class Plan:
    """All that the analysis of a document depends on, beside the document, and of `Kept` (`second`); `code` is the
    digest of msgcheck where the run was started."""

    guide: Guide
    request: Request
    band: tuple[float, float] | None = None
    opinions: Mapping[Content, Opinion] | None = None
    second: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Task:
    """One document to be checked: `origin` is its URL, or its bytes."""

    name: str
    role: Role
    origin: str | bytes


_lock = threading.Lock()
_stations: dict[bytes, _Station] = {}


def checked(plan: bytes, task: Task) -> tuple[DocumentResult, str]:
    """The result of one document, and the revision of what made it."""
    with _lock:
        station = _stations.pop(plan, None) or _Station(pickle.loads(plan))
        _stations[plan] = station                          # the latest last
        while len(_stations) > _STATIONS:
            del _stations[next(iter(_stations))]           # with it go its processes
    return station.result(task), revision.analysis()


@lru_cache(maxsize=1)
def _analysing() -> ThreadPoolExecutor:
    """The one thread of a worker in which models and the cache are used, neither of which can be shared."""
    return ThreadPoolExecutor(1, thread_name_prefix="analyse")


class _Station:
    """A worker made ready for a plan: processes that read, and an analyser that is made for the first document."""

    def __init__(self, plan: Plan) -> None:
        if plan.code != revision.code():
            raise UsageError(
                "The cluster's workers run another version of msgcheck.", "--scheduler",
                "Install the same one for the scheduler and all workers.",
            )
        from msgcheck.readers.pool import Pool

        environment = os.environ.get("MSGCHECK_CACHE_DIR")
        own = Path(environment) if environment else None   # what the run's own machine uses means nothing here
        request = plan.request
        self._plan = replace(plan, request=replace(request, settings=replace(request.settings, cache_dir=own)))
        self._pool: Pool = Pool(1, request.reading)
        self._analyser: Analyser | None = None
        self._kept: Kept | None = None

    def result(self, task: Task) -> DocumentResult:
        """The result of one document."""
        longest = self._plan.request.reading.max_bytes
        origin = task.origin
        try:
            data, size = (origin, len(origin)) if isinstance(origin, bytes) else _fetch(origin, longest)
        except Unreadable as error:
            unread = unread_document(task.name, format_of(task.name) or "", "", error.code, error.text)
            return bare(unread, task.role)
        known = _analysing().submit(self._known, task, data).result() if data else None
        if known is not None:
            return known
        with tempfile.TemporaryDirectory(prefix="msgcheck-") as folder:
            path = Path(folder) / "document"              # its name is data, and no part of a path
            with path.open("wb") as file:
                file.write(data)
                file.truncate(size)                        # a file that is too large is told by its size alone
            document = self._pool.read(Source(task.name, path))
        return _analysing().submit(self._analysed, document, task.role).result()

    def _known(self, task: Task, data: bytes) -> DocumentResult | None:
        """What this worker worked out before."""
        if self._kept is None and self._plan.request.cached:
            self._kept = self._keeping()
        if self._kept is None:
            return None
        return self._kept.results([(task.name, hashlib.sha256(data).hexdigest(), task.role)]).get(task.name)

    def _analysed(self, document: Document, role: Role) -> DocumentResult:
        from msgcheck.pipeline import analyser_of

        if self._analyser is None:
            plan = self._plan
            self._analyser = analyser_of(plan.guide, plan.request, plan.band, plan.opinions)
        result = self._analyser.analyse(document, role)
        if self._kept is not None:
            self._kept.keep_result(result)
        return result

    def _keeping(self) -> Kept:
        from msgcheck.cache import Cache
        from msgcheck.kept import Kept
        from msgcheck.language.encoder import load_encoder

        plan, request = self._plan, self._plan.request
        encoder = load_encoder(request.settings.model, request.allow_download)
        return Kept(
            Cache(request.settings.cache_dir), request.reading, plan.guide.revision, encoder.revision, request.as_of,
            request.include_hidden, request.keep_text, plan.second,
        )


def bare(document: Document, role: Role) -> DocumentResult:
    """The result of a document that was not read."""
    return DocumentResult(replace(document, blocks=()), role)


def _fetch(url: str, longest: int) -> tuple[bytes, int]:
    from msgcheck.remote import checked as checked_url
    from msgcheck.remote import fetch

    return fetch(checked_url(url), longest)
