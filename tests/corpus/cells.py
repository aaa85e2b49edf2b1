"""Cells of workbooks: numbers as stored, text that is a number, errors, formulas, dates in the wrong place, ids."""

from __future__ import annotations

from .csvs import GOOD_ROW, VENDOR_HEADER, VENDOR_ROW, table, vendor
from .model import Case, Cell, Read, Refused
from .workbooks import PERCENT, Content, Formula, Number, Sheet, Typed, book, day

HEADER: list[Content] = ["Customer", "Product", "Quantity", "Amount"]


def _amount(
    name: str,
    title: str,
    cell: Content,
    amount: str | None,
    *says: str,
    locale: str | None = None,
    expected: str = "an amount",
) -> Case:
    """One amount; None where it is none and must be named."""
    rows = [HEADER, ["Contoso", "Backup", Number("2"), cell]]
    cells = () if amount is not None else (Cell(f"cell_{name}.xlsx > Recon > D2", "", expected),)
    return Case(
        f"cell_{name}.xlsx",
        title,
        book(Sheet("Recon", rows)),
        Read(({**GOOD_ROW, "Amount": amount},), cells=cells, says=says),
        locale,
    )


def _id(name: str, title: str, cell: Content, product: str | None, expected: str = "") -> Case:
    """One id; named as damaged where something is expected instead, though its text is kept."""
    rows = [HEADER, ["Contoso", cell, Number("2"), Number("12.5")]]
    cells = (Cell(f"id_{name}.xlsx > Recon > B2", "", expected),) if product is None or expected else ()
    return Case(
        f"id_{name}.xlsx",
        title,
        book(Sheet("Recon", rows)),
        Read(({**GOOD_ROW, "Product": product, "Amount": "12.5"},), cells=cells),
    )


def _vendor_book(**changed: Content) -> list[list[Content]]:
    names = VENDOR_HEADER.split(",")
    values: dict[str, Content] = {
        "CustomerId": "1f0e", "InvoiceNumber": "G0001", "ProductId": "CFQ7TTC0LH18", "SkuId": "0001", "ChargeType": "new",
        "Subtotal": Number("100.8"), "TaxTotal": Number("20.16"), "Total": Number("120.96"), "Currency": "USD",
        "SubscriptionId": "sub-1", "ChargeStartDate": day(46298), "ChargeEndDate": day(46328),
        "EffectiveUnitPrice": Number("10.08"), "BillableQuantity": Number("10"), **changed,
    }  # fmt: skip
    return [[*names, *(name for name in changed if name not in names)], [*values.values()]]


