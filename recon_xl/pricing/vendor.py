"""Vendor lines -> pieces: markup on cost, percentage on retail, and agreement or list prices with the vendor's own proration."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby

from recon_xl.contract import Settings
from recon_xl.core.money import ZERO, minor_digits, product, quantity_text, round_half_up, total
from recon_xl.core.piece import Piece
from recon_xl.core.price import Rounded, billable_units, markup_unit, markup_usage, rrp_unit, rrp_usage
from recon_xl.core.proration import FREE, Share, prorated, share_by_days, share_by_price
from recon_xl.core.terms import Terms
from recon_xl.pricing.book import PriceBook
from recon_xl.pricing.price_line import PriceLine, charge_word, fx_words, months_charged, points_words

BilledUnits = Mapping[tuple[str, str, str], tuple[Decimal, str]]
"""(client, product, subscription or blank) -> unit price that the PSA bills, and its currency."""


@dataclass(frozen=True, slots=True)
class Price:
    """A price a unit in the client's currency and where it comes from; or the problem that there is none."""

    amount: Decimal
    why: str
    problem: str | None = None


class VendorPricer:
    """Prices the vendor lines of every client and product by their terms."""

    def __init__(
        self, settings: Settings, book: PriceBook, terms: Callable[[str, str], Terms], billed: BilledUnits
    ) -> None:
        self._settings = settings
        self._book = book
        self._terms = terms
        self._billed = billed

    def pieces(self, lines: Iterable[PriceLine]) -> Iterator[Piece]:
        """All pieces; `lines` come sorted by client, product, subscription and charge end."""
        for (client, name), group in groupby(lines, key=lambda line: (line.client, line.product)):
            terms = self._terms(client, name)
            if terms.price_basis == "markup":
                yield from (self._by_markup(line) for line in group)
            elif terms.price_basis == "rrp":
                yield from self._by_retail(list(group), terms)
            else:
                yield from self._by_unit_price(list(group), terms)

    # markup on vendor cost

    def _by_markup(self, line: PriceLine) -> Piece:
        found = self._book.markup(line.product, line.subscription_id, line.client, line.reseller)
        fx = self._book.rate(line.currency, line.client_currency)
        if found is None or fx is None:
            return self._unpriced(
                line, _no_rate(line) if fx is None else f"no markup for {line.product} on Price Rules"
            )
        markup, level = found
        digits = minor_digits(line.client_currency)
        words = f"{points_words(markup)} {level} markup{fx_words(fx, line.currency, line.client_currency)}"
        if line.kind == "usage":
            price = markup_usage(line.subtotal, markup, fx, digits)
            return self._single(line, price, f"vendor cost of the usage {words}")
        unit = markup_unit(abs(line.price), line.pc_to_bc, markup, fx, minor_digits(line.currency), digits)
        return self._by_unit(line, unit, f"vendor unit cost {words}")

    # percentage on vendor retail

    def _by_retail(self, lines: list[PriceLine], terms: Terms) -> Iterator[Piece]:
        for _, group in groupby(lines, key=_cycle_key):
            cycle = list(group)
            usage = [line for line in cycle if line.kind == "usage"]
            yield from (self._retail_usage(line, terms) for line in usage)
            others = [line for line in cycle if line.kind != "usage"]
            if others and others[0].kind == "reservation":
                yield from (self._retail_reservation(line, terms) for line in others)
            elif others:
                yield from self._cycle(others, self._retail_price(others[0], terms))

    def _retail_usage(self, line: PriceLine, terms: Terms) -> Piece:
        fx = self._book.rate(line.currency, line.client_currency)
        if fx is None or line.unit_price is None:
            return self._unpriced(line, _no_rate(line) if fx is None else "no retail Unit Price on the vendor line")
        points = self._book.percentage(terms.profile, line.customer_id, line.client)
        price = rrp_usage(
            line.unit_price, line.signed_quantity, line.pc_to_bc, points, fx,
            minor_digits(line.currency), minor_digits(line.client_currency),
        )  # fmt: skip
        words = f"retail {points_words(points)} off RRP (signed)"
        return self._single(line, price, f"{words}{fx_words(fx, line.currency, line.client_currency)}")

    def _retail_reservation(self, line: PriceLine, terms: Terms) -> Piece:
        price = self._retail_price(line, terms)
        if price.problem:
            return self._unpriced(line, price.problem)
        return self._by_unit(line, Rounded(price.amount, price.amount), price.why)

    def _retail_price(self, line: PriceLine, terms: Terms) -> Price:
        on = line.sub_start or line.charge_start or self._settings.period_start
        points = self._book.percentage(terms.profile, line.customer_id, line.client)
        digits = minor_digits(line.client_currency)
        for currency in dict.fromkeys((line.currency, line.pricing_currency, line.client_currency)):
            retail = self._book.retail(line.product_id, line.sku_id, line.term, line.plan, currency, on)
            fx = self._book.rate(currency, line.client_currency)
            if retail is not None and fx is not None:
                words = (
                    f"ERP {quantity_text(retail)} {currency} at {on:%Y-%m-%d} {points_words(points)} off RRP (signed)"
                )
                unit = rrp_unit(retail, points, fx, digits).amount
                return Price(unit, words + fx_words(fx, currency, line.client_currency))
        return Price(
            ZERO, "", f"no ERP for {line.product} at {on:%Y-%m-%d} on Price List, or no rate to {line.client_currency}"
        )

    # fixed, list, as billed

    def _by_unit_price(self, lines: list[PriceLine], terms: Terms) -> Iterator[Piece]:
        usage = [line for line in lines if line.kind == "usage"]
        for line in usage:
            price = self._unit_price(line, terms)
            yield self._unpriced(line, price.problem) if price.problem else self._usage_units(line, price)
        by_seats = terms.has_limits or not terms.prorates
        current = [line for line in lines if line.kind != "usage" and not line.is_earlier]
        if current and terms.has_limits:
            yield self._limited(current, terms)
        elif current and by_seats:
            for _, group in groupby(current, key=lambda line: line.subscription_id):
                yield self._at_period_end(list(group), terms)
        cycles = [line for line in lines if line.kind != "usage" and (line.is_earlier or not by_seats)]
        for _, group in groupby(cycles, key=_cycle_key):
            cycle = list(group)
            yield from self._cycle(cycle, self._unit_price(cycle[0], terms))

    def _unit_price(self, line: PriceLine, terms: Terms) -> Price:
        client, name, currency = line.client, line.product, line.client_currency
        return unit_price(self._book, self._billed, terms, client, name, currency, line.subscription_id)

    def _usage_units(self, line: PriceLine, price: Price) -> Piece:
        exact = product(price.amount, line.signed_quantity)
        rounded = Rounded(exact, round_half_up(exact, minor_digits(line.client_currency)))
        return self._single(line, rounded, f"{quantity_text(line.signed_quantity)} units x {price.why}")

    def _limited(self, lines: list[PriceLine], terms: Terms) -> Piece:
        first = lines[0]
        seats = total({line.subscription_id: line.seats or ZERO for line in lines}.values())
        units = billable_units(seats, terms.included, terms.minimum, terms.maximum)
        why = f"{quantity_text(seats)} seats at period end, {quantity_text(units)} after included and minimum units"
        return self._units_piece(lines, units, self._unit_price(first, terms), why)

    def _at_period_end(self, lines: list[PriceLine], terms: Terms) -> Piece:
        seats = lines[0].seats or ZERO
        why = f"{quantity_text(seats)} seats at period end, not prorated"
        return self._units_piece(lines, seats, self._unit_price(lines[0], terms), why)

    def _units_piece(self, lines: list[PriceLine], units: Decimal, price: Price, why: str) -> Piece:
        first = lines[0]
        if price.problem:
            return self._unpriced_group(lines, price.problem)
        exact = product(price.amount, units)
        amount = round_half_up(exact, minor_digits(first.client_currency))
        subscriptions = {line.subscription_id for line in lines}
        return Piece(
            client=first.client, product=first.product, currency=first.client_currency,
            subscription_id=first.subscription_id if len(subscriptions) == 1 else "", kind="cycle", quantity=units,
            unit=price.amount, amount=amount, exact=exact, cost=self._cost(lines), instalment=amount, units=units,
            line_ids=tuple(line.line_id for line in lines), why=f"{why} x {price.why}",
            confidence=min(line.confidence for line in lines), start=_first(lines), end=_last(lines),
        )  # fmt: skip

    # one charge cycle, prorated as the vendor did

    def _cycle(self, lines: list[PriceLine], price: Price) -> Iterator[Piece]:
        if price.problem:
            yield self._unpriced_group(lines, price.problem)
            return
        yield from (self._credit(line, price) for line in lines if line.charge_type == "customercredit")
        parts = [(line, share_of(line)) for line in lines if line.charge_type != "customercredit"]
        if not parts:
            return
        digits = minor_digits(lines[0].client_currency)
        exact = prorated(price.amount, [(line.signed_quantity, share) for line, share in parts])
        amount = round_half_up(exact, digits)
        full = [(line, share) for line, share in parts if share.numerator == share.denominator]
        rest = [(line, share) for line, share in parts if share.numerator != share.denominator]
        whole = total(line.signed_quantity for line, _ in full)
        whole_exact = product(price.amount, whole)
        whole_amount = amount if not rest else round_half_up(whole_exact, digits)
        if full:
            yield self._part([line for line, _ in full], whole, price.amount, whole_amount, whole_exact, price.why)
        if rest:
            left, left_exact = amount - whole_amount, exact - whole_exact
            yield self._part([line for line, _ in rest], Decimal(1), left, left, left_exact, _change_words(rest, price))

    def _part(
        self, lines: list[PriceLine], quantity: Decimal, unit: Decimal, amount: Decimal, exact: Decimal, why: str
    ) -> Piece:
        first = lines[0]
        months = max(months_charged(line.charge_start, line.charge_end) for line in lines)
        return Piece(
            client=first.client, product=first.product, currency=first.client_currency,
            subscription_id=first.subscription_id, kind=charge_word(first.kind, first.charge_type), quantity=quantity,
            unit=unit, amount=amount, exact=exact, cost=self._cost(lines), why=why, months=months,
            line_ids=tuple(line.line_id for line in lines), instalment=_spread(amount, months, first.client_currency),
            is_earlier=first.is_earlier, confidence=min(line.confidence for line in lines), start=_first(lines),
            end=_last(lines),
        )  # fmt: skip

    def _credit(self, line: PriceLine, price: Price) -> Piece:
        if line.opening_price == 0:
            return self._unpriced(line, "a credit on a cycle whose opening line is not loaded, so its share is unknown")
        exact = prorated(price.amount, [(line.subtotal, Share(Decimal(1), abs(line.opening_price)))])
        rounded = Rounded(exact, round_half_up(exact, minor_digits(line.client_currency)))
        return self._single(line, rounded, f"vendor credit {line.subtotal:.2f} in proportion to {price.why}")

    # pieces of one line

    def _by_unit(self, line: PriceLine, unit: Rounded, why: str) -> Piece:
        digits = minor_digits(line.client_currency)
        exact = product(unit.exact, line.signed_quantity)
        by_line = self._settings.sell_rounding == "line"
        amount = round_half_up(exact if by_line else product(unit.amount, line.signed_quantity), digits)
        return self._line_piece(line, line.signed_quantity, unit.amount, Rounded(exact, amount), why)

    def _single(self, line: PriceLine, price: Rounded, why: str) -> Piece:
        return self._line_piece(line, Decimal(1), price.amount, price, why)

    def _line_piece(self, line: PriceLine, quantity: Decimal, unit: Decimal, price: Rounded, why: str) -> Piece:
        months = months_charged(line.charge_start, line.charge_end)
        return Piece(
            client=line.client, product=line.product, currency=line.client_currency,
            subscription_id=line.subscription_id, kind=charge_word(line.kind, line.charge_type), quantity=quantity,
            unit=unit, amount=price.amount, exact=price.exact, cost=self._cost([line]), line_ids=(line.line_id,),
            why=why, months=months, instalment=_spread(price.amount, months, line.client_currency),
            is_earlier=line.is_earlier, confidence=line.confidence, start=line.charge_start, end=line.charge_end,
        )  # fmt: skip

    def _unpriced(self, line: PriceLine, problem: str) -> Piece:
        return self._unpriced_group([line], problem)

    def _unpriced_group(self, lines: list[PriceLine], problem: str) -> Piece:
        first = lines[0]
        return Piece(
            client=first.client, product=first.product, currency=first.client_currency,
            subscription_id=first.subscription_id, kind=charge_word(first.kind, first.charge_type), quantity=ZERO,
            unit=ZERO, amount=ZERO, exact=ZERO, cost=self._cost(lines), line_ids=tuple(line.line_id for line in lines),
            why="", instalment=ZERO, is_earlier=first.is_earlier, problem=problem, confidence=first.confidence,
            start=_first(lines), end=_last(lines),
        )  # fmt: skip

    def _cost(self, lines: list[PriceLine]) -> Decimal | None:
        costs = []
        for line in lines:
            fx = self._book.rate(line.currency, line.client_currency)
            if fx is None:
                return None
            costs.append(line.subtotal if fx == 1 else product(line.subtotal, fx))
        return round_half_up(total(costs), minor_digits(lines[0].client_currency))


