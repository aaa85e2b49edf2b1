"""The statement of what was looked at and what was not, so that silence is never taken for clean."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from recon_xl.core.control import CHECKED, NOT_CHECKED, CoverageRow
from recon_xl.core.money import total
from recon_xl.engine.inputs import Inputs
from recon_xl.engine.session import Session
from recon_xl.tieout.count_coverage import count_rows
from recon_xl.tieout.dispositions import Disposed
from recon_xl.tieout.usage import usage_coverage
from recon_xl.tieout.vendor_checks import vendor_checks

NOT_RECONCILABLE = "NOT RECONCILABLE"

_KEY_STATUS = {
    "compared": (CHECKED, "compared"),
    "timing": (CHECKED, "annual charges billed monthly"),
    "covered": (CHECKED, "annual charges of earlier periods, billed then"),
    "unpriced": (NOT_CHECKED, "no price, markup or rate to check against"),
    "unreadable": (NOT_CHECKED, "a source line cannot be read"),
    "not checked": (NOT_CHECKED, "no fresh count, no vendor line, or no rate for them"),
    "not reconcilable": (NOT_RECONCILABLE, "sold on annual terms, and the upfront charge is not loaded"),
}
_BILLED_STATE = {
    "mapped": (CHECKED, "mapped"),
    "policy": ("EXCLUDED", "sold without a source, as Products says"),
    "other period": ("EXCLUDED", "billed for another month"),
    "unmapped client": ("UNMAPPED", "customer on no row of Customers, or on several"),
    "unmapped product": ("UNMAPPED", "product on no row of Products, or on several"),
    "unreadable": ("HELD", "a cell cannot be read"),
}


@dataclass(frozen=True, slots=True)
class Coverage:
    """Rows of the Coverage tab; whether the month can be reconciled at all, and why not."""

    rows: tuple[CoverageRow, ...]
    reconcilable: bool
    reason: str
    keys: int
    checked_keys: int

    @property
    def sentence(self) -> str:
        """One sentence for Start and the command line."""
        if not self.reconcilable:
            return f"{NOT_RECONCILABLE}: {self.reason}."
        return f"{self.checked_keys} of {self.keys} client and product pairs checked against their bill."


def reconcilable(session: Session) -> tuple[bool, str]:
    """Whether both sides have something to compare, and what is missing where not."""
    billed = session.rows_once("SELECT count(*) FROM billed_line WHERE state <> 'other period'")[0][0]
    vendor = session.rows_once("SELECT vendor_lines FROM setting")[0][0]
    counts = session.rows_once("SELECT count(*) FROM count_line WHERE state = 'fresh'")[0][0]
    if not billed:
        return False, "no billed lines for the period"
    if not vendor and not counts:
        return False, "neither vendor lines nor fresh counts for the period"
    return True, ""


def coverage(session: Session, inputs: Inputs, disposed: Iterable[Disposed]) -> Coverage:
    """The whole statement of one run."""
    possible, reason = reconcilable(session)
    rows = (
        *_vendor_rows(disposed),
        *_earlier_rows(session, inputs),
        *vendor_checks(session),
        *_billed_rows(session, inputs),
        *count_rows(session),
        *_key_rows(session, possible, reason),
        *_source_checks(session, inputs),
        *usage_coverage(session, inputs),
    )
    keys = session.rows(
        "SELECT count(*), count(*) FILTER (WHERE status IN ('compared', 'timing', 'covered')) FROM key_match"
    )
    return Coverage(rows, possible, reason, keys[0][0], keys[0][1] if possible else 0)


def _vendor_rows(disposed: Iterable[Disposed]) -> Iterator[CoverageRow]:
    groups: dict[tuple[str, str, str], list[Disposed]] = defaultdict(list)
    for part in disposed:
        groups[part.disposition, part.reason, part.currency].append(part)
    for (disposition, reason, currency), parts in sorted(groups.items()):
        status = CHECKED if disposition == "drafted" else disposition.upper()
        amount, rows = total(part.subtotal for part in parts), sum(part.lines for part in parts)
        yield CoverageRow("Vendor lines", disposition, status, rows, amount, currency, reason)


def _earlier_rows(session: Session, inputs: Inputs) -> Iterator[CoverageRow]:
    period = inputs.settings.period
    inputs_periods = inputs.column("Vendor Lines", "Period")
    later = sum(1 for month in inputs_periods if month and month > period)
    for currency, rows, amount in session.rows(
        "SELECT currency, count(*), sum(subtotal) FROM mapped_line WHERE NOT in_period GROUP BY currency ORDER BY currency"
    ):
        yield CoverageRow(
            "Vendor lines",
            "earlier periods",
            "EXCLUDED",
            rows,
            amount,
            currency,
            "Used for seats, proration and timing only.",
        )
    if later:
        yield CoverageRow(
            "Vendor lines", "later periods", "EXCLUDED", later, None, "", "Their invoices belong to a later period."
        )


def _billed_rows(session: Session, inputs: Inputs) -> Iterator[CoverageRow]:
    base = inputs.settings.base_currency
    for state, currency, rows, amount in session.rows(
        "SELECT state, coalesce(line_currency, nullif(currency, '')), count(*), sum(amount) FROM billed_line GROUP BY ALL ORDER BY ALL"
    ):
        status, words = _BILLED_STATE[state]
        yield CoverageRow("Billed lines", words, status, rows, amount, currency or base, "")


def _key_rows(session: Session, possible: bool, reason: str) -> Iterator[CoverageRow]:
    for status, currency, rows, amount in session.rows(
        "SELECT status, currency, count(*), sum(greatest(abs(billed), abs(expected))) FROM key_match GROUP BY ALL ORDER BY ALL"
    ):
        word, words = _KEY_STATUS[status]
        yield CoverageRow(
            "Clients x products",
            words,
            word if possible else NOT_RECONCILABLE,
            rows,
            amount,
            currency,
            "" if possible else reason,
        )


def _source_checks(session: Session, inputs: Inputs) -> Iterator[CoverageRow]:
    empty = {
        "Vendor Lines": session.rows_once("SELECT vendor_lines FROM setting")[0][0] == 0,
        "Billed Lines": inputs.rows("Billed Lines") == 0,
        "Counts": inputs.rows("Counts") == 0,
        "Price List": inputs.rows("Price List") == 0,
    }
    checks = {
        "Vendor Lines": "vendor charges against the bill",
        "Billed Lines": "the bill against its sources",
        "Counts": "counted products against the bill",
        "Price List": "retail prices of reservations",
    }
    for table, check in checks.items():
        if empty[table]:
            yield CoverageRow("Checks", check, NOT_CHECKED, 0, None, "", f"{table} has no rows for the period.")
        else:
            yield CoverageRow("Checks", check, CHECKED, inputs.rows(table), None, "", "")
