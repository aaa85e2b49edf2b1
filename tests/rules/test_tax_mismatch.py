"""Rule tax-mismatch."""

from __future__ import annotations

from decimal import Decimal

import pytest
from scenarios.harness import Books, OpenBooks, exceptions, rules_of, the_exception
from scenarios.plain import CLIENT, SEATS, plain_month

EXEMPT = {"exempt": "Yes", "certificate": "C-1"}
UK = {"Tax Region": "UK", "Product Class": "*", "Tax Code": "S20", "Rate": "20"}
REDUCED = {"Tax Region": "US", "Product Class": "books", "Tax Code": "T5", "Rate": "5"}
REVERSED = {"Tax Region": "RC", "Product Class": "*", "Tax Code": "RC0", "Rate": "0", "Reverse Charge": "Yes"}


def told(month: Books) -> tuple[str, Decimal, str]:
    finding = the_exception(month.reconcile())
    assert finding.rule == "tax-mismatch"
    return finding.hit.why, finding.hit.at_stake, finding.hit.direction


@pytest.mark.parametrize(
    ("planned", "at_stake", "direction", "words"),
    [
        ("14.00", "2.80", "customer overcharged", "Wrong tax rate: 10 % planned, T8 8 % is due."),
        ("11.23", "0.03", "customer overcharged", "Wrong tax rate: about 8.02 % planned, T8 8 % is due."),
        ("11.17", "0.03", "we lose", "Wrong tax rate: about 7.98 % planned, T8 8 % is due."),
        ("0.00", "11.20", "we lose", "Wrong tax rate: 0 % planned, T8 8 % is due."),
    ],
)
def test_fires_on_another_rate(books: OpenBooks, planned: str, at_stake: str, direction: str, words: str) -> None:
    """8 % of 140.00 is 11.20; beyond two cents the difference is a finding."""
    why, money, gains = told(plain_month(books, bill={"tax": planned}))
    assert (money, gains) == (Decimal(at_stake), direction)
    assert why == f"{words} On 140.00 USD net, tax of {planned} USD is planned and 11.20 USD is due."


def test_fires_with_both_sides_of_the_tax(books: OpenBooks) -> None:
    """Expected and billed are the taxes, the rows are the billed lines."""
    finding = the_exception(plain_month(books, bill={"tax": "14.00"}).reconcile())
    assert (finding.hit.expected, finding.hit.billed, finding.variance) == tuple(
        map(Decimal, ("11.20", "14.00", "2.80"))
    )
    assert (finding.hit.customer, finding.hit.product, finding.source_rows) == (CLIENT, SEATS, ("Billed Lines row 6",))


def test_fires_on_another_regions_rate(books: OpenBooks) -> None:
    """28.00 is 20 %, the rate of the UK."""
    month = plain_month(books, bill={"tax": "28.00"}).add("Tax", UK)
    why, money, gains = told(month)
    assert (money, gains) == (Decimal("16.80"), "customer overcharged")
    assert why.startswith("Another region's rate: 20 % is the rate of tax region UK, T8 8 % is due.")


def test_fires_on_a_code_of_another_region(books: OpenBooks) -> None:
    """The line plans no amount, but the code S20: 28.00."""
    why, money, _ = told(plain_month(books, bill={"tax_code": "s20"}).add("Tax", UK))
    assert money == Decimal("16.80")
    assert why.startswith("Another region's rate: tax code s20 is of tax region UK, T8 8 % is due.")


def test_fires_on_a_wrong_code_of_the_region(books: OpenBooks) -> None:
    """The reduced rate of books on seats: 7.00 instead of 11.20."""
    why, money, gains = told(plain_month(books, bill={"tax_code": "T5", "tax": "7.00"}).add("Tax", REDUCED))
    assert (money, gains) == (Decimal("4.20"), "we lose")
    assert why.startswith("Wrong tax code: T5 is planned, T8 8 % is due.")


def test_fires_where_an_exempt_client_is_charged(books: OpenBooks) -> None:
    """Nothing is due while the certificate is valid."""
    why, money, gains = told(plain_month(books, bill={"tax": "11.20"}, **EXEMPT))
    assert (money, gains) == (Decimal("11.20"), "customer overcharged")
    assert why.startswith("Exempt client charged (Exempt: certificate C-1).")


def test_fires_where_an_exemption_has_expired(books: OpenBooks) -> None:
    """The bill still plans no tax, a month after the certificate's last day."""
    why, money, gains = told(plain_month(books, bill={"tax": "0.00"}, certificate_expiry="2026-09-30", **EXEMPT))
    assert (money, gains) == (Decimal("11.20"), "we lose")
    assert why.startswith("Exemption expired: certificate C-1 ended on 2026-09-30, and no tax is planned.")


