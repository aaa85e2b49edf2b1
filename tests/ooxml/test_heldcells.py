"""A small sheet read in one go holds what it holds when it is read row by row, or is left to that."""

from __future__ import annotations

from pathlib import Path

import pytest

from recon_xl.core.cells import NumberText, PercentText
from recon_xl.ooxml import open_workbook
from recon_xl.ooxml.address import parse_cell
from recon_xl.ooxml.formulatext import formulas_of
from recon_xl.ooxml.heldcells import HeldCells, held_cells

TEMPLATES = Path(__file__).parents[2] / "workbook_templates"
SHARED = ["zero", "one"]
USUAL = (
    '<row r="1" ht="20"/><row r="2" ht="20"><c r="A2" s="1"><v>0.5</v></c><c r="B2" t="n"/><c r="C2" s="7"/>'
    '<c r="AA2" t="inlineStr"><is><t xml:space="preserve"> a &amp; b_x000D_ </t></is></c></row>'
    '<row r="5"><c r="A5" t="s"><v>1</v></c><c r="B5" s="1"><f>A2*2</f><v>-1E-2</v></c>'
    '<c r="C5" t="str"><f>A2&amp;"_x0041_"</f><v></v></c><c r="D5" t="str"><f>"x"</f><v>x &lt;y</v></c></row>'
)


def sheet(rows: str) -> bytes:
    return f'<worksheet xmlns="http://x"><sheetData>{rows}</sheetData></worksheet>'.encode()


def read(rows: str) -> HeldCells | None:
    return held_cells(sheet(rows), SHARED, frozenset({"1"}))


def test_usual_cells_are_read_in_one_go() -> None:
    """Numbers keep their kind, texts lose what was escaped, formulas stand beside what they show; blank cells are none."""
    held = read(USUAL)
    assert held is not None
    assert held.cells == {
        (2, 1): "0.5", (2, 27): " a & b\r ", (5, 1): "one", (5, 2): "-1E-2", (5, 3): "", (5, 4): "x <y",
    }  # fmt: skip
    assert [PercentText, str, str, PercentText, str, str] == [type(cell) for cell in held.cells.values()]
    assert held.formulas == {(5, 2): "A2*2", (5, 3): 'A2&"A"', (5, 4): '"x"'}
    assert type(read('<row r="1"><c r="A1"><v>5</v></c></row>').cells[1, 1]) is NumberText  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('t="s"><v>1</v>', 't="s"><v>2</v>'),
        ('t="s"><v>1</v>', 't="b"><v>1</v>'),
        ('t="s"><v>1</v>', 't="e"><v>#N/A</v>'),
        ("<f>A2*2</f>", '<f t="shared" ref="B5" si="0">A2*2</f>'),
        ("<v>-1E-2</v>", "<v/>"),
        ('r="D5"', 'r="B5"'),
        ('r="D5"', 'r="D6"'),
        ('r="D5"', 'r="ZZZ5"'),
        ('<row r="5">', '<row r="2">'),
        ('<row r="5">', "<row>"),
        ("x &lt;y", "x &bad;y"),
        ("x &lt;y", "_xD800_"),
        ("<row ", "<!-- a comment --><row "),
        ("</row>", "</row><row>"),
    ],
)
def test_anything_unusual_is_left_to_the_close_look(old: str, new: str) -> None:
    """Better no answer than another one than that of the reader."""
    assert old in USUAL
    assert read(USUAL.replace(old, new)) is None


def test_both_ways_agree_on_real_sheets() -> None:
    """Cell by cell and formula by formula, on each tab of a month that was run."""
    read_at_once = 0
    with open_workbook(TEMPLATES / "month_end_sample.xlsx") as book:
        for info in book.sheets:
            held = book.held_cells(info.name)
            if held is not None:
                rows = book.rows(info.name)
                assert held.cells == {
                    (n, c): cell for n, row in rows for c, cell in enumerate(row, 1) if cell is not None
                }
                formulas = formulas_of(book.read(info.part).decode())
                assert held.formulas == {parse_cell(address): text for address, text in formulas.items()}
                read_at_once += info.name.startswith("Draft ")
    assert read_at_once > 5
