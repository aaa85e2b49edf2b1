"""What a file finds in the workbook: earlier sources of the same content, invoice or name, and rows that are there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from recon_xl.core.cells import Value
from recon_xl.intake.importing.desk import Desk
from recon_xl.intake.importing.overlap import restated
from recon_xl.intake.importing.register import SOURCES, Outcome, find_sources
from recon_xl.intake.importing.rows import FileRows
from recon_xl.intake.importing.worktable import WorkTable

VENDOR_LINES = "Vendor Lines"


@dataclass(frozen=True, slots=True)
class Part:
    """The rows of a file that become one source."""

    invoice: str | None
    currency: str | None
    places: list[int]

    @property
    def title(self) -> str:
        """`invoice G1 USD`, or `the file`."""
        return f"invoice {self.invoice} {self.currency or ''}".rstrip() if self.invoice else "the file"


@dataclass(frozen=True, slots=True)
class Earlier:
    """What stands there already, by place: rows of Sources and lines that would be replaced, and whether they are.

    `there` are all lines that the part stands beside: those of its invoice, or of its table.
    `same` tells for a row of the file which lines are the same charge, bill or count.
    `again` is the source that this very file had before.
    """

    sources: list[int]
    lines: list[int]
    there: list[int]
    replaced: bool
    same: dict[int, list[int]] = field(default_factory=dict)
    again: str | None = None


def find_earlier(desk: Desk, outcome: Outcome, rows: FileRows, part: Part, known: Sequence[int]) -> Earlier:
    """What `--replace` exchanges: the file's own source, sources with the same lines, the invoice or the name.

    `known` are the rows of Sources that hold this very file. Sources of this call are never
    replaced: both halves of a corrected invoice may come at once.
    """
    lines, ids = desk.table(rows.table.name), desk.table(SOURCES).column("Source")
    of_line = lines.column("Source")
    there = _lines_of(lines, part) if rows.table.name == VENDOR_LINES else lines.places()
    again = next((place for place in known if _holds(desk, rows, part, place)), None)
    own = set() if again is None else {ids[again]}
    beside = _other_sheets(desk, outcome) - own
    near = [place for place in there if of_line[place] not in beside]
    same = restated(lines, near, rows, part.places, desk.settings.period)
    targets = own | {of_line[place] for places in same.values() for place in places}
    targets |= _of_the_name(desk, outcome, rows)
    targets -= {None, *desk.new_sources}
    if not targets and rows.table.name == VENDOR_LINES:
        targets = {of_line[place] for place in there} - {None, *desk.new_sources}
    sources = [place for place in find_sources(desk, rows.table, _stated(rows, part)) if ids[place] in targets]
    sources.sort(key=lambda place: place != again)
    gone = [place for place in there if of_line[place] in targets]
    replaced = desk.request.replace and bool(sources or gone)
    return Earlier(sources, gone, there, replaced, same, None if again is None else str(ids[again]))


def leftovers(desk: Desk, rows: FileRows, parts: Sequence[Part], known: Sequence[int]) -> list[int]:
    """Rows of Sources of this very file whose invoice or currency it does not hold, read as it is read now."""
    return [place for place in known if not any(_holds(desk, rows, part, place) for part in parts)]


def _stated(rows: FileRows, part: Part) -> Mapping[str, Value]:
    return {"Invoice": part.invoice, "Currency": part.currency} if rows.table.name == VENDOR_LINES else {}


def _holds(desk: Desk, rows: FileRows, part: Part, place: int) -> bool:
    """True where a row of Sources is the source of this part."""
    sources = desk.table(SOURCES)
    return all(sources.value(place, name) == value for name, value in _stated(rows, part).items())


def _of_the_name(desk: Desk, outcome: Outcome, rows: FileRows) -> set[Value]:
    """Sources of the file of the same name; a vendor's file is known by its invoices instead."""
    if rows.table.name == VENDOR_LINES:
        return set()
    ids = desk.table(SOURCES).column("Source")
    return {ids[place] for place in find_sources(desk, rows.table, {"File": outcome.sheet.where})}


def _other_sheets(desk: Desk, outcome: Outcome) -> set[Value]:
    """Sources of the same workbook file: its sheets may well bill or count the same things."""
    ids = desk.table(SOURCES).column("Source")
    return {ids[place] for place in find_sources(desk, outcome.recognition.table, {"Hash": outcome.sheet.digest})}


def _lines_of(lines: WorkTable, part: Part) -> list[int]:
    invoices, currencies = lines.column("Invoice Number"), lines.column("Currency")
    return [place for place in lines.places() if invoices[place] == part.invoice and currencies[place] == part.currency]
