"""Markup on vendor cost (the reckoning, section 3: markup, and markup for usage)."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from recon_xl.core.money import ZERO, minor_digits, price_text, product, round_down
from recon_xl.core.piece import Piece
from recon_xl.core.price import Rounded, markup_unit, markup_usage
from recon_xl.pricing.book import PriceBook
from recon_xl.pricing.pieces import NO_PC_RATE, PieceMaker, no_rate
from recon_xl.pricing.price_line import PriceLine, fx_words, points_words

_NOTHING = Rounded(ZERO, ZERO)


def by_markup(book: PriceBook, maker: PieceMaker, line: PriceLine) -> Piece:
    """One piece a line: its unit cost, or for usage its Subtotal, with the most specific markup."""
    found = book.markup(line.product, line.subscription_id, line.client, line.reseller)
    fx = book.rate(line.currency, line.client_currency)
    if found is None or fx is None:
        if line.price == 0 and line.subtotal == 0:
            return maker.by_unit(line, _NOTHING, "free at the vendor")
        return maker.unpriced([line], no_rate(line) if fx is None else f"no markup for {line.product} on Price Rules")
    markup, level = found
    target = line.client_currency
    words = f"{points_words(markup)} ({level} markup){'' if line.currency == target else fx_words(fx, line.currency, target)}"
    if line.kind == "usage":
        price = markup_usage(line.subtotal, markup, fx, minor_digits(target))
        piece = maker.single(line, price, f"vendor cost of the usage {words}")
        return piece._replace(usage=(line.subtotal, line.currency))
    if line.pc_to_bc is None:
        return maker.unpriced([line], NO_PC_RATE)
    unit = markup_unit(abs(line.price), line.pc_to_bc, markup, fx, minor_digits(line.currency), minor_digits(target))
    return maker.by_unit(
        line,
        unit,
        f"vendor unit cost {_cost_words(abs(line.price), line.pc_to_bc, line.pricing_currency, line.currency)} {words}",
    )


@lru_cache(maxsize=65536)
def _cost_words(cost: Decimal, rate: Decimal, pricing: str, billing: str) -> str:
    """What the vendor printed, and what the markup is on: `2.35 x rate 0.846202666 USD to EUR, cut to 1.98,`."""
    used = product(cost, rate)
    cut = round_down(used, minor_digits(billing))
    words = price_text(cost, pricing or billing)
    if rate != 1:
        words += fx_words(rate, pricing or billing, billing)
    if cut == cost:
        return words
    return f"{words}, {'cut to' if cut != used else 'which is'} {price_text(cut, billing)},"
