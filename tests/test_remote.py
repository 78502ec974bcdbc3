"""What lies behind URLs: which are read, what documents are there, their bytes, and the guide."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

import pytest

from msgcheck import remote
from msgcheck.discover import Source, discover
from msgcheck.errors import GuideError, Problem, Unreadable, UsageError
from msgcheck.remote import checked, discover_urls, fetch, fetch_guide, is_url, place_again

fsspec = pytest.importorskip("fsspec", reason="fsspec (with the extra `cluster`) is not installed")


@pytest.mark.parametrize(
    "url", ["s3://bucket/a.pdf", "gs://bucket", "az://container/x y", "sftp://user@host/folder", "file:///srv/a"]
)
def test_urls_that_are_read(url: str) -> None:
    assert is_url(url)
    assert checked(url) == url


@pytest.mark.parametrize(
    ("url", "what"),
    [
        ("http://host/a.pdf", "does not read such"), ("memory://a", "does not read such"),
        ("github://x:y@/a", "password"), ("simplecache::s3://bucket/a", "Chained"), ("S3://bucket/a", "does not read"),
        ("zip://a.md::s3://bucket/a.zip", "Chained"), ("s3://bucket/a::b", "Chained"),
        ("sftp://user:secret@host/a", "password"), ("local://a", "does not read such"), ("://", "does not read such"),
    ],
)
def test_urls_that_are_not(url: str, what: str) -> None:
    with pytest.raises(UsageError, match=what) as caught:
        checked(url)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("path", ["a.md", "C:/a.md", "s3:/bucket", "a::b.md", "./s3"])
def test_paths_are_no_urls(path: str) -> None:
    assert not is_url(path)


NAMES = (
    "b.md", "a/c.txt", "a/odd #1 100%.md", "a/~$c.docx", ".git/d.md", "a/.hidden.md", "e.xyz", "drafts/f.md",
    "rules/guide.yaml", "é.md",
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in NAMES:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_text(name)
    return tmp_path


def test_urls_hold_what_paths_hold(folder: Path) -> None:
    home = folder.as_uri()
    there = discover_urls((home, f"{home}/b.md"), "", ("drafts",), f"{home}/rules")
    here = discover((folder,), folder, ("drafts",), (folder / "rules" / "guide.yaml",))
    assert [one.name for one in there.sources] == [one.name for one in here.sources]
    assert there.passed_over == here.passed_over
    for source in there.sources:
        assert fetch(source.url, 100)[0].decode() == (folder / source.name).read_text()


def test_names_are_relative_to_the_root(folder: Path) -> None:
    home = folder.as_uri()
    assert discover_urls((f"{home}/a/c.txt",), home).sources == (Source("a/c.txt", Path(), f"{home}/a/c.txt"),)
    assert discover_urls((f"{home}/a/c.txt",)).sources[0].name == "c.txt"
    assert discover_urls((f"{home}/a/c.txt",), f"{home}/drafts").sources[0].name == "c.txt"


def test_an_empty_object_that_stands_for_a_folder_is_no_document(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = folder.as_posix()
    listed = [path, f"{path}/a", f"{path}/a/c.txt"]        # as object storage lists the keys 'x/', 'x/a/', 'x/a/c.txt'
    system = fsspec.filesystem("file")
    monkeypatch.setattr(type(system), "find", lambda self, top: listed)
    found = discover_urls((folder.as_uri(),))
    assert [one.name for one in found.sources] == ["a/c.txt"]
    assert not found.passed_over


def test_two_documents_do_not_go_by_one_name(folder: Path) -> None:
    (folder / "a" / "b.md").write_text("another")
    home = folder.as_uri()
    with pytest.raises(UsageError, match=r"both be called 'b\.md'"):
        discover_urls((f"{home}/b.md", f"{home}/a/b.md"))


@pytest.mark.parametrize(("below", "what"), [("nothing", "no such file"), ("rules", "no document to check")])
def test_urls_without_a_document(folder: Path, below: str, what: str) -> None:
    with pytest.raises(UsageError, match=what):
        discover_urls((f"{folder.as_uri()}/{below}",))


def test_urls_of_which_nothing_is_left(folder: Path) -> None:
    with pytest.raises(UsageError, match="'drafts' excludes every one") as caught:
        discover_urls((f"{folder.as_uri()}/drafts",), folder.as_uri(), ("b.md", "drafts"))
    assert caught.value.where == f"{folder.as_uri()}/drafts"
    assert len(discover_urls((f"{folder.as_uri()}/drafts/f.md",), folder.as_uri(), ("drafts",)).passed_over) == 1


def test_a_file_that_is_too_large_is_not_fetched(folder: Path) -> None:
    assert fetch(f"{folder.as_uri()}/b.md", 3) == (b"", 4)
    (folder / "empty.md").write_text("")
    assert fetch(f"{folder.as_uri()}/empty.md", 3) == (b"", 0)
    with pytest.raises(Unreadable) as caught:
        fetch(f"{folder.as_uri()}/gone.md", 3)
    assert caught.value.code == "not-found"


class Shaky(fsspec.AbstractFileSystem):  # type: ignore[misc]  # fsspec has no types
    """Fails as often as it is told to."""

    protocol = "shaky"
    failures: ClassVar[list[Exception]] = []

    def info(self, path: str, **_: Any) -> dict[str, Any]:
        return {"name": path, "size": 2, "type": "file"}

    def _open(self, path: str, *_: Any, **__: Any) -> Any:
        import io

        if self.failures:
            raise self.failures.pop()
        return io.BytesIO(b"ok")


@pytest.fixture
def shaky(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Exception]]:
    fsspec.register_implementation("shaky", Shaky, clobber=True)
    monkeypatch.setitem(remote.PROTOCOLS, "shaky", "")
    monkeypatch.setattr(remote, "_PAUSES", (0.0, 0.0))
    Shaky.failures.clear()
    yield Shaky.failures
    Shaky.failures.clear()


def test_a_storage_that_stumbles_is_asked_again(shaky: list[Exception]) -> None:
    shaky += [TimeoutError("slow"), OSError("reset")]
    assert fetch("shaky://a.md", 10) == (b"ok", 2)
    shaky += [RuntimeError("1"), RuntimeError("2"), RuntimeError("3")]
    with pytest.raises(Unreadable, match="RuntimeError") as caught:
        fetch("shaky://a.md", 10)
    assert caught.value.code == "not-readable"
    shaky += [PermissionError()]
    with pytest.raises(Unreadable) as caught:
        fetch("shaky://a.md", 10)
    assert caught.value.code == "no-permission"


def test_a_protocol_without_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(*_: Any, **__: Any) -> None:
        raise ImportError("Install s3fs")

    monkeypatch.setattr(fsspec, "url_to_fs", missing)
    with pytest.raises(UsageError, match="needs the package s3fs") as caught:
        fetch("s3://bucket/a.md", 10)
    assert "pip install s3fs" in caught.value.mend


def test_a_guide_is_fetched_whole_and_nothing_else(folder: Path, tmp_path: Path) -> None:
    (folder / "rules" / "more").mkdir()
    (folder / "rules" / "more" / "x.yml").write_text("b")
    (folder / "rules" / "notes.txt").write_text("c")
    (folder / "rules" / ".old.yaml").write_text("d")
    target = tmp_path / "copy"
    target.mkdir()
    top = fetch_guide(f"{folder.as_uri()}/rules/", target)
    assert top == target / "rules"
    found = {path.relative_to(top).as_posix(): path.read_text() for path in top.rglob("*") if path.is_file()}
    assert found == {"guide.yaml": "rules/guide.yaml", "more/x.yml": "b"}
    assert fetch_guide(f"{folder.as_uri()}/rules/guide.yaml", target).read_text() == "rules/guide.yaml"
    (folder / "rules" / "guide.yaml").write_bytes(b"msgcheck: 1\nvisual: _brand.yml  # ours\n")
    fetch_guide(f"{folder.as_uri()}/rules/guide.yaml", target)         # its absence is told by who reads the guide
    (folder / "rules" / "_brand.yml").write_text("color: {}")
    fetch_guide(f"{folder.as_uri()}/rules/guide.yaml", target)
    assert (target / "_brand.yml").read_text() == "color: {}"
    with pytest.raises(GuideError, match="no guide at this URL"):
        fetch_guide(f"{folder.as_uri()}/nothing", target)
    with pytest.raises(GuideError, match="no YAML file"):
        fetch_guide(f"{folder.as_uri()}/drafts", target)


def test_a_guide_that_is_too_large_is_not_fetched(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remote, "MAX_BYTES", 5)
    with pytest.raises(GuideError, match="larger"):
        fetch_guide(f"{folder.as_uri()}/rules", folder)


def test_errors_of_a_fetched_guide_name_its_url(tmp_path: Path) -> None:
    problem = Problem("`a` stands twice.", f"{tmp_path.as_posix()}/rules/guide.yaml", 3, 1)
    found = place_again(GuideError("One error.", problems=(problem,)), tmp_path, "s3://bucket/brand/rules/")
    assert found.problems[0].where == "s3://bucket/brand/rules/guide.yaml:3:1"
