"""Units of measure, as names → dimension and factor to the dimension's base unit.

Factors are the exact definitions of the SI brochure (9th edition), the international yard and pound agreement of 1959, and
US customary units; a month is 30 days and a year 365 (the guide format's own arithmetic: "'a month' for 30 days").
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Unit:
    name: str
    dimension: str
    factor: float


_TABLE: tuple[tuple[str, float, str], ...] = (
    # dimension, factor, names (the first is the canonical one)
    ("duration", 1e-6, "microsecond microseconds µs μs"),
    ("duration", 0.001, "millisecond milliseconds ms msec"),
    ("duration", 1.0, "second seconds sec secs s"),
    ("duration", 60.0, "minute minutes min mins"),
    ("duration", 3600.0, "hour hours hr hrs h"),
    ("duration", 86400.0, "day days night nights"),
    ("duration", 604800.0, "week weeks wk wks"),
    ("duration", 1209600.0, "fortnight fortnights"),
    ("duration", 2592000.0, "month months mth mths"),
    ("duration", 7776000.0, "quarter quarters"),
    ("duration", 31536000.0, "year years yr yrs"),
    ("duration", 315360000.0, "decade decades"),
    ("duration", 3153600000.0, "century centuries"),
    ("length", 1e-6, "micrometre micrometer micrometres micrometers micron microns µm μm"),
    ("length", 0.001, "millimetre millimeter millimetres millimeters mm"),
    ("length", 0.01, "centimetre centimeter centimetres centimeters cm"),
    ("length", 1.0, "metre meter metres meters m"),
    ("length", 1000.0, "kilometre kilometer kilometres kilometers km kms"),
    ("length", 0.0254, "inch inches"),
    ("length", 0.3048, "foot feet ft"),
    ("length", 0.9144, "yard yards yd"),
    ("length", 1609.344, "mile miles mi"),
    ("area", 1.0, "m² m2 sqm"),
    ("area", 10000.0, "hectare hectares ha"),
    ("area", 4046.8564224, "acre acres"),
    ("mass", 1e-9, "microgram micrograms µg μg mcg"),
    ("mass", 1e-6, "milligram milligrams mg"),
    ("mass", 0.001, "gram grams gramme grammes g"),
    ("mass", 1.0, "kilogram kilograms kilogramme kilogrammes kilo kilos kg"),
    ("mass", 1000.0, "tonne tonnes t"),
    ("mass", 907.18474, "ton tons"),
    ("mass", 0.45359237, "pound-weight lb lbs"),
    ("mass", 0.028349523125, "ounce ounces oz"),
    ("volume", 1e-6, "microlitre microliter microlitres microliters µl μl"),
    ("volume", 1e-3, "millilitre milliliter millilitres milliliters ml"),
    ("volume", 0.01, "centilitre centiliter centilitres centiliters cl"),
    ("volume", 1.0, "litre liter litres liters l"),
    ("volume", 100.0, "hectolitre hectoliter hectolitres hectoliters hl"),
    ("volume", 1000.0, "m³ m3"),
    ("volume", 3.785411784, "gallon gallons"),
    ("temperature", 1.0, "°c ℃ celsius"),
    ("temperature", 1.8, "°f ℉ fahrenheit"),
    ("power", 0.001, "milliwatt milliwatts"),
    ("power", 1.0, "watt watts w"),
    ("power", 1000.0, "kilowatt kilowatts kw"),
    ("power", 1e6, "megawatt megawatts mw"),
    ("power", 1e9, "gigawatt gigawatts gw"),
    ("energy", 3.6e6, "kilowatt-hour kilowatt-hours kwh"),
    ("energy", 3.6e9, "megawatt-hour megawatt-hours mwh"),
    ("energy", 3.6e3, "watt-hour watt-hours wh"),
    ("voltage", 1.0, "volt volts v"),
    ("voltage", 1000.0, "kilovolt kilovolts kv"),
    ("current", 1.0, "ampere amperes amp amps"),
    ("data", 1e3, "kilobyte kilobytes kb"),
    ("data", 1e6, "megabyte megabytes mb"),
    ("data", 1e9, "gigabyte gigabytes gb gig gigs"),
    ("data", 1e12, "terabyte terabytes tb"),
    ("data", 1e15, "petabyte petabytes pb"),
    ("bitrate", 1e3, "kbit/s kbps kilobits kb/s"),
    ("bitrate", 1e6, "mbit/s mbps megabits megabit mb/s"),
    ("bitrate", 1e9, "gbit/s gbps gigabits gigabit gb/s"),
    ("bitrate", 1e12, "tbit/s tbps terabits terabit tb/s"),
    ("frequency-hz", 1.0, "hertz hz"),
    ("frequency-hz", 1e3, "kilohertz khz"),
    ("frequency-hz", 1e6, "megahertz mhz"),
    ("frequency-hz", 1e9, "gigahertz ghz"),
    ("sound", 1.0, "decibel decibels db db(a) dba"),
    ("sound-c", 1.0, "db(c) dbc"),
    ("speed", 1 / 3.6, "km/h kph kmh"),
    ("speed", 0.44704, "mph"),
    ("speed", 1.0, "m/s"),
    ("pressure", 1.0, "bar bars"),
    ("pressure", 1e-3, "millibar millibars mbar"),
    ("pressure", 1.33322387415e-3, "mmhg"),
    ("force", 1.0, "newton newtons"),
    ("force", 1e3, "kilonewton kilonewtons kn"),
    ("power", 735.49875, "horsepower hp"),
    ("power-peak", 1e3, "kwp"),
    ("angle", 1.0, "degree degrees"),
    ("light", 1.0, "lumen lumens lm"),
    ("speed", 1852 / 3600, "knot knots"),
    ("pressure", 1e-5, "pascal pascals pa"),
    ("pressure", 0.0689475729, "psi"),
    ("ratio", 0.01, "percent per-cent % pc percentage"),
    ("point", 1.0, "percentage-point percentage-points pp"),
    ("ratio", 0.001, "per-mille ‰"),
    ("ratio", 0.0001, "basis-point bps"),
)

UNITS: dict[str, Unit] = {
    name: Unit(names.split()[0], dimension, factor) for dimension, factor, names in _TABLE for name in names.split()
}

CASED: dict[str, Unit] = {
    "mW": UNITS["milliwatt"],
    **{
        f"{prefix}B{a_second}": Unit(f"{prefix}B/s", "bitrate", 8 * factor)
        for prefix, factor in (("k", 1e3), ("K", 1e3), ("M", 1e6), ("G", 1e9), ("T", 1e12))
        for a_second in ("/s", "ps")
    },
}
"""Names that mean something else in lower case: of a rate, "B" is bytes and "b" bits."""

CURRENCIES: dict[str, str] = {
    "€": "EUR",
    "$": "USD",
    "£": "GBP",
    "¥": "JPY",
    "eur": "EUR",
    "euro": "EUR",
    "euros": "EUR",
    "usd": "USD",
    "dollar": "USD",
    "dollars": "USD",
    "gbp": "GBP",
    "pound": "GBP",
    "pounds": "GBP",
    "chf": "CHF",
    "franc": "CHF",
    "francs": "CHF",
    "yen": "JPY",
    "cent": "cent",
    "cents": "cent",
    "pence": "cent",
    "penny": "cent",
    "kr": "KR",
    "sek": "SEK",
    "nok": "NOK",
    "dkk": "DKK",
}

AMBIGUOUS = frozenset(
    {
        "s",
        "h",
        "m",
        "t",
        "g",
        "l",
        "w",
        "v",
        "min",
        "quarter",
        "quarters",
        "pound",
        "pounds",
        "point",
        "second",
        "season",
    }
)
"""Names that are units only right after a figure in digits, or need care."""

# kinds of day that are no calendar day
DAY_KINDS = frozenset({"working", "business", "work", "week", "trading", "banking", "operating", "school"})
