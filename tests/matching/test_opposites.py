import pytest

from msgcheck.language.facts import facts
from msgcheck.matching.leftover import leftover
from msgcheck.matching.opposites import attributes, one_exchange, opposites


@pytest.mark.parametrize(
    ("approved", "found", "what"),
    [
        ("Boats are cleaned before each trip.", "Boats are cleaned after each trip.", "opposite"),
        ("The tenant insures the furniture.", "The landlord insures the furniture.", "party"),
        ("You own the source code.", "We own the source code.", "party"),
    ],
)
def test_an_opposite_in_the_same_place_is_told(approved: str, found: str, what: str) -> None:
    (row,) = opposites(approved, found)
    assert (row.kind, row.what) == ("contradiction", what)
    assert row.approved in approved
    assert row.found in found


@pytest.mark.parametrize(
    ("approved", "found"),
    [
        ("Boats are cleaned before each trip.", "Before each trip, boats are cleaned."),
        ("Boats are cleaned before each trip.", "Ships are washed after each trip."),       # more than one place
        ("Your kayak dries overnight in the hall.", "Our kayak dries overnight in the hall."),
        ("Open daily.", "Closed daily."),                  # too little is alike to be sure of the subject
    ],
)
def test_nothing_is_told_of_other_differences(approved: str, found: str) -> None:
    assert list(opposites(approved, found)) == []


def test_an_exchange_names_its_offsets() -> None:
    one, other = "The lid is made of steel.", "The lid is made of soft plastic."
    assert one_exchange(one, other) == ((19, 24), (19, 31))
    assert one_exchange(one, one) is None


@pytest.mark.parametrize(
    ("approved", "found", "told"),
    [
        ("Keys are held by separate women.", "Keys are held by the same women.", ("separate women", "same women")),
        ("Files lie in separate boxes.", "Files lie in the same locked box.", ("separate boxes", "same locked box")),
    ],
)
def test_an_attribute_is_quoted_as_it_is_written(approved: str, found: str, told: tuple[str, str]) -> None:
    ours, theirs = facts([approved, found])
    (row,) = attributes(ours, theirs, leftover(ours, theirs))
    assert (row.approved, row.found) == told
