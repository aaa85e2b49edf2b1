"""The demo workbook as openpyxl and our own linter see it."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl.utils import get_column_letter

from recon_xl.contract import ALL_TABLES, Table
from recon_xl.contract.layout import DRAFT, START, has_totals, letter_of
from recon_xl.ooxml import lint
from recon_xl.report.source_rows import read
from workbook.books import parts, records
from workbook.demo import Demo

TEMPLATES = Path(__file__).parents[2] / "workbook_templates"
ERRORS = ("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!")


def cells_of(demo: Demo):
    """Every cell: tab, address, formula or value, cached value."""
    for sheet in demo.formulas:
        values = demo.values[sheet.title]
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is not None:
                    yield sheet.title, cell, values[cell.coordinate].value


@pytest.mark.parametrize("table", ALL_TABLES, ids=lambda table: table.name)
def test_every_table_stands_where_its_rows_are(demo: Demo, table: Table) -> None:
    """Name, header and range: the range ends with the last row, and the filter before the totals."""
    sheet = demo.values[table.sheet]
    excel = sheet.tables[table.excel_name]
    headers = [sheet.cell(5, position).value for position in range(1, len(table.columns) + 1)]
    assert list(table.column_names) == headers == [column.name for column in excel.tableColumns]
    filled = [row[0].row for row in sheet.iter_rows(min_row=6) if any(cell.value is not None for cell in row)]
    last = max(filled, default=6)
    letter = get_column_letter(len(table.columns))
    totals = excel.totalsRowCount or 0
    assert f"A5:{letter}{max(last, 6 + totals)}" == excel.ref
    assert f"A5:{letter}{max(last, 6 + totals) - totals}" == excel.autoFilter.ref
    assert has_totals(table) == bool(totals)


def test_rows_are_those_of_the_json(demo: Demo) -> None:
    """As many rows as findings, controls, drafts, lines and sources."""
    data = demo.json
    expected = {
        "Exceptions": len(data["findings"]),
        "Tie-out": len(data["tie_out"]),
        "Coverage": len(data["coverage"]["rows"]),
        "Drafts": len(data["drafts"]),
        "Draft Lines": sum(len(draft["lines"]) + len(draft["held_lines"]) for draft in data["drafts"]),
        "Sources": len(data["sources"]),
        "Run Log": 1,
    }
    assert expected == {name: len(records(demo.values, name)) for name in expected}


def test_no_cell_shows_an_error(demo: Demo) -> None:
    """Neither as a value nor as the cached value of a formula."""
    errors = [(tab, cell.coordinate) for tab, cell, cached in cells_of(demo) if str(cached) in ERRORS]
    assert [] == errors


def test_every_formula_has_a_cached_value(demo: Demo) -> None:
    """A viewer that does not calculate shows the truth."""
    sheets = [data.decode() for name, data in parts(demo.book).items() if name.startswith("xl/worksheets/sheet")]
    assert [] == [cell for text in sheets for cell in re.findall(r"<c [^>]*><f>[^<]*</f></c>", text)]


def test_formulas_are_few_and_known(demo: Demo) -> None:
    """Only run-owned cells hold formulas: none on an input tab but the check and the way back."""
    inputs = {table.sheet for table in ALL_TABLES if table.group in ("mapping", "source")}
    found = {
        (cell.coordinate, cell.value) for tab, cell, _ in cells_of(demo) if tab in inputs and cell.data_type == "f"
    }
    assert {"B3", "E3"} >= {address for address, _ in found}
    assert 2 >= len(found)


def test_amounts_are_numbers_in_the_figures_of_the_json(demo: Demo) -> None:
    """Exceptions: every amount and quantity equals the engine's, and text stays text."""
    numbers = {
        "Expected Quantity": "expected_quantity", "Billed Quantity": "billed_quantity", "Expected": "expected",
        "Billed": "billed", "Variance": "variance", "At Stake": "at_stake",
    }  # fmt: skip
    texts = {
        "Rule": "rule", "Title": "title", "Customer": "customer", "Product": "product", "Subscription": "subscription",
        "Period": "period", "Direction": "direction", "Currency": "currency", "Basis": "basis", "Why": "why",
        "Suggested Action": "action",
    }  # fmt: skip
    rows = {row["Key"]: row for row in records(demo.values, "Exceptions")}
    for finding in demo.json["findings"]:
        row = rows.pop(finding["key"])
        assert {name: finding[field] for name, field in texts.items()} == {name: row[name] for name in texts}
        for name, field in numbers.items():
            expected = None if finding[field] is None else Decimal(finding[field])
            assert expected == (None if row[name] is None else Decimal(str(row[name]))), (finding["key"], name)
        severity = finding["severity"] if finding["primary"] else "Consequence"
        assert (severity, "Open", Decimal(finding["confidence"])) == (
            row["Severity"],
            row["Disposition"],
            Decimal(str(row["Confidence"])),
        )
    assert {} == rows


