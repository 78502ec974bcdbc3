"""Paths that are URLs, and work that is done on a cluster: what the command line says of other machines."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from msgcheck.errors import GuideError, UsageError

if TYPE_CHECKING:
    from msgcheck.cluster import Cluster


@dataclass(frozen=True, slots=True)
class Places:
    """What is on this machine, and what is not. `guide` is a copy where the guide is at `guide_url`."""

    paths: tuple[Path, ...]
    guide: Path | None
    root: Path | None
    urls: tuple[str, ...] = ()
    root_url: str = ""
    guide_url: str = ""
    cluster: Cluster | None = None


@contextmanager
def elsewhere(
    paths: tuple[str, ...], guide: str | None, root: str | None, scheduler: str | None,
    certificates: tuple[Path | None, Path | None, Path | None] = (None, None, None),
) -> Iterator[Places]:
    """What the arguments name; what is only needed elsewhere is not even imported without it. Raises `UsageError`."""
    named = (*paths, *(one for one in (guide, root) if one))
    where = None
    if scheduler is not None:
        from msgcheck.cluster import cluster

        where = cluster(scheduler, *certificates)
    elif any(certificates):
        raise UsageError("Certificates are for a cluster.", "--tls-ca", "Name its scheduler with --scheduler.")
    if not any("://" in one for one in named):
        yield Places(_local(paths), _path(guide), _path(root), cluster=where)
        return
    with tempfile.TemporaryDirectory(prefix="msgcheck-guide-") as folder:
        yield from _with_urls(paths, guide, root, where, Path(folder))


def _with_urls(
    paths: tuple[str, ...], guide: str | None, root: str | None, where: Cluster | None, folder: Path
) -> Iterator[Places]:
    from msgcheck.remote import checked, fetch_guide, is_url, place_again

    urls = tuple(checked(path) for path in paths if is_url(path))
    local = _local(tuple(path for path in paths if not is_url(path)))
    guide_url = checked(guide) if guide and is_url(guide) else ""
    root_url = checked(root) if root and is_url(root) else guide_url.rstrip("/").rpartition("/")[0]
    here = fetch_guide(guide_url, folder) if guide_url else _path(guide)
    try:
        yield Places(local, here, None if root and is_url(root) else _path(root), urls, root_url, guide_url, where)
    except GuideError as error:
        if type(error) is not GuideError or not guide_url:
            raise
        raise place_again(error, folder, guide_url) from None


def _local(paths: tuple[str, ...]) -> tuple[Path, ...]:
    return tuple(Path(path) for path in paths)


def _path(text: str | None) -> Path | None:
    return None if text is None else Path(text)
