"""What the page's script works on: findings, documents, approved entries and pictures as compact data.

Short keys keep a report of thousands of findings small; `report.js` is the only reader, and names them at its top.
Findings are written one by one, the most severe first, until their budget is used up, so that the file opens from an
e-mail however many there are.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from typing import Any, TextIO

from msgcheck.model import Block, DocumentResult, Finding, Report
from msgcheck.pictures.boxes import word_boxes
from msgcheck.reporters.differences import why_of
from msgcheck.reporters.html.markup import Markup, as_json, clean
from msgcheck.reporters.html.words import CHANGES, JOBS, LAYERS, SECTIONS, SEVERITIES, title_of
from msgcheck.reporters.order import places_by_severity

BUDGET = 7_500_000
"""Bytes of all findings together; beside them pictures have one of their own (`msgcheck.pictures.BUDGET`)."""

_LINE_END_HYPHEN = re.compile(r"(?<=[^\W\d_])[-‐]\s*\n\s*(?=[^\W\d_])")
_CONTEXT = 320  # characters of the block before and after a passage
_BLOCK = 6000  # characters of a block that are shown around a passage
_AROUND = 400  # of a longer block, on each side of the passage


def write_data(stream: TextIO, report: Report, explained: dict[str, tuple[str, str]], budget: int = BUDGET) -> None:
    """What `report.js` reads. `explained` gives why a rule matters and how to mend it, where its documentation says.

    When `budget` does not go round the least severe findings are left out, and the page says how many.
    """
    names = {result.document.name: at for at, result in enumerate(report.results)}
    entries: dict[tuple[Any, ...], int] = {}
    contexts = {result.document.name: _Contexts(result) for result in report.results}
    pictured = {(picture.document, picture.number): at for at, picture in enumerate(report.pictures)}
    stream.write('<script type="application/json" id="data">{"findings":[')
    kept = 0
    for at, one in places_by_severity(report.findings):
        found = _finding(one, names, entries, contexts.get(one.document), pictured)
        text = as_json({"o": at, **found})
        budget -= len(text.encode("utf-8")) + 2
        if budget < 0:
            break
        stream.write(f"{',' if kept else ''}\n{text}")
        kept += 1
    rest = {"left": len(report.findings) - kept, **_beside(report, explained, entries)}
    stream.write(f"],{as_json(rest)[1:]}</script>\n")


def _beside(
    report: Report, explained: dict[str, tuple[str, str]], entries: dict[tuple[Any, ...], int]
) -> dict[str, Any]:
    """All that findings refer to."""
    evidence = {(entry.section, entry.id): entry for entry in report.entries}
    rules = dict.fromkeys(one.rule for one in report.findings)
    return {
        "rules": {rule: _rule(rule, explained) for rule in rules},
        "jobs": {job.id: list(job.rules) for job in JOBS},
        "severities": SEVERITIES,
        "changes": CHANGES,
        "layers": LAYERS,
        "sections": SECTIONS,
        "documents": [
            {
                "n": clean(result.document.name),
                "k": result.role.kind or "",
                "o": result.role.owner or "",
                "a": list(result.role.audiences),
            }
            for result in report.results
        ],
        "entries": [_entry(key, evidence) for key in entries],
        "pictures": [
            {"w": one.width, "h": one.height, "m": one.media, "k": one.kind, "n": one.number} for one in report.pictures
        ],
    }


def picture_blocks(report: Report) -> Iterator[Markup]:
    """One data block a picture, read only when a finding that stands on it is opened."""
    for at, picture in enumerate(report.pictures):
        if picture.media == "application/json":
            text = picture.data.decode("utf-8", "replace")
            for char in "<>&\u2028\u2029":
                text = text.replace(char, f"\\u{ord(char):04x}")
        else:
            text = base64.b64encode(picture.data).decode("ascii")
        yield Markup(f'<script type="text/plain" id="picture-{at}">{text}</script>\n')


def _rule(rule: str, explained: dict[str, tuple[str, str]]) -> dict[str, str]:
    why, mend = explained.get(rule, ("", ""))
    return {"t": clean(title_of(rule)), "w": why, "m": mend}


def _entry(key: tuple[Any, ...], evidence: dict[tuple[str, str], Any]) -> dict[str, Any]:
    section, name, statement, source, owner, reason = key
    entry = evidence.get((section, name))
    found = {
        "s": section,
        "i": name,
        "t": statement or (entry.statement if entry else "") or "",
        "e": source or (entry.source if entry else "") or "",
        "o": owner or (entry.owner if entry else "") or "",
        "y": reason or (entry.reason if entry else "") or "",
    }
    if entry:
        found |= {"x": entry.expires, "p": entry.pillar}
    return {key: clean(value) for key, value in found.items() if value}


def _finding(
    finding: Finding,
    names: dict[str, int],
    entries: dict[tuple[Any, ...], int],
    contexts: _Contexts | None,
    pictured: dict[tuple[str, int], int],
) -> dict[str, Any]:
    place = finding.location
    found: dict[str, Any] = {
        "r": finding.rule,
        "s": finding.severity,
        "d": names.get(finding.document, -1),
        "m": clean(finding.message),
        "l": clean(place.label) or place.kind,
        "y": finding.layer,
        "c": round(finding.confidence, 2),
        "f": finding.fingerprint,
    }
    if finding.status == "accepted":
        found["a"] = 1
    if finding.text is not None:
        found["t"] = _joined(finding.text)
        found["b"] = _surrounded(finding)
    if finding.approved:
        one = finding.approved
        key = (one.section, one.id, one.statement, one.source, one.owner, one.reason)
        found["e"] = entries.setdefault(key, len(entries))
        if one.wording and one.wording != one.statement:
            found["w"] = clean(one.wording)
    if finding.changes:
        found["ch"] = [[change.kind, clean(change.approved), clean(change.found)] for change in finding.changes]
    if finding.also:
        found["al"] = [[one.rule, clean(one.approved or "")] for one in finding.also]
    if finding.related:
        found["re"] = [
            [
                names.get(one.document, -1),
                clean(one.document),
                clean(one.location.label) or one.location.kind,
                clean(one.text),
            ]
            for one in finding.related
        ]
    if finding.similarity is not None:
        found["si"] = round(finding.similarity, 2)
    if finding.suggestion:
        found["su"] = clean(finding.suggestion)
    if why := why_of(finding):
        found["wy"] = [clean(line) for line in why]
    if place.number is not None and place.kind in ("page", "slide", "notes"):
        at = pictured.get((finding.document, place.number))
        if at is not None:
            found["p"] = at
            if place.boxes and place.page_size and all(place.page_size) and place.kind != "notes":
                width, height = place.page_size
                block = contexts.block(finding) if contexts else None
                found["x"] = [
                    [_percent(left, width), _percent(top, height), _percent(right - left, width),
                     _percent(bottom - top, height)]
                    for left, top, right, bottom in word_boxes(finding, block)
                ]
    if contexts and finding.block is not None and ("p" not in found or place.kind == "notes"):
        context = contexts.of(finding)
        if any(context):
            found["z"] = context
    return found


def _surrounded(finding: Finding) -> list[str]:
    """The words of the block before and after the finding's own, cut where the block is very long."""
    block, start, end = finding.block, finding.start, finding.end
    if block is None or start is None or end is None or block[start:end] != finding.text:
        return ["", ""]
    before, after = block[:start], block[end:]
    if len(block) > _BLOCK:
        before = ("… " + before[-_AROUND:]) if len(before) > _AROUND else before
        after = (after[:_AROUND] + " …") if len(after) > _AROUND else after
    return [_joined(before), _joined(after)]


