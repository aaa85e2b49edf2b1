"""The currency in which findings are ranked, and what is said where an amount cannot be converted to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from recon_xl.contract import Settings
from recon_xl.core.finding import Finding
from recon_xl.core.fixing import FixStep
from recon_xl.core.money import product, to_minor_unit
from recon_xl.core.remark import Remark
from recon_xl.engine.session import Session
from recon_xl.pricing.book import PriceBook

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


class Ranking:
    """Amounts in the currency that findings are ranked in."""

    def __init__(self, book: PriceBook, settings: Settings, base: str) -> None:
        self._book, self._settings, self._base = book, settings, base

    def to_base(self, amount: Decimal, currency: str) -> Decimal | None:
        """An amount in that currency, None where FX Rates has no rate."""
        rate = self._book.rate(currency, self._base)
        return None if rate is None else to_minor_unit(product(amount, rate), self._base)

    def warnings(self) -> Iterator[str]:
        """Says so where it is another currency than Settings shows."""
        if self._base != self._settings.base_currency:
            found = f"Base Currency is blank on Settings and the whole month is in {self._base}"
            yield f"{found}: findings are ranked in {self._base}"

    def missing_rates(self, findings: Sequence[Finding]) -> Iterator[Remark]:
        """One remark a currency with money at stake that cannot be compared with the rest."""
        of_weight = (finding for finding in findings if finding.is_primary and not finding.is_information)
        for currency in sorted({finding.hit.currency for finding in of_weight if finding.hit.at_stake}):
            if self.to_base(Decimal(1), currency) is None:
                yield _missing_rate(currency, self._base, self._settings.period)


def _missing_rate(currency: str, base: str, period: str) -> Remark:
    return Remark(
        FixStep.PRICES,
        "FX Rates",
        f"{currency} to {base}",
        f"no rate from {currency} to {base} for {period}: findings in {currency} are ranked apart and are not on Start's chart",
        f"Add the rate from {currency} to {base} to FX Rates, or correct Base Currency on Settings.",
    )
