"""What every host promises, told once and run on all four: in memory, a file, and Excel by two ways."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from workbook.books import add_column, at, edit_part, sheet_parts, type_cells, type_setting
from workbook.calls import CLEAN, call
from workbook.small import BILLED, CUSTOMER, PERIOD, small_book, write_csv, write_files

from hosts.worlds import LIVE, WAYS, opened
from recon_xl.commands.import_files import import_files
from recon_xl.commands.model import Clock
from recon_xl.commands.reading import READS, WRITES, input_digest, read_inputs
from recon_xl.commands.reconcile import run
from recon_xl.contract import EVERY_TABLE, table
from recon_xl.core.cells import ErrorText, Formula, NumberText, PercentText
from recon_xl.core.changeset import ChangeSet, DraftTab, EditRows, RemoveTab, ReplaceRows
from recon_xl.core.errors import ReconError, WorkbookError
from recon_xl.report.json_report import result_json

EVERY = tuple(one.name for one in EVERY_TABLE)
CLOCK = Clock(datetime(2026, 11, 3, 9, 1), "tester", lambda: 0.0)  # noqa: DTZ001 - UTC without saying so
GAPS = table("Mapping Gaps")


@pytest.fixture(params=WAYS)
def way(request: pytest.FixtureRequest) -> str:
    """Each host in turn."""
    return str(request.param)


@pytest.fixture
def month(tmp_path: Path) -> Path:
    """The small month: 120.00 expected, 96.00 billed."""
    return small_book(tmp_path)


@pytest.fixture
def world(way: str, month: Path) -> Iterator[Any]:
    """The small month behind each host."""
    with opened(way, month) as one:
        yield one


def gap_rows(*kinds: str) -> ReplaceRows:
    """Rows for Mapping Gaps, as a run writes them: the first column is told apart, the money is a formula."""
    columns = GAPS.column_names
    rows = [[kind if place == 0 else None for place in range(len(columns))] for kind in kinds]
    return ReplaceRows(GAPS.name, columns, rows)


def reconcile(world: Any) -> dict[str, Any]:
    """A whole run, as the button does it."""
    host = world.host()
    snapshot = host.read(READS, WRITES)
    outcome = run(snapshot, CLOCK)
    host.apply(outcome.changeset, snapshot)
    return result_json(outcome.result)


def test_a_table_is_read_as_it_stands(world: Any) -> None:
    """Text stays text, numbers are numbers, percentages are marked, blanks are blank, rows know their number."""
    snapshot = world.host().read(EVERY)
    raw = snapshot.tables["Products"]
    [(row, cells)] = raw.rows
    found = dict(zip(raw.columns, cells, strict=True))
    assert (6, "0001", None) == (row, found["Sku Id"], found["Item Code"])
    assert type(found["Sku Id"]) is str
    billed = snapshot.tables["Billed Lines"]
    amount = billed.rows[0][1][billed.columns.index("Amount")]
    assert (NumberText, Decimal(96)) == (type(amount), Decimal(str(amount)))
    rules = snapshot.tables["Price Rules"]
    markup = rules.rows[0][1][rules.columns.index("Markup")]
    assert (PercentText, Decimal("0.2")) == (type(markup), Decimal(str(markup)))


def test_every_host_reads_the_same_month(way: str, month: Path) -> None:
    """The same inputs, to the last cell: one digest."""
    with opened("file", month) as file, opened(way, month) as one:
        expected, actual = (world.host().read(EVERY) for world in (file, one))
    assert input_digest(expected) == input_digest(actual)
    assert [raw.columns for raw in expected.tables.values()] == [raw.columns for raw in actual.tables.values()]
    assert read_inputs(expected).tables.keys() == read_inputs(actual).tables.keys()


@pytest.mark.parametrize("error", ["#N/A", "#DIV/0!", "#REF!"])
def test_an_error_is_never_a_blank(way: str, month: Path, error: str) -> None:
    """A billed amount of #N/A is an error to every host."""
    type_cells(month, "Billed Lines", {at("Billed Lines", "Amount"): Formula(error, error)})
    _as_error(month, error)
    with opened(way, month) as world:
        raw = world.host().read(EVERY).tables["Billed Lines"]
    amount = raw.rows[0][1][raw.columns.index("Amount")]
    assert (ErrorText, error) == (type(amount), str(amount))


def _as_error(month: Path, error: str) -> None:
    part = sheet_parts(month)["Billed Lines"]
    edit_part(month, part, lambda text: text.replace(f't="str"><f>{error}</f>', f't="e"><f>{error}</f>'))


