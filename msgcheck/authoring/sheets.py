"""Claim sheets and word lists in CSV and XLSX: rows under their column headings."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from msgcheck.authoring.assets import collateral_row, is_heading_of_collateral, lost_columns
from msgcheck.authoring.draft import Drafted, LeftOut
from msgcheck.authoring.rows import lost, row_entry
from msgcheck.authoring.topics import Topic, role_of, topic_of
from msgcheck.errors import UsageError

MAX_ROWS = 20_000
MAX_UNPACKED = 200_000_000
_TELLING = frozenset(("statement", "text", "never", "use", "name", "term", "prohibited", "patterns"))
"""What a column must be, one at least, for its row to be the row of headings."""
_LOOK_FOR_HEADINGS = 10
"""A title and a date may stand above the headings: they are looked for in so many rows."""

Found = tuple[tuple[Drafted, ...], tuple[LeftOut, ...]]


def csv_entries(data: bytes, name: str) -> Found:
    """The entries of a CSV file (comma, semicolon or tab; UTF-8 or Windows-1252)."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    rows = [tuple(cell.strip() for cell in row) for row in csv.reader(io.StringIO(text), delimiter=_delimiter(text))]
    return _table(rows, name, topic_of(Path(name).stem.replace("_", " ").replace("-", " ")))


def _delimiter(text: str) -> str:
    """The character that cuts most lines into the same number of cells, and into more than one."""

    def regular(mark: str) -> int:
        counts = [len(row) for row in csv.reader(io.StringIO(text[:20_000]), delimiter=mark) if row]
        usual = max(set(counts), key=counts.count, default=1)
        return counts.count(usual) * (usual - 1)

    return max((",", ";", "\t"), key=regular)


def xlsx_entries(data: bytes, name: str) -> Found:
    """The entries of all visible sheets of a workbook; a sheet's name tells its topic where it is one."""
    import openpyxl

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            if sum(item.file_size for item in package.infolist()) > MAX_UNPACKED:
                raise UsageError("The workbook unpacks to more than 200 megabytes.", name, "Import a smaller one.")
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    except UsageError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever openpyxl throws at a broken file is that file's reason
        raise UsageError(
            "The workbook cannot be read: it is damaged, or no workbook.",
            name,
            f"Save it again as .xlsx ({type(error).__name__}).",
        ) from None
    entries: list[Drafted] = []
    left: list[LeftOut] = []
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            left.append(LeftOut(f"{name}, sheet {sheet.title}", "the whole sheet", "it is hidden"))
            continue
        rows = [tuple(_cell(value) for value in row) for row in sheet.iter_rows(values_only=True, max_row=MAX_ROWS)]
        found, missed = _table(rows, f"{name}, sheet {sheet.title}", topic_of(sheet.title) or topic_of(Path(name).stem))
        entries += found
        left += missed
    return tuple(entries), tuple(left)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if hasattr(value, "date") and hasattr(value, "isoformat"):
        return str(value.date().isoformat())
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _table(rows: list[tuple[str, ...]], name: str, topic: Topic | None) -> Found:
    head = next((index for index, row in enumerate(rows[:_LOOK_FOR_HEADINGS]) if _is_head(row)), None)
    if head is None:
        return _headless(rows, name, topic)
    columns = rows[head]
    left = [
        LeftOut(f"{name}, row {index + 1}", _joined(row), "it stands above the headings")
        for index, row in enumerate(rows[:head])
        if any(row)
    ]
    entries: list[Drafted] = []
    pillar_at = next((at for at, column in enumerate(columns) if role_of(column) == "pillar"), None)
    pillar, lacking = "", dict[str, None]()
    for index, row in enumerate(rows[head + 1 :], start=head + 2):
        if not any(row):
            continue
        if pillar_at is not None and pillar_at < len(row):
            pillar = row[pillar_at] or pillar             # a cell that spans rows stands in the first of them alone
            row = (*row[:pillar_at], pillar, *row[pillar_at + 1 :])
        if is_heading_of_collateral(columns):
            entry = collateral_row(row, columns, f"{name}, row {index}")
        else:
            entry = row_entry(row, columns, topic, f"{name}, row {index}")
            lacking |= dict.fromkeys(lost(row, columns, entry) if entry else ())
        if entry is None:
            left.append(LeftOut(f"{name}, row {index}", _joined(row), "it says nothing that a guide knows"))
        else:
            entries.append(entry)
    unknown = lost_columns(columns) if is_heading_of_collateral(columns) else tuple(lacking)
    left += [
        LeftOut(f"{name}, column '{column}'", "the whole column", "no key of a guide is called so, or means it")
        for column in unknown
        if column
    ]
    return tuple(entries), tuple(left)


def _is_head(row: tuple[str, ...]) -> bool:
    """Whether most cells of a row are headings, and one at least says what the rows are."""
    cells = [cell for cell in row if cell]
    roles = [role for cell in cells if (role := role_of(cell))]
    return is_heading_of_collateral(tuple(cells)) or (
        bool(roles)
        and len(roles) * 2 >= len(cells)
        and any(role in _TELLING for role in roles)
    )


def _headless(rows: list[tuple[str, ...]], name: str, topic: Topic | None) -> Found:
    """Rows without headings: one column of words to avoid, or pairs where the file's name says which is which."""
    filled = [(index, tuple(cell for cell in row if cell)) for index, row in enumerate(rows, start=1) if any(row)]
    if topic in {"avoid", "terms"} and filled and all(len(row) == 1 for _, row in filled) and topic == "avoid":
        return tuple(Drafted("terms", (("never", row),), (f"{name}, row {index}",)) for index, row in filled), ()
    return (), tuple(_missing_heads(filled, name))


def _missing_heads(rows: Iterable[tuple[int, tuple[str, ...]]], name: str) -> Iterator[LeftOut]:
    why = "no row of headings says what the columns are (such as Claim, Source, Use, Avoid)"
    for count, (index, row) in enumerate(rows):
        if count == 3:
            yield LeftOut(name, "the rows after it", why)
            return
        yield LeftOut(f"{name}, row {index}", _joined(row), why)


def _joined(row: tuple[str, ...]) -> str:
    return " | ".join(cell for cell in row if cell)
