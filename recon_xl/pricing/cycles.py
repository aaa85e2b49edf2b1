"""One charge cycle at a unit price, prorated as the vendor did it: summed exactly, rounded once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from operator import attrgetter

from recon_xl.core.money import (
    EXACT,
    ZERO,
    minor_digits,
    money_text,
    price_text,
    product,
    quantity_text,
    ratio,
    round_half_up,
    to_minor_unit,
    total,
)
from recon_xl.core.piece import Piece
from recon_xl.core.price import Rounded
from recon_xl.core.proration import FREE, FULL, Share, prorated, share_by_days, share_by_price
from recon_xl.pricing.pieces import ONE, PieceMaker
from recon_xl.pricing.price_line import PriceLine
from recon_xl.pricing.unit_price import Price

CREDIT = "customercredit"
Part = tuple[PriceLine, Share]
"""A line of a cycle and the share of its price that it stands for."""
_MONTHS_OF_PLAN = {"Annual": Decimal(12), "Triennial": Decimal(36)}


def are_free(lines: Sequence[PriceLine]) -> bool:
    """True where the vendor charges nothing: such lines are worth 0 at any price, and need none."""
    return all(line.price == 0 and line.subtotal == 0 for line in lines)


cycle_key = attrgetter("subscription_id", "charge_end", "is_earlier")
"""Lines of one charge cycle: same subscription and charge end, charged in this period or in an earlier one."""


def cycle_pieces(maker: PieceMaker, lines: Sequence[PriceLine], price: Price) -> Iterator[Piece]:
    """The whole-cycle charges, what changed in mid-cycle, and each credit; together HU of the exact sum.

    Sum over the lines of price x signed quantity x (|EffectiveUnitPrice| / that of the cycle's opening line).
    """
    if price.problem and not are_free(lines):
        yield maker.unpriced(lines, price.problem)
        return
    yield from [_credit(maker, line, price) for line in lines if line.charge_type == CREDIT]
    parts = [(line, share_of(line)) for line in lines if line.charge_type != CREDIT and not line.is_part]
    if not parts:
        return
    second = [line for line in lines if line.is_part]
    full = [line for line, share in parts if share.numerator == share.denominator]
    seats = total([line.signed_quantity for line in full])
    exact = product(price.amount, seats)
    whole = Rounded(exact, to_minor_unit(exact, lines[0].client_currency))
    rest = [(line, share) for line, share in parts if share.numerator != share.denominator]
    if full:
        yield maker.of([*full, *second], seats, price.amount, whole, price.why)
    if rest:
        yield _change(maker, parts, rest, [] if full else second, whole, price)


def _change(
    maker: PieceMaker,
    parts: Sequence[Part],
    rest: Sequence[Part],
    second: Sequence[PriceLine],
    whole: Rounded,
    price: Price,
) -> Piece:
    """What is left for changes in mid-cycle, once the charges of the whole cycle are off."""
    currency = rest[0][0].client_currency
    exact = prorated(price.amount, [(line.signed_quantity, share) for line, share in parts])
    amount = to_minor_unit(exact, currency)
    left = Rounded(EXACT.subtract(exact, whole.exact), EXACT.subtract(amount, whole.amount))
    piece = maker.of([*(line for line, _ in rest), *second], ONE, left.amount, left, _change_words(rest, price))
    return piece._replace(instalment=_instalment(piece.instalment, rest, price, minor_digits(currency)))


def _instalment(by_months: Decimal, rest: Sequence[tuple[PriceLine, Share]], price: Price, digits: int) -> Decimal:
    """A month of seats added to a year or three: a month of the whole price, as of the seats that were there before."""
    months = {_MONTHS_OF_PLAN.get(line.plan or "") for line, _ in rest}
    whole = months.pop() if len(months) == 1 else None
    if whole is None:
        return by_months
    return round_half_up(ratio(product(price.amount, total(line.signed_quantity for line, _ in rest)), whole), digits)


def share_of(line: PriceLine) -> Share:
    """The share of a cycle's price that a line stands for: by the vendor's own prices, else by days; a free line is free."""
    if line.price == 0:
        return FREE
    if line.price == line.opening_price:
        return FULL
    by_days = _days_of(line)
    if line.opening_price == 0:
        return by_days or FULL
    return share_by_price(line.price, line.opening_price, by_days, minor_digits(line.pricing_currency or line.currency))


def _days_of(line: PriceLine) -> Share | None:
    """Days charged over days of the cycle; None for what has no cycle."""
    if line.charge_start is None or line.charge_end is None or line.plan in (None, "OneTime"):
        return None
    return share_by_days(line.charge_start, line.charge_end, str(line.plan))


def _credit(maker: PieceMaker, line: PriceLine, price: Price) -> Piece:
    """A customerCredit: Subtotal x (price / |EffectiveUnitPrice| of the opening line), rounded on its own."""
    if line.opening_price == 0:
        return maker.unpriced(
            [line], "a credit of a cycle whose opening line is not loaded: import the invoice of that month"
        )
    exact = prorated(price.amount, [(line.subtotal, Share(Decimal(1), abs(line.opening_price)))])
    rounded = Rounded(exact, to_minor_unit(exact, line.client_currency))
    opening = price_text(abs(line.opening_price), line.pricing_currency or line.currency)
    words = f"vendor credit {money_text(line.subtotal, line.currency)} / its unit price {opening} x {price.why}"
    return maker.single(line, rounded, words)


@lru_cache(maxsize=1024)
def _day_words(day: date) -> str:
    return f"{day.day} {day:%b}"


def _change_words(parts: Sequence[Part], price: Price) -> str:
    """`(4 seats from 6 Oct x 2/30 + 3 seats from 7 Oct x 1/30) x Sell Prices 4.95`: what came and went, day by day."""
    net: dict[tuple[date | None, Share], Decimal] = {}
    for line, share in sorted(parts, key=lambda part: part[0].charge_start or date.min):
        key = (line.charge_start, share)
        net[key] = EXACT.add(net.get(key, ZERO), line.signed_quantity)
    told = [_part_words(seats, day, share) for (day, share), seats in net.items() if seats] or ["0 seats"]
    words = " + ".join(told).replace("+ -", "- ")
    return f"{words if len(told) == 1 else f'({words})'} x {price.why}"


def _part_words(seats: Decimal, day: date | None, share: Share) -> str:
    """Days of the cycle's days, or where the vendor's prices say something else, its price for the part of that for the whole."""
    when = f" from {_day_words(day)}" if day else ""
    part = f"{quantity_text(share.numerator)}/{quantity_text(share.denominator)}"
    return f"{quantity_text(seats)} seat{'' if abs(seats) == 1 else 's'}{when} x {part}"
