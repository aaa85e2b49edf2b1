"""The client's own tax (RECKONING 3, tax)."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scenarios.harness import Books, OpenBooks, the_draft

from recon_xl.core.draft import DraftLine
from recon_xl.core.tax import tax_of
from recon_xl.drafts.taxes import taxed_by_invoice

CLIENT = "Alder Legal"
PRODUCTS = (("Seats", "S"), ("Backup", "B"), ("Mail", "M"))


def three_lines(books: OpenBooks, price: str, rate: str, **settings: str) -> Books:
    """One unit each of three products at one price, in a region with that rate."""
    month = books("2026-10", **settings).customer(CLIENT)
    month.tables["Tax"][0]["Rate"] = rate
    for name, sku in PRODUCTS:
        month.product(name, product_id=sku, sku_id="1").agreement(CLIENT, name, price)
        month.cycle(CLIENT, "1", "5.00", "5.00", product_id=sku, sku_id="1", subscription_id=sku).bill(
            CLIENT, name, "1", price
        )
    return month


def taxes(month: Books) -> list[str]:
    draft = the_draft(month.reconcile())
    return [*sorted((str(line.tax) for line in draft.lines), reverse=True), str(draft.tax)]


def test_tax_is_rounded_on_each_line_by_default(books: OpenBooks) -> None:
    """10.03 x 8.25 % = 0.827475, so 0.83 a line and 2.49 in all."""
    assert taxes(three_lines(books, "10.03", "8.25")) == ["0.83", "0.83", "0.83", "2.49"]


def test_tax_may_be_rounded_once_an_invoice(books: OpenBooks) -> None:
    """30.09 x 8.25 % = 2.482425, so 2.48: 0.82 a line, and the two cents left go to the first two lines."""
    assert taxes(three_lines(books, "10.03", "8.25", tax_rounding="invoice")) == ["0.83", "0.83", "0.82", "2.48"]


def test_a_tax_code_of_its_own_for_a_product_class(books: OpenBooks) -> None:
    """Hardware at 20 %, everything else at 8 %: 10.00 and 2 x 10.00."""
    month = three_lines(books, "10.00", "8")
    month.tables["Products"][0]["Product Class"] = "hardware"
    month.add("Tax", {"Tax Region": "US", "Product Class": "Hardware", "Tax Code": "T20", "Rate": "20"})
    draft = the_draft(month.reconcile())
    assert sorted((line.tax_code, line.tax) for line in draft.lines) == [
        ("T20", Decimal("2.00")), ("T8", Decimal("0.80")), ("T8", Decimal("0.80")),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("expiry", "code", "tax"),
    [("", "EXEMPT", "0"), ("2027-06-30", "EXEMPT", "0"), ("2026-10-31", "EXEMPT", "0"), ("2026-10-30", "T8", "2.40")],
)
def test_an_exempt_client_pays_none_until_the_certificate_expires(
    books: OpenBooks, expiry: str, code: str, tax: str
) -> None:
    """30.00 dated 31 October: exempt through the certificate's last day, 8 % after it."""
    month = three_lines(books, "10.00", "8")
    month.tables["Customers"][0] |= {"Exempt": "Yes", "Certificate": "C-1"} | (
        {"Certificate Expiry": expiry} if expiry else {}
    )
    draft = the_draft(month.reconcile())
    assert {line.tax_code for line in draft.lines} == {code}
    assert (draft.tax, draft.status) == (Decimal(tax), "Draft")


def test_an_exempt_client_needs_no_tax_row(books: OpenBooks) -> None:
    """Nobody has to invent a region for them."""
    month = three_lines(books, "10.00", "8")
    month.tables["Customers"][0] |= {"Exempt": "Yes", "Tax Region": ""}
    assert the_draft(month.reconcile()).status == "Draft"


@pytest.mark.parametrize("region", ["", "Mars"])
def test_without_a_tax_row_the_draft_is_held(books: OpenBooks, region: str) -> None:
    """Never 0 %: it keeps its lines and totals, and cannot go out."""
    month = three_lines(books, "10.00", "8")
    month.tables["Customers"][0]["Tax Region"] = region
    draft = the_draft(month.reconcile())
    assert (draft.status, draft.net) == ("Held", Decimal("30.00"))
    (reason,) = draft.hold_reasons
    assert "Tax" in reason


@pytest.mark.parametrize(
    ("start", "end", "status"),
    [("2026-11-01", "", "Held"), ("", "2026-10-30", "Held"), ("2026-10-31", "2026-10-31", "Draft")],
)
def test_the_rate_at_the_invoice_date(books: OpenBooks, start: str, end: str, status: str) -> None:
    """A row that is not in force on 31 October is no row."""
    month = three_lines(books, "10.00", "8")
    month.tables["Tax"][0] |= {key: value for key, value in (("Start", start), ("End", end)) if value}
    assert the_draft(month.reconcile()).status == status


def test_the_invoice_date_may_be_set(books: OpenBooks) -> None:
    """Dated 5 November, November's rate of 9 % holds: 0.90 a line."""
    month = three_lines(books, "10.00", "8", invoice_date="2026-11-05")
    month.tables["Tax"][0]["End"] = "2026-10-31"
    month.add("Tax", {"Tax Region": "US", "Product Class": "*", "Tax Code": "T9", "Rate": "9", "Start": "2026-11-01"})
    assert the_draft(month.reconcile()).tax == Decimal("2.70")


def test_the_vendors_tax_is_never_passed_on(books: OpenBooks) -> None:
    """19 % on the vendor's invoice is our input tax."""
    month = three_lines(books, "10.00", "8")
    for row in month.tables["Vendor Lines"]:
        row["Tax Total"] = "0.95"
    assert the_draft(month.reconcile()).tax == Decimal("2.40")


@given(st.lists(st.decimals("-9999", "9999", places=2), min_size=1, max_size=8), st.decimals("0", "30", places=3))
def test_parts_of_an_invoices_tax_add_up(nets: list[Decimal], rate: Decimal) -> None:
    """The sum is the tax of the sum, half-up, and no line is off by more than a cent a line."""
    lines = [_line(net, rate) for net in nets]
    found = [line.tax for line in taxed_by_invoice(lines, "USD")]
    assert sum(found) == tax_of(sum(nets, Decimal(0)), rate, "USD")
    for net, tax in zip(nets, found, strict=True):
        assert abs(Fraction(tax) - Fraction(net) * Fraction(rate) / 100) <= Fraction(1, 100)


def _line(net: Decimal, rate: Decimal) -> DraftLine:
    zero = Decimal(0)
    return DraftLine("P", "", "P", "cycle", Decimal(1), net, net, "T", rate, zero, "", ())
