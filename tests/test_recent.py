from collections.abc import Iterable, Mapping

from msgcheck.recent import Recent


def test_the_longest_unused_are_forgotten_first() -> None:
    recent = Recent[str, int](3)
    recent.keep({"a": 1, "b": 2, "c": 3})
    assert recent.known(["a", "z"]) == {"a": 1}
    recent.keep({"d": 4})
    assert recent.known("abcd") == {"a": 1, "c": 3, "d": 4}


def test_all_but_the_latest_can_be_forgotten() -> None:
    recent = Recent[int, int](9)
    recent.keep({number: number for number in range(5)})
    recent.forget(7)
    assert len(recent) == 5
    recent.known([0])
    recent.forget(2)
    assert recent.known(range(5)) == {0: 0, 4: 4}
    recent.forget()
    assert len(recent) == 0


def test_values_are_made_once_and_kept_for_later() -> None:
    class Earlier:
        def __init__(self) -> None:
            self.values = {2: "two"}

        def known(self, keys: Iterable[int]) -> dict[int, str]:
            return {key: self.values[key] for key in keys if key in self.values}

        def keep(self, values: Mapping[int, str]) -> None:
            self.values.update(values)

    made: list[list[int]] = []

    def make(keys: list[int]) -> dict[int, str]:
        made.append(keys)
        return {key: str(key) for key in keys}

    recent, earlier = Recent[int, str](9), Earlier()
    assert recent.values([3, 2, 3, 1], make, earlier) == ["3", "two", "3", "1"]
    assert recent.values([1, 2, 3], make, earlier) == ["1", "two", "3"]
    assert made == [[3, 1]]
    assert earlier.values == {2: "two", 3: "3", 1: "1"}
    assert recent.values([4], make) == ["4"]
    assert 4 not in earlier.values


def test_more_than_is_remembered_at_once_keeps_the_last() -> None:
    recent = Recent[int, int](2)
    recent.keep({number: number for number in range(5)})
    assert recent.known(range(5)) == {3: 3, 4: 4}
