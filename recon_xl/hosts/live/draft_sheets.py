"""Draft tabs of the open workbook: a copy of the hidden template, stretched to its rows, and one block typed into it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from recon_xl.contract import table
from recon_xl.contract.catalogue import TEMPLATE_SHEET
from recon_xl.contract.layout import DRAFT, VOID
from recon_xl.contract.places import LAYOUT_SHEET
from recon_xl.core.changeset import DraftRow, DraftTab, RemoveTab
from recon_xl.hosts.live import blocks
from recon_xl.hosts.live.cells import entry_of, quoted_entry
from recon_xl.hosts.live.port import Block, as_block
from recon_xl.hosts.live.reading import Reading
from recon_xl.hosts.live.tables import Step
from recon_xl.ooxml.address import COLUMN_NUMBERS, parse_cell
from recon_xl.ooxml.formulas import mentions_sheet

PROTOTYPES = tuple(range(DRAFT.first_row, DRAFT.footer + 1))
LAST_COLUMN = COLUMN_NUMBERS[DRAFT.last_column]
_AT = DRAFT.columns
_LIVE = {COLUMN_NUMBERS[letters] for letters in (_AT.net, _AT.source)}
_FIGURES = {COLUMN_NUMBERS[letters] for letters in (_AT.quantity, _AT.unit_price, _AT.net, _AT.tax)}
_DATES = {parse_cell(address) for address in (DRAFT.date, DRAFT.due)}


@dataclass
class DraftSheets:
    """Makes, rewrites and removes draft tabs; keeps the template visible only while it copies it."""

    reading: Reading
    _head: Block = field(default_factory=list)
    _after: Any = None
    _shown: Any = None
    _made: dict[str, Any] = field(default_factory=dict)

    def step(self, change: DraftTab | RemoveTab) -> Step | None:
        """The tab made ready; None where it shows just this already."""
        if isinstance(change, RemoveTab):
            return self._removal(change.name)
        return self._drawing(change.name, self._block(change), [row.prototype for row in change.rows])

    def _drawing(self, name: str, block: Block, prototypes: Sequence[int]) -> Step | None:
        old = self.reading.tabs.get(name)
        if old is None:
            return Step(lambda: self._create(name, block, prototypes), lambda: self._delete(name))
        if not blocks.differs(block, [row[:LAST_COLUMN] for row in old]):
            return None
        again = typed_again(old)
        return Step(
            lambda: self._rewrite(name, block, prototypes, len(old)),
            lambda: self._rewrite(name, again, prototypes_of(again), len(block)),
        )

    def _removal(self, name: str) -> Step:
        """A tab that the user's own formulas point at stays, marked void: nothing of theirs may break."""
        old = self.reading.tabs[name]
        again = typed_again(old)
        if self._is_mentioned(name):
            cells = {DRAFT.heading: VOID, DRAFT.status: "Void", DRAFT.hold_reason: "Not a draft of the last run."}
            step = self._drawing(name, self._block(DraftTab(name, cells, ())), ())
            if step is not None:
                return step
            return Step(lambda: None, lambda: None)
        return Step(lambda: self._delete(name), lambda: self._create(name, again, prototypes_of(again)))

    def _block(self, change: DraftTab) -> Block:
        """The whole printed area: the template's upper rows with this draft's cells in them, then its rows."""
        if not self._head:
            head = self.reading.port.formulas(TEMPLATE_SHEET, f"A1:{DRAFT.last_column}{DRAFT.header_row}")
            self._head = typed_again(head)
        block = [list(row) for row in self._head]
        for address, value in change.cells.items():
            row, column = parse_cell(address) or (0, 0)
            block[row - 1][column - 1] = entry_of(value, date1904=self.reading.places.date1904)
        return block + [self._row(row) for row in change.rows]

    def _row(self, row: DraftRow) -> list[object]:
        entries: list[object] = [""] * LAST_COLUMN
        for letters, value in row.values.items():
            entries[COLUMN_NUMBERS[letters] - 1] = entry_of(value, date1904=self.reading.places.date1904)
        return entries

    def _create(self, name: str, block: Block, prototypes: Sequence[int]) -> None:
        port = self.reading.port
        template = port.sheet(TEMPLATE_SHEET)
        if self._after is None:
            self._after = port.sheet(next(reversed(self.reading.tabs), LAYOUT_SHEET))
            self._shown = port.patiently(lambda: port.book.sheets.active)
            port.patiently(lambda: setattr(template, "visible", True))
        after = self._after
        port.patiently(lambda: template.impl.copy(before=None, after=after.impl))
        made = self._made[name] = port.patiently(lambda: port.book.sheets.active)
        port.patiently(lambda: setattr(made, "name", name))
        self._after = port.sheet(name)
        self._stretch(name, prototypes)
        port.write(name, f"A1:{DRAFT.last_column}{len(block)}", block)

    def _rewrite(self, name: str, block: Block, prototypes: Sequence[int], old_rows: int) -> None:
        """The tab keeps its place and everything that points at it; its rows are prototypes again, then the draft's."""
        port = self.reading.port
        sheet = port.sheet(name)
        source = port.cells(TEMPLATE_SHEET, _rows(DRAFT.first_row, DRAFT.footer))
        if old_rows >= DRAFT.first_row:
            port.patiently(lambda: sheet.range(_rows(DRAFT.first_row, old_rows)).delete("up"))
        port.patiently(lambda: source.copy(sheet.range(_rows(DRAFT.first_row, DRAFT.footer))))
        self._stretch(name, prototypes)
        port.write(name, f"A1:{DRAFT.last_column}{len(block)}", block)

    def _stretch(self, name: str, prototypes: Sequence[int]) -> None:
        """As many copies of each prototype row as the draft needs, from below, so that the numbers above hold."""
        port = self.reading.port
        counts = [prototypes.count(row) for row in PROTOTYPES]
        for first, last in reversed(_runs_of_none(counts)):
            unused = port.cells(name, _rows(first, last))
            port.patiently(partial(unused.delete, "up"))
        top = DRAFT.first_row + sum(1 for count in counts if count)
        for count in reversed([count for count in counts if count]):
            top -= 1
            if count > 1:
                more = port.cells(name, _rows(top + 1, top + count - 1))
                port.patiently(partial(more.insert, "down"))

    def _delete(self, name: str) -> None:
        port = self.reading.port
        sheet = self._made.pop(name, None) or (port.sheet(name) if name in self.reading.tabs else None)
        if sheet is not None:  # else Excel refused to make it
            port.patiently(sheet.delete)
            port.forget(name)

    def finish(self) -> None:
        """Hide the template again, and show the tab that was shown: Excel goes to every copy that it makes."""
        if self._after is not None:
            port, shown = self.reading.port, self._shown
            template = port.sheet(TEMPLATE_SHEET)
            self._after = None
            port.patiently(lambda: setattr(template, "visible", False))
            port.patiently(shown.impl.activate)

    def _is_mentioned(self, name: str) -> bool:
        """True where a name, or a formula on one of the user's own tabs, refers to the tab."""
        port = self.reading.port
        places = self.reading.places
        ours = {place.sheet for place in places.tables.values()} | {TEMPLATE_SHEET, LAYOUT_SHEET, *self.reading.tabs}
        widened = {name for name, place in places.tables.items() if place.columns != len(table(name).columns)}
        for other in (
            *(tab for tab in self.reading.sheet_names if tab not in ours),
            *(places.tables[n].sheet for n in widened),
        ):
            sheet = port.sheet(other)
            found = as_block(port.patiently(partial(_all_formulas, sheet)))
            if any(mentions_sheet(str(cell), name) for row in found for cell in row):
                return True
        names = port.patiently(lambda: [(one.name, one.refers_to) for one in port.book.names])
        return any(mentions_sheet(str(text), name) for label, text in names if "!Print_" not in label)


