"""All rows of a table written anew: ours change, the user's stay with their row."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from ooxml.books import (
    COLUMNS,
    SHEET,
    TABLE,
    add_user_column,
    cell,
    edit_part,
    month_end,
    read_parts,
    saved,
    table_values,
)
from recon_xl.core.cells import Formula, Value
from recon_xl.core.errors import WorkbookError
from recon_xl.ooxml import WorkbookEditor, lint, open_workbook

OWN = COLUMNS[:3]


def lines(count: int) -> list[list[Value]]:
    return [[f"k{n}", Decimal(n), "why"] for n in range(1, count + 1)]


def replaced(path: Path, rows: list[list[Value]], **options: str) -> list[str]:
    editor = WorkbookEditor(path)
    orphans = editor.replace_rows(TABLE, OWN, rows, **options)
    saved(editor, path)
    assert [] == lint(path)
    return orphans


def test_grow_shrink_and_empty(tmp_path: Path) -> None:
    """A table grows and shrinks with its rows; without rows it keeps one empty row, with its formats."""
    path = month_end(tmp_path / "b.xlsx")
    for count in (50, 3, 0, 2):
        replaced(path, lines(count))
        expected = [[f"k{n}", str(n), "why", None] for n in range(1, count + 1)]
        assert expected == table_values(path)
        with open_workbook(path) as book:
            assert 5 + max(count, 1) == book.tables[TABLE].last_row
    sheet = load_workbook(path)[SHEET]
    assert "#,##0.00" == sheet["B7"].number_format
    assert "A5:D7" == sheet.tables[TABLE].autoFilter.ref
    assert "A1:D7" == sheet.dimensions


def test_everything_else_is_byte_for_byte(tmp_path: Path) -> None:
    """Only the sheet, its table and the workbook part change; around the rows not even the sheet does."""
    path = month_end(tmp_path / "b.xlsx")
    before = read_parts(path)
    replaced(path, lines(5))
    after = read_parts(path)
    changed = {part for part in before if before[part] != after.get(part)}
    assert {"xl/worksheets/sheet1.xml", "xl/tables/table1.xml"} == changed - {
        "xl/workbook.xml", "[Content_Types].xml", "xl/_rels/workbook.xml.rels"
    }  # fmt: skip
    old, new = before["xl/worksheets/sheet1.xml"], after["xl/worksheets/sheet1.xml"]
    assert old.partition(b"</sheetData>")[2] == new.partition(b"</sheetData>")[2]
    head = new.partition(b'<row r="6"')[0].replace(b"A1:D10", b"A1:D6")
    assert old.partition(b'<row r="6"')[0] == head


def test_same_rows_same_bytes(tmp_path: Path) -> None:
    """Writing the same rows again gives the same file."""
    path = month_end(tmp_path / "b.xlsx")
    replaced(path, lines(5))
    first = path.read_bytes()
    replaced(path, lines(5))
    assert first == path.read_bytes()


def test_foreign_columns_follow_their_key(tmp_path: Path) -> None:
    """The user's cells go with the key; those whose row is gone are named."""
    path = month_end(tmp_path / "b.xlsx", [[f"k{n}", n, "w", f"note {n}"] for n in range(1, 5)])
    orphans = replaced(path, [["k3", None, "w"], ["new", None, "w"], ["k1", None, "w"]], key="Key")
    assert ["k2", "k4"] == orphans
    assert ["note 3", None, "note 1"] == [row[3] for row in table_values(path)]


def test_foreign_columns_stay_without_a_key(tmp_path: Path) -> None:
    """Without a key the user's cells stay at their row; rows that went are named by number."""
    path = month_end(tmp_path / "b.xlsx", [[f"k{n}", n, "w", f"note {n}"] for n in range(1, 4)])
    assert ["8"] == replaced(path, lines(2))
    assert ["note 1", "note 2"] == [row[3] for row in table_values(path)]


def test_number_keys_match_however_stored(tmp_path: Path) -> None:
    """A key stored as the number 7 is the key 7.0 and the text 7."""
    path = month_end(tmp_path / "b.xlsx", [[7, 1, "w", "seven"], [8, 1, "w", "eight"]])
    assert [] == replaced(path, [["8", None, ""], [Decimal("7.0"), None, ""]], key="Key")
    assert ["eight", "seven"] == [row[3] for row in table_values(path)]


