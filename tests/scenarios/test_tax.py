"""The client's tax on drafts and on the planned bill: regions, evidence, rounding, and rows that contradict each other."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from recon_xl.core.cells import Formula
from recon_xl.core.changeset import DraftTab
from scenarios.harness import Books, OpenBooks, exceptions, rules_of, the_draft
from scenarios.plain import CLIENT, SEATS, plain_month

PRODUCTS = (("Backup", "B"), ("Mail", "M"), ("Seats", "S"))
REVERSED = {
    "Tax Region": "DE-RC", "Product Class": "*", "Tax Code": "RC", "Rate": "0", "Reverse Charge": "Yes",
    "Reason": "Reverse charge, Article 196 of the VAT Directive",
}  # fmt: skip


def abroad(books: OpenBooks, currency: str, price: str, rate: str, taxes: str, **settings: str) -> Books:
    """One unit each of three products at a price, billed with these taxes, in a currency with its own minor unit."""
    month = books("2026-10", **settings).customer(CLIENT, currency=currency)
    month.tables["Tax"][0]["Rate"] = rate
    for (name, sku), tax in zip(PRODUCTS, taxes.split(), strict=True):
        month.product(name, "list", product_id=sku, sku_id="1")
        month.add("Sell Prices", {"Billing Product": name, "Currency": currency, "Price": price})
        ids = {"product_id": sku, "sku_id": "1", "subscription_id": sku, "currency": currency}
        month.cycle(CLIENT, "1", "1", "1", pricing_currency=currency, **ids).bill(
            CLIENT, name, "1", price, price, tax=tax
        )
    return month


def tab_rows(month: Books) -> list[dict[str, Any]]:
    """The rows of the only draft tab, formulas as their values."""
    (tab,) = (change for change in month.run().changeset.changes if isinstance(change, DraftTab))
    return [
        {column: value.cached if isinstance(value, Formula) else value for column, value in row.values.items()}
        for row in tab.rows
    ]


def summary(month: Books) -> list[tuple[Any, ...]]:
    """Label, taxable net and tax of each tax code on the draft tab."""
    return [(row["B"], row["D"], row["E"]) for row in tab_rows(month) if str(row.get("B", "")).startswith("Tax ")]


def drafted(month: Books) -> list[str]:
    """Tax of each line, and of the draft."""
    draft = the_draft(month.reconcile())
    return [*(str(line.tax) for line in draft.lines), str(draft.tax)]


@pytest.mark.parametrize(
    ("currency", "price", "rate", "line", "invoice"),
    [
        ("JPY", "1005", "10", "101 101 101 303", "101 101 100 302"),  # 100.5 each, 301.5 together
        ("KWD", "10.010", "5", "0.501 0.501 0.501 1.503", "0.501 0.501 0.500 1.502"),  # 0.5005 each, 1.5015 together
        ("USD", "10.03", "8.25", "0.83 0.83 0.83 2.49", "0.83 0.83 0.82 2.48"),  # 0.827475 each, 2.482425 together
    ],
)
def test_tax_in_minor_units_of_0_2_and_3(
    books: OpenBooks, currency: str, price: str, rate: str, line: str, invoice: str
) -> None:
    """Half up on each line, or once for the invoice with the rest on the largest remainders: both bills are quiet."""
    for setting, taxes in (("line", line), ("invoice", invoice)):
        month = abroad(books, currency, price, rate, " ".join(taxes.split()[:3]), tax_rounding=setting)
        assert (drafted(month), rules_of(month.reconcile())) == (taxes.split(), [])


def test_a_yen_too_much(books: OpenBooks) -> None:
    """102 planned on a line of 1,005 yen: 101 are due, and half a yen is all that rounding explains."""
    month = abroad(books, "JPY", "1005", "10", "101 101 102")
    assert [tuple(told) for told in exceptions(month.reconcile())] == [
        ("tax-mismatch", CLIENT, Decimal(1), "customer overcharged")
    ]


def test_three_fils_in_a_hundred(books: OpenBooks) -> None:
    """0.525 planned where 0.501 dinars are due: 24 fils, beyond 0.02."""
    month = abroad(books, "KWD", "10.010", "5", "0.501 0.501 0.525")
    assert [told.at_stake for told in exceptions(month.reconcile())] == [Decimal("0.024")]


def test_a_draft_with_reverse_charge(books: OpenBooks) -> None:
    """No tax, the note of the Tax tab, and the client's Tax Id; quiet."""
    month = plain_month(books, bill={"tax": "0.00"}, tax_region="DE-RC", tax_id="DE123456789", country="FR").add(
        "Tax", REVERSED
    )
    note = "Reverse charge, Article 196 of the VAT Directive; customer's Tax Id DE123456789"
    result = month.reconcile()
    (line,) = the_draft(result).lines
    assert (line.tax_code, line.tax_rate, line.tax, line.tax_reason) == ("RC", Decimal(0), Decimal(0), note)
    assert (rules_of(result), the_draft(result).status) == ([], "Draft")
    assert summary(month) == [(f"Tax RC 0 %: {note}", Decimal("140.00"), Decimal("0.00"))]


