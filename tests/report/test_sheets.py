"""The result tabs of months worked out by hand."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from workbook.books import at, opened, records
from workbook.calls import CLEAN, FINDINGS, call
from workbook.demo import Demo
from workbook.small import BILLED, CUSTOMER, MARKUP, PRODUCT, TAX, VENDOR, small_book

from recon_xl.contract.layout import DRAFT, START
from recon_xl.report.draft_tables import shortened
from recon_xl.report.exceptions import months_between

OTHER = {"CustomerId": "2f0e", "CustomerName": "Contosso Ltd", "SubscriptionId": "sub-2"}


def run_book(book: Path, code: int = FINDINGS) -> Path:
    assert code == call("run", book).code
    return book


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small month, run."""
    return run_book(small_book(tmp_path_factory.mktemp("small")))


def picked(row: dict[str, Any], *names: str) -> tuple[object, ...]:
    return tuple(row[name] for name in names)


def test_client_summary(small: Path) -> None:
    """One client: 10 against 8, 120.00 against 96.00, one exception of 24.00."""
    [row] = records(small, "Client Summary")
    assert ("Contoso", "USD", 1, 10, 8, 120, 96, -24, 1, 24, "DR-202610-CON", "Exceptions") == tuple(row.values())


def test_margin(small: Path) -> None:
    """Revenue 120.00, cost 100.00: 20.00 are 16.67 % of sell and 20 % of cost."""
    [row] = records(small, "Margin")
    assert ("Contoso", "Business Basic", "USD", 120, 100, 20, 0.1667, 0.2, "OK") == tuple(row.values())


@pytest.mark.parametrize(
    ("markup", "check"), [("5", "LOW"), ("8.6", "LOW"), ("8.7", "OK"), ("0", "LOW"), ("-10", "NEGATIVE")]
)
def test_the_margin_floor_is_8_percent_of_sell(tmp_path: Path, markup: str, check: str) -> None:
    """10.87 for 10.00 leaves 8.004 % of sell, 10.86 leaves 7.92 %; below the floor is LOW, below cost NEGATIVE."""
    book = small_book(tmp_path, price_rules=[{**MARKUP, "Markup": markup}])
    [row] = records(run_book(book), "Margin")
    assert check == row["Check"]


def test_a_draft_tab_line_by_line(small: Path) -> None:
    """One line of 10 x 12.00, net 120.00, tax T10 of 10 % 12.00, total 132.00, and the footer."""
    sheet = opened(small, values=True)["Draft Contoso"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=DRAFT.first_row, max_col=7)]
    product, description, *line = rows[0]
    assert ("Business Basic", [10, 12, 120, "T10", 12]) == (product, line)
    assert description
    assert [("Net total", 120), ("Tax T10 10 %", 12), ("Total USD", 132)] == [(row[1], row[4]) for row in rows[1:4]]
    assert rows[4][0].startswith("DRAFT - not a tax invoice")
    assert 5 == len(rows)
    assert ("My Company", "DRAFT INVOICE", "Contoso", "DR-202610-CON", "30 days", "2026-10", "USD", "Draft") == tuple(
        sheet[address].value
        for address in (
            DRAFT.company, DRAFT.heading, DRAFT.customer, DRAFT.number, DRAFT.terms, DRAFT.period, DRAFT.currency,
            DRAFT.status,
        )
    )  # fmt: skip
    assert ["2026-10-31", "2026-11-30"] == [f"{sheet[cell].value:%Y-%m-%d}" for cell in (DRAFT.date, DRAFT.due)]


def test_a_draft_without_a_tax_row_is_held(tmp_path: Path) -> None:
    """A missing tax row never means 0 %: index, tab and lines say why it is held, with lines and totals."""
    book = run_book(small_book(tmp_path, customers=[{**CUSTOMER, "Tax Region": "Nowhere"}]))
    [draft] = records(book, "Drafts")
    assert ("Held", 120) == picked(draft, "Status", "Net")
    assert "Nowhere" in draft["Hold Reason"]
    sheet = opened(book, values=True)[draft["Tab"]]
    assert ("Held", draft["Hold Reason"]) == (sheet[DRAFT.status].value, sheet[DRAFT.hold_reason].value)
    [row] = records(book, "Client Summary")
    assert "Held" == row["Status"]


