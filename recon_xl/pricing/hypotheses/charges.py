"""Hypotheses about whole charges: a credit that was kept back, a renewal that was not billed, seats that are no longer there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from recon_xl.core.cycle import day_text
from recon_xl.core.money import ZERO, money_text, quantity_text, total
from recon_xl.pricing.cycles import CREDIT
from recon_xl.pricing.hypotheses.case import Alternative, Case
from recon_xl.pricing.price_line import PriceLine

CANCELLATION = "cancelimmediate"
_LONG_TERMS = ("P1Y", "P3Y")
_SINGLE = 12
"""Credits of a key that are tried one by one; beyond that a bill that leaves out one of them is a plain gap."""


def credits_given(case: Case) -> Iterator[Alternative]:
    """The bill without what the vendor gave back: all of it, each kind of it, each line of it."""
    given = [line for line in case.lines if line.charge_type in (CREDIT, CANCELLATION) and not line.is_earlier]
    kinds = [[line for line in given if line.charge_type == kind] for kind in (CREDIT, CANCELLATION)]
    for kept_back in (given, *kinds, *([line] for line in given[:_SINGLE])):
        amount = case.amount(_without(case.lines, kept_back)) if kept_back else None
        if amount is not None and amount > case.key.expected:
            yield Alternative("credit-not-passed-on", amount, _credit_words(case, kept_back, amount))


def renewals(case: Case) -> Iterator[Alternative]:
    """The bill without the terms of a year or three that the vendor renewed; with no bill at all, any such renewal."""
    renewed = [line for line in case.lines if _is_renewal(line)]
    if not renewed:
        return
    cycles = {(line.subscription_id, line.charge_end) for line in renewed}
    whole = [line for line in case.lines if (line.subscription_id, line.charge_end) in cycles]
    if not case.key.has_billed:
        if total(line.subtotal for line in renewed) > 0:
            yield Alternative("renewal-missed", ZERO, f"{_renewal_words(renewed)}, and nothing is billed")
        return
    for missed in (whole, renewed):
        amount = case.amount(_without(case.lines, missed))
        if amount is not None:
            words = f"{_renewal_words(renewed)}; the bill is what is expected without it"
            yield Alternative("renewal-missed", amount, words)


def ended(case: Case) -> Iterator[Alternative]:
    """The bill goes on with subscriptions of earlier files whose last cycle ended before the period."""
    current = {line.subscription_id for line in case.lines}
    latest: dict[str, PriceLine] = {}
    for line in case.past:
        latest.setdefault(line.subscription_id, line)
    start = case.tools.settings.period_start
    gone = [
        line._replace(signed_quantity=line.seats or line.signed_quantity)
        for line in latest.values()
        if line.subscription_id not in current and line.charge_end is not None and line.charge_end < start
    ]
    for still in (gone, *([line] for line in gone)):
        amount = case.amount([*case.lines, *still]) if still and case.key.has_billed else None
        if amount is not None:
            seats = quantity_text(total(line.signed_quantity for line in still))
            words = f"{seats} seats whose last cycle ended on {_last_day(still)} are still on the bill"
            yield Alternative("cancelled-still-billed", amount, words)


def cancellations(case: Case) -> Iterator[Alternative]:
    """No seat is left after the vendor's cancellation in the period, and more is billed than even without it."""
    cancelled = [line for line in case.lines if line.charge_type == CANCELLATION and not line.is_earlier]
    if not cancelled or case.key.expected_quantity != 0 or not case.key.has_billed:
        return
    uncancelled = case.amount(_without(case.lines, cancelled))
    if uncancelled is not None and case.key.kept > max(uncancelled, case.key.expected, ZERO):
        day = max((line.charge_start for line in cancelled if line.charge_start is not None), default=None)
        words = f"cancelled on {day_text(day)}, no seat is left at period end"
        yield Alternative("cancelled-still-billed", case.key.kept, words)


def _is_renewal(line: PriceLine) -> bool:
    """A renewal of a year or more; where the line has no term dates, its billing plan tells."""
    is_long = line.term in _LONG_TERMS or (line.term is None and line.plan in ("Annual", "Triennial"))
    return line.charge_type == "renew" and is_long and not line.is_earlier


def _without(lines: Sequence[PriceLine], left_out: Sequence[PriceLine]) -> list[PriceLine]:
    ids = {line.line_id for line in left_out}
    return [line for line in lines if line.line_id not in ids]


def _credit_words(case: Case, given: Sequence[PriceLine], amount: Decimal) -> str:
    vendor = money_text(-total(line.subtotal for line in given), given[0].currency)
    kind = "a cancellation" if all(line.charge_type == CANCELLATION for line in given) else "a credit"
    day = min((line.charge_start for line in given if line.charge_start is not None), default=None)
    return (
        f"the vendor gave {vendor} back ({kind} of {day_text(day)}), worth {case.money(amount - case.key.expected)} "
        "to the client; the bill leaves it out"
    )


def _renewal_words(renewed: Sequence[PriceLine]) -> str:
    line = renewed[0]
    term = "three years" if "P3Y" == line.term or line.plan == "Triennial" else "a year"
    cost = money_text(total(one.subtotal for one in renewed), line.currency)
    day = min((one.charge_start for one in renewed if one.charge_start is not None), default=None)
    return f"the vendor renewed {term} of {line.product} on {day_text(day)} for {cost}"


def _last_day(lines: Sequence[PriceLine]) -> str:
    return day_text(max((line.charge_end for line in lines), key=lambda day: day or date.min))