def test_a_draft_of_an_exempt_client(books: OpenBooks) -> None:
    """The certificate stands beside the rate of 0."""
    month = plain_month(books, exempt="Yes", certificate="C-1", certificate_expiry="2027-06-30")
    assert summary(month) == [
        ("Tax EXEMPT 0 %: Exempt: certificate C-1, valid to 30 Jun 2027", Decimal("140.00"), Decimal("0.00"))
    ]


def test_two_tax_codes_on_one_draft(books: OpenBooks) -> None:
    """Seats at 8 %: 140.00 and 11.20. Books at 0 % for a reason: 25.00. Total 176.20."""
    month = plain_month(books).product("Handbook", "list", product_id="H", sku_id="1", product_class="books")
    month.add("Sell Prices", {"Billing Product": "Handbook", "Currency": "USD", "Price": "25.00"})
    month.add(
        "Tax", {"Tax Region": "US", "Product Class": "Books", "Tax Code": "Z", "Rate": "0", "Reason": "Printed matter"}
    )
    month.cycle(CLIENT, "1", "20.00", "20.00", product_id="H", sku_id="1", subscription_id="h")
    month.bill(CLIENT, "Handbook", "1", "25.00", "25.00")
    assert summary(month) == [
        ("Tax T8 8 %", Decimal("140.00"), Decimal("11.20")), ("Tax Z 0 %: Printed matter", Decimal("25.00"), Decimal("0.00")),
    ]  # fmt: skip
    (total,) = (row["E"] for row in tab_rows(month) if row.get("B") == "Total USD")
    assert (total, the_draft(month.reconcile()).total) == (Decimal("176.20"), Decimal("176.20"))


@pytest.mark.parametrize(
    ("second", "status"),
    [
        ({"Rate": "9", "Tax Code": "T9"}, "Held"),
        ({"Rate": "9", "Tax Code": "T9", "Start": "2026-07-01"}, "Held"),
        ({"Rate": "8", "Tax Code": "T8X"}, "Held"),
        ({"Rate": "8", "Tax Code": "T8", "Reverse Charge": "Yes"}, "Held"),
        ({"Rate": "8", "Tax Code": "T8", "Start": "2026-07-01"}, "Draft"),
        ({"Rate": "9", "Tax Code": "T9", "Start": "2026-11-01"}, "Draft"),
        ({"Rate": "9", "Tax Code": "T9", "Product Class": "books"}, "Draft"),
        ({"Rate": "9", "Tax Code": "T9", "Tax Region": "UK"}, "Draft"),
    ],
)
def test_rows_that_contradict_each_other(books: OpenBooks, second: dict[str, str], status: str) -> None:
    """Two rows in force for one region and class with another code or rate: nobody picks one in silence."""
    month = plain_month(books, bill={"tax": "11.20"}).add("Tax", {"Tax Region": "US", "Product Class": "*", **second})
    result = month.reconcile()
    draft = the_draft(result)
    assert (draft.status, rules_of(result)) == (status, [])
    if status == "Held":
        (reason,) = draft.hold_reasons
        assert reason.startswith("Tax rows 6 (T8 8 %) and 7 (T")
        assert summary(month)[0][0] == "Tax not known"


