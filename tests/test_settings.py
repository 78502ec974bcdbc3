"""Where the settings, the guide and the root come from, and what is wrong with settings."""

from __future__ import annotations

from pathlib import Path

import pytest

from msgcheck.errors import UsageError
from msgcheck.settings import Given, resolve

GUIDE = "msgcheck: 1\nfacts: [We sail daily.]\n"


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with a rules/ folder and one document; the current folder is elsewhere."""
    write(tmp_path / "project/rules/guide.yaml", GUIDE)
    write(tmp_path / "project/collateral/sales/a.md", "We sail daily.")
    (tmp_path / "away").mkdir()
    monkeypatch.chdir(tmp_path / "away")
    monkeypatch.delenv("MSGCHECK_CACHE_DIR", raising=False)
    return tmp_path / "project"


def test_the_guide_is_found_in_a_rules_folder_above_and_its_parent_is_the_root(home: Path) -> None:
    for path in (home, home / "collateral", home / "collateral/sales/a.md"):
        settings = resolve((path,), Given())
        assert (settings.guide, settings.root) == (home / "rules", home)


def test_a_rules_folder_without_a_guide_is_passed_by(home: Path) -> None:
    write(home / "collateral/rules/eslint.yaml", "extends: recommended\n")
    assert resolve((home / "collateral",), Given()).guide == home / "rules"


def test_the_settings_file_decides_root_and_guide_and_its_paths_are_its_own(home: Path) -> None:
    write(home / "brand/words.yaml", GUIDE)
    write(home / "msgcheck.toml", 'guide = "brand/words.yaml"\nexclude = ["drafts"]\njobs = 2\naccepted = "ok.yaml"\n')
    settings = resolve((home / "collateral/sales",), Given())
    assert settings.guide == home / "brand/words.yaml"
    assert (settings.root, settings.exclude, settings.jobs) == (home, ("drafts",), 2)
    assert settings.accepted == home / "ok.yaml"


def test_a_pyproject_counts_when_it_has_the_table(home: Path) -> None:
    write(home / "collateral/pyproject.toml", "[project]\nname = 'x'\n")
    write(home / "pyproject.toml", '[tool.msgcheck]\nfail_on = "note"\n')
    settings = resolve((home / "collateral/sales/a.md",), Given())
    assert (settings.fail_on, settings.root) == ("note", home)


def test_the_command_line_wins_over_the_settings(home: Path) -> None:
    write(home / "msgcheck.toml", 'fail_on = "note"\nselect = ["term"]\nguide = "rules"\nroot = "collateral"\n')
    other = write(home / "other.yaml", GUIDE)
    given = Given(guide=other, root=home, fail_on="never", select=("trademark,brand-name",))
    settings = resolve((home,), given)
    assert (settings.guide, settings.root, settings.fail_on) == (other, home, "never")
    assert settings.select == ("trademark", "brand-name")


def test_a_guide_file_without_settings_has_its_folder_as_root(home: Path) -> None:
    file = home / "rules/guide.yaml"
    assert resolve((home,), Given(guide=file)).root == home / "rules"
    assert resolve((home,), Given(guide=home / "rules")).root == home


def test_the_cache_folder_of_the_environment_wins_over_the_file(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(home / "msgcheck.toml", 'cache_dir = "cache"\n')
    assert resolve((home,), Given()).cache_dir == home / "cache"
    monkeypatch.setenv("MSGCHECK_CACHE_DIR", "/somewhere")
    assert resolve((home,), Given()).cache_dir == Path("/somewhere")
    assert resolve((home,), Given(cache_dir=Path("/mine"))).cache_dir == Path("/mine")


def test_accepted_findings_lie_beside_the_settings(home: Path) -> None:
    assert resolve((home,), Given()).accepted is None
    file = write(home / "accepted.yaml", "")
    assert resolve((home,), Given()).accepted == file


def test_collateral_of_the_settings_is_that_of_the_guide_format(home: Path) -> None:
    write(home / "msgcheck.toml", '[[collateral]]\nmatch = "sales/**"\nkind = "deck"\naudience = "buyers"\n')
    (entry,) = resolve((home,), Given()).collateral
    assert (entry.match, entry.kind, entry.audience, entry.notes) == ("sales/**", "deck", ("buyers",), "check")


@pytest.mark.parametrize(
    ("text", "what", "place", "mend"),
    [
        ('gude = "rules"\n', "'gude'", ":1:1", "'guide'"),
        ('jobs = 2\nfail-on = "error"\n', "'fail-on'", ":2:1", "'fail_on'"),
        ("jobs = 0\n", "'jobs'", ":1:1", "jobs = 2"),
        ("jobs = true\n", "'jobs'", ":1:1", "jobs = 2"),
        ('fail_on = "warnings"\n', "'warnings'", ":1:1", "'warning'"),
        ('select = ["terms"]\n', "'terms'", ":1:1", "'term'"),
        ("exclude = [1]\n", "'exclude'", ":1:1", "exclude"),
        ("guide = 1\n", "'guide'", ":1:1", "guide"),
        ("jobs = \n", "TOML", ":1:8", ""),
        ('[[collateral]]\nmatch = "x"\nknd = "deck"\n', "'knd'", ":1:3", "'kind'"),
        ('[[collateral]]\nmatch = "x"\nnotes = "no"\n', "'notes'", ":1:3", "'check'"),
        ('collateral = "x"\n', "'collateral'", ":1:1", "[[collateral]]"),
    ],
)
def test_wrong_settings_say_what_where_and_what_to_do(home: Path, text: str, what: str, place: str, mend: str) -> None:
    file = write(home / "msgcheck.toml", text)
    with pytest.raises(UsageError) as raised:
        resolve((home,), Given())
    assert what in raised.value.what
    assert raised.value.where == f"{file}{place}"
    assert mend in raised.value.mend


def test_no_guide_is_an_error_that_names_the_ways_to_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "a.md", "words")
    with pytest.raises(UsageError) as raised:
        resolve((tmp_path / "a.md",), Given())
    assert "--guide" in raised.value.mend
    assert "init" in raised.value.mend


def test_a_path_that_is_not_there_is_told_before_a_guide_is_missed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError) as raised:
        resolve((tmp_path, Path("nowhere")), Given())
    assert ("no such file" in raised.value.what, raised.value.where) == (True, "nowhere")


def test_paths_of_two_projects_are_not_checked_together(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write(tmp_path / name / "msgcheck.toml", "")
        write(tmp_path / name / "rules/g.yaml", GUIDE)
    with pytest.raises(UsageError, match="different settings"):
        resolve((tmp_path / "one", tmp_path / "two"), Given())
    for name in ("one", "two"):
        (tmp_path / name / "msgcheck.toml").unlink()
    with pytest.raises(UsageError, match="different guides"):
        resolve((tmp_path / "one", tmp_path / "two"), Given())
