"""A workbook whose content tells which save it is of: number n has n % 40 + 1 rows, each with the key kn."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from ooxml.books import TABLE, month_end, table_values

from recon_xl.core.errors import ReconError
from recon_xl.ooxml import WorkbookEditor, lint, save
from recon_xl.ooxml.backups import Backups, backup_folder, backups_of
from recon_xl.ooxml.disk import DISK, Disk

_START = datetime(2026, 11, 3, 8, 30, tzinfo=UTC)
KEEP = 3


def first_book(folder: Path) -> Path:
    """Save number 0."""
    return month_end(folder / "october.xlsx", [["k0", None, None, None]])


def save_number(path: Path, number: int, disk: Disk = DISK) -> None:
    """Read the workbook and save it as that number, keeping the one before."""
    editor = WorkbookEditor(path)
    editor.replace_rows(TABLE, ("Key",), [[f"k{number}"]] * (number % 40 + 1))
    backups = Backups(path, KEEP, _START + timedelta(seconds=number))
    save(editor, path, expected_hash=editor.source_hash, source=path, backups=backups, disk=disk)


def number_of(path: Path) -> int:
    """Which save a workbook is of; AssertionError where it is damaged, or of two saves."""
    try:
        keys = [str(row[0]) for row in table_values(path)]
        faults = lint(path)
    except ReconError as error:
        raise AssertionError(f"{path.name} cannot be read: {error}") from error
    assert not faults, f"{path.name}: {faults}"
    numbers = {int(key.removeprefix("k")) for key in keys}
    assert len(numbers) == 1, f"{path.name} is of several saves: {sorted(numbers)}"
    (number,) = numbers
    assert number % 40 + 1 == len(keys), f"{path.name} has {len(keys)} rows of save {number}"
    return number


def check_tidy(path: Path) -> int:
    """Nothing stands beside a workbook but whole backups; how many of these there are."""
    strays = {file.name for file in path.parent.iterdir()} - {path.name, backup_folder(path).name}
    assert not strays, f"left behind: {sorted(strays)}"
    kept = sorted(backups_of(path))
    inside = set(backup_folder(path).iterdir()) if backup_folder(path).exists() else set()
    assert inside == set(kept), f"left behind among the backups: {sorted(inside - set(kept))}"
    assert len({number_of(file) for file in kept}) == len(kept), "the same version twice"
    assert not any(file.samefile(path) for file in kept), "a backup that is the workbook itself"
    return len(kept)