def unit_price(
    book: PriceBook, billed: BilledUnits, terms: Terms, client: str, name: str, currency: str, subscription: str
) -> Price:
    """The price a unit for fixed, list and as billed, in the client's currency.

    "As billed" without a billed line takes the agreement's price, else Sell Prices.
    """
    if terms.price_basis == "as billed":
        found = billed.get((client, name, subscription)) or billed.get((client, name, ""))
        if found is not None:
            return _converted(book, found[0], found[1], currency, "the unit price of the billed line")
    if terms.price_basis in ("fixed", "as billed") and terms.price is not None:
        source = f"agreement {terms.agreement} price {quantity_text(terms.price)}"
        return _converted(book, terms.price, terms.price_currency or currency, currency, source)
    if terms.price_basis in ("list", "as billed"):
        price = book.sell_price(name, client, currency)
        if price is not None:
            return Price(price, f"Sell Prices {quantity_text(price)}")
    where = {"fixed": "Agreements", "list": "Sell Prices"}.get(
        terms.price_basis, "Billed Lines, Agreements or Sell Prices"
    )
    return Price(ZERO, "", f"no price for {name} in {currency} on {where}")


def _converted(book: PriceBook, price: Decimal, source: str, target: str, why: str) -> Price:
    fx = book.rate(source, target)
    if fx is None:
        return Price(ZERO, "", f"no rate from {source} to {target} on FX Rates")
    if source == target:
        return Price(price, why)
    return Price(round_half_up(product(price, fx), minor_digits(target)), why + fx_words(fx, source, target))


