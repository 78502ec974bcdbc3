"""Addresses, titles of others' works, capitals."""

from __future__ import annotations

import pytest

from msgcheck.checks.cleared import is_former_name
from msgcheck.checks.zones import addresses, cited_titles, in_capitals, is_capitals
from msgcheck.model import Block, Location


def stretches(text: str) -> list[str]:
    return [text[start:end] for start, end in addresses(text)]


@pytest.mark.parametrize(("text", "found"), [
    ("See https://larkfield.example/login?x=1 now", ["https://larkfield.example/login?x=1"]),
    ("Write to info@larkfield.co.uk.", ["info@larkfield.co.uk"]),
    ("On www.larkfield.example and larkfield.ie/ovens, say", ["www.larkfield.example", "larkfield.ie/ovens,"]),
    ("The file price-list.v2.xlsx and /srv/docs/login.html", ["price-list.v2.xlsx", "/srv/docs/login.html"]),
    ("Follow @larkfield and #doughmaster", ["@larkfield", "#doughmaster"]),
    ("At the end.Next sentence, 3.5 kg, e.g. this, i.e. that, and/or both", []),
    ("Doughmaster. It bakes.", []),
    ("On larkfield.bakery or status.larkfield.bakery.", ["larkfield.bakery", "status.larkfield.bakery"]),
])
def test_addresses(text: str, found: list[str]) -> None:
    assert stretches(text) == found


@pytest.mark.parametrize(("text", "title"), [
    ('"Log In, Bake On: A Year", Crumb Monthly, issue 12', "Log In, Bake On: A Year"),
    ('"Why crusts crack" (Journal of Bread, vol. 4)', "Why crusts crack"),
    ('"The Slow Loaf", Crumb Press, 2019', "The Slow Loaf"),
    ('"We log in at four", says Maeve Doyle.', None),
    ('"We log in at four", Maeve Doyle, baker, 2024', None),
    ('He said "log in" twice.', None),
])
def test_cited_titles(text: str, title: str | None) -> None:
    assert [text[start:end] for start, end in cited_titles(text)] == ([title] if title else [])


def test_capitals() -> None:
    assert is_capitals("DOUGHMASTER AT WORK") and not is_capitals("DOUGHMASTER at work") and not is_capitals("7")
    block = Block("OVENS\nDOUGHMASTER LIVE\nDoughmaster bakes.", "", "paragraph", "body", Location("line", 1))
    assert in_capitals(block, 6, 17)
    assert not in_capitals(block, 23, 34)
    row = Block("DOUGHMASTER bakes", "", "table-row", "body", Location("table", 1), cells=("DOUGHMASTER", "bakes"))
    assert in_capitals(row, 0, 11)


@pytest.mark.parametrize(("text", "former"), [
    ("Doughmaster, formerly ProofBox, bakes", True), ("Doughmaster (previously known as the ProofBox)", True),
    ("It was once called ProofBox", True), ("ProofBox has been renamed", True), ("ProofBox is now Doughmaster", True),
    ("ProofBox, now called Doughmaster, bakes", True), ("ProofBox is now cheaper", False), ("ProofBox bakes", False),
    ("We bought a ProofBox formerly", False), ("Formerly we liked ovens. ProofBox bakes", False),
])
def test_former_names(text: str, former: bool) -> None:
    at = text.index("ProofBox")
    assert is_former_name(text, at, at + len("ProofBox")) is former
