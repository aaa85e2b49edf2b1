"""Saving is all or nothing, and refuses when the file is not ours to replace."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import subprocess
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from ooxml.books import SHEET, TABLE, cell, month_end, saved, table_values
from recon_xl.core.cells import Formula
from recon_xl.core.errors import WorkbookError
from recon_xl.ooxml import ClonedRow, ClonedSheet, Package, WorkbookEditor, file_hash, lint, save
from recon_xl.ooxml.locks import save_lock


def edited(path: Path) -> WorkbookEditor:
    editor = WorkbookEditor(path)
    editor.replace_rows(TABLE, ("Key",), [["k1"], ["k2"]])
    return editor


def files(folder: Path) -> set[str]:
    return {entry.name for entry in folder.iterdir()}


def test_hash_and_mode(tmp_path: Path) -> None:
    """Saving returns the hash of the new file and keeps its permissions."""
    path = month_end(tmp_path / "b.xlsx")
    path.chmod(0o640)
    editor = edited(path)
    assert file_hash(path) == editor.source_hash
    digest = save(editor, path, expected_hash=editor.source_hash, source=path)
    assert file_hash(path) == digest
    assert 0o640 == path.stat().st_mode & 0o777
    assert {"b.xlsx"} == files(tmp_path)


def test_save_as_another_file(tmp_path: Path) -> None:
    """With another target the source stays as it is."""
    path = month_end(tmp_path / "b.xlsx")
    before = path.read_bytes()
    editor = edited(path)
    save(editor, tmp_path / "out.xlsx", expected_hash=editor.source_hash, source=path)
    assert before == path.read_bytes()
    assert ["k1", "k2"] == [row[0] for row in table_values(tmp_path / "out.xlsx")]


def test_a_link_is_followed(tmp_path: Path) -> None:
    """A symbolic link stays one; the file it leads to is replaced."""
    (tmp_path / "real").mkdir()
    path = month_end(tmp_path / "real" / "b.xlsx")
    link = tmp_path / "link.xlsx"
    link.symlink_to(path)
    saved(edited(link), link)
    assert link.is_symlink()
    assert 2 == len(table_values(path))


@pytest.mark.parametrize("name", ["fsync", "replace", "open"])
@pytest.mark.parametrize("fail_at", [1, 2])
def test_disk_faults(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, fail_at: int) -> None:
    """A disk that fails at any call leaves the old file or the new one whole, and no stray file."""
    path = month_end(tmp_path / "b.xlsx")
    before = path.read_bytes()
    editor = edited(path)
    real = getattr(os, name)
    calls = 0

    def failing(*args: object, **options: object) -> object:
        nonlocal calls
        calls += 1
        if calls == fail_at:
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(*args, **options)

    monkeypatch.setattr(os, name, failing)
    with contextlib.suppress(WorkbookError):
        saved(editor, path)
    monkeypatch.undo()
    assert path.read_bytes() == before or len(table_values(path)) == 2
    assert {"b.xlsx"} == files(tmp_path)
    assert [] == lint(path)


def test_writing_fails_half_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that is full in the middle of writing leaves the old file."""
    path = month_end(tmp_path / "b.xlsx")
    before = path.read_bytes()

    def half(_package: Package, file: object) -> None:
        file.write(before[:100])
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Package, "write_to", half)
    with pytest.raises(WorkbookError, match="old file is untouched"):
        saved(edited(path), path)
    assert before == path.read_bytes()
    assert {"b.xlsx"} == files(tmp_path)


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda package: package.replace("xl/worksheets/sheet1.xml", b"<broken"), "fault of recon-xl's own"),
        (lambda package: package.remove("xl/worksheets/sheet2.xml"), "missing part"),
        (lambda package: package.add("xl/strange.zzz", b"x"), "no content type"),
    ],
)
def test_a_faulty_result_is_never_saved(tmp_path: Path, spoil: object, words: str) -> None:
    """What would not open in Excel is noticed before the old file is replaced."""
    path = month_end(tmp_path / "b.xlsx")
    before = path.read_bytes()
    package = edited(path).package()
    spoil(package)
    with pytest.raises(WorkbookError, match=words):
        save(package, path, expected_hash=package.hash, source=path)
    assert before == path.read_bytes()
    assert {"b.xlsx"} == files(tmp_path)


def test_old_faults_do_not_block(tmp_path: Path) -> None:
    """A fault that the accountant's file had before is not ours to refuse."""
    path = month_end(tmp_path / "b.xlsx")
    book = load_workbook(path)
    book["My sheet"].merge_cells("A1:B2")
    book["My sheet"].merge_cells("B2:C3")
    book.save(path)
    assert 1 == len(lint(path))
    editor = edited(path)
    editor.set_cells("My sheet", {"A9": "x"})
    assert "x" == cell(saved(editor, path), "My sheet", "A9")


