"""Figures as they stand in sentences: value, unit, bound, rate."""

from __future__ import annotations

import datetime

import pytest

from msgcheck.language.codes import codes
from msgcheck.language.facts import facts
from msgcheck.language.moments import moments
from msgcheck.language.places import lies_in, place
from msgcheck.language.quantities import quantities

DAY = 86400.0

VALUES = [
    ("four point two tonnes", "mass", 4200.0, "="),
    ("the job takes half a decade", "duration", 5 * 365 * DAY, "="),
    ("a half-hour lesson", "duration", 1800.0, "="),
    ("15 metres per second", "speed", 15.0, "="),
    ("900 metres a minute", "speed", 15.0, "="),
    ("every second Tuesday", "frequency", 1 / (14 * DAY), "="),
    ("each third month", "frequency", 1 / (90 * DAY), "="),
    ("each quarter-hour", "frequency", 1 / 900, "="),
    ("leave at the end of any month", "frequency", 1 / (30 * DAY), "="),
    ("every night", "frequency", 1 / DAY, "="),
    ("SEK 40 a month", "money:SEK", 40.0, "="),
    ("twelve of the sixteen largest yards", "ratio", 0.75, "="),
    ("one in two or more lives near", "ratio", 0.5, ">="),
    ("nine out of ten parcels or more", "ratio", 0.9, ">="),
    ("you may leave once a year has gone by", "duration", 365 * DAY, "="),
    ("paid once a year", "frequency", 1 / (365 * DAY), "="),
    ("of every hundred sailings in 2025, 96 came in on time", "ratio", 0.96, "="),
    ("out of every hundred doors, sixteen were faulty", "ratio", 0.16, "="),
    ("half an hour of fire, if not longer", "duration", 1800.0, ">="),
    ("kept £18 of every £100 on the bill", "ratio", 0.18, "="),
    ("for half an hour, if not longer", "duration", 1800.0, ">="),
    ("85 factories and more than ever", "count", 85.0, "="),
    ("at -18 degrees Celsius", "temperature", -18.0, "="),
    ("kept at \u221220 °C or colder", "temperature", -20.0, "<="),
    ("frozen at minus eighteen degrees Celsius", "temperature", -18.0, "="),
    ("Freezer: –20 °C", "temperature", -20.0, "="),
    ("at forty degrees below zero", "temperature", -40.0, "="),
    ("at twenty-five degrees of frost", "temperature", -25.0, "="),
    ("works at 30 °C below zero", "temperature", -30.0, "="),
    ("a pre-20 °C sample", "temperature", 20.0, "="),
    ("a laser of 5 mW", "power", 0.005, "="),
    ("a turbine of 5 MW", "power", 5e6, "="),
    ("a line of 10 Gb/s", "bitrate", 10e9, "="),
    ("a line of 10 Gbit/s", "bitrate", 10e9, "="),
    ("reads 2 GB/s", "bitrate", 16e9, "="),
    ("reads 200 MBps", "bitrate", 1.6e9, "="),
    ("reads 2 gigabytes a second", "bitrate", 16e9, "="),
    ("500 GB of storage", "data", 500e9, "="),
    ("slopes of 30 degrees", "angle", 30.0, "="),
    ("40 basis points", "ratio", 0.004, "="),
    ("lines of 4 Mbit/s or faster", "bitrate", 4e6, ">="),
    ("water as hot as 60 °C", "temperature", 60.0, "<="),
    ("over the ten years before", "duration", 10 * 365 * DAY, "="),
    ("all sizes apart from the 200-litre drum", "volume", 200.0, "="),
    ("the top 30 mills", "count", 30.0, "="),
    ("half a million kilometres", "length", 5e8, "="),
    ("half a dozen crates", "count", 6.0, "="),
    ("a maximum of £5m", "money:GBP", 5e6, "<="),
    ("a fund of €2bn", "money:EUR", 2e9, "="),
    ("checks every half an hour", "frequency", 1 / 1800, "="),
    ("a fund of €2 bn", "money:EUR", 2e9, "="),
    ("a 100-watt-class speaker", "power", 100.0, "="),
    ("choose from 22 materials", "count", 22.0, "="),
    ("records from 340 hospitals", "count", 340.0, "="),
    ("from 20 pallets upwards", "count", 20.0, ">="),
    ("91 of every 100 tonnes", "ratio", 0.91, "="),
    ("nor more than 12 days", "duration", 12 * DAY, "<="),
]


