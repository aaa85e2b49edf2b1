"""Several currencies: rates in both directions, minor units of 0 and 3, ranking (RECKONING 2, 3, 4 and 7)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from scenarios.harness import Books, OpenBooks, exceptions, the_draft, the_exception, the_line, the_match

CLIENT, SEATS = "Alder Legal", "Business Standard"


def abroad(books: OpenBooks, currency: str, basis: str = "fixed", **client: str) -> Books:
    return books("2026-10").customer(CLIENT, currency=currency, **client).product(SEATS, basis)


def rate(month: Books, source: str, target: str, value: str) -> Books:
    return month.add("FX Rates", {"From": source, "To": target, "Rate": value})


def marked_up(month: Books, points: str = "20") -> Books:
    return month.add("Price Rules", {"Level": "product", "Billing Product": SEATS, "Markup": points})


def test_a_direct_rate_goes_into_the_one_rounding(books: OpenBooks) -> None:
    """10.08 EUR x 1.20 x 1.10 = 13.3056, so 13.31 USD a unit; x 10 = 133.10."""
    month = marked_up(rate(abroad(books, "USD", "markup"), "EUR", "USD", "1.10"))
    month.cycle(CLIENT, "10", "10.08", "100.80", currency="EUR").bill(CLIENT, SEATS, "10", "13.31", "133.10")
    assert month.reconcile().findings == []


def test_an_inverse_rate_divides(books: OpenBooks) -> None:
    """Only 1 USD = 0.80 EUR is known: 10.08 EUR x 1.20 / 0.80 = 15.12 USD; x 10 = 151.20."""
    month = marked_up(rate(abroad(books, "USD", "markup"), "USD", "EUR", "0.80"))
    month.cycle(CLIENT, "10", "10.08", "100.80", currency="EUR").bill(CLIENT, SEATS, "10", "15.12", "151.20")
    assert month.reconcile().findings == []


def test_a_direct_rate_beats_the_inverse_one(books: OpenBooks) -> None:
    """Both are on FX Rates, and they disagree: 1 EUR = 1.10 USD holds."""
    month = marked_up(rate(rate(abroad(books, "USD", "markup"), "EUR", "USD", "1.10"), "USD", "EUR", "0.80"))
    month.cycle(CLIENT, "10", "10.08", "100.80", currency="EUR").bill(CLIENT, SEATS, "10", "13.31", "133.10")
    assert month.reconcile().findings == []


def test_a_bill_in_a_foreign_currency_is_converted(books: OpenBooks) -> None:
    """100.00 EUR billed at 1.10 is 110.00 USD, as expected: 10 x 11.00; that it is in euros is the finding, of 0.00."""
    month = rate(abroad(books, "USD"), "EUR", "USD", "1.10").agreement(CLIENT, SEATS, "11.00")
    month.cycle(CLIENT, "10", "10.08", "100.80").bill(CLIENT, SEATS, "10", "10.00", "100.00", currency="EUR")
    result = month.reconcile()
    assert [(finding.rule, finding.hit.at_stake) for finding in result.findings] == [("currency-mismatch", Decimal(0))]
    assert the_match(result)["billed"] == Decimal("110.00")


@pytest.mark.parametrize(
    ("per_euro", "lei", "euros"),
    [
        ("5", "52.30", "10.46"),
        ("4.8", "45.48", "9.48"),  # 45.48 / 4.8 = 9.475 exactly, half-up
        ("4.8", "-45.48", "-9.48"),
        ("3", "10.00", "3.33"),
        ("3", "20.00", "6.67"),
        ("4.9755", "123.45", "24.81"),  # 24.8115767...
    ],
)
def test_a_bill_converted_by_the_inverse_rate_is_rounded_once(
    books: OpenBooks, per_euro: str, lei: str, euros: str
) -> None:
    """Only 1 EUR = so many RON is known: the amount is divided, half-up once."""
    month = rate(abroad(books, "EUR"), "EUR", "RON", per_euro).agreement(CLIENT, SEATS, "1.00")
    month.cycle(CLIENT, "1", "1.00", "1.00", currency="EUR").bill(CLIENT, SEATS, "1", amount=lei, currency="RON")
    assert the_match(month.reconcile())["billed"] == Decimal(euros)


def test_a_bill_without_a_rate_cannot_be_checked(books: OpenBooks) -> None:
    """100.00 CHF billed to a dollar client: for review, never 100.00 USD."""
    month = abroad(books, "USD").agreement(CLIENT, SEATS, "11.00").cycle(CLIENT, "10", "10.08", "100.80")
    finding = the_exception(month.bill(CLIENT, SEATS, "10", amount="100.00", currency="CHF").reconcile())
    assert (finding.rule, finding.hit.direction) == ("currency-mismatch", "review")
    assert (finding.hit.at_stake, finding.hit.billed) == (Decimal("110.00"), None)
    assert "CHF" in finding.hit.why


def test_a_vendor_charge_without_a_rate_and_without_a_bill_is_not_passed_over(books: OpenBooks) -> None:
    """100.80 EUR charged, the client pays in dollars, no rate, nothing billed: somebody must look."""
    month = marked_up(abroad(books, "USD", "markup")).cycle(CLIENT, "10", "10.08", "100.80", currency="EUR")
    month.customer("Elm").add("Price Rules", {"Level": "customer", "Applies To": "Elm", "Markup": "20"})
    month.cycle("Elm", "1", "10.00", "10.00", subscription_id="elm").bill("Elm", SEATS, "1", "12.00", "12.00")
    result = month.reconcile()
    assert [told.customer for told in exceptions(result)] == [CLIENT]
    assert result.exit_code == 1


def test_yen_have_no_decimals(books: OpenBooks) -> None:
    """10.08 USD x 1.20 x 150.75 = 1823.472, so 1823 JPY; x 10 = 18230; tax of 10 % 1823."""
    month = marked_up(rate(abroad(books, "JPY", "markup", tax_region="JP"), "USD", "JPY", "150.75"))
    month.add("Tax", {"Tax Region": "JP", "Product Class": "*", "Tax Code": "CT", "Rate": "10"})
    month.cycle(CLIENT, "10", "10.08", "100.80").bill(CLIENT, SEATS, "10", "1823", "18230")
    result = month.reconcile()
    assert result.findings == []
    draft = the_draft(result)
    assert (str(draft.net), str(draft.tax), str(draft.total)) == ("18230", "1823", "20053")


def test_yen_in_mid_cycle(books: OpenBooks) -> None:
    """1,400 a seat, 10 + 2 on 20 Jun: 14000 + 2 x 1400 x 28/30 = 16613.33, so 16613 JPY."""
    month = books("2021-06").customer(CLIENT, currency="JPY").product(SEATS).agreement(CLIENT, SEATS, "1400")
    month.seats(CLIENT, [
        ("new", "2021-06-18", "2021-07-17", "10.08", "10", "100.80"),
        ("addQuantity", "2021-06-20", "2021-07-17", "-9.408", "10", "-94.08"),
        ("addQuantity", "2021-06-20", "2021-07-17", "9.408", "12", "112.89"),
    ])  # fmt: skip
    result = month.bill(CLIENT, SEATS, "12", amount="16613").reconcile()
    assert the_match(result)["expected"] == Decimal(16613)


def test_a_yen_is_more_than_a_rounding_difference(books: OpenBooks) -> None:
    """The tolerance is 0.02 of a yen, not two yen."""
    month = abroad(books, "JPY").agreement(CLIENT, SEATS, "1400").cycle(CLIENT, "1", "10.08", "10.08")
    assert [told.rule for told in exceptions(month.bill(CLIENT, SEATS, "1", amount="1399").reconcile())] == [
        "underbilled"
    ]


def test_dinars_have_three_decimals(books: OpenBooks) -> None:
    """10.08 USD x 1.20 x 0.307 = 3.713472, so 3.713 KWD; x 10 = 37.130; tax of 5 % 1.8565, so 1.857."""
    month = marked_up(rate(abroad(books, "KWD", "markup", tax_region="KW"), "USD", "KWD", "0.307"))
    month.add("Tax", {"Tax Region": "KW", "Product Class": "*", "Tax Code": "VAT", "Rate": "5"})
    month.cycle(CLIENT, "10", "10.08", "100.80").bill(CLIENT, SEATS, "10", "3.713", "37.130")
    result = month.reconcile()
    assert result.findings == []
    draft = the_draft(result)
    assert (str(draft.net), str(draft.tax), str(draft.total)) == ("37.130", "1.857", "38.987")


def test_a_vendor_that_bills_in_dinars_is_cut_to_three_decimals(books: OpenBooks) -> None:
    """1.2345 KWD is cut to 1.234; x 1.20 = 1.4808, so 1.481 KWD."""
    month = marked_up(abroad(books, "KWD", "markup")).cycle(CLIENT, "1", "1.2345", "1.234", currency="KWD")
    assert the_line(month.bill(CLIENT, SEATS, "1", amount="1.481").reconcile()).net == Decimal("1.481")


def test_an_agreement_price_in_another_currency_is_converted(books: OpenBooks) -> None:
    """12.50 EUR a seat for a dollar client at 1.10: 13.75 USD; x 10 = 137.50."""
    month = rate(abroad(books, "USD"), "EUR", "USD", "1.10").agreement(CLIENT, SEATS, "12.50", currency="EUR")
    month.cycle(CLIENT, "10", "10.08", "100.80").bill(CLIENT, SEATS, "10", "13.75", "137.50")
    assert month.reconcile().findings == []


def test_a_price_as_billed_in_a_foreign_currency_is_converted(books: OpenBooks) -> None:
    """12 seats charged, 10 billed at 5.00 EUR = 5.50 USD: 11.00 USD lost."""
    month = rate(abroad(books, "USD", "as billed"), "EUR", "USD", "1.10")
    month.cycle(CLIENT, "12", "10.08", "120.96").bill(CLIENT, SEATS, "10", "5.00", "50.00", currency="EUR")
    match = the_match(month.reconcile())
    assert (match["expected"], match["billed"]) == (Decimal("66.00"), Decimal("55.00"))


def test_money_is_summed_by_currency_and_ranked_in_the_base_currency(books: OpenBooks) -> None:
    """1,000 JPY (6.63 USD), 10 USD and 8 CHF without a rate: dollars, yen, francs last."""
    month = books("2026-10").product(SEATS)
    for name, currency, price, unit in (("Yen", "JPY", "2000", "1000"), ("Dollar", "USD", "20", "10"),
                                        ("Franc", "CHF", "20", "12")):  # fmt: skip
        month.customer(name, currency=currency).agreement(name, SEATS, price)
        month.cycle(name, "1", "1.00", "1.00", subscription_id=name, currency=currency, customer_name=name)
        month.bill(name, SEATS, "1", unit, unit)
    result = rate(month, "JPY", "USD", "0.00663").reconcile()
    assert [finding.hit.customer for finding in result.exceptions] == ["Dollar", "Yen", "Franc"]
    assert result.at_stake() == {
        ("CHF", "we lose"): (1, Decimal(8)),
        ("JPY", "we lose"): (1, Decimal(1000)),
        ("USD", "we lose"): (1, Decimal(10)),
    }


def test_large_rates_and_amounts_lose_no_digit(books: OpenBooks) -> None:
    """16250.5 rupiah a dollar: 9,999.99 USD x 16250.5 = 162504837.495 IDR, so 162504837.50."""
    month = rate(marked_up(abroad(books, "IDR", "markup"), "0"), "USD", "IDR", "16250.5")
    month.cycle(CLIENT, "1", "9999.99", "9999.99").bill(CLIENT, SEATS, "1", amount="162504837.50")
    assert the_line(month.reconcile()).net == Decimal("162504837.50")
