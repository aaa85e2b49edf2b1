"""Ids and names that fit several rows of Customers or Products, and the lines that stay unmapped by that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from recon_xl.engine.session import Session
from recon_xl.engine.states import BILLED, COUNTED, VENDOR, occurs

CUSTOMERS, PRODUCTS = "Customers", "Products"


@dataclass(frozen=True, slots=True)
class Clash:
    """One id or name of one side (vendor, billed, counted), the rows of a tab that it fits, and its lines.

    `clients` and `products` are those that a gap can come from; `signs` say which way: 1 where a source is missing,
    -1 where a bill is.
    """

    tab: str
    side: str
    name: str
    vendor_ids: tuple[str, ...]
    currency: str
    amount: Decimal
    lines: int
    line_ids: tuple[str, ...]
    rows: tuple[str, ...]
    clients: frozenset[str]
    products: frozenset[str]
    signs: frozenset[int]

    @property
    def identity(self) -> tuple[str, ...]:
        """Business keys of the finding."""
        return (self.side, self.tab, *(self.vendor_ids or (self.name,)), self.currency)

    @property
    def label(self) -> str:
        """What fits several rows, for a sentence."""
        if not self.vendor_ids:
            return f'"{self.name}"'
        return self.vendor_ids[0] if self.tab == CUSTOMERS else ":".join(self.vendor_ids).upper()


_CLIENT_ROWS = "SELECT customer_no, list(client ORDER BY client) AS rows FROM client_candidate GROUP BY customer_no"
_PRODUCT_ROWS = "SELECT product_no, list(product ORDER BY product) AS rows FROM product_candidate GROUP BY product_no"
_NAMED_CLIENTS = (
    "SELECT value, list(client ORDER BY client) AS rows FROM name_candidate GROUP BY value HAVING count(*) > 1"
)
_NAMED_PRODUCTS = """
    SELECT value, list(DISTINCT product ORDER BY product) AS rows FROM product_name
    GROUP BY value HAVING count(DISTINCT product) > 1
"""

VENDOR_CUSTOMERS = f"""
    SELECT min(c.customer_name) AS name, c.customer_id AS first_id, '' AS second_id, m.currency, sum(m.subtotal) AS amount,
        count(*) AS lines, list(m.line_id ORDER BY m.line_id) AS line_ids, min(r.rows) AS rows,
        list(DISTINCT m.product) AS others
    FROM mapped_line AS m
    INNER JOIN in_customer AS c USING (customer_no)
    INNER JOIN ({_CLIENT_ROWS}) AS r USING (customer_no)
    WHERE m.state = 'unmapped client' AND m.in_period
    GROUP BY c.customer_id, CASE WHEN c.customer_id = '' THEN c.name_key END, m.currency
    ORDER BY ALL
"""  # noqa: S608 - of constants only
VENDOR_PRODUCTS = f"""
    SELECT min(p.product_name) AS name, p.product_id AS first_id, p.sku_id AS second_id, m.currency, sum(m.subtotal) AS amount,
        count(*) AS lines, list(m.line_id ORDER BY m.line_id) AS line_ids, list_distinct(flatten(list(r.rows))) AS rows,
        list(DISTINCT m.client) AS others
    FROM mapped_line AS m
    INNER JOIN in_product AS p USING (product_no)
    INNER JOIN ({_PRODUCT_ROWS}) AS r USING (product_no)
    WHERE m.state = 'unmapped product' AND m.in_period
    GROUP BY p.product_id, p.sku_id, CASE WHEN p.product_id = '' THEN p.product_key END, m.currency
    ORDER BY ALL
