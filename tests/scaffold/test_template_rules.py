"""Drop-downs, checks and highlights: allowed by Excel, readable by everyone."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from recon_xl.contract import ALL_TABLES, Kind, Owner, Table, layout, table
from recon_xl.contract.model import HEADER_ROW
from recon_xl.scaffold import conditional, settings_tab, styles, validations

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.datavalidation import DataValidation

EVERY = pytest.mark.parametrize("one", ALL_TABLES, ids=lambda one: one.name)


def _rules(template: Workbook, one: Table) -> dict[str, DataValidation]:
    return {str(rule.sqref): rule for rule in template[one.sheet].data_validations.dataValidation}


@EVERY
def test_what_is_validated(template: Workbook, one: Table) -> None:
    """Choices, flags, currencies, dates and numbers that the user fills are checked; imports and results are not."""
    rules = _rules(template, one)
    for position, column in enumerate(one.columns, start=1):
        letter = layout.column_letter(position)
        rule = rules.get(f"{letter}{layout.FIRST_ROW}:{letter}{layout.LAST_ROW}")
        if column.owner is not Owner.USER or one.name == "Settings":
            assert rule is None, column.name
        elif column.choices:
            assert rule is not None
            assert ("list", "stop", f'"{",".join(column.choices)}"') == (rule.type, rule.errorStyle, rule.formula1)
        elif column.unit == validations.CURRENCY_UNIT:
            assert rule is not None
            assert (rule.type, rule.operator, rule.formula1) == ("textLength", "equal", "3")
        elif column.kind is Kind.DATE:
            assert rule is not None
            assert rule.type == "date"


@EVERY
def test_every_header_shows_its_help(template: Workbook, one: Table) -> None:
    """Selecting a header shows the help of its column."""
    rules = _rules(template, one)
    for position, column in enumerate(one.columns, start=1):
        assert column.help == rules[f"{layout.column_letter(position)}{HEADER_ROW}"].prompt


def test_excel_accepts_every_rule(template: Workbook) -> None:
    """Lists, titles and messages stay within the lengths that Excel allows, and each error says what is allowed."""
    for sheet in template:
        for rule in sheet.data_validations.dataValidation:
            assert len(rule.formula1 or "") <= validations.MAX_LIST
            assert len(rule.promptTitle or "") <= 32
            assert len(rule.prompt or "") <= 255
            assert len(rule.error or "") <= 225
            assert bool(rule.error) == (rule.type is not None)


@pytest.mark.parametrize(
    ("name", "column", "source"),
    [("Agreements", "Customer", "CustomerList"), ("Price Rules", "Billing Product", "ProductList")],
)
def test_mapping_columns_offer_the_mapping_rows(template: Workbook, name: str, column: str, source: str) -> None:
    """Customers and products are offered from their tabs; another value is questioned, not refused."""
    letter = layout.letter_of(table(name), column)
    rule = _rules(template, table(name))[f"{letter}{layout.FIRST_ROW}:{letter}{layout.LAST_ROW}"]
    assert ("list", "warning", source) == (rule.type, rule.errorStyle, rule.formula1)


def test_a_list_that_excel_would_refuse() -> None:
    """A drop-down longer than Excel allows stops the build."""
    with pytest.raises(ValueError, match="characters"):
        validations.list_of(("a word",) * 60)


def test_setting_values_are_checked(template: Workbook) -> None:
    """A setting that is a choice has a drop-down of its words."""
    rules = _rules(template, table("Settings"))
    where = settings_tab.value_cell("Tax Rounding").replace("$", "")
    assert rules[where].formula1 == '"line,invoice"'
    assert rules[settings_tab.value_cell("Base Currency").replace("$", "")].type == "textLength"
    assert rules[settings_tab.value_cell("Invoice Date").replace("$", "")].type == "date"
    assert rules[settings_tab.value_cell("Stale After").replace("$", "")].type == "whole"


def test_period_is_typed_as_text(template: Workbook) -> None:
    """A month typed as 2025-07 stays text: Excel would make a date of it."""
    assert template["Settings"][settings_tab.value_cell("Period").replace("$", "")].number_format == "@"


def test_watched_words_are_the_contracts() -> None:
    """Every highlighted word is one that its column can hold."""
    for name, columns in conditional.WATCHED.items():
        for column_name, words in columns.items():
            column = table(name).column(column_name)
            if column.choices:
                assert set(words) <= set(column.choices)
            else:
                assert [word for word in words if word not in column.help] == []


def test_few_rules_over_whole_columns(template: Workbook) -> None:
    """Highlights reach to the last row, so that no run adds any."""
    for one in ALL_TABLES:
        found = template[one.sheet].conditional_formatting
        areas = [str(area.sqref) for area in found]
        below = [area for area in areas if not area.startswith(layout.CHECK_CELL)]
        assert all(area.endswith(str(layout.LAST_ROW)) for area in below)
        assert sum(len(area.rules) for area in found) <= 20


def test_no_meaning_by_colour_alone() -> None:
    """Marked words of one column differ in mark or in weight even in black and white."""
    for columns in conditional.WATCHED.values():
        for words in columns.values():
            looks = [(conditional.MARKS[word][0], styles.LOOKS[conditional.MARKS[word][1]].bold) for word in words]
            assert all(conditional.MARKS[word][0] for word in words)
            assert all(first != second or words[0] != words[1] for first, second in pairwise(looks))


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("name", styles.LOOKS)
def test_contrast(name: str) -> None:
    """Text stands out from its cell by 4.5 to 1 or more, in every named style and on a grey band."""
    look = styles.LOOKS[name]
    grounds = [look.fill] if look.fill else ["FFFFFF", "D9D9D9"]
    for ground in grounds:
        dark, light = sorted((_luminance(look.colour), _luminance(ground)))
        assert (light + 0.05) / (dark + 0.05) >= 4.5
