"""Files are read as they are, or refused with what they really are."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from recon_xl.core.cells import NumberText
from recon_xl.core.errors import InputError, ReconError
from recon_xl.core.rows import ColumnRows
from recon_xl.intake.csvfile import read_csv
from recon_xl.intake.files import read_file

HEADER = "Customer,Product,Quantity,Amount"


def _file(folder: Path, content: str | bytes, name: str = "psa.csv") -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_one_table_reads_alike_in_every_encoding_and_delimiter(tmp_path: Path, encoding: str, delimiter: str) -> None:
    """The same rows come out, however the file was saved; an assumed encoding is stated."""
    rows = [["Customer", "Product", "Quantity", "Amount"], ["Müller", "Backup", "2", "12.50"]]
    text = "".join(delimiter.join(row) + "\r\n" for row in rows)
    (sheet,) = read_file(_file(tmp_path, text.encode(encoding)))
    assert rows[0] == sheet.headers
    assert [(2, rows[1])] == sheet.rows
    assert (encoding == "cp1252") == bool(sheet.notes)


def test_a_sep_line_declares_the_delimiter_and_rows_keep_their_lines(tmp_path: Path) -> None:
    """Excel's `sep=` line is honoured; quoted line breaks and blank lines do not shift the numbers."""
    text = 'sep=;\nCustomer;Product;Quantity;Note\nA;"Two\nlines";1;"a;b"\n\n;;;\nB;P;2;""""\n'
    (sheet,) = read_file(_file(tmp_path, text))
    assert sheet.header_row == 2
    assert sheet.rows == [(3, ["A", "Two\nlines", "1", "a;b"]), (7, ["B", "P", "2", '"'])]


def test_banner_rows_above_the_header_are_passed_over(tmp_path: Path) -> None:
    """A title and a date above the header belong to no table."""
    (sheet,) = read_file(_file(tmp_path, f"Billing export\nOctober 2026;x\n\n{HEADER}\nA,P,1,2\n"))
    assert (4, HEADER.split(",")) == (sheet.header_row, sheet.headers)
    assert sheet.rows == [(5, ["A", "P", "1", "2"])]


@pytest.mark.parametrize(
    "row", ["A,P,1", "A,P,1,2,3", '"A,P,1,2', 'A,"P"x,1,2', "A,P,1,2\x00", "A,P,1," + "x" * 40_000]
)
def test_a_damaged_row_is_refused_with_its_number(tmp_path: Path, row: str) -> None:
    """Cut, shifted, unclosed and binary rows are never padded or dropped."""
    with pytest.raises(InputError) as caught:
        read_file(_file(tmp_path, f"{HEADER}\nA,P,1,2\n{row}\nB,P,1,2\n"))
    assert caught.value.where == "psa.csv > row 3"


def test_blank_cells_beyond_the_header_are_harmless(tmp_path: Path) -> None:
    """Some programs end every row with a delimiter."""
    (sheet,) = read_file(_file(tmp_path, f"{HEADER}\nA,P,1,2,,\n"))
    assert sheet.rows == [(2, ["A", "P", "1", "2"])]


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"<!DOCTYPE html><html><body>Sign in</body></html>", "a web page"),
        (b'\xef\xbb\xbf {"items": []}', "a JSON document"),
        (b'[{"a": 1}]', "a JSON document"),
        (b"%PDF-1.7", "a PDF document"),
        (b"PK\x03\x04rest", "a zip archive or an Excel workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "an old .xls workbook or a password-protected file"),
        (b"\x1f\x8b\x08", "a gzip archive"),
        (b"", "an empty file"),
        (b"\xef\xbb\xbf \r\n", "an empty file"),
        (HEADER.encode(), "a header and no rows"),
        (f"{HEADER}\n,,,\n".encode(), "a header and no rows"),
    ],
)
def test_a_file_that_is_no_table_is_named_for_what_it_is(tmp_path: Path, content: bytes, what: str) -> None:
    """A login page named .csv is not a clean month, and neither is an empty file."""
    with pytest.raises(InputError) as caught:
        read_file(_file(tmp_path, content))
    assert what == caught.value.found


@pytest.mark.parametrize("content", [b"", b"Customer,Product\n", b"\xd0\xcf\x11\xe0", b"PK\x03\x04broken"])
def test_what_is_no_workbook_is_refused(tmp_path: Path, content: bytes) -> None:
    """A name ending in .xlsx does not make a workbook."""
    with pytest.raises(ReconError):
        read_file(_file(tmp_path, content, "book.xlsx"))


LONG = [f"Client {number},Backup,{number},12.50" for number in range(1_200)]


def _long(*changes: tuple[int, str]) -> bytes:
    """A file of 1,200 rows, the first in line 2, with some lines changed."""
    lines = [HEADER, *LONG]
    for number, line in changes:
        lines[number - 1] = line
    return "\n".join(lines).encode()


