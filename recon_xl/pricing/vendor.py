"""Vendor lines -> pieces, each client and product by its price basis."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from functools import partial
from itertools import groupby
from operator import attrgetter

from recon_xl.core.money import ZERO, minor_digits, money_text, product, quantity_text, to_minor_unit, total
from recon_xl.core.piece import Piece
from recon_xl.core.price import Rounded, billable_units, rrp_usage, usage_retail
from recon_xl.core.terms import Terms
from recon_xl.pricing.book import PriceBook
from recon_xl.pricing.cycles import CREDIT, are_free, cycle_key, cycle_pieces
from recon_xl.pricing.markup import by_markup
from recon_xl.pricing.pieces import NO_PC_RATE, ONE, PieceMaker, no_rate
from recon_xl.pricing.price_line import PriceLine, fx_words, limit_words, points_words
from recon_xl.pricing.spoiled import Spoiled
from recon_xl.pricing.unit_price import BilledUnits, Price, no_profile, retail_price, unit_price

_CLIENT_AND_PRODUCT = attrgetter("client", "product")
_MONTHS = {"Annual": Decimal(12), "Triennial": Decimal(36)}


class VendorPricer:
    """Prices the vendor lines of every client and product by their terms."""

    def __init__(
        self,
        maker: PieceMaker,
        book: PriceBook,
        terms: Callable[[str, str], Terms],
        billed: BilledUnits,
        spoiled: Spoiled,
    ) -> None:
        self._maker = maker
        self._spoiled = spoiled
        self._book = book
        self._terms = terms
        self._billed = billed
        self._by_markup = partial(by_markup, book, maker)

    def pieces(self, lines: Iterable[PriceLine]) -> Iterator[Piece]:
        """All pieces; `lines` come sorted by client, product, subscription and charge end."""
        for (client, name), group in groupby(lines, key=_CLIENT_AND_PRODUCT):
            terms = self._terms(client, name)
            unreadable = self._spoiled.reason(client, name)
            if unreadable is not None:
                yield from (self._maker.unpriced([line], unreadable) for line in group)
            elif terms.price_basis == "markup":
                yield from map(self._by_markup, group)
            elif terms.price_basis == "rrp":
                yield from self._by_retail(list(group), terms)
            else:
                yield from self._by_unit_price(list(group), terms)

    def _by_retail(self, lines: list[PriceLine], terms: Terms) -> Iterator[Piece]:
        """rrp: usage by its own retail price, reservations and seats by ERP at the start of their subscription."""
        yield from (self._retail_usage(line, terms) for line in lines if line.kind == "usage")
        for line in (line for line in lines if line.kind == "reservation"):
            price = retail_price(self._book, terms, line)
            if price.problem:
                yield self._maker.unpriced([line], price.problem)
            else:
                yield self._maker.by_unit(line, Rounded(price.exact, price.amount), price.why)
        seats = [line for line in lines if line.kind not in ("usage", "reservation")]
        for _, group in groupby(seats, key=cycle_key):
            cycle = list(group)
            yield from cycle_pieces(self._maker, cycle, retail_price(self._book, terms, cycle[0]))

    def _retail_usage(self, line: PriceLine, terms: Terms) -> Piece:
        fx = self._book.rate(line.currency, line.client_currency)
        if fx is None or line.unit_price is None:
            return self._maker.unpriced(
                [line], no_rate(line) if fx is None else "no retail Unit Price on the vendor line"
            )
        points = self._book.percentage(terms, line.customer_id, line.client)
        if points is None or line.pc_to_bc is None:
            return self._maker.unpriced([line], no_profile(terms) if points is None else NO_PC_RATE)
        amounts = line.unit_price, line.signed_quantity, line.pc_to_bc
        cut = minor_digits(line.pricing_currency or line.currency), minor_digits(line.currency)
        price = rrp_usage(*amounts, points, fx, *cut, minor_digits(line.client_currency))
        words = f"vendor retail of the usage {points_words(points)}{fx_words(fx, line.currency, line.client_currency)}"
        return self._maker.single(line, price, words)._replace(usage=(usage_retail(*amounts, *cut), line.currency))

    def _by_unit_price(self, lines: list[PriceLine], terms: Terms) -> Iterator[Piece]:
        """fixed, list, as billed; as billed with the reading of the billed unit price that explains the bill better."""
        first = lines[0]
        billed = self._billed.get((first.client, first.product, "")) if terms.price_basis == "as billed" else None
        if billed is not None and all(line.kind == "usage" for line in lines):
            yield self._maker.of(
                lines,
                ONE,
                billed.amount,
                Rounded(billed.amount, billed.amount),
                f"usage as billed, {money_text(billed.amount, first.client_currency)}, on trust",
            )
            return
        readings = range(len(billed.units)) if billed is not None else range(1)
        options = [list(self._priced(lines, terms, reading)) for reading in readings]
        if billed is None or len(options) == 1:
            yield from options[0]
        else:
            yield from min(options, key=lambda pieces: _distance(pieces, billed.amount))

    def _priced(self, lines: list[PriceLine], terms: Terms, reading: int) -> Iterator[Piece]:
        """By cycle, or by seats at period end where limits or the agreement say so."""
        yield from (self._usage_units(line, terms, reading) for line in lines if line.kind == "usage")
        seats = [line for line in lines if line.kind != "usage"]
        by_seats = terms.has_limits or not terms.prorates
        current = [line for line in seats if by_seats and not line.is_earlier and line.charge_type != CREDIT]
        if current and terms.has_limits:
            yield self._limited(current, terms, reading)
        elif current:
            for _, subscription in groupby(current, key=lambda line: line.subscription_id):
                yield self._at_period_end(list(subscription), terms, reading)
        cycles = [line for line in seats if line.is_earlier or not by_seats or line.charge_type == CREDIT]
        for _, group in groupby(cycles, key=cycle_key):
            cycle = list(group)
            yield from cycle_pieces(self._maker, cycle, self._unit_price(cycle[0], terms, reading))

    def _usage_units(self, line: PriceLine, terms: Terms, reading: int) -> Piece:
        price = self._unit_price(line, terms, reading)
        if price.problem:
            return self._maker.unpriced([line], price.problem)
        exact = product(price.amount, line.signed_quantity)
        rounded = Rounded(exact, to_minor_unit(exact, line.client_currency))
        return self._maker.single(line, rounded, f"{quantity_text(line.signed_quantity)} units x {price.why}")

    def _limited(self, lines: list[PriceLine], terms: Terms, reading: int) -> Piece:
        seats = total({line.subscription_id: line.seats or ZERO for line in lines}.values())
        units = billable_units(seats, terms.included, terms.minimum, terms.maximum)
        why = f"{quantity_text(seats)} seats at period end{limit_words(terms, seats, units)}"
        return self._units(lines, units, self._unit_price(lines[0], terms, reading), why)

    def _at_period_end(self, lines: list[PriceLine], terms: Terms, reading: int) -> Piece:
        seats = lines[0].seats or ZERO
        why = f"{quantity_text(seats)} seats at period end, not prorated"
        return self._units(lines, seats, self._unit_price(lines[0], terms, reading), why)

    def _units(self, lines: list[PriceLine], units: Decimal, price: Price, why: str) -> Piece:
        if price.problem and (units or not are_free(lines)):
            return self._maker.unpriced(lines, price.problem)
        exact = product(price.amount, units)
        rounded = Rounded(exact, to_minor_unit(exact, lines[0].client_currency))
        return self._maker.of(lines, units, price.amount, rounded, f"{why} x {price.why}", units)

    def _unit_price(self, line: PriceLine, terms: Terms, reading: int) -> Price:
        client, name, currency = line.client, line.product, line.client_currency
        price = unit_price(
            self._book, self._billed, terms, client, name, currency, line.subscription_id, reading,
            is_meter=line.kind == "usage",
        )  # fmt: skip
        is_on_trust = terms.price_basis == "as billed" and (client, name, "") in self._billed
        return self._of_the_cycle(line, price) if is_on_trust and line.plan in _MONTHS else price

    def _of_the_cycle(self, line: PriceLine, price: Price) -> Price:
        """A billed unit price is one of a month, where twelve (or 36) of them come nearer to what the cycle costs a unit."""
        months = _MONTHS[line.plan or ""]
        fx = self._book.rate(line.currency, line.client_currency)
        if fx is None or line.pc_to_bc is None:
            return price
        cost = product(product(abs(line.opening_price or line.price), line.pc_to_bc), fx)
        whole = product(price.amount, months)
        if abs(whole - cost) >= abs(price.amount - cost):
            return price
        return Price(whole, whole, f"{price.why} x {months} months")


def _distance(pieces: list[Piece], aim: Decimal) -> Decimal:
    """How far a reading of the billed unit price is from the bill: of the charges as a whole, or of a month of them."""
    at_once = total(piece.amount for piece in pieces if not piece.is_earlier)
    return min(abs(at_once - aim), abs(total(piece.instalment for piece in pieces) - aim))
