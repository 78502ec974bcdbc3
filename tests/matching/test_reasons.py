"""A comparison told in sentences."""

from __future__ import annotations

import pytest

from msgcheck.matching.reasons import called, judged, reasons, sentence
from msgcheck.matching.rows import Row
from msgcheck.model import CHANGE_KINDS, Change

WEEKS = Row("timeframe", "duration", "within three weeks", "within two months", "differs", 1.0)
SHARE = Row("number", "ratio", "94%", "more than nine in ten", "implied", 0.7)
SAME = Row("number", "count", "212 ovens", "212 ovens", "equal", 1.0)
HINT = Row("scope", "only", "", "only", "added", 0.4)
DROPPED = Row("number", "money:EUR", "up to €500", "", "dropped", 0.5)


@pytest.mark.parametrize(("row", "told"), [
    (WEEKS, "The length of time differs: 'within two months' in place of 'within three weeks'."),
    (SHARE, "The share 'more than nine in ten' follows from '94%'."),
    (SAME, "The number is the same: '212 ovens'."),
    (DROPPED, "The amount of money 'up to €500' is left out."),
    (HINT, "The restriction 'only' is added."),
])
def test_a_row_is_a_sentence(row: Row, told: str) -> None:
    assert sentence(row) == told


def test_what_differs_comes_first_and_weak_hints_are_kept_back() -> None:
    change = Change("timeframe", "within three weeks", "within two months")
    told = reasons("drift", (SAME, SHARE, HINT, WEEKS), (change,))
    assert told == (sentence(WEEKS), sentence(SHARE), sentence(SAME))
    assert judged(HINT) == "perhaps added"
    assert judged(WEEKS) == "differs"


@pytest.mark.parametrize("kind", CHANGE_KINDS)
@pytest.mark.parametrize(("approved", "found"), [("may lower", "lowers"), ("", "always"), ("in Ireland", "")])
def test_a_drift_that_only_the_wording_shows_names_the_words(kind: str, approved: str, found: str) -> None:
    (told, *_) = reasons("drift", (SAME,), (Change(kind, approved, found),))  # type: ignore[arg-type]  # of CHANGE_KINDS
    assert all(f"'{words}'" in told for words in (approved, found) if words)
    assert told.endswith(".")


def test_no_verdict_is_without_a_reason() -> None:
    assert reasons("same", (), ()) == ("No figure, date, name or condition in them differs.",)
    assert "too little in common" in reasons("other", (), ())[0]


def test_an_unknown_measure_goes_by_its_own_name() -> None:
    assert called("voltage") == "voltage"
    assert called("money:GBP") == "amount of money"
