"""What an upgrade refuses or asks for first, in words that say what to do; the file stays as it is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from lossless import corpus, plain
from lossless.zipped import Edit
from recon_xl.addin.artefact import artefact
from recon_xl.core.errors import WorkbookError
from recon_xl.hosts.owned import owned_parts_of
from recon_xl.hosts.upgrade import upgrade
from recon_xl.ooxml import Package, WorkbookEditor, save

TEMPLATE = artefact("month_end.xlsx")


def refused(book: Path, **options: bool) -> WorkbookError:
    """The refusal; the file is as it was."""
    held = book.read_bytes()
    with pytest.raises(WorkbookError) as caught:
        upgrade(book, TEMPLATE, **options)
    assert book.read_bytes() == held
    assert list(book.parent.glob(".*")) == []
    return caught.value


def test_names_of_the_user_are_listed_and_never_overwritten(tmp_path: Path) -> None:
    """A tab, a table and a name that ours need: all of them in one message."""
    book, sheet = plain.opened(tmp_path / "own.xlsx")
    book.add_worksheet("settings")
    sheet.add_table("G1:H3", {"name": "Customers"})
    book.define_name("Period", "='My Data'!$B$2")
    book.close()
    found = refused(tmp_path / "own.xlsx").found
    assert "a tab settings" in found
    assert "a table Customers on the tab My Data" in found
    assert "a name Period, which means 'My Data'!$B$2" in found


def test_a_table_of_the_user_named_like_a_name_of_ours(tmp_path: Path) -> None:
    """A table and a name cannot share a name."""
    book, sheet = plain.opened(tmp_path / "own.xlsx")
    sheet.add_table("G1:H3", {"name": "Company"})
    book.close()
    assert "a table Company" in refused(tmp_path / "own.xlsx").found


def test_signed_macros_are_asked_for_first(tmp_path: Path) -> None:
    """The signature does not survive Excel's next save."""
    book = corpus.make("macros_signed", tmp_path)
    error = refused(book)
    assert error.found == "macros with a digital signature"
    assert "--yes-signed-macros" in error.todo
    assert upgrade(book, TEMPLATE, signed_macros=True).target == book
    assert "xl/vbaProjectSignature.bin" in Package(book).names


def test_a_locked_structure_is_refused_with_the_way_to_unlock_it(tmp_path: Path) -> None:
    """Nothing of ours goes behind a lock, and a run could not add a draft tab either."""
    edit = Edit(corpus.make("texts", tmp_path))
    edit.before("xl/workbook.xml", "<bookViews", '<workbookProtection lockStructure="1"/>')
    error = refused(edit.save())
    assert "structure is protected" in error.found
    assert "Protect Workbook" in error.todo


@pytest.mark.parametrize(
    ("part", "words"),
    [("_xmlsignatures/origin.sigs", "digitally signed"), ("xl/revisions/revisionHeaders.xml", "old way")],
)
def test_signed_and_shared_workbooks_are_refused(tmp_path: Path, part: str, words: str) -> None:
    """Any change would break the first; the second has a history of its own."""
    edit = Edit(corpus.make("texts", tmp_path))
    edit.parts[part] = b"x"
    assert words in refused(edit.save()).found


def test_strict_files_are_refused(tmp_path: Path) -> None:
    """Their elements have other names throughout."""
    edit = Edit(corpus.make("texts", tmp_path))
    text = edit.parts["xl/workbook.xml"].decode()
    strict = "http://purl.oclc.org/ooxml/spreadsheetml/main"
    edit.parts["xl/workbook.xml"] = re.sub(
        r"http://schemas.openxmlformats.org/spreadsheetml/2006/main", strict, text
    ).encode()
    assert "Strict" in refused(edit.save()).found


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "password"), (b"%PDF-1.4", "PDF")],
)
def test_what_is_no_open_workbook_is_refused(tmp_path: Path, content: bytes, words: str) -> None:
    """Encrypted files and other formats."""
    book = tmp_path / "own.xlsx"
    book.write_bytes(content)
    assert words in refused(book).found


def test_another_ending_for_the_copy_is_refused(tmp_path: Path) -> None:
    """Macros need the ending that says so."""
    book = corpus.make("texts", tmp_path)
    with pytest.raises(WorkbookError, match=r"ends in \.xlsm"):
        upgrade(book, TEMPLATE, tmp_path / "other.xlsm")


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    """It says what it would add."""
    book = corpus.make("texts", tmp_path)
    held = book.read_bytes()
    done = upgrade(book, TEMPLATE, dry_run=True)
    assert "Exceptions" in done.plan.sheets
    assert done.target is None
    assert book.read_bytes() == held


def test_a_change_of_a_part_that_is_not_ours_is_never_saved(tmp_path: Path) -> None:
    """The proof before the replace knows whose each part is."""
    book = corpus.make("texts", tmp_path)
    held = book.read_bytes()
    editor = WorkbookEditor(book)
    owned = owned_parts_of(Package(book))
    editor.set_cells("My Data", {"B2": 4})
    with pytest.raises(WorkbookError, match=r"part xl/worksheets/sheet1\.xml is not as it should be"):
        save(editor, book, expected_hash=None, source=book, may_change=owned)
    assert book.read_bytes() == held