def test_a_result_table_grows_and_shrinks(world: Any) -> None:
    """Five rows, then two, then none; nothing is left over."""
    for kinds in (("a", "b", "c", "d", "e"), ("a", "x"), ()):
        host = world.host()
        snapshot = host.read((), (GAPS.name,))
        host.apply(ChangeSet((gap_rows(*kinds),)), snapshot)
        assert list(kinds) == [row[GAPS.column_names[0]] for row in world.records(GAPS.name)]


def test_text_that_acts_is_text(way: str, world: Any) -> None:
    """A client may be called anything: it is neither a formula, a number, a date nor a boolean."""
    names = [
        "=1+1",
        "0010",
        "2026-10",
        "1-2",
        "TRUE",
        "+41 22",
        "-5",
        "@SUM(A1)",
        "'quoted",
        "1e5",
        "May 5",
        "12 %",
    ]
    host = world.host()
    snapshot = host.read((), (GAPS.name,))
    host.apply(ChangeSet((gap_rows(*names),)), snapshot)
    again = world.host().read((GAPS.name,)).tables[GAPS.name]
    found = [cells[0] for _, cells in again.rows]
    assert names == found
    assert {str} == {type(cell) for cell in found}


def test_rows_are_appended_changed_and_deleted(world: Any) -> None:
    """A second and a third client come, the first gets another code, and goes."""
    code = table("Customers").column_names.index("Code")
    names = ("Customer", "Code")
    for change, expected in (
        (EditRows("Customers", names, [["Fabrikam", "0020"], ["Tailspin", "T"]]), ["CON", "0020", "T"]),
        (EditRows("Customers", update={6: {"Code": "007"}, 8: {"Code": "T2"}}), ["007", "0020", "T2"]),
        (EditRows("Customers", names, [["Wingtip", "W"]], delete=frozenset({6, 7})), ["T2", "W"]),
        (EditRows("Customers", delete=frozenset({6, 7})), []),
        (EditRows("Customers", names, [["Contoso", "CON"]]), ["CON"]),
    ):
        host = world.host()
        snapshot = host.read(("Customers",))
        rows = dict(snapshot.tables["Customers"].rows)
        assert change.delete <= rows.keys()
        host.apply(ChangeSet((change,)), snapshot)
        after = world.host().read(("Customers",)).tables["Customers"]
        assert expected == [cells[code] for _, cells in after.rows]


def test_a_run_is_the_same_on_every_host(way: str, month: Path) -> None:
    """Findings, drafts, controls and totals to the cent."""
    with opened("file", Path(month)) as file:
        snapshot = file.host().read(READS, WRITES)
        expected = result_json(run(snapshot, CLOCK).result)
    with opened(way, month) as world:
        assert expected == reconcile(world)
        assert ["Billed too little"] == [row["Title"] for row in world.records("Exceptions")]
        assert "Draft Contoso" in world.tabs()


def test_a_second_run_finds_its_own_tabs(world: Any) -> None:
    """The draft tab is drawn once, not beside the first."""
    first, second = reconcile(world), reconcile(world)
    assert first["findings"] == second["findings"]
    assert 1 == sum(1 for name in world.tabs() if name.startswith("Draft Con"))


def test_the_users_columns_go_with_their_row(way: str, month: Path) -> None:
    """A verdict stays with its finding when another one comes before it."""
    with opened("file", month) as first:
        reconcile(first)
    add_column(month, "Exceptions", "My view", ["seen"])
    type_cells(month, "Exceptions", {at("Exceptions", "Disposition"): "Timing", at("Exceptions", "Note"): "0042"})
    with opened(way, month) as world:
        host = world.host()
        snapshot = host.read(READS, WRITES)
        outcome = run(snapshot, CLOCK)
        [change] = [
            one for one in outcome.changeset.changes if isinstance(one, ReplaceRows) and one.table == "Exceptions"
        ]
        new = [["other" if name == "Key" else None for name in change.columns], *change.rows]
        host.apply(ChangeSet((ReplaceRows("Exceptions", change.columns, new, "Key"),)), snapshot)
        other, mine = world.records("Exceptions")
    assert ("other", None) == (other["Key"], other.get("My view"))
    assert ("seen", "Timing", "0042") == (mine["My view"], mine["Disposition"], mine["Note"])


