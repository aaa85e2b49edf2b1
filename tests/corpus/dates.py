"""Dates as text and as day numbers: orders, zones, impossible days, spans."""

from __future__ import annotations

from .csvs import VENDOR_ROW, table, vendor
from .model import Case, Cell, Read, Refused
from .workbooks import DATE, LONG_DATE, PERCENT, Content, Number, Sheet, book, day

HEADER = ["Customer", "Product", "Quantity", "Amount", "Period Start"]


def _row(start: str | None) -> dict[str, str | None]:
    return {"Customer": "Contoso", "Product": "Backup", "Quantity": "2", "Amount": "12", "Period Start": start}


def _line(text: str) -> list[str]:
    return ["Contoso", "Backup", "2", "12", text]


def _read(name: str, title: str, text: str, start: str, locale: str | None = "en-US") -> Case:
    return Case(f"date_{name}.csv", title, table(HEADER, _line(text)), Read((_row(start),)), locale)


def _bad(name: str, title: str, text: str, locale: str | None = "en-US") -> Case:
    where = f"date_{name}.csv > row 2 > Period Start"
    return Case(
        f"date_{name}.csv",
        title,
        table(HEADER, _line(text)),
        Read((_row(None),), cells=(Cell(where, "", "a date"),)),
        locale,
    )


def _stored(name: str, title: str, cell: Content, start: str | None, *, date1904: bool = False) -> Case:
    """A cell of a workbook; None where it is no date."""
    rows = [list(HEADER), ["Contoso", "Backup", Number("2"), Number("12"), cell]]
    cells = () if start else (Cell(f"date_{name}.xlsx > Sheet1 > E2", "", "a date"),)
    return Case(
        f"date_{name}.xlsx", title, book(Sheet("Sheet1", rows), date1904=date1904), Read((_row(start),), cells=cells)
    )


