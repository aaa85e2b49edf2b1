"""All or nothing: what Excel refuses is put back, what the user typed is not overwritten, nothing of theirs is lost."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from excel.live import model_of
from excel.picture import differences as unlike
from excel.picture import picture
from excel.wire import EDITING, REJECTED
from openpyxl import load_workbook
from openpyxl.utils import column_index_from_string, get_column_letter
from workbook.books import add_column, at, type_cells
from workbook.small import small_book

from hosts.compare import facts
from hosts.months import CLOCK, EACH_WAY, pressed, through_the_file
from hosts.worlds import LIVE, LiveWorld, opened
from recon_xl.commands.reading import READS, RUN_READS, WRITES
from recon_xl.commands.reconcile import RunOutcome, run
from recon_xl.contract import table
from recon_xl.core.cells import Formula
from recon_xl.core.changeset import ChangeSet, EditRows, RemoveTab, ReplaceRows
from recon_xl.core.errors import WorkbookError
from recon_xl.hosts.file import FileHost
from recon_xl.hosts.live import port


def refused(host: Any, outcome: RunOutcome, snapshot: Any) -> WorkbookError | None:
    """The refusal of a change set, if it is one."""
    try:
        host.apply(outcome.changeset, snapshot)
    except WorkbookError as error:
        return error
    return None


@pytest.mark.parametrize("again", [False, True], ids=["first run", "second run"])
def test_a_failure_at_any_call_leaves_the_workbook_as_it_was(small: LiveWorld, again: bool) -> None:
    """Excel refuses the k-th change, for every k: the sheets are those from before, and the message says so."""
    if again:
        pressed(small)
        sheet = small.book.sheets["Billed Lines"]
        sheet.range(at("Billed Lines", "Quantity")).raw_value = 3.0
        sheet.range(at("Billed Lines", "Customer")).raw_value = "Nobody we know"
    before = picture(model_of(small.book))
    first = small.host().read(READS, WRITES)
    outcome = run(first, CLOCK)
    for k in range(1, 200):
        small.wire.reset()
        host = small.host()
        snapshot = host.read(READS, WRITES)
        assert first == snapshot  # so that a run of it would say the same
        small.wire.fail_at(k, "writes")
        refusal = refused(host, outcome, snapshot)
        if refusal is None:
            break
        assert "Excel refused" in refusal.found, k
        small.wire.recover()
        assert [] == unlike(before, picture(model_of(small.book))), f"after a failure at write {k}"
        assert small.book.app.screen_updating
    assert k > 10


@pytest.mark.parametrize("code", [REJECTED, EDITING])
@pytest.mark.parametrize("when", ["read", "apply"])
def test_a_busy_excel_is_waited_for_then_named(
    tmp_path: Path, code: int, when: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A few rejected calls are asked again; an Excel that stays busy gives one plain message, and nothing was written."""
    pauses: list[float] = []
    monkeypatch.setattr(port.time, "sleep", pauses.append)
    with opened("com", small_book(tmp_path)) as world:
        host = world.host()
        if when == "read":
            world.wire.busy(60 if code == REJECTED else 5, number=code)
            host.read(READS, WRITES)
            assert 0 < len(pauses) <= len(port.PAUSES)
            world.wire.busy(number=code)
            with pytest.raises(WorkbookError, match="Press Enter or Esc"):
                host.read(READS, WRITES)
        else:
            snapshot = host.read(READS, WRITES)
            outcome = run(snapshot, CLOCK)
            world.wire.reset()
            world.wire.busy(number=code)
            with pytest.raises(WorkbookError, match="Press Enter or Esc"):
                host.apply(outcome.changeset, snapshot)
            assert 0 == world.wire.writes
        world.wire.recover()
        pressed(world)


def test_a_table_moved_meanwhile_is_found_before_the_first_write(small: LiveWorld) -> None:
    """The user inserts a row while the command works: nothing is written."""
    host = small.host()
    snapshot = host.read(READS, WRITES)
    outcome = run(snapshot, CLOCK)
    small.book.sheets["Exceptions"].range("1:1").insert("down")
    small.wire.reset()
    with pytest.raises(WorkbookError, match="moved or sized"):
        host.apply(outcome.changeset, snapshot)
    assert 0 == small.wire.writes


