"""Hypotheses about other prices: one that held before, or one that came later."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from recon_xl.core.cycle import day_text
from recon_xl.core.money import ZERO, price_text, product, ratio
from recon_xl.pricing.hypotheses.case import Alternative, Case
from recon_xl.pricing.price_line import PriceLine
from recon_xl.pricing.unit_price import retail_of, term_start

OLD, EARLY = "price-not-updated", "price-changed-mid-term"
_LISTS = 12
"""Price lists looked through in each direction."""
_COSTS = 6

Row = Mapping[str, Any]


def earlier_prices(case: Case) -> Iterator[Alternative]:
    """What an earlier list, agreement, vendor retail price, vendor cost or markup gives."""
    if case.is_compared:
        yield from _other_rows(case, earlier=True)
        yield from _other_retail(case, -1)
        yield from _earlier_costs(case)
        yield from _earlier_markups(case)


def later_prices(case: Case) -> Iterator[Alternative]:
    """What a price gives that began after the term, or after the period: it does not hold yet."""
    if case.is_compared:
        yield from _other_rows(case, earlier=False)
        yield from _other_retail(case, 1)


def _other_rows(case: Case, *, earlier: bool) -> Iterator[Alternative]:
    """fixed: other agreements of the client; list: other rows of Sell Prices; latest first."""
    tab, current, rows = _rows(case)
    now = current.get("Start") or date.min
    settings = case.tools.settings
    for row in sorted(rows, key=lambda row: row.get("Start") or date.min, reverse=earlier):
        start, end = row.get("Start") or date.min, row.get("End") or date.max
        fits = start < now or end < settings.period_start if earlier else start > settings.period_end
        same = row["Price"] == current.get("Price") and row.get("Currency") == current.get("Currency")
        if not fits or same:
            continue
        terms = replace(
            case.terms, price_basis="fixed", price=row["Price"], price_currency=row.get("Currency") or case.key.currency
        )
        amount = case.amount(terms=terms)
        if amount is not None:
            words = _row_words(tab, row, current, earlier=earlier)
            yield Alternative(OLD if earlier else EARLY, amount, words)


def _rows(case: Case) -> tuple[str, Row, list[Row]]:
    """The tab, the row whose price holds, and the others that could have been taken for it."""
    client, name, currency, *_ = case.key
    if case.terms.price_basis == "fixed":
        best, others = case.tools.term_book.prices(client, name)
        return "Agreements", best, list(others)
    if case.terms.price_basis != "list":
        return "", {}, []
    rows = [row for row in case.tools.sell_prices if _is_for(row, client, name, currency)]
    price = case.tools.book.sell_price(name, client, currency)
    settings = case.tools.settings
    in_force = [
        row
        for row in rows
        if row["Price"] == price
        and (row.get("Start") or date.min) <= settings.period_end
        and (row.get("End") or date.max) >= settings.period_start
    ]
    current = max(in_force, key=lambda row: (bool(row.get("Customer")), row.get("Start") or date.min), default={})
    return "Sell Prices", current, [row for row in rows if row is not current]


def _is_for(row: Row, client: str, name: str, currency: str) -> bool:
    wanted = (
        (row.get("Billing Product"), (name,)),
        (row.get("Customer"), (client, "")),
        (row.get("Currency"), (currency,)),
    )
    known = row.get("Price") is not None
    return known and all((cell or "").casefold() in [text.casefold() for text in texts] for cell, texts in wanted)


def _row_words(tab: str, row: Row, current: Row, *, earlier: bool) -> str:
    if not earlier:
        return f"the bill is at {_price(row)}, which {tab} has only from {day_text(row['Start'])} on"
    until = row.get("End") or (current["Start"] - timedelta(days=1) if current.get("Start") else None)
    held = f" until {day_text(until)}" if until else ""
    since = f" since {day_text(current['Start'])}" if current.get("Start") else ""
    return f"the bill is still at {_price(row)}, the price on {tab}{held}; it is {_price(current)}{since}"


def _price(row: Row) -> str:
    return price_text(row["Price"], row.get("Currency") or "") if row.get("Price") is not None else "another one"


def _other_retail(case: Case, direction: int) -> Iterator[Alternative]:
    """Rrp of seats and reservations: the ERP lists before, or after, the one that the term began under."""
    priced = [line for line in case.lines if line.kind != "usage"] if case.terms.price_basis == "rrp" else []
    for number in range(1, _LISTS + 1) if priced else ():
        step = direction * number
        told = [words for words in (_retail_words(case, line, step) for line in priced) if words is not None]
        if not told:
            return
        amount = case.amount(book=case.tools.book.with_retail_step(step))
        if amount is not None and any(told):
            yield Alternative(OLD if direction < 0 else EARLY, amount, next(filter(None, told)))


def _retail_words(case: Case, line: PriceLine, step: int) -> str | None:
    """Both prices with their days; blank where they are the same; None where there is no list so many lists away."""
    book, on, found = case.tools.book, term_start(line), retail_of(case.tools.book, line)
    if on is None or found is None:
        return None
    currency, right, _ = found
    sku = (line.product_id, line.sku_id, line.term, line.plan, currency)
    day = book.retail_day(*sku, on, step)
    if day == on:
        return None
    other = book.retail(*sku, day)
    if other is None or other == right:
        return ""
    began = "the first price list" if day == date.min else f"the price list of {day_text(day)}"
    return (
        f"the bill is at RRP {price_text(other, currency)} {currency} of {began}; the term that began on {day_text(on)} "
        f"has {price_text(right, currency)} {currency}"
    )


def _earlier_costs(case: Case) -> Iterator[Alternative]:
    """markup: what the vendor charged for the same subscriptions in earlier files, at the same markup."""
    if case.terms.price_basis != "markup" or not case.past:
        return
    costs = {line.subscription_id: _costs(case, line) for line in case.lines if line.kind != "usage"}
    for number in range(min(max(map(len, costs.values()), default=0), _COSTS)):
        for old_rate in (True, False):
            lines = [_at_cost(line, costs.get(line.subscription_id, []), number, old_rate) for line in case.lines]
            changed = next((new for new, old in zip(case.lines, lines, strict=True) if new is not old), None)
            amount = None if changed is None else case.amount(lines)
            if changed is not None and amount is not None:
                past = costs[changed.subscription_id]
                yield Alternative(OLD, amount, _cost_words(changed, past[min(number, len(past) - 1)]))


def _cost_words(new: PriceLine, old: PriceLine) -> str:
    now = price_text(abs(new.opening_price or new.price), new.pricing_currency or new.currency)
    then = price_text(abs(old.price), old.pricing_currency or old.currency)
    return (
        f"the bill is still built on the vendor's price of {then} of {day_text(old.charge_start)}; "
        f"it is {now} since {day_text(new.sub_start or new.charge_start)}"
    )


def _costs(case: Case, line: PriceLine) -> list[PriceLine]:
    """The subscription's earlier charges at other prices, latest first, one a price."""
    now = (abs(line.opening_price or line.price), line.pc_to_bc)
    found: dict[tuple[Decimal, Decimal | None], PriceLine] = {}
    for past in case.past:
        cost = (abs(past.price), past.pc_to_bc)
        if past.subscription_id == line.subscription_id and past.plan == line.plan and cost != now and past.price:
            found.setdefault(cost, past)
    return list(found.values())


def _at_cost(line: PriceLine, costs: list[PriceLine], number: int, old_rate: bool) -> PriceLine:
    """The line at an earlier price of its subscription, at the rate of then or of now; a part of a cycle keeps its share."""
    full = abs(line.opening_price or line.price)
    if not costs or full == ZERO:
        return line
    old = costs[min(number, len(costs) - 1)]
    price = abs(line.price)
    at = abs(old.price) if price == full else ratio(product(price, abs(old.price)), full)
    return line._replace(price=at, pc_to_bc=old.pc_to_bc if old_rate else line.pc_to_bc)


def _earlier_markups(case: Case) -> Iterator[Alternative]:
    """markup: the rules that held before the latest ones of Price Rules."""
    days = case.tools.book.markup_days() if case.terms.price_basis == "markup" else []
    for day in days[:_COSTS]:
        amount = case.amount(book=case.tools.book.with_markups_before(day))
        if amount is not None:
            words = f"the bill is still at the markup that Price Rules had before {day_text(day)}"
            yield Alternative(OLD, amount, words)