@pytest.mark.parametrize(("text", "dimension", "value", "comparator"), VALUES)
def test_a_figure(text: str, dimension: str, value: float, comparator: str) -> None:
    (quantity,) = quantities(text)
    assert (quantity.dimension, quantity.comparator) == (dimension, comparator)
    assert quantity.low == quantity.high == pytest.approx(value)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("small series from ten to 2,000 pieces", 10, 2000),
        ("Fee: min. 2%, max. 3.5%", 0.02, 0.035),
        ("grows from 3 to 20 kilowatts", 3000, 20_000),
        ("60 to 80 °F", 28 / 1.8, 48 / 1.8),
        ("between -25 and -18 °C", -25, -18),
        ("from minus 20 °C to plus 40 °C", -20, 40),
        ("\u221220 to +40 °C", -20, 40),
        ("-4 °F to 32 °F", -20, 0),
        ("2-8 °C", 2, 8),
        ("at least 5 days and at most 8 days", 5 * DAY, 8 * DAY),
    ],
)
def test_a_range(text: str, low: float, high: float) -> None:
    (quantity,) = quantities(text)
    assert (quantity.low, quantity.high, quantity.comparator) == (pytest.approx(low), pytest.approx(high), "=")


@pytest.mark.parametrize("text", ["eight working hours", "eight hours of working time"])
def test_working_time(text: str) -> None:
    assert quantities(text)[0].kind == "working"


@pytest.mark.parametrize(("text", "of"), [("Materials: 32", "material"), ("Sites: 3 (Norway)", "site")])
def test_what_a_row_counts_stands_before_its_figure(text: str, of: str) -> None:
    (quantity,) = quantities(text)
    assert quantity.of == of


def test_a_stroke_between_spaces_parts_figures() -> None:
    frames, hours = quantities("4 frames / 5 hours / no deposit")
    assert (frames.low, frames.per, hours.dimension) == (4.0, "", "duration")
    assert quantities("€4 / month")[0].per == "month"


@pytest.mark.parametrize("text", ["between $300 and $9,000", "from $300 to $9,000", "US$300–US$9,000"])
def test_a_range_of_prices(text: str) -> None:
    (quantity,) = quantities(text)
    assert (quantity.low, quantity.high, quantity.comparator) == (300.0, 9000.0, "=")


def test_a_bound_belongs_to_its_own_figure() -> None:
    load, soil = quantities("bears 40 tonnes when covered by at least 30 cm of soil")
    assert (load.comparator, soil.comparator) == ("=", ">=")
    share, hours = quantities("81% said that it saves them four hours or more")
    assert (share.comparator, hours.comparator) == ("=", ">=")


def test_a_range_of_counts_is_no_time_of_day() -> None:
    assert moments("small series from ten to 2,000 pieces") == ()


def test_per_is_read_over_square_and_cubic() -> None:
    (quantity,) = quantities("3 kWh per cubic metre")
    assert quantity.per == "m³"


