"""The Exceptions tab: largest money first, consequences under their cause, the user's columns carried by key."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from recon_xl.contract import Owner, table
from recon_xl.core.cells import Cell, Formula, Value
from recon_xl.core.changeset import ReplaceRows
from recon_xl.core.finding import Finding
from recon_xl.core.snapshot import Snapshot
from recon_xl.report.keeping import (
    KEPT,
    RESOLVED,
    OldRow,
    keep_users_rows,
    kept_value,
    old_rows,
    own_record,
    principals,
    text_of,
)
from recon_xl.report.result import Result
from recon_xl.report.source_rows import read, written
from recon_xl.report.values import money, quantity, rows_change, source_link, tables_by_source, this_row

NAME = "Exceptions"
USER_COLUMNS = tuple(column.name for column in table(NAME).columns if column.owner is Owner.USER)
CONSEQUENCE = "Consequence"

Record = dict[str, Value]


def exceptions(result: Result, snapshot: Snapshot) -> ReplaceRows:
    """All findings but information; rows that vanished stay, as Resolved, where the user put something on them."""
    raw = snapshot.tables[NAME]
    before = {key[0]: rows[0].cells for key, rows in principals(raw).items()}
    tables = tables_by_source(result.sources)
    records = [_record(finding, before.get(finding.key, {}), result.period, tables) for finding in _in_order(result)]
    taken = {text_of(row.cells.get("Key")) for row in old_rows(raw)}
    return keep_users_rows(rows_change(NAME, records), raw, lambda row, is_copy: _resolved(row, is_copy, taken))


def _in_order(result: Result) -> Iterator[Finding]:
    """As ranked, each consequence below its cause."""
    following: dict[str, list[Finding]] = {}
    for finding in result.exceptions:
        if finding.cause:
            following.setdefault(finding.cause, []).append(finding)
    for finding in result.exceptions:
        if not finding.cause:
            yield finding
            yield from following.get(finding.key, ())


def _record(finding: Finding, before: Mapping[str, Cell], period: str, tables: Mapping[str, str]) -> Record:
    hit = finding.hit
    first_seen = str(before.get("First Seen") or period)
    earlier = str(before.get("Period") or "")
    variance = finding.variance
    record: Record = {
        "Key": finding.key,
        "Severity": finding.severity if finding.is_primary else CONSEQUENCE,
        "Rule": finding.rule,
        "Title": finding.title,
        "Customer": hit.customer or None,
        "Product": hit.product or None,
        "Subscription": hit.subscription or None,
        "Period": finding.period,
        "Expected Quantity": quantity(hit.expected_quantity),
        "Billed Quantity": quantity(hit.billed_quantity),
        "Expected": money(hit.expected, hit.currency),
        "Billed": money(hit.billed, hit.currency),
        "Variance": None if variance is None else Formula(_VARIANCE, money(variance, hit.currency)),
        "At Stake": money(hit.at_stake, hit.currency),
        "Direction": hit.direction,
        "Currency": hit.currency,
        "Basis": hit.basis,
        "Why": hit.why,
        "Suggested Action": hit.action,
        "Confidence": hit.confidence * 100,
        "First Seen": first_seen,
        "Age": months_between(first_seen, period),
        "Carried From": earlier if earlier not in ("", period) else _text(before.get("Carried From")),
        "Links": _links(finding.source_rows, tables),
    }
    record |= {column: kept_value(before.get(column)) for column in USER_COLUMNS}
    record["Disposition"] = record["Disposition"] or "Open"
    return record


def _links(source_rows: Sequence[str], tables: Mapping[str, str]) -> Value:
    """All source rows in words, so that they can be gone through; the link leads to the first."""
    if not source_rows:
        return None
    words = written(source_rows)
    return source_link(next(iter(read(words)), source_rows[0]), tables, words)


def _resolved(row: OldRow, is_copy: bool, taken: set[str]) -> Record:
    """A finding without its money; a copy of a row that is still there gets a key of its own."""
    amounts = ("Expected Quantity", "Billed Quantity", "Expected", "Billed", "Variance", "At Stake", "Links")
    record: Record = own_record(row) | dict.fromkeys(amounts) | {"Severity": RESOLVED}
    if is_copy:
        key = str(record["Key"])
        return record | {
            "Key": _free(f"{key} (copy)", taken),
            "Why": f"A copy of the row of {key}; kept for your notes.",
        }
    return record if row.is_gone else record | {"Why": KEPT}


def _free(key: str, taken: set[str]) -> str:
    candidate, number = key, 1
    while candidate in taken:
        number += 1
        candidate = f"{key[:-1]} {number})"
    taken.add(candidate)
    return candidate


def months_between(earlier: str, later: str) -> int:
    """Whole months from one YYYY-MM to another.

    >>> months_between("2026-08", "2026-10")
    2
    """
    (year, month), (to_year, to_month) = (map(int, text.split("-")) for text in (earlier, later))
    return (to_year - year) * 12 + to_month - month


def _text(cell: Cell) -> str | None:
    return str(cell) if cell else None


_VARIANCE = f"{this_row(NAME, 'Billed')}-{this_row(NAME, 'Expected')}"