def test_a_month_of_refunds_is_a_credit_memo(tmp_path: Path) -> None:
    """A negative total is a credit memo, by number, heading and type."""
    refund = {
        **VENDOR, "ChargeType": "cancelImmediate", "Subtotal": "-100.00", "Total": "-100.00",
        "EffectiveUnitPrice": "-10",
    }  # fmt: skip
    book = run_book(small_book(tmp_path, recon=[refund]))
    [draft] = records(book, "Drafts")
    assert ("CM-202610-CON", "Credit memo", -120, -12, -132) == picked(draft, "Number", "Type", "Net", "Tax", "Total")
    assert "DRAFT CREDIT MEMO" == opened(book, values=True)[draft["Tab"]][DRAFT.heading].value


def test_mapping_gaps_suggest_the_nearest_row(tmp_path: Path) -> None:
    """An unknown vendor customer with 100.00 at stake, and the row that it probably is; nothing is mapped by itself."""
    book = run_book(small_book(tmp_path, recon=[VENDOR, {**VENDOR, **OTHER}]))
    [gap] = records(book, "Mapping Gaps")
    assert ("Vendor customer", "2f0e", "Contosso Ltd", 1, 100, "USD", "Contoso") == picked(
        gap, "Kind", "Vendor Id", "Name", "Rows", "Amount", "Currency", "Suggestion"
    )
    assert "Customers" in gap["Fix"]
    assert {"underbilled", "unmapped-client"} == {row["Rule"] for row in records(book, "Exceptions")}


def test_a_clean_month(tmp_path: Path) -> None:
    """No exception, every check not failing, and Start says so."""
    book = run_book(small_book(tmp_path, billed=[{**BILLED, "Quantity": "10", "Amount": "120.00"}]), CLEAN)
    assert [] == records(book, "Exceptions")
    start = opened(book, values=True)["Start"]
    assert ("CLEAN", 0) == (start[START.run_status].value, start[START.exceptions].value)
    assert "1 NOT CHECKED" == start[START.master_check].value
    [row] = records(book, "Client Summary")
    assert ("Clean", 0, 0) == picked(row, "Status", "Exceptions", "At Stake")


def test_blank_cells_are_blank(demo: Demo) -> None:
    """No result cell holds an empty text: it would count as filled for COUNTA and filters."""
    empty = [
        (name, row, column)
        for name in ("Exceptions", "Coverage", "Mapping Gaps", "Client Summary", "Margin", "Drafts", "Draft Lines")
        for row, record in enumerate(records(demo.values, name), 6)
        for column, value in record.items()
        if value == ""
    ]
    assert [] == empty


def test_consequences_stand_below_their_cause(demo: Demo) -> None:
    """Primary findings by money in base currency, each with what follows from it right below."""
    findings = {finding["key"]: finding for finding in demo.json["findings"]}
    order = [row["Key"] for row in records(demo.values, "Exceptions")]
    cause = None
    for key in order:
        if findings[key]["primary"]:
            cause = key
        else:
            assert cause == findings[key]["cause"]
    assert [key for key in findings if findings[key]["primary"]] == [key for key in order if findings[key]["primary"]]


def test_summaries_add_up_to_the_json(demo: Demo) -> None:
    """Client Summary by currency is the engine's both sides, exceptions and money at stake."""
    totals = demo.json["totals"]
    rows = records(demo.values, "Client Summary")
    for both in totals["expected_and_billed"]:
        mine = [row for row in rows if row["Currency"] == both["currency"]]
        assert Decimal(both["billed"]) == sum(Decimal(str(row["Billed"])) for row in mine)
    for currency in {row["currency"] for row in totals["at_stake"]}:
        known = {row["Customer"] for row in rows if row["Currency"] == currency}
        staked = sum(
            Decimal(finding["at_stake"])
            for finding in demo.json["findings"]
            if finding["primary"] and finding["currency"] == currency and finding["customer"] in known
        )
        assert staked == sum(Decimal(str(row["At Stake"])) for row in rows if row["Currency"] == currency)


