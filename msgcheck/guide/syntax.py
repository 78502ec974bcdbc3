"""YAML text to YAML nodes, with every error of syntax explained, not only the first.

After an error the entry that holds it is set aside and the rest is read again, so that one missing quote does not hide
what is wrong elsewhere.
"""

from __future__ import annotations

import re
import warnings
from typing import Any

from msgcheck.errors import Problem
from msgcheck.guide.sources import GuideFile

MAX_ERRORS = 25
MAX_DEPTH = 40

_QUOTE = "Put the whole text in quotes: \"…\", or '…' with a ' inside doubled."
_ITEM = re.compile(r"[ \t]*-(?:[ \t]|$)")
_TOP = re.compile(r"[^\s#-]")
_CUT = re.compile(r"[ \t]#\S")
_TEXT_AFTER_QUOTE = re.compile(r"""[:,\[{-]\s*(?:"[^"]*"|'[^']*')\s*[^\s,:}\]#]""")


def parse(file: GuideFile) -> tuple[Any, tuple[Problem, ...]]:
    """The root node of `file` (a ruamel.yaml node; None if there is nothing), and the errors of its syntax.

    Nodes of entries with such an error are not in the tree.
    """
    lines = list(file.lines())
    problems: list[Problem] = []
    while True:
        node, problem, first = _attempt(file, lines)
        if problem is None:
            return node, tuple(problems)
        if not problems or (problem.line, problem.column) != (problems[-1].line, problems[-1].column):
            problems.append(problem)
        if len(problems) >= MAX_ERRORS or not _set_aside(lines, first, problem.line - 1):
            return None, tuple(problems)


