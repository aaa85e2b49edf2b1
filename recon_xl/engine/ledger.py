"""The ledger: the straight line of relations, in the order in which they rest on each other.

Between `relate_sources` and `relate_keys` the caller hands in what Python computes: the terms of
each client and product, the priced pieces, and billed amounts in the client's currency. Between
`relate_keys` and `relate_causes`: the alternative that explains a bill, for the few keys that do not agree.
"""

from __future__ import annotations

from recon_xl.core.errors import TieOutError
from recon_xl.engine.arithmetic import check_arithmetic, check_totals
from recon_xl.engine.inputs import Inputs
from recon_xl.engine.invoice_totals import load_invoice_totals
from recon_xl.engine.load import load_ledger
from recon_xl.engine.session import Session

_CANDIDATES = ("client_candidate", "product_candidate", "name_candidate")
_MAPPING = (
    *_CANDIDATES,
    "vendor_client",
    "tenant",
    "vendor_product",
    "client_name",
    "product_offer",
    "named_client",
    "named_product",
    "pair",
)
_SOURCES = (
    "mapped_line",
    "billed_line",
    "count_line",
    "snapshot",
    "counted",
    "counted_product",
    "unreadable_key",
    "part",
    "seats",
)
_DAILY = ("daily_usage", "usage_match", "usage_row")
_PRICING = ("opening", "covered", "price_input")
_KEYS = ("expected_side", "billed_side", "by_subscription", "copy_prefix", "annual_only", "key_match", "open_key")
_CAUSES = ("ended", "key_cause")

_ONE_ROW_EACH = {"vendor_line": ("mapped_line",), "in_billed_line": ("billed_line",), "in_count": ("count_line",)}


def relate_mapping(session: Session, inputs: Inputs) -> list[tuple[str, str]]:
    """Load everything, map clients and products; returns each (client, product) that any source speaks of."""
    load_ledger(session, inputs)
    session.view("vendor_line")
    for name in _MAPPING:
        session.relate(name)
    check_arithmetic(session, inputs)
    check_totals(session, inputs)
    load_invoice_totals(session, inputs)
    return [(client, product) for client, product in session.rows("SELECT client, product FROM pair ORDER BY ALL")]


def relate_sources(session: Session) -> None:
    """Give every source line its client, product and state. Needs the relation `terms`."""
    for name in (*_SOURCES, *_PRICING):
        session.relate(name)
    for source, results in _ONE_ROW_EACH.items():
        for result in results:
            _same_rows(session, source, result)
    session.drop("in_billed_line", "in_count")


def relate_usage(session: Session, inputs: Inputs) -> None:
    """Usage by the month and, where there is a daily file, by the day; without one its relations do not exist."""
    session.relate("monthly_usage")
    if inputs.rows("Daily Usage"):
        for name in _DAILY:
            session.relate(name)
        _same_rows(session, "in_daily", "daily_usage")
        session.drop("in_daily")


def relate_keys(session: Session) -> None:
    """Match both sides. Needs the relations `piece` and `billed_amount`."""
    for name in _KEYS:
        session.relate(name)


def relate_causes(session: Session) -> None:
    """Name the one cause of each key that does not agree. Needs the relation `alternative`."""
    for name in _CAUSES:
        session.relate(name)


def _same_rows(session: Session, before: str, after: str) -> None:
    rows, joined = session.count(before), session.count(after)
    if rows != joined:
        raise TieOutError(
            where=f"Join {before} -> {after}",
            found=f"{joined} rows",
            expected=f"{rows} rows, one for each line",
            todo="This is a fault of recon-xl, not of your data. Nothing was written; please report it.",
        )
