"""One month saved in five forms is one month: equal tables, equal findings, equal drafts."""

from __future__ import annotations

import re
from dataclasses import fields
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from months.conftest import NOW, blank_book, imported
from months.converters import FORMS, Form, converted

from recon_xl.commands.import_files import import_files
from recon_xl.commands.model import Clock
from recon_xl.commands.reading import read_inputs
from recon_xl.commands.reconcile import reconcile
from recon_xl.contract import ALL_TABLES, table
from recon_xl.core.snapshot import Snapshot
from recon_xl.intake.apply import apply_edits
from recon_xl.intake.typed import TypedTable, typed_table
from recon_xl.report.result import Result
from recon_xl.sample import Month, sample_month, write_month

_FILE = re.compile(r"[\w-]+\.(?:csv|txt|xlsx)(?: > Export)?(?:, (?:row [0-9]+|[A-Z]+[0-9]+))?")
OF_THE_FILE = {"File", "Hash"}


@cache
def _month() -> Month:
    return sample_month()


@cache
def _as_csv() -> tuple[dict[str, TypedTable], Result]:
    with TemporaryDirectory() as folder:
        return _outcome(imported(_month(), Path(folder)))


def _outcome(book: Snapshot) -> tuple[dict[str, TypedTable], Result]:
    typed = {one.name: typed_table(book.tables[one.name], one, locale="en-US") for one in ALL_TABLES if one.importable}
    return typed, reconcile(read_inputs(book), Clock(NOW, "tester"))


def _in_form(form: Form, folder: Path) -> Snapshot:
    """The month's files converted and imported, in the order and with the months of the CSV files."""
    month = _month()
    paths = write_month(month, folder / "csv")
    book = blank_book(month.settings)
    groups: dict[str | None, list[Path]] = {}
    for path in paths:
        groups.setdefault(None if path.parent.name == "csv" else path.parent.name, []).append(path)
    for period, files in groups.items():
        for batch in [files] if period is None else [[path] for path in files]:
            there = [converted(path, folder / form.suffix / (period or ""), form) for path in batch]
            totals = month.totals_printed_on(batch)
            options = {"period": period, "locale": form.locale}
            result = import_files(book, there, now=NOW, control_totals=_totals(totals, form), **options)
            assert {problem.found for problem in result.problems} <= {"'two'"}
            book = apply_edits(book, result.changeset)
    return book


def _totals(totals: dict[str, str], form: Form) -> dict[str, str]:
    """Control totals are typed as the files are written."""
    return {invoice: text.replace(".", ",") for invoice, text in totals.items()} if form.locale else totals


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_a_month_in_another_form_is_the_same_month(form: Form, tmp_path: Path) -> None:
    """Every typed table but the names and hashes of files, every finding, control and draft."""
    tables, result = _outcome(_in_form(form, tmp_path))
    expected_tables, expected = _as_csv()
    for name, typed in expected_tables.items():
        found = tables[name]
        for column in table(name).column_names:
            if not (name == "Sources" and column in OF_THE_FILE):
                assert typed.columns[column] == found.columns[column], (name, column)
        assert [(p.row, p.column, p.found) for p in typed.problems] == [
            (p.row, p.column, p.found) for p in found.problems
        ]
    assert len(expected.findings) > 10
    for name in (field.name for field in fields(Result)):
        if name not in {"stamp", "sources", "to_base"}:
            assert _said(expected, name) == _said(result, name), name


def _said(result: Result, name: str) -> str:
    """A part of the result in full; the names of files and addresses in them are those of the form."""
    return _FILE.sub("FILE", repr(getattr(result, name)))
