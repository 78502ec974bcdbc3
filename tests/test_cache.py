import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from msgcheck.cache import Cache, Holding, default_folder, files, key


def words(cache: Cache, wanted: range) -> dict[int, bytes]:
    found = cache.get_many("vector", [key(str(number)) for number in wanted])
    return {number: found[key(str(number))] for number in wanted if key(str(number)) in found}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "kept"


def test_what_is_put_is_found_again_in_another_run(folder: Path) -> None:
    with Cache(folder) as cache:
        cache.put_many("vector", {key(str(number)): b"v%d" % number for number in range(1000)})
        cache.put("result", key("0"), b"another kind")
    with Cache(folder) as cache:
        assert words(cache, range(1001)) == {number: b"v%d" % number for number in range(1000)}
        assert cache.get("result", key("0")) == b"another kind"
        assert cache.get("document", key("0")) is None
        assert cache.holdings() == (Holding("result", 1, 20), Holding("vector", 1000, 8000 + 10 * 2 + 90 * 3 + 900 * 4))


def test_a_later_value_takes_the_place_of_an_earlier_one(folder: Path) -> None:
    with Cache(folder) as cache:
        cache.put("result", key("a"), b"1")
        cache.put("result", key("a"), b"")
        assert cache.get("result", key("a")) == b""


def test_keys_tell_their_parts_apart() -> None:
    parts = [(), ("",), ("ab",), ("a", "b"), ("", "ab"), ("ab", ""), (b"ab", "", ""), ("\ud800",)]
    assert len({key(*one) for one in parts}) == len(parts)


@pytest.mark.skipif(sys.platform == "win32", reason="there are no modes")
class TestPrivacy:
    def test_the_folder_is_its_owners_alone(self, folder: Path) -> None:
        old = os.umask(0)
        try:
            Cache(folder / "deep").put("result", key("a"), b"1")
        finally:
            os.umask(old)
        assert (folder / "deep").stat().st_mode & 0o777 == 0o700

    def test_a_folder_of_its_own_that_was_opened_is_closed(self, folder: Path) -> None:
        with Cache(folder) as cache:
            cache.put("result", key("a"), b"1")
        folder.chmod(0o755)
        assert Cache(folder).get("result", key("a")) == b"1"
        assert folder.stat().st_mode & 0o777 == 0o700

    def test_a_shared_folder_is_neither_used_nor_changed(self, folder: Path) -> None:
        folder.mkdir(0o755)
        (folder / "somebody.txt").write_text("x")
        folder.chmod(0o755)
        told: list[str] = []
        cache = Cache(folder, warn=told.append)
        cache.put("result", key("a"), b"1")
        assert cache.get("result", key("a")) is None
        assert [path.name for path in folder.iterdir()] == ["somebody.txt"]
        assert folder.stat().st_mode & 0o777 == 0o755
        assert len(told) == 1 and "open to others" in told[0]