def test_changed_since_it_was_read(tmp_path: Path) -> None:
    """A workbook that someone else saved meanwhile is not overwritten."""
    path = month_end(tmp_path / "b.xlsx")
    editor = edited(path)
    month_end(path, [["theirs", 1, "", ""]])
    with pytest.raises(WorkbookError, match="saved by someone else"):
        saved(editor, path)
    assert ["theirs"] == [row[0] for row in table_values(path)]
    assert {"b.xlsx"} == files(tmp_path)


def excel_owner(name: str) -> bytes:
    latin = name.encode("latin-1", "replace")
    start = bytes([len(latin)]) + latin.ljust(53)
    return start + bytes([len(name), 0]) + name.ljust(54).encode("utf-16-le")


@pytest.mark.parametrize(
    ("lock", "content", "words"),
    [
        ("~$b.xlsx", excel_owner("Ann Lee"), "open in Excel by Ann Lee"),
        ("~$b.xlsx", excel_owner("Łukasz"), "open in Excel by Łukasz"),
        ("~$b.xlsx", b"\x07Ann Lee" + b" " * 40, "open in Excel by Ann Lee"),
        ("~$b.xlsx", b"", "open in Excel;"),
        (".~lock.b.xlsx#", b"Bo Li,bo,pc7,22.11.2026 10:00,file:///x;", "open in LibreOffice by Bo Li"),
        (".~lock.b.xlsx#", b",bo,pc7,22.11.2026 10:00,file:///x;", "open in LibreOffice by bo"),
    ],
)
def test_open_elsewhere(tmp_path: Path, lock: str, content: bytes, words: str) -> None:
    """A file that is open is not replaced; the message names who has it and the way out."""
    path = month_end(tmp_path / "b.xlsx")
    before = path.read_bytes()
    (tmp_path / lock).write_bytes(content)
    with pytest.raises(WorkbookError, match=words) as error:
        saved(edited(path), path)
    assert "--out" in error.value.todo
    assert before == path.read_bytes()


def test_read_only(tmp_path: Path) -> None:
    """A file that is marked read-only is not replaced."""
    path = month_end(tmp_path / "b.xlsx")
    editor = edited(path)
    path.chmod(0o444)
    with pytest.raises(WorkbookError, match="read-only"):
        saved(editor, path)
    with pytest.raises(WorkbookError, match="folder"):
        save(editor, tmp_path / "nowhere" / "b.xlsx", expected_hash=None, source=path)


def test_one_save_at_a_time(tmp_path: Path) -> None:
    """While another run saves, this one stops; what a killed run left behind does not stop it."""
    path = month_end(tmp_path / "b.xlsx")
    with save_lock(path), pytest.raises(WorkbookError, match="another run"):
        saved(edited(path), path)
    (tmp_path / ".b.xlsx.recon.lock").write_bytes(b"")
    (tmp_path / ".b.xlsx.recon-123-abcd1234.tmp").write_bytes(b"half")
    saved(edited(path), path)
    assert {"b.xlsx"} == files(tmp_path)


@pytest.mark.office
def test_libreoffice_opens_it(tmp_path: Path) -> None:
    """LibreOffice opens a patched workbook and shows what was written, formulas included."""
    office = shutil.which("soffice")
    if office is None:
        if os.environ.get("CI"):
            pytest.fail("LibreOffice is missing")
        pytest.skip("LOUD: LibreOffice is missing, so nothing proves that a patched workbook opens")
    path = month_end(tmp_path / "b.xlsx", totals=True)
    editor = WorkbookEditor(path)
    rows = [[f"k{n}", Decimal(n), "=1+1"] for n in range(1, 31)]
    total = {"Amount": Formula(f"SUBTOTAL(109,{TABLE}[Amount])", Decimal(465))}
    editor.replace_rows(TABLE, ("Key", "Amount", "Why"), rows, totals=total)
    editor.clone_sheets(
        "Draft Template", [ClonedSheet("Ä & B", rows=[ClonedRow(5, {"A": "x", "B": Decimal(2)})])], first_row=5
    )
    saved(editor, path)
    out = tmp_path / "out"
    command = [office, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to", "xlsx"]
    subprocess.run([*command, "--outdir", str(out), str(path)], check=True, capture_output=True, timeout=120)
    result = out / "b.xlsx"
    assert rows == [[k, Decimal(a), w] for k, a, w, _note in table_values(result)]
    assert ["465", "2", "=1+1"] == [cell(result, SHEET, "B36"), cell(result, "Ä & B", "B5"), cell(result, SHEET, "C6")]