CASES = [
    _read("us", "month first", "10/3/2026", "2026-10-03"),
    _read("gb", "day first", "3/10/2026", "2026-10-03", "en-GB"),
    _read("de", "German", "3.10.2026", "2026-10-03", "de-DE"),
    _read("fr", "French", "31/10/2026", "2026-10-31", "fr-FR"),
    _read("iso", "ISO, whatever the locale", "2026-10-03", "2026-10-03", "en-GB"),
    _read("with_time", "with a time of day", "10/3/2026 11:59:59 PM", "2026-10-03"),
    _read("midnight", "midnight in twelve hours", "10/3/2026 12:00:00 AM", "2026-10-03"),
    _read("utc", "UTC", "2026-10-03T23:59:59Z", "2026-10-03"),
    _read("zone_west", "an offset is taken to UTC, over midnight", "2026-10-31T20:30:00-08:00", "2026-11-01"),
    _read("zone_east", "an offset is taken to UTC, back over midnight", "2026-11-01T05:00:00+14:00", "2026-10-31"),
    _read("zone_half", "an offset of half an hour", "2026-10-31T23:00:00-02:30", "2026-11-01"),
    _read("seven_decimals", "seven decimals of a second", "2026-10-03T18:30:06.6045692Z", "2026-10-03"),
    _read("leap", "a leap day", "2/29/2028", "2028-02-29"),
    _read("leap_2000", "the leap day of 2000", "2/29/2000", "2000-02-29"),
    _bad("leap_1900", "no leap day in 1900", "2/29/1900"),
    _bad("no_leap", "no leap day in 2026", "2/29/2026"),
    _bad("april_31", "31 April", "2026-04-31"),
    _bad("zero", "the first day of the calendar, as programs write nothing", "0001-01-01"),
    _bad("month_13", "month 13, in ISO", "2026-13-01"),
    _bad("two_digit_year", "a year of two digits", "10/3/26"),
    _bad("other_marks", "another locale's marks", "3.10.2026"),
    _bad("words", "words", "soon"),
    _bad("serial_text", "a day number as text", "46296"),
    _bad("hour_25", "hour 25", "10/3/2026 25:00"),
    _bad("foreign_digits", "full-width digits", "\uff11\uff10/3/2026"),
    Case("date_order_proved_gb.csv", "a day above 12 where the month is declared first", table(HEADER, _line("3/10/2026"), _line("31/10/2026")),
         Refused("date_order_proved_gb.csv > row 3 > Period Start", "'31/10/2026', which can only be day/month/year, and '3/10/2026' (row 2 > Period Start) may be either",
                 "as en-US writes 10/31/2026", "--locale en-GB"), "en-US"),
    Case("date_order_proved_us.csv", "a month above 12 where the day is declared first", table(HEADER, _line("10/3/2026"), _line("10/31/2026")),
         Refused("date_order_proved_us.csv > row 3 > Period Start", "'10/31/2026', which can only be month/day/year", "as en-GB writes 31/10/2026", "--locale en-US"), "en-GB"),
    Case("date_order_default.csv", "the default locale is held against the file too", table(HEADER, _line("31/10/2026")),
         Refused("date_order_default.csv > row 2 > Period Start", "'31/10/2026', which can only be day/month/year", "as en-US writes", "--locale en-GB")),
    Case("date_order_mixed.csv", "both orders and one that may be either", table(HEADER, _line("10/31/2026"), _line("31/10/2026"), _line("3/10/2026")),
         Refused("date_order_mixed.csv > row 3 > Period Start", "day/month/year, and '3/10/2026' (row 4 > Period Start) may be either", "one order", "export it again"), "en-US"),
    Case("date_order_slip.csv", "a slip among dates that prove the order", table(HEADER, _line("10/31/2026"), _line("31/10/2026")),
         Read((_row("2026-10-31"), _row(None)), cells=(Cell("date_order_slip.csv > row 3 > Period Start", "'31/10/2026'", "a date such as 10/31/2026"),)), "en-US"),
    Case("vendor_order_proved.csv", "a vendor's file saved in another country", vendor(ChargeStartDate="3/10/2026", ChargeEndDate="31/10/2026"),
         Refused("vendor_order_proved.csv > row 2 > ChargeEndDate", "can only be day/month/year", "as en-US writes", "--locale en-GB")),
    Case("span_backwards.csv", "an end before its start", vendor(ChargeStartDate="10/31/2026", ChargeEndDate="10/3/2026"),
         Read(({**VENDOR_ROW, "Charge Start Date": "2026-10-31", "Charge End Date": None},), table="Vendor Lines",
              cells=(Cell("span_backwards.csv > row 2 > ChargeEndDate", "2026-10-03, before Charge Start Date 2026-10-31", "on or after"),))),
    Case("span_of_a_day.csv", "an end on its start", vendor(ChargeStartDate="10/3/2026", ChargeEndDate="10/3/2026"),
         Read(({**VENDOR_ROW, "Charge End Date": "2026-10-03"},), table="Vendor Lines")),
    _stored("serial", "a date cell", day(46298), "2026-10-03"),
    _stored("serial_time", "a date cell with a time of day", day("46298.999988425923"), "2026-10-03"),
    _stored("serial_long", "a date in a format with a locale", Number("46298", LONG_DATE), "2026-10-03"),
    _stored("serial_plain", "a day number without a date format", Number("46298"), "2026-10-03"),
    _stored("serial_1904", "a date of a workbook that counts from 1904", day(44836), "2026-10-03", date1904=True),
    _stored("serial_61", "the day after the one that never was", day(61), "1900-03-01"),
    _stored("serial_59", "the day before the one that never was", day(59), "1900-02-28"),
    _stored("serial_60", "29 February 1900, which never was", day(60), None),
    _stored("serial_0", "day 0", day(0), None),
    _stored("serial_minus", "a negative day", day(-1), None),
    _stored("serial_late", "a day after 9999", day(2958466), None),
    _stored("serial_percent", "a percentage", Number("0.5", PERCENT), None),
    _stored("text_in_book", "a date as text in a workbook", "10/3/2026", "2026-10-03"),
    Case("date_swapped_by_excel.xlsx", "a column in which Excel has swapped days and months",
         book(Sheet("Sheet1", [list(HEADER), ["Contoso", "Backup", Number("2"), Number("12"), Number("46091", DATE)],
                               ["Contoso", "Backup", Number("2"), Number("12"), "10/31/2026"]])),
         Refused("date_swapped_by_excel.xlsx > Sheet1 > E3", "Excel has swapped day and month", "dates only, or texts only", "vendor's own file")),
]  # fmt: skip
