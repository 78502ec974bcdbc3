"""What is beyond doubt, put right in copies of documents: names, case, marks, earlier names, preferred words.

Only findings whose rule leaves no choice are corrected, and only where reading the corrected file again shows exactly
the changes that were meant: blocks with those words put right, and nothing else. All others are listed for a person.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from msgcheck.errors import Unreadable
from msgcheck.fix import html, markdown, office
from msgcheck.fix.edits import Edit, Left, Mender
from msgcheck.fix.surroundings import objection
from msgcheck.model import Document, Finding

_MENDERS: dict[str, Mender] = {
    "docx": office.mended,
    "pptx": office.mended,
    "html": html.mended,
    "markdown": markdown.mended,
    "text": markdown.mended_text,
}
_MOST_ROUNDS = 3
_NO_SUGGESTION = "The guide gives no one replacement."
_OVERLAPS = "It overlaps with another correction."
_NOT_FOUND = "Its words could not be found again in the file."
_DESCRIBES = "It stands in no text of the file, but in what describes it: alternative text, a title, metadata."
_UNPROVEN = "With it the file would read otherwise than is meant."
_MOST_TRIED = 60


@dataclass(frozen=True, slots=True)
class Fixed:
    """The outcome for one document: `data` is the corrected file, None where nothing was corrected."""

    document: str
    data: bytes | None
    edits: tuple[Edit, ...]
    left: tuple[Left, ...]


def fix(
    document: Document,
    data: bytes,
    findings: Sequence[Finding],
    read: Callable[[bytes, str], Document],
    again: Callable[[Document], Sequence[Finding]] = lambda document: (),
) -> Fixed:
    """Correct `document`, whose bytes are `data` and whose names and words are wrong as `findings` say.

    `read(data, name)` reads a document as the check read it; it proves that the corrected file says what was meant.
    `again` gives the findings of the corrected document: what one correction brings to light (a name that is now
    written rightly and lacks its mark) is corrected as well, so that a second run finds nothing to do.
    """
    name = document.name
    fixed = _once(document, data, findings, read)
    for _ in range(_MOST_ROUNDS):
        if fixed.data is None:
            break
        after = read(fixed.data, name)
        more = _once(after, fixed.data, again(after), read)
        if more.data is None:
            return Fixed(name, fixed.data, fixed.edits, more.left)
        fixed = Fixed(name, more.data, (*fixed.edits, *more.edits), more.left)
    return fixed


def _once(
    document: Document, data: bytes, findings: Sequence[Finding], read: Callable[[bytes, str], Document]
) -> Fixed:
    edits, left = _wanted(findings)
    name = document.name
    if not edits:
        return Fixed(name, None, (), tuple(left))
    mend = _MENDERS.get(document.format)
    if mend is None:
        reason = f"msgcheck writes no {document.format.upper()} files: it is for whoever has the source."
        return Fixed(name, None, (), (*left, *(Left(one.finding, reason) for one in edits)))
    try:
        corrected, done = mend(data, edits)
    except Unreadable as error:
        return Fixed(name, None, (), (*left, *(Left(one.finding, error.text) for one in edits)))
    left += [
        Left(one.finding, _DESCRIBES if one.finding.layer == "description" else _NOT_FOUND)
        for one in edits
        if one not in done
    ]
    if done and not _as_meant(document, read(corrected, name), done):
        corrected, proven = _sifted(document, data, done, mend, read)
        left += [Left(one.finding, _UNPROVEN) for one in done if one not in proven]
        done = proven
    return Fixed(name, corrected if done else None, tuple(done), tuple(left))


def _sifted(
    document: Document, data: bytes, edits: Sequence[Edit], mend: Mender, read: Callable[[bytes, str], Document]
) -> tuple[bytes, list[Edit]]:
    """Those of the edits that stand the proof together: a group that fails it is halved until one alone is to blame.

    A file is read at most `_MOST_TRIED` times for this; what was not proved by then is left.
    """
    corrected, kept = data, list[Edit]()
    half = (len(edits) + 1) // 2
    groups = [edits[:half], edits[half:]]
    for _ in range(_MOST_TRIED):
        if not groups:
            break
        group = groups.pop(0)
        wanted = [*kept, *group]
        tried, done = mend(data, wanted)
        if len(done) == len(wanted) and _as_meant(document, read(tried, document.name), done):
            corrected, kept = tried, wanted
        elif len(group) > 1:
            half = (len(group) + 1) // 2
            groups[:0] = [group[:half], group[half:]]
    return corrected, kept


def _wanted(findings: Sequence[Finding]) -> tuple[list[Edit], list[Left]]:
    """The corrections, and what is left of the rules that could be corrected; two never touch the same words."""
    edits: list[Edit] = []
    left: list[Left] = []
    for finding in findings:
        if finding.text is None:
            continue
        if not finding.suggestion or finding.suggestion == finding.text:
            left.append(Left(finding, _NO_SUGGESTION))
            continue
        against = objection(finding)
        if against is not None:
            left.append(Left(finding, against))
            continue
        same = [one for one in edits if one.finding.order == finding.order and _overlap(one.finding, finding)]
        joined = _joined(same, finding)
        if joined is not None:
            edits[edits.index(same[0])] = joined
        elif same:
            left.append(Left(finding, _OVERLAPS))
        else:
            edits.append(Edit(finding, finding.suggestion))
    return edits, left


def _overlap(one: Finding, other: Finding) -> bool:
    return (one.start or 0) < (other.end or 0) and (other.start or 0) < (one.end or 0)


def _joined(same: list[Edit], finding: Finding) -> Edit | None:
    """A name that is both written wrongly and lacks its mark: the right name with its mark, one correction."""
    if len(same) != 1 or (same[0].finding.start, same[0].finding.end) != (finding.start, finding.end):
        return None
    rules = {same[0].finding.rule, finding.rule}
    if "trademark" not in rules or len(rules) != 2 or finding.suggestion is None:
        return None
    name, marked = (same[0].words, finding.suggestion) if finding.rule == "trademark" else (
        finding.suggestion, same[0].words)
    mark = marked[len(marked.rstrip("®™℠")) :]
    return Edit(same[0].finding, name.rstrip("®™℠") + mark) if mark else None


def _as_meant(before: Document, after: Document, done: Sequence[Edit]) -> bool:
    """Whether the corrected document reads like the original with the corrected words in it, block by block."""
    expected = [block.text for block in before.blocks]
    by_block: dict[int, list[Edit]] = {}
    for edit in done:
        by_block.setdefault(edit.finding.order, []).append(edit)
    for order, edits in by_block.items():
        if order >= len(expected) or expected[order] != edits[0].finding.block:
            return False
        text = expected[order]
        for edit in sorted(edits, key=lambda one: -(one.finding.start or 0)):
            text = text[: edit.finding.start] + edit.words + text[edit.finding.end :]
        expected[order] = text
    return [_flat(text) for text in expected] == [_flat(block.text) for block in after.blocks]


def _flat(text: str) -> str:
    """White space does not count: a correction may take a line break with it."""
    return "".join(text.split())
