"""Reading many documents in warm, expendable worker processes with bounds on time and memory.

A document that crashes its worker, hangs, or exhausts a bound is one unread document with its reason; the worker is
replaced, and the run goes on. Workers are separate programs that are talked to over pipes, so that it makes no
difference where the pool is used: a console script, a test, a notebook, another pool.
"""

from __future__ import annotations

import contextlib
import dataclasses
import json
import os
import queue
import signal
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from pathlib import Path
from typing import BinaryIO, Protocol, cast

from msgcheck.model import Document
from msgcheck.readers import format_of
from msgcheck.readers.blocks import unread_document
from msgcheck.readers.options import ReadOptions
from msgcheck.readers.worker import receive, send
from msgcheck.serial import load

__all__ = ["Pool", "Source"]

_START = "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from msgcheck.readers.worker import main; main()"
_AHEAD = 3
"""Documents read ahead of the one asked for, per worker: enough to keep all busy, few enough to bound memory."""
_DOCUMENTS_A_WORKER = 100
"""After so many a worker is replaced, lest what libraries leak adds up."""
_GRACE = 1.0
"""Seconds over the time bound before a worker is ended: its own clocks may end it more gently."""
_MUCH = 0.6
"""The share of the memory bound in resident memory from which on a death is put down to memory."""
_LOOK = 0.02
"""Seconds between two looks at the memory of a worker whose peak the system cannot tell afterwards."""


class Source(Protocol):
    """A file to be read and the name it goes by; `msgcheck.discover.Source` is one."""

    @property
    def name(self) -> str: ...
    @property
    def path(self) -> Path: ...


