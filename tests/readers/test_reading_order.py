"""The order in which boxes are read: drawn as maps, one letter a box."""

from __future__ import annotations

import itertools
import random

import pytest

from msgcheck.model import Box
from msgcheck.readers.reading_order import in_reading_order

MAPS = {
    "a title over two columns": """
        AAAAAAAAAAAAAAA
        ...............
        BBBBBB...DDDDDD
        CCCCCC...EEEEEE
        CCCCCC...EEEEEE
    """,
    "cards row by row": """
        AA.BB.CC
        ........
        DD.EE.FF
    """,
    "a sidebar as high as the page": """
        AA..BBBB
        AA..CCCC
        AA..DDDD
    """,
    "columns that end unevenly, a line under both": """
        AAAA..CCCC
        BBBB..CCCC
        ......DDDD
        ..........
        ..........
        EEEEEEEEEE
    """,
    "a column of rows within a row": """
        AAA...BB.CC
        AAA........
        AAA...DD.EE
    """,
    "a legend beside a drawing that begins lower": """
        AA......
        BB......
        CC......
        DD...FFF
        EE...GGG
    """,
    "a panel beside a grid of cards": """
        AAA....CC.DD
        AAA.........
        BBB....EE.FF
    """,
    "staggered steps": """
        AAA......
        ...BBB...
        ......CCC
    """,
}


def boxes(drawn: str) -> dict[str, Box]:
    lines = [line.strip() for line in drawn.strip().split("\n")]
    found: dict[str, Box] = {}
    for top, line in enumerate(lines):
        for left, letter in enumerate(line):
            if letter != ".":
                box = found.get(letter, (left * 40, top * 40, 0, 0))
                found[letter] = (min(box[0], left * 40), box[1], max(box[2], left * 40 + 40), top * 40 + 40)
    return found


@pytest.mark.parametrize("name", MAPS)
def test_maps(name: str) -> None:
    drawn = boxes(MAPS[name])
    for seed in range(6):                                     # whatever the order in which they were drawn
        letters = list(drawn)
        random.Random(seed).shuffle(letters)
        assert "".join(in_reading_order(letters, lambda letter: drawn[letter])) == "".join(sorted(drawn))


def test_tops_that_are_about_level_are_one_row() -> None:
    drawn = {"A": (0.0, 103.0, 90.0, 140.0), "B": (100.0, 100.0, 190.0, 180.0), "C": (200.0, 105.0, 290.0, 150.0)}
    for letters in itertools.permutations(drawn):
        assert in_reading_order(letters, lambda letter: drawn[letter]) == ["A", "B", "C"]


def test_frames_that_overlap_a_little_are_still_rows() -> None:
    drawn = {"A": (0.0, 0.0, 400.0, 60.0), "B": (0.0, 52.0, 400.0, 200.0), "C": (0.0, 195.0, 400.0, 260.0)}
    assert in_reading_order("CBA", lambda letter: drawn[letter]) == ["A", "B", "C"]


def test_nothing_is_lost_or_doubled() -> None:
    rng = random.Random(7)
    for _ in range(50):
        drawn = []
        for _ in range(30):
            left, top = rng.uniform(0, 900), rng.uniform(0, 500)
            drawn.append((left, top, left + rng.uniform(0, 300), top + rng.uniform(0, 200)))
        assert sorted(in_reading_order(drawn, lambda box: box)) == sorted(drawn)