CASES = [
    _amount("number", "a number", Number("12.5"), "12.5"),
    _amount("noise", "a number with the noise of binary", Number("12.500000000000002"), "12.5"),
    _amount("noise_small", "0.1 + 0.2", Number("0.30000000000000004"), "0.3"),
    _amount("exponent", "a number stored with an exponent", Number("1.25E+1"), "12.5"),
    _amount("tiny", "a residue of subtraction", Number("-1.4210854715202004E-14"), None, expected="18 after the point"),
    _amount("text_us", "a number as text", "1,234.56", "1234.56"),
    _amount("text_de", "a number as text, German", "1.234,56", "1234.56", locale="de-DE"),
    _amount("text_nbsp", "a number as text with a no-break space", "12.50\u00a0", "12.50"),
    _amount("true", "a logical value", Typed("b", "1"), None),
    _amount("error", "an Excel error", Typed("e", "#N/A"), None),
    _amount("div", "a division by zero", Typed("e", "#DIV/0!"), None),
    _amount("date", "a date where an amount is due", day(46298), None),
    _amount("formula", "a formula with its value", Formula("6.25*2", "12.5"), "12.5", "1 cell is a formula", "the first is D2"),
    _amount("formula_text", "a formula that gives a text", Formula('"12"&".5"', "12.5", "str"), "12.5", "1 cell is a formula"),
    _amount("formula_not_calculated", "a formula that was never calculated", Formula("6.25*2", None), None),
    _amount("formula_error", "a formula that gives an error", Formula("1/0", "#DIV/0!", "e"), None),
    _amount("formula_external", "a formula that reads another file is not followed", Formula("[1]Sheet1!A1", "12.5"), "12.5", "1 cell is a formula"),
    _amount("huge", "1e308", Number("1E+308"), None),
    _amount("minus_zero", "minus zero", Number("-0"), "0"),
    _amount("blank_text", "a text of spaces is a blank", "12.50 ", "12.50"),
    Case("cell_no_number.xlsx", "letters stored as a number", book(Sheet("Recon", [HEADER, ["Contoso", "Backup", Number("2"), Number("1_0")]])),
         Refused("cell_no_number.xlsx > Recon > D2", "'1_0' stored as a number", "digits", "Open the file in Excel")),
    Case("cell_nan.xlsx", "NaN stored as a number", book(Sheet("Recon", [HEADER, ["Contoso", "Backup", Number("2"), Number("NaN")]])),
         Refused("cell_nan.xlsx > Recon > D2", "'NaN' stored as a number", "digits", "Open the file in Excel")),
    Case("cell_percent.xlsx", "per cent cells and plain numbers", book(Sheet("Rules", [
        ["Level", "Applies To", "Billing Product", "Markup"], ["product", None, "Backup", Number("0.025", PERCENT)], ["product", None, "Agent", Number("2.5")]])),
        Read(({"Level": "product", "Billing Product": "Backup", "Markup": "2.5"}, {"Level": "product", "Billing Product": "Agent", "Markup": "2.5"}), table="Price Rules")),
    Case("cell_vendor.xlsx", "a vendor's file saved as a workbook", book(Sheet("OneTime", _vendor_book())), Read((VENDOR_ROW,), table="Vendor Lines")),
    Case("cell_sku_number.xlsx", "a SkuId that has lost its zeros", book(Sheet("OneTime", _vendor_book(SkuId=Number("1")))),
         Read((VENDOR_ROW,), table="Vendor Lines", says=("SkuId 1 looks like 0001 damaged by Excel",))),
    Case("cell_id_number.xlsx", "an id that is a number", book(Sheet("OneTime", _vendor_book(OrderId=Number("12345")))),
         Read(({**VENDOR_ROW, "Order Id": "12345"},), table="Vendor Lines", says=("1 ids in Order Id are numbers in Excel",))),
    Case("cell_id_18.xlsx", "an id of 18 digits as a number", book(Sheet("OneTime", _vendor_book(OrderId=Number("123456789012345000")))),
         Read((VENDOR_ROW,), table="Vendor Lines", cells=(Cell("cell_id_18.xlsx > OneTime > O2", "123456789012345000", "a number keeps only 15 digits"),))),
    _id("zeros", "zeros in front stay", "0001", "0001"),
    _id("number", "a whole number", Number("365"), "365"),
    _id("date", "a product that Excel made a date of", day(46082), "2026-03-01", "text: Excel has made a date of it"),
    _id("true", "a logical value", Typed("b", "1"), "TRUE", "text, not a logical value"),
    _id("error", "an Excel error", Typed("e", "#REF!"), None),
    _id("error_text", "an Excel error as text", "#N/A", None),
    _id("scientific", "a scientific number as text", "1.23457E+17", None),
    _id("long_number", "16 digits as a number", Number("1234567890123456"), "1234567890123456", "a number keeps only 15 digits"),
    Case("id_18_whole.csv", "an id of 18 digits, whole", vendor(OrderId="123456789012345678"),
         Read(({**VENDOR_ROW, "Order Id": "123456789012345678"},), table="Vendor Lines")),
    Case("id_18_cut.csv", "an id of 18 digits whose last are zeros", vendor(OrderId="123456789012345000"),
         Read((VENDOR_ROW,), table="Vendor Lines", cells=(Cell("id_18_cut.csv > row 2 > OrderId", "'123456789012345000'", "Excel keeps 15 digits"),))),
    Case("id_16_cut.csv", "ids of 16 digits, all ending in a zero", table(
        ["Customer", "Product", "Quantity", "Amount", "Agreement"], ["Contoso", "Backup", "2", "12.50", "1234567890123450"], ["Contoso", "Backup", "2", "12.50", "9234567890123450"]),
        Read((GOOD_ROW, GOOD_ROW), cells=(Cell("row 2 > Agreement", "'1234567890123450'", "15 digits"), Cell("row 3 > Agreement", "'9234567890123450'", "15 digits")))),
    Case("id_16_by_chance.csv", "one id of 16 digits ends in a zero, another does not", table(
        ["Customer", "Product", "Quantity", "Amount", "Agreement"], ["Contoso", "Backup", "2", "12.50", "1234567890123450"], ["Contoso", "Backup", "2", "12.50", "9234567890123457"]),
        Read(({**GOOD_ROW, "Agreement": "1234567890123450"}, {**GOOD_ROW, "Agreement": "9234567890123457"}))),
    Case("id_scientific.csv", "an id that Excel has shortened", vendor(SubscriptionId="1.23457E+17"),
         Read(({**VENDOR_ROW, "Subscription Id": None},), table="Vendor Lines", cells=(Cell("id_scientific.csv > row 2 > SubscriptionId", "'1.23457E+17'", "the whole id"),))),
]  # fmt: skip