class _WorkerLost(Exception):
    """The worker died of a document; `code` is the reason."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code
        self.text = text


class Pool:
    """`jobs` workers, each started when it is first needed. `readers` adds formats to the table `READERS`.

    >>> with Pool(2) as pool:                                           # doctest: +SKIP
    ...     for document in pool.read_all(sources): ...
    """

    def __init__(
        self, jobs: int = 1, options: ReadOptions | None = None,
        readers: Mapping[str, tuple[tuple[str, ...], str]] | None = None,
    ) -> None:
        self.options = options or ReadOptions()
        self.jobs = max(1, jobs)
        self._workers = [_Worker(self.options, dict(readers or {})) for _ in range(self.jobs)]
        self._idle: queue.LifoQueue[_Worker] = queue.LifoQueue()
        for worker in reversed(self._workers):
            self._idle.put(worker)
        self._threads = ThreadPoolExecutor(self.jobs, thread_name_prefix="read")

    @property
    def unbounded(self) -> tuple[str, ...]:
        """The bounds that this platform cannot set ('memory'), as far as the workers started so far have found."""
        return ("memory",) if any(worker.memory_unbounded for worker in self._workers) else ()

    def process_ids(self) -> tuple[int, ...]:
        """The ids of the worker processes that are running, for whoever measures them."""
        return tuple(pid for worker in self._workers if (pid := worker.process_id) is not None)

    def read(self, source: Source) -> Document:
        """One document, as `read_all` yields it."""
        worker = self._idle.get()
        try:
            return worker.read(source.name, source.path)
        except _WorkerLost as lost:
            return unread_document(source.name, format_of(source.name) or "", "", lost.code, lost.text)
        finally:
            self._idle.put(worker)

    def read_all(self, sources: Iterable[Source]) -> Iterator[Document]:
        """The documents in the order of `sources`, of which only a few more than workers are taken ahead.

        Those are begun at once, before the first is asked for.
        """
        left = iter(sources)
        waiting = deque(self._threads.submit(self.read, source) for source in islice(left, _AHEAD * self.jobs))
        return self._as_they_come(waiting, left)

    def _as_they_come(self, waiting: deque[Future[Document]], left: Iterator[Source]) -> Iterator[Document]:
        try:
            while waiting:
                yield waiting.popleft().result()
                waiting.extend(self._threads.submit(self.read, source) for source in islice(left, 1))
        finally:
            for future in waiting:
                future.cancel()
            if any(future.running() for future in waiting):          # interrupted: nobody waits for these any more
                for worker in self._workers:
                    worker.end()

    def close(self) -> None:
        """End all workers; the pool cannot be used after."""
        for worker in self._workers:
            worker.end()
        self._threads.shutdown(wait=True, cancel_futures=True)

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class _Worker:
    """One worker process, started on first use and again after it was lost. Used by one thread at a time."""

    def __init__(self, options: ReadOptions, readers: dict[str, tuple[tuple[str, ...], str]]) -> None:
        self.options = options
        self.readers = readers
        self.memory_unbounded = False
        self._process: subprocess.Popen[bytes] | None = None
        self._done = 0
        self._first_peak = 0                 # in bytes, when the worker had read nothing yet
        self._seen_peak = 0                  # the highest that `_watch` has seen of this worker

    def read(self, name: str, path: Path) -> Document:
        process = self._running()
        timed_out = threading.Event()

        def stop() -> None:
            timed_out.set()
            _kill(process)

        timer = threading.Timer(self.options.max_seconds + _GRACE, stop)
        timer.daemon = True
        timer.start()
        answered = threading.Event()
        if self._first_peak > _MUCH * self.options.max_memory:
            threading.Thread(target=self._watch, args=(process.pid, answered), daemon=True).start()
        try:
            # `absolute`, not `resolve`: what a link leads to is the worker's to find out
            send(_inward(process), json.dumps({"name": name, "path": str(path.absolute())}).encode())
            answer = receive(_outward(process))
            document = None if answer is None else load(Document, answer)
        except (OSError, ValueError):
            document = None
        finally:
            timer.cancel()
            answered.set()
        if document is None:
            raise self._lost(process, timed_out.is_set())
        self._done += 1
        if self._done >= _DOCUMENTS_A_WORKER:
            self.end()
        return document

    @property
    def process_id(self) -> int | None:
        there = self._process
        return there.pid if there is not None and there.poll() is None else None

    def end(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            _kill(process)
            for stream in (process.stdin, process.stdout):
                if stream is not None:
                    with contextlib.suppress(OSError):
                        stream.close()
            with contextlib.suppress(OSError, subprocess.TimeoutExpired):
                process.wait(5)

    def _running(self) -> subprocess.Popen[bytes]:
        there = self._process                              # another thread may end it meanwhile
        if there is not None and there.poll() is None:
            return there
        self.end()
        self._done = self._first_peak = self._seen_peak = 0
        process = subprocess.Popen(
            [sys.executable, "-c", _START, json.dumps([entry or str(Path.cwd()) for entry in sys.path])],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            start_new_session=os.name == "posix",        # Ctrl-C is the parent's; children are ended with the worker
        )
        self._process = process
        given = {"options": dataclasses.asdict(self.options), "readers": self.readers}
        try:
            send(_inward(process), json.dumps(given).encode())
            answer = receive(_outward(process))
        except OSError:
            answer = None
        if answer is None:
            self.end()
            raise _WorkerLost("crashed", "The reading process could not be started.")
        told = json.loads(answer)
        self.memory_unbounded = not told["memory"]
        self._first_peak = told["peak"]
        return process

    def _watch(self, pid: int, answered: threading.Event) -> None:
        """Look at the worker's own peak until it has answered: its starter's, which it inherits, would hide it after.
        """
        while not answered.wait(_LOOK):
            self._seen_peak = max(self._seen_peak, _peak_of(pid))

    def _lost(self, process: subprocess.Popen[bytes], timed_out: bool) -> _WorkerLost:
        peak = self._own_peak(_peak_after(process))
        code = process.returncode
        self.end()
        if timed_out or code == -_signal("SIGALRM"):
            text = f"Reading this document took longer than {self.options.max_seconds:g} seconds."
            return _WorkerLost("timeout", text)
        if peak > _MUCH * self.options.max_memory:
            return _WorkerLost("memory", "Reading this document takes more memory than it may.")
        return _WorkerLost("crashed", f"The reading process died of this document ({_cause(code)}).")

    def _own_peak(self, told: int | None) -> int:
        """What the worker itself took at most, in bytes, 0 where nobody knows. The system tells (`told`) the highest
        that the process had, the program that started it included (Linux hands that on over `exec`, getrusage(2)), so
        that only a value above the first one is the worker's own.
        """
        return told if told is not None and told > self._first_peak else self._seen_peak


def _inward(process: subprocess.Popen[bytes]) -> BinaryIO:
    return cast(BinaryIO, process.stdin)


def _outward(process: subprocess.Popen[bytes]) -> BinaryIO:
    return cast(BinaryIO, process.stdout)


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End a worker and all that it started."""
    with contextlib.suppress(OSError):
        if os.name == "posix" and process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()


def _peak_after(process: subprocess.Popen[bytes]) -> int | None:
    """The most memory in bytes that a process which is about to end had, where the platform tells; reaps the process.
    """
    if not hasattr(os, "wait4"):
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(5)
        return None
    _kill_later = threading.Timer(5.0, _kill, (process,))
    _kill_later.start()
    try:
        _, status, usage = os.wait4(process.pid, 0)
    except ChildProcessError:            # `poll` was faster
        process.poll()
        return None
    finally:
        _kill_later.cancel()
    process.returncode = os.waitstatus_to_exitcode(status)
    return usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def _peak_of(pid: int) -> int:
    """The most memory in bytes that a running process has had since its program began, 0 where that is not told."""
    with contextlib.suppress(OSError, ValueError):
        for line in Path(f"/proc/{pid}/status").read_text("ascii", "replace").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    return 0


def _signal(name: str) -> int:
    return int(getattr(signal, name, 0)) or 10_000


def _cause(code: int | None) -> str:
    if code is not None and code < 0:
        with contextlib.suppress(ValueError):
            return signal.Signals(-code).name
    return f"exit code {code}"
