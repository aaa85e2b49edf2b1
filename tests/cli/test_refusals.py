"""Files that cannot be worked on: exit code 2, a message with a remedy, and not one byte changed."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from workbook.books import edit_part, parts, sheet_parts, table_parts, type_setting, write_parts
from workbook.calls import FINDINGS, call, refused
from workbook.small import PERIOD, VENDOR, small_book, write_csv

from recon_xl.commands.reading import READS, WRITES
from recon_xl.contract import ALL_TABLES, table
from recon_xl.ooxml.locks import save_lock

BILLED_MORE = {"Customer": "Contoso", "Product": "Business Basic", "Quantity": "1", "Unit Price": "5"}


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """The small month, ready to run."""
    return small_book(tmp_path)


@pytest.fixture
def more(tmp_path: Path) -> Path:
    """A file that could be imported."""
    return write_csv(tmp_path / "more.csv", [BILLED_MORE])


def truncated(book: Path) -> None:
    book.write_bytes(book.read_bytes()[:-2000])


def cut_in_half(book: Path) -> None:
    book.write_bytes(book.read_bytes()[: book.stat().st_size // 2])


def encrypted(book: Path) -> None:
    book.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4096))


def csv_named_xlsx(book: Path) -> None:
    book.write_text("Customer,Product\r\nContoso,Basic\r\n")


def empty(book: Path) -> None:
    book.write_bytes(b"")


def another_zip(book: Path) -> None:
    with zipfile.ZipFile(book, "w") as package:
        package.writestr("readme.txt", "no workbook")


def web_page(book: Path) -> None:
    book.write_text("<!DOCTYPE html><html><body>Sign in</body></html>")


def damaged_sheet(book: Path) -> None:
    write_parts(book, {sheet_parts(book)["Vendor Lines"]: b"<worksheet><sheetData><row"})


def damaged_table(book: Path) -> None:
    write_parts(book, {table_parts(book)["VendorLines"]: b"<table"})


def signed(book: Path) -> None:
    write_parts(book, {"_xmlsignatures/sig1.xml": b"<Signature/>"})


def strict(book: Path) -> None:
    for part in ("xl/workbook.xml", *sheet_parts(book).values()):
        edit_part(
            book,
            part,
            lambda text: text.replace(
                "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
                "http://purl.oclc.org/ooxml/spreadsheetml/main",
            ),
        )


UNREADABLE: tuple[Callable[[Path], None], ...] = (
    truncated, cut_in_half, encrypted, csv_named_xlsx, empty, another_zip, web_page, damaged_sheet, damaged_table, strict,
)  # fmt: skip


@pytest.mark.parametrize("damage", UNREADABLE, ids=lambda damage: damage.__name__)
def test_a_file_that_is_no_workbook(book: Path, more: Path, damage: Callable[[Path], None]) -> None:
    """Run and import say what the file is, and do not touch it."""
    damage(book)
    for answer in (refused(book, "run", book), refused(book, "import", book, more)):
        assert book.name in answer.error["where"]
    refused(book, "run", book, "--dry-run")
    refused(book, "run", book, "--out", book.with_name("other.xlsx"))
    assert not book.with_name("other.xlsx").exists()


def test_a_password_is_named(book: Path) -> None:
    """An encrypted workbook is told by its first bytes, with the way to take the password off."""
    encrypted(book)
    error = refused(book, "run", book).error
    assert "password" in error["found"]
    assert "password" in error["todo"]


def test_a_signed_book_is_not_changed(book: Path, more: Path) -> None:
    """Our change would break the signature."""
    signed(book)
    assert "a digitally signed workbook" == refused(book, "run", book).error["found"]
    refused(book, "import", book, more)
    assert FINDINGS == call("run", book, "--dry-run").code


def test_no_such_book(tmp_path: Path) -> None:
    """A mistyped name is said, with the call that makes a workbook."""
    for arguments in (("run",), ("import",)):
        files = ("x.csv",) if arguments == ("import",) else ()
        answer = call(*arguments, tmp_path / "nosuch.xlsx", *files, "--json")
        assert "no such file" == answer.error["found"]
        assert "recon-xl new nosuch.xlsx" in answer.error["todo"]


def test_a_folder_is_no_book(tmp_path: Path, more: Path) -> None:
    """Naming a folder is the user's slip, not a fault of ours."""
    for arguments in (("run", tmp_path), ("import", tmp_path, more)):
        answer = call(*arguments, "--json")
        assert "a fault of its own" not in answer.error["found"]
        assert tmp_path.name in answer.error["where"]


