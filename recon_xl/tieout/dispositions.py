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
    "unmapped client": ("unmapped", "vendor customer on no row of Customers"),
    "unmapped product": ("unmapped", "vendor product on no row of Products"),
    "unreadable": ("held", "a cell of the line cannot be read"),
}


@dataclass(frozen=True, slots=True)
class Disposed:
    """A vendor line, its money, and where it went."""

    line_id: str
    invoice: str
    currency: str
    subtotal: Decimal
    total: Decimal
    disposition: str
    reason: str


def dispositions(session: Session, drafts: Iterable[Draft]) -> list[Disposed]:
    """The disposition of every vendor line of the period. TieOutError where a line went nowhere: our bug."""
    drafted, held = _rows_of(drafts)
    lines = session.rows(
        "SELECT line_id, invoice, currency, subtotal, total, state FROM mapped_line WHERE in_period ORDER BY line_id"
    )
    found = []
    for line_id, invoice, currency, subtotal, total, state in lines:
        if state != "mapped":
            disposition, reason = _BY_STATE[state]
        elif line_id in held:
            disposition, reason = "held", held[line_id]
        elif line_id in drafted:
            disposition, reason = "drafted", ""
        else:
            raise TieOutError(
                where=f"Vendor line {line_id}", found="no disposition", expected="drafted, held, unmapped or excluded",
                todo="This is a fault of recon-xl, not of your data. Nothing was written; please report it.",
            )  # fmt: skip
        found.append(Disposed(line_id, invoice, currency, subtotal, total, disposition, reason))
    return found


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
