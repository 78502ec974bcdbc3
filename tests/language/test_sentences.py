"""Where sentences end: each case is a text with | at the ends that a careful reader sees."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from msgcheck.language.passages import sentences
from msgcheck.normalise import normalise

CASES = [
    "The lamps arrive on Monday. | They are fitted the same day. | Nobody waits!",
    "Is it loud? | No. | You will not hear it.",
    "A pump of 4.5 kW runs at 35 dB(A). | That is a whisper.",
    "It needs 5 ms. | Others need 20 ms. | A mast of 10 ft. needs no permit.",
    "Many tools, e.g. Lathes and i.e. Drills, are kept vs. Hired out, approx. 40 of them.",
    "Dr. Osei of Larch Ltd. | We met her and Mr. J. Brandt in St. Gallen.",
    "See Fig. 3 and No. 4 of vol. 2 on p. 7. | The rest is in App. B.",
    "Boats by Kestrel Inc. are built here. | They float.",
    "The yard shuts at 5 p.m. on Fridays. | It opens at 6 a.m. | We are there.",
    "Made in the U.S. for the U.K. market. | We ship to the U.S. | The rest follows.",
    "“We asked for two. | They sent three,” says Ida Holm. | “It works!” says Bo. | “Good.” | Bo agrees.",
    "“They came the same night.” | – Ida Holm, harbour master",
    "They asked “Is it safe? Can we start?” and we started. | It was.",
    "It holds (see Fig. 2. It is new) for years. | (Ask for the sheet.) | We send it.",
    "No leak was found.2 | We looked twice.¹ | So did they.",
    "We wait … and wait... | Then it rains. | 99% of the barrels fill. | iPumps start.",
    "1. Open the valve. | Wait.",
    "Table 2. Barrels by year",
    "© 2026 Larch Ltd. All rights reserved. | Printed in Ghent.",
    "Go to www.larch.example. | Ask for Ida at ida@larch.example. | She is in.",
    "One word only",
    "Berg et al. | The others disagree. | Berg et al. Norwegian edition.",
    "Version 2.0.1 is out; v. 3 follows. | At $5.50 it is cheap.",
]


@pytest.mark.parametrize("case", CASES)
def test_sentences_end_where_a_reader_ends_them(case: str) -> None:
    parts = [normalise(part).text for part in case.split(" | ")]
    text = " ".join(parts)
    assert [text[start:end] for start, end in sentences(text)] == parts


@given(st.lists(st.sampled_from(['A', 'b', 'Mr', '.', '?', '!', '"', '(', ')', ' ', '1', '…', '–', 'e.g', '©'])))
def test_sentences_are_in_order_and_leave_out_only_white_space(parts: list[str]) -> None:
    text = normalise("".join(parts)).text
    spans = sentences(text, "xx")
    kept = "".join(text[start:end] for start, end in spans)
    assert kept.replace(" ", "") == text.replace(" ", "")
    assert all(start < end for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))


def test_leader_dots_end_nothing_however_many_there_are() -> None:
    """A pattern that tries each way to part a row of dots would not come back from this."""
    text = f"Introduction{'.' * 4000}5 and so on{'!?' * 2000}x here. Then comes the next."
    assert [text[start:end] for start, end in sentences(text)][-1] == "Then comes the next."
