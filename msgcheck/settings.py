"""The settings of a run: command line over settings file over guide, and where the guide and the root are.

The settings file is `msgcheck.toml`, or `[tool.msgcheck]` in `pyproject.toml`, in the folder of a path that is checked
or the nearest one above. Paths in it are relative to its folder.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, cast, get_args

from pydantic import ValidationError

from msgcheck.discover import must_exist
from msgcheck.errors import UsageError
from msgcheck.guide.model import Collateral, RuleId
from msgcheck.nearest import nearest

FailOn = Literal["error", "warning", "note", "never"]
KEYS = (
    "guide", "root", "exclude", "model", "jobs", "fail_on", "select", "ignore", "accepted", "cache_dir", "collateral",
)
ACCEPTED = "accepted.yaml"


@dataclass(frozen=True, slots=True)
class Given:
    """What the command line says; None or () where it is silent."""

    guide: Path | None = None
    root: Path | None = None
    exclude: tuple[str, ...] = ()
    model: str | None = None
    jobs: int | None = None
    fail_on: str | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    accepted: Path | None = None
    cache_dir: Path | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything decided. `collateral` goes before the guide's own; `accepted` is None where there is no such file,
    and so is `file`, the settings file.

    `select` empty means all rules. `jobs` None means as many as there are cores.
    """

    guide: Path
    root: Path
    exclude: tuple[str, ...] = ()
    model: str | None = None
    jobs: int | None = None
    fail_on: FailOn = "error"
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    accepted: Path | None = None
    cache_dir: Path | None = None
    collateral: tuple[Collateral, ...] = ()
    file: Path | None = None


def resolve(paths: tuple[Path, ...], given: Given) -> Settings:
    """The settings for checking `paths`.

    Raises `UsageError` where a path does not exist, there is no guide, or settings do not hold.
    """
    must_exist(paths)
    file = settings_file(paths)
    table = _read(file) if file else {}
    at = file.parent if file else Path()
    guide = given.guide or _path(table, "guide", at) or _guide_near(paths, at if file else None)
    root = given.root or _path(table, "root", at) or (at if file else _root_of(guide))
    if not root.is_dir():
        raise UsageError("The root is no folder.", str(root), "Name the folder above the collateral with --root.")
    accepted = given.accepted or _path(table, "accepted", at)
    if accepted is None and (root / ACCEPTED).is_file():
        accepted = root / ACCEPTED
    environment = os.environ.get("MSGCHECK_CACHE_DIR")
    return Settings(
        guide=guide,
        root=root,
        exclude=given.exclude or table.get("exclude", ()),
        model=given.model or table.get("model"),
        jobs=given.jobs or table.get("jobs"),
        fail_on=_fail_on(given.fail_on) if given.fail_on else table.get("fail_on", "error"),
        select=_rules(given.select, "--select") or table.get("select", ()),
        ignore=_rules(given.ignore, "--ignore") or table.get("ignore", ()),
        accepted=accepted,
        cache_dir=given.cache_dir or (Path(environment) if environment else None) or _path(table, "cache_dir", at),
        collateral=table.get("collateral", ()),
        file=file,
    )


def guide_beside(folder: Path) -> Path:
    """The guide that a check of `folder` would use, for commands that take it as an argument; raises as `resolve`."""
    file = settings_file((folder,))
    own = _path(_read(file), "guide", file.parent) if file else None
    return own or _guide_near((folder,), file.parent if file else None, "Give its path")


def settings_file(paths: tuple[Path, ...]) -> Path | None:
    """The one settings file that holds for `paths`; where they lie under none, the current folder's.

    Raises `UsageError` where they lie under different ones.
    """
    found = {file for path in paths if (file := _upwards(path, _settings_in))}
    if len(found) > 1:
        both = " and ".join(sorted(str(file) for file in found))
        raise UsageError("The paths have different settings.", both, "Check them one after the other.")
    return found.pop() if found else _upwards(Path.cwd(), _settings_in)


def _folders(path: Path) -> Iterator[Path]:
    is_folder = os.path.isdir(path)  # noqa: PTH112 - answers False where the path may not be looked at
    real = Path(os.path.realpath(path if is_folder else path.parent))
    yield real
    yield from real.parents


def _upwards(path: Path, find: Callable[[Path], Path | None]) -> Path | None:
    return next((found for folder in _folders(path) if (found := find(folder))), None)


def _settings_in(folder: Path) -> Path | None:
    own = folder / "msgcheck.toml"
    if own.is_file():
        return own
    shared = folder / "pyproject.toml"
    if shared.is_file() and "msgcheck" in _toml(shared).get("tool", {}):
        return shared
    return None


def _guide_in(folder: Path) -> Path | None:
    """The `rules` folder of `folder`, if a guide is in it."""
    rules = folder / "rules"
    if not rules.is_dir():
        return None
    for file in sorted((*rules.rglob("*.yaml"), *rules.rglob("*.yml"))):
        try:
            if re.search(r"^msgcheck\s*:", file.read_text("utf-8-sig", errors="replace"), re.MULTILINE):
                return rules
        except OSError:
            continue
    return None


