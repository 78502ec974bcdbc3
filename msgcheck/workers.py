"""Documents analysed in several processes at once: the same results in the same order as in one.

A worker is a program of its own that is talked to over pipes, with its models loaded once. Its messages are pickles,
which only ever pass between a run and the processes that it started itself; nothing of the kind is kept or comes from
outside.
"""

from __future__ import annotations

import contextlib
import json
import pickle
import queue
import signal
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, Any, BinaryIO

from msgcheck.errors import MsgcheckError
from msgcheck.model import Document, DocumentResult, Role
from msgcheck.readers.worker import private_streams, receive, send

if TYPE_CHECKING:
    from msgcheck.checks.analyse import Analyser

Task = tuple[Document, Role]
Action = Callable[[], None]

_START = "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from msgcheck.workers import main; main()"
_AHEAD = 2
"""Documents handed out ahead of the result asked for, per worker: enough to keep all busy, few enough to bound memory.
"""
_TRIES = 2


class _Lost(Exception):
    """The worker died."""


class Workers:
    """`jobs` processes with an analyser each, which `make` makes there; it has to be picklable.

    With one job there is no process but this one. Started at once, so that models load while documents are read.
    """

    def __init__(self, make: Callable[[], Analyser], jobs: int = 1) -> None:
        self._make = make
        self._over = False
        self._workers = [_Worker(make) for _ in range(jobs if jobs > 1 else 0)]
        self._idle: queue.SimpleQueue[_Worker] = queue.SimpleQueue()
        for worker in self._workers:
            worker.start()
            self._idle.put(worker)
        self._threads = ThreadPoolExecutor(max(1, jobs), thread_name_prefix="analyse")

    def analyse_all(self, tasks: Iterable[Task], last: Action | None = None) -> Iterator[DocumentResult]:
        """The results in the order of `tasks`, of which only a few more than workers are taken ahead.

        `last` is done by the first worker for which no task is left, while the others are still at theirs; it has to be
        picklable. Raises what the analysis raises, and MsgcheckError where a document ends its worker twice.
        """
        if not self._workers:
            analyser = self._make()
            for document, role in tasks:
                yield analyser.analyse(document, role)
            if last:
                last()
            return
        waiting: deque[Future[DocumentResult]] = deque()
        beside: Future[None] | None = None
        try:
            for task in tasks:
                waiting.append(self._threads.submit(self._analyse, task))
                if len(waiting) >= _AHEAD * len(self._workers):
                    yield waiting.popleft().result()
            if last:
                beside = self._threads.submit(self._do, last)
            while waiting:
                yield waiting.popleft().result()
            if beside:
                beside.result()
        finally:
            left: list[Future[Any]] = [*waiting, *([beside] if beside else [])]
            for future in left:
                future.cancel()
            if any(future.running() for future in left):             # interrupted: nobody waits for these any more
                self._end()

    def close(self) -> None:
        """End all workers."""
        self._end()
        self._threads.shutdown(wait=True, cancel_futures=True)

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _analyse(self, task: Task) -> DocumentResult:
        result: DocumentResult = self._ask(task, task[0].name)
        return result

    def _do(self, action: Action) -> None:
        self._ask(action, "")

    def _ask(self, message: Task | Action, name: str) -> Any:
        worker = self._idle.get()
        try:
            for _ in range(_TRIES):
                with contextlib.suppress(_Lost):
                    if not self._over:             # no second try for a run that was interrupted
                        return worker.ask(message)
        finally:
            self._idle.put(worker)
        raise MsgcheckError(
            "The analysis of a document ended its process.", name, "Most often memory ran out: try again with --jobs 1."
        )

    def _end(self) -> None:
        self._over = True
        for worker in self._workers:
            worker.end()


class _Worker:
    """One process, used by one thread at a time; started again after it was lost."""

    def __init__(self, make: Callable[[], Analyser]) -> None:
        self._make = pickle.dumps(make)
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", _START, json.dumps(sys.path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        with contextlib.suppress(OSError):                 # it is found out when the first document is handed over
            send(self._pipes()[0], self._make)

    def ask(self, message: Task | Action) -> Any:
        """What the worker makes of a task or an action."""
        if self._process is None:
            self.start()
        try:
            there, back = self._pipes()
            send(there, pickle.dumps(message))
            answer = receive(back)
        except (OSError, ValueError) as error:
            self.end()
            raise _Lost from error
        if answer is None:
            self.end()
            raise _Lost
        outcome = pickle.loads(answer)
        if isinstance(outcome, BaseException):
            raise outcome
        return outcome

    def end(self) -> None:
        """Kill the process if there is one."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()
        process.wait()

    def _pipes(self) -> tuple[BinaryIO, BinaryIO]:
        process = self._process
        if process is None or process.stdin is None or process.stdout is None:
            raise OSError("the worker is gone")
        return process.stdin, process.stdout  # type: ignore[return-value]  # both were opened for bytes


def main() -> None:
    """What a worker runs: the first message in makes the analyser, each further one is a document or an action."""
    with contextlib.suppress(ValueError):
        signal.signal(signal.SIGINT, signal.SIG_IGN)       # the run that is interrupted ends its workers
    inward, outward = private_streams()
    first = receive(inward)
    if first is None:
        return
    made = _outcome(lambda: pickle.loads(first)())
    while (message := receive(inward)) is not None:
        asked = pickle.loads(message)
        if isinstance(made, BaseException):
            answer = made
        else:
            answer = _outcome(asked if callable(asked) else partial(made.analyse, *asked))
        send(outward, pickle.dumps(answer))


def _outcome(action: Callable[[], Any]) -> Any:
    """What `action` returns or raises, in a form that can be handed over."""
    try:
        return action()
    except MsgcheckError as error:
        return error
    except Exception as error:  # noqa: BLE001 - raised again on the other side
        return RuntimeError(f"{type(error).__name__}: {error}")
