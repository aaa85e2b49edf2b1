"""The currency in which findings are ranked, and what is said where an amount cannot be converted to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from recon_xl.contract import Settings
from recon_xl.core.finding import Finding
from recon_xl.core.fixing import FixStep
from recon_xl.core.money import product, to_minor_unit
from recon_xl.core.remark import Remark
from recon_xl.engine.session import Session
from recon_xl.pricing.book import PriceBook

ToBase = Callable[[Decimal, str], Decimal | None]

_CURRENCIES = """
    SELECT DISTINCT currency FROM mapped_line WHERE in_period
    UNION SELECT line_currency FROM billed_line
    UNION SELECT client_currency FROM billed_line
    UNION SELECT currency FROM key_match
"""


def ranking_currency(session: Session, settings: Settings) -> str:
    """Base Currency; where it is left blank and the whole month is in one other currency, that one.

    For ranking only: what a customer without a currency is billed in stays with Base Currency.
    """
    if "base_currency" in settings.model_fields_set:
        return settings.base_currency
    found = {currency for (currency,) in session.rows(_CURRENCIES) if currency}
    return found.pop() if len(found) == 1 else settings.base_currency


def ranking_warnings(settings: Settings, base: str) -> Iterator[str]:
    """Says so where findings are ranked in another currency than Settings shows."""
    if base != settings.base_currency:
        yield f"Base Currency is blank on Settings and the whole month is in {base}: findings are ranked in {base}"


def converter(book: PriceBook, base: str) -> ToBase:
    """An amount of a currency in the base currency, None where FX Rates has no rate."""

    def convert(amount: Decimal, currency: str) -> Decimal | None:
        rate = book.rate(currency, base)
        return None if rate is None else to_minor_unit(product(amount, rate), base)

    return convert


def missing_rates(findings: Sequence[Finding], to_base: ToBase, base: str, period: str) -> Iterator[Remark]:
    """One remark a currency with money at stake that cannot be compared with the rest."""
    apart = {
        finding.hit.currency
        for finding in findings
        if finding.is_primary and not finding.is_information and finding.hit.at_stake
    }
    for currency in sorted(apart):
        if to_base(Decimal(1), currency) is None:
            yield Remark(
                FixStep.PRICES,
                "FX Rates",
                f"{currency} to {base}",
                f"no rate from {currency} to {base} for {period}: findings in {currency} are ranked apart and are not on "
                "Start's chart",
                f"Add the rate from {currency} to {base} to FX Rates, or correct Base Currency on Settings.",
            )