"""  # noqa: S608 - of constants only


def _named(
    table: str, state: str, rows: str, name: str, keys: tuple[str, str], other: str, money: tuple[str, str]
) -> str:
    """Names of billed or counted lines that fit several rows: the exact reading before the normalised one."""
    currency, amount = money
    return f"""
        SELECT b.{name} AS name, '' AS first_id, '' AS second_id, {currency} AS currency, sum(b.{amount}) AS amount,
            count(*) AS lines, list(b.line_id ORDER BY b.line_id) AS line_ids,
            min(coalesce(x.rows, y.rows)) AS rows, list(DISTINCT b.{other}) AS others
        FROM {table} AS b
        LEFT JOIN ({rows}) AS x ON x.value = b.{keys[0]}
        LEFT JOIN ({rows}) AS y ON y.value = b.{keys[1]}
        WHERE b.state = '{state}' AND coalesce(x.rows, y.rows) IS NOT NULL
        GROUP BY b.{name}, {currency}
        ORDER BY ALL
    """  # noqa: S608 - of constants only


_BILLED_MONEY = ("coalesce(b.line_currency, b.currency)", "amount")
_COUNTED = ("''", "quantity")
_CLIENT_KEYS, _PRODUCT_KEYS = ("exact_key", "customer_key"), ("exact_product", "product_key")
_BY_CLIENT = ("unmapped client", _NAMED_CLIENTS, "customer_name", _CLIENT_KEYS, "product")
_BY_PRODUCT = ("unmapped product", _NAMED_PRODUCTS, "product_name", _PRODUCT_KEYS, "client")
_ASKED = (
    (CUSTOMERS, "vendor", VENDOR_CUSTOMERS),
    (PRODUCTS, "vendor", VENDOR_PRODUCTS),
    (CUSTOMERS, "billed", _named("billed_line", *_BY_CLIENT, _BILLED_MONEY)),
    (PRODUCTS, "billed", _named("billed_line", *_BY_PRODUCT, _BILLED_MONEY)),
    (CUSTOMERS, "counted", _named("count_line", *_BY_CLIENT, _COUNTED)),
    (PRODUCTS, "counted", _named("count_line", *_BY_PRODUCT, _COUNTED)),
)


_SIDES = {"vendor": VENDOR, "billed": BILLED, "counted": COUNTED}
_STATES = {CUSTOMERS: "unmapped client", PRODUCTS: "unmapped product"}


def find_clashes(session: Session) -> list[Clash]:
    """Every clash once: lines of another side that fit the very same rows are evidence of the first one."""
    if not any(occurs(session, source, *_STATES.values()) for source in (VENDOR, BILLED, COUNTED)):
        return []
    found: dict[tuple[object, ...], Clash] = {}
    first: dict[tuple[str, tuple[str, ...]], tuple[object, ...]] = {}
    for clash in _all(session):
        same = first.setdefault((clash.tab, clash.rows), clash.identity)
        if same == clash.identity or found[same].side == clash.side:
            found[clash.identity] = clash
        else:
            found[same] = _joined(found[same], clash)
    return list(found.values())


def _all(session: Session) -> Iterator[Clash]:
    for tab, side, query in _ASKED:
        if not occurs(session, _SIDES[side], _STATES[tab]):
            continue
        for row in session.records(query):
            yield _clash(tab, side, row)


def _clash(tab: str, side: str, row: dict[str, Any]) -> Clash:
    rows, others = tuple(sorted(row["rows"])), _known(row["others"])
    ids = (row["first_id"],) if tab == CUSTOMERS else (row["first_id"], row["second_id"])
    return Clash(
        tab=tab,
        side=side,
        name=row["name"],
        vendor_ids=ids if row["first_id"] else (),
        currency=row["currency"] or "",
        amount=row["amount"],
        lines=row["lines"],
        line_ids=tuple(row["line_ids"]),
        rows=rows,
        clients=frozenset(rows) if tab == CUSTOMERS else others,
        products=others if tab == CUSTOMERS else frozenset(rows),
        signs=frozenset({-1 if side == "billed" else 1}),
    )


def _joined(clash: Clash, other: Clash) -> Clash:
    return replace(
        clash,
        line_ids=(*clash.line_ids, *other.line_ids),
        clients=clash.clients | other.clients,
        products=clash.products | other.products,
        signs=clash.signs | other.signs,
    )


def _known(names: Iterable[str | None]) -> frozenset[str]:
    return frozenset(name for name in names if name is not None)
