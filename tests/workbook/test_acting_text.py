"""No formula, link, error, name or rule is ever made from data, whatever the data says; a slice of the soak of that name."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from recon_xl.ooxml import lint
from workbook.acting import MARK, acting_book, acting_places, texts_of
from workbook.books import edit_part as edit
from workbook.books import opened, records, sheet_parts, type_cells
from workbook.calls import call
from workbook.small import CUSTOMER, VENDOR, small_book, write_csv
from workbook.test_rerun import reconciled


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A month of such texts, run twice."""
    return acting_book(tmp_path_factory.mktemp("acting"), 20261103)


def test_nothing_acts(book: Path) -> None:
    """In no part of the workbook; and the texts are all there."""
    assert [] == list(acting_places(book))
    assert [] == lint(book)
    assert len(texts_of(book)) > 300


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('<c r="A1"', f'<c r="A1"><f>1+{MARK}</f></c><c r="A2"'),
        ("</sheetData>", f'</sheetData><hyperlinks><hyperlink ref="A1" location="{MARK}"/></hyperlinks>'),
        ('<c r="A1"', '<c r="A1" t="e"><v>#N/A</v></c><c r="A2"'),
        ('<c r="A1"', f'<c r="A1" t="inlineStr"><is><t>={MARK}</t></is></c><c r="A2"'),
    ],
)
def test_the_scan_sees_what_acts(book: Path, tmp_path: Path, old: str, new: str) -> None:
    """A scan that finds nothing anywhere proves nothing."""
    copy = tmp_path / "copy.xlsx"
    copy.write_bytes(book.read_bytes())
    edit(copy, sheet_parts(copy)["Client Summary"], lambda text: text.replace(old, new, 1))
    assert list(acting_places(copy))


def test_like_names_keep_their_tabs(tmp_path: Path) -> None:
    """Customers whose first 31 characters are the same: one more of them, first in the list, changes nobody's tab."""
    names = [f"The same thirty-one characters, {end}" for end in ("North", "South", "East")]
    rows = [
        {**CUSTOMER, "Customer": name, "Code": f"C{n}", "Vendor Customer Ids": f"t{n}"} for n, name in enumerate(names)
    ]
    lines = [{**VENDOR, "CustomerId": f"t{n}", "SubscriptionId": f"s{n}"} for n in range(3)]
    book = small_book(tmp_path, customers=rows[:2], recon=lines[:2])
    reconciled(book, 1)
    before = {row["Customer"]: row["Tab"] for row in records(book, "Drafts")}
    third = [{**rows[2], "Customer": "The same thirty-one characters, A"}]
    files = [
        write_csv(tmp_path / "c.csv", third),
        write_csv(tmp_path / "OneTime_v.csv", [{**lines[2], "InvoiceNumber": "G0002"}]),
    ]
    assert call("import", book, *files).code == 0
    reconciled(book, 2)
    after = {row["Customer"]: row["Tab"] for row in records(book, "Drafts")}
    assert len(before) + 1 == len(after) == len(set(after.values()))
    assert before == {name: after[name] for name in before}
    assert set(after.values()) <= set(opened(book).sheetnames)


def test_a_very_long_name_stops_no_run(tmp_path: Path) -> None:
    """Sentences with a name of 32,767 characters are cut to what a cell holds; the name itself stays whole."""
    book = small_book(tmp_path)
    name = "N" * 32_767
    type_cells(book, "Customers", {"A6": name, "D6": "Contoso"})
    answer = call("run", book)
    assert answer.code == 1, answer
    [row] = records(book, "Exceptions")
    assert name == row["Customer"]
    assert re.search("N{1000}", row["Suggested Action"])
    assert [] == lint(book)
