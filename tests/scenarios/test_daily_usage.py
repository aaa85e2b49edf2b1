"""Daily rated usage is detail: it explains and cross-checks, and is never counted twice (RECKONING 1)."""

from __future__ import annotations

from decimal import Decimal

from recon_xl.core.changeset import ReplaceRows
from recon_xl.core.control import CoverageRow
from recon_xl.report.result import Result
from recon_xl.tieout.usage import MONTHLY_DAILY
from scenarios.harness import OpenBooks, control, exceptions, the_draft, the_exception, the_match
from scenarios.usage import AZURE, CLIENT, azure, charge, daily, whole_month


def told(result: Result) -> dict[tuple[str, str], CoverageRow]:
    """What Coverage says of daily usage, by item and currency."""
    return {(row.item, row.currency): row for row in result.coverage if row.area == "Daily usage"}


def test_daily_usage_beside_the_monthly_line_is_quiet(books: OpenBooks) -> None:
    """31 days at 3.00 explain the 93.00 of the invoice: expected, cost, tie-out and draft are those of the month alone."""
    alone = azure(books).reconcile()
    result = whole_month(azure(books)).reconcile()
    assert result.findings == []
    match = the_match(result)
    assert (match["expected"], match["cost"]) == (Decimal("102.30"), Decimal("93.00"))
    assert the_draft(result).net == the_draft(alone).net == Decimal("102.30")
    assert [c for c in result.controls if c.name != MONTHLY_DAILY] == [
        c for c in alone.controls if c.name != MONTHLY_DAILY
    ]
    row = told(result)["detail of monthly lines", "USD"]
    assert (row.status, row.rows, row.amount) == ("CHECKED", 31, Decimal("93.00"))


def test_the_control_is_proved_an_invoice_and_currency(books: OpenBooks) -> None:
    """The daily rows are what the monthly usage must equal; every day of the month is covered."""
    found = control(whole_month(azure(books)).reconcile(), MONTHLY_DAILY, "G001")
    assert (found.word, found.expected, found.actual, found.currency) == (
        "OK",
        Decimal("93.00"),
        Decimal("93.00"),
        "USD",
    )
    assert found.tolerance == Decimal("0.33")  # 31 x 0.01 + 0.02
    assert "every day of the month" in found.note


def test_without_a_daily_file_the_control_is_not_checked(books: OpenBooks) -> None:
    """Said, not green; and no finding."""
    result = azure(books).reconcile()
    found = control(result, MONTHLY_DAILY)
    assert (found.word, found.expected, found.actual) == ("NOT CHECKED", None, Decimal("93.00"))
    assert (result.findings, result.exit_code) == ([], 0)


def test_a_month_without_usage_has_no_such_control(books: OpenBooks) -> None:
    """Nothing to say where no invoice charges usage."""
    month = (
        books("2026-10").customer(CLIENT).product("Business Standard").agreement(CLIENT, "Business Standard", "14.00")
    )
    month.cycle(CLIENT, "1", "10.08", "10.08").bill(CLIENT, "Business Standard", "1", "14.00", "14.00")
    assert MONTHLY_DAILY not in {found.name for found in month.reconcile().controls}


def test_unrounded_days_add_up_exactly(books: OpenBooks) -> None:
    """30.7197334080551 as Microsoft prints it, and a millionth of a cent; the monthly line is cut to 30.71."""
    price = {"unit_price": "1.2799888920023", "effective_unit_price": "1.2799888920023", "billable_quantity": "24"}
    month = charge(azure(books, ""), "30.71", "33.78", **price)  # 30.71 x 1.10 = 33.781
    daily(month, "2026-10-01", "30.7197334080551", unit_price="1.2799888920023")
    daily(month, "2026-10-02", "0.000000000000000000012345", unit_price="0.000000001", quantity="0.0000000001")
    result = month.reconcile()
    assert result.findings == []
    (row,) = result.usage
    assert row["cost"] == Decimal("30.719733408055100000")  # the ledger's 18 decimals
    assert control(result, MONTHLY_DAILY).word == "OK"  # 0.0097... of 0.04


def test_a_partial_daily_file_is_said(books: OpenBooks) -> None:
    """14 days of 3.00 explain 42.00 of 93.00: 51.00 that no day explains, and why."""
    month = azure(books)
    for day in range(1, 15):
        daily(month, f"2026-10-{day:02d}", "3.00")
    result = month.reconcile()
    hit = the_exception(result).hit
    assert (the_exception(result).rule, hit.at_stake, hit.direction) == ("usage-tie-out", Decimal("51.00"), "review")
    assert "The daily file covers 14 of 31 days." in hit.why
    found = control(result, MONTHLY_DAILY)
    assert found.word == "FAIL"
    assert "PARTIAL: they cover 14 of 31 days, 2026-10-01 to 2026-10-14." in found.note


def test_usage_without_a_monthly_line_is_detail_and_said(books: OpenBooks) -> None:
    """Open usage of another plan, not invoiced yet: in no expected amount, but its money is on Coverage."""
    month = whole_month(azure(books))
    daily(month, "2026-10-30", "12.50", subscription_id="plan-2", invoice_number="")
    result = month.reconcile()
    assert result.findings == []
    assert the_match(result)["expected"] == Decimal("102.30")
    row = told(result)["daily usage without a monthly line", "USD"]
    assert (row.status, row.rows, row.amount) == ("NOT CHECKED", 1, Decimal("12.50"))
    assert row.reason.startswith("1 subscription: open usage")


