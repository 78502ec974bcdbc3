import pytest

from msgcheck.matching.changed_words import telling, whole_words


@pytest.mark.parametrize(
    ("scores", "run"),
    [
        ([2.0], (0, 1)),
        ([-1.0, 2.0, 1.0, -3.0, 2.5], (1, 3)),
        ([-1.0, 2.0, -0.5, 3.0, -3.0], (1, 4)),            # a doubtful token between two sure ones belongs to them
        ([-3.0, -0.5, -2.0], (1, 2)),                      # nothing is likely: the likeliest alone
    ],
)
def test_the_run_with_the_greatest_sum_is_telling(scores: list[float], run: tuple[int, int]) -> None:
    assert telling(scores) == run


@pytest.mark.parametrize(
    ("text", "part", "words"),
    [
        ("billed by the minute", "inut", "minute"),
        ("only €19.50 a month", "19", "€19.50"),
        ("once you pass 20,000 tours, it falls", "000", "20,000"),
        ("in 2025, 40 fleets", "2025", "2025"),
        ("the customer's own crane", "customer", "customer's"),
        ("a 'lockable' rack - of steel", "lockable", "lockable"),
    ],
)
def test_words_are_told_whole(text: str, part: str, words: str) -> None:
    start = text.index(part)
    assert whole_words(text, (start, start + len(part))) == words


def test_what_is_empty_stays_empty() -> None:
    assert whole_words("steel", (0, 0)) == ""
