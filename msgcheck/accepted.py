"""Findings that a person has excused, with a reason: accepted.yaml, read and applied.

```yaml
accepted:
  - rule: term
    document: sales/pitch.pptx
    words: "log in"                  # as the finding quotes them; case and white space do not count
    about: sign in                   # the approved id; needed only where there are no words to quote
    reason: "The customer's own words."
    by: Ada Vogt
    until: 2027-03-31                # the last day on which it holds
    times: 2                         # how many such findings it excuses: 1 when left out, or `all`
```

An entry excuses one occurrence. `times: all` excuses every one of these words, and without `words` and `about` the
whole rule in that document. Entries go by what a finding is about, never by page or offset, as fingerprints do: they
outlive a new export and a moved slide. A check never writes the file; `msgcheck accept` does.
"""

from __future__ import annotations

import datetime
import hashlib
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from msgcheck.checks.finish import folded
from msgcheck.checks.rules import RULES
from msgcheck.errors import AcceptedError, Problem
from msgcheck.guide.nodes import Tree, plain
from msgcheck.guide.sources import GuideFile
from msgcheck.guide.syntax import parse
from msgcheck.guide.validation import problem
from msgcheck.model import AcceptedUse, Finding
from msgcheck.nearest import nearest

KEYS = ("rule", "document", "words", "about", "reason", "by", "until", "times")
MAX_BYTES = 16_000_000

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Acceptance:
    """One entry. `words` None with `about` None is the whole rule in the document; `until` is its last day.

    `line` is where it stands in the file, 0 for one that does not yet.
    """

    rule: str
    document: str
    reason: str
    words: str | None = None
    about: str | None = None
    by: str | None = None
    until: datetime.date | None = None
    times: int | Literal["all"] = 1
    line: int = 0

    def excuses(self, finding: Finding) -> bool:
        """Whether `finding` is one of those that the entry is about."""
        own = finding.approved.id if finding.approved else None
        return (
            finding.rule == self.rule
            and finding.document == self.document
            and (self.words is None or (finding.text is not None and folded(finding.text) == folded(self.words)))
            and (self.about is None or own == self.about)
        )

    def expired(self, day: datetime.date) -> bool:
        return self.until is not None and self.until < day

    def __str__(self) -> str:
        what = f" '{self.words}'" if self.words is not None else f" about '{self.about}'" if self.about else ""
        return f"{self.rule}{what} in {self.document}" + (f" (line {self.line})" if self.line else "")


@dataclass(frozen=True, slots=True)
class Accepted:
    """The entries of one file, and the SHA-256 of its bytes (None where there is no file)."""

    entries: tuple[Acceptance, ...] = ()
    sha256: str | None = None


