"""Conditional formats: a mark, a weight and a colour for each word that needs attention.

Few rules, each over a whole column. The mark is part of the number format, so that the cell's
value stays the bare word for filters and formulas.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from openpyxl.formatting.rule import Rule
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.numbers import NumberFormat

from recon_xl.contract import layout
from recon_xl.contract.mapping import SETTINGS
from recon_xl.contract.model import Group, Kind, Table
from recon_xl.contract.results import BASES, CHECK_WORDS, DIRECTIONS, SEVERITIES
from recon_xl.core.money import NO_MINOR_UNIT, THOUSANDTHS
from recon_xl.scaffold.styles import LOOKS

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

STRONG, WARN, GOOD, QUIET, MILD = "Check fail", "Not checked", "Check OK", "Note", "Estimated"

MARKS: dict[str, tuple[str, str]] = {
    "Critical": ("▲▲", STRONG),
    "High": ("▲", WARN),
    "Medium": ("●", GOOD),
    "Low": ("○", QUIET),
    "Consequence": ("↳", QUIET),
    "Resolved": ("✓", QUIET),
    "we lose": ("▼", WARN),
    "customer overcharged": ("►", GOOD),
    "vendor overcharged": ("◄", GOOD),
    "review": ("?", MILD),
    "OK": ("✓", GOOD),
    "FAIL": ("✗", STRONG),
    "NOT CHECKED": ("?", WARN),
    "LOW": ("▼", WARN),
    "NEGATIVE": ("✗", STRONG),
    "NO COST": ("?", MILD),
    "SPIKE": ("▲", WARN),
    "DROP": ("▼", WARN),
    "NEW": ("+", MILD),
    "LATE": ("○", QUIET),
    "NOT RECONCILABLE": ("✗", STRONG),
    "UNMAPPED": ("!", WARN),
    "HELD": ("■", WARN),
    "Held": ("■", WARN),
    "Exceptions": ("!", WARN),
    "Not checked": ("?", WARN),
    "Failed": ("✗", STRONG),
    "estimated": ("~", MILD),
    "unmapped": ("!", MILD),
    "unaccounted": ("?", MILD),
}
"""Word -> its mark and the named style that it looks like."""

WATCHED: dict[str, dict[str, tuple[str, ...]]] = {
    "Exceptions": {
        "Severity": SEVERITIES,
        "Direction": DIRECTIONS,
        "Basis": tuple(basis for basis in BASES if basis != "calculated"),
    },
    "Tie-out": {"Check": CHECK_WORDS},
    "Coverage": {"Status": ("NOT CHECKED", "NOT RECONCILABLE", "HELD", "UNMAPPED")},
    "Margin": {"Check": ("NEGATIVE", "LOW", "NO COST")},
    "Usage": {"Status": ("SPIKE", "DROP", "NEW", "LATE", "NOT CHECKED")},
    "Client Summary": {"Status": ("Held", "Exceptions", "Not checked")},
    "Drafts": {"Status": ("Held",)},
    "Draft Lines": {"Status": ("Held",)},
    "Sources": {"Status": ("Failed",)},
}
"""Tab -> column -> the words that are marked."""

CHECK_WIDTH = 23
"""Characters that the longest master check needs."""

DONE = {"Exceptions": ("Disposition", ("Accepted", "Muted until", "Fixed"))}
"""Tab -> column and the words that turn a whole row quiet."""


MINOR_UNITS = ((NO_MINOR_UNIT, "#,##0_);(#,##0)"), (THOUSANDTHS, "#,##0.000_);(#,##0.000)"))
"""Currencies whose amounts have other than two decimals, and the format of those."""


def add_rules(sheet: Worksheet, table: Table) -> None:
    """Add the conditional formats of one tab; the first that holds wins."""
    _quiet_rows(sheet, table)
    for name, words in WATCHED.get(table.name, {}).items():
        letter = layout.letter_of(table, name)
        for word in words:
            _mark(sheet, f"{letter}{layout.FIRST_ROW}:{letter}{layout.LAST_ROW}", f"{letter}{layout.FIRST_ROW}", word)
    _minor_units(sheet, table)
    if table.group is Group.MAPPING and table is not SETTINGS:
        _missing(sheet, table)
    narrow = table.columns[1].width < CHECK_WIDTH
    add_check_rules(sheet, layout.CHECK_CELL, layout.CHECK_SPILL_CELL if narrow else "")


def _mark(sheet: Worksheet, area: str, first: str, word: str) -> None:
    sign, look = MARKS[word]
    _rule(sheet, area, f'EXACT({first},"{word}")', _dxf(look, sign))


def _minor_units(sheet: Worksheet, table: Table) -> None:
    """Amounts of a result show the digits of their row's currency, which the money format of a column cannot know."""
    money = [layout.letter_of(table, column.name) for column in table.columns if column.kind is Kind.MONEY]
    if table.group in (Group.RESULT, Group.DRAFT) and money and "Currency" in table.column_names:
        areas = " ".join(f"{letter}{layout.FIRST_ROW}:{letter}{layout.LAST_ROW}" for letter in money)
        add_minor_unit_rules(sheet, areas, f"${layout.letter_of(table, 'Currency')}{layout.FIRST_ROW}")


