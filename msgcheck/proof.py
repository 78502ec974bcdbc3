"""Proof of a check: the digests in a report, held against the files in hand."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from msgcheck.discover import discover
from msgcheck.errors import UsageError
from msgcheck.guide import load
from msgcheck.settings import Settings

_MEND = "Give a report that `msgcheck check` wrote in JSON or HTML."


@dataclass(frozen=True, slots=True)
class Proof:
    """What a report says was checked: SHA-256 of the guide, of accepted.yaml (None: there was none) and by document."""

    version: str
    guide: str
    accepted: str | None
    documents: dict[str, str | None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """A state for each file and whether all that is in hand was checked and is as it was then.

    The states are 'same', 'changed', 'renamed' (the same bytes under another name, by which a document's kind and
    audience go), 'not checked', 'skipped' (by the check, too) and 'not in hand'.
    """

    lines: tuple[tuple[str, str], ...]
    holds: bool
    summary: str


def read_proof(report: Path) -> Proof:
    """The proof that a JSON or HTML report carries; raises `UsageError` where it carries none."""
    try:
        text = report.read_text("utf-8")
    except OSError as error:
        raise UsageError("The report cannot be read.", str(report), f"{error.strerror}.") from None
    except UnicodeDecodeError:
        raise UsageError("This is no report of msgcheck.", str(report), _MEND) from None
    if text.lstrip().startswith("<"):
        found = re.search(r"<script[^>]*\bid=[\"']?msgcheck-proof[\"']?[^>]*>(.*?)</script>", text, re.DOTALL)
        text = found[1] if found else ""
    try:
        data = json.loads(text)
        return Proof(
            _text(data["msgcheck"]), _text(data["guide"]["sha256"]), data["accepted"]["sha256"],
            {_text(one["path"]): one["sha256"] for one in data["documents"]},
        )
    except (ValueError, KeyError, TypeError, RecursionError):
        raise UsageError("This is no report of msgcheck.", str(report), _MEND) from None


def prove(proof: Proof, paths: tuple[Path, ...], settings: Settings, leave_out: tuple[Path, ...] = ()) -> Outcome:
    """Hold the guide, accepted.yaml and the documents at `paths`, without `leave_out`, against `proof`."""
    lines: list[tuple[str, str]] = []
    lines.append(("same" if load(settings.guide).sha256 == proof.guide else "changed", "the guide"))
    accepted = _digest(settings.accepted) if settings.accepted else None
    if proof.accepted or accepted:
        lines.append((_state(accepted, proof.accepted), "the accepted findings"))
    found = discover(paths, settings.root, settings.exclude, leave_out)
    in_hand = {source.name: source.path for source in found.sources}
    gone = {name: digest for name, digest in proof.documents.items() if digest and name not in in_hand}
    for name, path in in_hand.items():
        if name not in proof.documents:
            own = _digest(path)
            before = next((one for one, digest in gone.items() if digest == own), None)
            if before is not None:
                del gone[before]
            lines.append(("renamed", f"{name}, checked as {before}") if before else ("not checked", name))
        elif proof.documents[name] is None:
            lines.append(("skipped", name))      # then already: nothing was said of it that could be proved
        else:
            lines.append((_state(_digest(path), proof.documents[name]), name))
    lines += [("not in hand", name) for name in gone]
    wrong = sum(1 for state, _ in lines if state in ("changed", "renamed", "not checked"))
    if wrong:
        summary = f"{wrong} of {len(lines)} differ from what was checked."
    else:
        summary = "All that is in hand is what was checked."
    return Outcome(tuple(lines), not wrong, summary)


def _state(digest: str | None, expected: str | None) -> str:
    return "same" if digest == expected else "changed"


def _digest(path: Path) -> str | None:
    """None where the file is gone or cannot be read, which is no proof of anything."""
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return None


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value