def test_a_cache_that_cannot_be_is_no_cache(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    told: list[str] = []
    with Cache(tmp_path / "file", warn=told.append) as cache:
        cache.put("result", key("a"), b"1")
        assert cache.get("result", key("a")) is None
        assert cache.holdings() == ()
        assert cache.clear() == 0
    assert len(told) == 1


@pytest.mark.parametrize("damage", [
    lambda data: b"no database at all, but some text" * 100,
    lambda data: data[:2000],
    lambda data: data[:100] + b"\xff" * (len(data) - 100),
    lambda data: data[:4096] + b"\x00" * (len(data) - 4096),
])
def test_a_damaged_cache_is_given_up_with_a_warning(folder: Path, damage: object) -> None:
    with Cache(folder) as cache:
        cache.put_many("vector", {key(str(number)): bytes(100) for number in range(500)})
    (database,) = folder.glob("*.sqlite")
    database.write_bytes(damage(database.read_bytes()))  # type: ignore[operator]
    told: list[str] = []
    with Cache(folder, warn=told.append) as cache:
        assert all(value == bytes(100) for value in words(cache, range(500)).values())
        cache.put("result", key("a"), b"1")
        assert cache.get("result", key("a")) == b"1" or not told
    with Cache(folder, warn=told.append) as cache:
        assert cache.get("result", key("a")) == b"1"
    assert told == ["The cache is damaged; what was in it is worked out again."]
    assert len(list(folder.glob("*.sqlite"))) == 1


def test_a_value_that_was_changed_is_a_miss(folder: Path) -> None:
    with Cache(folder) as cache:
        cache.put_many("result", {key("a"): b"the first value", key("b"): b"the second"})
    (path,) = folder.glob("*.sqlite")
    with sqlite3.connect(path) as database:
        database.execute("UPDATE entries SET value = replace(value, 'first', 'worst') WHERE key = ?", (key("a"),))
    assert Cache(folder).get("result", key("a")) is None
    with sqlite3.connect(path) as database:
        database.execute("UPDATE entries SET value = (SELECT value FROM entries WHERE key = ?)", (key("b"),))
    assert Cache(folder).get("result", key("a")) is None
    assert Cache(folder).get("result", key("b")) == b"the second"


def test_the_cache_keeps_to_its_bound_and_forgets_the_longest_unused(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    limit = 2_000_000
    today = time.time()
    with Cache(folder, limit) as cache:
        cache.put_many("vector", {key(str(number)): bytes(1500) for number in range(900)})
    monkeypatch.setattr(time, "time", lambda: today + 86_400)
    with Cache(folder, limit) as cache:
        assert len(words(cache, range(600))) == 600                # used today
    monkeypatch.setattr(time, "time", lambda: today + 2 * 86_400)
    with Cache(folder, limit) as cache:
        cache.put_many("vector", {key(str(number)): bytes(1500) for number in range(2000, 2300)})
    with Cache(folder, limit) as cache:
        kept = words(cache, range(2300))
    assert sum(map(len, kept.values())) <= limit
    assert {*range(2000, 2300), *range(400, 600)} <= set(kept)     # the newest, and those in use
    assert not set(range(600, 900)) & set(kept)                    # the longest unused
    assert sum(path.stat().st_size for path in files(folder)) < 2 * limit


def test_clear_forgets_everything(folder: Path) -> None:
    with Cache(folder) as cache:
        cache.put_many("vector", {key(str(number)): bytes(1500) for number in range(1000)})
        assert cache.clear() == 1000
        assert cache.holdings() == ()
        cache.put("result", key("a"), b"1")
    assert Cache(folder).get("result", key("a")) == b"1"
    assert sum(path.stat().st_size for path in files(folder)) < 200_000


WRITER = """
import sys
from pathlib import Path
from msgcheck.cache import Cache, key
first = int(sys.argv[2])
told = []
with Cache(Path(sys.argv[1]), warn=told.append) as cache:
    for number in range(first, first + 200):
        cache.put("result", key(str(number)), b"%d" % number * 50)
        assert cache.get("result", key(str(number))) == b"%d" % number * 50
        if number == first + 20:
            print("going", flush=True)
assert not told, told
"""


def started(folder: Path, first: int) -> "subprocess.Popen[bytes]":
    return subprocess.Popen([sys.executable, "-c", WRITER, str(folder), str(first)], stdout=subprocess.PIPE)


def test_parallel_runs_write_side_by_side(folder: Path) -> None:
    runs = [started(folder, first) for first in (0, 100, 200, 300)]
    assert [run.wait(60) for run in runs] == [0, 0, 0, 0]
    with Cache(folder) as cache:
        found = cache.get_many("result", [key(str(number)) for number in range(500)])
    assert sorted(found.values()) == sorted(b"%d" % number * 50 for number in range(500))


def test_a_run_that_is_killed_leaves_the_cache_whole(folder: Path) -> None:
    for turn in range(3):
        run = started(folder, 1000 * turn)
        assert run.stdout is not None and run.stdout.readline() == b"going\n"
        run.send_signal(signal.SIGKILL)
        run.wait(60)
    told: list[str] = []
    with Cache(folder, warn=told.append) as cache:
        written = [1000 * turn + number for turn in range(3) for number in range(20)]
        found = cache.get_many("result", [key(str(number)) for number in written])
    assert len(found) == 60 and not told
    (path,) = folder.glob("*.sqlite")
    with sqlite3.connect(path) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)


@pytest.mark.skipif(sys.platform != "linux", reason="other platforms have other folders")
def test_the_default_folder_is_the_platforms(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert default_folder() == tmp_path / "msgcheck"
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert default_folder() == tmp_path / ".cache" / "msgcheck"
