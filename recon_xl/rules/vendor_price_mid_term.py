"""A vendor's list price that changed within the term of a subscription.

What it finds
    A Unit Price of a subscription that differs from the one at the start of its term: same Subscription Id, product, SKU,
    start of the term, plan and currency, as far back as lines are loaded. A renewal or conversion starts anew. Usage,
    reservations, one-time charges and credits have no term price; a promotion lowers the effective price only.

Why it matters
    The price of a term is fixed. A dearer one is the vendor's mistake, and billing on cost passes it on to the customer.

Example
    Ten seats at 10.08 since June, charged at 10.58 in October: 5.00 too much.

How to clear it
    Dispute the charge with the vendor, naming the invoice on which the term began.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from recon_xl.core.finding import REVIEW, VENDOR_OVERCHARGED, Finding, Hit
from recon_xl.core.money import money_text, plain, product, ratio, to_minor_unit, total
from recon_xl.engine.inputs import Inputs
from recon_xl.engine.session import Session
from recon_xl.rules.gaps import cost_findings, follows_from_cost, is_same_key
from recon_xl.rules.shares import follows_from_share

CODE = "vendor-price-mid-term"
TITLE = "Vendor's price changed within the term"
SEVERITY = "High"
PER_KEY = False

_TERM = ("Subscription Id", "Product Id", "Sku Id", "Subscription Start Date", "Pricing Currency")
_OPENINGS = frozenset({"new", "renew", "convert", "extendterm", "changebillingplan"})
SQL = """
    SELECT m.n, m.line_id, m.in_period, m.invoice, m.currency, m.subtotal, m.charge_type, m.plan, m.subscription_id,
        coalesce(m.client, c.customer_name) AS customer, coalesce(m.product, p.product_name) AS product
    FROM mapped_line AS m
    INNER JOIN in_customer AS c USING (customer_no)
    INNER JOIN in_product AS p USING (product_no)
    WHERE list_contains($subscriptions, m.subscription_id) AND m.state NOT IN ('duplicate', 'unreadable')
        AND m.n NOT IN (SELECT n FROM part)
        AND m.kind IN ('licence', 'software') AND m.plan <> 'OneTime' AND m.charge_type <> 'customercredit'
    ORDER BY m.subscription_id, m.period, m.order_at NULLS FIRST, m.charge_end, m.n
"""


Row = dict[str, Any]


def find(session: Session, inputs: Inputs) -> Iterator[Hit]:
    """One hit a subscription; at stake is what its lines of the period would cost less, or more, at the price of the term."""
    terms = list(zip(*(inputs.column("Vendor Lines", name) for name in _TERM), strict=True))
    prices = inputs.column("Vendor Lines", "Unit Price")
    subscriptions = _changed(terms, prices)
    if not subscriptions:
        return
    by_term: dict[tuple[Any, ...], list[Row]] = {}
    for row in session.records(SQL, {"subscriptions": subscriptions}):
        price = prices[row["n"]]
        if price:
            term = (*terms[row["n"]], row["plan"], row["currency"])
            by_term.setdefault(term, []).append(row | {"price": price})
    for rows in by_term.values():
        changed = list(_at_another_price(rows))
        if changed:
            yield from _hits(changed)


def _changed(terms: Sequence[tuple[Any, ...]], prices: Sequence[Decimal | None]) -> list[str]:
    """Subscriptions with two prices of one product in one term: few, or none, so that only these are looked at."""
    known: dict[tuple[Any, ...], Decimal] = {}
    changed = set()
    for term, price in zip(terms, prices, strict=True):
        if price and known.setdefault(term, price) != price and term[0] and term[3]:
            changed.add(term[0].casefold())
    return sorted(changed)


def _at_another_price(rows: Sequence[Row]) -> Iterator[Row]:
    """The lines of the period at another price than their term's, each with that price and its invoice."""
    opening: Row | None = None
    for row in rows:
        if opening is None or row["charge_type"] in _OPENINGS:
            opening = row
        elif row["in_period"] and row["price"] != opening["price"]:
            extra = ratio(product(row["subtotal"], row["price"] - opening["price"]), row["price"])
            difference = to_minor_unit(extra, row["currency"])
            yield row | {"opening": opening, "difference": difference}


def _hits(rows: Sequence[Row]) -> Iterator[Hit]:
    last, opening = rows[-1], rows[-1]["opening"]
    difference = total(row["difference"] for row in rows)
    if not difference:
        return
    was, now = plain(opening["price"]), plain(last["price"])
    yield Hit(
        identity=(last["subscription_id"], last["product"], last["plan"] or "", last["currency"]),
        customer=last["customer"],
        product=last["product"],
        currency=last["currency"],
        at_stake=abs(difference),
        direction=VENDOR_OVERCHARGED if difference > 0 else REVIEW,
        why=f"Unit Price {now} on invoice {last['invoice']}, {was} on invoice {opening['invoice']} at the start of the same term: "
        f"{money_text(abs(difference), last['currency'])} too {'much' if difference > 0 else 'little'}.",
        action=f"Dispute invoice {last['invoice']} with the vendor: the price of a term is fixed.",
        subscription=last["subscription_id"],
        lines=(opening["line_id"], *(row["line_id"] for row in rows)),
    )


def explain(session: Session, own: Sequence[Finding], others: Sequence[Finding]) -> dict[str, str]:
    """What goes away at the price of the term: a gap or margin of the key that follows the cost or the shares of its cycles."""
    subtotals: dict[str, Decimal] = dict(session.rows("SELECT line_id, subtotal FROM mapped_line WHERE in_period"))
    found: dict[str, str] = {}
    for finding in own:
        hit = finding.hit
        changed = (hit.lines or ())[1:]
        extra = hit.at_stake if hit.direction == VENDOR_OVERCHARGED else -hit.at_stake
        charged = total(subtotals[line] for line in changed)
        factor = ratio(charged - extra, charged) if charged else Decimal(1)
        for other in cost_findings(others):
            if not is_same_key(other, hit.customer, hit.product, hit.subscription):
                continue
            by_cost = follows_from_cost(session, other, extra, hit.currency)
            if by_cost or follows_from_share(session, other, changed, factor):
                found.setdefault(other.key, finding.key)
    return found