@pytest.mark.parametrize("owner", ["~$october.xlsx", ".~lock.october.xlsx#"])
def test_a_book_that_is_open(book: Path, more: Path, owner: str) -> None:
    """Excel's and LibreOffice's owner files are seen, the person is named, and --out is offered."""
    lock = book.with_name(owner)
    name = b"\x03Ada".ljust(55) if owner.startswith("~$") else b"Ada,ada,host,2026-11-01 10:00,file:///x;"
    lock.write_bytes(name)
    error = refused(book, "run", book).error
    assert "open in" in error["found"]
    assert "Ada" in error["found"]
    assert "--out" in error["todo"]
    refused(book, "import", book, more)
    assert name == lock.read_bytes()


def test_an_open_book_can_be_run_to_another_file(book: Path) -> None:
    """As the message offers."""
    before = book.read_bytes()
    book.with_name(f"~${book.name}").write_bytes(b"\x03Ada".ljust(55))
    answer = call("run", book, "--out", book.with_name("copy.xlsx"), "--json")
    assert (FINDINGS, str(book.with_name("copy.xlsx"))) == (answer.code, answer.json["book"])
    assert before == book.read_bytes()
    refused(book, "run", book, "--out", book)


def test_a_book_that_another_run_is_saving(book: Path) -> None:
    """Two runs do not save one workbook at once; the later one is told who saves."""
    with save_lock(book):
        found = refused(book, "run", book).error["found"]
        assert re.fullmatch(
            r"another run of recon-xl saving this workbook \(.+ on .+ since \d\d:\d\d:\d\d UTC\)", found
        )


def test_a_read_only_book(book: Path, more: Path) -> None:
    """The mark in the file's properties is respected, though root could write."""
    book.chmod(0o444)
    error = refused(book, "run", book).error
    assert "read-only" in error["found"]
    assert "--out" in error["todo"]
    refused(book, "import", book, more)
    assert FINDINGS == call("run", book, "--out", book.with_name("copy.xlsx")).code


def test_a_read_only_out_file(book: Path) -> None:
    """A result that cannot be written is not half written."""
    out = book.with_name("copy.xlsx")
    out.write_bytes(b"mine")
    out.chmod(0o444)
    refused(book, "run", book, "--out", out)
    assert b"mine" == out.read_bytes()


def test_out_in_a_folder_that_is_not_there(book: Path) -> None:
    """A mistyped folder is named."""
    answer = refused(book, "run", book, "--out", book.parent / "nosuch" / "copy.xlsx")
    assert answer.error["found"].startswith("a folder that does not exist")
    assert "read-only" not in str(answer.error)


READERS = (
    "check", "sources", "mapping-gaps", "log", "diff", "verify", "undo", "redo", "explain", "preview", "run", "upgrade",
    "next-exception",
)  # fmt: skip


