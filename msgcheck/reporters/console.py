"""The report for a person at a terminal: by document, the words found above the approved words, what differs marked.

Without colour what differs stands in square brackets, so that nothing is said by colour alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TextIO

from rich.console import Console
from rich.text import Text

from msgcheck.checks.rules import RULES
from msgcheck.model import DocumentResult, Finding, Report, Severity, Status
from msgcheck.reporters.differences import Span, label_of, marks_of, reason_of, why_of, wording_of
from msgcheck.reporters.printable import printable

WIDTH = 100
_NARROW = 64
_WIDEST = 112
_LABEL = len("elsewhere") + 2
_AROUND = 90
"""Characters of the block that are shown on both sides of a found word."""

_SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")
_STATUSES: tuple[tuple[Status, str], ...] = (
    ("read", "read"), ("partly-read", "partly read"), ("unread", "unread"), ("skipped", "skipped"),
)
_STYLES = {
    "error": "bold red", "warning": "yellow", "note": "cyan", "off": "dim", "name": "bold", "quiet": "dim",
    "found": "bold red underline", "approved": "bold green underline", "good": "green",
}


def write(report: Report, stream: TextIO, width: int = WIDTH, colour: bool = False, verbose: bool = False) -> None:
    """Write `report`; `verbose` adds why a finding is one, how sure that is, its fingerprint, and what was passed over.
    """
    _Page(stream, max(24, min(width, _WIDEST)), colour, verbose).report(report)


class _Page:
    """Lines of at most `width` cells; what is written has been made printable before."""

    def __init__(self, stream: TextIO, width: int, colour: bool, verbose: bool) -> None:
        self.console = Console(
            file=stream, width=width, force_terminal=colour, color_system="standard" if colour else None,
            no_color=not colour, highlight=False, markup=False, emoji=False, legacy_windows=False, soft_wrap=True,
        )
        self.stream = stream
        self.width = width
        self.colour = colour
        self.verbose = verbose
        self.narrow = width < _NARROW

    def report(self, report: Report) -> None:
        results = {result.document.name: result for result in report.results}
        listed = report.listed
        longest = max((len(_place(finding)) for finding in listed), default=0)
        indent = 2 if self.narrow else min(18, longest) + 3
        for name, findings in groupby(listed, lambda finding: finding.document):
            self.document(name, results.get(name), list(findings), indent)
        self.not_read(report.results)
        self.summary(report)

    def document(self, name: str, result: DocumentResult | None, findings: list[Finding], indent: int) -> None:
        about = _about(result) if result else []
        self.line()
        for line in Text(printable(name), _STYLES["name"]).wrap(self.console, self.width, overflow="fold"):
            self.line(line)
        self.block("", Text(" · ".join([*about, _count(len(findings), "finding")]), _STYLES["quiet"]), 0)
        self.line(Text("─" * self.width, _STYLES["quiet"]))
        for finding in findings:
            self.finding(_place(finding), finding, indent)

    def finding(self, place: str, finding: Finding, indent: int) -> None:
        head = Text().append(finding.severity, _STYLES[finding.severity])
        head.append(f"  {finding.rule}", _STYLES["name"])
        if finding.status == "accepted":
            head.append("  accepted", _STYLES["good"])
        if finding.approved and finding.approved.id != wording_of(finding):
            head.append(f"  {printable(finding.approved.id)}", _STYLES["quiet"])
        if self.narrow:
            self.block("", Text(place, _STYLES["quiet"]), 0)
            self.block("", head, indent)
        else:
            self.block(place if len(place) < indent else f"{place}\n", head, indent)
        self.block("", Text(printable(finding.message)), indent)
        rows = list(self.words(finding))
        if rows:
            self.line()
        before = ""
        for name, text in rows:
            self.block(" " * indent + (name if name != before else ""), text, indent + _LABEL)
            before = name
        self.line()

    def words(self, finding: Finding) -> Iterator[tuple[str, Text]]:
        """The rows of words under a message: found, approved, elsewhere, instead, reason, and with `verbose` why."""
        wording, label = wording_of(finding), label_of(finding)
        found = finding.text or ""
        if found and RULES[finding.rule].family in ("names", "terms"):
            around, span = _context(finding)
            yield "found", self.marked(around, (span,), "found")
            if wording and not finding.suggestion:
                yield label, Text(printable(wording))
        elif found:
            differing = marks_of(finding)
            yield "found", self.marked(found, differing.found, "found")
            if wording:
                yield label, self.marked(wording, differing.approved, "approved")
        elif wording and wording != finding.suggestion:
            yield label, Text(printable(wording))
        for other in finding.related:
            place = f"{printable(other.document)}, {printable(other.location.label)}"
            yield "elsewhere", Text().append(printable(other.text)).append(f"  ({place})", _STYLES["quiet"])
        if finding.suggestion:
            known = printable(finding.suggestion) == printable(wording)
            if known and not found:
                yield "approved", Text(printable(finding.suggestion))
            elif not known or RULES[finding.rule].family in ("names", "terms"):
                yield "instead", Text(printable(finding.suggestion), _STYLES["good"])
        if reason := reason_of(finding):
            yield "reason", Text(printable(reason))
        if finding.also:
            yield "also", Text(", ".join(dict.fromkeys(also.rule for also in finding.also)), _STYLES["quiet"])
        if self.verbose:
            for sentence in why_of(finding):
                yield "why", Text(printable(sentence))
            sure = f"confidence {finding.confidence:.2f}"
            alike = f", similarity {finding.similarity:.2f}" if finding.similarity is not None else ""
            yield "sure", Text(sure + alike, _STYLES["quiet"])
            yield "finding", Text(finding.fingerprint, _STYLES["quiet"])

    def marked(self, text: str, spans: tuple[Span, ...], style: str) -> Text:
        out = Text()
        at = 0
        for start, end in spans:
            out.append(_inner(text[at:start], at > 0, True))
            words = printable(text[start:end])
            out.append(words if self.colour else f"[{words}]", _STYLES[style])
            at = end
        return out.append(_inner(text[at:], at > 0, False))

    def not_read(self, results: tuple[DocumentResult, ...]) -> None:
        shown = ("unread", "partly-read", "skipped") if self.verbose else ("unread", "partly-read")
        documents = [result.document for result in results]
        groups = [
            (status, words, [one for one in documents if one.status == status and not one.stray])
            for status, words in _STATUSES if status in shown
        ]
        if self.verbose:
            groups.append(("skipped", "left out", [one for one in documents if one.stray]))
        for status, words, listed in groups:
            if not listed:
                continue
            self.line()
            self.line(Text(words.capitalize(), _STYLES["error" if status == "unread" else "name"]))
            for document in listed:
                self.block("  ", Text(printable(document.name), _STYLES["name"]), 2)
                limit = len(document.reasons) if self.verbose else 4
                for reason in document.reasons[:limit]:
                    place = f"{reason.place}: " if reason.place else ""
                    self.block("", Text(printable(place + reason.text)), 4)
                if len(document.reasons) > limit:
                    more = f"and {len(document.reasons) - limit} more places (-v lists them)"
                    self.block("", Text(more, _STYLES["quiet"]), 4)

    def summary(self, report: Report) -> None:
        statuses = Counter(result.document.status for result in report.results if not result.document.stray)
        parts = ", ".join(f"{statuses[status]} {words}" for status, words in _STATUSES if statuses[status])
        self.line()
        line = Text(_count(statuses.total(), "document") + (f": {parts}" if parts else ""))
        if left := _left_out(report.results):
            line.append(f"; {left}", _STYLES["quiet"])
        self.block("", line, 0)
        for text in _reading(report.results):
            self.block("", Text(text, _STYLES["quiet"]), 0)
        severities = Counter(finding.severity for finding in report.findings if finding.status == "open")
        total = sum(severities.values())
        line = Text(f"{_count(total, 'finding')}: ") if total else Text("No findings.", _STYLES["good"])
        for index, severity in enumerate(one for one in _SEVERITIES if severities[one]):
            line.append(", " if index else "")
            line.append(_count(severities[severity], severity), _STYLES[severity])
        self.block("", line, 0)
        for text in _accepted(report):
            self.block("", Text(text, _STYLES["quiet"]), 0)
        if report.unsure:
            below = f"below a confidence of {report.min_confidence:g} (--all shows them)"
            self.block("", Text(f"{_count(report.unsure, 'finding')} {below}", _STYLES["quiet"]), 0)
        if total:
            rule = next(one.rule for one in report.findings if one.status == "open")
            self.block("", Text(f"What a rule means, and how to mend it: msgcheck explain {rule}", _STYLES["quiet"]), 0)

    def block(self, label: str, text: Text, indent: int) -> None:
        """`text` wrapped and indented, `label` in front of its first line; on a line of its own if it ends one."""
        if self.width - indent < 20:
            indent = min(indent, 4)
        if len(label) > indent:
            label = label.strip() + "\n"
        if label.endswith("\n"):
            self.line(Text(label.rstrip("\n"), _STYLES["quiet"]))
            label = ""
        for number, line in enumerate(text.wrap(self.console, self.width - indent, overflow="fold")):
            line.rstrip()
            gutter = label if number == 0 else ""
            self.line(Text().append(gutter.ljust(indent), _STYLES["quiet"]).append_text(line))

    def line(self, text: Text | None = None) -> None:
        line = text or Text()
        line.rstrip()
        if self.colour:
            self.console.print(line, overflow="ignore", no_wrap=True, crop=False)
        else:                                    # many times faster, which long reports in files are thankful for
            self.stream.write(f"{line.plain}\n")


def _context(finding: Finding) -> tuple[str, Span]:
    """A word in its surroundings, and where it stands in what is shown of them."""
    text, block = finding.text or "", finding.block or ""
    start, end = finding.start, finding.end
    if not text or start is None or end is None or block[start:end] != text:
        return text, (0, len(text))
    first = max(0, start - _AROUND)
    last = min(len(block), end + _AROUND)
    if first:
        first = block.find(" ", first, start) + 1 or start
    if last < len(block):
        last = block.rfind(" ", end, last) if block.rfind(" ", end, last) > 0 else end
    before = ("…" if first else "") + block[first:start]
    after = block[end:last] + ("…" if last < len(block) else "")
    return before + text + after, (len(before), len(before) + len(text))


def _inner(text: str, after: bool, before: bool) -> str:
    """Printable `text` that keeps one space where it stands beside marked words."""
    out = printable(text)
    left = " " if after and text[:1].isspace() else ""
    right = " " if before and text[-1:].isspace() and out else ""
    return (left or ("" if out else " " if text else "")) + out + right if text else ""


def _place(finding: Finding) -> str:
    location = finding.location
    if location.kind == "document":
        return "whole document"
    return printable(location.label) or location.kind


def _about(result: DocumentResult) -> Iterable[str]:
    document, role = result.document, result.role
    if role.kind:
        yield printable(role.kind)
    if role.owner:
        yield printable(role.owner)
    if document.pages:
        yield _count(document.pages, document.unit or "page")


def _reading(results: tuple[DocumentResult, ...]) -> Iterator[str]:
    """How much was read, and what was passed over within documents."""
    pages: Counter[str] = Counter()
    layers: Counter[str] = Counter()
    gaps: Counter[str] = Counter()
    for result in results:
        pages[result.document.unit] += result.document.pages or 0
        layers.update(dict(result.layers))
        gaps.update(dict(result.document.gaps))
    if layers:
        counts = [_count(number, unit) for unit, number in sorted(pages.items()) if unit and number]
        by_layer = ", ".join(f"{number:,} {layer}" for layer, number in layers.most_common())
        yield f"Read {', '.join([*counts, _count(layers.total(), 'block')])}: {by_layer}"
    if gaps:
        yield "Passed over: " + ", ".join(f"{number:,} {gap.replace('-', ' ')}" for gap, number in sorted(gaps.items()))


def _left_out(results: tuple[DocumentResult, ...]) -> str:
    """How many files were met in folders and left out, and why: '3 other files are no collateral'; '' without any."""
    codes = [result.document.reasons[0].code for result in results if result.document.stray]
    if not codes:
        return ""
    why = [word for word, holds in (
        ("excluded", "excluded" in codes), ("no collateral", any(code != "excluded" for code in codes)),
    ) if holds]
    return f"{_count(len(codes), 'other file')} {'is' if len(codes) == 1 else 'are'} {' or '.join(why)}"


def _accepted(report: Report) -> Iterator[str]:
    use = report.accepted
    if use.used:
        yield f"{_count(use.used, 'finding')} accepted" + ("" if report.show_all else " (--all shows them)")
    if use.expired:
        yield f"{_count(len(use.expired), 'acceptance')} past the date: {', '.join(map(printable, use.expired))}"
    if use.unused:
        unused = ", ".join(map(printable, use.unused))
        yield f"{_count(len(use.unused), 'acceptance')} no longer needed (msgcheck accept --prune): {unused}"


def _count(number: int, word: str) -> str:
    return f"{number:,} {word}{'' if number == 1 else 's'}"