def test_the_summary_variance_is_billed_less_expected(demo: Demo) -> None:
    """On every row, in the cached values."""
    for row in records(demo.values, "Client Summary"):
        assert round(row["Billed"] - row["Expected"], 2) == round(row["Variance"], 2)


def test_causes_feed_the_chart(demo: Demo) -> None:
    """The block below the chart: rule titles with their number of findings, largest money first."""
    start = demo.values["Start"]
    block = START.causes
    rows = [[start[block.cell(row, column)].value for column in range(3)] for row in range(block.max_rows)]
    rows = [row for row in rows if row[0]]
    amounts = [row[2] for row in rows]
    assert sorted(amounts, reverse=True) == amounts
    counts: dict[str, int] = {}
    for finding in demo.json["findings"]:
        if finding["primary"]:
            counts[finding["title"]] = counts.get(finding["title"], 0) + 1
    assert {row[0]: row[1] for row in rows}.items() <= counts.items()
    assert min(len(counts), block.max_rows) == len(rows)


def test_start_says_what_was_found(demo: Demo) -> None:
    """Status, master check, counts, coverage and sources of the last run."""
    start, data = demo.values["Start"], demo.json
    primary = [finding for finding in data["findings"] if finding["primary"]]
    unchecked = data["totals"]["controls"]["not_checked"]
    failing = data["totals"]["controls"]["fail"]
    missing = f"{unchecked} NOT CHECKED" if unchecked else "ALL CHECKS OK"
    failed = f"{failing} FAIL, {unchecked} NOT CHECKED" if unchecked else f"{failing} CHECKS FAIL"
    checks = failed if failing else missing
    assert (data["period"], data["status"], checks, len(primary), data["coverage"]["sentence"]) == tuple(
        start[cell].value
        for cell in (START.period, START.run_status, START.master_check, START.exceptions, START.coverage)
    )
    held = data["totals"]["controls"]["hold"]
    assert f"{held} of {len(data['tie_out'])} hold" == start[START.controls].value
    assert start[START.sources].value == (
        "Vendor Lines: 376 rows of 9 files; Daily Usage: 249 rows of 1 file; Billed Lines: 198 rows of 1 file; "
        "Counts: 122 rows of 1 file"
    )
    assert data["run"]["id"] == start[START.run_id].value


def test_drafts_on_start_add_up(demo: Demo) -> None:
    """By currency: number, held, net, tax and total of all drafts."""
    start = demo.values["Start"]
    for place, total in enumerate(demo.json["totals"]["drafts"]):
        shown = [start[START.drafts.cell(place, column)].value for column in range(6)]
        assert [total["currency"], total["drafts"], total["held"]] == shown[:3]
        assert [Decimal(total[name]) for name in ("net", "tax", "total")] == [
            Decimal(str(value)) for value in shown[3:]
        ]


def test_draft_lines_are_the_record(demo: Demo) -> None:
    """Every draft line of the JSON, drafted and held, with its figures."""
    rows = {row["Line"]: row for row in records(demo.values, "Draft Lines")}
    seen = 0
    for draft in demo.json["drafts"]:
        mine = [row for row in rows.values() if row["Number"] == draft["number"]]
        assert sorted(Decimal(line["net"]) for line in draft["lines"]) == sorted(
            Decimal(str(row["Net"])) for row in mine if row["Status"] == "Drafted"
        )
        assert len(draft["held_lines"]) == sum(1 for row in mine if row["Status"] == "Held")
        seen += len(mine)
    assert len(rows) == seen


def test_a_totals_row_shows_one_currency_only(small: Path, demo: Demo) -> None:
    """Amounts of several currencies are never added; of one they are."""
    sheet = opened(small, values=True)["Client Summary"]
    assert ("Total", 1, 120, 96, -24, 24) == tuple(sheet[f"{letter}7"].value for letter in "ABFGHJ")
    shown = demo.values["Client Summary"]
    assert (
        "by currency" == shown[at("Client Summary", "Expected", 6 + len(records(demo.values, "Client Summary")))].value
    )


