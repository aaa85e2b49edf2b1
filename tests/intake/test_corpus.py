"""Every untidy file of the corpus has its one outcome: read right, named cell by cell, or refused; never a guess."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from corpus import all_cases
from corpus.model import Case, Read, Refused
from workbook.calls import CLEAN, COULD_NOT_RUN, FINDINGS, call

from recon_xl.commands.import_files import import_files
from recon_xl.contract import table
from recon_xl.core.errors import ReconError
from recon_xl.core.snapshot import Snapshot
from recon_xl.hosts.file import FileHost
from recon_xl.intake.apply import apply_edits
from recon_xl.intake.typed import typed_table

NOW = datetime(2026, 11, 3, 8, 30, tzinfo=UTC)
CASES = all_cases()
OF_THE_IMPORT = {"Line", "Source", "Source Row", "Period"}
ZONES = ("Pacific/Kiritimati", "America/St_Johns", "UTC")


def test_the_corpus_is_large() -> None:
    """300 files and more, of every outcome."""
    assert len(CASES) >= 300
    assert sum(isinstance(case.outcome, Refused) for case in CASES) >= 100
    assert sum(isinstance(case.outcome, Read) and not case.outcome.cells for case in CASES) >= 100
    assert sum(isinstance(case.outcome, Read) and bool(case.outcome.cells) for case in CASES) >= 40


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_an_untidy_file_has_its_one_outcome(case: Case, blank_book: Snapshot, tmp_path: Path) -> None:
    """Exact rows, or the cells and sentences expected; the file itself stays as it was."""
    content = case.content()
    path = tmp_path / case.name
    path.write_bytes(content)
    book = _with_locale(blank_book, case.file_locale)
    if isinstance(case.outcome, Refused):
        with pytest.raises(ReconError) as caught:
            import_files(book, [path], now=NOW, **case.options)  # type: ignore[arg-type]
        _assert_refused(case.outcome, caught.value.as_dict())
    else:
        result = import_files(book, [path], now=NOW, **case.options)  # type: ignore[arg-type]
        _assert_cells(case.outcome, [(one.where, one.found, one.expected) for one in result.problems])
        for words in case.outcome.says:
            assert any(words in message for message in result.messages), result.messages
        _assert_rows(case.outcome, apply_edits(book, result.changeset), case.file_locale or "en-US")
    assert content == path.read_bytes()


SAMPLE = [case for number, case in enumerate(CASES) if case.file_locale is None and number % 7 == 0]


@pytest.fixture(scope="module")
def empty_book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workbook as `recon-xl new` makes it."""
    book = tmp_path_factory.mktemp("corpus") / "october.xlsx"
    assert call("new", book, "--period", "2026-10").code == CLEAN
    return book


@pytest.mark.parametrize("case", SAMPLE, ids=lambda case: case.name)
def test_the_command_line_says_the_same(case: Case, empty_book: Path, tmp_path: Path) -> None:
    """Exit code, sentences, no traceback; refused means that not one byte of the workbook changed."""
    path, book = tmp_path / case.name, Path(shutil.copyfile(empty_book, tmp_path / "october.xlsx"))
    path.write_bytes(case.content())
    before = book.read_bytes()
    options = [text for name, value in case.options.items() for text in (f"--{name}", value)]
    answer = call("import", book, path, *options, "--json")
    assert "Traceback" not in answer.out + answer.err
    if isinstance(case.outcome, Refused):
        assert COULD_NOT_RUN == answer.code
        _assert_refused(case.outcome, answer.error)
        assert before == book.read_bytes()
    else:
        assert (FINDINGS if case.outcome.cells else CLEAN) == answer.code
        if case.outcome.table in {"Billed Lines", "Vendor Lines"}:
            _assert_rows(case.outcome, FileHost(book).read(), "en-US")
    assert case.content() == path.read_bytes()


@pytest.mark.parametrize("zone", ZONES)
def test_dates_are_the_same_in_every_time_zone(zone: str, tmp_path: Path) -> None:
    """All cases about dates again, where the computer's own day begins hours earlier or later."""
    root = Path(__file__).parents[2]
    chosen = ["-k", "test_an_untidy_file and (date_ or span_ or vendor_order)"]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider", __file__, *chosen],
        env={**os.environ, "TZ": zone, "PYTHONPATH": str(root)}, cwd=root, capture_output=True, text=True, timeout=300,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-2000:]
    assert " passed" in done.stdout


def test_the_files_can_be_written_to_a_folder(tmp_path: Path) -> None:
    """`python -m tests.corpus FOLDER` writes every file, and what to expect of it."""
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-m", "tests.corpus", str(tmp_path)], cwd=root, capture_output=True, text=True, timeout=60, check=True
    )  # fmt: skip
    assert f"{len(CASES)} files" in done.stdout
    assert {case.name for case in CASES} | {"expected.txt"} == {path.name for path in tmp_path.iterdir()}


def _with_locale(book: Snapshot, locale: str | None) -> Snapshot:
    if locale is None:
        return book
    raw = book.tables["Settings"]
    rows = tuple(
        (number, [cells[0], locale, *cells[2:]] if cells[0] == "File Locale" else cells) for number, cells in raw.rows
    )
    return replace(book, tables={**book.tables, "Settings": replace(raw, rows=rows)})


def _assert_refused(outcome: Refused, error: Mapping[str, str]) -> None:
    for name in ("where", "found", "expected", "todo"):
        assert getattr(outcome, name) in error[name]
        assert error[name].strip()


def _assert_cells(outcome: Read, problems: list[tuple[str, str, str]]) -> None:
    assert len(outcome.cells) == len(problems), problems
    for cell, told in zip(outcome.cells, problems, strict=True):
        assert cell.where in told[0]
        assert cell.found in told[1]
        assert cell.expected in told[2]


def _assert_rows(outcome: Read, book: Snapshot, locale: str) -> None:
    """Every column named is as expected, every other column of the file's table is blank."""
    declared = table(outcome.table)
    typed = typed_table(book.tables[outcome.table], declared, locale=locale, date1904=book.date1904)
    assert len(outcome.rows) == len(typed)
    flagged = {cell.where.rpartition(" > ")[2] for cell in outcome.cells}
    for index, row in enumerate(outcome.rows):
        for column in declared.columns:
            if column.name in OF_THE_IMPORT:
                continue
            value = typed.columns[column.name][index]
            expected = row.get(column.name)
            if column.name not in row and flagged:
                continue  # an id that is flagged keeps its text; its case says nothing about it
            assert _literal(value) == _as_literal(expected, value), (column.name, index)


def _literal(value: object) -> object:
    return value.date() if isinstance(value, datetime) else value


def _as_literal(expected: str | None, value: object) -> object:
    if expected is None:
        return None
    if isinstance(value, date):
        return date.fromisoformat(expected)
    return Decimal(expected) if isinstance(value, Decimal | int) else expected
