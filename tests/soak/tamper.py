"""Single cells altered at random: every change of a log entry, a result or a draft is found, and none of yours is reported."""

from __future__ import annotations

import random
import shutil
import tempfile
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from workbook.books import type_cells
from workbook.calls import CLEAN, FINDINGS, call
from workbook.small import BILLED, CUSTOMER, VENDOR, small_book

from recon_xl.contract import ALL_TABLES, Group, Owner
from recon_xl.core.cells import Cell, Formula, NumberText
from recon_xl.core.snapshot import RawTable, Snapshot
from recon_xl.hosts.file import FileHost
from recon_xl.journal.look import Grid, Held, TableState
from recon_xl.journal.tabs import LETTERS
from recon_xl.journal.verifying import alterations
from recon_xl.ooxml.address import COLUMN_LETTERS, cell_ref

TITLE = "Single cells altered: all found, and nothing that is yours is reported"
EDITS = 10_000
_GOVERNED = tuple(one for one in ALL_TABLES if one.group in (Group.RESULT, Group.DRAFT))


@dataclass
class Memory:
    """A workbook in memory, in which one cell may be another one."""

    snapshot: Snapshot
    tables: dict[str, TableState]
    tabs: dict[str, dict[tuple[int, int], Held]]
    changed_table: tuple[str, TableState] | None = None
    changed_tab: tuple[str, dict[tuple[int, int], Held]] | None = None
    drafts: Collection[str] = field(default_factory=tuple)

    def table(self, name: str) -> TableState | None:
        """As it stands, with the altered cell."""
        if self.changed_table is not None and self.changed_table[0] == name:
            return self.changed_table[1]
        return self.tables.get(name)

    def cells(self, sheet: str, addresses: Collection[str]) -> Mapping[str, Held]:
        """Verify asks for none."""
        raise AssertionError(sheet, addresses)

    def tab(self, name: str) -> Grid | None:
        """As it stands, with the altered cell."""
        if self.changed_tab is not None and self.changed_tab[0] == name:
            return self.changed_tab[1]
        return self.tabs.get(name)