def test_at_stake_on_exceptions_and_start(demo: Demo) -> None:
    """By currency and direction: the rows add up to the engine's figures, and Start shows the same."""
    rows = records(demo.values, "Exceptions")
    start = demo.values["Start"]
    for place, total in enumerate(demo.json["totals"]["at_stake"]):
        mine = [
            Decimal(str(row["At Stake"]))
            for row in rows
            if row["Severity"] != "Consequence"
            and (row["Currency"], row["Direction"]) == (total["currency"], total["direction"])
        ]
        shown = [start[START.at_stake.cell(place, column)].value for column in range(4)]
        assert (total["findings"], Decimal(total["at_stake"])) == (len(mine), sum(mine))
        assert [total["currency"], total["direction"], total["findings"]] == shown[:3]
        assert Decimal(total["at_stake"]) == Decimal(str(shown[3]))


def test_tie_out_shows_every_control(demo: Demo) -> None:
    """Expected, actual, difference and word of each control."""
    words = {True: "OK", False: "FAIL", None: "NOT CHECKED"}
    shown = [
        (row["Control"], row["Invoice"], row["Currency"], _money(row["Expected"]), _money(row["Actual"]), row["Check"])
        for row in records(demo.values, "Tie-out")
    ]
    assert [
        (c["control"], c["invoice"], c["currency"], _money(c["expected"]), _money(c["actual"]), words[c["ok"]])
        for c in demo.json["tie_out"]
    ] == shown
    # Red on purpose: an adjustment of 412.50 that its file lacks, and usage of which the days show 36.61 less.
    assert {0, -412.5, -36.61, None} == {
        row["Difference"] for row in records(demo.values, "Tie-out") if row["Difference"] != ""
    }


def _money(value: object) -> Decimal | None:
    return None if value is None else Decimal(str(value)).quantize(Decimal("0.01"))


def test_drafts_by_index_and_tab(demo: Demo) -> None:
    """Net, tax and total of each draft: on the index, on its own tab, and in the JSON."""
    index = {row["Number"]: row for row in records(demo.values, "Drafts")}
    for draft in demo.json["drafts"]:
        row = index[draft["number"]]
        assert [_money(draft[name]) for name in ("net", "tax", "total")] == [
            _money(row[name]) for name in ("Net", "Tax", "Total")
        ]
        assert (draft["status"], len(draft["lines"])) == (row["Status"], row["Lines"])
        labels = _totals_of(demo, row["Tab"])
        assert (_money(draft["net"]), _money(draft["total"])) == (
            labels["Net total"],
            labels[f"Total {draft['currency']}"],
        )
        taxes = [amount for label, amount in labels.items() if label.startswith("Tax ")]
        assert _money(draft["tax"]) == sum(taxes, Decimal("0.00"))


def _totals_of(demo: Demo, tab: str) -> dict[str, Decimal]:
    rows = demo.values[tab].iter_rows(min_row=DRAFT.first_row, min_col=2, max_col=5, values_only=True)
    return {
        row[0]: _money(row[3])
        for row in rows
        if isinstance(row[0], str) and re.match(r"Net total|Tax |Total ", row[0]) and row[3] is not None
    }


def test_draft_tabs_carry_what_a_customer_is_told(demo: Demo) -> None:
    """Number, dates, currency and status on each tab, and only lines with money."""
    index = {row["Number"]: row["Tab"] for row in records(demo.values, "Drafts")}
    for draft in demo.json["drafts"]:
        sheet = demo.values[index[draft["number"]]]
        assert (draft["number"], draft["customer"], draft["currency"], draft["status"], draft["po"]) == tuple(
            sheet[address].value for address in (DRAFT.number, DRAFT.customer, DRAFT.currency, DRAFT.status, DRAFT.po)
        )
        assert (draft["date"], draft["due"]) == tuple(
            f"{sheet[address].value:%Y-%m-%d}" for address in (DRAFT.date, DRAFT.due)
        )


def test_draft_tabs_print_well(demo: Demo) -> None:
    """Each has a print area that ends with its last row, and repeats its header row."""
    tabs = [row["Tab"] for row in records(demo.values, "Drafts")]
    assert len(tabs) == len(set(tabs)) == len(demo.json["drafts"])
    for tab in tabs:
        sheet = demo.formulas[tab]
        last = max(cell.row for row in sheet.iter_rows(max_col=7) for cell in row if cell.value is not None)
        assert f"'{tab}'!{DRAFT.print_area(last)}" == sheet.print_area
        assert f"${DRAFT.header_row}:${DRAFT.header_row}" == sheet.print_title_rows
        assert "visible" == sheet.sheet_state


def test_the_book_opens_on_start(demo: Demo) -> None:
    """Start is in front and alone selected; the draft template stays hidden and empty of data."""
    assert "Start" == demo.formulas.active.title
    assert ["Start"] == [sheet.title for sheet in demo.formulas if sheet.sheet_view.tabSelected]
    assert ["Draft Template", "Layout", "Journal"] == [
        sheet.title for sheet in demo.formulas if sheet.sheet_state != "visible"
    ]
    assert "A1" == demo.formulas["Start"].sheet_view.selection[0].activeCell


