"""Replacing a file on Windows, told by a stand-in for its one call: what Windows may answer, and what is left on the disk."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ooxml.books import month_end, saved
from recon_xl.core.errors import WorkbookError
from recon_xl.ooxml import WorkbookEditor
from recon_xl.ooxml.disk import Disk
from recon_xl.ooxml.leftovers import sweep
from recon_xl.ooxml.winreplace import replace_file


class Windows:
    """`ReplaceFileW` as its documentation describes it, answering with the given errors first."""

    def __init__(self, *errors: int) -> None:
        self.errors, self.slept = list(errors), 0.0

    def __call__(self, old: str, new: str, spare: str) -> int:
        """What Windows answers."""
        error = self.errors.pop(0) if self.errors else 0
        if error in {0, 1177}:
            Path(old).replace(spare)
        if error == 0:
            Path(new).replace(old)
        return error

    def pause(self, seconds: float) -> None:
        """A wait that takes no time."""
        self.slept += seconds


def busy(error: int) -> Callable[[Path, Path], None]:
    def refuse(_new: Path, old: Path) -> None:
        refused = PermissionError(13, "in use", str(old))
        refused.winerror = error  # type: ignore[attr-defined]
        raise refused

    return refuse


def two_files(folder: Path) -> tuple[Path, Path]:
    old, new = folder / "b.xlsx", folder / ".b.xlsx.recon-1-ab.tmp"
    old.write_bytes(b"old")
    new.write_bytes(b"new")
    return new, old


@pytest.mark.parametrize("errors", [(), (32,), (33, 5), (1175,), (1176,), (1177,), (50,)])
def test_the_new_file_takes_the_name(tmp_path: Path, errors: tuple[int, ...]) -> None:
    """Also where another program held it for a moment, where Windows stopped half way, and where the disk knows no such call."""
    new, old = two_files(tmp_path)
    replace_file(new, old, call=Windows(*errors), pause=lambda _seconds: None)
    assert b"new" == old.read_bytes()
    assert [old] == list(tmp_path.iterdir())


def test_a_file_that_stays_open(tmp_path: Path) -> None:
    """Excel does not let go: after about a second it is refused, and the old file is whole."""
    new, old = two_files(tmp_path)
    windows = Windows(*[32] * 100)
    with pytest.raises(PermissionError):
        replace_file(new, old, call=windows, pause=windows.pause)
    assert b"old" == old.read_bytes()
    assert 0.5 < windows.slept < 2


def test_half_way_and_then_held(tmp_path: Path) -> None:
    """The old file gets its name back before anything else is tried."""
    new, old = two_files(tmp_path)

    def rename(source: Path, target: Path) -> None:
        if source == new:
            busy(5)(source, target)
        source.replace(target)

    with pytest.raises(PermissionError):
        replace_file(new, old, call=Windows(1177, *[32] * 100), rename=rename, pause=lambda _seconds: None)
    assert b"old" == old.read_bytes()


def test_ended_half_way(tmp_path: Path) -> None:
    """The process ended when the old file had its spare name only: the next start gives it back."""
    old = tmp_path / "b.xlsx"
    (tmp_path / ".b.xlsx.recon-1-ab.old").write_bytes(b"old")
    (tmp_path / ".b.xlsx.recon-1-ab.tmp").write_bytes(b"new")
    sweep(old)
    assert b"old" == old.read_bytes()
    assert [old] == list(tmp_path.iterdir())


def test_the_message_names_excel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A sharing violation is told as what it is to an accountant."""
    path = month_end(tmp_path / "b.xlsx")
    before = path.read_bytes()
    monkeypatch.setattr(Disk, "replace", lambda _disk, new, old: busy(32)(new, old))
    with pytest.raises(WorkbookError, match="open in another program, most likely Excel"):
        saved(WorkbookEditor(path), path)
    assert before == path.read_bytes()
    assert [path] == list(tmp_path.iterdir())
