"""The same check on the machines of a Dask cluster: documents go out one by one, their results come back.

A worker of the cluster does with a document what a local run does (`readers.Pool`, then `Analyser.analyse`), so its
result is the same; the rules that compare documents run where the check was started, on the compact facts of the
results. A task is a pure function, so one whose worker died is simply run again elsewhere.

Dask's messages are pickles, and whoever reaches a scheduler can run code on its workers: a cluster has to be as closed
as the machines in it, by its network or by TLS with certificates of its own.
"""

from __future__ import annotations

import pickle
import queue
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from msgcheck import revision
from msgcheck.discover import Source
from msgcheck.errors import MsgcheckError, UsageError
from msgcheck.model import Document, DocumentResult, Role
from msgcheck.station import Plan, Task, bare, checked

if TYPE_CHECKING:
    from distributed import Client, Future

    from msgcheck.pipeline import Request

Warn = Callable[[str], None]

_AHEAD = 3
"""Documents on their way for each thread of the cluster: one that is worked on, two that lie ready."""
_BYTES_AHEAD = 256 * 1024 * 1024
"""Of local files on their way, which pass through the scheduler's memory."""
_TRIES = 3
"""How often a document is given to the cluster; each time it may cost as many workers as the scheduler allows."""
_CONNECT = 20.0                          # seconds
_NO_WORKERS = 60.0                       # seconds without a single worker until the run is given up
_LOOK = 5.0                              # seconds between looks at the cluster while nothing arrives
_COUNT_EVERY = 50                        # documents between looks at its size
_ADDRESS = re.compile(r"(?:(tcp|tls)://)?(\[[0-9A-Fa-f:]+\]|[A-Za-z0-9._-]+):(\d{1,5})")
_HERE = frozenset({"localhost", "127.0.0.1", "[::1]"})


@dataclass(frozen=True, slots=True)
class Cluster:
    """Where the scheduler listens, and the certificates for it: PEM files, all three or none (Dask's own settings)."""

    address: str
    authority: Path | None = None
    certificate: Path | None = None
    key: Path | None = None


def cluster(
    address: str, authority: Path | None = None, certificate: Path | None = None, key: Path | None = None
) -> Cluster:
    """The cluster that the command line names; raises `UsageError`."""
    found = _ADDRESS.fullmatch(address)
    if found is None or not 0 < int(found[3]) < 65536:
        raise UsageError(
            f"'{address}' is no address of a scheduler.", "--scheduler", "Write it like tcp://127.0.0.1:8786."
        )
    files = (authority, certificate, key)
    if any(files) and not all(files):
        mend = "Give all of --tls-ca, --tls-cert and --tls-key."
        raise UsageError("TLS takes an authority, a certificate and its key.", "--scheduler", mend)
    if any(files) and found[1] == "tcp":
        raise UsageError("Certificates are for a scheduler with TLS.", address, f"Write tls://{found[2]}:{found[3]}.")
    for file in files:
        if file is not None and not file.is_file():
            raise UsageError("There is no such file.", str(file), "Name a PEM file.")
    if not _installed():
        raise UsageError(
            "Checking on a cluster needs Dask, which is not installed.", "--scheduler",
            "Install it: pip install 'msgcheck[cluster]'",
        )
    protocol = found[1] or ("tls" if any(files) else "tcp")
    return Cluster(f"{protocol}://{found[2]}:{found[3]}", authority, certificate, key)


def cluster_results(
    where: Cluster, plan: Plan, sources: Iterable[Source], roles: Mapping[str, Role], warn: Warn
) -> Iterator[tuple[DocumentResult, bool]]:
    """The result of each source as it comes, and whether the worker is made of the same parts as this machine.

    Only a few documents more than the cluster has threads are on their way at a time. Raises MsgcheckError where the
    cluster cannot be used, or a document ends its worker again and again, and what the analysis raises.
    """
    plan = replace(plan, request=_bare_request(plan.request), code=revision.code())
    told = False
    with _connected(where, warn) as client:
        for result, made_by in _Run(client, where.address, plan, roles).results(iter(sources)):
            same = made_by == revision.analysis()
            if not same and not told:
                told = True
                warn("The cluster's workers have other versions of libraries than this machine: findings may differ.")
            yield result, same


