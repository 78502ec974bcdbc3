"""The regular expressions of a guide, with RE2: the time that they take grows with the text, never beyond."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

_MAX_MEMORY = 1 << 20
_LOOK_AROUND = ("(?=", "(?!", "(?<=", "(?<!")
_NAMED = {
    "missing )": "A ( is never closed.",
    "unexpected )": "A ) that no ( opens.",
    "missing ]": "A [ is never closed.",
    "no argument for repetition operator": "Nothing stands before *, + or ? that it could repeat.",
    "bad repetition operator": "This repetition is not possible.",
    "invalid repetition size": "The repetition {…} is too large (1000 in all is the most) or runs backwards.",
    "invalid escape sequence": "RE2 does not know this escape.",
    "invalid character class range": "The range inside [ ] runs backwards.",
    "trailing \\": "It ends with a backslash.",
    "pattern too large": "It is too large once its repetitions are written out.",
    "invalid perl operator": "RE2 does not know what this ( begins with.",
    "invalid UTF-8": "It holds characters that are no text.",
    "invalid named capture group": "The name of the group is not allowed.",
}


class PatternError(ValueError):
    """`what` is wrong at `offset` (a character of the pattern), and how to `mend` it."""

    def __init__(self, what: str, offset: int, mend: str) -> None:
        super().__init__(what)
        self.what = what
        self.offset = offset
        self.mend = mend


@lru_cache(maxsize=2048)
def compile_pattern(pattern: str) -> Any:
    r"""`pattern` as a compiled RE2 expression (case-insensitive; `search`, `finditer` as in `re`); PatternError.

    RE2's `\b` and `\w` know ASCII letters only.
    """
    import re2

    if "\b" in pattern:
        raise PatternError("A backspace character: in double quotes \\b does not mean a word boundary.",
                           pattern.index("\b"), "Put the pattern in single quotes.")
    options = re2.Options()
    options.case_sensitive = False
    options.log_errors = False
    options.max_mem = _MAX_MEMORY
    try:
        compiled = re2.compile(pattern, options)
    except re2.error as error:
        said = error.args[0] if error.args else b""
        raise _explained(pattern, said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)) from None
    if compiled.search("") is not None:
        raise PatternError("It matches everywhere, because it may match nothing at all.", 0,
                           "Write + instead of *, or take the ? off.")
    return compiled


def _explained(pattern: str, error: str) -> PatternError:
    for start in _LOOK_AROUND:
        if (at := _outside_class(pattern, start)) >= 0:
            return PatternError(f"Look-around, `{start}…)`, is not supported: patterns are RE2, which cannot run away.",
                                at, "Match the words themselves, and let phrases pass with `except`.")
    for digit in "123456789":
        if (at := _outside_class(pattern, f"\\{digit}")) >= 0:
            return PatternError(f"A back-reference, `\\{digit}`, is not supported: patterns are RE2.", at,
                                "Write the alternatives out: (a a|b b).")
    for start, name in (("(?>", "An atomic group"), ("(?P=", "A back-reference"), ("(?(", "A condition"),
                        ("(?#", "A comment")):
        if (at := _outside_class(pattern, start)) >= 0:
            return PatternError(f"{name}, `{start}…)`, is not supported: patterns are RE2.", at, "Write it without.")
    kind, _, fragment = error.partition(": ")
    at = max(pattern.rfind(fragment), 0) if fragment and fragment != pattern else 0
    what = next((said for name, said in _NAMED.items() if kind.startswith(name)), "")
    if kind.startswith("missing ") and at == 0:
        at = max(pattern.rfind("(" if ")" in kind else "["), 0)
    return PatternError(what or f"It is no regular expression: {error}.", at, "Patterns are RE2 regular expressions.")


def _outside_class(pattern: str, piece: str) -> int:
    """Where `piece` stands in `pattern` outside [ ] and not after a backslash, or -1."""
    index = 0
    in_class = False
    while index < len(pattern):
        if not in_class and pattern.startswith(piece, index):
            return index
        if pattern[index] == "\\":
            index += 2
            continue
        if pattern[index] == "[" and not in_class:
            in_class = True
        elif pattern[index] == "]":
            in_class = False
        index += 1
    return -1
