"""Rows appended, updated and deleted one by one; all others keep what they hold."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from ooxml.books import SHEET, TABLE, add_user_column, cell, month_end, read_parts, saved, table_values
from recon_xl.core.errors import WorkbookError
from recon_xl.ooxml import WorkbookEditor, lint, open_workbook


def five(path: Path, **options: bool) -> Path:
    return month_end(path, [[f"k{n}", n, "w", None] for n in range(1, 6)], **options)


def keys(path: Path) -> list[object]:
    return [row[0] for row in table_values(path)]


def test_append_update_delete(tmp_path: Path) -> None:
    """All three at once work on the rows as they were numbered before."""
    path = five(tmp_path / "b.xlsx", totals=True)
    editor = WorkbookEditor(path)
    editor.edit_rows(
        TABLE, columns=["Key", "Amount"], append=[["k6", Decimal(6)]], update={8: {"Why": "new"}}, delete=[6, 9]
    )
    saved(editor, path)
    assert [["k2", "2", "w", None], ["k3", "3", "new", None], ["k5", "5", "w", None], ["k6", "6", None, None]] == (
        table_values(path)
    )
    assert "Total" == cell(path, SHEET, "A10")
    assert [] == lint(path)
    assert "#,##0.00" == load_workbook(path)[SHEET]["B9"].number_format


def test_first_append_takes_the_empty_row(tmp_path: Path) -> None:
    """A table without rows has an empty one, which the first new row takes."""
    path = month_end(tmp_path / "b.xlsx")
    book = load_workbook(path)
    book[SHEET]["G6"] = "beside"
    book[SHEET]["A8"] = "below"
    book.save(path)
    editor = WorkbookEditor(path)
    editor.edit_rows(TABLE, columns=["Key"], append=[["k1"], ["k2"]])
    saved(editor, path)
    assert ["k1", "k2"] == keys(path)
    assert ["beside", "below"] == [cell(path, SHEET, ref) for ref in ("G6", "A8")]
    with open_workbook(path) as found:
        assert 7 == found.tables[TABLE].last_row


def test_deleting_all_rows_leaves_an_empty_one(tmp_path: Path) -> None:
    """A table never has no row at all."""
    path = five(tmp_path / "b.xlsx")
    editor = WorkbookEditor(path)
    editor.edit_rows(TABLE, delete=range(6, 11))
    saved(editor, path)
    assert [] == table_values(path)
    assert [] == lint(path)
    with open_workbook(path) as book:
        assert 6 == book.tables[TABLE].last_row


def test_rows_move_with_their_formulas_and_neighbours(tmp_path: Path) -> None:
    """A row that moves up takes along its formula and the note beside it."""
    path = five(tmp_path / "b.xlsx")
    add_user_column(path, "Mine", [f"=B{row}*2" for row in range(6, 11)])
    book = load_workbook(path)
    book[SHEET]["G8"] = "beside k3"
    book.save(path)
    editor = WorkbookEditor(path)
    editor.edit_rows(TABLE, delete=[6], columns=["Key"], append=[["k6"]])
    saved(editor, path)
    sheet = load_workbook(path)[SHEET]
    assert ["=B6*2", "=B7*2", "=B8*2", "=B9*2", None] == [sheet[f"E{row}"].value for row in range(6, 11)]
    assert ("k3", "beside k3", None) == (sheet["A7"].value, sheet["G7"].value, sheet["G8"].value)


def test_untouched_rows_keep_their_bytes(tmp_path: Path) -> None:
    """A row that neither changes nor moves is the same text as before."""
    path = five(tmp_path / "b.xlsx")
    before = read_parts(path)["xl/worksheets/sheet1.xml"].decode()
    editor = WorkbookEditor(path)
    editor.edit_rows(TABLE, update={8: {"Why": "new"}})
    after = read_parts(saved(editor, path))["xl/worksheets/sheet1.xml"].decode()
    assert before.partition('<row r="8"')[0] == after.partition('<row r="8"')[0]
    assert before.partition('<row r="9"')[2] == after.partition('<row r="9"')[2]


@pytest.mark.parametrize(("ref", "owned"), [("G7", None), ("D7", ("Key", "Amount", "Why"))])
def test_a_row_with_notes_is_not_deleted(tmp_path: Path, ref: str, owned: tuple[str, ...] | None) -> None:
    """A row beside which or in which the user wrote something is not deleted; the cell is named."""
    path = five(tmp_path / "b.xlsx")
    book = load_workbook(path)
    book[SHEET][ref] = "mine"
    book.save(path)
    before = path.read_bytes()
    editor = WorkbookEditor(path)
    with pytest.raises(WorkbookError, match=ref):
        editor.edit_rows(TABLE, delete=[7], owned=owned)
    editor.edit_rows(TABLE, delete=[8], owned=owned)
    assert before == path.read_bytes()


def test_rows_outside_the_table_are_refused(tmp_path: Path) -> None:
    """A row number that is no row of the table any more is refused."""
    editor = WorkbookEditor(five(tmp_path / "b.xlsx"))
    for edits in ({"delete": [5]}, {"delete": [11]}, {"update": {11: {"Key": "x"}}}):
        with pytest.raises(WorkbookError, match="no longer"):
            editor.edit_rows(TABLE, **edits)


def test_content_below_is_never_overwritten(tmp_path: Path) -> None:
    """Appended rows that would run into content are refused with its address."""
    path = five(tmp_path / "b.xlsx")
    book = load_workbook(path)
    book[SHEET]["A11"] = "mine"
    book.save(path)
    with pytest.raises(WorkbookError, match="A11"):
        WorkbookEditor(path).edit_rows(TABLE, columns=["Key"], append=[["k6"]])
