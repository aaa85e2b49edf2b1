"""The Exceptions tab: largest money first, consequences under their cause, the user's columns carried by key."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from recon_xl.contract import Owner, table
from recon_xl.core.cells import Cell, Formula, NumberText, Value, in_15_digits
from recon_xl.core.changeset import ReplaceRows
from recon_xl.core.finding import Finding
from recon_xl.core.snapshot import RawTable, Snapshot
from recon_xl.report.result import Result
from recon_xl.report.source_rows import read, written
from recon_xl.report.values import money, quantity, rows_change, source_link, tables_by_source, this_row

NAME = "Exceptions"
USER_COLUMNS = tuple(column.name for column in table(NAME).columns if column.owner is Owner.USER)
CONSEQUENCE, RESOLVED = "Consequence", "Resolved"

Record = dict[str, Value]


def exceptions(result: Result, snapshot: Snapshot) -> ReplaceRows:
    """All findings but information; rows that vanished stay, as Resolved, where the user wrote something on them."""
    raw = snapshot.tables[NAME]
    before = _rows_by_key(raw)
    tables = tables_by_source(result.sources)
    records = [_record(finding, before.get(finding.key, {}), result.period, tables) for finding in _in_order(result)]
    found = {record["Key"] for record in records}
    records += [
        _resolved(row) for key, row in before.items() if key not in found and _has_user_words(row, raw.calculated)
    ]
    return rows_change(NAME, records, key="Key")


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
    record |= {column: kept(before.get(column)) for column in USER_COLUMNS}
    record["Disposition"] = record["Disposition"] or "Open"
    return record


def _links(source_rows: Sequence[str], tables: Mapping[str, str]) -> Value:
    """All source rows in words, so that they can be gone through; the link leads to the first."""
    if not source_rows:
        return None
    words = written(source_rows)
    return source_link(next(iter(read(words))), tables, words)


def _resolved(row: Mapping[str, Cell]) -> Record:
    amounts = ("Expected Quantity", "Billed Quantity", "Expected", "Billed", "Variance", "At Stake", "Links")
    record = {column: kept(row.get(column)) for column in table(NAME).column_names if column not in amounts}
    return record | {"Severity": RESOLVED, "Why": "Not found any more in the last run; kept for your notes."}


def _rows_by_key(raw: RawTable) -> dict[str, dict[str, Cell]]:
    rows = {}
    for _, cells in raw.rows:
        row = dict(zip(raw.columns, cells, strict=False))
        if row.get("Key"):
            rows[str(row["Key"])] = row
    return rows


def _has_user_words(row: Mapping[str, Cell], calculated: frozenset[str]) -> bool:
    """A disposition, note or own column; not a column that Excel fills by itself."""
    ours = ({column.name for column in table(NAME).columns} | calculated) - set(USER_COLUMNS)
    words = {column: cell for column, cell in row.items() if column not in ours and cell not in (None, "")}
    return words not in ({}, {"Disposition": "Open"})


def kept(cell: Cell) -> Value:
    """A cell as it stood: the user's words are carried, never interpreted."""
    if isinstance(cell, NumberText):
        return in_15_digits(cell)
    return str(cell) if isinstance(cell, str) else cell


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
