"""The coverage page: messages by pillar across, documents by owner down."""

from __future__ import annotations

from msgcheck.model import Entry, Report
from msgcheck.reporters.html import coverage
from msgcheck.reporters.html.markup import Markup, element, join, plural, quoted, split_path

_MOST_ROWS = 1000


def coverage_page(report: Report) -> Markup:
    """The matrix: messages by pillar across, documents by owner down."""
    table = coverage.matrix(report)
    if not table.entries or not table.rows:
        inner = element("p", "The guide has no messages or claims, or no document could be read.", class_="empty")
    else:
        inner = join(
            _legend(),
            element(
                "div",
                _matrix(table),
                class_="scroll matrix-frame",
                tabindex="0",
                role="region",
                aria_label="Coverage of messages by document",
            ),
            _left_out(table.rows),
        )
    return element(
        "section",
        element("h2", "Coverage", id="coverage-title"),
        element(
            "p",
            "Which document carries which approved message and claim, and whether it says it as approved.",
            class_="lead",
        ),
        _different(table),
        inner,
        id="coverage",
        class_="view",
        aria_labelledby="coverage-title",
    )


def _different(table: coverage.Matrix) -> Markup | None:
    """In a sentence what the marked columns show."""
    owners = [row.owner for row in table.rows if not row.document and row.owner]
    ids = [entry.id for entry, apart in zip(table.entries, table.apart, strict=True) if apart]
    if len(owners) < 2:
        return None
    names = f"{', '.join(owners[:-1])} and {owners[-1]}"
    if not ids:
        return element("p", quoted(names), " tell the same story wherever both carry a message.", class_="lead")
    told = f" tell {len(ids)} of {plural(len(table.entries), 'message')} differently. Their columns are marked."
    return element("p", element("b", quoted(names), told), class_="lead")


def _legend() -> Markup:
    return element(
        "ul",
        *(
            element("li", _mark(how), " ", text)
            for how, text in (
                ("on", "on message"),
                ("drifted", "drifted: says something else"),
                ("mixed", "both, in different places"),
                ("expired", "past its date"),
                ("missing", "missing, though required"),
                ("absent", "not carried"),
            )
        ),
        class_="legend",
    )


def _mark(how: str) -> Markup:
    return element("span", class_=f"mark {how}", aria_hidden="true")


def _matrix(table: coverage.Matrix) -> Markup:
    starts = _starts(table)
    head = element(
        "thead",
        element(
            "tr",
            element("td"),
            *(
                element("th", element("span", name), scope="colgroup", colspan=width, class_="pillar")
                for name, width in table.pillars
            ),
        ),
        element(
            "tr",
            element("th", element("span", "Document", class_="hidden"), scope="col"),
            *(
                element(
                    "th",
                    element("span", entry.id, title=entry.statement),
                    element("span", " (the departments differ)", class_="hidden") if apart else None,
                    scope="col",
                    class_="entry" + (" apart" if apart else "") + (" start" if number in starts else ""),
                )
                for number, (entry, apart) in enumerate(zip(table.entries, table.apart, strict=True))
            ),
        ),
    )
    shown = _shown(table.rows)
    together = [row for row in shown if not row.document]
    bodies = [element("tbody", *(_matrix_row(row, table) for row in together))]
    for side in together:
        own = [row for row in shown if row.document and row.owner == side.owner]
        bodies.append(element("tbody", _side(side, table), *(_matrix_row(row, table) for row in own)))
    return element(
        "table",
        element("caption", "Messages and claims across, documents down", class_="hidden"),
        element(
            "colgroup",
            element("col"),
            *(element("col", class_=_column(number, table, starts)) for number in range(len(table.entries))),
        ),
        head,
        *bodies,
        class_="matrix",
    )


def _shown(rows: tuple[coverage.Row, ...]) -> tuple[coverage.Row, ...]:
    """All rows, or of a very large collection those in which something is amiss before the others."""
    if len(rows) <= _MOST_ROWS:
        return rows
    amiss = [row for row in rows if row.document and not set(row.cells) <= {"on", "absent"}]
    kept = {row.document for row in amiss[:_MOST_ROWS]}
    for row in rows:
        if len(kept) >= _MOST_ROWS:
            break
        kept.add(row.document)
    return tuple(row for row in rows if not row.document or row.document in kept)


def _left_out(rows: tuple[coverage.Row, ...]) -> Markup | None:
    left = len(rows) - len(_shown(rows))
    said = f"{plural(left, 'more document')} with less to correct can be found in the report in JSON."
    return element("p", said, class_="hint") if left else None


def _starts(table: coverage.Matrix) -> set[int]:
    """The columns in which a pillar begins."""
    starts: set[int] = set()
    at = 0
    for _, width in table.pillars:
        starts.add(at)
        at += width
    return starts


def _column(number: int, table: coverage.Matrix, starts: set[int]) -> str | None:
    names = ["apart"] * table.apart[number] + ["start"] * (number in starts)
    return " ".join(names) or None


def _side(row: coverage.Row, table: coverage.Matrix) -> Markup:
    """The row above the documents of an owner."""
    name = join("Documents of ", quoted(row.owner)) if row.owner else join("Documents without an owner")
    label = element("th", name, scope="rowgroup")
    return element("tr", label, element("td", colspan=len(table.entries)), class_="side")


def _matrix_row(row: coverage.Row, table: coverage.Matrix) -> Markup:
    name, folder = split_path(row.document)
    label = (
        join(quoted(name), element("span", quoted(folder), class_="hint"))
        if row.document
        else join(quoted(row.owner or "no owner"), element("span", "all its documents", class_="hint"))
    )
    cells = [
        element(
            "td",
            _cell(how, row, entry),
            class_="apart" if apart and not row.document else None,
            title=f"{entry.id}: {coverage.word(how)}" if how != "absent" else None,
        )
        for how, entry, apart in zip(row.cells, table.entries, table.apart, strict=True)
    ]
    return element("tr", element("th", label, scope="row"), *cells, class_=None if row.document else "owner")


def _cell(how: coverage.How, row: coverage.Row, entry: Entry) -> Markup | None:
    if how == "absent":
        return None                      # drawn by the style, since most cells of a large matrix are
    inner = join(element("span", coverage.word(how), class_="hidden"), _mark(how))
    if how == "on":
        return inner
    return element(
        "a",
        inner,
        href="#findings",
        data_document=row.document or None,
        data_entry=entry.id,
        data_owner=None if row.document else row.owner or None,
    )
