"""Earlier versions of the workbook: kept, told, counted, and never at the price of the workbook itself."""

from __future__ import annotations

import errno
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ooxml.books import TABLE, month_end, table_values
from recon_xl.core.errors import WorkbookError
from recon_xl.ooxml import WorkbookEditor, save
from recon_xl.ooxml.backups import Backups, backup_folder, backups_of
from recon_xl.ooxml.disk import Disk
from recon_xl.ooxml.leftovers import sweep

NOW = datetime(2026, 11, 3, 8, 30, tzinfo=UTC)


class NoLinks(Disk):
    """A disk on which a file has one name only, as on a memory stick or a network drive."""

    def link(self, file: Path, name: Path) -> None:
        """Refused."""
        raise OSError(errno.EPERM, "Operation not permitted")


def saved(path: Path, key: str, at: datetime = NOW, keep: int = 5, disk: Disk | None = None) -> Backups:
    editor = WorkbookEditor(path)
    editor.replace_rows(TABLE, ("Key",), [[key]])
    backups = Backups(path, keep, at)
    save(
        editor,
        path,
        expected_hash=editor.source_hash,
        source=path,
        backups=backups,
        disk=Disk() if disk is None else disk,
    )
    return backups


@pytest.mark.parametrize("disk", [Disk(), NoLinks()])
def test_the_version_before_is_kept(tmp_path: Path, disk: Disk) -> None:
    """It is the old file to the byte, under a name that says when it was replaced; the new one does not follow it."""
    path = month_end(tmp_path / "october.xlsx", [["first", 1, "", ""]])
    before = path.read_bytes()
    backup = saved(path, "second", disk=disk).made
    assert tmp_path / "october backups" / "october 2026-11-03 08.30.00Z.xlsx" == backup
    assert before == backup.read_bytes()
    assert not backup.samefile(path)
    assert ["second"] == [row[0] for row in table_values(path)]
    assert {"october.xlsx", "october backups"} == {file.name for file in tmp_path.iterdir()}


def test_the_newest_are_kept(tmp_path: Path) -> None:
    """Two in one second are two; what has another name in the folder is the user's own and stays."""
    path = month_end(tmp_path / "b.xlsx")
    for number in range(6):
        saved(path, f"k{number}", NOW + timedelta(seconds=number // 2), keep=3)
    mine = backup_folder(path) / "b before the audit.xlsx"
    mine.write_bytes(b"mine")
    other = backup_folder(path) / "b2 2020-01-01 00.00.00Z.xlsx"
    other.write_bytes(b"of another book")
    saved(path, "last", NOW + timedelta(seconds=3), keep=3)
    names = sorted(file.name.removeprefix("b 2026-11-03 08.30.") for file in backups_of(path))
    assert ["02Z-001.xlsx", "02Z.xlsx", "03Z.xlsx"] == names
    assert ["k4"] == [
        row[0] for row in table_values(sorted(backups_of(path))[-1].with_name(f"b 2026-11-03 08.30.{names[0]}"))
    ]
    assert (b"mine", b"of another book") == (mine.read_bytes(), other.read_bytes())


def test_a_clock_that_went_back(tmp_path: Path) -> None:
    """The version just kept is never the one that goes."""
    path = month_end(tmp_path / "b.xlsx")
    saved(path, "k1", keep=1)
    backups = saved(path, "k2", NOW - timedelta(days=400), keep=1)
    assert [backups.made] == list(backups_of(path))
    assert ["k1"] == [row[0] for row in table_values(backups.made)]


def test_none_are_wanted(tmp_path: Path) -> None:
    """0 keeps none, and those of before stay where they are."""
    path = month_end(tmp_path / "b.xlsx")
    kept = saved(path, "k1").made
    assert saved(path, "k2", keep=0).made is None
    assert [kept] == list(backups_of(path))


@pytest.mark.parametrize("call", ["link", "replace"])
def test_a_save_that_fails_keeps_no_second_copy(tmp_path: Path, call: str) -> None:
    """Without a replacement there is nothing earlier: the folder is as it was."""
    path = month_end(tmp_path / "b.xlsx")
    before = path.read_bytes()

    class Full(Disk):
        def create(self, path: Path) -> object:
            if "backups" in str(path):
                raise OSError(errno.ENOSPC, "No space left on device")
            return super().create(path)

    def refuse(*_args: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    disk = Full()
    setattr(disk, call, refuse)
    with pytest.raises(WorkbookError, match="No space left on device"):
        saved(path, "k1", disk=disk)
    assert before == path.read_bytes()
    assert {"b.xlsx"} == {file.name for file in tmp_path.iterdir()}


def test_what_a_kill_leaves_is_swept(tmp_path: Path) -> None:
    """A backup that is still the workbook itself, half a copy, half a file and a lock go; a real backup stays."""
    path = month_end(tmp_path / "b.xlsx")
    kept = saved(path, "k1").made
    folder = backup_folder(path)
    os.link(path, folder / "b 2026-11-04 08.30.00Z.xlsx")
    (folder / ".b.xlsx.recon-12-abcd.tmp").write_bytes(b"half")
    (tmp_path / ".b.xlsx.recon-12-abcd.tmp").write_bytes(b"half")
    (tmp_path / ".b.xlsx.recon.lock").write_bytes(b"Ann on PC7")
    sweep(path)
    assert [kept] == list(folder.iterdir())
    assert {"b.xlsx", "b backups"} == {file.name for file in tmp_path.iterdir()}
