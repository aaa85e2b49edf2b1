"""A user and the product take turns on one workbook: nothing of the user's is ever lost, and nothing stands twice."""

from __future__ import annotations

import importlib.util
import shutil
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from workbook.books import add_column, add_sheet, at, changed_parts, parts, sheet_parts
from workbook.calls import call
from workbook.small import BILLED, CUSTOMER, VENDOR, small_book, write_csv
from workbook.test_rerun import reconciled

from recon_xl.ooxml import lint
from rerun.acts import Open

CLIENTS = ("Contoso", "Fabrikam", "Northwind")
TAB = "Exceptions"
KEYED = {TAB: ("Key",), "Client Summary": ("Customer", "Currency"), "Margin": ("Customer", "Product", "Currency")}
OURS = {TAB: ("Title", "Why", "Customer"), "Client Summary": ("Status", "Customer"), "Margin": ("Product", "Check")}
COLOURS = ("FFFFFF00", "FFFF0000", "FF00B0F0")
HAS_UNDO = importlib.util.find_spec("recon_xl.commands.undo") is not None

Place = tuple[str, tuple[str, ...], str]
"""Tab, key of the row, header."""

rows = st.integers(0, 9)
tabs = st.sampled_from(list(KEYED))


@cache
def _first() -> Path:
    """Three clients, each billed too little by another amount, imported and run once."""
    folder = Path(tempfile.mkdtemp(prefix="recon-xl-machine-"))
    people = [
        {**CUSTOMER, "Customer": name, "Code": name[:3].upper(), "Vendor Customer Ids": f"t{n}"}
        for n, name in enumerate(CLIENTS)
    ]
    lines = [
        {**VENDOR, "CustomerId": f"t{n}", "CustomerName": name, "SubscriptionId": f"sub-{n}"}
        for n, name in enumerate(CLIENTS)
    ]
    book = small_book(
        folder, customers=people, recon=lines, billed=bill({name: n + 5 for n, name in enumerate(CLIENTS)})
    )
    reconciled(book, 0)
    return book


def bill(quantities: dict[str, int]) -> list[dict[str, str]]:
    """The bill that the PSA plans: so many seats for each client."""
    return [
        {**BILLED, "Customer": name, "Quantity": str(seats), "Amount": f"{seats * 12}.00"}
        for name, seats in quantities.items()
    ]


