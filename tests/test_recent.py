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


def test_more_than_is_remembered_at_once_keeps_the_last() -> None:
    recent = Recent[int, int](2)
    recent.keep({number: number for number in range(5)})
    assert recent.known(range(5)) == {3: 3, 4: 4}
