"""A clone is proved from its pieces; whatever such a proof cannot tell is looked at as on any other sheet."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from ooxml.books import edit_part, month_end
from recon_xl.core.cells import Formula, Value
from recon_xl.core.errors import InputError
from recon_xl.ooxml import ClonedRow, ClonedSheet, WorkbookEditor, lint
from recon_xl.ooxml.lint import new_faults

TEMPLATE, PART = "Draft Template", "xl/worksheets/sheet3.xml"
COPIES = ("xl/worksheets/sheet4.xml", "xl/worksheets/sheet5.xml")


def book(tmp_path: Path, old: str = "", new: str = "") -> WorkbookEditor:
    """A workbook as Excel saves it: its one formula shows something."""
    path = month_end(tmp_path / "b.xlsx")
    edit_part(
        path, PART, lambda text: text.replace('"C5"><f>A5&amp;B5</f><v />', '"C5" t="str"><f>A5&amp;B5</f><v></v>')
    )
    edit_part(path, PART, lambda text: text.replace(old, new))
    return WorkbookEditor(path)


def clone(editor: WorkbookEditor, name: str, value: Value = "Contoso", rows: int = 2) -> None:
    copies = [ClonedRow(5, {"A": value, "B": Decimal(n)}, height=29) for n in range(rows)]
    editor.clone_sheets(TEMPLATE, [ClonedSheet(name, {"B2": value}, copies)], first_row=5)


@pytest.mark.parametrize(
    "value", ["A & B <c>", "=1+1", Decimal("0.00"), 7, None, True, Formula("A1&B1", "<1>"), "two\nlines"]
)
def test_a_clone_is_proved_as_it_is_cast(tmp_path: Path, value: Value) -> None:
    """Its rows need no second look, whatever usual values it has; what is left is the same on each clone."""
    editor = book(tmp_path)
    for name in ("One", "Two"):
        clone(editor, name, value)
    first, second = (editor.package().abridged(part) for part in COPIES)
    assert first is not None
    assert b"<row" not in first
    assert first == second
    assert [] == new_faults(editor.package())


def test_clones_made_together_are_as_those_made_alone(tmp_path: Path) -> None:
    """Whatever their rows are like: of two prototypes, with and without height, and with no cell where there is no format."""
    sheets = [
        ClonedSheet(f"T{n}", {"B2": n}, [
            ClonedRow(5, {"A": value, "B": Decimal(n), "F": value}, height=None if n % 2 else 29),
            ClonedRow(6, {"B": Formula(f"SUM(B5:B{n})", Decimal(n))}),
            ClonedRow(5, {"F": value}),
        ][: n % 4])
        for n, value in enumerate(["A & B", None, "=1", " x", "_x0041_", Decimal("1E+3"), True, date(2026, 11, 22)] * 10)
    ]  # fmt: skip
    together, alone = book(tmp_path), book(tmp_path)
    together.clone_sheets(TEMPLATE, sheets, first_row=5)
    for sheet in sheets:
        alone.clone_sheets(TEMPLATE, [sheet], first_row=5)
    parts = [f"xl/worksheets/sheet{number}.xml" for number in range(4, 84)]
    assert [alone.package().read(part) for part in parts] == [together.package().read(part) for part in parts]
    assert [] == new_faults(together.package())


def test_what_is_proved_is_good(tmp_path: Path) -> None:
    """The close look at the saved file, which takes no piece for granted, finds nothing either; the used range is right."""
    editor = book(tmp_path)
    clone(editor, "One", "A & B")
    clone(editor, "Two", "=1", rows=40)
    path = tmp_path / "saved.xlsx"
    with path.open("wb") as file:
        editor.package().write_to(file)
    assert [] == lint(path)
    ranges = [editor.package().read(part).partition(b'<dimension ref="')[2].partition(b'"')[0] for part in COPIES]
    assert [b"A1:C6", b"A1:C44"] == ranges


@pytest.mark.parametrize("value", ["_x0041_", "\x01", "x" * 10_000, Formula("1", True), Formula('"_x0041_"', "A")])
def test_a_value_that_takes_a_closer_look_gets_it(tmp_path: Path, value: Value) -> None:
    """Only that clone is looked at row by row; a value is no better for having been met before."""
    editor = book(tmp_path)
    clone(editor, "One", value)
    clone(editor, "Two", "Contoso")
    clone(editor, "Three", value)
    package = editor.package()
    assert package.abridged(COPIES[0]) is None
    assert package.abridged(COPIES[1]) is not None
    assert package.abridged("xl/worksheets/sheet6.xml") is None
    assert [] == new_faults(package)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('s="3"', 's="99"'),
        ('s="2"', 's="99"'),
        ('s="4"', 's="99"'),
        ('<c r="C5" ', '<c r="C5" s="99" '),
        ('<c r="A4" t="inlineStr"><is><t>Product', '<c r="A4" t="inlineStr"><is><t>_xD800_'),
        ("A5&amp;B5", "A5&amp;" * 1500 + "B5"),
    ],
)
def test_a_fault_of_the_template_is_found_on_each_clone(tmp_path: Path, old: str, new: str) -> None:
    """A format that does not exist, half of a character, a formula too long: no clone is taken for good."""
    editor = book(tmp_path, old, new)
    for name in ("One", "Two"):
        clone(editor, name)
    assert set(COPIES) <= {fault.partition(":")[0] for fault in new_faults(editor.package())}


def test_a_fault_around_the_rows_is_found_on_each_clone(tmp_path: Path) -> None:
    """Clones are alike there, and one that is bad says nothing good of the next."""
    editor = book(tmp_path, "<pageMargins", '<mergeCells count="1"><mergeCell ref="A1:A"/></mergeCells><pageMargins')
    for name in ("One", "Two"):
        clone(editor, name)
    assert set(COPIES) <= {fault.partition(":")[0] for fault in new_faults(editor.package())}


@pytest.mark.parametrize(("column", "ref"), [("A", "A6"), ("", "B2")])
def test_a_value_that_no_cell_can_hold_is_refused_by_its_address(tmp_path: Path, column: str, ref: str) -> None:
    """In a copied row and above the rows."""
    editor, bad = book(tmp_path), Decimal("NaN")
    rows = [ClonedRow(5), ClonedRow(5, {column: bad})] if column else []
    with pytest.raises(InputError, match=f"^{ref}: found the number NaN"):
        editor.clone_sheets(TEMPLATE, [ClonedSheet("One", {} if column else {ref: bad}, rows)], first_row=5)