@pytest.mark.parametrize(
    ("winerror", "found"),
    [
        (None, "a file that cannot be opened (Permission denied)"),
        (32, "a file that another program holds, most likely Excel"),
    ],
)
def test_a_book_that_may_not_be_read(
    book: Path, monkeypatch: pytest.MonkeyPatch, winerror: int | None, found: str
) -> None:
    """Every command says so in the same words; none takes it for a fault of its own, or for a read-only mark."""
    may_open = Path.open

    def locked(path: Path, *rest: Any, **more: Any) -> Any:
        if path == book:
            error = PermissionError(13, "Permission denied", str(path))
            error.winerror = winerror  # type: ignore[attr-defined,unused-ignore]  # known on Windows only
            raise error
        return may_open(path, *rest, **more)

    monkeypatch.setattr(Path, "open", locked)
    answers = {name: call(name, book, "--json").json["error"] for name in READERS}
    assert {found} == {error["found"] for error in answers.values()}
    assert all("read" in error["todo"] or "Close it" in error["todo"] for error in answers.values())


def test_a_book_is_not_imported_into_itself(book: Path) -> None:
    """Named by mistake, whatever the way to it."""
    for command in (("import", book), ("run", book, "--import")):
        found = refused(book, *command, book.parent / "." / book.name).error["found"]
        assert "the workbook itself" == found


def test_a_workbook_of_ones_own_is_led_to_upgrade(tmp_path: Path) -> None:
    """A few of the tables are named, not all of them, and how to add them can be pasted."""
    own = tmp_path / "my book.xlsx"
    Workbook().save(own)
    error = refused(own, "run", own).error
    assert error["found"].endswith(f"and {len(READS) + len(WRITES) - 5} more")
    assert 'recon-xl upgrade "my book.xlsx"' in error["todo"]


