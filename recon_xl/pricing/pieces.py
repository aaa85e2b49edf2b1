"""Making pieces: what every way of pricing shares once an amount is known."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from recon_xl.contract import Settings
from recon_xl.core.money import ZERO, product, to_minor_unit, total
from recon_xl.core.piece import Piece
from recon_xl.core.price import Rounded
from recon_xl.pricing.book import PriceBook
from recon_xl.pricing.price_line import PriceLine, charge_word, months_charged

ONE = Decimal(1)
_Span = tuple[int, str, Decimal, date | None, date | None]
"""Months charged, subscription (blank for several), confidence, first and last day."""
NO_PC_RATE = "no PCToBCExchangeRate on the vendor line, although price and invoice are in different currencies"


class PieceMaker:
    """Pieces of vendor lines, with their cost in the client's currency."""

    def __init__(self, settings: Settings, book: PriceBook) -> None:
        self._settings = settings
        self._book = book

    def by_unit(self, line: PriceLine, unit: Rounded, why: str) -> Piece:
        """A line at a unit price: rounded a unit, so that quantity x unit is the line, or by setting on the line."""
        exact = product(unit.exact, line.signed_quantity)
        by_line = self._settings.sell_rounding == "line"
        amount = to_minor_unit(exact if by_line else product(unit.amount, line.signed_quantity), line.client_currency)
        shown = unit.exact if by_line else unit.amount
        return self.of([line], line.signed_quantity, shown, Rounded(exact, amount), why)

    def single(self, line: PriceLine, price: Rounded, why: str) -> Piece:
        """A line priced as a whole."""
        return self.of([line], ONE, price.amount, price, why)

    def of(
        self,
        lines: Sequence[PriceLine],
        quantity: Decimal,
        unit: Decimal,
        price: Rounded,
        why: str,
        units: Decimal | None = None,
    ) -> Piece:
        """One piece of several lines of one client and product; `units` where limits decide the quantity billed."""
        first = lines[0]
        months, subscription, confidence, start, end = _span(first) if len(lines) == 1 else _joint_span(lines)
        kind = charge_word(first.kind, first.charge_type) if units is None else "cycle"
        instalment = _spread(price.amount, months, first.client_currency) if units is None else price.amount
        return Piece._make((  # in order, because names cost as much again as the piece itself
            first.client, first.product, first.client_currency, subscription, kind, quantity, unit, price.amount, price.exact,
            self._cost(lines), tuple([line.line_id for line in lines]), why, instalment, months, units, first.is_earlier, None,
            confidence, start, end, None,
        ))  # fmt: skip

    def unpriced(self, lines: Sequence[PriceLine], problem: str) -> Piece:
        """A piece without an amount: its draft line is held, its key reported."""
        nothing = Rounded(ZERO, ZERO)
        return self.of(lines, ZERO, ZERO, nothing, "")._replace(problem=problem)

    def _cost(self, lines: Sequence[PriceLine]) -> Decimal | None:
        target = lines[0].client_currency
        costs = []
        for line in lines:
            if line.currency == target:
                costs.append(line.subtotal)
                continue
            fx = self._book.rate(line.currency, target)
            if fx is None:
                return None
            costs.append(product(line.subtotal, fx))
        return to_minor_unit(costs[0] if len(costs) == 1 else total(costs), target)


def no_rate(line: PriceLine) -> str:
    """Why a line has no price in the client's currency."""
    return f"no rate from {line.currency} to {line.client_currency} on FX Rates"


def _spread(amount: Decimal, months: int, currency: str) -> Decimal:
    """What one month of a charge comes to, where the PSA bills it in instalments."""
    return amount if months == 1 else to_minor_unit(amount / months, currency)


def monthly_cost(piece: Piece) -> Decimal:
    """What one month of a piece's cost comes to, spread just as its `instalment` is; 0 where no cost is known."""
    if piece.cost is None:
        return ZERO
    return piece.cost if piece.units is not None else _spread(piece.cost, piece.months, piece.currency)


def _span(line: PriceLine) -> _Span:
    start, end = line.charge_start, line.charge_end
    return months_charged(start, end), line.subscription_id, line.confidence, start, end


def _joint_span(lines: Sequence[PriceLine]) -> _Span:
    months, subscriptions, confidences, starts, ends = zip(*map(_span, lines), strict=True)
    return (
        max(months), subscriptions[0] if len(set(subscriptions)) == 1 else "", min(confidences),
        min(filter(None, starts), default=None), max(filter(None, ends), default=None),
    )  # fmt: skip
