"""Documents and guides behind URLs, read through fsspec: which protocols, what lies there, and the bytes themselves.

A URL is one of a few protocols and leads straight to files: chained ones (`simplecache::s3://…`), which fsspec would
follow into caches, archives and other protocols, are refused.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any

from msgcheck.discover import REASONS, Found, Source, excluded, refuse_nothing, text_of
from msgcheck.errors import GuideError, Unreadable, UsageError
from msgcheck.guide.sources import MAX_BYTES, MAX_FILES
from msgcheck.model import Document, Reason, Status
from msgcheck.readers import format_of

PROTOCOLS: dict[str, str] = {"s3": "s3fs", "gs": "gcsfs", "az": "adlfs", "sftp": "paramiko", "file": ""}
"""The protocols that are read, and the package that fsspec needs for each. `file` is for a folder that every machine
mounts at the same place."""

_URL = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)(?:::|://)")
_PASSWORD = re.compile(r"//[^/@]*:[^/@]*@")
_VISUAL = re.compile(rb"(?m)^visual:[ \t]*[\"']?([\w-][\w.-]*)[\"']?[ \t]*\r?(?:#.*)?$")
"""A brand file beside the guide, as a guide names it."""
_PAUSES = (0.5, 2.0)                     # seconds before a second and a third try


def is_url(text: str) -> bool:
    """Whether this is meant as a URL, one that may be read or not."""
    return "://" in text and _URL.match(text) is not None


def checked(url: str) -> str:
    """`url`, if msgcheck reads what is behind such URLs; raises `UsageError`."""
    known = ", ".join(f"{one}://" for one in PROTOCOLS)
    if _PASSWORD.search(url):
        shown = _PASSWORD.sub("//…@", url)
        raise UsageError("A password does not belong in a URL.", shown, "Give it the way that the storage documents.")
    if "::" in url:
        raise UsageError("Chained URLs are not read.", url, f"Give one of {known} without anything before it.")
    found = _URL.match(url)
    if found is None or found[1] not in PROTOCOLS:
        raise UsageError("msgcheck does not read such URLs.", url, f"It reads {known}.")
    return url


def discover_urls(
    urls: tuple[str, ...], root: str = "", exclude: tuple[str, ...] = (), leave_out: str = ""
) -> Found:
    """The documents at and below `urls`, as `discover` finds those of paths.

    A document's name is its path below the URL `root`, else below the folder that was given. What lies at or below the
    URL `leave_out` is not even told of. Raises `UsageError` for a URL that cannot be read or holds no document, where
    `exclude` leaves none of a folder, and where two documents would go by one name.
    """
    sources: dict[str, Source] = {}
    passed_over: dict[str, Document] = {}
    for url in dict.fromkeys(urls):
        for name, place in _files(checked(url), root):
            if leave_out and f"{place}/".startswith(f"{leave_out.rstrip('/')}/"):
                continue
            reason = _reason(name, exclude)
            if reason is not None:
                named = place == url or (name in passed_over and not passed_over[name].stray)
                passed_over[name] = _passed_over(name, reason, stray=not named)
            elif sources.setdefault(name, Source(name, Path(), place)).url != place:
                raise UsageError(
                    f"Two files would both be called '{name}'.", f"{sources[name].url} and {place}",
                    "Name the folder above both with --root, or check them one at a time.",
                )
    if not sources:
        refuse_nothing(passed_over.values(), exclude, ", ".join(urls))
    return Found(
        tuple(sources[name] for name in sorted(sources)),
        tuple(passed_over[name] for name in sorted(passed_over) if name not in sources),
    )


def fetch(url: str, longest: int) -> tuple[bytes, int]:
    """The bytes behind a URL and how many there are; of more than `longest`, none are read.

    Tried three times. Raises `Unreadable` with the reason that a file on disk would have, and `UsageError` where a
    package for the protocol is missing.
    """
    for pause in (*_PAUSES, None):
        try:
            system, path = _system(url)
            size = system.info(path).get("size")
            if isinstance(size, int) and not 0 < size <= longest:
                return b"", size
            with system.open(path, "rb") as stream:
                data: bytes = stream.read(longest + 1)
            return (data, len(data)) if len(data) <= longest else (b"", len(data))
        except FileNotFoundError:
            raise Unreadable("not-found", "There is no such file.") from None
        except PermissionError:
            text = "The file may not be opened: ask for permission to read it."
            raise Unreadable("no-permission", text) from None
        except UsageError:
            raise
        except Exception as error:  # noqa: BLE001 - each storage has errors of its own; all mean that it is not there
            if pause is None:
                what = getattr(error, "strerror", None) or type(error).__name__
                raise Unreadable("not-readable", f"The file could not be opened: {what}.") from None
            time.sleep(pause)
    raise AssertionError("the last try returns or raises")


def fetch_guide(url: str, folder: Path) -> Path:
    """A copy of the guide behind `url`, a YAML file or a folder of them, in `folder`; raises `GuideError`."""
    top = folder / (PurePosixPath(url.rstrip("/")).name or "guide")
    left = MAX_BYTES
    try:
        system, path = _system(checked(url))
        single = system.info(path)["type"] == "file"
        places = [path] if single else [one for one in sorted(system.find(path)) if one.endswith((".yaml", ".yml"))]
        if len(places) > MAX_FILES:
            raise GuideError(f"The folder holds {len(places)} YAML files; a guide has {MAX_FILES} at most.", url)
        for place in places:
            inner = PurePosixPath(place).relative_to(PurePosixPath(path))
            if any(part.startswith(".") for part in inner.parts):
                continue
            data, size = fetch(url if single else _below(url, path, place), left)
            if size > left:
                raise GuideError(f"The guide is larger than {MAX_BYTES // 1_000_000} megabytes.", url)
            left -= size
            target = top if single else top / inner
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
            if single and (named := _VISUAL.search(data)):
                beside = named[1].decode("utf-8", "replace")
                with suppress(Unreadable):                 # whoever reads the guide says that it is missing
                    (folder / beside).write_bytes(fetch(f"{url.rpartition('/')[0]}/{beside}", left)[0])
    except (UsageError, GuideError):
        raise
    except FileNotFoundError:
        raise GuideError("There is no guide at this URL.", url) from None
    except Exception as error:  # noqa: BLE001 - as in `fetch`
        raise GuideError("The guide cannot be read.", url, f"{type(error).__name__}: {error}") from None
    if not top.exists():
        raise GuideError("There is no YAML file at this URL.", url)
    return top


def place_again(error: GuideError, folder: Path, url: str) -> GuideError:
    """The error of a guide that was fetched into `folder`, told of the URL that it came from."""
    above = url.rstrip("/").rpartition("/")[0]
    here = folder.as_posix()

    def told(text: str) -> str:
        return text.replace(here, above)

    problems = tuple(replace(one, what=told(one.what), file=told(one.file)) for one in error.problems)
    return GuideError(told(error.what), told(error.where), error.mend, problems)


def _system(url: str) -> tuple[Any, str]:
    """The fsspec file system of a URL, with fresh listings, and the path in it."""
    protocol = url.partition("://")[0]
    try:
        import fsspec

        system, path = fsspec.url_to_fs(url, use_listings_cache=False)
    except ImportError:
        package = PROTOCOLS[protocol] or "fsspec"
        raise UsageError(
            f"Reading {protocol}:// needs the package {package}.", url,
            f"Install it where msgcheck runs and on all workers: pip install {package}",
        ) from None
    return system, path


def _files(url: str, root: str) -> Iterable[tuple[str, str]]:
    """The name and the URL of each file at and below `url`, hidden folders aside."""
    try:
        system, path = _system(url)
        folder = system.info(path)["type"] != "file"
        places = sorted(system.find(path)) if folder else [path]
    except UsageError:
        raise
    except FileNotFoundError:
        raise UsageError("There is no such file or folder.", url, "Check the spelling of the URL.") from None
    except Exception as error:  # noqa: BLE001 - as in `fetch`
        raise UsageError("This URL cannot be read.", url, f"{type(error).__name__}: {error}") from None
    top = PurePosixPath(path) if folder else PurePosixPath(path).parent
    if root and root.partition("://")[0] == url.partition("://")[0]:
        above = PurePosixPath(_system(checked(root))[1])
        top = above if PurePosixPath(path).is_relative_to(above) else top
    folders = {parent.as_posix() for place in places for parent in PurePosixPath(place).parents}
    for place in places:
        if place.rstrip("/") in folders or (folder and place == path):
            continue                                       # an empty object that stands for a folder
        inner = PurePosixPath(place).relative_to(top)
        if not any(part.startswith(".") for part in inner.parts[:-1]):
            yield text_of(inner.as_posix()), _below(url, path, place)


def _below(url: str, path: str, place: str) -> str:
    """The URL of `place`, which lies at or below the `path` of `url`."""
    inner = PurePosixPath(place).relative_to(PurePosixPath(path)).as_posix()
    return url if inner == "." else f"{url.rstrip('/')}/{inner}"


def _reason(name: str, exclude: tuple[str, ...]) -> str | None:
    """Why a file is no collateral, if it is none."""
    if PurePosixPath(name).name.startswith((".", "~$")):
        return "lock-file"
    if excluded(name, exclude):
        return "excluded"
    return "other-format" if format_of(name) is None else None


def _passed_over(name: str, code: str, stray: bool) -> Document:
    status: Status = "skipped"
    reason = Reason(code, "", REASONS[code])
    return Document(name, format_of(name) or "", "", status, (reason,), stray=stray)