@pytest.mark.parametrize(
    ("region", "country", "status"),
    [
        ("DE", "FR", "Held"),
        ("DE-19", "FR", "Held"),
        ("DE", "DE", "Draft"),
        ("UK", "GB", "Draft"),
        ("GB", "UK", "Draft"),
        ("FR", "MC", "Draft"),
        ("Germany", "FR", "Draft"),
        ("EU", "FR", "Draft"),
        ("DEF", "FR", "Draft"),
        ("CA", "US", "Draft"),
        ("DE", "US", "Draft"),
        ("DE", "", "Draft"),
        ("", "", "Held"),
    ],
)
def test_a_region_of_another_country(books: OpenBooks, region: str, country: str, status: str) -> None:
    """Held where the region's code is another country's, silent wherever it can mean something else."""
    month = plain_month(books, tax_region=region, country=country)
    month.tables["Tax"][0]["Tax Region"] = region or "US"
    draft = the_draft(month.reconcile())
    assert draft.status == status
    if status == "Held" and region:
        assert draft.hold_reasons == (
            f"tax region {region} is of another country than {country}, the Country of {CLIENT}",
        )
        assert draft.tax == Decimal("11.20")


def test_a_region_without_tax_tells_no_country(books: OpenBooks) -> None:
    """An export at 0 % and reverse charge are named after the seller's country as often as the buyer's."""
    month = plain_month(books, tax_region="DE", country="CH")
    month.tables["Tax"][0] |= {"Tax Region": "DE", "Rate": "0", "Reason": "Export"}
    assert the_draft(month.reconcile()).status == "Draft"


@pytest.mark.parametrize("column", ["Rate", "End"])
def test_a_tax_row_that_cannot_be_read_lets_no_general_row_step_in(books: OpenBooks, column: str) -> None:
    """The row of the class is spoiled: the draft waits, it is not taxed by the row for all classes."""
    month = plain_month(books)
    month.tables["Products"][0]["Product Class"] = "software"
    row = {"Tax Region": "US", "Product Class": "software", "Tax Code": "T5", "Rate": "5"}
    draft = the_draft(month.add("Tax", row | {column: "soon"}).reconcile())
    assert (draft.status, draft.hold_reasons) == ("Held", ("Tax > row 7 cannot be read",))


def test_tax_of_work_sold_without_a_source(books: OpenBooks) -> None:
    """Hourly work is on no draft, but its planned tax is looked at: 10.00 instead of 8.00."""
    month = plain_month(books).product("Hours", "as billed", "none")
    month.bill(CLIENT, "Hours", "1", "100.00", "100.00", tax="10.00")
    assert [(told.rule, told.at_stake) for told in exceptions(month.reconcile())] == [("tax-mismatch", Decimal("2.00"))]


def test_a_bill_in_another_currency_is_left_to_its_own_finding(books: OpenBooks) -> None:
    """Tax of a euro line says nothing about dollars."""
    month = plain_month(books, bill={"currency": "EUR", "tax": "99.00"})
    month.add("FX Rates", {"From": "EUR", "To": "USD", "Rate": "1"})
    assert "tax-mismatch" not in rules_of(month.reconcile())


def test_draft_lines_carry_the_reason(books: OpenBooks) -> None:
    """Column Tax Reason: blank for a rate above 0."""
    for customer, reason in (({}, ""), ({"exempt": "Yes"}, "Exempt: no certificate on Customers")):
        (line,) = the_draft(plain_month(books, **customer).reconcile()).lines
        assert (line.product, line.tax_reason) == (SEATS, reason)
