"""Hypotheses about days: seats changed in mid-cycle, and the bill has their number right but not their time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby

from recon_xl.core.cycle import cycle_of, day_text
from recon_xl.core.money import ZERO, product, ratio
from recon_xl.pricing.cycles import CREDIT, share_of
from recon_xl.pricing.hypotheses.case import Alternative, Case
from recon_xl.pricing.price_line import PriceLine

CAUSE = "proration-wrong"


def days(case: Case) -> Iterator[Alternative]:
    """The whole cycle for all seats, nothing for the change, a day too many or too few, or by days where it is not agreed."""
    if case.is_compared and not case.terms.prorates and not case.terms.has_limits:
        amount = case.amount(terms=replace(case.terms, prorates=True))
        if amount is not None:
            yield Alternative(CAUSE, amount, "the bill counts days, but the agreement does not prorate")
    changes = _changes(case) if case.key.has_billed and case.terms.prorates else []
    told = _told(changes) if changes else ""
    for lines, words in _ways(case, changes) if changes else ():
        amount = case.amount(lines)
        if amount is not None:
            yield Alternative(CAUSE, amount, f"{told}{words}")


def _ways(case: Case, changes: Sequence[PriceLine]) -> Iterator[tuple[list[PriceLine], str]]:
    """Lines as a wrong bill would read them. What is also the price of so many seats needs a quantity that agrees."""
    ids = {line.line_id for line in changes}

    def changed(how: Callable[[PriceLine], PriceLine]) -> list[PriceLine]:
        return [how(line) if line.line_id in ids else line for line in case.lines]

    if case.quantity_agrees:
        yield changed(_whole), ", but the bill has the whole cycle"
        yield _seats_for_the_cycle(case.lines), ", but all seats at period end are billed for the whole cycle"
        yield [line for line in case.lines if line.line_id not in ids], ", but the bill leaves the change out"
    yield changed(lambda line: _longer(line, 1)), "; the bill has a day more"
    yield changed(lambda line: _longer(line, -1)), "; the bill has a day less"


def days_somehow(case: Case) -> Iterator[Alternative]:
    """A bill that lies between no day and all days of what changed: days were miscounted, nobody can tell how."""
    changes = _changes(case) if case.is_compared and case.terms.prorates else []
    ids = {line.line_id for line in changes}
    unchanged = [line for line in case.lines if line.line_id not in ids]
    base = case.amount(unchanged) if changes else None
    if base is None:
        return
    lowest = highest = base
    by_day = sorted(changes, key=lambda line: line.charge_start or date.min)
    for _, group in groupby(by_day, key=lambda line: line.charge_start):
        amount = case.amount([*unchanged, *map(_whole, group)])
        if amount is None:
            return
        lowest, highest = lowest + min(amount - base, ZERO), highest + max(amount - base, ZERO)
    if lowest <= case.key.kept <= highest:
        words = f"{_told(changes)}; the quantity agrees, the money for these days does not"
        yield Alternative(CAUSE, case.key.kept, words)


def _changes(case: Case) -> list[PriceLine]:
    """Lines of the period that stand for a part of a cycle."""
    if case.terms.has_limits:
        return []
    return [
        line
        for line in case.lines
        if not line.is_earlier
        and not line.is_part
        and line.kind not in ("usage", "reservation")
        and line.charge_type != CREDIT
        and line.price != 0
        and line.charge_start is not None
        and line.charge_end is not None
        and share_of(line).numerator != share_of(line).denominator
    ]


def _whole(line: PriceLine) -> PriceLine:
    """The line as if it stood for the whole cycle."""
    if line.opening_price:
        return line._replace(price=line.opening_price)
    if line.charge_start is None or line.charge_end is None or line.plan in (None, "OneTime"):
        return line
    start, whole = cycle_of(line.charge_start, line.charge_end, str(line.plan))
    part = min((line.charge_end - line.charge_start).days + 1, whole)
    price = ratio(product(line.price, Decimal(whole)), Decimal(part))
    return line._replace(price=price, charge_start=start)


def _seats_for_the_cycle(lines: Sequence[PriceLine]) -> list[PriceLine]:
    """Each subscription's seats at period end, at the whole price of its latest cycle; usage and credits stay."""
    kept = [line for line in lines if line.is_earlier or line.seats is None or line.charge_type == CREDIT]
    ids = {line.line_id for line in kept}
    latest: dict[str, PriceLine] = {}
    for line in lines:
        best = latest.get(line.subscription_id)
        if line.line_id not in ids and (best is None or (line.charge_end or date.min) >= (best.charge_end or date.min)):
            latest[line.subscription_id] = line
    whole = [_whole(line)._replace(signed_quantity=line.seats or ZERO) for line in latest.values()]
    return sorted([*kept, *whole], key=lambda line: line.subscription_id)


def _longer(line: PriceLine, by: int) -> PriceLine:
    """The line with a day more or less."""
    if line.charge_start is None or line.charge_end is None:
        return line
    counted = (line.charge_end - line.charge_start).days + 1
    price = ratio(product(line.price, Decimal(counted + by)), Decimal(counted))
    return line._replace(price=price, charge_start=line.charge_start - timedelta(days=by))


def _told(changes: Sequence[PriceLine]) -> str:
    """Which days the change stands for: `seats changed on 20 Jun 2021, for 28 of 30 days`."""
    line = changes[-1]
    if line.charge_start is None or line.charge_end is None:
        return "seats changed in mid-cycle"
    told = ", ".join(dict.fromkeys(day_text(change.charge_start) for change in changes))
    if line.plan in (None, "OneTime"):
        return f"seats changed on {told}"
    _, whole = cycle_of(line.charge_start, line.charge_end, str(line.plan))
    return f"seats changed on {told}, for {(line.charge_end - line.charge_start).days + 1} of {whole} days"