def test_a_workbook_that_calculates_by_hand_is_calculated_first(small: LiveWorld) -> None:
    """A row typed since the last calculation is read: what the layout says would be old otherwise."""
    small.book.app.calculation = "manual"
    sheet = small.book.sheets["Billed Lines"]
    table = sheet.tables["BilledLines"]
    table.resize(sheet.range(f"A5:{table.range.address.replace('$', '').split(':')[1].rstrip('0123456789')}7"))
    sheet.range("A7").raw_value = "typed now"
    raw = small.host().read(("Billed Lines",)).tables["Billed Lines"]
    assert "typed now" in raw.rows[-1][1]
    pressed(small)
    assert "manual" == small.book.app.calculation


def test_notes_below_an_input_table_stop_an_import_that_needs_the_room(small: LiveWorld) -> None:
    """The table does not swallow what the user wrote below it."""
    small.book.sheets["Customers"].range("B8").raw_value = "my note"
    host = small.host()
    snapshot = host.read(("Customers",))
    rows = [["Fabrikam", "F"], ["Tailspin", "T"]]
    with pytest.raises(WorkbookError, match="B8"):
        host.apply(ChangeSet((EditRows("Customers", ("Customer", "Code"), rows),)), snapshot)


@EACH_WAY
def test_the_users_formulas_follow_their_row(way: str, tmp_path: Path) -> None:
    """A formula over its own row moves along with its finding, and a calculated column fills the new one."""
    first = through_the_file(small_book(tmp_path / "small"), tmp_path / "first.xlsx")
    whole = "Exceptions[[#This Row],[At Stake]]*2"
    add_column(first, "Exceptions", "Twice", [Formula(whole, None)], formula=whole)
    add_column(first, "Exceptions", "Thrice", [Formula(f"{at('Exceptions', 'At Stake')}*3", None)])
    snapshot = FileHost(first).read()
    [change] = [one for one in run(snapshot, CLOCK).changeset.changes if getattr(one, "table", "") == "Exceptions"]
    assert isinstance(change, ReplaceRows)
    rows = [["other" if name == "Key" else None for name in change.columns], *change.rows, *([["z"] + [None] * 27] * 2)]
    wanted = ChangeSet((ReplaceRows("Exceptions", change.columns, rows, "Key", change.totals),))
    by_file = Path(shutil.copyfile(first, tmp_path / "file.xlsx"))
    FileHost(by_file).apply(wanted, FileHost(by_file).read())
    with opened(way, first) as world:
        host = world.host()
        host.apply(wanted, host.read(("Exceptions",), ("Exceptions",)))
        found = facts(world.save())["Exceptions"]["cells"]
        expected = facts(by_file)["Exceptions"]["cells"]
    twice, thrice = (f"{letter}7" for letter in _last_two(by_file))
    assert ("=" + whole, f"={at('Exceptions', 'At Stake', 7)}*3") == (found[twice][0], found[thrice][0])
    assert {key: cell for key, cell in expected.items() if key[0] != "A"} | found == found | expected


def _last_two(book: Path) -> list[str]:
    """The letters of the last two columns of Exceptions."""
    last = load_workbook(book)["Exceptions"].tables["Exceptions"].ref.split(":")[1].rstrip("0123456789")
    return [get_column_letter(column_index_from_string(last) - 1), last]


def test_a_long_text_is_kept_whole(tmp_path: Path) -> None:
    """A note of 8,500 characters is beyond what a block takes: it is typed alone, after the block, and survives a second run."""
    book = through_the_file(small_book(tmp_path / "small"), tmp_path / "first.xlsx")
    note = "n" * 8_500
    type_cells(book, "Exceptions", {at("Exceptions", "Note"): note})
    type_cells(book, "Billed Lines", {at("Billed Lines", "Quantity"): 7})
    for way in LIVE:
        with opened(way, Path(shutil.copyfile(book, tmp_path / f"{way}.xlsx"))) as world:
            pressed(world)
            assert note in [row.get("Note") for row in world.records("Exceptions")]