def test_a_long_file_is_read_row_by_row() -> None:
    """Every row has its number and its cells, whether it is held by column or not."""
    expected = [(number, line.split(",")) for number, line in enumerate(LONG, 2)]
    by_column, one_by_one = (read_csv(content, "psa.csv") for content in (_long(), _long((900, HEADER))))
    assert isinstance(by_column.rows, ColumnRows)
    assert expected == by_column.rows
    assert [row for row in expected if row[0] != 900] == one_by_one.rows
    assert one_by_one.notes == ("psa.csv: the header is repeated in row 900; passed over.",)
    assert by_column.notes == ()


def test_a_text_of_several_lines_moves_what_stands_below_it() -> None:
    """Rows are counted many at a time, and each still has the line on which it begins; so has one that is damaged."""
    text = '"Client\r\nin\nfour\rlines",Backup,1,2'
    sheet = read_csv(_long((700, text), (900, "")), "psa.csv")
    numbers = [number for number, _ in sheet.rows]
    assert [*range(2, 701), *range(704, 903), *range(904, 1_205)] == numbers
    assert sheet.rows[698][1][0] == "Client\r\nin\nfour\rlines"
    with pytest.raises(InputError) as refused:
        read_csv(_long((700, text), (800, '"A"B,Backup,1,2')), "psa.csv")
    assert refused.value.where == "psa.csv > row 803"


@pytest.mark.parametrize("number", [5, 700])
@pytest.mark.parametrize("row", ["A,Backup,1", "A,Backup,1,12.50,", "A,Backup,1,12.50,x", "A" * 32_768 + ",Backup,1,2"])
def test_a_damaged_row_of_a_long_file_is_refused_with_its_number(number: int, row: str) -> None:
    """Also far below the header, and whatever stands after it."""
    with pytest.raises(InputError) as refused:
        read_csv(_long((number, row), (1_000, "x")), "psa.csv")
    assert refused.value.where == f"psa.csv > row {number}"


def test_a_delimiter_at_the_end_of_each_row_of_a_long_file_is_harmless() -> None:
    """Some programs end each row with one, but not the header."""
    sheet = read_csv("\n".join([HEADER, *(f"{line}," for line in LONG)]).encode(), "psa.csv")
    assert [(number, line.split(",")) for number, line in enumerate(LONG, 2)] == sheet.rows


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    """No traceback for a mistyped name, and none for a folder."""
    for path in (tmp_path / "none.csv", tmp_path):
        with pytest.raises(InputError):
            read_file(path)


def test_a_workbook_gives_its_visible_sheets_with_rows(tmp_path: Path) -> None:
    """Banner and blank rows are passed over, rows keep their numbers, hidden sheets are named."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "October"
    for row in (["Billing export"], [], ["Customer", "Product", "Quantity"], ["A", "P", 1.5], [], ["B", "P", 2, "x"]):
        sheet.append(row)
    book.create_sheet("Empty").append(["Customer", "Product", "Quantity"])
    hidden = book.create_sheet("Old")
    hidden.append(["Customer", "Product", "Quantity"])
    hidden.append(["C", "P", 3])
    hidden.sheet_state = "hidden"
    book.save(tmp_path / "psa.xlsx")
    (october,) = read_file(tmp_path / "psa.xlsx")
    assert (
        october.sheet,
        october.header_row,
        october.headers,
    ) == ("October", 3, ["Customer", "Product", "Quantity", ""])
    assert [(4, ["A", "P", NumberText("1.5"), None]), (6, ["B", "P", NumberText("2"), "x"])] == october.rows
    assert october.address(4, 2) == "C4"
    assert october.notes == (
        "psa.xlsx: hidden sheets were not read: Old.",
        "psa.xlsx > October: above the header, passed over: row 1 'Billing export'.",
    )
    (old,) = read_file(tmp_path / "psa.xlsx", sheet="old")
    assert [(2, ["C", "P", NumberText("3")])] == old.rows
    with pytest.raises(InputError):
        read_file(tmp_path / "psa.xlsx", sheet="Empty")
    with pytest.raises(InputError):
        read_file(tmp_path / "psa.xlsx", sheet="November")


@given(st.one_of(st.binary(max_size=200), st.text('ab,;|\t"\r\n\x1a \u00a0', max_size=200).map(str.encode)))
def test_any_bytes_are_a_table_or_refused(content: bytes) -> None:
    """No file ends in a traceback, and every row that comes out has one cell a header."""
    try:
        sheet = read_csv(content, "any.csv")
    except InputError:
        return
    assert {len(cells) for _, cells in sheet.rows} == {len(sheet.headers)}


@given(
    st.lists(
        st.lists(
            st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8),
            min_size=3,
            max_size=3,
        )
    )
)
def test_quoted_text_comes_back_letter_by_letter(rows: list[list[str]]) -> None:
    """Delimiters, quotes and line breaks inside quotes are content."""
    kept = [["x", *row] for row in rows] or [["x", "", "", ""]]
    quoted = "".join(",".join('"' + cell.replace('"', '""') + '"' for cell in row) + "\r\n" for row in kept)
    sheet = read_csv(f"{HEADER}\r\n{quoted}".encode(), "psa.csv")
    assert kept == [cells for _, cells in sheet.rows]