def add_minor_unit_rules(sheet: Worksheet, areas: str, currency: str) -> None:
    """Show amounts without decimals, or with three, where the cell beside names such a currency."""
    for number, (codes, code_format) in enumerate(MINOR_UNITS):
        condition = f'AND(LEN({currency})=3,ISNUMBER(SEARCH({currency},"{" ".join(sorted(codes))}")))'
        number_format = NumberFormat(numFmtId=290 + number, formatCode=code_format)
        _rule(sheet, areas, condition, DifferentialStyle(numFmt=number_format))


def _quiet_rows(sheet: Worksheet, table: Table) -> None:
    if table.name in DONE:
        name, words = DONE[table.name]
        cell = f"${layout.letter_of(table, name)}{layout.FIRST_ROW}"
        condition = ",".join(f'{cell}="{word}"' for word in words)
        last = layout.column_letter(len(table.columns))
        _rule(sheet, f"A{layout.FIRST_ROW}:{last}{layout.LAST_ROW}", f"OR({condition})", _dxf(QUIET), stop=True)


def _missing(sheet: Worksheet, table: Table) -> None:
    """Mark a required cell that is blank in a row that has begun."""
    last = layout.column_letter(len(table.columns))
    row = layout.FIRST_ROW
    for column in table.columns:
        if column.required:
            letter = layout.letter_of(table, column.name)
            condition = f'AND({letter}{row}="",COUNTA($A{row}:${last}{row})>0)'
            _rule(sheet, f"{letter}{row}:{letter}{layout.LAST_ROW}", condition, _dxf(WARN))


def add_check_rules(sheet: Worksheet, address: str, neighbour: str = "") -> None:
    """Mark a master check: good, failing, or not complete. Its text may run over into the neighbour, which joins in."""
    cell = f"${address[0]}${address[1:]}"
    looks = (
        (f'EXACT({cell},"{layout.ALL_OK}")', GOOD, "✓"),
        (f'ISNUMBER(SEARCH("FAIL",{cell}))', STRONG, "✗"),
        (f'{cell}<>""', WARN, "?"),
    )
    for condition, look, sign in looks:
        area = f"{address}:{neighbour}" if neighbour else address
        _rule(sheet, area, condition, _dxf(look, sign), stop=True)


def add_sign_off_rules(sheet: Worksheet, address: str) -> None:
    """Mark a sign-off: done, or anything else."""
    _rule(sheet, address, f'EXACT({address},"{layout.SIGNED}")', _dxf(GOOD, "✓"), stop=True)
    _rule(sheet, address, f'{address}<>""', _dxf(WARN, "?"))


def add_word_rule(sheet: Worksheet, address: str, word: str) -> None:
    """Mark one word in one cell."""
    _mark(sheet, address, address, word)


def add_banner_rule(sheet: Worksheet, area: str, address: str) -> None:
    """Show the banner across its row while it says something."""
    column, row = address[0], address[1:]
    _rule(sheet, area, f'${column}${row}<>""', _dxf(STRONG))


def _rule(sheet: Worksheet, area: str, condition: str, style: DifferentialStyle, *, stop: bool = False) -> None:
    rule = Rule(type="expression", dxf=style, formula=[condition], stopIfTrue=stop or None)
    sheet.conditional_formatting.add(area, rule)


def _dxf(look: str, sign: str = "") -> DifferentialStyle:
    """The look of a named style, with a mark before the word."""
    named = LOOKS[look]
    return DifferentialStyle(
        font=Font(bold=named.bold or None, italic=named.italic or None, color=f"FF{named.colour}"),
        fill=PatternFill(bgColor=f"FF{named.fill}", fill_type="solid") if named.fill else None,
        numFmt=NumberFormat(numFmtId=_format_id(sign), formatCode=marked(sign)) if sign else None,
    )


def marked(sign: str) -> str:
    """The number format that shows a mark before a word."""
    return f'"{sign} "@'


_SIGNS = sorted({sign for sign, _ in MARKS.values()})


def _format_id(sign: str) -> int:
    """A number format inside a conditional format carries an id of its own, far from those of cells."""
    return 300 + _SIGNS.index(sign)