def test_user_formulas_follow(tmp_path: Path) -> None:
    """A user's formula means its own row again after the move; other references are left alone."""
    path = month_end(tmp_path / "b.xlsx", [["k1", 1, "w", None], ["k2", 2, "w", None]])
    add_user_column(path, "Mine", ["=B6*$B$3+LEN(\"B6\")+'My sheet'!B6+Exceptions[[#This Row],[Amount]]", "=B7+B6"])
    replaced(path, [["k2", None, ""], ["x", None, ""], ["k1", None, ""]], key="Key")
    sheet = load_workbook(path)[SHEET]
    assert "=B6+B6" == sheet["E6"].value
    assert "=B8*$B$3+LEN(\"B6\")+'My sheet'!B6+Exceptions[[#This Row],[Amount]]" == sheet["E8"].value
    assert sheet["E7"].value is None


def test_shared_formulas_are_written_out(tmp_path: Path) -> None:
    """A formula that Excel stores once for a filled column goes with each row."""
    path = month_end(tmp_path / "b.xlsx", [[f"k{n}", n, "w", None] for n in range(1, 4)])
    add_user_column(path, "Mine", ["=B6*2", "=B7*2", "=B8*2"])
    share = (
        ("<f>B6*2</f>", '<f t="shared" ref="E6:E8" si="0">B6*2</f>'),
        ("<f>B7*2</f>", '<f t="shared" si="0"/>'),
        ("<f>B8*2</f>", '<f t="shared" si="0"/>'),
    )
    for old, new in share:
        edit_part(path, "xl/worksheets/sheet1.xml", lambda text, old=old, new=new: text.replace(old, new))
    replaced(path, [["k3", None, ""], ["k1", None, ""]], key="Key")
    sheet = load_workbook(path)[SHEET]
    assert ["=B6*2", "=B7*2"] == [sheet["E6"].value, sheet["E7"].value]


@pytest.mark.parametrize(
    ("formula", "words"),
    [
        ('<f t="array" ref="E6:E7">B6:B7*2</f>', "array"),
        ('<f t="shared" ref="E6:F9" si="0">B6*2</f>', "outside the table"),
    ],
)
def test_formulas_that_cannot_move(tmp_path: Path, formula: str, words: str) -> None:
    """Array formulas over several cells, and formulas shared beyond the table, are refused with the cell and the way out."""
    path = month_end(tmp_path / "b.xlsx", [["k1", 1, "w", None]])
    add_user_column(path, "Mine", ["=B6*2"])
    edit_part(path, "xl/worksheets/sheet1.xml", lambda text: text.replace("<f>B6*2</f>", formula))
    before = path.read_bytes()
    with pytest.raises(WorkbookError, match=words) as error:
        WorkbookEditor(path).replace_rows(TABLE, OWN, lines(2), key="Key")
    assert "b.xlsx > Exceptions > E6" == error.value.where
    assert before == path.read_bytes()


def test_calculated_columns_fill_new_rows(tmp_path: Path) -> None:
    """A column that Excel calculates is filled into new rows, and a vanished row of it is no loss."""
    path = month_end(tmp_path / "b.xlsx", [["k1", 1, "w", None]])
    add_user_column(path, "Mine", ["=Exceptions[[#This Row],[Amount]]*2"], formula="Exceptions[[#This Row],[Amount]]*2")
    assert [] == replaced(path, [["new", None, ""]], key="Key")
    assert "=Exceptions[[#This Row],[Amount]]*2" == load_workbook(path)[SHEET]["E6"].value


def test_cells_beside_the_table_stay(tmp_path: Path) -> None:
    """What stands left or right of the table stays at its address, with more rows and with fewer."""
    path = month_end(tmp_path / "b.xlsx", [["k1", 1, "w", None]])
    book = load_workbook(path)
    for ref in ("G6", "G8", "G20"):
        book[SHEET][ref] = f"mine {ref}"
    book.save(path)
    for count in (10, 1):
        replaced(path, lines(count))
        assert ["mine G6", "mine G8", "mine G20"] == [cell(path, SHEET, ref) for ref in ("G6", "G8", "G20")]


def test_cells_below_the_table_are_never_overwritten(tmp_path: Path) -> None:
    """Rows that would run into content are refused with its address; empty formatted cells are no obstacle."""
    path = month_end(tmp_path / "b.xlsx")
    book = load_workbook(path)
    book[SHEET]["C9"] = "my footnote"
    book[SHEET]["B8"].number_format = "0.0"
    book.save(path)
    before = path.read_bytes()
    replaced(path, lines(3))
    path.write_bytes(before)
    with pytest.raises(WorkbookError, match="C9"):
        WorkbookEditor(path).replace_rows(TABLE, OWN, lines(4))


