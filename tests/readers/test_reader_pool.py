"""Whatever a document does to its reader, it is one unread document, and the others are read."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from msgcheck.readers import ReadOptions
from msgcheck.readers.options import MIB
from msgcheck.readers.pool import Pool

OPTIONS = ReadOptions(max_seconds=2.0, max_memory=300 * MIB, recognise_language=False)
ODD = {"odd": ((".odd",), "bad_readers:read")}


@dataclass(frozen=True)
class File:
    name: str
    path: Path


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    with Pool(2, OPTIONS, ODD) as made:
        yield made


def write(folder: Path, name: str, text: str) -> File:
    path = folder / name
    path.write_text(text)
    return File(name, path)


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("crash", "crashed"), ("exit", "crashed"), ("hang", "timeout"), ("spin", "timeout"), ("refuse", "damaged"),
        ("raise", "damaged"), ("deep", "too-deep"),
        pytest.param("eat", "memory", marks=pytest.mark.skipif(
            not sys.platform.startswith("linux"), reason="memory is bounded on Linux only")),
    ],
)
def test_a_document_that_breaks_its_reader_is_unread_and_the_others_are_read(
    pool: Pool, tmp_path: Path, word: str, code: str
) -> None:
    files = [write(tmp_path, f"{number}.odd", text) for number, text in enumerate(["first", word, "third", "fourth"])]
    documents = list(pool.read_all(files))
    assert [document.name for document in documents] == ["0.odd", "1.odd", "2.odd", "3.odd"]
    assert [document.status for document in documents] == ["read", "unread", "read", "read"]
    (reason,) = documents[1].reasons
    assert reason.code == code
    assert reason.text.endswith(".")
    assert [document.blocks[0].text for document in documents if document.blocks] == ["first", "third", "fourth"]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="memory is bounded on Linux only")
def test_memory_that_the_starting_program_took_is_not_held_against_a_document(tmp_path: Path) -> None:
    """A process inherits the peak of the one that starts it, here one above the bound of its documents."""
    assert len(b"x" * (2 * OPTIONS.max_memory)) > OPTIONS.max_memory
    files = [write(tmp_path, "a.odd", "crash"), write(tmp_path, "b.odd", "gorge"), write(tmp_path, "c.odd", "exit")]
    with Pool(1, OPTIONS, ODD) as pool:
        codes = [document.reasons[0].code for document in pool.read_all(files)]
    assert codes == ["crashed", "memory", "crashed"]


def test_what_a_library_prints_does_not_disturb(pool: Pool, tmp_path: Path) -> None:
    document = pool.read(write(tmp_path, "a.odd", "print and go on"))
    assert (document.status, document.blocks[0].text) == ("read", "print and go on")


def test_documents_are_taken_only_a_little_ahead(pool: Pool, tmp_path: Path) -> None:
    file = write(tmp_path, "a.odd", "words")
    taken = []

    def sources() -> Iterator[File]:
        for number in range(200):
            taken.append(number)
            yield file

    documents = pool.read_all(sources())
    next(documents)
    assert len(taken) <= 10
    documents.close()
    assert pool.read(file).status == "read"


def test_files_that_cannot_be_opened_are_unread(pool: Pool, tmp_path: Path) -> None:
    folder = tmp_path / "folder.odd"
    folder.mkdir()
    fifo = tmp_path / "fifo.odd"
    os.mkfifo(fifo)
    empty = write(tmp_path, "empty.odd", "")
    files = [File("folder.odd", folder), File("none.odd", tmp_path / "none.odd"), File("fifo.odd", fifo), empty]
    codes = [document.reasons[0].code for document in pool.read_all(files)]
    assert codes == ["not-a-file", "not-found", "not-a-file", "empty"]


def test_workers_stay_warm_and_are_ended_with_the_pool(tmp_path: Path) -> None:
    file = write(tmp_path, "a.odd", "words")
    with Pool(1, OPTIONS, ODD) as pool:
        pool.read(file)
        (first,) = pool.process_ids()
        pool.read(file)
        assert pool.process_ids() == (first,)
        pool.read(write(tmp_path, "b.odd", "crash"))
        pool.read(file)
        (second,) = pool.process_ids()
        assert second != first
    deadline = time.monotonic() + 10
    while _alive(second) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not _alive(second)


def test_an_interrupted_run_leaves_no_worker_reading(tmp_path: Path) -> None:
    options = ReadOptions(max_seconds=60, recognise_language=False)
    with Pool(1, options, ODD) as pool:
        documents = pool.read_all([write(tmp_path, "a.odd", "words"), write(tmp_path, "b.odd", "hang"),
                                   write(tmp_path, "c.odd", "hang")])
        next(documents)
        documents.close()                # as an exception in the loop over them does
        assert pool.read(write(tmp_path, "d.odd", "more words")).status == "read"


def test_a_worker_that_is_ended_while_it_is_looked_at_is_still_a_process(pool: Pool) -> None:
    worker = pool._workers[0]

    class Ending:
        def poll(self) -> None:
            worker._process = None       # as `close` does in another thread

    worker._process = ending = Ending()  # type: ignore[assignment]
    assert worker._running() is ending


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
