"""What the cache knows of documents, how they read and what became of them under a guide, and of the guide itself."""

from __future__ import annotations

import datetime
import zlib
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Literal, TypeVar

from msgcheck import revision
from msgcheck.cache import Cache, key
from msgcheck.guide import load as read_guide
from msgcheck.guide import stored
from msgcheck.guide.model import Guide
from msgcheck.guide.sources import read_files
from msgcheck.model import Assertion, Document, DocumentResult, Role
from msgcheck.readers.options import ReadOptions
from msgcheck.serial import Misfit, dump, load, schema

T = TypeVar("T")

PASSING = frozenset({"not-a-file", "not-found", "no-permission", "not-readable", "timeout", "memory", "crashed"})
"""Reasons that another run may not meet: a document with one of them is not kept."""


class Kept:
    """Documents and results of one run's settings, by the digest of their bytes.

    `guide` and `encoder` are their revisions, `second` is one of the second opinions that results rest on; the other
    arguments are those of the run that change a result.
    """

    def __init__(
        self, cache: Cache, options: ReadOptions, guide: str, encoder: str, as_of: datetime.date,
        include_hidden: bool = False, keep_blocks: bool = False, second: str = "",
    ) -> None:
        self._cache = cache
        self._reading = (revision.reading(), schema(Document), dump(options))
        self._analysis = (
            revision.analysis(), schema(DocumentResult), dump(options), guide, encoder, as_of.isoformat(),
            str((include_hidden, keep_blocks)), second,
        )

    def results(self, sources: Sequence[tuple[str, str, Role]]) -> dict[str, DocumentResult]:
        """The results that are kept, by name, of documents given as (name, SHA-256, role)."""
        keys = {self._result_key(name, sha256, role): name for name, sha256, role in sources if sha256}
        found = self._cache.get_many("result", list(keys))
        read = ((keys[one], _loaded(DocumentResult, data)) for one, data in found.items())
        return {name: result for name, result in read if result is not None}

    def keep_result(self, result: DocumentResult) -> None:
        """Keep a result for the next run."""
        document = result.document
        if _lasting(document):
            self._put("result", self._result_key(document.name, document.sha256, result.role), result)

    def document(self, name: str, sha256: str) -> Document | None:
        """A document as it was read before."""
        data = self._cache.get("document", self._document_key(name, sha256)) if sha256 else None
        return None if data is None else _loaded(Document, data)

    def documents_held(self, sources: Sequence[tuple[str, str]]) -> frozenset[str]:
        """The names of those documents, given as (name, SHA-256), that are kept."""
        keys = {self._document_key(name, sha256): name for name, sha256 in sources if sha256}
        return frozenset(keys[one] for one in self._cache.known("document", list(keys)))

    def keep_document(self, document: Document) -> None:
        """Keep a document for the next run."""
        if _lasting(document):
            self._put("document", self._document_key(document.name, document.sha256), document)

    def _result_key(self, name: str, sha256: str, role: Role) -> bytes:
        return key("result", *self._analysis, name, sha256, dump(role))

    def _document_key(self, name: str, sha256: str) -> bytes:
        return key("document", *self._reading, name, sha256)

    def _put(self, kind: Literal["document", "result"], name: bytes, value: object) -> None:
        try:
            data = dump(value)
        except ValueError:                                 # a box without end, as broken files have them
            return
        self._cache.put(kind, name, zlib.compress(data, 1))


def guide_at(cache: Cache, path: Path) -> Guide:
    """See `msgcheck.guide.load`; a guide that was found in order before is neither parsed nor validated again."""
    files, sha256, problems = read_files(path)
    names = (path.as_posix(), *(file.name for file in files))
    name = key("guide", revision.analysis(), sha256, *names)
    data = None if problems else cache.get("guide", name)
    if data is not None:
        with suppress(ValueError, zlib.error):
            return stored.load(zlib.decompress(data))
    guide = read_guide(path)
    if guide.sha256 == sha256:                             # else it was changed in between
        cache.put("guide", name, zlib.compress(stored.dump(guide), 1))
    return guide


def guide_says(cache: Cache, guide: Guide) -> tuple[Assertion, ...]:
    """What the guide states, of an earlier run where that is kept: a run that the cache answers parses nothing."""
    name = key("said", revision.analysis(), schema(DocumentResult), guide.revision)
    data = cache.get("result", name)
    kept = None if data is None else _loaded(DocumentResult, data)
    if kept is not None:
        return kept.assertions
    from msgcheck.checks.spoken import guide_says as stated

    said = stated(guide)
    value = DocumentResult(Document("", "", "", "read"), Role(), assertions=said)
    cache.put("result", name, zlib.compress(dump(value), 1))
    return said


def keep_what_guide_says(folder: Path | None, guide: Guide) -> None:
    """Work out what the guide states and keep it in the cache of `folder`, where it is not there already."""
    with Cache(folder) as cache:
        guide_says(cache, guide)


def _lasting(document: Document) -> bool:
    return bool(document.sha256) and not any(reason.code in PASSING for reason in document.reasons)


def _loaded(kind: type[T], data: bytes) -> T | None:
    """A kept value; None where it is not what it should be."""
    try:
        return load(kind, zlib.decompress(data))
    except (Misfit, zlib.error):
        return None
