"""`recon-xl inspect`: what files are and add up to, before anything is written."""

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook
from workbook.calls import CLEAN, COULD_NOT_RUN, FINDINGS, call
from workbook.small import BILLED, VENDOR, small_book, write_csv

from recon_xl.contract import table


def _vendor(folder: Path, **changed: str) -> Path:
    return write_csv(folder / "recon.csv", [VENDOR, {**VENDOR, "SubscriptionId": "sub-2", **changed}])


def test_a_vendors_file_is_told_with_its_totals(tmp_path: Path) -> None:
    """Format, header, columns, locale and its evidence, invoice, month and exact sums; no workbook is needed."""
    answer = call("inspect", _vendor(tmp_path, Subtotal="60.48", TaxTotal="1.21", Total="61.69"), "--json")
    assert (CLEAN, None, 0) == (answer.code, answer.json["book"], answer.json["exit_code"])
    (file,) = answer.json["files"]
    assert (file["file"], file["status"], file["messages"], file["error"]) == ("recon.csv", "readable", [], None)
    (sheet,) = file["sheets"]
    assert sheet["invoices"] == [
        {
            "invoice": "G0001", "currency": "USD", "period": "2026-10", "rows": 2, "net": "160.48", "tax": "1.21",
            "total": "161.69", "period_told_by": "Charge Start Date of 2 of 2 rows",
        }
    ]  # fmt: skip
    told = {name: sheet[name] for name in ("table", "format", "recognised_by", "encoding", "delimiter", "header_row")}
    assert told == {
        "table": "Vendor Lines", "format": "partner_center_nce", "recognised_by": "header", "encoding": "UTF-8",
        "delimiter": ",", "header_row": 1,
    }  # fmt: skip
    assert (sheet["locale"], sheet["locale_told_by"]) == ("en-US", "the vendor's format")
    assert sheet["evidence"] == ["decimal point: '100.00' (row 2 > Subtotal)"]
    matched = {pair["header"]: pair["column"] for pair in sheet["columns"]["matched"]}
    assert matched["BillableQuantity"] == "Billable Quantity"
    assert len(VENDOR) == len(matched)
    assert "Product Category" in sheet["columns"]["missing"]
    assert not {"Line", "Source", "Period"} & set(sheet["columns"]["missing"])
    assert set(table("Vendor Lines").column_names) >= set(sheet["columns"]["missing"])


def test_every_file_is_reported_and_the_worst_decides(tmp_path: Path) -> None:
    """One file that cannot be read does not hide the others; nothing is written anywhere."""
    good = write_csv(tmp_path / "billed.csv", [BILLED])
    damaged = write_csv(tmp_path / "damaged.csv", [{**BILLED, "Quantity": "eight"}])
    page = tmp_path / "login.csv"
    page.write_text("<html><body>Sign in</body></html>", encoding="utf-8")
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    cases = (
        ((good,), CLEAN),
        ((good, damaged), FINDINGS),
        ((page, good, damaged, tmp_path / "none.csv"), COULD_NOT_RUN),
    )
    for files, code in cases:
        answer = call("inspect", *files, "--json")
        assert code == answer.code == answer.json["exit_code"]
        assert [path.name for path in files] == [file["file"] for file in answer.json["files"]]
    statuses = [file["status"] for file in answer.json["files"]]
    assert statuses == ["refused", "readable", "problems", "refused"]
    assert "a web page" == answer.json["files"][0]["error"]["found"]
    (problem,) = answer.json["files"][2]["sheets"][0]["problems"]
    assert problem["where"] == "damaged.csv > row 2 > Quantity"
    assert before == {path: path.read_bytes() for path in tmp_path.iterdir()}


def test_the_page_reads_like_a_note(tmp_path: Path) -> None:
    """The same for a reader: one heading a file, what to do, and a last line that counts."""
    damaged = write_csv(tmp_path / "damaged.csv", [{**BILLED, "Quantity": "eight", "Colour": "red"}])
    answer = call("inspect", _vendor(tmp_path), damaged, tmp_path / "none.csv")
    for line in (
        "  is        Partner Center new-commerce reconciliation, by its headers; goes to Vendor Lines",
        "  written   UTF-8, comma",
        "  locale    en-US, told by the vendor's format",
        "  invoice   G0001  USD  2 rows  net 200.00  tax 0.00  total 200.00",
        "            month 2026-10, told by Charge Start Date of 2 of 2 rows",
        "            not read: Colour",
        "  problem   row 2 > Quantity: found 'eight'; expected an amount such as 1,234.56 (en-US)",
        "  refused   none.csv: a file that cannot be opened (No such file or directory)",
        "3 files: 1 readable, 1 with cells that cannot be read, 1 refused. Nothing was written.",
    ):
        assert line in answer.out.splitlines(), answer.out
    assert answer.err == ""


