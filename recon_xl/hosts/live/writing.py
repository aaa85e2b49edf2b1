"""A ChangeSet into the open workbook: all made ready first, then written; on failure everything is put back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from recon_xl.contract.places import LAYOUT_SHEET, WRITTEN_COLUMN
from recon_xl.core.changeset import Change, ChangeSet, DraftTab, EditRows, RemoveTab, ReplaceRows, SetCells
from recon_xl.core.errors import ReconError, WorkbookError
from recon_xl.hosts.live.draft_sheets import DraftSheets
from recon_xl.hosts.live.edits import TableEdit
from recon_xl.hosts.live.port import Port
from recon_xl.hosts.live.reading import MANUAL, Reading
from recon_xl.hosts.live.single_cells import cells_step
from recon_xl.hosts.live.tables import LiveTable, Step, replacement


class Writing:
    """Applies one change set to what was read."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._tables: dict[str, LiveTable] = {}
        self._drafts = DraftSheets(reading)

    def apply(self, changeset: ChangeSet) -> None:
        """All or nothing. WorkbookError where something stands in the way: found before the first write, or undone."""
        try:
            steps = [step for change in _in_order(changeset) if (step := self._made_ready(change)) is not None]
            if not steps:
                return
            if any(isinstance(change, ReplaceRows) for change in changeset.changes):
                steps += _without_fingerprints(self._reading)
            self._reading.check_unchanged(self._tables.keys())
            with quiet(self._reading, self._drafts.finish):
                self._act(steps)
        except ReconError:
            raise
        except Exception as error:
            raise _refused(error) from error

    def _act(self, steps: list[Step]) -> None:
        """Every step, and a look at what came of it; after a failure those that changed anything are put back, newest first."""
        port = self._reading.port
        done: list[Step] = []
        try:
            for step in steps:
                before = port.changes
                done.append(step)
                step.act()
            self._check_sizes()
        except Exception as cause:
            if done and port.changes == before:
                done.pop()  # it failed before it changed anything
            port.is_rescuing = True
            failed = [error for step in reversed(done) if (error := _undone(step)) is not None]
            failed += [error for error in (_undone(Step(lambda: None, self._drafts.sweep)),) if error is not None]
            port.is_rescuing = False
            if failed:
                raise _half_done(cause, len(failed)) from cause
            raise

    def _check_sizes(self) -> None:
        """The tables are as large as intended: a filter, or a macro of the user's, may have made something else of it."""
        self._reading.port.patiently(self._reading.port.app.calculate)
        now = self._reading.sizes_now()
        for name, live in self._tables.items():
            if now.get(name) != live.rows:
                raise _other_size(live.place.sheet)

    def _made_ready(self, change: Change) -> Step | None:
        match change:
            case ReplaceRows():
                return replacement(self._reading, self._tables, change)
            case EditRows():
                live = self._tables.setdefault(change.table, LiveTable(self._reading, change.table))
                return TableEdit(self._reading, live, change).step()
            case SetCells():
                return cells_step(self._reading, change)
            case DraftTab() | RemoveTab():
                return self._drafts.step(change)


def _without_fingerprints(reading: Reading) -> list[Step]:
    """Fingerprints of an earlier run of the saved workbook do not fit any more: without them nothing counts as typed over."""
    rows = reading.fingerprinted()
    if rows is None:
        return []
    place = f"{WRITTEN_COLUMN}{rows.start}:{WRITTEN_COLUMN}{rows.stop - 1}"
    # Not put back on failure: Excel does not take texts that long, and without them only less is told.
    return [Step(lambda: reading.port.write(LAYOUT_SHEET, place, [[""] for _ in rows]), lambda: None)]


def _in_order(changeset: ChangeSet) -> list[Change]:
    """Removals last: a sheet that Excel deleted comes back as a copy only."""
    return sorted(changeset.changes, key=lambda change: isinstance(change, RemoveTab))


def _undone(step: Step) -> Exception | None:
    """Each on its own, so that one that fails does not keep the others."""
    try:
        step.undo()
    except Exception as error:
        return error
    return None


def _half_done(cause: Exception, left: int) -> WorkbookError:
    return WorkbookError(
        where="Excel", found=f"a change that Excel refused ({cause}), and {left} blocks that it would not put back",
        expected="the workbook as it was", todo="Close the workbook without saving and open it again.",
    )  # fmt: skip


def _refused(cause: Exception) -> WorkbookError:
    return WorkbookError(
        where="Excel", found=f"a change that Excel refused: {cause}", expected="a workbook that can be written",
        todo="Nothing was changed. Unprotect the sheets or the workbook, clear filters, and press the button again.",
    )  # fmt: skip


@contextmanager
def quiet(reading: Reading, finish: Callable[[], None]) -> Iterator[None]:
    """No flicker and no calculation between two writes; everything as it was afterwards, whatever happens.

    WorkbookError where Excel does not take its own settings back: the user must know that it calculates by hand.
    """
    port, mode = reading.port, reading.calculation
    app = port.app
    shown = port.patiently(lambda: app.screen_updating)
    events = port.patiently(lambda: app.enable_events)
    port.patiently(lambda: setattr(app, "screen_updating", False))
    try:
        port.patiently(lambda: setattr(app, "enable_events", False))
        port.patiently(lambda: setattr(app, "calculation", MANUAL))
        yield
    finally:
        port.is_rescuing = True
        left = 0
        for restore in (
            finish, lambda: setattr(app, "calculation", mode),
            lambda: setattr(app, "enable_events", events), lambda: setattr(app, "screen_updating", shown),
        ):  # fmt: skip
            left += not (_done(port, restore) or _done(port, restore))
        port.is_rescuing = False
        if left:
            raise _not_set_back()


def _done(port: Port, restore: Callable[[], object]) -> bool:
    """Whether Excel took it; each is tried by itself, so that one that fails does not keep the others."""
    try:
        port.patiently(restore)
    except Exception:
        return False
    return True


def _not_set_back() -> WorkbookError:
    return WorkbookError(
        where="Excel", found="settings of its own that it would not take back", expected="Excel as it was",
        todo="Set Formulas > Calculation Options as you had it. If the screen stands still, close Excel without saving.",
    )  # fmt: skip


def _other_size(sheet: str) -> WorkbookError:
    return WorkbookError(
        where=sheet, found="a table that is not as large as it was made", expected="every row of the result, and no other",
        todo="Nothing was changed. Clear the filters of this tab, and press the button again.",
    )  # fmt: skip


def go_to(port: Port, sheet: str, address: str | None) -> None:
    """Show a tab, and select a range on it."""
    found: Any = port.sheet(sheet)
    try:
        port.patiently(found.activate)
    except ReconError:
        raise
    except Exception as error:
        raise _hidden(sheet) from error
    if address:
        cells = found.range(address)
        port.patiently(cells.select)


def _hidden(sheet: str) -> WorkbookError:
    return WorkbookError(
        where=sheet, found="a tab that Excel does not show", expected="a visible tab to go to",
        todo="Right-click any tab, choose Unhide, and press the button again.",
    )  # fmt: skip
