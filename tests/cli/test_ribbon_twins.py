"""Every button of the ribbon on the command line: the same answer, the place to look at, and no file changed."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

import pytest
from workbook.books import records
from workbook.calls import CLEAN, COULD_NOT_RUN, FINDINGS, call, refused
from workbook.demo import Demo
from workbook.small import BILLED, small_book

from recon_xl.cli.from_registry import Twin
from recon_xl.cli.main import commands
from recon_xl.commands import next_exception, registry
from recon_xl.commands.model import Call, Reply
from recon_xl.core.changeset import ChangeSet, EditRows
from recon_xl.core.snapshot import Snapshot
from recon_xl.hosts.file import FileHost


@pytest.fixture
def read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The workbook is read from the disk once: the tests that ask for this put a hundred questions to one that nobody changes."""
    really, known = FileHost.read, {}

    def read(self: FileHost) -> Snapshot:
        asked = (self._path, self._path.stat().st_mtime_ns)
        if asked not in known:
            known[asked] = really(self)
        return known[asked]

    monkeypatch.setattr(FileHost, "read", read)


def test_every_button_has_one_twin() -> None:
    """`import` and `run` have a file of their own; no button has two."""
    twins = [module.TWIN_OF for module in commands() if hasattr(module, "TWIN_OF")]
    assert sorted(twins) == sorted(one.id for one in registry.commands())


def test_next_exception_goes_down_the_tab(demo: Demo) -> None:
    """The place is printed as it can be typed into Excel's Name Box, and is the next call's cell."""
    before = demo.book.read_bytes()
    first = call("next-exception", demo.book, "--json")
    assert (CLEAN, "Exceptions!A6:X6", 46) == (first.code, first.json["go_to"], first.json["open"])
    second = call("next-exception", demo.book, "--at", first.json["go_to"], "--json").json
    assert ("Exceptions!A7:X7", 2) == (second["go_to"], second["place"])
    assert "Go to: Exceptions!A7:X7" == call("next-exception", demo.book, "--at", "Exceptions!A6").out.splitlines()[-1]
    assert before == demo.book.read_bytes()


@pytest.mark.usefixtures("read_once")
def test_show_source_rows_goes_round(demo: Demo) -> None:
    """From every exception through all its source rows and back; nothing is left out."""
    for number, finding in enumerate(records(demo.values, "Exceptions"), 6):
        start = f"Exceptions!A{number}"
        told = call("show-source-rows", demo.book, "--at", start, "--json").json
        [rows] = [set(f["source_rows"]) for f in demo.json["findings"] if f["key"] == finding["Key"]]
        assert (finding["Key"], rows, []) == (told["about"], set(told["source_rows"]), told["missing"])
        if not rows:  # rows of a mapping tab that contradict each other
            continue
        places = [told["go_to"]]
        while not places[-1].startswith("Exceptions!"):
            onward = call("show-source-rows", demo.book, "--at", places[-1], "--json").json
            if onward["about"] != finding["Key"]:  # the row is behind a narrower finding too, and goes on with that one
                break
            places.append(onward["go_to"])
        else:
            assert told["places"] == places[:-1]
            assert f"{start}:X{number}" == places[-1]


@pytest.mark.usefixtures("read_once")
def test_explain_says_why(demo: Demo) -> None:
    """In the words of the tab, for every exception and a line of every draft tab."""
    for number, finding in enumerate(records(demo.values, "Exceptions"), 6):
        answer = call("explain", demo.book, "--at", f"Exceptions!A{number}")
        assert finding["Why"] in answer.out.splitlines()
        assert f"To clear it: {finding['Suggested Action']}" in answer.out
    for draft in records(demo.values, "Drafts"):
        product = demo.values[draft["Tab"]]["A15"].value
        told = call("explain", demo.book, "--at", f"'{draft['Tab']}'!B15")
        assert (CLEAN, [draft["Customer"], product]) == (told.code, told.out.splitlines()[0].split(" · ")[1:3])


@pytest.mark.usefixtures("read_once")
def test_every_line_of_every_draft_tab_is_found(demo: Demo) -> None:
    """Row by row: the product and amount that stand there are those of the draft line that is explained."""
    for draft in records(demo.values, "Drafts")[:6]:
        sheet = demo.values[draft["Tab"]]
        for row in range(15, sheet.max_row + 1):
            if sheet.cell(row, 9).value:  # only lines have a reason beside them
                told = call("explain", demo.book, "--at", f"{draft['Tab']}!A{row}").out
                assert sheet.cell(row, 1).value == told.splitlines()[0].split(" · ")[2]
                assert str(sheet.cell(row, 9).value) in told


