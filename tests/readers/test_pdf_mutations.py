"""A PDF with any bytes changed ends as a document or as an unread one with a reason."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_pdfs import column, grid, made
from reportlab.pdfgen.canvas import Canvas

from msgcheck.readers import REASONS, ReadOptions
from msgcheck.readers.pool import Pool


def first(canvas: Canvas) -> None:
    column(canvas, 60, 80, ["Lamps of the coast"], 20)
    column(canvas, 60, 300, ["The lamp is lit at dusk and put", "out at dawn."])
    grid(canvas, [["Lamp", "Range"], ["North", "18 miles"], ["South", "22 miles"]], "grid")


def second(canvas: Canvas) -> None:
    canvas.acroForm.textfield(name="place", value="harbour", x=72, y=400, width=200, height=20)
    column(canvas, 60, 80, ["Another page."])


SAMPLE = made(first, second)
OPTIONS = ReadOptions(max_seconds=10, recognise_language=False, ocr="off")


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    with Pool(1, OPTIONS) as made_pool:
        yield made_pool


class File:
    name = "a.pdf"

    def __init__(self, path: object) -> None:
        self.path = path


mutations = st.lists(
    st.one_of(
        st.tuples(st.just("byte"), st.integers(0, len(SAMPLE) - 1), st.integers(0, 255)),
        st.tuples(st.just("cut"), st.integers(0, len(SAMPLE) - 1), st.integers(1, 400)),
        st.tuples(st.just("copy"), st.integers(0, len(SAMPLE) - 1), st.integers(1, 400)),
        st.tuples(st.just("end"), st.integers(1, len(SAMPLE)), st.just(0)),
        st.tuples(st.just("digit"), st.integers(0, len(SAMPLE) - 1), st.integers(48, 57)),
    ),
    min_size=1, max_size=12,
)


def mutated(changes: list[tuple[str, int, int]]) -> bytes:
    data = bytearray(SAMPLE)
    for kind, at, amount in changes:
        if kind in ("byte", "digit"):
            where = at % max(1, len(data))
            data[where:where + 1] = bytes([amount])
        elif kind == "cut":
            del data[at:at + amount]
        elif kind == "copy":
            data[at:at] = data[at:at + amount]
        else:
            del data[at:]
    return bytes(data)


@settings(max_examples=120, deadline=None, derandomize=True,
          suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(changes=mutations)
def test_changed_bytes_end_as_a_document_or_a_reason(
    pool: Pool, tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[str, int, int]]
) -> None:
    path = tmp_path_factory.getbasetemp() / "mutated.pdf"
    path.write_bytes(mutated(changes))
    document = pool.read(File(path))  # type: ignore[arg-type]  # the path is one
    if document.status == "read":
        assert document.blocks
        assert not document.reasons
    else:
        assert document.reasons
        assert {reason.code for reason in document.reasons} <= set(REASONS)
    for block in document.blocks:
        assert all(block.text[line.start:line.end] for line in block.lines)
        if block.cells:
            assert block.text == " ".join(block.cells)
