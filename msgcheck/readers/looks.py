"""Colours and fonts as readers gather them: each value once a document, with the first few places where it shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from msgcheck.model import Block, Location, Look
from msgcheck.normalise import lowered, normalise

Role = Literal["text", "fill", "line"]

FAILURES = (ArithmeticError, AttributeError, IndexError, KeyError, TypeError, ValueError)
"""What strange files make of reading looks: they lose those, and keep their text."""
_MOST_VALUES = 300
_MOST_PLACES = 8
_MOST_WORDS = 6
_LONGEST = 80
_START = 16
"""Characters of a line by which it is known where its end was hidden or deleted."""
_BEYOND_LATIN = 0x2E80
"""Where scripts begin that Office sets in another font than the Latin one."""


class Sight(NamedTuple):
    """One colour or font at one place."""

    kind: Literal["color", "font"]
    value: str
    role: Role
    location: Location
    text: str
    times: int = 1


class Looks:
    """Gathers sights; `found` gives them grouped by value and role. Values beyond a bound are left out."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str, str], list[Sight]] = {}
        self._counts: dict[tuple[str, str, str], int] = {}

    def add(self, sights: Iterable[Sight]) -> None:
        for sight in sights:
            self._note(sight)

    def _note(self, sight: Sight) -> None:
        key = (sight.kind, sight.value.casefold(), sight.role)
        places = self._found.get(key)
        if places is None:
            if len(self._found) >= _MOST_VALUES:
                return
            places = self._found[key] = []
        self._counts[key] = self._counts.get(key, 0) + sight.times
        label = sight.location.label
        same = next((index for index, one in enumerate(places) if one.location.label == label), -1)
        if same < 0 and len(places) <= _MOST_PLACES:
            places.append(sight._replace(text=sample(sight.text)))
        elif same >= 0 and not places[same].text:
            places[same] = sight._replace(text=sample(sight.text))

    def color(self, value: str | None, role: Role, location: Location, text: str = "") -> None:
        """Note a colour '#RRGGBB', of whose words at `location` the first are kept; None is none that shows."""
        if value is not None:
            self._note(Sight("color", value.upper(), role, location, text))

    def font(self, family: str | None, location: Location, text: str) -> None:
        """Note the font of `text`, if there are letters in it that it is for."""
        if family and lettered(text):
            self._note(Sight("font", family.strip(), "text", location, text))

    def found(self) -> Iterator[Look]:
        for key, places in self._found.items():
            first = places[0]
            more = tuple((one.location, one.text) for one in places[1:])
            yield Look(first.kind, first.value, first.role, first.location, first.text, self._counts[key], more)


class Places:
    """Where lines of text stand, as the blocks of a document tell it."""

    def __init__(self, blocks: Iterable[Block | None]) -> None:
        self._by_line: dict[str, Location] = {}
        self._by_start: dict[str, Location] = {}
        for block in blocks:
            if block is None or block.layer == "description":
                continue
            for text in (block.text, *block.cells):
                for line in text.split("\n"):
                    words = lowered(normalise(line).text)
                    self._by_line.setdefault(words, block.location)
                    self._by_start.setdefault(words[:_START], block.location)

    def of(self, text: str) -> Location:
        """The place of a paragraph by its first line, or how that begins; the whole document where no block has it."""
        first = lowered(normalise(text.strip().split("\n")[0]).text)
        found = self._by_line.get(first) or (self._by_start.get(first[:_START]) if len(first) >= _START else None)
        return found or Location("document", None, "document")


def sample(text: str) -> str:
    """The first words of the first line of `text` that has any."""
    line = next((line for line in text.split("\n") if line.strip()), "")
    return " ".join(line.split()[:_MOST_WORDS])[:_LONGEST].strip()


def lettered(text: str) -> bool:
    """Whether there are letters or digits in `text` that a Latin font is for."""
    if text[:1].isascii() and text[:1].isalnum():          # nearly every word
        return True
    return any(char.isalnum() and ord(char) < _BEYOND_LATIN for char in text)