def test_what_is_there_and_what_is_missing(demo: Demo, tmp_path: Path) -> None:
    """`sources` exits with 1 where the month lacks something; `mapping-gaps` where there is one."""
    assert CLEAN == call("sources", demo.book).code
    assert CLEAN == call("new", tmp_path / "new.xlsx", "--period", "2026-10").code
    assert FINDINGS == call("sources", tmp_path / "new.xlsx").code
    assert [CLEAN, FINDINGS] == [
        call("sources", book, "--json").json["exit_code"] for book in (demo.book, tmp_path / "new.xlsx")
    ]
    gaps = call("mapping-gaps", demo.book, "--json")
    assert (FINDINGS, 4, "'Mapping Gaps'!A6:I6") == (gaps.code, len(gaps.json["gaps"]), gaps.json["go_to"])


def test_preview_is_a_dry_run_that_compares(tmp_path: Path) -> None:
    """Same object as `run --dry-run`, with what would change; the file stays as it is."""
    book = small_book(tmp_path)
    before = book.read_bytes()
    preview, dry = call("preview", book, "--json"), call("run", book, "--dry-run", "--json").json
    assert FINDINGS == preview.code
    assert dry["findings"] == preview.json["findings"]
    assert {"table": "Exceptions", "new": 1, "changed": 0, "gone": 0} in preview.json["changes"]["tables"]
    assert before == book.read_bytes()
    assert FINDINGS == call("run", book).code
    assert "A run would change nothing" in call("preview", book).out


def test_a_clean_month_previews_with_0(tmp_path: Path) -> None:
    """As its run does."""
    book = small_book(tmp_path, billed=[{**BILLED, "Quantity": "10", "Amount": "120.00"}])
    assert CLEAN == call("preview", book).code


def test_log_and_help(demo: Demo) -> None:
    """`help` needs no workbook."""
    assert "'Run Log'!A6:M6" == call("log", demo.book, "--json").json["go_to"]
    alone, inside = call("help", "--json").json, call("help", demo.book, "--json").json
    assert (None, "Start!A1") == (alone["go_to"], inside["go_to"])


@pytest.mark.parametrize("at", ["Nosuch!A1", "Exceptions", "Exceptions!", "!A1", "Exceptions!1A", "A6"])
def test_a_cell_that_is_none(demo_copy: Path, at: str) -> None:
    """`--at` is a tab and a cell, and the workbook has the tab."""
    assert "--at" == refused(demo_copy, "explain", demo_copy, "--at", at).error["where"]


@pytest.mark.parametrize("at", ["'Draft Lines'!A6", "draft lines!$a$6", "'Draft Lines!A6'", "Draft Lines!A6:C9"])
def test_ways_to_write_a_cell(demo: Demo, at: str) -> None:
    """As Excel writes it, and as a shell hands it on."""
    assert call("explain", demo.book, "--at", at).out == call("explain", demo.book, "--at", "Draft Lines!A6").out


def test_a_row_that_is_no_finding(demo_copy: Path) -> None:
    """Exit code 2, and on which rows the command works."""
    assert "Start > row 1" == refused(demo_copy, "explain", demo_copy, "--at", "Start!A1").error["where"]
    unnamed = refused(demo_copy, "show-source-rows", demo_copy).error
    assert ("no selected cell", "Name such a row with --at, as in --at Exceptions!A6.") == (
        unnamed["found"],
        unnamed["todo"],
    )


def test_before_the_first_run(tmp_path: Path) -> None:
    """Results that are not there are not clean results."""
    book = small_book(tmp_path)
    for name in ("next-exception", "mapping-gaps"):
        assert "no run yet" == refused(book, name, book).error["found"]


def test_a_button_that_changes_something_writes_it(tmp_path: Path) -> None:
    """The generic way applies a change set to the file, once, as a button would to the open workbook."""
    book = small_book(tmp_path)

    def execute(pressed: Call) -> Reply:
        assert set(next_exception.COMMAND.reads) | {"Customers"} == set(pressed.snapshot.tables)
        [(row, _)] = pressed.snapshot.tables["Customers"].rows
        change = EditRows("Customers", update={row: {"Contact": "Ann"}})
        return Reply(ChangeSet((change,)), "Ann is the contact.", data={"row": row})

    command = replace(next_exception.COMMAND, execute=execute, reads=(*next_exception.COMMAND.reads, "Customers"))
    outcome = Twin(command).execute(argparse.Namespace(book=book, at=None))
    said, before = outcome.lines
    assert (0, "Ann is the contact.", 6) == (outcome.exit_code, said, outcome.data["row"])
    assert before.endswith(Path(outcome.data["backup"]).name)
    assert "Ann" == records(book, "Customers")[0]["Contact"]


def test_no_workbook_of_that_name() -> None:
    """As every command."""
    answer = call("sources", "nosuch.xlsx", "--json")
    assert (COULD_NOT_RUN, "no such file") == (answer.code, answer.error["found"])