class _Run:
    """The documents of one run that are on their way."""

    def __init__(self, client: Client, address: str, plan: Plan, roles: Mapping[str, Role]) -> None:
        self._client = client
        self._address = address
        self._roles = roles
        # a task of its own, and not data that is handed out: what a worker took with it is simply made again
        self._plan = client.submit(bytes, pickle.dumps(plan), pure=False)
        self._options = plan.request.reading
        self._done: queue.SimpleQueue[Future] = queue.SimpleQueue()
        self._waiting: dict[str, tuple[Future, Task, int]] = {}
        self._held = 0

    def results(self, sources: Iterator[Source]) -> Iterator[tuple[DocumentResult, str]]:
        ahead = handed_out = 0
        source = next(sources, None)
        while source is not None or self._waiting:
            if handed_out % _COUNT_EVERY == 0 or not ahead:
                ahead = max(4, _AHEAD * self._threads())
            while source is not None and len(self._waiting) < ahead and self._held < _BYTES_AHEAD:
                task = self._task(source)
                if isinstance(task, Document):
                    yield bare(task, self._roles[source.name]), revision.analysis()
                else:
                    self._submit(task, 1)
                source = next(sources, None)
            if not self._waiting:
                continue
            found = self._next()
            handed_out += 1
            if found is not None:
                yield found

    def _task(self, source: Source) -> Task | Document:
        """What to hand out; the unread document where there is nothing."""
        if source.url:
            return Task(source.name, self._roles[source.name], source.url)
        from msgcheck.readers import read_path
        from msgcheck.results import file_digest

        if not file_digest(source.path, self._options.max_bytes):
            return read_path(source.path, source.name, self._options)
        try:
            return Task(source.name, self._roles[source.name], source.path.read_bytes())
        except OSError:
            return read_path(source.path, source.name, self._options)

    def _submit(self, task: Task, tries: int) -> None:
        future = self._client.submit(checked, self._plan, task, pure=False)
        self._waiting[future.key] = future, task, tries
        self._held += _size(task)
        future.add_done_callback(self._done.put)

    def _next(self) -> tuple[DocumentResult, str] | None:
        """The next result that comes; None where its document has to be given out once more."""
        from concurrent.futures import CancelledError

        from distributed import KilledWorker

        future, task, tries = self._waiting.pop(self._arrived().key)
        self._held -= _size(task)
        try:
            result: tuple[DocumentResult, str] = future.result()
            return result
        except (KilledWorker, CancelledError) as error:
            if self._client.status != "running":
                raise MsgcheckError(
                    "The connection to the cluster was lost.", self._address, "Start the check again."
                ) from None
            if tries >= _TRIES:
                raise MsgcheckError(
                    "The analysis of a document ended its worker again and again.", task.name,
                    "Most often memory ran out: give each worker more of it.",
                ) from error
            self._submit(task, tries + 1)
            return None
        except (ModuleNotFoundError, RuntimeError) as error:
            missing = error if isinstance(error, ModuleNotFoundError) else error.__cause__
            if not isinstance(missing, ModuleNotFoundError):
                raise
            raise MsgcheckError(
                f"The cluster has no Python module '{missing.name}'.", self._address,
                "Install the same msgcheck for the scheduler and all workers.",
            ) from None

    def _arrived(self) -> Future:
        """The next future that is done, however it ended."""
        without_workers = 0.0
        while True:
            try:
                return self._done.get(timeout=_LOOK)
            except queue.Empty:
                without_workers = 0.0 if self._threads() else without_workers + _LOOK
                if without_workers >= _NO_WORKERS:
                    raise MsgcheckError(
                        "The cluster has no workers any more.", self._address,
                        "Start workers, then the check again.",
                    ) from None

    def _threads(self) -> int:
        try:
            return sum(self._client.nthreads().values())
        except OSError:
            return 0


@contextmanager
def _connected(where: Cluster, warn: Warn) -> Iterator[Client]:
    """A client of the cluster that has at least one worker; raises MsgcheckError."""
    import dask
    from distributed import Client, Security

    security = Security(
        tls_ca_file=str(where.authority), tls_client_cert=str(where.certificate), tls_client_key=str(where.key),
        require_encryption=True,
    ) if where.authority else None
    host = where.address.partition("://")[2].rpartition(":")[0]
    if where.address.startswith("tcp:") and host not in _HERE:
        warn(f"Documents and guide go to {where.address} unencrypted: any machine on the way can read them.")
    quiet = {"distributed.admin.large-graph-warning-threshold": "2 GiB"}      # one document, not a graph
    with dask.config.set(quiet):
        try:
            client = Client(where.address, security=security, timeout=_CONNECT, set_as_default=False)
        except (OSError, TimeoutError, ValueError, TypeError) as error:
            raise MsgcheckError(
                "The scheduler cannot be reached.", where.address, f"{type(error).__name__}: {error}"
            ) from None
        try:
            try:
                client.wait_for_workers(1, timeout=_CONNECT)
            except TimeoutError:
                mend = f"Start some: dask worker {where.address} --nthreads 1"
                raise MsgcheckError("The scheduler has no workers.", where.address, mend) from None
            yield client
        finally:
            client.close()


def _bare_request(request: Request) -> Request:
    """`request` without what is this machine's own: its paths and keys."""
    bare = replace(
        request.settings, guide=Path(), root=Path(), accepted=None, cache_dir=None, file=None, exclude=(), collateral=()
    )
    return replace(
        request, settings=bare, paths=(), urls=(), root_url="", guide_url="", leave_out=(), changed_since=None,
        second_opinion=None, cluster=None,
    )


def _size(task: Task) -> int:
    return len(task.origin) if isinstance(task.origin, bytes) else 0


def _installed() -> bool:
    from importlib.util import find_spec

    return find_spec("distributed") is not None