@pytest.mark.parametrize(
    ("text", "dimension", "amount"),
    [
        ("forests of 40 km²", "area", 40e6),
        ("a cable of 5 mm2", "area", 5e-6),
        ("200 sq ft", "area", 18.58),
        ("200 ft²", "area", 18.58),
        ("doses of 5 cm³", "volume", 0.005),
        ("tanks of 2 m³", "volume", 2000.0),
    ],
)
def test_squares_and_cubes_of_lengths(text: str, dimension: str, amount: float) -> None:
    (quantity,) = quantities(text)
    assert (quantity.dimension, quantity.low) == (dimension, pytest.approx(amount, rel=1e-3))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("IP65-certified housing", ["IP65"]),
        ("needs iOS 17 at least", ["iOS 17"]),
        ("meets EN 343 class 3", ["EN 343", "class 3"]),
        ("reads version 2.1 of the format", ["version 2.1"]),
    ],
)
def test_identifiers(text: str, found: list[str]) -> None:
    assert [code for code, _, _ in codes(text)] == found


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("open on weekdays and Saturdays", (1, 6)),
        ("open Monday to Saturday", (1, 6)),
        ("open every working day", (1, 5)),
        ("open, weekends off", (1, 5)),
        ("open on weekends", (6, 7)),
        ("open every day of the year", (1, 7)),
    ],
)
def test_days_of_the_week(text: str, days: tuple[int, int]) -> None:
    (moment,) = moments(text)
    assert (moment.kind, moment.first, moment.last) == ("days", *days)


def test_places_and_what_lies_in_them() -> None:
    assert place("Swiss") == place("Switzerland") == "Switzerland"
    assert place("the European Union") == "EU"
    assert place("Atlantis") == ""
    assert lies_in("Germany", "EU") and lies_in("EU", "Europe") and lies_in("Scotland", "Great Britain")
    assert not lies_in("Norway", "EU") and lies_in("Norway", "EEA")
    assert not lies_in("Europe", "Germany")


@pytest.mark.parametrize("text", ["takes from 2 to 4 days", "grew from 5 to 7 offices", "runs at from 3 to 20 kW"])
def test_a_range_of_figures_is_no_time_of_day(text: str) -> None:
    (found,) = facts([text])
    assert found.moments == ()
    assert len(found.quantities) == 1


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("from 9 to 5 o'clock", 540, 1020),
        ("6 pm to 6 am", 1080, 1800),
        ("22:00 to 06:00", 1320, 1800),
        ("from seven until ten at night", 420, 1320),
        ("8 pm until 12 am", 1200, 1440),
    ],
)
def test_hours_of_a_day_and_a_night(text: str, first: int, last: int) -> None:
    (moment,) = (one for one in moments(text) if one.kind == "clock")
    assert (moment.first, moment.last) == (first, last)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("in the twelve months to September 2026", "2025-10-01", "2026-09-30"),
        ("in the year ended 31 March 2026", "2025-04-01", "2026-03-31"),
        ("over the 18 months up to the end of June 2026", "2025-01-01", "2026-06-30"),
        ("the quarter to June 2026", "2026-04-01", "2026-06-30"),
    ],
)
def test_a_stretch_is_told_by_its_length_and_its_end(text: str, first: str, last: str) -> None:
    (moment,) = moments(text)
    assert moment.kind == "date"
    assert [datetime.date.fromordinal(day).isoformat() for day in (moment.first, moment.last)] == [first, last]


def test_a_full_stop_is_no_part_of_a_date() -> None:
    assert [m.text for m in moments("Until 31 March.")] == ["31 March"]
    assert [m.text for m in moments("Open until Dec. and again from 3 Feb. on")] == ["Dec.", "3 Feb"]


def test_what_looks_like_a_year_may_be_a_weight() -> None:
    weight, year = facts(["The crane lifts 2000 kg.", "The crane has lifted since 2000."])
    assert [q.dimension for q in weight.quantities] == ["mass"]
    assert weight.moments == ()
    assert len(year.moments) == 1


@pytest.mark.parametrize(("text", "found"), [("It opens in May.", 1), ("May cut the noise.", 0), ("It may rain.", 0)])
def test_a_month_has_a_capital_and_begins_no_sentence(text: str, found: int) -> None:
    assert len(moments(text)) == found


@pytest.mark.parametrize("text", ["Holds 40 litres", "Serves 12 people", "Cuts 30 planks a day"])
def test_a_verb_and_a_figure_are_no_code(text: str) -> None:
    assert codes(text) == ()
    assert quantities(text)
