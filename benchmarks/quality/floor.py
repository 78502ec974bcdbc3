"""The floor under the quality on the samples: figures that a change may raise and never lower.

`floor.json` holds the lowest F1 and precision and the highest shares of false alarms. `tests/quality` holds a run to
it, and holds the file to every version of itself in the history.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from benchmarks.quality.scoring import Tally

FILE = Path(__file__).with_name("floor.json")
AT_LEAST = ("f1", "precision")
AT_MOST = ("false_alarms_on_message", "false_alarms_neutral")
_SLACK = 0.01  # what the run that sets a floor may be above it

Floor = Mapping[str, float]


def floor() -> Floor:
    return read(FILE.read_text("utf-8"))


def read(text: str) -> Floor:
    """Raises ValueError where the text is not a floor."""
    table = json.loads(text)
    if not isinstance(table, dict) or set(table) != {*AT_LEAST, *AT_MOST}:
        raise ValueError(f"a floor has the keys {', '.join((*AT_LEAST, *AT_MOST))}")
    return {key: float(value) for key, value in table.items()}


def figures(tally: Tally) -> Floor:
    """The figures that have a floor."""
    return {
        "f1": tally.f1,
        "precision": tally.precision,
        "false_alarms_on_message": tally.false_alarms("on-message"),
        "false_alarms_neutral": tally.false_alarms("neutral"),
    }


def below(measured: Floor, least: Floor) -> list[str]:
    """A sentence for each figure that is worse than its floor."""
    worse = [key for key in AT_LEAST if measured[key] < least[key]]
    worse += [key for key in AT_MOST if measured[key] > least[key]]
    return [f"{key} is {measured[key]:.3f}, where {least[key]:.3f} is the floor" for key in worse]


def lowered(now: Floor, before: Iterable[Floor]) -> list[str]:
    """A sentence for each figure of `now` that asks for less than an earlier floor did."""
    return [told for earlier in before for told in below(now, earlier)]


def raised(least: Floor, measured: Floor) -> Floor:
    """The floor a little under what was measured, and nowhere lower than it was."""
    up = {key: max(least[key], round(measured[key] - _SLACK, 3)) for key in AT_LEAST}
    down = {key: min(least[key], round(measured[key] + _SLACK, 3)) for key in AT_MOST}
    return {**up, **down}


def write(least: Floor) -> None:
    FILE.write_text(json.dumps(least, indent=1) + "\n", "utf-8")
