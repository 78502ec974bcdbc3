import os
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from msgcheck.errors import MsgcheckError, UsageError
from msgcheck.model import Document, DocumentResult, Role
from msgcheck.workers import Workers


class Echo:
    """Stands in for an analyser; what it does is told by a document's name."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def analyse(self, document: Document, role: Role) -> DocumentResult:
        name = document.name
        if name.startswith("slow"):
            time.sleep(0.2)
        if name == "dies once" and not (self.folder / "died").exists():
            (self.folder / "died").touch()
            os._exit(1)
        if name == "dies":
            os._exit(1)
        if name == "refuses":
            raise UsageError("It cannot be.", name, "Do something else.")
        if name == "breaks":
            raise ZeroDivisionError(name)
        print("a library that prints")  # noqa: T201 - it must not reach the pipe
        return DocumentResult(document, role, passages=os.getpid())


def fails(folder: Path) -> Echo:
    raise UsageError("There is no model.", str(folder), "Install one.")


def tasks(*names: str) -> Iterator[tuple[Document, Role]]:
    for name in names:
        yield Document(name, "text", "0", "read"), Role(kind=name)


def names(found: Iterator[DocumentResult]) -> list[str]:
    return [result.document.name for result in found]


@pytest.mark.parametrize("jobs", [1, 2])
def test_results_come_in_the_order_of_their_documents(tmp_path: Path, jobs: int) -> None:
    wanted = ["slow a", "b", "c", "slow d", "e", *map(str, range(20))]
    with Workers(partial(Echo, tmp_path), jobs) as workers:
        found = list(workers.analyse_all(tasks(*wanted)))
    assert [result.document.name for result in found] == wanted
    assert [result.role.kind for result in found] == wanted
    processes = {result.passages for result in found}
    assert processes == {os.getpid()} if jobs == 1 else len(processes) == 2 and os.getpid() not in processes


def test_a_worker_that_dies_changes_nothing(tmp_path: Path) -> None:
    with Workers(partial(Echo, tmp_path), 2) as workers:
        assert names(workers.analyse_all(tasks("a", "dies once", "b", "c"))) == ["a", "dies once", "b", "c"]
    assert (tmp_path / "died").exists()


def test_a_document_that_ends_its_worker_again_and_again_ends_the_run_with_its_name(tmp_path: Path) -> None:
    with Workers(partial(Echo, tmp_path), 2) as workers, pytest.raises(MsgcheckError) as caught:
        names(workers.analyse_all(tasks("a", "dies", "b")))
    assert caught.value.where == "dies"


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_an_analysis_raises_is_raised(tmp_path: Path, jobs: int) -> None:
    with Workers(partial(Echo, tmp_path), jobs) as workers, pytest.raises(UsageError) as caught:
        names(workers.analyse_all(tasks("a", "refuses")))
    assert str(caught.value) == "It cannot be.\nrefuses\nDo something else."
    with Workers(partial(Echo, tmp_path), 2) as workers, pytest.raises(RuntimeError, match="ZeroDivisionError: breaks"):
        names(workers.analyse_all(tasks("a", "breaks")))


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_making_an_analyser_raises_is_raised(tmp_path: Path, jobs: int) -> None:
    with Workers(partial(fails, tmp_path), jobs) as workers, pytest.raises(UsageError, match="no model"):
        names(workers.analyse_all(tasks("a")))


def goes_wrong() -> None:
    raise UsageError("It cannot be.", "", "")


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_is_to_be_done_last_is_done_once(tmp_path: Path, jobs: int) -> None:
    last = partial((tmp_path / "done").touch, exist_ok=False)
    with Workers(partial(Echo, tmp_path), jobs) as workers:
        assert names(workers.analyse_all(tasks("a", "b"), last)) == ["a", "b"]
        assert (tmp_path / "done").exists()
    with Workers(partial(Echo, tmp_path), jobs) as workers, pytest.raises(UsageError):
        names(workers.analyse_all(tasks("a"), goes_wrong))


def test_few_documents_are_taken_ahead(tmp_path: Path) -> None:
    taken: list[str] = []

    def watched() -> Iterator[tuple[Document, Role]]:
        for task in tasks(*map(str, range(50))):
            taken.append(task[0].name)
            yield task

    with Workers(partial(Echo, tmp_path), 2) as workers:
        found = workers.analyse_all(watched())
        next(found)
        assert len(taken) <= 4


def test_workers_end_with_the_run_that_leaves_them(tmp_path: Path) -> None:
    with Workers(partial(Echo, tmp_path), 2) as workers:
        found = workers.analyse_all(tasks(*(f"slow {number}" for number in range(9))))
        process = next(found).passages
        found.close()
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)