def soak(seed: int, scale: float) -> Mapping[str, object]:
    """The whole: 10,000 edits, one in a hundred of them in a file; figures by kind."""
    luck = random.Random(seed)  # noqa: S311 - a soak is repeated from its seed
    edits = max(40, round(EDITS * scale))
    with tempfile.TemporaryDirectory(prefix="recon-xl-tamper-") as folder:
        book = _ran(Path(folder))
        held = _held(book)
        assert alterations(held.snapshot, held)[1] == []
        found = {"governed": 0, "log": 0, "free": 0}
        for number in range(edits):
            kind = ("governed", "log", "free")[number % 3 if number % 5 else 0]
            found[kind] += 1
            told = _altered(held, kind, luck)
            assert bool(told[1]) == (kind != "free"), told
        files = max(2, edits // 100)
        for _ in range(files):
            _in_the_file(book, luck)
    return {"edits in memory": edits, **found, "edits in a file": files, "missed": 0, "reported in vain": 0}


def _ran(folder: Path) -> Path:
    """Three clients, two of them with a gap; run twice, the second time with other figures."""
    names = ("Contoso", "Fabrikam", "Northwind")
    book = small_book(
        folder,
        customers=[{**CUSTOMER, "Customer": name, "Code": name[:3], "Vendor Customer Ids": f"{n}f0e"} for n, name in enumerate(names)],
        recon=[{**VENDOR, "CustomerId": f"{n}f0e", "CustomerName": name, "SubscriptionId": f"sub-{n}"} for n, name in enumerate(names)],
        billed=[{**BILLED, "Customer": name, "Quantity": str(7 + n), "Amount": str(84 + 12 * n)} for n, name in enumerate(names)],
    )  # fmt: skip
    assert call("run", book).code == FINDINGS
    type_cells(book, "Settings", {"B6": "Tailspin"})
    assert call("run", book).code == FINDINGS
    return book


def _held(book: Path) -> Memory:
    host = FileHost(book)
    snapshot = host.read()
    with host.look() as look:
        tables = {one.name: state for one in ALL_TABLES if (state := look.table(one.name)) is not None}
        tabs = {name: dict(grid) for name in snapshot.draft_tabs if (grid := look.tab(name)) is not None}
    return Memory(snapshot, tables, tabs)


def _altered(held: Memory, kind: str, luck: random.Random) -> tuple[str, list[str]]:
    """One cell altered: where, and what was found."""
    if kind == "log":
        raw, where = _log_edit(held.snapshot.tables["Journal"], luck)
        snapshot = replace(held.snapshot, tables={**held.snapshot.tables, "Journal": raw})
        return where, [one.words() for one in alterations(snapshot, held)[1]]
    if kind == "governed" and luck.random() < 0.2:
        held.changed_tab, where = _tab_edit(held, luck)
    else:
        held.changed_table, where = _table_edit(held, kind, luck)
    found = [one.words() for one in alterations(held.snapshot, held)[1]]
    held.changed_table = held.changed_tab = None
    return where, found


def _log_edit(raw: RawTable, luck: random.Random) -> tuple[RawTable, str]:
    place = luck.randrange(len(raw.rows))
    number, cells = raw.rows[place]
    column = luck.randrange(len(cells))
    row = [*cells[:column], _other(cells[column], luck, texts=True), *cells[column + 1 :]]
    rows = (*raw.rows[:place], (number, row), *raw.rows[place + 1 :])
    return replace(raw, rows=rows), f"Journal > row {number} > {raw.columns[column]}"


def _table_edit(held: Memory, kind: str, luck: random.Random) -> tuple[tuple[str, TableState], str]:
    """A cell of a run's column, or one of the user's: of an input table, or beside the results."""
    tables = [one for one in (_GOVERNED if kind == "governed" else ALL_TABLES) if held.tables[one.name].rows]
    declared = luck.choice(tables)
    if kind == "free" and declared in _GOVERNED:
        declared = next(one for one in _GOVERNED if one.name == "Exceptions")
    state = held.tables[declared.name]
    is_result = declared in _GOVERNED
    columns = [
        place for place, name in enumerate(state.columns)
        if not is_result or (declared.column(name).owner is Owner.USER) == (kind == "free")
    ]  # fmt: skip
    place, column = luck.randrange(len(state.rows)), luck.choice(columns)
    number, cells = state.rows[place]
    row: Sequence[Held] = [*cells[:column], _other(cells[column], luck), *cells[column + 1 :]]
    rows = [*state.rows[:place], (number, row), *state.rows[place + 1 :]]
    return (declared.name, replace(state, rows=rows)), f"{declared.name} > row {number} > {state.columns[column]}"


def _tab_edit(held: Memory, luck: random.Random) -> tuple[tuple[str, dict[tuple[int, int], Held]], str]:
    """A cell of a draft's lines, the blank ones among them too."""
    name = luck.choice(sorted(held.tabs))
    grid = held.tabs[name]
    last = max(row for row, _ in grid)
    place = luck.randint(15, last), luck.randint(1, len(LETTERS))
    changed = {**grid, place: _other(grid.get(place), luck)}
    return (name, {at: cell for at, cell in changed.items() if cell is not None}), f"{name} > {cell_ref(*place)}"


def _other(held: Held, luck: random.Random, *, texts: bool = False) -> Cell:
    """Another cell: a digit or a letter more or less, a blank, the same digits as text, a constant for a formula."""
    if isinstance(held, Formula):
        shown = held.cached
        return (
            NumberText(str(shown)) if luck.random() < 0.5 and not isinstance(shown, str | None) else str(shown or "x")
        )
    if held is None or isinstance(held, bool):
        return luck.choice(["x", "0"]) if texts else luck.choice(["x", NumberText("0.01"), held is not True])
    if isinstance(held, NumberText):
        return luck.choice([NumberText(f"{float(held) + luck.choice([0.01, -1, 1000]):.15g}"), str(held), None, "x"])
    place = luck.randrange(len(held)) if held else 0
    swapped = held[:place] + ("A" if held[place : place + 1] != "A" else "B") + held[place + 1 :]
    return luck.choice([swapped, held + "0", held[:-1] or None])


def _in_the_file(book: Path, luck: random.Random) -> None:
    """A cell typed over in a saved workbook, and the command line asked."""
    copy = Path(shutil.copyfile(book, book.with_name("altered.xlsx")))
    assert call("verify", copy).code == CLEAN
    declared = luck.choice(
        [one for one in _GOVERNED if one.name in ("Exceptions", "Tie-out", "Drafts", "Draft Lines", "Run Log")]
    )
    columns = [place for place, one in enumerate(declared.columns, 1) if one.owner is not Owner.USER]
    column = luck.choice(columns)
    type_cells(copy, declared.sheet, {f"{COLUMN_LETTERS[column]}6": "altered by hand"})
    told = call("verify", copy, "--json")
    assert (FINDINGS, f"{declared.sheet} > row 6 > {declared.columns[column - 1].name}") == (
        told.code,
        told.json["first"]["place"],
    )
    copy.unlink()
