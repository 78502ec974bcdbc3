"""What earlier runs worked out, kept by content: the same question gets the same answer without the work.

One SQLite database in a private folder holds values by kind and key. A key is a digest of everything that the value
depends on, so nothing ever goes stale; what is not asked for is forgotten when the database outgrows its bound. Values
are bytes (JSON, or float32 of a vector), never pickles, each with a digest of its own.

The database is in WAL mode: parallel runs read and write it side by side, and a run that is killed leaves it whole.
One that is damaged all the same is given up for the next generation, under a new name, since a name must not be used
again while another run may still have the old file open (https://www.sqlite.org/howtocorrupt.html, 2.4).
"""

from __future__ import annotations

import hashlib
import os
import re
import sqlite3
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self, TypeVar

Kind = Literal["document", "vector", "comparison", "result", "opinion", "guide"]
"""What a reader made of a file; the vector of a text; a passage held against a statement, or what the pair model says
of two texts; all about a document; what a language model was asked and answered; a guide that is in order."""

LIMIT = 512 * 1024 * 1024                # bytes; about 100,000 documents' results, or 300,000 vectors

_FORMAT = 1                              # of the database; another one has another file
_FILE = re.compile(rf"cache{_FORMAT}-(\d+)\.sqlite")
_TAG = "CACHEDIR.TAG"
_TAG_TEXT = "Signature: 8a477f597d28d172789f06886806bc55\n# This folder holds what msgcheck worked out earlier.\n"
_WAIT = 10.0                             # seconds for a run that writes at the same time
_SEAL = 8                                # bytes of a value's own digest
_ASKED_AT_ONCE = 400
_DAY = 86_400
_SOONER = 30                             # days that comparisons, many and cheap, are forgotten before the rest
_ROW = 100                               # bytes of a row beside its value: its key twice, and its header
_CHECK_EVERY = 32 * 1024 * 1024          # bytes written until the size is looked at again

_TABLE = """CREATE TABLE IF NOT EXISTS entries (
    id INTEGER PRIMARY KEY, kind TEXT NOT NULL, key BLOB NOT NULL, value BLOB NOT NULL, used INTEGER NOT NULL,
    UNIQUE (kind, key)
)"""

T = TypeVar("T")
Warn = Callable[[str], None]


def key(*parts: str | bytes) -> bytes:
    """The digest of all that a value depends on; no two different lists of parts have the same."""
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        digest.update(len(data).to_bytes(8, "little"))
        digest.update(data)
    return digest.digest()


