"""Tables with a key: new keys are added, equal ones left, different ones refused unless replacing was asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from recon_xl.core.cells import Value
from recon_xl.core.errors import ConflictError
from recon_xl.intake.filesheet import FileSheet
from recon_xl.intake.importing.desk import Desk
from recon_xl.intake.importing.register import SOURCES, Outcome, find_sources, new_source, register, source_row, sum_up
from recon_xl.intake.importing.rows import FileRows
from recon_xl.intake.importing.worktable import WorkTable
from recon_xl.intake.recognise import Recognition
from recon_xl.intake.texts import folded, plain_number

_LISTED = 20
Key = tuple[Value, ...]
Row = dict[str, Value]


@dataclass(slots=True)
class _Known:
    """The rows of a table by key, and the keys that this file has brought."""

    table: WorkTable
    places: dict[Key, int] = field(default_factory=dict)
    rows: dict[int, Row] = field(default_factory=dict)
    from_file: dict[Key, int] = field(default_factory=dict)


def upsert(desk: Desk, sheet: FileSheet, recognition: Recognition, rows: FileRows) -> Outcome:
    """Put the rows of a file into a table by its key; `ConflictError` lists every difference."""
    outcome = Outcome(sheet, recognition, "unchanged", len(rows))
    known = _known_rows(desk.table(rows.table.name))
    conflicts: list[str] = []
    changed: dict[int, Row] = {}
    for place in _readable(rows):
        key = folded([rows.value(place, name) for name in rows.table.key])
        row = {name: values[place] for name, values in rows.columns.items() if name in known.table.columns}
        if key not in known.places:
            _add(known, key, row, outcome)
        else:
            changes, refused = _differences(known.rows[known.places[key]], row, rows.table.key, desk.request.replace)
            twins = ""
            if key in known.from_file:  # two rows of one file contradict each other: no choice is right
                refused, changes = [*refused, *changes], {}
                twins = f" (rows {rows.row_numbers[known.from_file[key]]} and {rows.row_numbers[place]})"
            conflicts += _told(known, key, row, refused, twins)
            _note(known, key, changes, changed, outcome)
        known.from_file[key] = place
    _refuse(sheet, rows, conflicts)
    for target, changes in changed.items():
        known.table.change(target, changes)
    return _close(desk, outcome, rows)


def _known_rows(table: WorkTable) -> _Known:
    known = _Known(table)
    columns = {name: table.column(name) for name in table.columns}
    for place in table.places():
        row = {name: values[place] for name, values in columns.items()}
        key = folded([row.get(name) for name in table.table.key])
        if key not in known.places:
            known.places[key] = place
            known.rows[place] = row
    return known


def _readable(rows: FileRows) -> Iterator[int]:
    """Rows without an unreadable cell; the others are listed as problems and left out."""
    bad = {place for place, _ in rows.bad_cells}
    return (place for place in range(len(rows)) if place not in bad)


def _add(known: _Known, key: Key, row: Row, outcome: Outcome) -> None:
    place = known.table.add(row)
    known.places[key], known.rows[place] = place, dict(row)
    outcome.inserted += 1


def _differences(old: Row, new: Row, key: Sequence[str], replace: bool) -> tuple[Row, list[str]]:
    """What is written, and the columns whose other value is refused.

    A blank in the file erases nothing without replacing; a blank in the workbook may be filled.
    """
    changes: Row = {}
    refused: list[str] = []
    for name, value in new.items():
        before = old.get(name)
        if name in key or value == before or (value is None and not replace):
            continue
        if before is None or replace:
            changes[name] = value
        else:
            refused.append(name)
    return changes, refused


def _note(known: _Known, key: Key, changes: Row, changed: dict[int, Row], outcome: Outcome) -> None:
    if not changes:
        outcome.unchanged += 1
        return
    place = known.places[key]
    changed.setdefault(place, {}).update(changes)
    known.rows[place].update(changes)
    outcome.updated += 1


def _told(known: _Known, key: Key, row: Row, refused: Sequence[str], rows: str) -> list[str]:
    """Every refused value: key > column: old -> new."""
    title = " / ".join(_show(row.get(name)) for name in known.table.table.key if row.get(name) is not None)
    old = known.rows[known.places[key]]
    return [f"{title} > {name}: {_show(old.get(name))} -> {_show(row[name])}{rows}" for name in refused]


def _refuse(sheet: FileSheet, rows: FileRows, conflicts: Sequence[str]) -> None:
    if not conflicts:
        return
    more = f"; and {len(conflicts) - _LISTED} more" if len(conflicts) > _LISTED else ""
    raise ConflictError(
        where=sheet.where,
        found=f"other values for keys that are in {rows.table.name}: {'; '.join(conflicts[:_LISTED])}{more}",
        expected="new keys, or the values that are there",
        todo="Use --replace to take the file's values, or correct the file.",
    )


def _close(desk: Desk, outcome: Outcome, rows: FileRows) -> Outcome:
    """Status and registration: a file that changed nothing is registered too, so that it is known again."""
    left_out = len({place for place, _ in rows.bad_cells})
    if left_out:
        words = (
            "row with a cell that cannot be read was" if left_out == 1 else "rows with cells that cannot be read were"
        )
        desk.messages.append(f"{outcome.sheet.where}: {left_out} {words} not imported.")
    if outcome.updated:
        outcome.status = "updated"
    elif outcome.inserted:
        outcome.status = "added"
    found = sum_up(rows, range(len(rows)), invoice=None, period=None)
    earlier = find_sources(desk, rows.table, {"File": outcome.sheet.where})[:1]
    source = str(desk.table(SOURCES).value(earlier[0], "Source")) if earlier else new_source(desk)
    register(desk, source_row(desk, outcome.sheet, outcome.recognition, source, found), earlier)
    outcome.sources.append(source)
    outcome.invoices.append(found)
    return outcome


def _show(value: Value) -> str:
    if value is None:
        return "blank"
    if isinstance(value, Decimal):
        return plain_number(value)
    return value.isoformat() if isinstance(value, date | datetime) else str(value)
