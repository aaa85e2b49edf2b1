"""Control totals given with an import: the vendor's invoice totals, put on Sources."""

from __future__ import annotations

from decimal import Decimal

from recon_xl.contract import Kind
from recon_xl.core.cells import Value
from recon_xl.core.errors import InputError
from recon_xl.intake.importing.desk import Desk
from recon_xl.intake.importing.register import SOURCES
from recon_xl.intake.problems import CellProblem
from recon_xl.intake.texts import plain_number
from recon_xl.intake.values import parse_cell


def apply_controls(desk: Desk) -> None:
    """Write each control total on the first source of its invoice; the parts of an invoice share one total."""
    for key, text in desk.request.control_totals.items():
        amount = _amount(desk, key, text)
        place = _source_of(desk, key)
        sources = desk.table(SOURCES)
        before = sources.value(place, "Control Total")
        if before == amount:
            continue
        if isinstance(before, Decimal):
            desk.messages.append(f"Control total of {key}: {plain_number(before)} replaced by {plain_number(amount)}.")
        sources.change(place, {"Control Total": amount})


def _amount(desk: Desk, key: str, text: str) -> Decimal:
    try:
        value = parse_cell(Kind.MONEY, text, desk.locale_of(None))
    except CellProblem as problem:
        raise InputError(
            where=f"--control {key}", found=problem.found, expected=problem.expected, todo="Correct the amount."
        ) from None
    if not isinstance(value, Decimal):
        raise InputError(
            where=f"--control {key}", found="no amount", expected="the invoice total with tax", todo="Give it."
        )
    return value


def _source_of(desk: Desk, key: str) -> int:
    """The row of Sources of `invoice` or `invoice currency`; a number with two currencies needs its currency."""
    sources = desk.table(SOURCES)
    invoices, currencies = sources.column("Invoice"), sources.column("Currency")
    named: dict[Value, int] = {}
    for place in sources.places():
        invoice, currency = invoices[place], currencies[place]
        if invoice is not None and key in {str(invoice), f"{invoice} {currency}", f"{invoice}/{currency}"}:
            named.setdefault(currency, place)
    if len(named) == 1:
        return next(iter(named.values()))
    known = ", ".join(
        sorted({f"{invoices[place]} {currencies[place]}" for place in sources.places() if invoices[place]})
    )
    raise InputError(
        where=f"--control {key}",
        found="several currencies of that invoice" if named else "no such invoice",
        expected=f"one of {known}" if known else "an invoice that was imported",
        todo="Give the invoice number as on Sources, with its currency where there are two.",
    )