def test_months_between() -> None:
    """Age in whole months, over a year's end."""
    assert [0, 1, 3, 14] == [months_between(*pair) for pair in (
        ("2026-10", "2026-10"), ("2026-12", "2027-01"), ("2026-11", "2027-02"), ("2025-12", "2027-02"),
    )]  # fmt: skip


def test_long_lists_of_source_rows_are_shortened() -> None:
    """Twelve are shown, the others counted."""
    rows = tuple(f"S001-{number}" for number in range(15))
    assert shortened(rows).endswith("S001-11 and 3 more")
    assert "S001-0, S001-1" == shortened(rows[:2])


def test_two_rates_under_one_tax_code(tmp_path: Path) -> None:
    """The same code at 10 % and at 20 %: a tax row each on the draft tab, and one total."""
    second = {**PRODUCT, "Billing Product": "Backup", "Sku Id": "0002", "Product Class": "reduced"}
    book = run_book(
        small_book(
            tmp_path,
            products=[{**PRODUCT, "Product Class": ""}, second],
            tax=[TAX, {**TAX, "Product Class": "reduced", "Rate": "20"}],
            recon=[VENDOR, {**VENDOR, "SkuId": "0002", "SubscriptionId": "sub-2"}],
        )
    )
    sheet = opened(book, values=True)["Draft Contoso"]
    shown = {row[1]: row[4] for row in sheet.iter_rows(min_row=DRAFT.first_row, max_col=7, values_only=True) if row[1]}
    assert (12, 24, 240, 276) == picked(shown, "Tax T10 10 %", "Tax T10 20 %", "Net total", "Total USD")


def two_taxes(folder: Path) -> Path:
    """Contoso is taxed by reverse charge, but for books at 5 %: 240.00 net on two lines."""
    book = {**PRODUCT, "Billing Product": "Handbook", "Sku Id": "0002", "Product Class": "books"}
    reverse = {**TAX, "Tax Code": "RC", "Rate": "0", "Reverse Charge": "Yes", "Reason": "Reverse charge"}
    return small_book(
        folder,
        customers=[{**CUSTOMER, "Tax Id": "DE123456789"}],
        products=[{**PRODUCT, "Product Class": ""}, book],
        tax=[
            reverse,
            {**TAX, "Product Class": "books", "Tax Code": "T5", "Rate": "5", "Reverse Charge": "", "Reason": ""},
        ],
        recon=[VENDOR, {**VENDOR, "SkuId": "0002", "SubscriptionId": "sub-2"}],
    )


def test_the_tax_summary_of_a_draft_tab(tmp_path: Path) -> None:
    """A row for each tax code: label with the reason for 0 %, taxable net and tax; live, and part of the printed page."""
    path = run_book(two_taxes(tmp_path))
    sheet, live = opened(path, values=True)["Draft Contoso"], opened(path)["Draft Contoso"]
    reverse, books = DRAFT.first_row + 3, DRAFT.first_row + 4
    note = "Tax RC 0 %: Reverse charge; customer's Tax Id DE123456789"
    assert (note, "on net of", 120, 0) == tuple(sheet[f"{column}{reverse}"].value for column in "BCDE")
    assert ("Tax T5 5 %", "on net of", 120, 6) == tuple(sheet[f"{column}{books}"].value for column in "BCDE")
    assert ("Total USD", 246) == tuple(sheet[f"{column}{books + 1}"].value for column in "BE")
    assert "=SUMPRODUCT(--(F15:F16=F15),E15:E16)" == live[f"D{reverse}"].value
    assert "=SUMPRODUCT(--(F15:F16=F15),G15:G16)" == live[f"E{reverse}"].value
    assert sheet.row_dimensions[reverse].height > 2 * 13.5
    assert sheet[f"B{reverse}"].alignment.wrap_text
    assert "#,##0.00#_);(#,##0.00#)" == sheet[f"D{reverse}"].number_format
    reasons = {row["Product"]: (row["Tax Code"], row["Tax Reason"]) for row in records(path, "Draft Lines")}
    assert {
        "Business Basic": ("RC", "Reverse charge; customer's Tax Id DE123456789"), "Handbook": ("T5", None),
    } == reasons  # fmt: skip
