"""Every vendor line of the period has exactly one disposition: drafted, held, unmapped or excluded."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from recon_xl.core.draft import Draft
from recon_xl.core.errors import TieOutError
from recon_xl.engine.session import Session

_BY_STATE = {
    "duplicate": ("excluded", "equal to an earlier vendor line"),
    "policy": ("excluded", "billed by count, or sold without a source, as Products says"),
    "unmapped client": ("unmapped", "vendor customer on no row of Customers, or on several"),
    "unmapped product": ("unmapped", "vendor product on no row of Products, or on several"),
    "unreadable": ("held", "a cell of the line cannot be read"),
}


@dataclass(frozen=True, slots=True)
class Disposed:
    """Vendor lines of one invoice and currency that went the same way, and their money."""

    invoice: str
    currency: str
    disposition: str
    reason: str
    lines: int
    subtotal: Decimal
    total: Decimal


def dispositions(session: Session, drafts: Iterable[Draft]) -> list[Disposed]:
    """Where the vendor lines of the period went. TieOutError where one went nowhere: our bug."""
    drafted, held = _rows_of(drafts)
    _all_somewhere(session, drafted, held)
    session.load(
        "held_line",
        {"line_id": "VARCHAR", "reason": "VARCHAR"},
        {"line_id": list(held), "reason": list(held.values())},
    )
    session.relate("disposition")
    found = []
    for row in session.records("SELECT * FROM disposition ORDER BY ALL"):
        state = row["state"]
        where = ("held", row["reason"]) if row["reason"] else ("drafted", "")
        disposition, reason = where if state == "mapped" else _BY_STATE[state]
        totals = row["lines"], row["subtotal"], row["total"]
        found.append(Disposed(row["invoice"], row["currency"], disposition, reason, *totals))
    return found


def _all_somewhere(session: Session, drafted: set[str], held: dict[str, str]) -> None:
    mapped = session.rows("SELECT line_id FROM mapped_line WHERE in_period AND state = 'mapped'")
    lost = [line_id for (line_id,) in mapped if line_id not in drafted and line_id not in held]
    if lost:
        raise TieOutError(
            where=f"Vendor line {lost[0]}", found="no disposition", expected="drafted, held, unmapped or excluded",
            todo="This is a fault of recon-xl, not of your data. Nothing was written; please report it.",
        )  # fmt: skip


def _rows_of(drafts: Iterable[Draft]) -> tuple[set[str], dict[str, str]]:
    drafted: set[str] = set()
    held: dict[str, str] = {}
    for draft in drafts:
        for line in draft.lines:
            if line.is_held or draft.is_held:
                reason = line.hold_reason or draft.hold_reasons[0]
                held.update(dict.fromkeys(line.source_rows, reason))
            else:
                drafted.update(line.source_rows)
    return drafted, held
