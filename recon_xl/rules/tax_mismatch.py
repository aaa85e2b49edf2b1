"""Tax planned on a bill that is not the tax due on it.

What it finds
    Billed lines whose Tax, or the rate of whose Tax Code, differs from what Customers, Products and Tax say for the same net:
    another rate, another region's rate, an exempt or reverse-charge client charged, an exemption that has expired, or the
    vendor's own tax passed through. Half a minor unit a line (a whole one where Tax
    Rounding is invoice), at least 0.02, is rounding. Lines that plan neither tax nor a
    known code are not compared, nor is a client without a Tax row, whose draft is held.

Why it matters
    Tax charged too little is paid by us; tax charged too much is owed to the tax office and refunded to the customer.

Example
    1,000.00 net is billed with 190.00 of tax, 20 % are due: 10.00 are missing.

How to clear it
    Correct the tax on the planned bill, or the row of Customers or Tax that says otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from recon_xl.core.finding import Hit, by_sign
from recon_xl.core.money import ZERO, minor_digits, money_text, product, total
from recon_xl.core.tax import tax_of
from recon_xl.engine.inputs import Inputs
from recon_xl.engine.session import Session
from recon_xl.engine.taxes import Taxes
from recon_xl.rules.planned import PlannedLine, net_of, planned_lines
from recon_xl.rules.tax_words import Planned, reason_words

CODE = "tax-mismatch"
TITLE = "Tax not as due"
SEVERITY = "High"
PER_KEY = False

Key = tuple[str, str, str, str]

_VENDOR_TAX = """
    SELECT client, product, client_currency, subscription_id, n
    FROM mapped_line
    WHERE in_period AND state = 'mapped' AND currency = client_currency
"""

_FOREIGN = """
    SELECT DISTINCT client, product, client_currency, subscription_id
    FROM billed_line
    WHERE state = 'mapped' AND line_currency <> client_currency
"""


def find(session: Session, inputs: Inputs) -> Iterator[Hit]:
    """One hit a key; at stake is the tax due less the tax planned."""
    taxes = session.made_once(Taxes, inputs)
    splits: set[Key] = set(session.rows_once("SELECT client, product, currency, subscription_id FROM by_subscription"))
    by_invoice = inputs.settings.tax_rounding == "invoice"
    vendor: dict[Key, Decimal] | None = None
    for key, lines in _compared(session, splits, taxes).items():
        client, name, currency, _ = key
        due = taxes.due(client, name)
        if client in taxes.doubtful or not due.is_known:
            continue
        net = net_of(lines)
        expected = (
            tax_of(net, due.rate, currency)
            if by_invoice
            else total(tax_of(line.amount, due.rate, currency) for line in lines)
        )
        billed = total(_planned(line, due.rate, taxes) for line in lines)
        if abs(billed - expected) > _tolerance(len(lines), currency, by_invoice=by_invoice):
            vendor = _vendor_taxes(session, inputs, splits) if vendor is None else vendor
            planned = Planned(client, name, currency, net, billed, {line.tax_code for line in lines if line.tax_code})
            yield _hit(key, planned, expected, lines, reason_words(planned, due, taxes, vendor.get(key, ZERO)))


def _compared(session: Session, splits: set[Key], taxes: Taxes) -> dict[Key, list[PlannedLine]]:
    """The lines of each key that plan tax. A key billed in another currency has a finding of its own and is left out."""
    groups: dict[Key, list[PlannedLine]] = {}
    for line in planned_lines(session, with_tax=True):
        if line.product is not None and (line.tax is not None or taxes.table.rates_of_code(line.tax_code)):
            key = _key(line.client, line.product, line.currency, line.subscription, splits)
            groups.setdefault(key, []).append(line)
    for client, name, currency, subscription in session.rows(_FOREIGN) if groups else ():
        groups.pop(_key(client, name, currency, subscription, splits), None)
    return groups


def _key(client: str, name: str, currency: str, subscription: str, splits: set[Key]) -> Key:
    key = (client, name, currency, subscription)
    return key if key in splits else (client, name, currency, "")


def _planned(line: PlannedLine, due: Decimal, taxes: Taxes) -> Decimal:
    """The tax that a line plans; where it has a code alone, its rate, the one due if the code has several."""
    if line.tax is not None:
        return line.tax
    rates = taxes.table.rates_of_code(line.tax_code)
    return tax_of(line.amount, due if due in rates else min(rates), line.currency)


@lru_cache(maxsize=1024)
def _tolerance(lines: int, currency: str, *, by_invoice: bool) -> Decimal:
    """Half a minor unit a line, because each may be rounded either way; at least 0.02.

    Where the rounded tax of an invoice is spread over its lines, any of them may carry a whole minor unit more or less.
    """
    unit = Decimal(1).scaleb(-minor_digits(currency))
    return max(Decimal("0.02"), product(unit, Decimal(lines), Decimal(1 if by_invoice else "0.5")))


def _vendor_taxes(session: Session, inputs: Inputs, splits: set[Key]) -> dict[Key, Decimal]:
    """Key -> the tax that the vendor charged us on it."""
    printed = inputs.column("Vendor Lines", "Tax Total")
    found: dict[Key, Decimal] = {}
    for client, name, currency, subscription, place in session.rows(_VENDOR_TAX):
        key = _key(client, name, currency, subscription, splits)
        found[key] = found.get(key, ZERO) + (printed[place] or ZERO)
    return found


def _hit(key: Key, planned: Planned, expected: Decimal, lines: list[PlannedLine], reason: str) -> Hit:
    client, name, currency, subscription = key
    variance = planned.tax - expected
    return Hit(
        identity=key,
        customer=client,
        product=name,
        currency=currency,
        subscription=subscription,
        at_stake=abs(variance),
        direction=by_sign(variance),
        why=f"{reason} On {money_text(planned.net, currency)} net, tax of {money_text(planned.tax, currency)} is planned "
        f"and {money_text(expected, currency)} is due.",
        action=f"Correct the tax of {name} for {client} on the planned bill, or the row of Customers or Tax.",
        expected=expected,
        billed=planned.tax,
        lines=tuple(line.line_id for line in lines),
    )