def test_tabs_are_in_the_order_of_the_contract(demo: Demo) -> None:
    """Start, the tables' tabs in order, the drafts."""
    tables = [table.sheet for table in ALL_TABLES]
    shown = [sheet.title for sheet in demo.formulas if sheet.title in tables]
    assert tables == shown
    assert "Start" == demo.formulas.sheetnames[0]


def test_links_lead_to_the_right_row(demo: Demo) -> None:
    """Every HYPERLINK of the run: its tab exists, and MATCH finds the row whose Line comes first in the link's words."""
    lines: dict[str, dict[str, int]] = {}
    for name in ("Vendor Lines", "Daily Usage", "Billed Lines", "Counts"):
        sheet = demo.values[name]
        lines[name] = {sheet.cell(row, 1).value: row for row in range(6, sheet.max_row + 1)}
    by_excel = {table.excel_name: table.name for table in ALL_TABLES}
    pattern = re.compile(
        r"=IFERROR\(HYPERLINK\(\"#'([^\"]+)'!A\"&\(ROW\(\w+\[\[#Headers\],\[Line\]\]\)"
        r"\+MATCH\(\"([^\"]+)\",(\w+)\[Line\],0\)\),\"([^\"]+)\"\),.+\)"
    )
    rows = 0
    for tab, cell, cached in cells_of(demo):
        if cell.data_type == "f" and "MATCH" in cell.value and "HYPERLINK" in cell.value:
            found = pattern.fullmatch(cell.value)
            assert found is not None, cell.value
            sheet, line, excel, words = found.groups()
            assert (sheet, words, line) == (by_excel[excel], cached, next(iter(read(words)))), (tab, cell.coordinate)
            assert line in lines[sheet]
            rows += 1
    assert rows > 200


def test_exceptions_name_all_their_source_rows(demo: Demo) -> None:
    """In one cell that a command can read back, and each row has some, but for rows of a mapping tab that disagree."""
    shown = records(demo.values, "Exceptions")
    rows = {row["Key"]: sorted(read(row["Links"] or "")) for row in shown}
    assert {f["key"]: sorted(f["source_rows"]) for f in demo.json["findings"]} == rows
    assert all(rows[row["Key"]] for row in shown if row["Rule"] != "mapping-conflict")


def test_the_index_links_to_each_tab(demo: Demo) -> None:
    """The Tab column of Drafts leads to the tab of its number."""
    sheet = demo.formulas["Drafts"]
    letter = letter_of(next(table for table in ALL_TABLES if table.name == "Drafts"), "Tab")
    for place, row in enumerate(records(demo.values, "Drafts"), 6):
        tab = row["Tab"].replace("'", "''")
        assert f'=HYPERLINK("#\'{tab}\'!A1","{row["Tab"]}")' == sheet[f"{letter}{place}"].value
        assert row["Number"] == demo.values[row["Tab"]][DRAFT.number].value


def test_source_rows_exist(demo: Demo) -> None:
    """Every source row named by a finding or a draft line stands on a source tab."""
    sources = ("Vendor Lines", "Daily Usage", "Billed Lines", "Counts")
    known = {row["Line"] for name in sources for row in records(demo.values, name)}
    named = {row for finding in demo.json["findings"] for row in finding["source_rows"]}
    named |= {row for draft in demo.json["drafts"] for line in draft["lines"] for row in line["source_rows"]}
    assert set() == named - known


def test_every_draft_line_says_why(demo: Demo) -> None:
    """And every exception: a sentence, and what to do."""
    for row in records(demo.values, "Draft Lines"):
        assert len(row["Why"]) > 10, row["Line"]
        assert row["Source Rows"] or row["Kind"] == "instalment", row["Line"]
    for row in records(demo.values, "Exceptions"):
        assert len(row["Why"]) > 10
        assert len(row["Suggested Action"]) > 10


def test_our_linter_finds_nothing(demo: Demo) -> None:
    """In the demo and in the templates that ship."""
    for path in (demo.book, *sorted(TEMPLATES.glob("*.xlsx"))):
        assert [] == lint(path), path.name


def test_no_external_links_no_macros_no_volatile_functions(demo: Demo) -> None:
    """Nothing leaves the machine, and nothing recalculates without cause."""
    assert [] == [name for name in parts(demo.book) if re.search("external|vba|connections|queryTable", name, re.I)]
    volatile = re.compile(r"\b(NOW|TODAY|RAND|OFFSET|INDIRECT|CELL|INFO)\(")
    assert [] == [
        cell.coordinate for _, cell, _ in cells_of(demo) if cell.data_type == "f" and volatile.search(cell.value)
    ]
    assert [] == [sheet.title for sheet in demo.formulas if sheet.merged_cells.ranges]