def _guide_near(paths: tuple[Path, ...], settings_folder: Path | None, how: str = "Name it with --guide") -> Path:
    """The one guide beside or above `paths` and the folder of the settings; `how` a person says which it is."""
    places = (*paths, settings_folder) if settings_folder else paths
    found = {guide for path in places if (guide := _upwards(path, _guide_in))}
    if len(found) > 1:
        both = " and ".join(sorted(str(guide) for guide in found))
        raise UsageError("The paths have different guides beside them.", both, f"Choose one. {how}.")
    if not found:
        mend = f"{how}, put it into a folder rules/ beside the collateral, or start with `msgcheck init`."
        raise UsageError("There is no messaging guide.", ", ".join(str(path) for path in paths), mend)
    return found.pop()


def _root_of(guide: Path) -> Path:
    """The parent of a guide folder, the folder of a guide file."""
    return guide.absolute().parent


def _toml(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text("utf-8-sig"))
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"\(at line (\d+), column (\d+)\)", str(error))
        where = f"{file}:{place[1]}:{place[2]}" if place else str(file)
        what = re.sub(r"\s*\(at .*\)$", "", str(error))
        raise UsageError("The settings file is no valid TOML.", where, f"{what}.") from None
    except UnicodeDecodeError:
        raise UsageError("The settings file is not in UTF-8.", str(file), "Save it as UTF-8.") from None
    except OSError as error:
        raise UsageError("The settings file cannot be read.", str(file), f"{error.strerror}.") from None


def _read(file: Path) -> dict[str, Any]:
    """The settings of `file`, checked: lists as tuples, `collateral` as the guide's own models."""
    table = _toml(file)
    if file.name == "pyproject.toml":
        table = table["tool"]["msgcheck"]
    if not isinstance(table, dict):
        raise UsageError("[tool.msgcheck] is a table of settings.", str(file), nearest("", KEYS))
    checked: dict[str, Any] = {}
    for key, value in table.items():
        where = _place(file, key)
        if key not in KEYS:
            raise UsageError(f"There is no setting '{key}'.", where, nearest(key, KEYS))
        checked[key] = _checked(key, value, where)
    return checked


def _checked(key: str, value: Any, where: str) -> Any:
    if key in ("exclude", "select", "ignore"):
        texts = (value,) if isinstance(value, str) else value
        if not isinstance(texts, list | tuple) or not all(isinstance(text, str) for text in texts):
            raise UsageError(f"'{key}' is a list of texts.", where, f'Write {key} = ["…"].')
        return tuple(texts) if key == "exclude" else _rules(tuple(texts), where)
    if key == "jobs":
        if not isinstance(value, int) or isinstance(value, bool) or value < 1:
            raise UsageError("'jobs' is a number from 1.", where, "Write jobs = 2, or leave it out for all cores.")
        return value
    if key == "collateral":
        return _collateral(value, where)
    if not isinstance(value, str) or not value.strip():
        raise UsageError(f"'{key}' is a text.", where, f'Write {key} = "…".')
    return _fail_on(value, where) if key == "fail_on" else value


def _collateral(value: Any, where: str) -> tuple[Collateral, ...]:
    if not isinstance(value, list):
        raise UsageError("'collateral' is a list of tables.", where, 'Write [[collateral]], then match = "sales/**".')
    entries: list[Collateral] = []
    for entry in value:
        try:
            entries.append(Collateral.model_validate(entry))
        except ValidationError as error:
            first = error.errors()[0]
            key = ".".join(str(part) for part in first["loc"])
            if first["type"] == "extra_forbidden":
                mend = nearest(key, ("match", "kind", "owner", "audience", "notes", "skip"))
                raise UsageError(f"'collateral' has no key '{key}'.", where, mend) from None
            raise UsageError(f"'collateral' has a wrong '{key}'.", where, f"{first['msg']}.") from None
    return tuple(entries)


def _fail_on(value: str, where: str = "--fail-on") -> FailOn:
    if value not in get_args(FailOn):
        raise UsageError(f"There is no severity '{value}' to fail on.", where, nearest(value, get_args(FailOn)))
    return cast(FailOn, value)


def _rules(ids: tuple[str, ...], where: str) -> tuple[str, ...]:
    """Rule ids, each as an item of its own or several with commas."""
    split = tuple(one.strip() for text in ids for one in text.split(",") if one.strip())
    for one in split:
        if one not in get_args(RuleId):
            raise UsageError(f"There is no rule '{one}'.", where, nearest(one, get_args(RuleId)))
    return split


def _path(table: dict[str, Any], key: str, at: Path) -> Path | None:
    return at / table[key] if key in table else None


def _place(file: Path, key: str) -> str:
    """`file:line:col` of the first time that `key` is set."""
    pattern = re.compile(rf"^\s*(?:\[\[?(?:tool\.msgcheck\.)?)?[\"']?({re.escape(key)})[\"']?\s*[\].=]")
    for number, line in enumerate(file.read_text("utf-8-sig").splitlines(), 1):
        if match := pattern.match(line):
            return f"{file}:{number}:{match.start(1) + 1}"
    return str(file)
