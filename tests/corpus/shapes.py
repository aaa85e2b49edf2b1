"""Banners, totals, blank files, headers in all their forms."""

from __future__ import annotations

from .csvs import GOOD, GOOD_ROW, SHORT, VENDOR_HEADER, VENDOR_LINE, VENDOR_ROW, lines, raw, table
from .model import Case, Cell, Read, Refused

TWO = {"Customer": "Fabrikam", "Product": "Backup", "Quantity": "3", "Amount": "7.50"}
FABRIKAM = "Fabrikam,Backup,3,7.50"
_EMPTY = "a header row and at least one row below it"
_VENDOR_UPPER = ",".join(name.upper() for name in VENDOR_HEADER.split(","))
_VENDOR_BACKWARDS = [",".join(reversed(text.split(","))) for text in (VENDOR_HEADER, VENDOR_LINE)]

CASES = [
    Case("banner.csv", "a title and a date above the header", lines("Billing export", "October 2026;printed", "", SHORT, GOOD),
         Read((GOOD_ROW,), says=("above the header, passed over: row 1 'Billing export', row 2",))),
    Case("deep_banner.csv", "more rows above the header than are searched", lines(*["printed by Ada"] * 25, SHORT, GOOD),
         Refused("deep_banner.csv", "no headers of any table in the first 20 rows", "the headers of one table", "Delete the rows above")),
    Case("grand_total.csv", "a totals row that is the sum", lines(SHORT, GOOD, FABRIKAM, "Total,,,20.00"),
         Read((GOOD_ROW, TWO), says=("row 4 is a totals row (Total: Amount 20), equal to the rows above; left out",))),
    Case("total_wrong.csv", "a totals row that is not the sum", lines(SHORT, GOOD, FABRIKAM, "Total,,,21.00"),
         Refused("total_wrong.csv > row 4 > Amount", "a totals row (Total) of 21", "20, the sum of the rows above", "rows may be missing")),
    Case("subtotals.csv", "a total of each customer and of all",
         lines(SHORT, GOOD, GOOD, "Contoso Total,,4,25.00", FABRIKAM, "Fabrikam Total,,3,7.50", "Grand Total,,7,32.50"),
         Read((GOOD_ROW, GOOD_ROW, TWO), says=("Contoso Total", "Fabrikam Total", "Grand Total"))),
    Case("summe.csv", "a German totals row", lines(SHORT.replace(",", ";"), "Contoso;Backup;2;12,50", "Summe;;2;12,50"),
         Read((GOOD_ROW,), says=("Summe",)), file_locale="de-DE"),
    Case("total_of_a_product.csv", "a product that is called Total is a line", lines(SHORT, "Contoso,Total Defense,2,12.50"),
         Read(({**GOOD_ROW, "Product": "Total Defense"},))),
    Case("vendor_total.csv", "a totals row below a vendor's lines", lines(VENDOR_HEADER, VENDOR_LINE, "Total,,,,,100.80,20.16,120.96,,,,,,"),
         Read((VENDOR_ROW,), table="Vendor Lines", says=("Subtotal 100.8, Tax Total 20.16, Total 120.96",))),
    Case("only_a_total.csv", "a totals row alone", lines(SHORT, "Total,,,0.00"), Refused("only_a_total.csv", "a header and totals only", _EMPTY, "")),
    Case("footer.csv", "words below the table are no line", lines(SHORT, GOOD, "End of report,,,"),
         Read((GOOD_ROW, {"Customer": "End of report", "Product": None, "Quantity": None, "Amount": None}),
              cells=(Cell("row 3 > Product", "blank"), Cell("row 3 > Quantity", "blank")))),
    Case("header_twice.csv", "the header again on every page", lines(SHORT, GOOD, SHORT, FABRIKAM),
         Read((GOOD_ROW, TWO), says=("the header is repeated in row 3",))),
    Case("joined.csv", "two exports joined, the second with its byte order mark", raw(f"{SHORT}\r\n{GOOD}\r\n\ufeff{SHORT}\r\n{FABRIKAM}\r\n".encode()),
         Read((GOOD_ROW, TWO), says=("the header is repeated in row 3",))),
    Case("empty.csv", "nothing", raw(b""), Refused("empty.csv", "an empty file", _EMPTY, "leave it out")),
    Case("mark_only.csv", "a byte order mark alone", raw(b"\xef\xbb\xbf\r\n"), Refused("mark_only.csv", "an empty file", _EMPTY, "leave it out")),
    Case("header_only.csv", "a header and nothing below it", lines(SHORT), Refused("header_only.csv", "a header and no rows", _EMPTY, "leave it out")),
    Case("blank_below.csv", "blank rows only", lines(SHORT, ",,,", ",,,"), Refused("blank_below.csv", "a header and no rows", _EMPTY, "leave it out")),
    Case("no_header.csv", "rows without a header", lines(GOOD, FABRIKAM), Refused("no_header.csv", "the headers Contoso", "none of these is known", "Rename the headers")),
    Case("recased.csv", "headers in capitals", lines(_VENDOR_UPPER, VENDOR_LINE), Read((VENDOR_ROW,), table="Vendor Lines")),
    Case("spaced_headers.csv", "headers with spaces, underscores and no-break spaces",
         lines("  CUSTOMER ,pro_duct,Quan\u00a0tity, amount\u200b", GOOD), Read((GOOD_ROW,))),
    Case("zero_width_header.csv", "a zero-width space inside a header", lines("Cus\u200btomer,\ufeffProduct,Quantity,Amo\u2060unt", GOOD), Read((GOOD_ROW,))),
    Case("full_width_header.csv", "full-width letters in a header", lines("Ｃｕｓｔｏｍｅｒ,Product,Quantity,Amount", GOOD), Read((GOOD_ROW,))),
    Case("newline_in_header.csv", "a line break in a header", lines('Customer,Product,"Quan\ntity",Amount', GOOD), Read((GOOD_ROW,))),
    Case("cyrillic_header.csv", "a Cyrillic letter in a required header", lines("Сustomer,Product,Quantity,Amount", GOOD),
         Refused("cyrillic_header.csv > Сustomer", "cyrillic capital letter es (U+0421)", "'Customer' in Latin letters", "Type the header anew")),
    Case("greek_header.csv", "a Greek letter in an optional header", lines("Customer,Product,Quantity,Unit Price,Αmount", "Contoso,Backup,2,6.25,12.50"),
         Refused("greek_header.csv > Αmount", "greek capital letter alpha (U+0391)", "'Amount' in Latin letters", "Type the header anew")),
    Case("twin_header.csv", "a header that matters twice", lines(f"{SHORT},AMOUNT", f"{GOOD},13.00"),
         Refused("twin_header.csv", "the header 'Amount' more than once", "one column for Amount", "Rename or delete")),
    Case("twin_unknown_header.csv", "a header that nobody reads twice", lines(f"{SHORT},Colour,Colour", f"{GOOD},red,blue"),
         Read((GOOD_ROW,), says=("columns not imported: Colour, Colour",))),
    Case("missing_header.csv", "no quantity", lines("Customer,Product,Amount", "Contoso,Backup,12.50"), Refused("missing_header.csv", "the headers Customer, Product, Amount", "", "")),
    Case("blank_header.csv", "a column without a header", lines("Customer,Product,Quantity,Amount,", f"{GOOD},note"),
         Read((GOOD_ROW,), says=("column 5 (no header)",))),
    Case("reordered.csv", "the columns of a vendor's file backwards", lines(*_VENDOR_BACKWARDS), Read((VENDOR_ROW,), table="Vendor Lines")),
    Case("extra_columns.csv", "columns that nobody asked for", lines(f"Colour,{SHORT},Mood", f"red,{GOOD},good"),
         Read((GOOD_ROW,), says=("columns not imported: Colour, Mood",))),
    Case("aliases.csv", "headers of a PSA", lines("Company Name,Item,Qty,Ext Price", GOOD), Read((GOOD_ROW,))),
    Case("gross_total.csv", "a Total beside a tax may be gross", lines("Customer,Product,Quantity,Total,VAT", "Contoso,Backup,2,15.00,2.50"),
         Refused("gross_total.csv", "it may be with tax", "net, or Unit Price", "Rename 'Total' to Amount")),
    Case("no_price.csv", "billed lines without any price", lines("Customer,Product,Quantity,Gross", "Contoso,Backup,2,15.00"),
         Refused("no_price.csv", "neither Amount nor Unit Price", "net, or Unit Price", "")),
    Case("blank_quantity.csv", "a blank where a quantity is needed", lines(SHORT, "Contoso,Backup,,12.50"),
         Read(({**GOOD_ROW, "Quantity": None},), cells=(Cell("blank_quantity.csv > row 2 > Quantity", "blank"),))),
    Case("names_that_act.csv", "names that look like formulas, errors and numbers", table(
        ["Customer", "Product", "Quantity", "Amount"], ["=1+1", "@SUM(A1)", "2", "12.50"], ["+44 Ltd", "TRUE", "2", "12.50"], ["1E10", "0001", "2", "12.50"]),
        Read(({**GOOD_ROW, "Customer": "=1+1", "Product": "@SUM(A1)"}, {**GOOD_ROW, "Customer": "+44 Ltd", "Product": "TRUE"},
              {**GOOD_ROW, "Customer": "1E10", "Product": "0001"}))),
    Case("spaces_around.csv", "spaces of all kinds around cells", lines(SHORT, " Contoso\u00a0,\u200bBackup , 2 ,\u202f12.50\u00a0"), Read((GOOD_ROW,))),
]  # fmt: skip
