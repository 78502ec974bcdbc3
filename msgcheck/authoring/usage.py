"""Which approved messages a set of collateral carries, to name those that none of it does."""

from __future__ import annotations

import datetime
from pathlib import Path

from msgcheck.authoring.lint import Remark
from msgcheck.guide.model import Guide
from msgcheck.guide.statements import entries


def unused(guide: Guide, paths: tuple[Path, ...]) -> tuple[Remark, ...]:
    """A remark on every message and claim that no document at or below `paths` carries, not even drifted."""
    from msgcheck.pipeline import Request, check
    from msgcheck.settings import Given, resolve

    settings = resolve(paths, Given(guide=Path(guide.path)))
    report = check(Request(paths, settings, datetime.date.today()))
    carried = {(one.section, one.id) for result in report.results for one in result.carried}
    read = sum(result.document.status in {"read", "partly-read"} for result in report.results)
    return tuple(
        Remark(
            "note",
            f"None of {read} documents carries {section} `{own}`.",
            entry.place,
            "Use it, or ask whether it is still needed.",
        )
        for (section, own), entry in entries(guide, ("messages", "claims"))
        if (section, own) not in carried
    )
