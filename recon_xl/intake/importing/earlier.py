"""What a file finds in the workbook: earlier sources of the same invoice or name, and rows that are there already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from recon_xl.core.errors import ConflictError
from recon_xl.intake.importing.desk import Desk
from recon_xl.intake.importing.overlap import overlapping
from recon_xl.intake.importing.register import SOURCES, Outcome, find_sources
from recon_xl.intake.importing.rows import FileRows

VENDOR_LINES = "Vendor Lines"
_LISTED = 20


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
    """What stands there already: rows of Sources and lines that would be replaced, and whether they are."""

    sources: list[int]
    lines: list[int]
    has_others: bool
    replaced: bool


def find_earlier(desk: Desk, outcome: Outcome, part: Part) -> Earlier:
    """The same invoice and currency of a vendor; of other tables the file of the same name.

    Sources of this very call are never replaced: both halves of a corrected invoice may come at once.
    """
    table = outcome.recognition.table
    sources, lines = desk.table(SOURCES), desk.table(table.name)
    of_line, ids = lines.column("Source"), sources.column("Source")
    by_invoice = table.name == VENDOR_LINES
    wanted = {"Invoice": part.invoice, "Currency": part.currency} if by_invoice else {"File": outcome.sheet.where}
    old = [place for place in find_sources(desk, table, wanted) if ids[place] not in desk.new_sources]
    if by_invoice:
        places = _invoice_places(desk, part)
        # Lines that were pasted by hand carry no source and are never deleted.
        own = [place for place in places if of_line[place] is not None and of_line[place] not in desk.new_sources]
    else:
        places = lines.places()
        named = {ids[place] for place in old}
        own = [place for place in places if of_line[place] in named]
    return Earlier(old, own, bool(places), desk.request.replace and bool(old or own))


def take_out(desk: Desk, outcome: Outcome, part: Part, earlier: Earlier) -> None:
    """Delete the lines of the replaced sources; of a vendor's file only those of this invoice."""
    lines = desk.table(outcome.recognition.table.name)
    of_line = lines.column("Source")
    names = ", ".join(sorted({str(of_line[place]) for place in earlier.lines})) or "none"
    lines.delete(earlier.lines)
    desk.messages.append(
        f"{outcome.sheet.where}: {part.title} replaces {len(earlier.lines)} rows (source {names}); others stay."
    )


def refuse_overlap(desk: Desk, outcome: Outcome, rows: FileRows, parts: Sequence[Part]) -> None:
    """`ConflictError` that lists every invoice, or the file, whose rows are there already."""
    lines = desk.table(rows.table.name)
    told = [_told(rows, part, twins) for part in parts if (twins := overlapping(lines, rows, part.places))]
    if not told:
        return
    more = f"; and {len(told) - _LISTED} more" if len(told) > _LISTED else ""
    same = "these invoices" if rows.table.name == VENDOR_LINES else "the file of the same name"
    raise ConflictError(
        where=outcome.sheet.where,
        found=f"rows that are in {rows.table.name} already: {'; '.join(told[:_LISTED])}{more}",
        expected="rows that are new, or the very same file again",
        todo=f"Use --replace to replace {same}, or leave the file out.",
    )


def _told(rows: FileRows, part: Part, twins: Sequence[int]) -> str:
    shown = ", ".join(str(rows.row_numbers[place]) for place in twins[:_LISTED])
    more = f" and {len(twins) - _LISTED} more" if len(twins) > _LISTED else ""
    return f"{len(twins)} of {len(part.places)} rows of {part.title} (rows {shown}{more})"


def _invoice_places(desk: Desk, part: Part) -> list[int]:
    lines = desk.table(VENDOR_LINES)
    invoices, currencies = lines.column("Invoice Number"), lines.column("Currency")
    return [place for place in lines.places() if invoices[place] == part.invoice and currencies[place] == part.currency]
