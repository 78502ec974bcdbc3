"""The judges that were fitted in place: the same answer whatever is asked beside it."""

from __future__ import annotations

import numpy as np
import pytest

from msgcheck.matching.claims import claim_judge
from msgcheck.matching.comparison import compare, default_comparer
from msgcheck.matching.in_place import EVIDENCE, SEEN, in_place

PAIRS = [
    ("Repairs are done within two days.", "A broken pump is mended within two days."),
    ("Repairs are done within two days.", "A broken pump is mended when our fitter is free."),
    ("We never sell your data.", "What you tell us stays with us."),
    ("Every boat has a radio.", "The museum opens at nine."),
]


def test_a_chance_does_not_depend_on_what_is_asked_beside_it() -> None:
    rows = default_comparer().evidence(PAIRS)
    assert rows.shape == (len(PAIRS), len(EVIDENCE))
    judge = in_place()["drift"]
    alone = [float(judge.chances(row[None])[0]) for row in rows]
    assert judge.chances(rows).tolist() == alone
    assert judge.chances(rows[::-1])[::-1].tolist() == alone


def test_a_claim_s_odds_do_not_depend_on_what_is_asked_beside_them() -> None:
    judge = claim_judge()
    width = len(judge._mean)
    rows = np.random.default_rng(1).normal(size=(37, width)).astype(np.float32)
    together = judge.second(rows)
    assert together.tolist() == [float(judge.second(row[None])[0]) for row in rows]
    assert judge.second(rows[5:])[:3].tolist() == together[5:8].tolist()


def test_each_question_has_a_judge() -> None:
    assert set(in_place()) == set(SEEN)


def test_what_is_suspected_is_called_a_drift_and_said_so_surely() -> None:
    told = compare(*PAIRS[1])
    assert told.drifts == (told.decided or told.suspicion >= 0.55)
    if told.drifts:
        assert told.relation == "drift" and told.changes and told.chances[2] == pytest.approx(told.confidence, abs=1e-3)
    assert sum(told.chances) == pytest.approx(1.0)