class _Contexts:
    """A document's blocks, looked up by what a finding says of its own."""

    def __init__(self, result: DocumentResult) -> None:
        self._blocks = result.document.blocks

    def _at(self, finding: Finding) -> int:
        """The index of the finding's block, -1 where it is not known."""
        if 0 <= finding.order < len(self._blocks) and self._blocks[finding.order].text == finding.block:
            return finding.order
        own = (finding.block, finding.location.label)
        return next((at for at, one in enumerate(self._blocks) if (one.text, one.location.label) == own), -1)

    def block(self, finding: Finding) -> Block | None:
        at = self._at(finding)
        return self._blocks[at] if at >= 0 else None

    def of(self, finding: Finding) -> list[str]:
        """The heading, the block before and the block after; '' where there is none."""
        at = self._at(finding)
        if at < 0:
            return ["", "", ""]
        block = self._blocks[at]
        before, after = self._near(at, -1), self._near(at, 1)
        heading = block.heading if before is None or before.text != block.heading else ""
        return [
            _joined(heading[:_CONTEXT]),
            _joined(_end(before.text)) if before else "",
            _joined(_begin(after.text)) if after else "",
        ]

    def _near(self, at: int, step: int) -> Block | None:
        layer = self._blocks[at].layer
        at += step
        while 0 <= at < len(self._blocks):
            if self._blocks[at].layer == layer:
                return self._blocks[at]
            at += step
        return None


def _joined(text: str) -> str:
    """Words over the hyphen at the end of a printed line become whole again."""
    return clean(_LINE_END_HYPHEN.sub(lambda match: "" if match.string[match.end()].islower() else "-", text))


def _percent(part: float, whole: float) -> float:
    return round(100 * part / whole, 2)


def _end(text: str) -> str:
    return text if len(text) <= _CONTEXT else "… " + text[-_CONTEXT:]


def _begin(text: str) -> str:
    return text if len(text) <= _CONTEXT else text[:_CONTEXT] + " …"
