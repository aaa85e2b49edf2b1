"""What was seen in files: a page for a reader, and the object of `--json`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal

from recon_xl.commands.inspection import PROBLEMS, READABLE, REFUSED, FileReport, SheetReport
from recon_xl.core.money import price_text
from recon_xl.intake.importing.register import Invoice

_DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "pipe"}
_MOST = 20
_TITLES = {READABLE: "readable", PROBLEMS: "with cells that cannot be read", REFUSED: "refused"}


def report_lines(reports: Sequence[FileReport]) -> list[str]:
    """Every file with its own heading, and a last line that counts them."""
    lines = [line for report in reports for line in (*_file(report), "")]
    counts = Counter(report.status for report in reports)
    told = ", ".join(f"{counts[status]} {words}" for status, words in _TITLES.items() if counts[status])
    return [*lines, f"{len(reports)} {'file' if len(reports) == 1 else 'files'}: {told}. Nothing was written."]


def report_json(reports: Sequence[FileReport]) -> list[dict[str, object]]:
    """The documented list `files`."""
    return [
        {
            "file": report.file,
            "status": report.status,
            "sheets": [_sheet_json(sheet) for sheet in report.sheets],
            "messages": report.messages,
            "error": None if report.error is None else report.error.as_dict(),
        }
        for report in reports
    ]


def _file(report: FileReport) -> Iterator[str]:
    yield report.file
    if report.error is not None:
        error = report.error
        yield _line("refused", f"{error.where}: {error.found}")
        yield _line("expected", error.expected)
        yield _line("to do", error.todo)
        return
    for sheet in report.sheets:
        yield from _sheet(sheet)
    for message in report.messages:
        yield _line("note", message)


def _sheet(report: SheetReport) -> Iterator[str]:
    sheet, recognition = report.sheet, report.recognition
    if sheet.sheet:
        yield _line("sheet", sheet.sheet)
    yield _line("is", _what(report))
    written = [sheet.encoding or "Excel workbook", _DELIMITERS.get(sheet.delimiter, sheet.delimiter), _dates(report)]
    yield _line("written", ", ".join(part for part in written if part))
    yield _line("locale", f"{report.locale}, told by {report.locale_told_by}")
    for sentence in report.evidence:
        yield _line("", sentence)
    yield _line("header", f"row {sheet.header_row}: {len(report.matched)} columns are read")
    if recognition.unknown_headers:
        yield _line("", f"not read: {', '.join(recognition.unknown_headers)}")
    if report.missing:
        yield _line("", f"not in the file: {', '.join(report.missing)}")
    yield _line("rows", str(len(report.rows)))
    yield from _invoices(report)
    if report.in_book is not None:
        yield _line("workbook", report.in_book)
    for message in report.messages:
        yield _line("note", message)
    for problem in report.problems[:_MOST]:
        yield _line("problem", f"{problem.address}: found {problem.found}; expected {problem.expected}")
    if len(report.problems) > _MOST:
        yield _line("", f"and {len(report.problems) - _MOST} more; --json lists them all")


def _what(report: SheetReport) -> str:
    recognition = report.recognition
    title = recognition.format.title if recognition.format else recognition.table.name
    by = "its headers" if report.recognised_by == "header" else report.recognised_by
    return f"{title}, by {by}; goes to {recognition.table.name}"


def _dates(report: SheetReport) -> str:
    return "dates count from 1904" if report.sheet.date1904 else ""


def _invoices(report: SheetReport) -> Iterator[str]:
    """A line an invoice and currency, in columns; of other files one line where there is a sum or a month."""
    found = [(invoice, told) for invoice, told in report.invoices if invoice.net is not None or invoice.period]
    cells = [_invoice_cells(invoice) for invoice, _ in found]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    for row, (invoice, told) in zip(cells, found, strict=True):
        text = "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True) if width).rstrip()
        yield _line("invoice" if invoice.invoice else "sums", text)
        if invoice.period:
            yield _line("", f"month {invoice.period}, told by {told}")


def _invoice_cells(invoice: Invoice) -> list[str]:
    money = (("net", invoice.net), ("tax", invoice.tax), ("total", invoice.total))
    return [
        invoice.invoice or "",
        invoice.currency or "no currency",
        f"{invoice.rows} {'row' if invoice.rows == 1 else 'rows'}",
        *(f"{name} {_amount(value, invoice.currency)}" if value is not None else "" for name, value in money),
    ]


def _amount(value: Decimal, currency: str | None) -> str:
    """To the digits of its currency, and as many more as the file has: a sum of daily usage is not rounded."""
    return price_text(value, currency or "")


def _line(title: str, text: str) -> str:
    return f"  {title:<10}{text}"


def _sheet_json(report: SheetReport) -> dict[str, object]:
    sheet, recognition = report.sheet, report.recognition
    return {
        "sheet": sheet.sheet,
        "table": recognition.table.name,
        "format": recognition.format_name,
        "recognised_by": report.recognised_by,
        "encoding": sheet.encoding or None,
        "delimiter": sheet.delimiter or None,
        "date1904": sheet.date1904,
        "locale": report.locale,
        "locale_told_by": report.locale_told_by,
        "evidence": report.evidence,
        "header_row": sheet.header_row,
        "columns": {
            "matched": [{"header": header, "column": column} for header, column in report.matched],
            "unmatched": list(recognition.unknown_headers),
            "missing": report.missing,
        },
        "rows": len(report.rows),
        "invoices": [{**invoice.as_dict(), "period_told_by": told or None} for invoice, told in report.invoices],
        "in_book": report.in_book,
        "messages": report.messages,
        "problems": [problem.as_dict() for problem in report.problems],
    }
