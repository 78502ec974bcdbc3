"""Which documents changed since a git revision."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable
from pathlib import Path

from msgcheck.discover import Source
from msgcheck.errors import UsageError


def changed_since(revision: str, sources: Iterable[Source], folder: Path) -> frozenset[str]:
    """The names of the `sources` that differ from `revision`, those that git does not know yet among them.

    `folder` lies in the repository. A source outside the repository counts as changed. Raises `UsageError` where there
    is no repository or no such revision.
    """
    if revision.startswith("-"):
        raise UsageError(f"'{revision}' is no git revision.", "--changed-since", "Name a branch, a tag or a commit.")
    top = Path(_git(folder, "rev-parse", "--show-toplevel").removesuffix("\n"))
    commit = _git(folder, "rev-parse", "--verify", "--end-of-options", f"{revision}^{{commit}}").strip()
    differing = _git(top, "diff", "--name-only", "--no-renames", "--no-ext-diff", "-z", commit, "--").split("\0")
    unknown = _git(top, "ls-files", "--others", "--exclude-standard", "-z").split("\0")
    changed = {os.path.realpath(top / path) for path in (*differing, *unknown) if path}
    inside = os.path.realpath(top) + os.sep
    real = {source.name: os.path.realpath(source.path) for source in sources}
    return frozenset(name for name, path in real.items() if path in changed or not path.startswith(inside))


def _git(folder: Path, *arguments: str) -> str:
    try:
        run = subprocess.run(
            ["git", "-C", str(folder), *arguments], capture_output=True, check=True, stdin=subprocess.DEVNULL,
        )
    except FileNotFoundError:
        mend = "Install git, or leave --changed-since out."
        raise UsageError("git is not installed.", "--changed-since", mend) from None
    except subprocess.CalledProcessError as error:
        said = error.stderr.decode("utf-8", "replace").strip().splitlines() or ["it said nothing"]
        mend = "Name a revision that git knows here; a shallow clone knows few: fetch its history."
        raise UsageError(f"git does not know what changed: {said[0]}", "--changed-since", mend) from None
    return run.stdout.decode("utf-8", "surrogateescape")
