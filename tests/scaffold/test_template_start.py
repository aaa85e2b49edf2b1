"""Start, and the hidden draft template."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from recon_xl.contract import layout
from recon_xl.contract.catalogue import START_SHEET, TEMPLATE_SHEET
from recon_xl.contract.layout import DRAFT, START
from recon_xl.scaffold import conditional, draft_template, sign_off, start, start_guide

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook


def test_cells_of_a_run_are_labelled_and_free(template: Workbook) -> None:
    """Each value of a run has a label beside it, and only formulas stand where a run writes."""
    sheet = template[START_SHEET]
    for address, label in (*start.STATUS, *start.LAST_RUN, *start.SENTENCES):
        assert label == sheet[f"{chr(ord(address[0]) - 1)}{address[1:]}"].value
    free = [address for address in START.single_cells().values() if sheet[address].value is None]
    assert {START.run_id, START.coverage, START.input_total} <= set(free)


def test_blocks_have_headers_and_blank_styled_rows(template: Workbook) -> None:
    """Blocks wait empty under their headers, with the formats of their columns."""
    sheet = template[START_SHEET]
    for block, _, columns in start.BLOCKS:
        heads = [sheet[f"{letter}{block.first_row - 1}"].value for letter in block.columns]
        assert [name for name, _ in columns] == heads
        for row in range(block.max_rows):
            cells = [sheet[block.cell(row, position)] for position in range(len(columns))]
            assert all(cell.value is None and cell.style == "Output" for cell in cells)


def test_formulas_of_start(template: Workbook) -> None:
    """Master check, input total and banner are live formulas."""
    sheet = template[START_SHEET]
    assert f"={layout.master_check_formula()}" == sheet[START.master_check].value
    assert f"={layout.input_total_formula()}" == sheet[START.input_total_now].value
    assert f"={layout.banner_formula()}" == sheet[START.banner].value


def test_steps_legend_and_version(template: Workbook) -> None:
    """Start says what to do, what colours and signs mean, and which version made it."""
    words = [str(cell.value) for row in template[START_SHEET].iter_rows() for cell in row if cell.value]
    for step, _, _ in start_guide.STEPS:
        assert step in words
    assert any("negative = underbilled" in word for word in words)
    assert any(word.startswith("recon-xl ") for word in words)
    marked = {word for columns in conditional.WATCHED.values() for listed in columns.values() for word in listed}
    assert marked <= set(words)


def test_start_prints_one_page_wide(template: Workbook) -> None:
    """Start has no grid, and prints one page wide."""
    sheet = template[START_SHEET]
    assert not sheet.sheet_view.showGridLines
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.oddFooter.right.text == "Page &P of &N"


def test_the_chart_speaks(template_path: Path) -> None:
    """The one chart has alt text and a title."""
    with zipfile.ZipFile(template_path) as package:
        drawing, chart = (package.read(f"xl/{part}1.xml").decode() for part in ("drawings/drawing", "charts/chart"))
    assert 'descr="Bar chart: money at stake' in drawing
    assert "Money at stake by cause" in chart
    assert f"$D${START.causes.first_row}:$D${START.causes.last_row}" in chart


def test_draft_template_is_an_invoice_one_page_wide(template: Workbook) -> None:
    """Hidden, marked DRAFT, portrait, one page wide, with print area, print title and page numbers."""
    sheet = template[TEMPLATE_SHEET]
    assert (sheet.sheet_state, sheet.sheet_view.showGridLines) == ("hidden", False)
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (
        "portrait",
        1,
        0,
    )
    assert f"'{TEMPLATE_SHEET}'!{DRAFT.print_area(DRAFT.footer)}" == sheet.print_area
    assert f"${DRAFT.header_row}:${DRAFT.header_row}" == sheet.print_title_rows
    assert (sheet.oddFooter.left.text, sheet.oddFooter.right.text) == (draft_template.FOOTER, "Page &P of &N")
    assert (sheet[DRAFT.heading].value, sheet["G2"].value) == ("DRAFT INVOICE", "DRAFT - not a tax invoice")


def test_draft_template_has_every_field_and_prototype(template: Workbook) -> None:
    """Labels stand beside the facts, headers over the columns, and each prototype row is styled."""
    sheet = template[TEMPLATE_SHEET]
    for address, label, _ in draft_template.FACTS:
        assert label == sheet[f"D{address[1:]}"].value
        assert sheet[address].value is None
    for name, letter in draft_template.COLUMNS.items():
        assert draft_template.HEADERS[name][0] == sheet[f"{letter}{DRAFT.header_row}"].value
        assert sheet[f"{letter}{DRAFT.line}"].style in {"Output", "Link"}
    assert sheet[f"{DRAFT.columns.net}{DRAFT.total}"].number_format == "#,##0.00#_);(#,##0.00#)"
    assert sheet[DRAFT.check].value == "=MasterCheck"


def test_titles_that_span_columns_are_centred_across_them(template: Workbook) -> None:
    """Where a line spans columns it is centred across the selection, not merged."""
    banner = template[START_SHEET][START.banner]
    footer = template[TEMPLATE_SHEET][f"A{DRAFT.footer}"]
    assert banner.alignment.horizontal == footer.alignment.horizontal == "centerContinuous"


def test_sign_off_is_open_for_two_people(template: Workbook) -> None:
    """Preparer and reviewer sign in unlocked cells, and the status is a live formula."""
    sheet = template[START_SHEET]
    block = START.sign_off
    for row, role in enumerate(sign_off.ROLES):
        assert role == sheet[block.cell(row, 0)].value
        assert all(not sheet[block.cell(row, position)].protection.locked for position in (1, 2, 3))
    assert f"={layout.sign_off_formula()}" == sheet[START.sign_off_status].value
