"""The quick way to normalise plain text gives what the general way gives; marks are no part of what is said."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from msgcheck.normalise import _general, _plain, normalise, plain

LETTERS = "aZ9 \n-‐–—“”’'.%é®²½…ﬁ\u00a0\u00ad\t\u0301"


@settings(max_examples=400, deadline=None)
@given(st.text(LETTERS, max_size=30))
def test_both_ways_agree(text: str) -> None:
    quick = _plain(text)
    assert quick is None or quick == _general(text)


def test_the_quick_way_is_taken_for_plain_text_and_left_for_other() -> None:
    assert _plain(" “Steam”\nfor all – 20% off ") == normalise(" “Steam”\nfor all – 20% off ")
    assert _plain("re-\nfit") is None
    assert _plain("two  spaces") is None
    assert _plain("ﬁne") is None
    assert normalise("").text == ""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Storyloop® for 40¹⁰ firms²", "Storyloop for 40 firms"),
        ("A hall of 200 m², or 600m³", "A hall of 200 m², or 600m³"),
        ("Every team² and 7 m²³", "Every team and 7 m²"),
        ("40 km², 5 mm² and 20 ft³ for the programm²", "40 km², 5 mm² and 20 ft³ for the programm"),
    ],
)
def test_note_marks_are_left_out_and_units_are_not(text: str, said: str) -> None:
    assert plain(text) == said