def test_a_subscription_that_the_invoice_leaves_out_is_a_difference_too(books: OpenBooks) -> None:
    """The daily file of G001 knows 12.50 of plan-2, the invoice G001 does not: said as a finding and on Coverage."""
    month = daily(whole_month(azure(books)), "2026-10-30", "12.50", subscription_id="plan-2")
    result = month.reconcile()
    assert exceptions(result) == [("usage-tie-out", CLIENT, Decimal("12.50"), "review")]
    assert told(result)["daily usage without a monthly line", "USD"].amount == Decimal("12.50")


def test_rows_of_other_months_and_unreadable_rows_are_left_out_and_said(books: OpenBooks) -> None:
    """September's file, and a row without a total."""
    month = whole_month(azure(books))
    daily(month, "2026-09-30", "9.00", period="2026-09", invoice_number="G000")
    daily(month, "2026-10-31", "#VALUE!")
    result = month.reconcile()
    assert [finding.rule for finding in result.findings] == ["unreadable-cell"]
    assert "Daily Usage > row 38 > Billing Pre Tax Total" in result.findings[0].hit.why
    assert told(result)["other periods", ""].rows == 1
    assert told(result)["a cell cannot be read", ""].rows == 1


def test_unreadable_rows_are_one_finding_a_column(books: OpenBooks) -> None:
    """A column that went wrong in a file of a hundred thousand rows is one mistake."""
    month = azure(books)
    for day in ("01", "02", "03"):
        daily(month, f"2026-10-{day}", "#N/A")
    hit = the_exception(month.reconcile()).hit
    assert "Daily Usage > row 6 > Billing Pre Tax Total" in hit.why
    assert "in 2 more rows" in hit.why


def test_the_usage_tab_has_a_row_a_plan_entitlement_and_meter_group(books: OpenBooks) -> None:
    """Two days of a machine with earned credit, one without; storage under a reservation; a credited day."""
    month = charge(azure(books, ""), "8.10", "8.91")  # 8.10 x 1.10
    daily(month, "2026-10-01", "2.55")  # 3.00 - 15 %
    daily(month, "2026-10-02", "2.55")
    daily(month, "2026-10-03", "3.00", partner_earned_credit_percentage="0")
    daily(month, "2026-10-03", "0.00", meter_category="Storage", benefit_type="Reservation")
    daily(month, "2026-10-04", "0.00", meter_category="Storage", credit_type="Azure Credit Applied")
    rows = {row["meter_group"]: row for row in month.reconcile().usage}
    machines, storage = rows["Virtual Machines"], rows["Storage"]
    assert (machines["rows"], machines["days"]) == (3, 3)
    assert (machines["retail"], machines["cost"], machines["pec"]) == (
        Decimal("9.00"),
        Decimal("8.10"),
        Decimal("0.90"),
    )
    assert (machines["without_pec_rows"], machines["stated_rows"]) == (1, 3)
    assert (storage["benefit_rows"], storage["benefit_cost"], storage["credited"]) == (1, Decimal(0), Decimal("3.00"))
    assert (storage["pec"], storage["days"]) == (Decimal(0), 2)
    assert (machines["product"], machines["entitlement_name"], machines["invoice"]) == (AZURE, "Production", "G001")


def test_a_plan_without_daily_rows_stands_there_as_its_invoice_charges_it(books: OpenBooks) -> None:
    """So that the tab is of use without the daily file."""
    (row,) = azure(books).reconcile().usage
    assert (row["detail"], row["cost"], row["rows"], row["status"]) == ("monthly", Decimal("93.00"), 1, "NOT CHECKED")


def test_the_tab_shows_shares_in_percent(books: OpenBooks) -> None:
    """One of three rows without earned credit is 33.33 %."""
    month = charge(azure(books, ""), "8.10", "8.91")
    for day, total, earned in (("01", "2.55", "15"), ("02", "2.55", "15"), ("03", "3.00", "0")):
        daily(month, f"2026-10-{day}", total, partner_earned_credit_percentage=earned)
    (change,) = (c for c in month.run().changeset.changes if isinstance(c, ReplaceRows) and c.table == "Usage")
    (row,) = (dict(zip(change.columns, values, strict=True)) for values in change.rows)
    assert (row["Without Credit"], row["Earned Credit"], row["Status"]) == (
        Decimal("33.33"),
        Decimal("0.90"),
        "NOT CHECKED",
    )


def test_foreign_rates_are_multiplied_exactly(books: OpenBooks) -> None:
    """24 x 0.125 USD x 0.846202666 = 2.538607998 EUR of retail."""
    month = charge(azure(books, ""), "2.15", "2.37", currency="EUR")
    month.tables["Customers"][0]["Currency"] = "EUR"
    rate = {"PC To BC Exchange Rate": "0.846202666"}
    daily(month, "2026-10-01", "2.1578167983", billing_currency="EUR", **rate)  # 15 % below
    (row,) = month.reconcile().usage
    assert (row["retail"], row["currency"]) == (Decimal("2.538607998"), "EUR")


def test_rows_without_a_customer_still_explain_their_invoice(books: OpenBooks) -> None:
    """A relation that ended leaves the customer blank; invoice and subscription are enough."""
    month = whole_month(azure(books))
    for row in month.tables["Daily Usage"]:
        del row["Customer Id"], row["Customer Name"]
    result = month.reconcile()
    assert result.findings == []
    assert [(row["customer"], row["detail"]) for row in result.usage] == [(CLIENT, "daily")]
