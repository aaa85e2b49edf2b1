"""The same month through Excel and through the file: the same sheets, in few calls."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path

from openpyxl import load_workbook
from workbook.books import at, type_cells
from workbook.small import small_book

from hosts.compare import Facts, differences, facts
from hosts.months import EACH_WAY, generated, pressed, through_the_file
from hosts.worlds import LiveWorld, opened
from recon_xl.commands.reading import RUN_READS
from recon_xl.core.changeset import DraftTab
from recon_xl.sample.faults import FAULTS

FEW, MANY = 300, 900
"""Vendor lines of a month, and of one three times as long."""


@cache
def _by_the_file(book: Path) -> dict[str, Facts]:
    """What the file's host makes of a month; made once for both ways."""
    return facts(through_the_file(book, book.with_name("by_file.xlsx")))


@EACH_WAY
def test_a_month_with_everything_wrong_gives_equal_sheets(way: str, tmp_path: Path) -> None:
    """Cells, formulas, styles, tables, validations, conditional formats, widths, names, print set-up: nothing differs."""
    book = generated(300, *FAULTS)
    with opened(way, Path(shutil.copyfile(book, tmp_path / "live.xlsx"))) as world:
        pressed(world)
        assert [] == differences(_by_the_file(book), facts(world.save()))


@EACH_WAY
def test_a_second_run_over_the_first_gives_equal_sheets(way: str, tmp_path: Path) -> None:
    """A month reconciled before, then changed: a draft shrinks, findings come and go."""
    book = through_the_file(small_book(tmp_path / "small"), tmp_path / "first.xlsx")
    type_cells(
        book, "Billed Lines", {at("Billed Lines", "Customer"): "Nobody we know", at("Billed Lines", "Quantity"): 7}
    )
    by_file = through_the_file(book, tmp_path / "file.xlsx")
    with opened(way, book) as world:
        pressed(world)
        assert [] == differences(facts(by_file), facts(world.save()))


@EACH_WAY
def test_calls_are_few_and_do_not_grow_with_the_lines(way: str, tmp_path: Path) -> None:
    """At most 40 operations and 6 a draft tab on Windows, and no more for three times the lines."""
    tally = {}
    for lines in FEW, MANY:
        with opened(way, Path(shutil.copyfile(generated(lines), tmp_path / f"{lines}.xlsx"))) as world:
            world.wire.reset()
            outcome = pressed(world)
            tabs = sum(isinstance(change, DraftTab) for change in outcome.changeset.changes)
            again = 0 if way == "com" else len(RUN_READS)  # elsewhere all that was read is looked at again
            assert world.wire.operations <= 40 + 6 * tabs + again, world.wire.tally()
            drafts = outcome.result.drafts
            # A draft of a single line needs no rows inserted, one with several tax codes needs some for these too.
            rows = sum((len(d.lines) > 1) + (len({line.tax_code for line in d.lines}) > 1) for d in drafts)
            tally[lines] = world.wire.operations - 4 * tabs - rows
    assert abs(tally[FEW] - tally[MANY]) <= 3, tally


def test_nothing_is_written_where_nothing_changed(small: LiveWorld) -> None:
    """A second run with the same stamp does not touch the workbook at all."""
    pressed(small)
    small.wire.reset()
    pressed(small)
    assert 0 == small.wire.writes, small.wire.tally()


def test_excel_is_left_as_it_was(small: LiveWorld) -> None:
    """Calculation mode, screen, active tab, selection, hidden sheets."""
    app = small.book.app
    app.calculation = "semiautomatic"
    small.book.sheets["Products"].activate()
    small.book.sheets["Products"].range("C7").select()
    pressed(small)
    assert ("semiautomatic", True, "Products") == (app.calculation, app.screen_updating, small.book.sheets.active.name)
    assert (7, 3) == (app.selection.row, app.selection.column)
    states = {sheet.title: sheet.sheet_state for sheet in load_workbook(small.save())}
    assert ("hidden", "veryHidden") == (states["Draft Template"], states["Layout"])
