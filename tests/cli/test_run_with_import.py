"""`run --import`: the same workbook as an import and a run, in one save, or nothing at all."""

from __future__ import annotations

import shutil
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from workbook.books import sheet_parts, table_parts
from workbook.calls import CLEAN, FINDINGS, Answer, call, refused
from workbook.small import BILLED, FILES, PERIOD, PRODUCT, VENDOR, write_csv

from recon_xl.commands.model import Clock

NOW = Clock(datetime(2026, 11, 3, 9, 0, tzinfo=UTC), "tests", lambda: 0.0)


@pytest.fixture(autouse=True)
def _one_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Imports and runs of a test happen at one moment, so that their workbooks can be compared."""
    monkeypatch.setattr("recon_xl.cli.import_.clock", lambda: NOW)
    monkeypatch.setattr("recon_xl.cli.run.clock", lambda: NOW)


@pytest.fixture
def month(tmp_path: Path) -> tuple[Path, list[Path]]:
    """A blank workbook and the files of the small month."""
    book = tmp_path / "october.xlsx"
    assert CLEAN == call("new", book, "--period", PERIOD).code
    return book, [write_csv(tmp_path / "files" / name, rows) for name, rows in FILES.items()]


def parts(path: Path) -> dict[str, bytes]:
    """All parts of a workbook but its journal, which counts one step or two, and where the journal ends."""
    steps = {sheet_parts(path)["Journal"], sheet_parts(path)["Layout"], table_parts(path)["Journal"]}
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist() if name not in steps}


def both_ways(book: Path, *files_and_options: object) -> tuple[Path, Path]:
    """Copies of a workbook: one with an import and a run, one with both in one step."""
    two, one = (Path(shutil.copyfile(book, book.with_name(f"{steps}.xlsx"))) for steps in ("two", "one"))
    shutil.copyfile(book, named := book.with_name("book.xlsx"))
    imported = call("import", named, *files_and_options)
    ran = call("run", named)
    shutil.move(named, two)
    shutil.copyfile(book, named)
    both = call("run", named, "--import", *files_and_options)
    shutil.move(named, one)
    assert max(imported.code, ran.code) == both.code
    assert told(imported) in both.out
    assert told(ran) in both.out
    return two, one


def told(answer: Answer) -> str:
    """What a call printed, without where the workbook is as it was before: two saves keep two versions, one keeps one."""
    return answer.out[: answer.out.rindex("As it was before: ")].strip()


def test_the_same_workbook_as_in_two_steps(month: tuple[Path, list[Path]]) -> None:
    """Every part is equal to the byte, result tabs, drafts and the digest of the inputs included."""
    book, files = month
    two, one = both_ways(book, *files, "--control", "G0001=100.00")
    assert parts(two) == parts(one)


def test_the_same_with_rows_replaced_in_a_month_that_was_run(month: tuple[Path, list[Path]], tmp_path: Path) -> None:
    """Rows that go and come, a changed mapping and earlier results: still one and the same workbook."""
    book, files = month
    assert FINDINGS == call("run", book, "--import", *files).code
    lines = [VENDOR | {"BillableQuantity": "4", "Subtotal": "40.00", "Total": "40.00"}, VENDOR | {"SkuId": "0002"}]
    later = [
        write_csv(tmp_path / "later" / "recon.csv", lines),
        write_csv(tmp_path / "later" / "products.csv", [PRODUCT | {"Price Basis": "fixed"}]),
        write_csv(tmp_path / "later" / "billed.csv", [BILLED | {"Quantity": "4", "Amount": "48.00"}]),
    ]
    two, one = both_ways(book, *later, "--replace")
    assert parts(two) == parts(one)


def test_what_an_import_refuses_leaves_the_workbook_as_it_was(month: tuple[Path, list[Path]], tmp_path: Path) -> None:
    """Other amounts for the same charge: refused as by import, and no result is written either."""
    book, files = month
    assert FINDINGS == call("run", book, "--import", *files).code
    other = write_csv(tmp_path / "other.csv", [VENDOR | {"Subtotal": "90.00", "Total": "90.00"}])
    answer = refused(book, "run", book, "--import", other)
    assert call("import", book, other, "--json").error == answer.error


def test_a_run_that_cannot_be_done_imports_nothing(tmp_path: Path) -> None:
    """Without a period there is no run, and the files are not in the workbook."""
    book = tmp_path / "blank.xlsx"
    assert CLEAN == call("new", book).code
    answer = refused(book, "run", book, "--import", write_csv(tmp_path / "billed.csv", [BILLED]))
    assert "Settings > Period" in answer.error["where"]


def test_options_of_files_need_files(month: tuple[Path, list[Path]]) -> None:
    """`--period` alone is not taken for the month that is reconciled."""
    book, _files = month
    answer = refused(book, "run", book, "--period", "2026-09", "--replace")
    assert "--period, --replace without --import" == answer.error["found"]


def test_dry_and_json(month: tuple[Path, list[Path]]) -> None:
    """Nothing is written; the object is that of a run, with what the import said."""
    book, files = month
    before = book.read_bytes()
    answer = call("run", book, "--import", *files, "--dry-run", "--json")
    assert (FINDINGS, before) == (answer.code, book.read_bytes())
    assert "underbilled" in {finding["rule"] for finding in answer.json["findings"]}
    assert len(files) == len(answer.json["import"]["files"])
    assert (FINDINGS, None) == (answer.json["exit_code"], answer.json["book"])
