"""The addresses and formulas that a run writes."""

from __future__ import annotations

import pytest

from recon_xl.contract import ALL_TABLES, Kind, layout, table
from recon_xl.core.control import master_check_text


def test_start_addresses_are_distinct() -> None:
    """No two things that a run writes on Start share a cell."""
    cells = list(layout.START.single_cells().values())
    for block in (layout.START.sign_off, layout.START.at_stake, layout.START.drafts, layout.START.causes):
        cells += [block.cell(row, column) for row in range(block.max_rows) for column in range(len(block.columns))]
    assert len(cells) == len(set(cells))


def test_a_block_refuses_a_row_beyond_its_last() -> None:
    """A block never writes over what stands below it."""
    with pytest.raises(IndexError):
        layout.START.causes.cell(layout.START.causes.max_rows, 0)


@pytest.mark.parametrize(("position", "letters"), [(1, "A"), (26, "Z"), (27, "AA"), (52, "AZ"), (703, "AAA")])
def test_column_letters(position: int, letters: str) -> None:
    """Columns are lettered as Excel letters them."""
    assert letters == layout.column_letter(position)


@pytest.mark.parametrize(
    ("checks", "text"),
    [
        ([], "NOTHING TO CHECK"),
        (["OK", "OK"], "ALL CHECKS OK"),
        (["OK", "FAIL"], "1 CHECK FAILS"),
        (["FAIL", "FAIL", "NOT CHECKED"], "2 FAIL, 1 NOT CHECKED"),
        (["FAIL", "FAIL", "OK"], "2 CHECKS FAIL"),
        (["OK", "NOT CHECKED"], "1 NOT CHECKED"),
        (["OK", "something else"], "1 CHECK FAILS"),
    ],
)
def test_master_check_text(checks: list[str], text: str) -> None:
    """Whatever is neither OK nor NOT CHECKED is a failure."""
    assert text == master_check_text(checks)


@pytest.mark.parametrize("name", [t.name for t in ALL_TABLES if layout.has_totals(t)])
def test_money_is_never_added_across_currencies(name: str) -> None:
    """A totals row adds money only where the Currency column holds one currency."""
    result = table(name)
    formulas = layout.totals_formulas(result)
    money = {column.name for column in result.columns if column.kind is Kind.MONEY}
    summed = set() if name in layout.WITHOUT_SUMS else money
    assert summed == {column for column, formula in formulas.items() if "SUBTOTAL(109," in formula}
    assert all(f'"{layout.BY_CURRENCY}"' in formulas[column] for column in summed)


def test_tables_without_totals() -> None:
    """Inputs and the log have no totals row."""
    bare = {t.name for t in ALL_TABLES if not layout.totals_formulas(t)}
    assert {"Settings", "Vendor Lines", "Run Log"} <= bare
    assert not {"Exceptions", "Tie-out", "Drafts", "Draft Lines"} & bare


def test_formulas_are_not_volatile() -> None:
    """No formula of ours recalculates without cause."""
    formulas = [
        layout.master_check_formula(),
        layout.input_total_formula(),
        layout.banner_formula(),
        layout.sign_off_formula(),
    ]
    for one in ALL_TABLES:
        formulas += layout.totals_formulas(one).values()
    for word in ("OFFSET(", "INDIRECT(", "NOW(", "TODAY(", "RAND(", "CELL(", "INFO("):
        assert not [formula for formula in formulas if word in formula]


def test_fitted_height() -> None:
    """A single line needs no height; wrapped lines need room for each."""
    assert layout.fitted_height([("short", 30), ("", 10)]) is None
    assert layout.fitted_height([]) is None
    assert layout.fitted_height([("short", 30), ("word " * 20, 10)]) == 13.5 * 10 + 2
    assert layout.fitted_height([("two\nlines", 30)]) == 29


def test_draft_prototypes_follow_the_header() -> None:
    """Every prototype row stands from the first cloned row on, one after another."""
    draft = layout.DRAFT
    rows = [
        draft.line,
        draft.net_total,
        draft.tax_total,
        draft.total,
        draft.held_heading,
        draft.held_line,
        draft.footer,
    ]
    assert list(range(draft.first_row, draft.first_row + 7)) == rows
    assert draft.header_row + 1 == draft.first_row
