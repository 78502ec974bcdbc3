"""How a passage stands among its neighbours."""

from __future__ import annotations

import pytest

from msgcheck.checks.context import heads_table
from msgcheck.model import Block, Location


def row(*cells: str, columns: tuple[str, ...] = ()) -> Block:
    text = " ".join(cells)
    return Block(text, text, "table-row", "body", Location("table"), cells=cells, columns=columns)


HEAD = row("Tours a year", "Price of each")
BELOW = row("up to 20,000", "£0.52", columns=("Tours a year", "Price of each"))
WORDS = Block("Prices", "Prices", "paragraph", "body", Location("table"))


@pytest.mark.parametrize(
    ("blocks", "at", "heads"),
    [((HEAD, BELOW), 0, True), ((HEAD, BELOW), 1, False), ((HEAD,), 0, False), ((WORDS, BELOW), 0, False)],
)
def test_the_row_that_names_the_columns(blocks: tuple[Block, ...], at: int, heads: bool) -> None:
    assert heads_table(blocks, at) is heads
