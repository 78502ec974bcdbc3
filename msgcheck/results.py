"""The result of every document: from the cache where it was worked out before, else read and analysed in workers."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgcheck.discover import Source
from msgcheck.kept import Kept
from msgcheck.model import Document, DocumentResult, Role
from msgcheck.readers import ReadOptions

if TYPE_CHECKING:
    from msgcheck.checks.analyse import Analyser
    from msgcheck.readers.pool import Pool

Step = Callable[[int, int, str], None]
"""Told how many documents are done, of how many, and the name of the one that is next."""
Elsewhere = Callable[[Sequence[Source]], Iterator[tuple[DocumentResult, bool]]]
"""The results of sources from other machines, in any order, and whether each may be kept as this machine's own."""


def results(
    sources: Sequence[Source], roles: Mapping[str, Role], make: Callable[[], Analyser], jobs: int | None,
    options: ReadOptions, kept: Kept | None, step: Step, elsewhere: Elsewhere | None = None,
    last: Callable[[], None] | None = None,
) -> Iterator[DocumentResult]:
    """The result of each source, those that are kept first, the others as they come, the largest files first, so that
    none that takes long is begun when the rest is done.

    `make` makes the analyser, in each process that needs one; it is not called, and nothing is started, where
    everything is kept. At most `jobs` processes read and as many analyse, by default one a core; `last` is done by one
    of them at the end. With `elsewhere`, all that is not kept is asked for there.
    """
    here = [source for source in sources if not source.url]
    digests = {source.name: file_digest(source.path, options.max_bytes) for source in here} if kept else {}
    known = kept.results([(name, digest, roles[name]) for name, digest in digests.items()]) if kept else {}
    yield from known.values()
    missing = [source for source in sources if source.name not in known]
    if not missing:
        return
    done = len(known)
    step(done, len(sources), missing[0].name)
    if elsewhere:
        for result, ours in elsewhere(missing):
            done += 1
            step(done, len(sources), result.document.name)
            if kept and ours:
                kept.keep_result(result)
            yield result
        return
    from msgcheck.readers.pool import Pool
    from msgcheck.workers import Workers

    missing.sort(key=lambda source: -_size(source.path))
    at_once = min(jobs or cores(), len(missing))
    with Workers(make, at_once) as workers, Pool(at_once, options) as pool:
        documents = _documents(missing, pool, kept, digests)
        tasks = ((document, roles[document.name]) for document in documents)
        for result in workers.analyse_all(tasks, last):
            done += 1
            step(done, len(sources), result.document.name)
            if kept:
                kept.keep_result(result)
            yield result


def _documents(
    sources: Sequence[Source], pool: Pool, kept: Kept | None, digests: Mapping[str, str]
) -> Iterator[Document]:
    """The documents in the order of `sources`, from the cache where they were read before. Reading begins at once."""
    held = kept.documents_held([(source.name, digests[source.name]) for source in sources]) if kept else frozenset()
    read = pool.read_all(source for source in sources if source.name not in held)
    return _in_order(sources, pool, kept, digests, held, read)


def _in_order(
    sources: Sequence[Source], pool: Pool, kept: Kept | None, digests: Mapping[str, str], held: frozenset[str],
    read: Iterator[Document],
) -> Iterator[Document]:
    for source in sources:
        if kept and source.name in held:
            document = kept.document(source.name, digests[source.name])
            yield document or pool.read(source)            # another run may have made room in between
            continue
        document = next(read)
        if kept:
            kept.keep_document(document)
        yield document


def file_digest(path: Path, longest: int) -> str:
    """The SHA-256 of a regular file of at most `longest` bytes, '' of anything else."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode) or status.st_size > longest:
            return ""
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
