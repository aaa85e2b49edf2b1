"""The planned bill line by line, and which clients have business in the month: what rules about whole clients rest on."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from decimal import Decimal
from typing import NamedTuple

from recon_xl.core.money import to_minor_unit, total
from recon_xl.engine.session import Row, Session


class PlannedLine(NamedTuple):
    """A billed line of the period and of a client that Customers knows. `amount` is net, in the client's currency.

    `tax` is the tax that the PSA plans, in the line's own currency; None where it plans none.
    """

    line_id: str
    client: str
    product: str | None
    subscription: str
    state: str
    currency: str
    line_currency: str
    amount: Decimal
    agreement: str
    po: str
    tax_code: str
    tax: Decimal | None


_LINES = """
    SELECT b.line_id, b.client, b.product, b.subscription_id, b.state, b.client_currency, b.line_currency,
        coalesce(c.amount, b.amount)::VARCHAR, b.agreement, b.po, b.tax_code, b.tax::VARCHAR
    FROM billed_line AS b
    LEFT JOIN billed_amount AS c ON c.n = b.n
    WHERE b.client IS NOT NULL
        AND (b.state = 'mapped' AND c.problem IS NULL
            OR b.state IN ('policy', 'unmapped product') AND b.line_currency = b.client_currency)
        AND (? OR list_contains(?::VARCHAR[], b.client))
        AND (NOT ? OR b.tax IS NOT NULL OR b.tax_code <> '')
    ORDER BY b.n
"""

_BUSINESS = """
    SELECT client, client_currency FROM billed_line WHERE client IS NOT NULL AND state IN ('mapped', 'policy', 'unmapped product')
    UNION
    SELECT client, currency FROM key_match WHERE has_source OR is_spread OR status = 'timing'
"""

_EXPECTED = """
    SELECT client, currency, sum(CASE WHEN has_source OR is_spread THEN expected ELSE billed END) AS net
    FROM key_match
    WHERE has_source OR is_spread OR status = 'timing'
    GROUP BY client, currency
"""


def planned_lines(
    session: Session, clients: Collection[str] | None = None, *, with_tax: bool = False
) -> list[PlannedLine]:
    """The lines (of some clients; with a tax or tax code) whose net is known in the client's currency."""
    parameters = [clients is None, list(clients or ()), with_tax]
    return [_line(row) for row in session.rows(_LINES, parameters)]


def by_client(session: Session, clients: Collection[str]) -> dict[str, list[PlannedLine]]:
    """The lines of some clients; an empty list for a client without any."""
    found: dict[str, list[PlannedLine]] = {client: [] for client in clients}
    for line in planned_lines(session, clients) if clients else ():
        found[line.client].append(line)
    return found


def _line(row: Row) -> PlannedLine:
    """Amounts leave the ledger as text, which is faster; one computed from quantity and price is not rounded there."""
    line_id, client, product, subscription, state, currency, line_currency, amount, agreement, po, tax_code, tax = row
    net = to_minor_unit(Decimal(amount), currency)
    planned = None if tax is None else Decimal(tax)
    return PlannedLine(
        line_id, client, product, subscription, state, currency, line_currency, net, agreement, po, tax_code, planned
    )


def net_of(lines: Iterable[PlannedLine]) -> Decimal:
    """The net of some lines of one client."""
    return total(line.amount for line in lines)


def net_expected(session: Session) -> dict[tuple[str, str], Decimal]:
    """(client, currency) -> net of the draft: the full expected bill of the period."""
    return {(row["client"], row["currency"]): row["net"] for row in session.once(_EXPECTED)}


def clients_of_the_month(session: Session) -> dict[str, str]:
    """Client -> currency, for each with a line on the planned bill or something to be billed."""
    return dict(sorted(session.rows_once(_BUSINESS)))