def default_folder() -> Path:
    """The platform's folder for caches; raises RuntimeError where there is no home."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "msgcheck" / "Cache"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "msgcheck"
    given = os.environ.get("XDG_CACHE_HOME", "")
    return (Path(given) if given.startswith("/") else Path.home() / ".cache") / "msgcheck"


@dataclass(frozen=True, slots=True)
class Holding:
    """How much of a kind there is."""

    kind: str
    entries: int
    size: int


class Cache:
    """The database of one folder (None: the platform's own), opened when it is first asked.

    It never ends a run: what cannot be read is a miss, what cannot be written is not kept, and `warn` is told once. An
    object belongs to one thread of one process; parallel ones each open their own.
    """

    def __init__(self, folder: Path | None = None, limit: int = LIMIT, warn: Warn = lambda text: None) -> None:
        self._folder = folder
        self._limit = limit
        self._warn = warn
        self._connection: sqlite3.Connection | None = None
        self._path: Path | None = None
        self._off = False
        self._written = 0
        self._given_up = 0

    def get(self, kind: Kind, wanted: bytes) -> bytes | None:
        """The value of a key, None where there is none."""
        return self.get_many(kind, (wanted,)).get(wanted)

    def known(self, kind: Kind, wanted: Sequence[bytes]) -> set[bytes]:
        """Those keys that there are values of, most likely."""
        found: set[bytes] = set()
        for part in _parts(wanted):
            found.update(name for (name,) in self._ask(_select("key", part), (kind, *part)))
        return found

    def get_many(self, kind: Kind, wanted: Sequence[bytes]) -> dict[bytes, bytes]:
        """The values of those keys that there are values of."""
        found: dict[bytes, bytes] = {}
        today = _today()
        for part in _parts(wanted):
            stale: list[tuple[int, int]] = []
            for number, name, value, used in self._ask(_select("id, key, value, used", part), (kind, *part)):
                if isinstance(value, bytes) and _sealed(kind, name, value[_SEAL:]) == value:
                    found[name] = value[_SEAL:]
                    if used != today:                      # noted once a day: most runs read without writing
                        stale.append((today, number))
            if stale:
                self._change("UPDATE entries SET used = ? WHERE id = ?", stale)
        return found

    def put(self, kind: Kind, name: bytes, value: bytes) -> None:
        """Keep a value."""
        self.put_many(kind, {name: value})

    def put_many(self, kind: Kind, values: Mapping[bytes, bytes]) -> None:
        """Keep the values, all of them or none."""
        if not values:
            return
        today = _today()
        rows = [(kind, name, _sealed(kind, name, value), today) for name, value in values.items()]
        self._change("INSERT OR REPLACE INTO entries (kind, key, value, used) VALUES (?, ?, ?, ?)", rows)
        self._written += sum(len(value) for value in values.values())
        if self._written >= _CHECK_EVERY:
            self._forget()

    def holdings(self) -> tuple[Holding, ...]:
        """How much there is of each kind."""
        counted = "SELECT kind, count(*), sum(length(value)) FROM entries GROUP BY kind ORDER BY kind"
        return tuple(Holding(*row) for row in self._ask(counted))

    def clear(self) -> int:
        """Forget everything; how many values that were."""
        count = sum(holding.entries for holding in self.holdings())
        self._change("DELETE FROM entries", [()])
        self._run(lambda database: database.execute("VACUUM"), None)
        self._run(lambda database: database.execute("PRAGMA wal_checkpoint(TRUNCATE)"), None)
        return count

    def close(self) -> None:
        """Forget the longest unused if there is too much."""
        if self._written and self._connection is not None:
            self._forget()
        self._disconnect()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def folder(self) -> Path:
        """Where the cache lies; raises RuntimeError where there is no home."""
        return self._folder or default_folder()

    def _forget(self) -> None:
        """Bring the database back to three quarters of its bound, the longest unused first."""
        self._written = 0
        surplus = self._run(_size, 0) - self._limit
        if surplus <= 0:
            return
        surplus += self._limit // 4
        gone: list[tuple[int]] = []
        lengths = "SELECT id, length(value) FROM entries ORDER BY used - (kind = 'comparison') * ?, id"
        for number, length in self._ask(lengths, (_SOONER,)):
            gone.append((number,))
            surplus -= length + _ROW
            if surplus <= 0:
                break
        self._change("DELETE FROM entries WHERE id = ?", gone)

    def _change(self, statement: str, rows: Sequence[tuple[object, ...]]) -> None:
        """Run a statement for each of the rows, in one transaction."""

        def change(database: sqlite3.Connection) -> None:
            with database:
                database.executemany(statement, rows)

        self._run(change, None)

    def _ask(self, query: str, parameters: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """The rows that a query finds."""
        return self._run(lambda database: database.execute(query, parameters).fetchall(), [])

    def _run(self, action: Callable[[sqlite3.Connection], T], otherwise: T) -> T:
        """What `action` makes of the open database; `otherwise` where there is none, or it cannot be used."""
        try:
            self._connection = self._connection or self._open()
            return action(self._connection) if self._connection else otherwise
        except sqlite3.OperationalError as error:
            if _damaged(error):
                self._give_up()
            elif "locked" not in str(error):               # else a run beside this one writes, for very long
                self._turn_off(f"it cannot be used ({error})")
        except sqlite3.DatabaseError:
            self._give_up()
        return otherwise

    def _open(self) -> sqlite3.Connection | None:
        if self._off:
            return None
        try:
            folder = self.folder
            _make_private(folder)
            known = [int(found[1]) for one in folder.iterdir() if (found := _FILE.fullmatch(one.name))]
        except (OSError, RuntimeError) as error:
            self._turn_off(str(error))
            return None
        self._path = folder / f"cache{_FORMAT}-{max(known, default=1)}.sqlite"
        connection = sqlite3.connect(self._path, timeout=_WAIT, isolation_level="IMMEDIATE")
        try:
            connection.execute("PRAGMA trusted_schema = OFF")
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute(_TABLE)
        except sqlite3.Error:
            connection.close()
            raise
        return connection

    def _give_up(self) -> None:
        """Leave a damaged database for a new one."""
        damaged, self._path = self._path, None
        self._disconnect()
        self._given_up += 1
        if damaged is None or self._given_up > 1:
            self._turn_off("it is damaged")
            return
        self._warn("The cache is damaged; what was in it is worked out again.")
        found = _FILE.fullmatch(damaged.name)
        generation = int(found[1]) + 1 if found else 1
        try:
            (damaged.parent / f"cache{_FORMAT}-{generation}.sqlite").touch()
            for suffix in ("", "-wal", "-shm"):
                damaged.with_name(damaged.name + suffix).unlink(missing_ok=True)
        except OSError as error:
            self._turn_off(str(error))

    def _turn_off(self, why: str) -> None:
        self._off = True
        self._disconnect()
        self._warn(f"The cache is not used: {why}.")

    def _disconnect(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(sqlite3.Error):
                connection.close()


def _parts(wanted: Sequence[bytes]) -> Iterable[Sequence[bytes]]:
    return (wanted[start : start + _ASKED_AT_ONCE] for start in range(0, len(wanted), _ASKED_AT_ONCE))


def _select(columns: str, part: Sequence[bytes]) -> str:
    return f"SELECT {columns} FROM entries WHERE kind = ? AND key IN ({','.join('?' * len(part))})"


def files(folder: Path) -> Iterable[Path]:
    """The files of a cache folder that are msgcheck's own."""
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.name == _TAG or re.fullmatch(r"cache\d+-\d+\.sqlite(?:-wal|-shm)?", path.name):
            yield path


def remove(folder: Path) -> None:
    """Remove a cache's files, and its folder if nothing else is in it. Not while a run uses it."""
    for path in files(folder):
        path.unlink(missing_ok=True)
    with suppress(OSError):
        folder.rmdir()


def _make_private(folder: Path) -> None:
    """Create the folder for its owner alone, or see to it that it is; raises OSError with a reason to show."""
    try:
        folder.mkdir(mode=0o700, parents=True)
    except FileExistsError:
        if not folder.is_dir():
            raise OSError(f"{folder} is no folder") from None
    tag = folder / _TAG
    if sys.platform != "win32":
        status = folder.stat()
        if status.st_uid != os.geteuid():
            raise OSError(f"{folder} belongs to somebody else")
        if status.st_mode & 0o077:
            if not tag.exists() and any(folder.iterdir()):
                raise OSError(f"{folder} is open to others (make it private with chmod 700)")
            folder.chmod(0o700)
    if not tag.exists():
        tag.write_text(_TAG_TEXT, encoding="ascii")


def _sealed(kind: str, name: bytes, value: bytes) -> bytes:
    """A value as it is stored: with a digest that belongs to this kind, key and value."""
    return hashlib.blake2b(value, digest_size=_SEAL, key=name[:32], person=kind.encode()[:16]).digest() + value


def _damaged(error: sqlite3.Error) -> bool:
    return getattr(error, "sqlite_errorname", "").startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_ERROR"))


def _size(database: sqlite3.Connection) -> int:
    pages, free, size = (
        int(database.execute(f"PRAGMA {name}").fetchone()[0]) for name in ("page_count", "freelist_count", "page_size")
    )
    return (pages - free) * size


def _today() -> int:
    return int(time.time()) // _DAY
