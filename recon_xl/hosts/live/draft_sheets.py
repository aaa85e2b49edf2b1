"""Draft tabs of the open workbook: a copy of the hidden template, stretched to its rows, and one block typed into it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from recon_xl.contract import Group, table
from recon_xl.contract.catalogue import TEMPLATE_SHEET
from recon_xl.contract.layout import DRAFT, VOID
from recon_xl.contract.places import LAYOUT_SHEET
from recon_xl.core.changeset import DraftTab, RemoveTab
from recon_xl.core.errors import WorkbookError
from recon_xl.hosts.live import blocks
from recon_xl.hosts.live.draft_blocks import draft_block, prototypes_of, typed_again
from recon_xl.hosts.live.port import Block, as_block
from recon_xl.hosts.live.reading import Reading
from recon_xl.hosts.live.tables import Step
from recon_xl.ooxml.formulas import mentions_sheet

PROTOTYPES = tuple(range(DRAFT.first_row, DRAFT.footer + 1))
_COPY = f"{TEMPLATE_SHEET} ("
"""How Excel names a copy of the template: `Draft Template (2)`."""


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
        if name not in self.reading.tabs:
            return Step(lambda: self._create(name, block, prototypes), lambda: self._delete(name))
        again = typed_again(self.reading.tabs[name])
        if not blocks.differs(block, again):
            return None
        return Step(
            lambda: self._rewrite(name, block, prototypes), lambda: self._rewrite(name, again, prototypes_of(again))
        )

    def _removal(self, name: str) -> Step | None:
        """A tab that the user's own formulas point at stays, marked void: nothing of theirs may break."""
        if self._is_mentioned(name):
            cells = {DRAFT.heading: VOID, DRAFT.status: "Void", DRAFT.hold_reason: "Not a draft of the last run."}
            return self._drawing(name, self._block(DraftTab(name, cells, ())), ())
        again = typed_again(self.reading.tabs[name])
        return Step(lambda: self._delete(name), lambda: self._create(name, again, prototypes_of(again)))

    def _block(self, change: DraftTab) -> Block:
        if not self._head:
            head = self.reading.port.formulas(TEMPLATE_SHEET, f"A1:{DRAFT.last_column}{DRAFT.header_row}")
            self._head = typed_again(head)
        return draft_block(self._head, change, date1904=self.reading.places.date1904)

    def _create(self, name: str, block: Block, prototypes: Sequence[int]) -> None:
        port = self.reading.port
        template = port.sheet(TEMPLATE_SHEET)
        is_first = self._after is None
        if is_first:
            self._after = port.sheet(next(reversed(self.reading.tabs), LAYOUT_SHEET))
            self._shown = port.patiently(lambda: port.book.sheets.active)
            port.change(lambda: setattr(template, "visible", True))
        after = self._after
        port.change(lambda: template.impl.copy(before=None, after=after.impl))
        made = port.patiently(lambda: port.book.sheets.active)
        if is_first and not str(port.patiently(lambda: made.name)).startswith(_COPY):
            raise _lost_copy()
        self._made[name] = made
        port.change(lambda: setattr(made, "name", name))
        self._after = port.sheet(name)
        self._stretch(name, prototypes)
        port.write(name, f"A1:{DRAFT.last_column}{len(block)}", block)

    def _rewrite(self, name: str, block: Block, prototypes: Sequence[int]) -> None:
        """The tab keeps its place and everything that points at it; its rows are prototypes again, then the draft's."""
        port = self.reading.port
        sheet = port.sheet(name)
        last = len(as_block(port.patiently(partial(_all_formulas, sheet))))
        source = port.cells(TEMPLATE_SHEET, _rows(DRAFT.first_row, DRAFT.footer))
        if last >= DRAFT.first_row:
            old = port.cells(name, _rows(DRAFT.first_row, last))
            port.change(lambda: old.delete("up"))
        target = port.cells(name, _rows(DRAFT.first_row, DRAFT.footer))
        port.change(lambda: source.copy(target))
        self._stretch(name, prototypes)
        port.write(name, f"A1:{DRAFT.last_column}{len(block)}", block)

    def _stretch(self, name: str, prototypes: Sequence[int]) -> None:
        """As many copies of each prototype row as the draft needs, from below, so that the numbers above hold."""
        port = self.reading.port
        counts = [prototypes.count(row) for row in PROTOTYPES]
        for first, last in reversed(_runs_of_none(counts)):
            unused = port.cells(name, _rows(first, last))
            port.change(partial(unused.delete, "up"))
        top = DRAFT.first_row + sum(1 for count in counts if count)
        for count in reversed([count for count in counts if count]):
            top -= 1
            if count > 1:
                more = port.cells(name, _rows(top + 1, top + count - 1))
                port.change(partial(more.insert, "down"))

    def _delete(self, name: str) -> None:
        port = self.reading.port
        sheet = self._made.pop(name, None) or (port.sheet(name) if name in self.reading.tabs else None)
        if sheet is not None:  # else Excel refused to make it
            port.change(sheet.delete)
            port.forget(name)

    def sweep(self) -> None:
        """Remove a copy of the template that got no name: what a failure right after the copying leaves."""
        port = self.reading.port
        known = set(self.reading.sheet_names)
        for sheet in port.patiently(lambda: list(port.book.sheets)) if self._after is not None else ():
            name = str(port.patiently(partial(getattr, sheet, "name")))
            if name.startswith(_COPY) and name not in known:
                port.change(sheet.delete)

    def finish(self) -> None:
        """Hide the template again, and show the tab that was shown: Excel goes to every copy that it makes."""
        if self._after is not None:
            port, shown = self.reading.port, self._shown
            template = port.sheet(TEMPLATE_SHEET)
            self._after = None
            port.patiently(lambda: setattr(template, "visible", False))
            port.patiently(shown.impl.activate)

    def _is_mentioned(self, name: str) -> bool:
        """True where a name, or a formula of the user's on any tab, refers to the tab."""
        port = self.reading.port
        for other in self._searched():
            sheet = port.sheet(other)
            found = as_block(port.patiently(partial(_all_formulas, sheet)))
            if any(mentions_sheet(str(cell), name) for row in found for cell in row):
                return True
        names = port.patiently(lambda: [(one.name, one.refers_to) for one in port.book.names])
        return any(mentions_sheet(str(text), name) for label, text in names if "!Print_" not in label)

    def _searched(self) -> list[str]:
        """Every tab but the drafts, our hidden ones, and result tabs without columns of the user's: those point there anyway."""
        ours = {TEMPLATE_SHEET, LAYOUT_SHEET, *self.reading.tabs}
        for name, place in self.reading.places.tables.items():
            declared = table(name)
            if declared.group in {Group.RESULT, Group.DRAFT} and place.columns == len(declared.columns):
                ours.add(place.sheet)
        return [name for name in self.reading.sheet_names if name not in ours]


def _all_formulas(sheet: Any) -> object:
    return sheet.used_range.formula


def _rows(first: int, last: int) -> str:
    return f"{first}:{last}"


def _runs_of_none(counts: Sequence[int]) -> list[tuple[int, int]]:
    empty = ((1, DRAFT.first_row + place) for place, count in enumerate(counts) if not count)
    return [(left, right) for _, left, _, right in blocks.rectangles(empty)]


def _lost_copy() -> WorkbookError:
    return WorkbookError(
        where=TEMPLATE_SHEET, found="a copy that Excel did not show", expected="the copy as the active tab",
        todo="Nothing was changed. Save, start Excel again, and press the button again.",
    )  # fmt: skip