def test_sums_are_by_currency_and_none_without_one(tmp_path: Path) -> None:
    """Amounts of different currencies are never added, and a blank one is the client's, whichever that is."""
    lines = [{**BILLED, "Currency": currency} for currency in ("USD", "EUR", "USD", "")]
    answer = call("inspect", write_csv(tmp_path / "billed.csv", lines), "--json")
    invoices = answer.json["files"][0]["sheets"][0]["invoices"]
    assert [(one["currency"], one["rows"], one["net"]) for one in invoices] == [
        ("USD", 2, "192.00"),
        ("EUR", 1, "96.00"),
        (None, 1, None),
    ]


def test_a_workbook_says_what_is_in_it_already(tmp_path: Path) -> None:
    """With --book its File Locale counts; the same file, a new one and a clash are told, and the book stays as it is."""
    book = small_book(tmp_path)
    before = book.read_bytes()
    same = tmp_path / "files" / "billed.csv"
    clash = write_csv(tmp_path / "billed2.csv", [{**BILLED, "Quantity": "9"}])
    new = write_csv(tmp_path / "september.csv", [{**BILLED, "Billing Month": "2026-09"}])
    answer = call("inspect", same, clash, new, "--book", book, "--json")
    assert (CLEAN, str(book)) == (answer.code, answer.json["book"])
    told = [file["sheets"][0]["in_book"] for file in answer.json["files"]]
    assert told[0].startswith("there already, as S")
    assert "for the same customer, product and month (row 2" in told[1]
    assert "--replace" in told[1]
    assert told[2] == "part: 1 rows new, 0 changed, 0 as they are"
    assert before == book.read_bytes()


def test_the_file_locale_of_the_workbook_counts(tmp_path: Path) -> None:
    """An amount that may be two is asked about without it, and read with it or with --locale."""
    file = write_csv(tmp_path / "billed.csv", [{**BILLED, "Unit Price": "", "Amount": "1,234", "Quantity": "1"}])
    alone = call("inspect", file, "--json")
    assert COULD_NOT_RUN == alone.code
    assert "which may be 1234 or 1.234" in alone.json["files"][0]["error"]["found"]
    settings = write_csv(tmp_path / "settings.csv", [{"Setting": "File Locale", "Value": "de-DE"}])
    book = tmp_path / "october.xlsx"
    assert call("new", book).code == CLEAN
    assert call("import", book, settings).code == CLEAN
    sheets = [
        call("inspect", file, *options, "--json").json["files"][0]["sheets"][0]
        for options in (("--book", book), ("--locale", "en-GB"))
    ]
    assert [(sheet["locale"], sheet["locale_told_by"]) for sheet in sheets] == [
        ("de-DE", "File Locale of the workbook"),
        ("en-GB", "--locale"),
    ]


def test_sheets_and_formulas_of_a_workbook_are_told(tmp_path: Path) -> None:
    """Each sheet that belongs somewhere is an entry; the hidden one is named."""
    book = Workbook()
    first = book.active
    assert first is not None
    first.title = "Clients"
    first.append(["Customer", "Code"])
    first.append(["Contoso", "CON"])
    counts, hidden = book.create_sheet("RMM"), book.create_sheet("Old")
    counts.append(["Tool", "Client", "Product", "Count", "As Of"])
    counts.append(["RMM", "Contoso", "Agent", 7, "2026-10-31"])
    hidden.append(["Customer", "Code"])
    hidden.append(["Gone", "G"])
    hidden.sheet_state = "hidden"
    book.save(tmp_path / "export.xlsx")
    (file,) = call("inspect", tmp_path / "export.xlsx", "--json").json["files"]
    assert [(sheet["sheet"], sheet["table"]) for sheet in file["sheets"]] == [
        ("Clients", "Customers"),
        ("RMM", "Counts"),
    ]
    assert file["messages"] == ["export.xlsx: hidden sheets were not read: Old."]
    (named,) = call("inspect", tmp_path / "export.xlsx", "--sheet", "old", "--json").json["files"][0]["sheets"]
    assert (named["sheet"], named["rows"]) == ("Old", 1)


def test_a_table_that_is_named_is_taken(tmp_path: Path) -> None:
    """`--as` says so in the report; a table that does not exist is refused before any file is looked at."""
    file = write_csv(tmp_path / "billed.csv", [BILLED])
    (sheet,) = call("inspect", file, "--as", "billed lines", "--json").json["files"][0]["sheets"]
    assert sheet["recognised_by"] == "--as"
    assert call("inspect", file, "--as", "nothing", "--json").error["where"] == "--as"


def test_help_has_examples() -> None:
    """What to type, and what the exit codes mean."""
    text = call("inspect", "--help").out
    assert "recon-xl inspect billed.csv --book october.xlsx" in text
    assert "exit codes" in text
