"""Draft tabs for the journal: the same grid, whether one is about to be made or was read back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from recon_xl.contract import Kind
from recon_xl.contract.layout import DRAFT
from recon_xl.core.cells import Value
from recon_xl.core.changeset import DraftRow, DraftTab
from recon_xl.journal.look import Grid, Held
from recon_xl.journal.marks import Columns, Marks, short
from recon_xl.journal.packing import decoded, encoded
from recon_xl.journal.spelling import spelled
from recon_xl.ooxml.address import COLUMN_LETTERS, COLUMN_NUMBERS, cell_ref, parse_cell

HEAD = (
    DRAFT.company, DRAFT.heading, DRAFT.customer, DRAFT.contact, DRAFT.email, DRAFT.number, DRAFT.date, DRAFT.due,
    DRAFT.terms, DRAFT.po, DRAFT.period, DRAFT.currency, DRAFT.status, DRAFT.hold_reason, DRAFT.check,
)  # fmt: skip
"""The cells above the lines that a run fills."""
LETTERS = tuple(COLUMN_LETTERS[place] for place in range(1, COLUMN_NUMBERS[DRAFT.last_column] + 1))
_KINDS = (Kind.TEXT,) * len(LETTERS)


@dataclass(frozen=True, slots=True)
class TabMarks:
    """Hashes of a draft tab: its head cell by cell, its lines by row and column."""

    head: Mapping[str, str]
    lines: Marks

    def packed(self) -> list[object]:
        """For JSON."""
        return [dict(self.head), self.lines.packed()]

    @classmethod
    def unpacked(cls, found: Any) -> TabMarks:
        """From JSON."""
        head, lines = found
        return cls(dict(head), Marks.unpacked(lines))


def marks_of_tabs(tabs: Sequence[DraftTab], *, date1904: bool) -> dict[str, TabMarks]:
    """Of tabs that are about to be written, by name; the rows of all of them are spelled together."""
    rows = [list(map(row.values.get, LETTERS)) for tab in tabs for row in tab.rows]
    spelled_rows = Columns(LETTERS, _KINDS, rows, date1904=date1904)
    heads = [_short(spelled([tab.cells.get(address) for tab in tabs], date1904=date1904)) for address in HEAD]
    found, first = {}, 0
    for tab, cells in zip(tabs, zip(*heads, strict=True), strict=True):
        head = dict(zip(HEAD, cells, strict=True))
        last = first + len(tab.rows)
        found[tab.name] = TabMarks(head, spelled_rows.marks(first, last))
        first = last
    return found


def _short(texts: Sequence[str]) -> list[str]:
    """Hashes of one cell of many tabs: most tabs have it alike."""
    known = {text: short(text) for text in set(texts)}
    return list(map(known.__getitem__, texts))


def changed_cells(marks: TabMarks, grid: Grid) -> list[str]:
    """Addresses of a tab that were changed since, a row at least; what stands beside or below the lines counts too."""
    head = spelled([grid.get(parse_cell(address) or (0, 0)) for address in marks.head])
    found = [address for (address, mark), text in zip(marks.head.items(), head, strict=True) if short(text) != mark]
    now = Columns(LETTERS, _KINDS, _lines(grid), date1904=False)
    if now.rows != marks.lines.rows:
        found += [
            _where(DRAFT.first_row + place, marks.lines, now)
            for place in range(max(len(now.rows), len(marks.lines.rows)))
            if now.rows[place : place + 1] != marks.lines.rows[place : place + 1]
        ]
    beside = [place for place in grid if place[1] > len(LETTERS)]
    return found + [cell_ref(*place) for place in sorted(beside)]


def _where(row: int, before: Marks, now: Columns) -> str:
    """The cell, where one column alone differs; else the row."""
    after = now.marks().totals
    columns = [name for name, old, new in zip(before.columns, before.totals, after, strict=True) if old != new]
    return f"{columns[0]}{row}" if len(columns) == 1 else f"row {row}"


def tab_as_it_stands(name: str, grid: Grid) -> dict[str, object]:
    """A tab as the journal keeps it."""
    rows = _lines(grid)
    kinds = prototypes_of((_text(row[0]), _text(row[1])) for row in rows)
    return {
        "c": "tab",
        "n": name,
        "head": {address: encoded(grid.get(parse_cell(address) or (0, 0))) for address in HEAD},
        "rows": [[kind, [encoded(cell) for cell in row]] for kind, row in zip(kinds, rows, strict=True)],
    }


def tab_again(kept: Mapping[str, Any]) -> DraftTab:
    """The tab that the journal keeps, as it is written."""
    rows = [
        DraftRow(kind, {letter: value for letter, cell in zip(LETTERS, cells, strict=True) if (value := decoded(cell)) is not None})
        for kind, cells in kept["rows"]
    ]  # fmt: skip
    head: dict[str, Value] = {address: decoded(cell) for address, cell in kept["head"].items()}
    return DraftTab(kept["n"], head, rows)


def prototypes_of(rows: Iterable[tuple[str, str]]) -> list[int]:
    """The kind of each row of a draft tab, told by its words in the columns of product and description."""
    found: list[int] = []
    kind = DRAFT.line
    for product, label in rows:
        if label == "Net total" and kind == DRAFT.line:
            found.append(DRAFT.net_total)
            kind = DRAFT.tax_total
        elif kind == DRAFT.tax_total:
            is_tax = label.startswith("Tax ")
            found.append(DRAFT.tax_total if is_tax else DRAFT.total)
            kind = DRAFT.tax_total if is_tax else DRAFT.held_line
        elif product == "Held, outside the net":
            found.append(DRAFT.held_heading)
        elif product.startswith("DRAFT - not a tax invoice"):
            found.append(DRAFT.footer)
        else:
            found.append(kind)
    return found


def _lines(grid: Grid) -> list[list[Held]]:
    """The rows from the first line on, blank ones between them included."""
    last = max((row for row, _ in grid), default=0)
    return [
        [grid.get((row, column)) for column in range(1, len(LETTERS) + 1)] for row in range(DRAFT.first_row, last + 1)
    ]


def _text(cell: Held) -> str:
    return cell if isinstance(cell, str) else ""