def test_fires_where_reverse_charge_is_charged(books: OpenBooks) -> None:
    """The client accounts for the tax themselves."""
    month = plain_month(books, bill={"tax": "11.20"}, tax_region="RC", tax_id="DE1").add("Tax", REVERSED)
    why, money, gains = told(month)
    assert (money, gains) == (Decimal("11.20"), "customer overcharged")
    assert why.startswith("Reverse charge, but tax is charged")


def test_fires_where_the_vendors_tax_is_passed_through(books: OpenBooks) -> None:
    """19.15 is what the vendor charged us on 100.80: input tax, not the client's."""
    month = plain_month(books, bill={"tax": "19.15"})
    month.tables["Vendor Lines"][0]["Tax Total"] = "19.15"
    why, money, gains = told(month)
    assert (money, gains) == (Decimal("7.95"), "customer overcharged")
    assert why.startswith("Vendor tax passed through")


@pytest.mark.parametrize(
    "bill",
    [
        {},
        {"tax": "11.20"},
        {"tax": "11.22"},
        {"tax": "11.18"},
        {"tax_code": "T8"},
        {"tax_code": "T8", "tax": "11.20"},
        {"tax_code": "PSA-7"},
        {"tax_code": "PSA-7", "tax": "11.20"},
    ],
)
def test_quiet_where_the_tax_is_right_or_not_planned(books: OpenBooks, bill: dict[str, str]) -> None:
    """Two cents are rounding; a code that Tax does not know tells nothing."""
    assert rules_of(plain_month(books, bill=bill).reconcile()) == []


@pytest.mark.parametrize("bill", [{"tax": "0.00"}, {"tax_code": "EXEMPT"}, {}])
def test_quiet_for_an_exempt_client_without_tax(books: OpenBooks, bill: dict[str, str]) -> None:
    """With a certificate, through its last day."""
    month = plain_month(books, bill=bill, certificate_expiry="2026-10-31", **EXEMPT)
    assert rules_of(month.reconcile()) == []


def test_quiet_where_an_expired_client_is_charged(books: OpenBooks) -> None:
    """The tax is due again, and it is planned."""
    month = plain_month(books, bill={"tax": "11.20"}, certificate_expiry="2026-09-30", **EXEMPT)
    assert rules_of(month.reconcile()) == []


def test_quiet_about_a_quantity_gap(books: OpenBooks) -> None:
    """Nine of ten seats are billed, with the right tax on nine: the seat is missing, no tax is."""
    month = plain_month(books, bill={"tax": "10.08"})
    month.tables["Billed Lines"][0] |= {"Quantity": "9", "Amount": "126.00"}
    assert [(told.rule, told.at_stake) for told in exceptions(month.reconcile())] == [("underbilled", Decimal("14.00"))]


def test_quiet_where_the_draft_is_held_for_its_tax(books: OpenBooks) -> None:
    """Without a Tax row nobody can say what is due; the hold says so."""
    assert rules_of(plain_month(books, bill={"tax": "0.00"}, tax_region="Mars").reconcile()) == []


def test_quiet_about_half_a_cent_a_line(books: OpenBooks) -> None:
    """Eight lines of 10.06 are 0.8048 of tax each, 0.80 rounded: 6.40; the PSA rounds the sum, 6.4384, to 6.44."""
    month = plain_month(books)
    month.tables["Billed Lines"].clear()
    month.tables["Sell Prices"][0]["Price"] = "8.048"
    for place in range(8):
        tax = "0.84" if place == 0 else "0.80"
        month.bill(CLIENT, SEATS, "1.25", amount="10.06", tax=tax, description=f"part {place}")
    assert [rule for rule in rules_of(month.reconcile()) if rule == "tax-mismatch"] == []


def test_fires_by_subscription(books: OpenBooks) -> None:
    """Where both sides carry subscriptions, the one with the wrong tax is named."""
    month = books("2026-10").customer(CLIENT).product(SEATS, "list")
    month.add("Sell Prices", {"Billing Product": SEATS, "Currency": "USD", "Price": "14.00"})
    for name, tax in (("s-1", "1.12"), ("s-2", "1.40")):
        month.cycle(CLIENT, "1", "10.08", "10.08", subscription_id=name)
        month.bill(CLIENT, SEATS, "1", "14.00", "14.00", subscription_id=name, tax=tax)
    finding = the_exception(month.reconcile())
    assert (finding.rule, finding.hit.subscription, finding.hit.at_stake) == ("tax-mismatch", "s-2", Decimal("0.28"))
