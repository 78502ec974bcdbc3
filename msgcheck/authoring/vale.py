r"""Word lists and rules of the Vale linter: accept.txt, reject.txt, `substitution` and `existence`.

A line of accept.txt and reject.txt is a regular expression; `substitution` swaps a pattern for a text, `existence`
forbids patterns. What is plain words becomes a term, what is a pattern becomes a prohibited pattern if RE2 takes it;
what has neither is named.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from msgcheck.authoring.draft import Drafted, LeftOut, Value, slug
from msgcheck.guide.patterns import PatternError, compile_pattern

Found = tuple[tuple[Drafted, ...], tuple[LeftOut, ...]]

_SPECIAL = re.compile(r"[\\^$.|?*+()\[\]{}]")
_OPTIONAL = re.compile(r"\(\?:([\w ,|'-]+)\)|\(([\w ,|'-]+)\)")
_LEVELS = {"error": "error", "warning": "warning", "suggestion": "note"}
_OTHER = "a rule of the kind `{kind}` has no counterpart in a guide"
_SET_KEYS = frozenset(
    {
        "extends",
        "message",
        "level",
        "ignorecase",
        "swap",
        "tokens",
        "raw",
        "link",
        "description",
        "nonword",
        "exceptions",
        "scope",
        "action",
        "limit",
        "vocab",
        "append",
        "name",
        "capitalize",
    }
)
_TOLD_KEYS = {
    "scope": "a guide's terms hold for the whole text",
    "limit": "a guide has no limit of findings",
    "nonword": "a guide's terms are whole words",
}


def vocabulary_entries(data: bytes, name: str) -> Found:
    """accept.txt or reject.txt, by its name."""
    lines = data.decode("utf-8-sig", "replace").splitlines()
    accepted = "accept" in Path(name).name.casefold()
    entries: list[Drafted] = []
    left: list[LeftOut] = []
    for number, raw in enumerate(lines, start=1):
        line = raw.strip()
        place = f"{name}, line {number}"
        if not line or line.startswith("# "):
            continue
        words = _words(line)
        if accepted:
            _accept(words, line, place, entries, left)
        elif words is not None:
            entries.append(Drafted("terms", (("never", words),), (place,), "certain"))
        else:
            _pattern((line,), place, {}, entries, left)
    return tuple(entries), tuple(left)


def rule_entries(rule: Any, name: str) -> Found:
    """A rule file, read as plain data: entries for `substitution` and `existence`, all else named."""
    if not isinstance(rule, dict) or "extends" not in rule:
        return (), (LeftOut(name, "the whole file", "it is no Vale rule: `extends` is missing"),)
    kind = str(rule["extends"])
    entries: list[Drafted] = []
    left = [LeftOut(f"{name}, key '{key}'", str(rule[key]), why) for key, why in _TOLD_KEYS.items() if key in rule]
    left += [
        LeftOut(f"{name}, key '{key}'", str(rule[key]), "it has no counterpart in a guide")
        for key in rule
        if key not in _SET_KEYS
    ]
    shared = _shared(rule, name)
    if kind == "substitution" and isinstance(rule.get("swap"), dict | list):
        _swaps(rule["swap"], name, shared, entries, left)
    elif kind == "existence":
        for key in ("tokens", "raw"):
            for token in rule.get(key) or ():
                words = _words(str(token)) if key == "tokens" else None
                place = f"{name}, '{token}'"
                if words is not None:
                    entries.append(_with(Drafted("terms", (("never", words),), (place,), "certain"), shared))
                else:
                    _pattern((str(token),), place, shared, entries, left)
    else:
        left.append(LeftOut(name, str(rule.get("message", "the whole rule")), _OTHER.format(kind=kind)))
    return tuple(entries), tuple(left)


def _shared(rule: dict[str, Any], name: str) -> dict[str, Value]:
    shared: dict[str, Value] = {}
    message = str(rule.get("message", ""))
    if message and "%s" not in message:
        shared["reason"] = message
    if level := _LEVELS.get(str(rule.get("level", ""))):
        shared["severity"] = level
    if exceptions := rule.get("exceptions"):
        shared["except"] = tuple(str(one) for one in exceptions)
    return shared


def _swaps(swap: Any, name: str, shared: dict[str, Value], entries: list[Drafted], left: list[LeftOut]) -> None:
    pairs = swap.items() if isinstance(swap, dict) else (pair for one in swap for pair in one.items())
    for pattern, use in pairs:
        place = f"{name}, '{pattern}'"
        words = _words(str(pattern))
        uses = tuple(part for part in str(use or "").split("|") if part)
        if words is None:
            extra: dict[str, Value] = {**shared, "reason": f"Use {' or '.join(uses)}."} if uses else shared
            _pattern((str(pattern),), place, extra, entries, left)
            continue
        right = {form for use in uses for form in (use.casefold(), f"{use.casefold()}s")}
        words = tuple(word for word in words if word.casefold() not in right)
        if not words:
            left.append(LeftOut(place, str(pattern), "it swaps a word for itself"))
            continue
        fields: tuple[tuple[str, Value], ...] = (("never", words),)
        if uses:
            fields = (("use", uses[0] if len(uses) == 1 else uses), *fields)
        entries.append(_with(Drafted("terms", fields, (place,), "certain"), shared))


def _accept(words: tuple[str, ...] | None, line: str, place: str, entries: list[Drafted], left: list[LeftOut]) -> None:
    """An accepted word with capitals of its own is a name to be written so; a guide needs no list of ordinary words."""
    case = re.match(r"\(\?i\)", line)
    if words is None or case:
        left.append(LeftOut(place, line, "a pattern of accepted words; a guide forbids, and accepts all else"))
    elif len(words) == 1 and re.search(r"[A-Z]", words[0][1:]):
        entries.append(
            Drafted(
                "products",
                (("name", words[0]),),
                (place,),
                "unsure",
                ("is this a name of yours? Then any other case of it is a finding; if not, delete the entry",),
            )
        )
    else:
        left.append(LeftOut(place, line, "an accepted word; a guide forbids, and accepts all else"))


def _pattern(
    patterns: tuple[str, ...], place: str, shared: dict[str, Value], entries: list[Drafted], left: list[LeftOut]
) -> None:
    kept = []
    for pattern in patterns:
        whole = pattern if re.match(r"\\b|\^|\(\?", pattern) else rf"\b(?:{pattern})\b"
        try:
            compile_pattern(whole)
        except PatternError as error:
            left.append(LeftOut(place, pattern, error.what))
            continue
        kept.append(whole)
    if kept:
        named = slug(re.sub(r"\(\?\w+\)|\\\w", " ", kept[0]))
        entry = Drafted("prohibited", (("id", named), ("patterns", tuple(kept))), (place,), "certain")
        entries.append(_with(entry, shared))


def _with(entry: Drafted, shared: dict[str, Value]) -> Drafted:
    for key, value in shared.items():
        entry = entry.having(key, value)
    return entry


def _words(pattern: str) -> tuple[str, ...] | None:
    r"""The plain words that a pattern stands for ('e-?mail', '(?:log in|login)', '\bfoo\b'); None where it is one."""
    flat = re.sub(r"^\(\?i\)", "", pattern.strip())
    flat = re.sub(r"^\\b|\\b$", "", flat).replace(r"\.", "\ue000").replace(r"\s", " ").replace(r"\-", "-")
    whole = re.fullmatch(r"\((?:\?:)?([^()]*)\)", flat)
    options = (whole[1] if whole else flat).split("|")
    out: list[str] = []
    for option in options:
        match = _OPTIONAL.search(option)
        parts = [option]
        if match and option.count("(") == 1 and not option[match.end() :].startswith(("?", "*", "+", "{")):
            inner = (match[1] or match[2]).split("|")
            parts = [option[: match.start()] + one + option[match.end() :] for one in inner]
        for part in parts:
            out += _optional_letters(part)
    if not out or any(_SPECIAL.search(one) or not one.strip() for one in out) or len(out) > 40:
        return None
    return tuple(dict.fromkeys(one.replace("\ue000", ".").strip() for one in out))


def _optional_letters(text: str) -> list[str]:
    """'e-?mail' as 'e-mail' and 'email'; more than three optional letters are left a pattern."""
    match = re.search(r"(?<![\\)\]}])([\w -])\?", text)
    if not match or text.count("?") > 3:
        return [text]
    return [
        form
        for kept in (match[1], "")
        for form in _optional_letters(text[: match.start()] + kept + text[match.end() :])
    ]
