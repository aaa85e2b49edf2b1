"""What the user did to the results of the last run that a new run cannot simply carry on: told, never passed over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from recon_xl.contract import Kind, Owner, table
from recon_xl.core.cells import Cell, Formula, NumberText, PercentText, Value
from recon_xl.core.changeset import ChangeSet, ReplaceRows
from recon_xl.core.money import percent
from recon_xl.core.snapshot import Snapshot
from recon_xl.intake.apply import stored_cell
from recon_xl.report.keeping import OldRow, is_gone, old_rows, places_of, principals, text_of

_MOST = 20
"""Sentences of one kind; more are counted."""
_LONGEST = 80
_OPEN = ("", "Open")


def conflicts(changes: ChangeSet, snapshot: Snapshot) -> list[str]:
    """One sentence each, without its full stop: copies, rows of the user's own, cells typed over, decisions whose amount changed."""
    found: list[str] = []
    for change in changes.changes:
        if isinstance(change, ReplaceRows) and snapshot.tables[change.table].rows:
            olds = list(old_rows(snapshot.tables[change.table]))
            found += _few(_copies(change, snapshot), change.table, "copies of rows")
            found += _few(_own(olds), change.table, "rows of your own")
            found += _few(_typed_over(change, olds, snapshot), change.table, "cells typed over")
            if change.table == "Exceptions":
                found += _few(_decided(change, olds), change.table, "decisions to look at again")
    return found


def _few(sentences: Iterator[str], name: str, what: str) -> list[str]:
    found = list(sentences)
    more = len(found) - _MOST
    return found if more <= 0 else [*found[:_MOST], f"{name}: {more:,} more {what}"]


def _copies(change: ReplaceRows, snapshot: Snapshot) -> Iterator[str]:
    if change.table == "Run Log":
        return
    new = places_of(change)
    for key, rows in principals(snapshot.tables[change.table]).items():
        for row in rows[max(len(new.get(key, ())), 1) :]:
            same = row.words == rows[0].words and not row.has_marks
            end = "it said nothing else and is gone" if same else "it is kept at the end of the table"
            yield f"{change.table} row {row.number} was a copy of row {rows[0].number}: {end}"


def _own(olds: Sequence[OldRow]) -> Iterator[str]:
    for row in olds:
        if not row.is_keyed:
            yield f"{row.raw.name} row {row.number} is no row of a run: it is kept at the end of the table"


def _typed_over(change: ReplaceRows, olds: Sequence[OldRow], snapshot: Snapshot) -> Iterator[str]:
    """Cells of ours in which something else stood than the last run wrote, and something else stands now."""
    altered = [row for row in olds if row.number in row.raw.altered and row.is_keyed]
    if not altered:
        return
    declared = table(change.table)
    names = [one.name for one in declared.columns if one.owner is not Owner.USER]
    new = _by_key(change, altered)
    for row in altered:
        values = new.get(row.key)
        if values is None:
            yield f"{change.table} row {row.number} was changed by hand, and is not there any more"
            continue
        pairs = (
            (name, row.cells.get(name), _read_back(values[name], declared.column(name).kind, snapshot.date1904))
            for name in names
            if row.cells.get(name) or not isinstance(values[name], Formula)
        )
        differ = [(name, old, now) for name, old, now in pairs if text_of(old) != text_of(now)]
        yield from _told(row, differ, values)


def _told(row: OldRow, differ: Sequence[tuple[str, Cell, Cell]], values: Mapping[str, Value]) -> Iterator[str]:
    """A sentence for each cell; one for all of a row that is kept without its amounts."""
    where = f"{row.raw.name} row {row.number}"
    if is_gone(row.raw.name, values) and not row.is_gone:
        was = ", ".join(f"{name} {_short(old)}" for name, old, _ in differ if old not in (None, ""))
        yield f"{where} was changed by hand and is not found any more: it is kept as Resolved; there stood {was}"
        return
    for name, old, now in differ:
        written = f"now {_short(now)}" if now not in (None, "") else "now blank"
        yield f"{where}, {name}: what was typed, {_short(old)}, is {written}"


def _decided(change: ReplaceRows, olds: Sequence[OldRow]) -> Iterator[str]:
    """A decision stays with its finding, though it was about another amount."""
    decided = [row for row in olds if text_of(row.cells.get("Disposition")) not in _OPEN and not row.is_gone]
    new = _by_key(change, decided)
    for row in decided:
        decision, values = text_of(row.cells.get("Disposition")), new.get(row.key)
        if values is None or values["Severity"] == "Resolved":
            continue
        before, now = text_of(row.cells.get("At Stake")), text_of(values["At Stake"])
        if before and now and before != now and row.number not in row.raw.altered:
            about = " · ".join(filter(None, (text_of(values["Customer"]), text_of(values["Product"]))))
            yield f"Exceptions: {_short(about)} is marked {decision} at {before} {values['Currency']}, now {now}: look again"


def _by_key(change: ReplaceRows, rows: Sequence[OldRow]) -> dict[tuple[str, ...], Mapping[str, Value]]:
    """The new rows with the keys of these old ones; the first of several."""
    if not rows:
        return {}
    wanted, places = {row.key for row in rows}, places_of(change)
    return {key: dict(zip(change.columns, change.rows[places[key][0]], strict=True)) for key in wanted & places.keys()}


def _read_back(value: Value, kind: Kind, date1904: bool) -> Cell:
    """As the cell will read: a percentage stands in it as a fraction."""
    cell = stored_cell(value, date1904=date1904)
    if kind is Kind.PERCENT and isinstance(cell, NumberText) and not isinstance(value, Formula):
        return PercentText(f"{percent(Decimal(cell)):f}")
    return cell


def _short(value: object) -> str:
    text = text_of(value)
    return f"'{text if len(text) <= _LONGEST else text[: _LONGEST - 1] + '…'}'"
