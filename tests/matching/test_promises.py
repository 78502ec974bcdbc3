"""Promises by their very words: who claims to be better, and who puts a figure to a gain."""

from __future__ import annotations

import pytest

from msgcheck.matching.promises import promise

SUPERIOR = (
    "No oven maker in Ireland delivers sooner.",
    "Nothing on the market bakes a drier crumb.",
    "The largest bakery supplier south of Dublin",
    "Our flour keeps longer than any other.",
    "The only deck oven in Europe with a stone roof",
    "Unrivalled crust",
    "No other oven course prepares you so well.",
    "Our ovens heat up faster than those of any other maker.",
    "Bakers who work with us are happier in their shops than those who bake elsewhere.",
    "The most popular oven software among young bakers",
    "No other oven tells the crust as reliably.",
    "The leading supplier of ovens in northern Europe",
    "The best-liked bakery in the whole town",
)
GAINS = (
    "Takings rise by a tenth in the first year.",
    "Half the cleaning time",
    "You burn a third less gas.",
    "Bakers who switched sell twice as many rolls.",
    "Waste is cut by forty per cent.",
    "It halves your gas bill.",
    "The crust is twice as crisp.",
    "Steadybake saves a bakery 90 hours of work a season.",
    "Bakers who call us first save £2,000 on average.",
    "Apprentices stay two years longer in bakeries that use Steadybake.",
)
NEITHER = (
    "No oven is delivered later than Friday.",
    "The test takes no longer than an hour.",
    "Gas prices fell by a third, the ministry said.",
    "We do not promise that your takings rise by a tenth.",
    "Will my takings rise by a tenth?",
    "The interest of the guests in the port is ours.",
    "A tenth of the dough rests overnight.",
    "The door is half open.",
    "No filter stays in place for more than six months.",
    "Nobody pays more than €49 a month.",
    "Three of your 41 lifts cause half of the complaints.",
    "The most popular loaf among our guests is rye.",
    "Proving takes two hours longer in winter.",
    "Two thirds of the staff are part-time.",
    "50% or more of the flour is rye.",
    "The first oven in the row is the hottest.",
    "No more than two trays fit.",
    "Trays are washed twice a week.",
    "It weighs less than a bicycle.",
    "Ask for the latest price list in English.",
)


@pytest.mark.parametrize("text", SUPERIOR)
def test_superiority(text: str) -> None:
    assert promise(text) == "superiority"


@pytest.mark.parametrize("text", GAINS)
def test_a_gain_with_a_figure(text: str) -> None:
    assert promise(text) == "gain"


@pytest.mark.parametrize("text", NEITHER)
def test_what_promises_nothing_by_its_words(text: str) -> None:
    assert promise(text) == ""
