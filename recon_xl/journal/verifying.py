"""Whether the log, the cells that recon-xl wrote and the drafts are as they were written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from recon_xl.contract import EVERY_TABLE
from recon_xl.contract import table as contract_table
from recon_xl.core.errors import ContractError
from recon_xl.core.snapshot import Snapshot
from recon_xl.journal.entries import MARKS, NAME, Entry, Journal
from recon_xl.journal.kept import aligned, columns_of
from recon_xl.journal.look import Look
from recon_xl.journal.marks import Marks
from recon_xl.journal.record import latest
from recon_xl.journal.touched import changed_tabs, rows_changed
from recon_xl.journal.truth import TABLES, TABS, must
from recon_xl.journal.undoing import called


@dataclass(frozen=True, slots=True)
class Alteration:
    """Something that is not as it was written: a log entry, a cell of a result table, or a draft."""

    kind: str
    place: str

    def words(self) -> str:
        """For a reader."""
        return f"{self.kind}: {self.place}"


def alterations(snapshot: Snapshot, look: Look) -> tuple[Journal, list[Alteration]]:
    """Everything that was altered: the log first, then tables in the order of their tabs, then draft tabs.

    ContractError where the workbook has no journal to compare with.
    """
    raw = snapshot.tables.get(NAME)
    if raw is None or not raw.rows:
        raise ContractError(
            where=snapshot.book, found="no entry in a journal", expected="a workbook whose steps were journaled",
            todo="Run it once; a workbook of an earlier version takes the journal from: recon-xl upgrade",
        )  # fmt: skip
    journal = Journal.of(raw)
    found = [Alteration("log entry", place) for place in log_alterations(journal)]
    found += [Alteration(kind, place) for kind, place in _governed(snapshot, look, journal)]
    return journal, found


def log_alterations(journal: Journal) -> list[str]:
    """The places of the log that are not as they were written, the first one first."""
    return list(_log(journal))


def _log(journal: Journal) -> Iterator[str]:
    """Each entry must be the next one, carry the hash before, and its own; its data must be as its hash says."""
    before = ""
    for number, entry in enumerate(journal.entries, 1):
        if entry.id != f"J{number:05}":
            yield f"J{number:05} is missing (Journal > row {entry.row} holds {entry.id or 'no number'})"
            break
        if entry.before != before or entry.hash != entry.digest():
            yield f"Journal > row {entry.row}: {called(entry)}"
        before = entry.hash
    known = {entry.id: entry for entry in journal.entries}
    for (name, part), rows in journal.rows.items():
        if name not in known or not _is_whole(journal, known[name], part):
            yield f"Journal > row {min(rows)}: data of {name} ({part.casefold()})"
    for row in journal.stray:
        yield f"Journal > row {row}: a row that recon-xl did not write"


def _is_whole(journal: Journal, entry: Entry, part: str) -> bool:
    try:
        return journal.content(entry, part) is not None
    except ValueError:
        return False


def _governed(snapshot: Snapshot, look: Look, journal: Journal) -> Iterator[tuple[str, str]]:
    """Tables and tabs against the marks of the step that wrote them last."""
    by_entry: dict[str, list[str]] = {}
    entries = {entry.id: entry for entry in journal.entries}
    for name, entry in latest(journal).items():
        by_entry.setdefault(entry.id, []).append(name)
    marks = {name: _marks(journal, entries[id_]) for id_, names in by_entry.items() for name in names}
    for declared in EVERY_TABLE:
        if declared.name not in marks:
            continue
        packed = must(marks[declared.name] or {}, TABLES).get(declared.name)
        if packed is None:
            yield "log entry", f"the marks of {declared.name} are missing"
            continue
        for place in _table(look, declared.name, Marks.unpacked(packed), snapshot.date1904):
            yield ("draft" if declared.name in ("Drafts", "Draft Lines") else "cell"), place
    for place in changed_tabs(look, must(marks.get("") or {}, TABS)):
        yield "draft", place


def _marks(journal: Journal, entry: Entry) -> dict[str, dict[str, object]] | None:
    try:
        found: dict[str, dict[str, object]] | None = journal.content(entry, MARKS)
    except ValueError:
        return None
    return found


def _table(look: Look, name: str, marks: Marks, date1904: bool) -> list[str]:
    declared, state = contract_table(name), look.table(name)
    if state is None:
        return [f"{name} > the table is not there any more"]
    lost = [column for column in marks.columns if column not in state.columns]
    if lost:
        return [f"{state.sheet} > the column {column} is not there any more" for column in lost]
    now = columns_of(declared, marks.columns, aligned(state, marks.columns), date1904)
    return rows_changed(declared, state, marks, now)