def _attempt(file: GuideFile, lines: list[str]) -> tuple[Any, Problem | None, int]:
    """A node, or the first problem and the line (from 0) where what it spoils begins."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError
    from ruamel.yaml.reader import ReaderError

    try:
        yaml = YAML(typ="safe", pure=True)
        yaml.max_depth = MAX_DEPTH
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")              # of an anchor that is defined twice
            return yaml.compose("\n".join(lines)), None, 0
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        what, mend, at_context = explain(str(error.context or ""), str(error.problem or ""),
                                         lines[mark.line] if mark.line < len(lines) else "", mark.column)
        context = error.context_mark.line if error.context_mark else mark.line
        inside = at_context or "flow" in str(error.context)
        first = min(context, mark.line) if inside else mark.line
        last = first if at_context else mark.line
        if at_context and error.context_mark:
            mark = error.context_mark
        if "quoted" not in str(error.context) and (cut := _cut_short(lines, first, last)) is not None:
            line, column = cut
            what, mend = _CUT_SHORT, _CUT_MEND
            return None, file.problem(what, line + 1, column + 1, mend), first
        return None, file.problem(what, mark.line + 1, mark.column + 1, mend), first
    except ReaderError as error:
        text = "\n".join(lines)
        line = text.count("\n", 0, error.position)
        column = error.position - (text.rfind("\n", 0, error.position) + 1)
        code = error.character if isinstance(error.character, int) else ord(error.character)
        return None, file.problem(f"Control character U+{code:04X} is not allowed.", line + 1, column + 1,
                                  "Delete it: it is invisible and came in by copying."), line
    except (YAMLError, RecursionError):
        return None, file.problem("This cannot be read as YAML.", 1, 1), 0


_CUT_SHORT = "A ` #` begins a comment, so the text is cut short here."
_CUT_MEND = f"{_QUOTE} If it is a comment, put a space after the #."


def _cut_short(lines: list[str], first: int, last: int) -> tuple[int, int] | None:
    """Where an unquoted text of lines `first` to `last` was cut by a `#` that has no space after it."""
    for index in range(max(first - 1, 0), min(last + 1, len(lines))):
        line = lines[index]
        if (found := _CUT.search(line)) and line[:found.start()].strip() and not _quoted(line, found.start()):
            return index, found.start() + 1
    return None


def _quoted(line: str, column: int) -> bool:
    before = line[:column]
    return before.count('"') % 2 == 1 or before.count("'") % 2 == 1


def explain(context: str, problem: str, line: str, column: int) -> tuple[str, str, bool]:
    """In words for people who do not know YAML: what is wrong, what to do, whether to point at the context instead."""
    at = line[column:column + 1]
    if "mapping values are not allowed" in problem or ("flow mapping" in context and "got ':'" in problem):
        before = line[:column]
        if re.search(r":\s+\S", before) or "flow" in context:
            return "A second `: ` on the line: in an unquoted text it begins a new key.", _QUOTE, False
        return ("A key has no place here.",
                "Check the line above: a space after its colon, and keys of one entry in one column.", False)
    if "unexpected end of stream" in problem or "document separator" in problem:
        return "The quote that opens here is never closed.", "Close the text with the same quote.", True
    if "unknown escape" in problem or "escape sequence" in problem:
        return ("In double quotes a backslash has a meaning of its own.",
                r"Put regular expressions in single quotes: '\bword\b'.", False)
    if at == "\t":
        return "A tab: YAML indents with spaces only.", "Replace it with spaces.", False
    if "cannot start any token" in problem:
        return f"A text may not begin with {at} unless it is in quotes.", _QUOTE, False
    if "undefined alias" in problem or "scanning an alias" in context:
        return "A text may not begin with * unless it is in quotes.", _QUOTE, False
    if "scanning an anchor" in context or "found duplicate anchor" in problem or "duplicate anchor" in context:
        return "A text may not begin with & unless it is in quotes.", _QUOTE, False
    if "scanning a tag" in context or "parsing a tag" in context or "found undefined tag" in problem:
        return "A text may not begin with ! unless it is in quotes.", _QUOTE, False
    if "flow mapping" in context or "flow sequence" in context:
        close = "}" if "mapping" in context else "]"
        return (f"A `{'{' if close == '}' else '['}` opens here, and what follows does not end with `{close}`.",
                f"Close it with `{close}`; texts inside with a comma, a colon, a # or a bracket go in quotes.", True)
    if "another document" in problem or "document start" in problem:
        return "A line of dashes (`---`) begins a second document; a guide is one.", "Delete the line.", False
    if "simple key" in context:
        return ("This line is neither a key with its colon nor the rest of a text.",
                "Write `key: value`; a text that goes on over several lines is indented or in quotes.", True)
    if "sequence entries are not allowed" in problem:
        return "A list cannot begin on the line of its key.", "Begin each `- …` on a line of its own.", False
    if "block scalar" in context:
        return "After > or | the text begins on the next line.", _QUOTE, False
    if "depth" in problem:
        return "This is nested too deep.", "Nothing in a guide is more than four levels deep.", False
    return _structure(problem, line, column)


def _structure(problem: str, line: str, column: int) -> tuple[str, str, bool]:
    if "scalar" in problem or _TEXT_AFTER_QUOTE.search(line[:column + 1]):
        if line[:column].rstrip().endswith(('"', "'")) or _quoted(line, column):
            return "The text goes on after its closing quote.", _QUOTE + " A \" inside \"…\" is written \\\".", False
        if line[:column].rstrip().endswith(("}", "]")):
            return "A text may not begin with { or [ unless it is in quotes.", _QUOTE, False
        return "This line does not belong to what stands above it.", "Check its indentation, or a ` #` above it.", False
    if "expected the node content" in problem:
        return f"A text may not begin with {line[column:column + 1]} unless it is in quotes.", _QUOTE, False
    return ("The indentation does not fit what stands above.",
            "Keys of one entry begin in the same column, and so do the `-` of one list.", False)


def _set_aside(lines: list[str], first: int, last: int) -> bool:
    """Blank the entry that begins at or above line `first` and holds line `last`; False when there is nothing left."""
    first = min(first, len(lines) - 1)
    last = min(max(last, first), len(lines) - 1)
    while first >= 0 and not lines[first].strip():
        first -= 1
    start = first
    depth = _indent(lines[first]) if first >= 0 else 0
    while start > 0 and not (_TOP.match(lines[start]) or _begins_item(lines[start], depth)):
        depth = min(depth, _indent(lines[start])) if lines[start].strip() else depth
        start -= 1
    if start < 0 or not any(line.strip() for line in lines[start:last + 1]):
        return False
    level = _indent(lines[start])
    end = start + 1
    while end < len(lines) and (end <= last or _goes_on(lines[end], level, lines[start])):
        end += 1
    lines[start:end] = [""] * (end - start)
    return True


def _begins_item(line: str, depth: int) -> bool:
    return bool(_ITEM.match(line)) and _indent(line) <= depth


def _goes_on(line: str, level: int, head: str) -> bool:
    if not line.strip():
        return True
    if _TOP.match(head):
        return not _TOP.match(line)
    return _indent(line) > level


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" \t"))
