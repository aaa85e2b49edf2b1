"""Each vendor line of the period against its own arithmetic: which rounding model gives its Subtotal, and what fits none.

The printed price decides almost every line in a few exact products; only the rest is worked out as fractions.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any, NamedTuple

from recon_xl.core.cycle import cycle_of
from recon_xl.core.money import ZERO, minor_digits, product, total
from recon_xl.engine.inputs import Inputs
from recon_xl.engine.load_vendor import NAME, plan_of
from recon_xl.engine.session import AMOUNT, Session
from recon_xl.intake.formats.vendor_arithmetic import (
    VendorCharge,
    fitting_model,
    has_plain_sign,
    plain_model,
    plain_usage,
    recompute_subtotal,
)

CREDIT, NO_FIGURES, NO_RATE = "credit", "figures", "rate"
"""Why a line is not checked: a credit is taken as given; a blank price or quantity; two currencies and no rate."""
NONE = "none"
_UNCHECKED = (CREDIT, NO_FIGURES, NO_RATE)
_ONE = Decimal(1)
_CENT = Decimal("0.01")

_LINES = """
    SELECT l.n, l.document_no, c.kind = 'usage', c.charge_type = 'customercredit'
    FROM in_vendor_line AS l
    INNER JOIN in_document AS d USING (document_no)
    INNER JOIN in_charge AS c USING (charge_no)
    CROSS JOIN setting AS s
    WHERE d.period = s.period AND l.copy = 1 AND NOT c.unreadable
