"""A small sheet read in one go holds what it holds when it is read row by row, or is left to that."""

from __future__ import annotations

from pathlib import Path

import pytest

from recon_xl.core.cells import NumberText, PercentText
from recon_xl.ooxml import open_workbook
from recon_xl.ooxml.address import parse_cell
from recon_xl.ooxml.formulatext import formulas_of
from recon_xl.ooxml.heldcells import Held, held_rows
from recon_xl.ooxml.rawxml import NotPlainError

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


def read(rows: str) -> dict[int, Held]:
    return dict(held_rows(sheet(rows), SHARED, frozenset({"1"})))


def test_usual_cells_are_read_in_one_go() -> None:
    """Numbers keep their kind, texts lose what was escaped, formulas stand beside what they show; blank cells are none."""
    held = read(USUAL)
    assert held == {
        2: {1: ("0.5", ""), 27: (" a & b\r ", "")},
        5: {1: ("one", ""), 2: ("-1E-2", "A2*2"), 3: ("", 'A2&"A"'), 4: ("x <y", '"x"')},
    }
    assert [PercentText, str, PercentText] == [type(held[row][column][0]) for row, column in ((2, 1), (5, 1), (5, 2))]
    assert type(read('<row r="1"><c r="A1"><v>5</v></c></row>')[1][1][0]) is NumberText


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
    with pytest.raises(NotPlainError):
        read(USUAL.replace(old, new))


def test_both_ways_agree_on_real_sheets() -> None:
    """Cell by cell and formula by formula, on the tabs of a month that was run; draft tabs all hold nothing unusual."""
    read_at_once = []
    with open_workbook(TEMPLATES / "month_end_sample.xlsx") as book:
        for info in book.sheets:
            try:
                held = dict(book.held_rows(info.name))
            except NotPlainError:
                continue
            cells = {
                (n, c): cell for n, row in book.rows(info.name) for c, cell in enumerate(row, 1) if cell is not None
            }
            assert cells == {(n, c): cell for n, row in held.items() for c, (cell, _) in row.items()}
            formulas = {parse_cell(ref): text for ref, text in formulas_of(book.read(info.part).decode()).items()}
            assert formulas == {(n, c): text for n, row in held.items() for c, (_, text) in row.items() if text}
            read_at_once.append(info.name)
        assert {info.name for info in book.sheets if info.name.startswith("Draft ")} < set(read_at_once)