def _first(lines: list[PriceLine]) -> date | None:
    return min((line.charge_start for line in lines if line.charge_start), default=None)


def _last(lines: list[PriceLine]) -> date | None:
    return max((line.charge_end for line in lines if line.charge_end), default=None)


def _cycle_key(line: PriceLine) -> tuple[str, date | None, bool]:
    return line.subscription_id, line.charge_end, line.is_earlier


def share_of(line: PriceLine) -> Share:
    """The share of a cycle's price that a line stands for: by the vendor's own prices, else by days; a free line is free."""
    if line.price == 0:
        return FREE
    if line.opening_price != 0:
        return share_by_price(line.price, line.opening_price)
    if line.charge_start is None or line.charge_end is None or line.plan in (None, "OneTime"):
        return Share(Decimal(1), Decimal(1))
    return share_by_days(line.charge_start, line.charge_end, line.plan or "Monthly")


def _change_words(parts: list[tuple[PriceLine, Share]], price: Price) -> str:
    net = total(line.signed_quantity for line, _ in parts)
    days = sorted({f"{line.charge_start:%d %b}" for line, _ in parts if line.charge_start})
    share = parts[-1][1]
    part = f"{quantity_text(share.numerator)}/{quantity_text(share.denominator)}"
    when = f" from {', '.join(days)}" if days else ""
    return f"{quantity_text(net)} seats changed{when}, share {part} of the cycle x {price.why}"


def _spread(amount: Decimal, months: int, currency: str) -> Decimal:
    return amount if months == 1 else round_half_up(amount / months, minor_digits(currency))


def _no_rate(line: PriceLine) -> str:
    return f"no rate from {line.currency} to {line.client_currency} on FX Rates"