"""


class _Figures(NamedTuple):
    """The printed figures of one line."""

    subtotal: Decimal | None
    price: Decimal | None
    quantity: Decimal | None
    rate: Decimal | None
    unit_price: Decimal | None
    pricing: str | None
    currency: str | None


def check_arithmetic(session: Session, inputs: Inputs) -> None:
    """The relations `arithmetic_model` (lines and money by invoice, currency and model) and `arithmetic_gap` (what fits none)."""
    headers = (
        "Subtotal", "Effective Unit Price", "Billable Quantity", "PC To BC Exchange Rate", "Unit Price", "Pricing Currency",
        "Currency",
    )  # fmt: skip
    columns = [inputs.column(NAME, header) for header in headers]
    figures = list(map(_Figures._make, zip(*columns, strict=True)))
    by_model: dict[tuple[int, str], list[Decimal]] = defaultdict(list)
    models: dict[int, str] = {}
    failing: list[tuple[int, bool]] = []
    days = _Days(inputs)
    for n, document, is_usage, is_credit in session.rows(_LINES):
        line = figures[n]
        model = CREDIT if is_credit else _quick(n, line, is_usage, days)
        if model is None:
            model = fitting_model(_charge(inputs, days, n, line, is_usage)) or NONE
            if model == NONE:
                failing.append((n, is_usage))
        models[n] = model
        by_model[document, model].append(line.subtotal or ZERO)
    _load_models(session, by_model)
    followed = _followed(inputs, models, [n for n, _ in failing])
    gaps = [(n, *_nearest(_charge(inputs, days, n, figures[n], is_usage), followed.get(n))) for n, is_usage in failing]
    _load_gaps(session, gaps)


def _followed(inputs: Inputs, models: dict[int, str], failing: Sequence[int]) -> dict[int, str]:
    """The one model that the other lines of its subscription follow, for a line that fits none; absent where they do not agree."""
    subscriptions = inputs.column(NAME, "Subscription Id")
    asked = {subscriptions[n] for n in failing if subscriptions[n]}
    known: dict[str, set[str]] = defaultdict(set)
    for n, model in models.items() if asked else ():
        if model in ("A", "B") and subscriptions[n] in asked:
            known[subscriptions[n]].add(model)
    return {n: min(found) for n in failing if len(found := known.get(subscriptions[n], set())) == 1}


def check_totals(session: Session, inputs: Inputs) -> None:
    """The relation `total_gap`: lines whose Total is more than a cent away from Subtotal + TaxTotal. A blank is not checked."""
    columns = [inputs.column(NAME, header) for header in ("Total", "Subtotal", "Tax Total")]
    rows = [
        (n, whole - net - tax)
        for n, (whole, net, tax) in enumerate(zip(*columns, strict=True))
        if whole is not None and net is not None and tax is not None and abs(whole - net - tax) > _CENT
    ]
    types = {"n": "INTEGER", "difference": AMOUNT}
    session.load("total_gap", types, _columns(types, rows))


class _Days:
    """Days of the cycle and days billed of each line; None where its plan or its dates do not tell."""

    def __init__(self, inputs: Inputs) -> None:
        headers = ("Billing Frequency", "Charge Start Date", "Charge End Date")
        self._columns = [inputs.column(NAME, header) for header in headers]

    def of(self, n: int) -> tuple[int, int] | None:
        """Both numbers of the line at that place."""
        frequency, start, end = (column[n] for column in self._columns)
        plan = plan_of(frequency, start, end)
        if not (start and end) or plan in (None, "OneTime"):
            return None
        return cycle_of(start, end, plan)[1], (end - start).days + 1


def _quick(n: int, line: _Figures, is_usage: bool, days: _Days) -> str | None:
    """A model that the price gives exactly, or why a line is not checked; None where more must be asked."""
    subtotal, price, quantity, rate, unit_price, pricing, currency = line
    if subtotal is None or price is None or quantity is None:
        return NO_FIGURES
    if rate is None and pricing and pricing != currency:
        return NO_RATE
    if not has_plain_sign(subtotal, price, quantity):
        return None
    digits = minor_digits(currency or "")
    if is_usage:
        both = minor_digits(pricing or currency or ""), digits
        return "usage" if plain_usage(subtotal, price, quantity, rate or _ONE, both) else None
    if unit_price and abs(price) != unit_price and _is_short(price) and (known := days.of(n)):
        whole, counted = map(Decimal, known)
        share = product(abs(unit_price), counted)
        # A discount or promotion lowers the printed price as well; then only the printed one is right.
        if abs(share - product(abs(price), whole)) < product(_CENT, whole):
            return plain_model(subtotal, share, quantity, rate or _ONE, digits, whole)
    return plain_model(subtotal, price, quantity, rate or _ONE, digits)


def _is_short(price: Decimal) -> bool:
    """Printed with two decimals or fewer: it may be rounded, and the days of the cycle say more."""
    return price == round(price, 2)


def _charge(inputs: Inputs, days: _Days, n: int, line: _Figures, is_usage: bool) -> VendorCharge:
    """All that is known of a line that has its figures."""
    whole, counted = days.of(n) or (None, None)
    return VendorCharge(
        subtotal=line.subtotal or ZERO,
        effective_unit_price=line.price or ZERO,
        quantity=line.quantity or ZERO,
        exchange_rate=line.rate or _ONE,
        unit_price=line.unit_price,
        cycle_days=whole,
        billed_days=counted,
        is_usage=is_usage,
        digits=minor_digits(line.currency or ""),
        pricing_digits=minor_digits(line.pricing or line.currency or ""),
        allowance=inputs.settings.vendor_tolerance,
    )


def _nearest(charge: VendorCharge, followed: str | None) -> tuple[str, Decimal]:
    """The model that its subscription follows, else the one that comes nearest to a Subtotal that fits none; its amount."""
    tried = [*recompute_subtotal(charge), *recompute_subtotal(replace(charge, cycle_days=None))]
    usual = [pair for pair in tried if pair[0] == followed] or tried
    return min(usual, key=lambda pair: abs(pair[1] - charge.subtotal))


def _load_models(session: Session, by_model: dict[tuple[int, str], list[Decimal]]) -> None:
    rows = list(_model_rows(by_model))
    types = {
        "document_no": "INTEGER",
        "model": "VARCHAR",
        "is_checked": "BOOLEAN",
        "lines": "INTEGER",
        "amount": AMOUNT,
    }
    session.load("arithmetic_model", types, _columns(types, rows))


def _model_rows(by_model: dict[tuple[int, str], list[Decimal]]) -> Iterator[tuple[Any, ...]]:
    for (document, model), amounts in by_model.items():
        yield document, model, model not in _UNCHECKED, len(amounts), total(amounts)


def _load_gaps(session: Session, rows: Sequence[tuple[Any, ...]]) -> None:
    types = {"n": "INTEGER", "model": "VARCHAR", "amount": AMOUNT}
    session.load("arithmetic_gap", types, _columns(types, rows))


def _columns(types: dict[str, str], rows: Sequence[tuple[Any, ...]]) -> dict[str, Sequence[Any]]:
    return dict(zip(types, list(zip(*rows, strict=True)) or [()] * len(types), strict=True))