@EACH_WAY
@pytest.mark.parametrize("what", ["swapped", "renamed"])
def test_an_empty_result_table_whose_headers_were_changed(way: str, what: str, tmp_path: Path) -> None:
    """Swapped columns are filled under their own headers; a renamed one is refused before anything is written."""
    book = small_book(tmp_path)
    names = table("Mapping Gaps").column_names
    with opened(way, book) as world:
        header = world.book.sheets["Mapping Gaps"].range("A5:B5")
        header.raw_value = [[names[1], names[0]]] if what == "swapped" else [[names[0], "Mine"]]
        host = world.host()
        snapshot = host.read((), ("Mapping Gaps",))
        change = ChangeSet((ReplaceRows("Mapping Gaps", names, [["first", "second", *[None] * (len(names) - 2)]]),))
        if what == "renamed":
            with pytest.raises(WorkbookError, match="no column"):
                host.apply(change, snapshot)
        else:
            host.apply(change, snapshot)
            [row] = world.records("Mapping Gaps")
            assert ("first", "second") == (row[names[0]], row[names[1]])


@EACH_WAY
def test_what_is_typed_while_the_command_works_is_not_overwritten(way: str, tmp_path: Path) -> None:
    """A note on an exception, typed between reading and writing, stops the writing."""
    book = through_the_file(small_book(tmp_path / "small"), tmp_path / "first.xlsx")
    type_cells(book, "Billed Lines", {at("Billed Lines", "Quantity"): 7})
    with opened(way, book) as world:
        host = world.host()
        snapshot = host.read(RUN_READS, WRITES)
        outcome = run(snapshot, CLOCK)
        world.book.sheets["Exceptions"].range(at("Exceptions", "Note")).raw_value = "typed meanwhile"
        with pytest.raises(WorkbookError, match="typed on Exceptions"):
            host.apply(outcome.changeset, snapshot)
        assert "typed meanwhile" in [row.get("Note") for row in world.records("Exceptions")]


def test_a_draft_that_the_users_formula_points_at_stays(small: LiveWorld) -> None:
    """A formula on Customers names the tab: it is marked void instead of removed."""
    pressed(small)
    small.book.sheets["Customers"].range("Z1").formula = "='Draft Contoso'!A1"
    host = small.host()
    snapshot = host.read(RUN_READS, WRITES)
    emptied = ReplaceRows("Drafts", table("Drafts").column_names, [])
    host.apply(ChangeSet((emptied, RemoveTab("Draft Contoso"))), snapshot)
    assert "VOID" == small.book.sheets["Draft Contoso"].range("G1").raw_value


def test_a_busy_moment_in_the_middle_of_writing_is_survived(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Excel stops listening half way and comes back: what was written is put back, and Excel calculates as before."""
    monkeypatch.setattr(port.time, "sleep", lambda seconds: None)
    with opened("com", small_book(tmp_path)) as world:
        before = picture(model_of(world.book))
        host = world.host()
        snapshot = host.read(RUN_READS, WRITES)
        outcome = run(snapshot, CLOCK)
        world.wire.reset()
        world.wire.fail_at(9, "writes", number=EDITING, lasting=True)
        calls: list[int] = []

        def recovers(seconds: float) -> None:
            calls.append(1)
            if len(calls) == len(port.PAUSES) + 3:
                world.wire.recover()

        monkeypatch.setattr(port.time, "sleep", recovers)
        with pytest.raises(WorkbookError, match="Press Enter or Esc"):
            host.apply(outcome.changeset, snapshot)
        assert [] == unlike(before, picture(model_of(world.book)))
        assert (True, "automatic") == (world.book.app.screen_updating, world.book.app.calculation)


def test_settings_that_excel_does_not_take_back_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The run is written, but Excel stays in manual calculation: the user is told, with the place to set it."""
    monkeypatch.setattr(port.time, "sleep", lambda seconds: None)
    with opened("com", small_book(tmp_path)) as world:
        host = world.host()
        snapshot = host.read(RUN_READS, WRITES)
        outcome = run(snapshot, CLOCK)
        calculation = type(world.book.app.impl).calculation

        def refuses(app: Any, mode: str) -> None:
            if mode != "manual":
                raise RuntimeError(mode)
            calculation.fset(app, mode)

        monkeypatch.setattr(type(world.book.app.impl), "calculation", property(calculation.fget, refuses))
        with pytest.raises(WorkbookError, match="Calculation Options"):
            host.apply(outcome.changeset, snapshot)
        assert world.book.app.screen_updating