@pytest.mark.parametrize("way", ["file", "engine"])
def test_a_row_with_words_stays_in_any_result(way: str, month: Path) -> None:
    """A client who is called otherwise leaves a row on Client Summary for the words on it, without money."""
    with opened("file", month) as first:
        reconcile(first)
    add_column(month, "Client Summary", "My view", ["seen"])
    type_cells(
        month, "Customers", {at("Customers", "Customer"): "Contoso Europe", at("Customers", "Aliases"): "Contoso"}
    )
    with opened(way, month) as world:
        reconcile(world)
        new, kept = world.records("Client Summary")
    assert ("Contoso Europe", None) == (new["Customer"], new.get("My view"))
    assert {"Customer": "Contoso", "Currency": "USD", "Status": "Resolved", "My view": "seen"} == kept


def test_a_draft_that_is_none_any_more_goes(world: Any) -> None:
    """Its tab is removed; a later one of the same name is drawn anew."""
    reconcile(world)
    host = world.host()
    snapshot = host.read(READS, WRITES)
    assert ("Draft Contoso",) == snapshot.draft_tabs
    emptied = ReplaceRows("Drafts", table("Drafts").column_names, [])
    host.apply(ChangeSet((emptied, RemoveTab("Draft Contoso"))), snapshot)
    assert "Draft Contoso" not in world.tabs()
    reconcile(world)
    assert "Draft Contoso" in world.tabs()


def test_an_import_is_the_same_on_every_host(way: str, month: Path, tmp_path: Path) -> None:
    """New rows follow the old ones; a row that is there already is not doubled."""
    more = [
        write_csv(tmp_path / "more.csv", [CUSTOMER, {**CUSTOMER, "Customer": "Fabrikam", "Code": "0020", "Vendor Customer Ids": "2f"}]),
        write_csv(tmp_path / "billed2.csv", [{**BILLED, "Customer": "Fabrikam", "Amount": "12.50", "Unit Price": "1.5625"}]),
    ]  # fmt: skip
    with opened(way, month) as world:
        host = world.host()
        snapshot = host.read(EVERY)
        host.apply(import_files(snapshot, more, now=CLOCK.now).changeset, snapshot)
        again = world.host().read(EVERY)
    customers, billed = again.tables["Customers"], again.tables["Billed Lines"]
    assert ["CON", "0020"] == [cells[customers.columns.index("Code")] for _, cells in customers.rows]
    amounts = [cells[billed.columns.index("Amount")] for _, cells in billed.rows]
    assert [Decimal(96), Decimal("12.5")] == [Decimal(str(amount)) for amount in amounts]


def test_a_change_that_does_not_fit_changes_nothing(world: Any) -> None:
    """The second of two changes names a column that is not there: the first is not written either."""
    host = world.host()
    snapshot = host.read((), (GAPS.name, "Margin"))
    wrong = ReplaceRows("Margin", ("Customer", "No such column"), [["x", 1]])
    with pytest.raises((ReconError, KeyError)):
        host.apply(ChangeSet((gap_rows("a"), wrong)), snapshot)
    assert [] == world.records(GAPS.name)


def test_a_1904_workbook_counts_its_days_from_1904(way: str, tmp_path: Path) -> None:
    """The same dates four years apart in numbers, the same month."""
    book = tmp_path / "mac.xlsx"
    assert CLEAN == call("new", book, "--period", PERIOD).code
    edit_part(book, "xl/workbook.xml", lambda text: text.replace("<workbookPr", '<workbookPr date1904="1"', 1))
    assert CLEAN == call("import", book, *write_files(tmp_path / "files")).code
    with opened(way, book) as world:
        snapshot = world.host().read(EVERY)
        assert snapshot.date1904
        result = reconcile(world)
    assert ["24.00"] == [finding["at_stake"] for finding in result["findings"]]


def test_the_period_decides(way: str, month: Path) -> None:
    """Without a month nothing runs, and the message says where to type it."""
    type_setting(month, "Period", None)
    with opened(way, month) as world, pytest.raises(ReconError, match="Period"):
        reconcile(world)


@pytest.mark.parametrize("way", LIVE)
def test_another_workbook_is_refused(way: str, tmp_path: Path) -> None:
    """A workbook that is not ours is named, and nothing is asked of it."""
    path = tmp_path / "mine.xlsx"
    Workbook().save(path)
    with opened(way, path) as world, pytest.raises(WorkbookError, match="month-end workbook"):
        world.host().read(EVERY)


def test_a_draft_tab_is_typed_in_one_block(world: Any) -> None:
    """A tab of no rows at all is a tab too: void."""
    host = world.host()
    snapshot = host.read(READS, WRITES)
    host.apply(ChangeSet((DraftTab("Draft Nobody", {"G1": "VOID", "E8": "0010"}, ()),)), snapshot)
    assert "Draft Nobody" in world.tabs()
