"""Where the user stands: the finding, draft line or draft that the selected row belongs to."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from recon_xl.commands.places import SOURCES, line_ids
from recon_xl.commands.rows import Row, rows_of
from recon_xl.contract.layout import DRAFT
from recon_xl.core.errors import SelectionError
from recon_xl.core.snapshot import Selection, Snapshot
from recon_xl.report.draft_tables import DRAFTED
from recon_xl.report.exceptions import CONSEQUENCE
from recon_xl.report.source_rows import SourceRows, read, written

READS = ("Exceptions", "Drafts", "Draft Lines", *SOURCES, "Run Log")
"""What it takes to know."""

KEYS = {"Exceptions": "Key", "Draft Lines": "Line", "Drafts": "Number"}
"""The column that names a row."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A row of Exceptions, Draft Lines or Drafts and its source rows.

    `line` is the source row that is selected, if one is; `also` are other rows of Exceptions that name it; `lines` are the
    draft lines of a whole draft, whose source rows are those of all of them.
    """

    row: Row
    source_rows: SourceRows
    line: str = ""
    also: tuple[int, ...] = ()
    lines: tuple[Row, ...] = ()

    @property
    def is_finding(self) -> bool:
        """False for a draft line and for a draft."""
        return self.row.raw.name == "Exceptions"

    @property
    def is_draft(self) -> bool:
        """True for a draft as a whole."""
        return self.row.raw.name == "Drafts"

    @property
    def key(self) -> str:
        """What names the row in its table."""
        return self.row.text(KEYS[self.row.raw.name])

    def also_words(self) -> list[str]:
        """A sentence where the selected source row is named by several findings, of which the first is taken."""
        rows = ", ".join(map(str, self.also))
        return [f"This source row is also behind Exceptions row {rows}."] if rows else []


def subject(snapshot: Snapshot) -> Subject:
    """What the selected row is about. SelectionError where it is about no finding, no draft line and no draft."""
    selection = snapshot.selection
    found = None if selection is None else _subject(snapshot, selection)
    if found is None:
        raise SelectionError(
            where=snapshot.book if selection is None else f"{selection.sheet} > row {selection.row}",
            found="no selected cell" if selection is None else "no finding and no draft line",
            expected="a row of Exceptions, Draft Lines, Drafts or a draft tab, or a source row that a finding names",
            todo="Select such a row and try again.",
        )
    return found


def _subject(snapshot: Snapshot, selection: Selection) -> Subject | None:
    sheets = {raw.sheet: name for name, raw in snapshot.tables.items()}
    name = sheets.get(selection.sheet, "")
    if name in ("Exceptions", "Draft Lines"):
        return next((one for one in _subjects(snapshot, name) if one.row.number == selection.row), None)
    if name == "Drafts":
        return _of_draft(snapshot, selection.row)
    if name in SOURCES:
        return _of_source_row(snapshot, name, selection.row)
    return None if name else _of_draft_tab(snapshot, selection)


def _subjects(snapshot: Snapshot, name: str) -> Iterator[Subject]:
    column = "Links" if name == "Exceptions" else "Source Rows"
    for row in rows_of(snapshot, name):
        if row.text(KEYS[name]):
            yield Subject(row, read(row.text(column)))


def _of_source_row(snapshot: Snapshot, name: str, number: int) -> Subject | None:
    """The finding that names the row: one of its own before a consequence, the narrower first; else the draft line that does."""
    line = dict(line_ids(snapshot.tables[name])).get(number)
    if line is None:
        return None
    findings = [one for one in _subjects(snapshot, "Exceptions") if line in one.source_rows]
    findings.sort(key=lambda one: (one.row.text("Severity") == CONSEQUENCE, one.source_rows.count))
    lines = (one for one in _subjects(snapshot, "Draft Lines") if line in one.source_rows)
    found = findings[0] if findings else next(lines, None)
    also = tuple(sorted(one.row.number for one in findings[1:]))
    return None if found is None else Subject(found.row, found.source_rows, line, also)


def _of_draft(snapshot: Snapshot, number: int) -> Subject | None:
    """The draft as a whole, with the source rows of all its lines."""
    draft = next((row for row in rows_of(snapshot, "Drafts") if row.number == number), None)
    if draft is None or not draft.text("Number"):
        return None
    lines = _lines(snapshot, draft.text("Number"))
    return Subject(draft, _together(line.source_rows for line in lines), lines=tuple(line.row for line in lines))


def _together(several: Iterable[SourceRows]) -> SourceRows:
    """All rows of several cells, each once."""
    cells = list(several)
    listed = read(written([line for cell in cells for line in cell], longest=sys.maxsize))
    return SourceRows(listed.stretches, sum(cell.more for cell in cells))


def _of_draft_tab(snapshot: Snapshot, selection: Selection) -> Subject | None:
    """The line that stands in this row of a draft tab: first those in the net, below the totals those that are held."""
    draft = next((row for row in rows_of(snapshot, "Drafts") if row.text("Tab") == selection.sheet), None)
    if draft is None:
        return None
    lines = _lines(snapshot, draft.text("Number"))
    drafted = [one for one in lines if one.row.text("Status") == DRAFTED]
    shown = [one for one in drafted if one.row.amount("Net") or one.row.amount("Tax")]
    taxes = {(one.row.text("Tax Code"), one.row.amount("Tax Rate")) for one in shown}
    # Between the two: the net, a row a tax code and rate, the total, and the heading of what is held.
    between: list[Subject | None] = [None] * (len(taxes) + 3)
    on_tab = [*shown, *between, *(one for one in lines if one.row.text("Status") != DRAFTED)]
    place = selection.row - DRAFT.first_row
    return on_tab[place] if 0 <= place < len(on_tab) else None


def _lines(snapshot: Snapshot, number: str) -> list[Subject]:
    """The lines of a draft in the order in which the run wrote them, however the table is sorted."""
    mine = (one for one in _subjects(snapshot, "Draft Lines") if one.row.text("Number") == number)
    return sorted(mine, key=lambda one: (len(one.row.text("Line")), one.row.text("Line")))
