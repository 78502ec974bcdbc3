"""What a folder of collateral says again and again: names and how they are written, marks, lines and sentences."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from msgcheck.checks.wording import sentences
from msgcheck.model import Block, Document
from msgcheck.normalise import fold

_NAME = re.compile(
    r"(?<![\w@./-])(?:[A-Z][\w]*[a-z][A-Z]\w*|[A-Z][a-z]{2,}\w*|[A-Z]{3,}\w*)(?: (?:[A-Z][\w]*|\d{1,3}))?"
    r"(?![\w@-])"
)
_LEADING = re.compile(r"^(?:The|Our|Your|My|Their|This|With|New|In|For|And|Why|How|Meet|About|By|At|On|From|If)\b ?")
_NO_NAMES = frozenset(
    {
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "inc",
        "ltd",
        "limited",
        "llc",
        "gmbh",
        "plc",
        "corp",
        "english",
        "german",
        "french",
        "europe",
        "european",
        "british",
        "american",
    }
)
_MARK = re.compile(r"^\s?([®™℠])")
_CAMEL = re.compile(r"[a-z][A-Z]")
_FIGURE = re.compile(r"\d")
_ALIKE = 0.6
_LEAST_WORDS = 5
_TAGLINE = range(2, 8)


@dataclass(slots=True)
class Seen:
    """One wording: how often, in which documents."""

    text: str
    count: int = 0
    documents: set[str] = field(default_factory=set)

    def again(self, document: str, times: int = 1) -> None:
        self.count += times
        self.documents.add(document)


@dataclass(frozen=True, slots=True)
class Group:
    """Wordings of one thing, the most frequent first. `mark` is the one that a name carries somewhere, or ''."""

    wordings: tuple[Seen, ...]
    mark: str = ""

    @property
    def documents(self) -> set[str]:
        return set().union(*(one.documents for one in self.wordings))

    @property
    def count(self) -> int:
        return sum(one.count for one in self.wordings)


def names(documents: Iterable[Document]) -> tuple[Group, ...]:
    """Names by how often they stand there: marked ones, ones with capitals inside, and ones of several documents that
    are written with a capital within sentences and never without."""
    seen: dict[str, dict[str, Seen]] = defaultdict(dict)
    marks: dict[str, str] = {}
    inside: Counter[str] = Counter()
    small: set[str] = set()
    for name, block in _blocks(documents):
        small.update(re.findall(r"\b[a-z]{3,}\b", block.normal))
        for match in _NAME.finditer(block.normal):
            text = _LEADING.sub("", match.group())
            if not text or text.casefold() in _NO_NAMES:
                continue
            key = _key(text)
            seen[key].setdefault(text, Seen(text)).again(name)
            if mark := _MARK.match(block.normal[match.end() :]):
                marks[key] = mark[1]
            if re.search(r"[a-z,;] $", block.normal[: match.start()]) and block.kind not in {"heading", "table-row"}:
                inside[key] += 1
    groups = []
    for key, wordings in seen.items():
        ordered = tuple(sorted(wordings.values(), key=lambda one: (-one.count, one.text)))
        group = Group(ordered, marks.get(key, ""))
        first = ordered[0].text
        ordinary = all(word.casefold() in small for word in first.split())
        known = group.mark or (_CAMEL.search(first) and group.count > 1)
        if known or (not ordinary and inside[key] >= 2 and len(group.documents) >= 2 and not first.isupper()):
            groups.append(group)
    return tuple(sorted(_whole(groups), key=lambda group: (-group.count, group.wordings[0].text)))


def _whole(groups: list[Group]) -> Iterator[Group]:
    """Groups without those that are only the head of a longer name ('Surge Two' beside 'Surge' stays out)."""
    heads = {_key(group.wordings[0].text) for group in groups}
    for group in groups:
        words = group.wordings[0].text.split()
        if len(words) > 1 and _key(words[0]) in heads and not group.mark:
            continue
        yield group


def repeated(documents: Iterable[Document]) -> tuple[Group, ...]:
    """Sentences that several documents say in the same or nearly the same words, with all their wordings."""
    seen: dict[str, Seen] = {}
    for name, block in _blocks(documents):
        if block.kind == "table-row":
            continue
        for sentence in sentences(block.normal):
            if len(sentence.split()) >= _LEAST_WORDS and not is_legal(sentence):
                seen.setdefault(fold(sentence), Seen(sentence)).again(name, block.count)
    return _clustered(seen)


def fixed_lines(documents: Iterable[Document]) -> tuple[tuple[Group, ...], tuple[Group, ...]]:
    """(taglines, boilerplate): short blocks that stand alone in several documents, and small print that does."""
    short: dict[str, Seen] = {}
    legal: dict[str, Seen] = {}
    for name, block in _blocks(documents):
        words = block.normal.split()
        if is_legal(block.normal):
            key = re.sub(r"\b\d{4}\b", "{year}", fold(block.normal))
            legal.setdefault(key, Seen(block.normal)).again(name, 1)
        elif len(words) in _TAGLINE and block.kind != "table-row" and re.search(r"[.!]$", block.normal):
            short.setdefault(fold(block.normal), Seen(block.normal)).again(name)
    taglines = [Group((one,)) for one in short.values() if len(one.documents) >= 2]
    return tuple(sorted(taglines, key=lambda group: -group.count)), _clustered(legal)


def is_legal(text: str) -> bool:
    """Whether a text is small print."""
    return bool(
        re.search(
            r"©|\(c\) \d|all rights reserved|registered (?:trade ?mark|office)|subject to change"
            r"|results (?:may )?(?:vary|depend)|not (?:financial|legal) advice",
            text,
            re.IGNORECASE,
        )
    )


def _clustered(seen: dict[str, Seen]) -> tuple[Group, ...]:
    """Wordings, each with those that share most of its words, where several documents hold any of them."""
    ordered = sorted(seen.items(), key=lambda item: (-len(item[1].documents), -item[1].count, item[0]))
    words = {key: frozenset(key.split()) for key in seen}
    holders: dict[str, list[str]] = defaultdict(list)
    for key, found in words.items():
        for word in found:
            holders[word].append(key)
    taken: set[str] = set()
    groups = []
    for key, one in ordered:
        if key in taken:
            continue
        rare = sorted(words[key], key=lambda word: (len(holders[word]), word))[:6]
        near = {other for word in rare for other in holders[word][:500]} - taken
        alike = [
            other
            for other in near
            if other != key and len(words[key] & words[other]) / len(words[key] | words[other]) >= _ALIKE
        ]
        others = sorted((seen[other] for other in alike), key=lambda other: (-other.count, other.text))
        group = Group((one, *others))
        if len(group.documents) >= 2:
            taken.update((key, *alike))
            groups.append(group)
    return tuple(sorted(groups, key=lambda group: (-len(group.documents), -group.count, group.wordings[0].text)))


def differs_in_figures(one: str, other: str) -> bool:
    """Whether two wordings hold different figures."""
    return sorted(re.findall(r"\d[\d.,]*", one)) != sorted(re.findall(r"\d[\d.,]*", other))


def _blocks(documents: Iterable[Document]) -> Iterator[tuple[str, Block]]:
    for document in documents:
        for block in document.blocks:
            if block.layer in {"body", "running"}:
                yield document.name, block


def _key(text: str) -> str:
    return re.sub(r"[\s-]", "", text).casefold()
