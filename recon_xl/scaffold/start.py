"""Start: what this is, where the month stands, what to do next, what money is at stake, and where everything is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openpyxl.styles import Alignment
from openpyxl.worksheet.pagebreak import Break

from recon_xl.contract import layout
from recon_xl.contract.catalogue import START_SHEET
from recon_xl.contract.layout import START, Block
from recon_xl.contract.model import Group, Kind
from recon_xl.scaffold import chart, conditional, page, settings_tab, sign_off, start_guide, styles

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

WIDTHS = {"A": 24, "B": 22, "C": 11, "D": 20, "E": 3, "F": 20, "G": 18, "H": 9, "I": 16, "J": 15, "K": 16}
LAST = "K"
CHART_CELL = f"F{START.causes.first_row - 2}"
CENTRE = "center"

STATUS = (
    (START.company, "Company"),
    (START.period, "Period"),
    (START.run_status, "Run status"),
    (START.master_check, "Master check"),
    (START.exceptions, "Exceptions"),
    (START.controls, "Controls"),
    (START.input_total_now, "Input total now"),
    (START.input_total, "Input total at last run"),
)
LAST_RUN = (
    (START.run_id, "Run"),
    (START.run_time, "Finished (UTC)"),
    (START.run_user, "Run by"),
    (START.run_version, "Version"),
    (START.run_duration, "Duration"),
    (START.run_inputs, "Hash of inputs"),
)
SENTENCES = ((START.coverage, "Coverage"), (START.sources, "Sources"))

BLOCKS: tuple[tuple[Block, str, tuple[tuple[str, Kind], ...]], ...] = (
    (
        START.at_stake,
        "At stake by currency and direction",
        (("Currency", Kind.ID), ("Direction", Kind.TEXT), ("Findings", Kind.INTEGER), ("At Stake", Kind.MONEY)),
    ),
    (
        START.drafts,
        "Drafts by currency",
        (
            *(("Currency", Kind.ID), ("Drafts", Kind.INTEGER), ("Held", Kind.INTEGER)),
            *(("Net", Kind.MONEY), ("Tax", Kind.MONEY), ("Total", Kind.MONEY)),
        ),
    ),
    (
        START.causes,
        "Largest causes, in base currency",
        (("Cause", Kind.TEXT), ("Findings", Kind.INTEGER), ("At Stake", Kind.MONEY)),
    ),
)


def add_start(workbook: Workbook) -> Worksheet:
    """Add Start; the defined names that its formulas use are added by the workbook."""
    sheet = workbook.create_sheet(START_SHEET, 0)
    sheet.sheet_properties.tabColor = f"FF{styles.TAB_COLOURS[Group.START]}"
    sheet.sheet_view.showGridLines = False
    page.widths(sheet, dict(WIDTHS))
    _head(sheet)
    _labels(sheet)
    _formulas(sheet)
    for block, title, columns in BLOCKS:
        _block(sheet, block, title, columns)
    sheet.add_chart(chart.causes_chart(sheet), CHART_CELL)
    sign_off.add_sign_off(sheet)
    start_guide.add_steps(sheet)
    start_guide.add_guide(sheet)
    page.print_setup(sheet, landscape=True)
    sheet.row_breaks.append(Break(id=START.causes.first_row - 4))
    page.print_area(sheet, f"$A$1:${LAST}${sheet.max_row}")
    return sheet


def _head(sheet: Worksheet) -> None:
    page.put(sheet, "A1", "Month-end billing reconciliation", "Title")
    sheet.row_dimensions[1].height = 26
    purpose = (
        "Compares what vendors charged, what you plan to bill and what was counted; "
        "names every gap to the cent, and drafts the invoices."
    )
    page.put(sheet, "A2", purpose, "Note")
    across = Alignment(horizontal="centerContinuous", vertical="center")
    page.fill_style(sheet, f"{START.banner}:{LAST}3", "Label", across)
    sheet[START.banner].value = f"={layout.banner_formula()}"
    sheet.row_dimensions[3].height = 20
    conditional.add_banner_rule(sheet, f"{START.banner}:{LAST}3", START.banner)


def _labels(sheet: Worksheet) -> None:
    heading(sheet, "A5", "This month", "D")
    heading(sheet, "F5", "What to do", LAST)
    heading(sheet, "F13", "Last run", LAST)
    left = Alignment(horizontal="left", vertical=CENTRE)
    for address, label in (*STATUS, *LAST_RUN, *SENTENCES):
        beside = chr(ord(address[0]) - 1)
        page.put(sheet, f"{beside}{address[1:]}", label, "Label", alignment=left)
        style = "Output" if (address, label) in SENTENCES else "Figure"
        page.put(sheet, address, None, style, alignment=left)
    for address in (START.input_total_now, START.input_total):
        sheet[address].number_format = styles.number_format(Kind.MONEY)
    sheet[START.run_time].number_format = styles.number_format(Kind.TIME)
    for address in (START.period, START.run_id, START.run_version, START.run_inputs):
        sheet[address].number_format = "@"


def _formulas(sheet: Worksheet) -> None:
    default = f"Settings!{settings_tab.value_cell('Company').replace('$B', '$C')}"
    live = {
        START.company: f'IF(Company="",{default},Company)',
        START.period: 'IF(Period="","set it on Settings",Period)',
        START.master_check: layout.master_check_formula(),
        START.input_total_now: layout.input_total_formula(),
    }
    for address, formula in live.items():
        sheet[address].value = f"={formula}"
    sheet[START.period].number_format = "General"
    sheet[START.run_status].value = layout.NO_RUN
    conditional.add_check_rules(sheet, START.master_check)


def heading(sheet: Worksheet, address: str, text: str, last: str) -> None:
    """A heading whose line reaches to the column `last`."""
    row = address[1:]
    page.fill_style(sheet, f"{address}:{last}{row}", "Heading")
    sheet[address].value = text
    sheet.row_dimensions[int(row)].height = 20


def _block(sheet: Worksheet, block: Block, title: str, columns: tuple[tuple[str, Kind], ...]) -> None:
    head = block.first_row - 1
    heading(sheet, f"{block.columns[0]}{head - 1}", title, block.columns[-1])
    page.fill_style(sheet, f"{block.columns[0]}{head}:{block.columns[-1]}{head}", "Block Header")
    for letter, (name, kind) in zip(block.columns, columns, strict=True):
        side = "right" if kind in {Kind.INTEGER, Kind.MONEY} else "left"
        where, shown = Alignment(horizontal=side, vertical=CENTRE), styles.number_format(kind)
        page.put(sheet, f"{letter}{head}", name, "Block Header", alignment=where)
        for row in range(block.first_row, block.last_row + 1):
            page.put(sheet, f"{letter}{row}", None, "Output", number_format=shown, alignment=where)
    if columns[0][0] == "Currency":
        money = [letter for letter, (_, kind) in zip(block.columns, columns, strict=True) if kind is Kind.MONEY]
        areas = " ".join(f"{letter}{block.first_row}:{letter}{block.last_row}" for letter in money)
        conditional.add_minor_unit_rules(sheet, areas, f"${block.columns[0]}{block.first_row}")