def test_totals_row_moves(tmp_path: Path) -> None:
    """The totals row follows the last row with its formats; given totals carry our own figure."""
    path = month_end(tmp_path / "b.xlsx", totals=True)
    for count in (5, 2, 0):
        editor = WorkbookEditor(path)
        total = Decimal(count)
        editor.replace_rows(
            TABLE, OWN, lines(count), totals={"Amount": Formula(f"SUBTOTAL(109,{TABLE}[Amount])", total)}
        )
        saved(editor, path)
        row = 6 + max(count, 1)
        assert [] == lint(path)
        assert ("Total", str(total)) == (cell(path, SHEET, f"A{row}"), cell(path, SHEET, f"B{row}"))
        assert count == len(table_values(path))
    sheet = load_workbook(path)[SHEET]
    assert "0.0" == sheet["B7"].number_format
    assert sheet["A7"].font.bold
    assert ("A5:D7", "A5:D6") == (sheet.tables[TABLE].ref, sheet.tables[TABLE].autoFilter.ref)


def test_columns_may_be_reordered(tmp_path: Path) -> None:
    """Values go to the column with their name, wherever the user moved it."""
    path = month_end(tmp_path / "b.xlsx")
    editor = WorkbookEditor(path)
    editor.replace_rows(TABLE, ("Why", "Key"), [["because", "k1"]])
    assert [["k1", None, "because", None]] == table_values(saved(editor, path))


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    """A column that the user removed or renamed is named, with those that there are."""
    with pytest.raises(WorkbookError, match="no column 'Reason'"):
        WorkbookEditor(month_end(tmp_path / "b.xlsx")).replace_rows(TABLE, ("Key", "Reason"), [["k1", "x"]])


def test_text_that_begins_like_a_formula(tmp_path: Path) -> None:
    """Such text is stored as text in a format with a quote prefix, which no other value gets."""
    path = month_end(tmp_path / "b.xlsx")
    for _run in range(2):
        replaced(path, [["=1+1", Decimal(1), "@x"], ["plain", Decimal(2), "-"]])
    assert [["=1+1", "1", "@x", None], ["plain", "2", "-", None]] == table_values(path)
    sheet = load_workbook(path)[SHEET]
    assert [True, False, True] == [bool(sheet[ref].quotePrefix) for ref in ("A6", "A7", "C6")]
    assert ["s", "@"] == [sheet["A6"].data_type, sheet["A6"].number_format]
    replaced(path, [["plain", Decimal(1), "x"]])
    assert not load_workbook(path)[SHEET]["A6"].quotePrefix


def test_rows_that_do_not_fit_the_columns(tmp_path: Path) -> None:
    """A row with too few or too many values is a mistake of the caller, never cut to size."""
    editor = WorkbookEditor(month_end(tmp_path / "b.xlsx"))
    for rows in ([["k1"]], [["k1", "a", "b", "c"]]):
        with pytest.raises(ValueError, match="do not fit"):
            editor.replace_rows(TABLE, OWN, rows)


def test_sort_order_and_filter_follow(tmp_path: Path) -> None:
    """The user's filter is kept and covers the new rows, and so does the sort order."""
    path = month_end(tmp_path / "b.xlsx", [["k1", 1, "w", None]])
    inner = '<filterColumn colId="0"><filters><filter val="k1"/></filters></filterColumn></autoFilter>'
    state = '<sortState ref="A6:D6"><sortCondition ref="B6:B6"/></sortState>'

    def excel(text: str) -> str:
        text = re.sub(r'<autoFilter ref="A5:D6" ?/>', f'<autoFilter ref="A5:D6">{inner}{state}', text)
        return text.replace(' id="1"', ' insertRow="1" id="1"', 1)

    edit_part(path, "xl/tables/table1.xml", excel)
    replaced(path, lines(3))
    table = read_parts(path)["xl/tables/table1.xml"].decode()
    assert '<autoFilter ref="A5:D8"><filterColumn' in table
    assert '<sortState ref="A6:D8"><sortCondition ref="B6:B8"/></sortState>' in table
    assert "insertRow" not in table