class Month(RuleBasedStateMachine):
    """The user's acts are done to the saved file; what they put where is remembered by key."""

    @initialize()
    def begin(self) -> None:
        """A month that was run once."""
        self.folder = Path(tempfile.mkdtemp(prefix="recon-xl-month-"))
        self.book = Path(shutil.copyfile(_first(), self.folder / "october.xlsx"))
        self.minute = 0
        self.seats = {name: n + 5 for n, name in enumerate(CLIENTS)}
        self.typed: dict[Place, str] = {}
        self.colours: dict[Place, str] = {}
        self.notes: dict[Place, str] = {}
        self.hidden: set[tuple[str, ...]] = set()
        self.filtered: tuple[str, ...] | None = None
        self.order: tuple[str, bool] | None = None
        self.columns: list[str] = []
        self.sheets: list[str] = []
        self.words: set[str] = set()
        self.typed_over: set[str] = set()
        self.turn = 0

    def teardown(self) -> None:
        """At the end of every month it is run once more; nothing is left behind."""
        if hasattr(self, "folder"):
            try:
                self.run(twice=False)
            finally:
                shutil.rmtree(self.folder, ignore_errors=True)

    # What the user types and paints.

    @rule(row=rows, verdict=st.sampled_from(["Accepted", "Timing", "Billing issue"]))
    def decide(self, row: int, verdict: str) -> None:
        """A disposition on a finding."""
        self._type(TAB, row, "Disposition", verdict)

    @rule(row=rows, column=st.sampled_from(["Note", "Owner"]))
    def note(self, row: int, column: str) -> None:
        """Words on a finding, which may look like a formula."""
        self.turn += 1
        self._type(TAB, row, column, f"={column} {self.turn}")

    @rule(tab=tabs, row=rows, column=rows, colour=st.sampled_from(COLOURS))
    def colour(self, tab: str, row: int, column: int, colour: str) -> None:
        """A colour on a cell of ours."""

        def act(excel: Open, place: Place, ref: str) -> None:
            excel.colour(tab, ref, colour)
            self.colours[place] = colour

        self._on(tab, row, OURS[tab][column % len(OURS[tab])], act)

    @rule(tab=tabs, row=rows, column=rows, thread=st.booleans())
    def comment(self, tab: str, row: int, column: int, thread: bool) -> None:
        """A note or a conversation on a cell of ours."""

        def act(excel: Open, place: Place, ref: str) -> None:
            if ref not in excel.notes(tab):
                self.turn += 1
                excel.comment(tab, ref, f"comment {self.turn}", thread=thread)
                self.notes[place] = f"comment {self.turn}"

        self._on(tab, row, OURS[tab][column % len(OURS[tab])], act)

    @rule(row=rows)
    def type_over(self, row: int) -> None:
        """Something typed over a cell of ours: the next run says so."""

        def act(excel: Open, place: Place, ref: str) -> None:
            self.turn += 1
            excel.type(TAB, ref, f"mine {self.turn}")
            self.typed_over = {text for text in self.typed_over if not text.endswith(str(place))}
            self.typed_over.add(f"mine {self.turn}@{place}")

        self._on(TAB, row, "Suggested Action", act)

    @precondition(lambda self: len(self.words) < 2)
    @rule(row=rows)
    def copy_a_row(self, row: int) -> None:
        """A finding copied below the table, with other words."""
        self.turn += 1
        with Open(self.book) as excel:
            found = excel.rows(TAB)
            new = excel.copy_row(TAB, int(found[row % len(found)]["#"]))
            text = f"copied {self.turn}"
            excel.type(TAB, f"{excel.column(TAB, 'Note')}{new}", text)
        self.words.add(text)

    @precondition(lambda self: len(self.columns) < 3)
    @rule(tab=tabs, place=rows)
    def add_column(self, tab: str, place: int) -> None:
        """A column of the user's, with a word in every row."""
        self.turn += 1
        header = f"Mine {self.turn}"
        found = Open(self.book).rows(tab)
        add_column(self.book, tab, header, [f"{header} {row['#']}" for row in found])
        for row in found:
            # Of a row and its copy the first is the one that the run made.
            self.typed.setdefault((tab, self._key(tab, row), header), f"{header} {row['#']}")
        self.columns.append(header)
        with Open(self.book) as excel:
            excel.move_column(tab, header, place % len(excel.columns(tab)))

    # What the user does to the look of things.

    @rule(tab=tabs, column=rows, place=rows)
    def move_column(self, tab: str, column: int, place: int) -> None:
        """A column of ours dragged elsewhere."""
        with Open(self.book) as excel:
            excel.move_column(tab, OURS[tab][column % len(OURS[tab])], place)

    @precondition(lambda self: self.filtered is None)
    @rule(descending=st.booleans(), column=st.sampled_from(["Customer", "Title", "Note"]))
    def sort(self, descending: bool, column: str) -> None:
        """The findings in another order."""
        with Open(self.book) as excel:
            excel.clear_filter(TAB)
            excel.sort(TAB, column, descending=descending)
        self.hidden.clear()
        self.order = (column, descending)

    @rule(shown=st.sets(st.sampled_from(CLIENTS), min_size=1, max_size=2))
    def filter(self, shown: set[str]) -> None:
        """Only some clients shown."""
        with Open(self.book) as excel:
            excel.clear_filter(TAB)
            excel.filter(TAB, "Customer", sorted(shown))
        self.hidden.clear()
        self.filtered = tuple(sorted(shown))

    @precondition(lambda self: self.filtered is None)
    @rule(row=rows)
    def hide(self, row: int) -> None:
        """A row hidden by hand."""

        def act(excel: Open, place: Place, ref: str) -> None:
            excel.hide(TAB, int("".join(filter(str.isdigit, ref))))
            self.hidden.add(place[1])

        self._on(TAB, row, "Title", act)

    @precondition(lambda self: len(self.sheets) < 2)
    @rule()
    def add_sheet(self) -> None:
        """A sheet of the user's that looks at a result."""
        self.turn += 1
        name = f"My sheet {self.turn}"
        add_sheet(self.book, name, f'<c r="A1"><f>SUM(Exceptions[At Stake])+{self.turn}</f><v>1</v></c>')
        self.sheets.append(name)

    @rule()
    def reopen(self) -> None:
        """Opened and saved by Excel: the same content in other bytes, texts in the shared part."""
        with Open(self.book) as excel:
            excel.saved_by_excel()

    # What the product does.

    @rule(client=st.sampled_from(CLIENTS), seats=st.integers(1, 11))
    def import_another_bill(self, client: str, seats: int) -> None:
        """The PSA bills another number of seats; ten are right."""
        self.seats[client] = seats
        file = write_csv(self.folder / "billed.csv", bill(self.seats))
        answer = call("import", self.book, file, "--replace")
        assert answer.code == 0, answer

    @rule(client=rows)
    def map_anew(self, client: int) -> None:
        """An alias of a customer, which changes no finding."""
        self.turn += 1
        with Open(self.book) as excel:
            excel.type("Customers", at("Customers", "Aliases", 6 + client % len(CLIENTS)), f"alias {self.turn}")

    @rule(twice=st.booleans())
    def run(self, twice: bool) -> None:
        """Reconcile: everything is where it was; the same again changes nothing but the stamp."""
        before = {name: parts(self.book)[sheet_parts(self.book)[name]] for name in self.sheets}
        told = " ".join(self._run()["warnings"])
        stands = {row["Suggested Action"] for row in Open(self.book).rows(TAB)}
        for text in (one.partition("@")[0] for one in self.typed_over):
            assert f"'{text}'" in told or text in stands, (text, told)
        self.typed_over.clear()
        assert before == {name: parts(self.book)[sheet_parts(self.book)[name]] for name in self.sheets}
        self.everything_is_there()
        if twice:
            old = Path(shutil.copyfile(self.book, self.folder / "old.xlsx"))
            self._run()
            sheets = sheet_parts(self.book)
            free = {sheets[name] for name in ("Run Log", "Start", "Layout")} | {"xl/workbook.xml"}
            tables = {part for part in changed_parts(old, self.book) - free if not part.startswith("xl/tables/")}
            assert tables == set(), {part: name for name, part in sheets.items() if part in tables} or tables

    @rule(client=st.sampled_from(CLIENTS), seats=st.integers(8, 11))
    def run_another_bill(self, client: str, seats: int) -> None:
        """A finding goes, or comes back, and the month is run."""
        self.import_another_bill(client, seats)
        self.run(twice=False)

    @precondition(lambda self: HAS_UNDO)
    @rule()
    def undo_and_redo(self) -> None:
        """A run undone, where nothing was touched since, gives the rows before it; done again, those after it."""
        before = self._results()
        ran = call("run", self.book)  # by the command, which journals it
        assert ran.code < 2, ran
        self.typed_over.clear()  # told by this run
        after = self._results()
        for word, expected in (("undo", before), ("redo", after)):
            answer = call(word, self.book)
            assert answer.code == 0, answer
            assert expected == self._results()

    @invariant()
    def is_valid(self) -> None:
        """Our linter finds nothing, whoever wrote last."""
        if hasattr(self, "book"):
            assert lint(self.book) == []

    # What must hold.

    def everything_is_there(self) -> None:
        """Each word, colour and comment stands on the row of its key; keys are unique; order and filter are the user's."""
        excel = Open(self.book)
        found = {tab: excel.rows(tab) for tab in KEYED}
        keys = [row["Key"] for row in found[TAB] if row["Key"]]
        assert len(keys) == len(set(keys)), keys
        for (tab, key, header), text in self.typed.items():
            assert text in {row[header] for row in self._rows_of(tab, key, found[tab])}, (tab, key, header)
        for (tab, key, header), colour in self.colours.items():
            places = [f"{excel.column(tab, header)}{row['#']}" for row in self._rows_of(tab, key, found[tab])]
            assert colour in {excel.fill(tab, ref) for ref in places}, (tab, key, header)
        for (tab, key, header), text in self.notes.items():
            places = [f"{excel.column(tab, header)}{row['#']}" for row in self._rows_of(tab, key, found[tab])]
            assert text in {excel.notes(tab).get(ref) for ref in places}, (tab, key, header)
        assert self.words <= {row["Note"] for row in found[TAB]}
        self._looks_as_wanted(found[TAB])

    def _looks_as_wanted(self, found: list[dict[str, str]]) -> None:
        if self.filtered is not None:
            shown = [row["Customer"] for row in found if row["#hidden"] == "0"]
            hidden = [row["Customer"] for row in found if row["#hidden"] != "0"]
            assert set(shown) <= set(self.filtered)
            assert not set(hidden) & set(self.filtered)
        else:
            self.hidden &= {
                (row["Key"],) for row in found
            }  # with its finding a row goes on which there is nothing else
            assert self.hidden == {(row["Key"],) for row in found if row["#hidden"] != "0"}
        if self.order is not None:
            column, descending = self.order
            texts = [row[column].casefold() for row in found if row[column]]
            assert texts == sorted(texts, reverse=descending)
            assert [bool(row[column]) for row in found] == sorted((bool(row[column]) for row in found), reverse=True)

    def _run(self) -> dict[str, object]:
        self.minute += 1
        return reconciled(self.book, self.minute)

    def _results(self) -> dict[str, list[dict[str, str]]]:
        excel = Open(self.book)
        return {tab: excel.rows(tab) for tab in KEYED}

    def _type(self, tab: str, row: int, header: str, text: str) -> None:
        def act(excel: Open, place: Place, ref: str) -> None:
            if excel.shown(tab, ref) in self.words:
                return
            excel.type(tab, ref, text)
            self.typed[place] = text

        self._on(tab, row, header, act)

    def _on(self, tab: str, row: int, header: str, act: Callable[[Open, Place, str], None]) -> None:
        """Do something to one of the cells under a header; copies of rows, which have no key of their own yet, are left alone."""
        with Open(self.book) as excel:
            found = excel.rows(tab)
            one = found[row % len(found)]
            key = self._key(tab, one)
            first = next(other for other in found if self._key(tab, other) == key)
            if any(key) and first is one:
                act(excel, (tab, key, header), f"{excel.column(tab, header)}{one['#']}")

    def _rows_of(self, tab: str, key: tuple[str, ...], found: list[dict[str, str]]) -> list[dict[str, str]]:
        """The row of a key, and what was its copy: once the user has sorted them, nobody can tell which is which."""
        return [row for row in found if self._key(tab, row) == key or row[KEYED[tab][0]].startswith(f"{key[0]} (copy")]

    @staticmethod
    def _key(tab: str, row: dict[str, str]) -> tuple[str, ...]:
        return tuple(row[name] for name in KEYED[tab])