def load(path: Path | None) -> Accepted:
    """The accepted findings at `path`; none at all for None. AcceptedError with everything that is wrong with it."""
    if path is None:
        return Accepted()
    name = path.as_posix()
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise AcceptedError("There is no file of accepted findings at this path.", name,
                            "Mend the path, or leave it out until `msgcheck accept` has written one.") from None
    except OSError as error:
        raise AcceptedError(f"The accepted findings cannot be read: {error.strerror or error}.", name) from None
    if len(data) > MAX_BYTES:
        raise AcceptedError(f"The file is larger than {MAX_BYTES // 1_000_000} megabytes.", name, "Name accepted.yaml.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise AcceptedError(f"Byte 0x{data[error.start]:02x} is not UTF-8.", name, "Save the file as UTF-8.") from None
    return Accepted(_entries(GuideFile(name, text)), hashlib.sha256(data).hexdigest())


def _entries(file: GuideFile) -> tuple[Acceptance, ...]:
    node, wrong = parse(file)
    problems = list(wrong)
    if node is not None and node.id != "mapping":
        problems.append(file.problem("The file begins with the key `accepted:`.", 1, 1, "Write it above the list."))
        node = None
    tree = plain(file, node)
    problems += tree.problems
    for key in tree.data:
        if key != "accepted" and not key.startswith("x-"):
            mend = nearest(key, ("accepted",))
            problems.append(problem(tree, (key,), f"There is no key '{key}' here.", mend, key=True))
    listed = tree.data.get("accepted", [])
    if not isinstance(listed, list):
        problems.append(problem(tree, ("accepted",), "A list is expected here.", "Begin each entry with `- rule:`."))
        listed = []
    found = [_entry(tree, number, value, problems) for number, value in enumerate(listed)]
    if problems:
        count = "1 error" if len(problems) == 1 else f"{len(problems)} errors"
        problems.sort(key=lambda one: (one.line, one.column, one.what))
        raise AcceptedError(f"The file of accepted findings has {count}.", file.name, problems=tuple(problems))
    return tuple(entry for entry in found if entry is not None)


def _entry(tree: Tree, number: int, value: Any, problems: list[Problem]) -> Acceptance | None:
    path: tuple[str | int, ...] = ("accepted", number)
    if not isinstance(value, dict):
        problems.append(problem(tree, path, "An entry with keys is expected here.", "Begin it with `- rule:`."))
        return None
    before = len(problems)
    texts: dict[str, str] = {}
    for key, item in value.items():
        if key.startswith(("x-", " ")):
            continue
        if key not in KEYS:
            problems.append(problem(tree, (*path, key), f"There is no key '{key}' here.", nearest(key, KEYS), key=True))
        elif not isinstance(item, str) or not item.strip():
            problems.append(problem(tree, (*path, key), "A text is expected here."))
        else:
            texts[key] = item
    for key in ("rule", "document", "reason"):
        if key not in value:
            mend = "Say why, in a few words." if key == "reason" else ""
            problems.append(problem(tree, path, f"`{key}` is missing.", mend))
    if texts.get("rule", "term") not in RULES:
        problems.append(problem(tree, (*path, "rule"), f"There is no rule '{texts['rule']}'.",
                                nearest(texts["rule"], tuple(RULES))))
    until = _day(tree, path, texts.get("until"), problems)
    times = _times(tree, path, texts.get("times"), problems)
    if "words" not in value and "about" not in value and times != "all":
        problems.append(problem(tree, path, "It says neither which `words` nor what it is `about`.",
                                "To excuse the whole rule in this document, add `times: all`."))
    if len(problems) > before:
        return None
    spot = tree.values[path]
    return Acceptance(texts["rule"], texts["document"], texts["reason"], texts.get("words"), texts.get("about"),
                      texts.get("by"), until, times, spot.line)


def _day(tree: Tree, path: tuple[str | int, ...], text: str | None, problems: list[Problem]) -> datetime.date | None:
    if text is None:
        return None
    try:
        if _DATE.fullmatch(text):
            return datetime.date.fromisoformat(text)
    except ValueError:
        pass                             # told below, as any other text that is no date
    problems.append(problem(tree, (*path, "until"), f"'{text}' is no date.", "Write it like 2027-03-31."))
    return None


def _times(
    tree: Tree, path: tuple[str | int, ...], text: str | None, problems: list[Problem]
) -> int | Literal["all"]:
    if text is None or text == "all":
        return "all" if text else 1
    if text.isdigit() and text.isascii() and 0 < int(text) < 1_000_000:
        return int(text)
    problems.append(problem(tree, (*path, "times"), f"'{text}' is neither a number nor `all`.", "Write `times: 2`."))
    return 1


def apply(
    findings: Iterable[Finding], accepted: Accepted, as_of: datetime.date, checked: Collection[str] | None = None
) -> tuple[tuple[Finding, ...], AcceptedUse]:
    """The findings with those that an entry excuses marked as accepted, and what became of the entries.

    The entries that say most go first, and each excuses no more than it says, in the order of the findings. `checked`
    are the documents of this run: entries about others are neither used nor unused. None means that all were.
    """
    valid = [entry for entry in accepted.entries if not entry.expired(as_of)]
    narrow_first = sorted(valid, key=lambda entry: (entry.words is None, entry.about is None, entry.times == "all"))
    by_place: dict[tuple[str, str], list[Acceptance]] = {}
    for entry in narrow_first:
        by_place.setdefault((entry.rule, entry.document), []).append(entry)
    left = {id(entry): float("inf") if entry.times == "all" else entry.times for entry in valid}
    used: set[int] = set()
    out: list[Finding] = []
    for finding in findings:
        match = next(
            (entry for entry in by_place.get((finding.rule, finding.document), ())
             if left[id(entry)] > 0 and entry.excuses(finding)),
            None,
        )
        if match is not None:
            left[id(match)] -= 1
            used.add(id(match))
        out.append(finding if match is None else replace(finding, status="accepted"))
    here = [entry for entry in accepted.entries if checked is None or entry.document in checked]
    return tuple(out), AcceptedUse(
        sum(finding.status == "accepted" for finding in out),
        tuple(str(entry) for entry in here if id(entry) not in used and not entry.expired(as_of)),
        tuple(str(entry) for entry in here if entry.expired(as_of)),
    )
