"""Work on strangers' files in processes that may break: bounded in memory and time, replaced when they fall."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import Any

_MEMORY = 3_000_000_000   # bytes of address space of a worker


@dataclass(frozen=True, slots=True)
class Job:
    """One call that runs in a worker."""

    function: Callable[..., Any]
    arguments: tuple[Any, ...]
    future: Future[Any]


class Expendable:
    """A pool of worker processes that survives what is put into it. Use as a context manager."""

    def __init__(self, jobs: int = 1) -> None:
        self._jobs = max(1, jobs)
        self._pool = self._fresh()

    def __enter__(self) -> Expendable:
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def start(self, function: Callable[..., Any], *arguments: Any) -> Job:
        """Begin `function(*arguments)`, a function of a module, in a worker."""
        return Job(function, arguments, self._submit(function, arguments))

    def finish(self, job: Job, seconds: float) -> Any:
        """What the job returned; None where it raised, broke its worker twice, or took longer than `seconds`.

        A job that only stood beside a crash is run once more.
        """
        for attempt in (1, 2):
            try:
                return job.future.result(timeout=seconds)
            except TimeoutError:
                self._end()
                self._pool = self._fresh()
                return None
            except Exception:  # noqa: BLE001 - whatever a strange file makes a library raise
                if attempt == 2:
                    return None
                job = Job(job.function, job.arguments, self._submit(job.function, job.arguments))
        return None

    def _submit(self, function: Callable[..., Any], arguments: tuple[Any, ...]) -> Future[Any]:
        try:
            return self._pool.submit(function, *arguments)
        except (BrokenProcessPool, RuntimeError):
            self._pool = self._fresh()
            return self._pool.submit(function, *arguments)

    def _fresh(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(self._jobs, multiprocessing.get_context("spawn"), _bound)

    def _end(self) -> None:
        processes = list((getattr(self._pool, "_processes", None) or {}).values())
        self._pool.shutdown(wait=False, cancel_futures=True)
        for process in processes:             # a hung worker would keep the interpreter from ending
            process.terminate()


def _bound() -> None:
    """Limit a worker's memory where the system knows how."""
    try:
        import resource
    except ImportError:      # no such limits on this system
        return
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
