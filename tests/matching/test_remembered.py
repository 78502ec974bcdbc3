"""Comparisons and opinions that were kept are the ones that were made, and only for who asks the same."""

from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from msgcheck import revision
from msgcheck.cache import Cache
from msgcheck.language.encoder import load_encoder
from msgcheck.matching import comparison
from msgcheck.matching.comparison import Comparison
from msgcheck.matching.pair_model import PairModel
from msgcheck.matching.reading import SentenceReader
from msgcheck.matching.remembered import KeptComparisons, KeptOpinions
from msgcheck.matching.rows import Row
from msgcheck.model import Change
from msgcheck.recent import Recent

PAIR = ("Our ferry crosses in two hours.", "The ferry crosses in three hours.")
ROW = Row("timeframe", "duration", "two hours", "three hours", "differs", 1.0)
COMPARISON = Comparison(
    "drift", (Change("timeframe", "two hours", "three hours"),), 0.875, ("Three is not two.",), (ROW,),
    (0.1, 1 / 3, float(np.float64(0.7) / 3), 5e-324), 0.1 + 0.2,
)


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "kept")


def test_a_comparison_comes_back_to_the_last_bit(cache: Cache) -> None:
    KeptComparisons(cache, Comparison, ("encoder",)).keep({PAIR: COMPARISON})
    assert KeptComparisons(cache, Comparison, ("encoder",)).known([PAIR, ("a", "b")]) == {PAIR: COMPARISON}


def test_a_comparison_is_found_under_its_own_question_alone(cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    KeptComparisons(cache, Comparison, ("encoder", "Fjord Line")).keep({PAIR: COMPARISON})
    assert not KeptComparisons(cache, Comparison, ("encoder",)).known([PAIR])
    assert not KeptComparisons(cache, Comparison, ("encoder", "Fjord Line", "pair model")).known([PAIR])
    assert not KeptComparisons(cache, Comparison, ("encoder", "Fjord Line")).known([PAIR[::-1]])
    monkeypatch.setattr(revision, "analysis", lambda: "another")
    assert not KeptComparisons(cache, Comparison, ("encoder", "Fjord Line")).known([PAIR])


class Recorder:
    """Stands in for the network: the states of a pair are the lengths of its texts."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []

    def run(self, pairs: list[tuple[str, str]]) -> list[SimpleNamespace]:
        self.asked += pairs
        return [
            SimpleNamespace(
                index=i, states=np.array([[len(a), 1], [len(b), 2]], np.float32),
                offsets=((0, len(a)), (0, len(b))), types=(0, 1),
            )
            for i, (a, b) in enumerate(pairs)
        ]


def model(cache: Cache | None) -> tuple[PairModel, Recorder]:
    made, recorder = PairModel.__new__(PairModel), Recorder()
    made._heads = {"relation": (np.eye(3, 4, dtype=np.float32) / 3, np.ones(3, np.float32))}
    made._bert = recorder  # type: ignore[assignment]
    made._changed = np.ones(2, np.float32), np.float32(0)
    made._width, made._kept, made.seen, made.cache = 7, Recent(9), 0, cache
    return made, recorder


def test_opinions_are_kept_and_asked_for_once(cache: Cache) -> None:
    pairs = [PAIR, ("a", "bc"), PAIR]
    bare, _ = model(None)
    first, asked = model(cache)
    again, asked_again = model(cache)
    expected = bare.opinions(pairs)
    assert first.opinions(pairs).tobytes() == again.opinions(pairs).tobytes() == expected.tobytes()
    assert asked.asked == [PAIR, ("a", "bc")]
    assert not asked_again.asked
    assert again.opinions([("a", "bd")]).shape == (1, 7)
    assert asked_again.asked == [("a", "bd")]


def test_what_changed_is_kept_with_the_opinion(cache: Cache) -> None:
    first, _ = model(cache)
    again, asked_again = model(cache)
    pair = ("one day", "two days")
    assert first.changed([pair]) == again.changed([pair]) == [pair]
    assert not asked_again.asked


def test_an_opinion_of_another_width_is_a_miss(cache: Cache) -> None:
    KeptOpinions(cache, 3).keep({PAIR: np.ones(3, np.float32)})
    assert set(KeptOpinions(cache, 3).known([PAIR])) == {PAIR}
    assert not KeptOpinions(cache, 4).known([PAIR])


def test_comparisons_of_earlier_documents_are_dropped_once_they_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    comparer = comparison.Comparer(SentenceReader(load_encoder()))
    asked: list[int] = []
    own = comparison.Comparer._compare

    def counted(self: comparison.Comparer, pairs: Sequence[tuple[str, str]]) -> list[comparison.Comparison]:
        asked.append(len(pairs))
        return own(self, pairs)

    monkeypatch.setattr(comparison.Comparer, "_compare", counted)
    pairs = [("Our mill grinds rye.", f"Mill number {number} grinds rye.") for number in range(4)]
    comparer.compare(pairs)
    comparer.begin()
    comparer.compare(pairs)                                # few: still known
    assert asked == [4]
    monkeypatch.setattr(comparison, "_OF_EARLIER", 3)
    comparer.begin()
    comparer.compare(pairs[:1])
    assert asked == [4, 1]