def test_names_that_are_no_workbook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder, a name without an ending, a month that is none: each is said of what was typed."""
    monkeypatch.chdir(tmp_path)
    assert "a folder" == call("run", ".", "--json").json["error"]["found"]
    assert "a name without an ending" == call("new", "b", "--json").json["error"]["found"]
    assert "--period" == call("new", "b.xlsx", "--period", "2026-13", "--json").json["error"]["where"]
    assert 'recon-xl new "no book.xlsx"' in call("run", "no book.xlsx", "--json").json["error"]["todo"]


@pytest.mark.parametrize("name", ["copy.xlsm", "copy.csv", "copy"])
def test_out_of_another_kind(book: Path, name: str) -> None:
    """Excel refuses a workbook under a foreign suffix, so it is not written under one."""
    out = book.with_name(name)
    assert name in refused(book, "run", book, "--out", out).error["where"]
    assert not out.exists()


@pytest.mark.parametrize("name", ["october.csv", "october", "october.xls"])
def test_a_new_book_of_another_kind(tmp_path: Path, name: str) -> None:
    """Nobody could open it by a double click."""
    answer = call("new", tmp_path / name, "--json")
    assert ".xlsx" in answer.error["expected"] + answer.error["todo"]
    assert [] == list(tmp_path.iterdir())


@pytest.mark.parametrize("name", [one.name for one in ALL_TABLES if one.name in (*READS, *WRITES)])
def test_a_missing_table(book: Path, name: str) -> None:
    """A run names the table, its tab and the remedy, and writes nothing."""
    excel = table(name).excel_name
    edit_part(book, table_parts(book)[excel], lambda text: text.replace(f'displayName="{excel}"', 'displayName="Gone"'))
    error = refused(book, "run", book).error
    assert (book.name, f"no table {excel}") == (error["where"], error["found"])
    assert f'"{table(name).sheet}"' in error["expected"]
    assert "recon-xl new" in error["todo"]


def test_a_deleted_tab(book: Path) -> None:
    """A tab that the user deleted is a missing table, for run and for import."""
    opened = load_workbook(book)
    del opened["Vendor Lines"], opened["Drafts"]
    opened.save(book)
    assert "no table VendorLines, Drafts" == refused(book, "run", book).error["found"]
    again = write_csv(book.parent / "again.csv", [{**VENDOR, "InvoiceNumber": "G0002"}])
    assert "Vendor Lines" in refused(book, "import", book, again).error["found"]


@pytest.mark.parametrize("name", [name for name in READS if any(c.required for c in table(name).columns)])
def test_a_missing_required_column(book: Path, name: str) -> None:
    """Each required column that the user renamed is named, with its tab and the remedy."""
    declared = table(name)
    whole = parts(book)
    part = table_parts(book)[declared.excel_name]
    for column in (column for column in declared.columns if column.required):
        write_parts(book, whole)
        edit_part(book, part, lambda text, column=column: text.replace(f'name="{column.name}"', 'name="Zzz"'))
        error = refused(book, "run", book).error
        assert declared.sheet in error["where"]
        assert column.name in error["found"] + error["expected"]
        assert column.name in error["todo"]


def test_a_deleted_required_column(book: Path) -> None:
    """Deleted in another program, the column is missed in the same words."""
    opened = load_workbook(book)
    sheet = opened["Billed Lines"]
    position = [cell.value for cell in sheet[5]].index("Quantity") + 1
    sheet.delete_cols(position)
    excel = sheet.tables["BilledLines"]
    del excel.tableColumns[position - 1]
    excel.ref = excel.autoFilter.ref = excel.ref.replace(":R", ":Q")
    opened.save(book)
    error = refused(book, "run", book).error
    assert "Billed Lines" in error["where"]
    assert "Quantity" in error["found"] + error["expected"]


def test_a_column_that_is_not_required_may_go(book: Path) -> None:
    """Without Description the run goes on."""
    part = table_parts(book)["BilledLines"]
    edit_part(book, part, lambda text: text.replace('name="Description"', 'name="My words"'))
    assert FINDINGS == call("run", book).code


def test_a_missing_column_of_a_result_table(book: Path) -> None:
    """A result column that is gone is named before anything is written."""
    part = table_parts(book)["Exceptions"]
    edit_part(book, part, lambda text: text.replace('name="At Stake"', 'name="Mine"'))
    error = refused(book, "run", book).error
    assert "Exceptions" in error["where"]
    assert "At Stake" in error["found"] + error["expected"]


def test_a_missing_tab_of_the_scaffolding(book: Path) -> None:
    """Without Start or the hidden Draft Template a run says so and writes nothing."""
    for tab in ("Start", "Draft Template"):
        copy = book.with_name(f"{tab}.xlsx")
        opened = load_workbook(book)
        del opened[tab]
        opened.save(copy)
        error = refused(copy, "run", copy).error
        assert tab in error["found"]


@pytest.mark.parametrize(
    ("setting", "value", "expected"),
    [
        ("Period", None, "YYYY-MM"),
        ("Period", "October", "YYYY-MM"),
        ("Base Currency", "Dollars", "ISO 4217"),
        ("Billed Tolerance", "two cents", "currency a key"),
        ("Draft Tabs", "some", "all, selected or none"),
        ("Stale After", "a month", "days"),
    ],
)
def test_a_setting_that_cannot_be_used(book: Path, setting: str, value: str | None, expected: str) -> None:
    """A missing period and a mistyped value stop the run, named with their cell."""
    type_setting(book, setting, value)
    error = refused(book, "run", book).error
    assert ("Settings", setting) == tuple(error["where"].split(" > ")[-2:])
    assert expected in error["expected"]
    assert "Settings" in error["todo"]


def test_the_period_may_be_typed_as_a_date(book: Path) -> None:
    """Excel turns 2026-10 into a date; the month is meant."""
    type_setting(book, "Period", date(2026, 10, 1))
    assert PERIOD == call("run", book, "--dry-run", "--json").json["period"]


def test_nothing_is_left_beside_the_book(book: Path, more: Path) -> None:
    """No temporary file or lock stays, whether a call succeeded or not; earlier versions are in their folder."""
    folder = {path.name for path in book.parent.iterdir()} | {f"{book.stem} backups"}
    call("run", book)
    call("import", book, more)
    call("import", book, book.parent / "nosuch.csv")
    truncated(book)
    call("run", book)
    assert folder == {path.name for path in book.parent.iterdir()}
