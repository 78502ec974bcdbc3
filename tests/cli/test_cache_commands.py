from pathlib import Path

import pytest

from msgcheck.cache import Cache, key
from msgcheck.cli.main import main


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with Cache(tmp_path / "kept") as cache:
        cache.put_many("vector", {key(str(number)): bytes(1500) for number in range(1000)})
        cache.put("result", key("a"), b"1" * 500)
    return tmp_path / "kept"


def test_info_says_where_it_is_and_what_is_in_it(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["cache", "info", "--cache-dir", str(folder)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == str(folder)
    assert lines[1].split() == ["result", "1", "508", "B"]
    assert lines[2].split() == ["vector", "1,000", "1.5", "MB"]
    assert lines[3].startswith("  on disk")


def test_the_environment_names_the_folder(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MSGCHECK_CACHE_DIR", str(folder))
    assert main(["cache", "info"]) == 0
    assert capsys.readouterr().out.startswith(str(folder))


def test_clear_forgets(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["cache", "clear", "--cache-dir", str(folder)]) == 0
    assert capsys.readouterr().out == f"1,001 entries forgotten in {folder}\n"
    assert Cache(folder).holdings() == ()
    assert folder.exists()


def test_clear_all_leaves_nothing_of_its_own_and_everything_of_others(folder: Path) -> None:
    (folder / "mine.txt").write_text("x")
    assert main(["cache", "clear", "--all", "--cache-dir", str(folder)]) == 0
    assert [path.name for path in folder.iterdir()] == ["mine.txt"]
    (folder / "mine.txt").unlink()
    assert main(["cache", "clear", "--all", "--cache-dir", str(folder)]) == 0
    assert not folder.exists()


def test_prepare_says_what_is_there(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["prepare"]) == 0
    out = capsys.readouterr().out
    assert "all-MiniLM-L6-v2  384 dimensions, SHA-256 53aa5117" in out
    assert "grammar   en_core_web_sm" in out


def test_prepare_fails_where_a_model_is_missing(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["prepare", "--model", str(tmp_path)]) == 2
    assert "safetensors" in capsys.readouterr().err