def prototypes_of(block: Block) -> list[int]:
    """The kind of each row of a draft tab as it stands, told by its words."""
    found: list[int] = []
    kind = DRAFT.line
    for row in block[DRAFT.first_row - 1 :]:
        product, label = blocks.shown(row[0]), str(blocks.shown(row[1]))
        if label == "Net total" and kind == DRAFT.line:
            found.append(DRAFT.net_total)
            kind = DRAFT.tax_total
        elif kind == DRAFT.tax_total:
            is_tax = label.startswith("Tax ")
            found.append(DRAFT.tax_total if is_tax else DRAFT.total)
            kind = DRAFT.tax_total if is_tax else DRAFT.held_line
        elif product == "Held, outside the net":
            found.append(DRAFT.held_heading)
        elif str(product).startswith("DRAFT - not a tax invoice"):
            found.append(DRAFT.footer)
        else:
            found.append(kind)
    return found


def typed_again(block: Sequence[Sequence[object]]) -> Block:
    """The formulas and constants of a draft tab or its template, as they are typed.

    Money, links and the check hold formulas of ours; `=` anywhere else, and digits outside the figures, are text.
    """
    rows = ((number, row[:LAST_COLUMN]) for number, row in enumerate(block, 1))
    return [[_again(value, number, column) for column, value in enumerate(row, 1)] for number, row in rows]


def _again(value: object, row: int, column: int) -> object:
    if not isinstance(value, str):
        return "" if value is None else value
    if (row, column) == parse_cell(DRAFT.check) or (
        row >= DRAFT.first_row and column in _LIVE and value.startswith("=")
    ):
        return value
    is_figure = column in _FIGURES if row >= DRAFT.first_row else (row, column) in _DATES
    try:
        return float(value) if is_figure and value else quoted_entry(value)
    except ValueError:
        return quoted_entry(value)


def _all_formulas(sheet: Any) -> object:
    return sheet.used_range.formula


def _rows(first: int, last: int) -> str:
    return f"{first}:{last}"


def _runs_of_none(counts: Sequence[int]) -> list[tuple[int, int]]:
    empty = ((1, DRAFT.first_row + place) for place, count in enumerate(counts) if not count)
    return [(left, right) for _, left, _, right in blocks.rectangles(empty)]
