"""Delimiters, quotes and row lengths."""

from __future__ import annotations

from .csvs import GOOD, GOOD_ROW, SHORT, VENDOR_HEADER, VENDOR_LINE, lines, raw
from .model import Case, Cell, Read, Refused

TAB = SHORT.replace(",", "\t")
AS_MANY = "as many as the header has"

CASES = [
    Case("semicolon.csv", "semicolons", lines(SHORT.replace(",", ";"), GOOD.replace(",", ";")), Read((GOOD_ROW,))),
    Case("pipe.csv", "pipes", lines(SHORT.replace(",", "|"), GOOD.replace(",", "|")), Read((GOOD_ROW,))),
    Case("tab.tsv", "tabs", lines(TAB, GOOD.replace(",", "\t")), Read((GOOD_ROW,))),
    Case("sep_line.csv", "Excel's sep= line", lines("sep=;", SHORT.replace(",", ";"), GOOD.replace(",", ";")), Read((GOOD_ROW,))),
    Case("sep_caret.csv", "a delimiter that only the sep= line tells", lines("SEP=^", SHORT.replace(",", "^"), GOOD.replace(",", "^")),
         Read((GOOD_ROW,))),
    Case("sep_tab_marked.csv", "sep= with a tab after a byte order mark", lines("sep=\t", TAB, GOOD.replace(",", "\t"), encoding="utf-8-sig"),
         Read((GOOD_ROW,))),
    Case("semicolon_comma_decimals.csv", "semicolons and decimal commas, locale declared",
         lines(SHORT.replace(",", ";"), "Contoso;Backup;2;12,50"), Read((GOOD_ROW,)), file_locale="de-DE"),
    Case("commas_in_quotes.csv", "commas inside quotes", lines(SHORT, '"Contoso, Inc.",Backup,2,"12.50"'),
         Read(({**GOOD_ROW, "Customer": "Contoso, Inc."},))),
    Case("quoted_newline.csv", "a line break inside quotes", lines(SHORT, '"Contoso\r\nLtd",Backup,2,12.50', GOOD),
         Read(({**GOOD_ROW, "Customer": "Contoso\r\nLtd"}, GOOD_ROW))),
    Case("quoted_newline_then_bad.csv", "an unreadable cell after a row of three lines keeps its own line",
         lines(SHORT, '"Contoso\r\nof\r\nOslo",Backup,2,12.50', "Contoso,Backup,two,12.50"),
         Read(({**GOOD_ROW, "Customer": "Contoso\r\nof\r\nOslo"}, {**GOOD_ROW, "Quantity": None}),
              cells=(Cell("quoted_newline_then_bad.csv > row 5 > Quantity", "'two'", "an amount"),))),
    Case("doubled_quotes.csv", "quotes inside quotes", lines(SHORT, '"Contoso ""East""",Backup,2,12.50'),
         Read(({**GOOD_ROW, "Customer": 'Contoso "East"'},))),
    Case("mac_line_ends.csv", "line ends of old Macs", raw(f"{SHORT}\r{GOOD}\r".encode()), Read((GOOD_ROW,))),
    Case("unix_line_ends.csv", "line ends of Unix", raw(f"{SHORT}\n{GOOD}\n".encode()), Read((GOOD_ROW,))),
    Case("no_last_line_end.csv", "no line end at the end", raw(f"{SHORT}\n{GOOD}".encode()), Read((GOOD_ROW,))),
    Case("open_quote.csv", "a quote that never closes", lines(SHORT, GOOD, '"Contoso,Backup,2,12.50', GOOD),
         Refused("open_quote.csv > row 3", "quotes that do not close", '"" for a quote inside', "Download")),
    Case("stray_quote.csv", "text after a closing quote", lines(SHORT, 'Contoso,"Back"up,2,12.50'),
         Refused("stray_quote.csv > row 2", "damaged row", "in quotes", "Download")),
    Case("short_row.csv", "a row with a cell less", lines(SHORT, GOOD, "Contoso,Backup,2"),
         Refused("short_row.csv > row 3", "3 cells", AS_MANY, "Download")),
    Case("long_row.csv", "a row with a cell more", lines(SHORT, GOOD, "Contoso,Backup,2,12.50,x"),
         Refused("long_row.csv > row 3", "5 cells", AS_MANY, "Download")),
    Case("shifted_row.csv", "a comma in a name without quotes shifts the row",
         lines(f"{SHORT},PO", "Fabrikam,Backup,2,12.50,", "Contoso, Inc.,Backup,2,12.50,"),
         Refused("shifted_row.csv > row 3", "6 cells", "5, " + AS_MANY, "Download")),
    Case("trailing_delimiters.csv", "a delimiter at the end of every row", lines(SHORT, f"{GOOD},,", f"{GOOD},,"),
         Read((GOOD_ROW, GOOD_ROW))),
    Case("cut_in_a_row.csv", "a download cut in a row", raw(f"{VENDOR_HEADER}\r\n{VENDOR_LINE}\r\n{VENDOR_LINE[:60]}".encode()),
         Refused("cut_in_a_row.csv > row 3", "cells", AS_MANY, "Download")),
    Case("cut_in_quotes.csv", "a download cut inside quotes", raw(f'{SHORT}\r\n{GOOD}\r\n"Cont'.encode()),
         Refused("cut_in_quotes.csv > row 3", "quotes that do not close", "", "Download")),
    Case("long_field.csv", "a field of 200 kB", lines(SHORT, f"{'x' * 200_000},Backup,2,12.50"),
         Refused("long_field.csv > row 2", "longer than an Excel cell", "32,767", "Shorten")),
    Case("field_of_40k.csv", "a field of 40,000 characters", lines(SHORT, f"{'x' * 40_000},Backup,2,12.50"),
         Refused("field_of_40k.csv > row 2", "longer than an Excel cell", "32,767", "Shorten")),
    Case("blank_rows.csv", "blank rows between", lines(SHORT, "", GOOD, ",,,", "  ", GOOD, ""), Read((GOOD_ROW, GOOD_ROW))),
]  # fmt: skip
