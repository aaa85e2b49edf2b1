"""Amounts as text in a CSV file: every way to write one, and every way that is none."""

from __future__ import annotations

from .csvs import GOOD_ROW, table, vendor
from .model import Case, Cell, Read, Refused

HEADER = ["Customer", "Product", "Quantity", "Amount"]
WITH_CURRENCY = [*HEADER, "Currency"]


def _read(name: str, title: str, text: str, amount: str, locale: str | None = "en-US") -> Case:
    """One amount, alone in its file, with the locale declared or not."""
    return Case(
        f"amount_{name}.csv",
        title,
        table(HEADER, ["Contoso", "Backup", "2", text]),
        Read(({**GOOD_ROW, "Amount": amount},)),
        locale,
    )


def _bad(name: str, title: str, text: str, locale: str | None = "en-US", expected: str = "amount") -> Case:
    """A text that is no amount: named, never 0."""
    where = f"amount_{name}.csv > row 2 > Amount"
    return Case(f"amount_{name}.csv", title, table(HEADER, ["Contoso", "Backup", "2", text]),
                Read(({**GOOD_ROW, "Amount": None},), cells=(Cell(where, "", expected),)), locale)  # fmt: skip


def _asked(
    name: str, title: str, text: str, *more: list[str], locale: str | None = None, found: str = "which may be"
) -> Case:
    """An amount that may be two: the file is refused with the question."""
    return Case(f"amount_{name}.csv", title, table(HEADER, ["Contoso", "Backup", "2", text], *more),
                Refused(f"amount_{name}.csv > row", found, "one way of writing amounts", "--locale"), locale)  # fmt: skip


def _line(amount: str, quantity: str = "2") -> list[str]:
    return ["Contoso", "Backup", quantity, amount]


def _of(amount: str | None) -> dict[str, str | None]:
    return {**GOOD_ROW, "Amount": amount}


READ = [
    _read("plain", "digits and a point", "1234.56", "1234.56"),
    _read("plain_undeclared", "the same without a declared locale", "1234.56", "1234.56", None),
    _read("grouped_us", "English groups", "1,234.56", "1234.56"),
    _read("grouped_undeclared", "English groups prove themselves", "1,234.56", "1234.56", None),
    _read("millions", "two groups prove themselves", "1,234,567", "1234567", None),
    _read("grouped_de", "German groups", "1.234,56", "1234.56", "de-DE"),
    _read("grouped_de_undeclared", "German groups prove themselves", "1.234,56", "1234.56", None),
    _read("comma_undeclared", "a decimal comma proves itself", "12,50", "12.50", None),
    _read("grouped_de_millions", "German groups of a whole number", "1.234.567", "1234567", "de-DE"),
    _read("thousand_us", "1,234 where the locale is declared", "1,234", "1234"),
    _read("thousand_gb", "1,234 in British English", "1,234", "1234", "en-GB"),
    _read("thousand_de", "1,234 where a comma is decimal", "1,234", "1.234", "de-DE"),
    _read("point_three_de", "1.234 where a point groups", "1.234", "1234", "de-DE"),
    _read("leading_zero", "0.125 cannot be grouped", "0.125", "0.125", None),
    _read("leading_zero_comma", "0,125 cannot be grouped", "0,125", "0.125", None),
    _read("nbsp_fr", "no-break spaces in French", "1\u00a0234,56", "1234.56", "fr-FR"),
    _read("narrow_fr", "narrow no-break spaces in French", "1\u202f234\u202f567,8", "1234567.8", "fr-FR"),
    _read("space_fr", "plain spaces in French", "1 234,56", "1234.56", "fr-FR"),
    _read("nbsp_us", "no-break space before a decimal point", "1\u00a0234.56", "1234.56"),
    _read("thin_us", "thin space before a decimal point", "1\u2009234.56", "1234.56"),
    _read("apostrophe", "Swiss apostrophes", "1'234.56", "1234.56"),
    _read("apostrophe_curly", "Swiss typographic apostrophes", "1\u2019234\u2019567.50", "1234567.50"),
    _read("apostrophe_de", "Swiss apostrophes before a comma", "1'234,56", "1234.56", "de-DE"),
    _read("brackets", "accountant's brackets", "(12.50)", "-12.50"),
    _read("brackets_grouped", "brackets around groups", "(1,234.50)", "-1234.50"),
    _read("trailing_minus", "a minus at the end", "12-", "-12"),
    _read("unicode_minus", "the minus sign U+2212", "\u221212.50", "-12.50"),
    _read("plus", "a plus", "+12.50", "12.50"),
    _read("minus_zero", "minus zero", "-0.00", "0"),
    _read("exponent", "scientific notation", "7.1967E-05", "0.000071967"),
    _read("exponent_whole", "scientific notation of a whole number", "1.5e3", "1500"),
    _read("many_digits", "17 significant digits", "12345678901234.567", "12345678901234.567"),
    _read("eighteen_decimals", "18 decimals", "0.123456789012345678", "0.123456789012345678"),
    _read("no_leading_digit", "a point first", ".50", "0.50"),
    _read("trailing_point", "a point last", "12.", "12"),
    _read("iso", "the ISO locale", "1234.5", "1234.5", "iso"),
]
BAD = [
    _bad("words", "words", "twelve"),
    _bad("underscore", "an underscore, which Python would take", "1_000"),
    _bad("arabic", "Arabic-Indic digits, which Python would take", "\u0661\u0662"),
    _bad("full_width", "full-width digits", "\uff11\uff12.50"),
    _bad("hex", "hexadecimal", "0x1F"),
    _bad("nan", "NaN", "NaN"),
    _bad("inf", "infinity", "inf"),
    _bad("infinity_minus", "minus infinity", "-Infinity"),
    _bad("1e308", "1e308", "1e308"),
    _bad("1e309", "1e309, which overflows to infinity", "1e309"),
    _bad("too_many_decimals", "22 decimals of money", "0.1999968000511991808131", expected="18 after the point"),
    _bad("too_many_digits", "21 digits before the point", "123456789012345678901", expected="20 digits before"),
    _bad("true", "a logical value", "TRUE"),
    _bad("date", "a date", "10/31/2026"),
    _bad("iso_date", "an ISO date", "2026-10-31"),
    _bad("excel_error", "an Excel error as text", "#N/A"),
    _bad("two_points", "two points", "1.2.3"),
    _bad("odd_groups", "groups of two", "12,34,567.00"),
    _bad("two_signs", "two signs", "--1"),
    _bad("sign_in_brackets", "a sign in brackets", "(-1)"),
    _bad("fraction", "a vulgar fraction", "½"),
    _bad("percent", "a percentage", "12%"),
    _bad("fake_code", "three letters that are no currency", "DEC 12"),
    _bad("sum", "a sum", "1+2"),
    _bad("formula", "a formula", "=6.25*2"),
    _bad("group_leading_zero", "a group after a zero", "0,123,456"),
]
ASKED = [
    _asked("thousand_asked", "1,234 alone", "1,234", found="'1,234', which may be 1234 or 1.234"),
    _asked("point_three_asked", "1.234 alone", "1.234", found="'1.234', which may be 1234 or 1.234"),
    _asked("thousand_dollar_asked", "$1,234 alone", "$1,234"),
    _asked("thousand_minus_asked", "-1,234 alone", "-1,234"),
    _asked("mixed_marks", "both decimal marks in one file", "1,234", _line("12.50"), _line("12,50"), found="beside '12,50'"),
    _asked("against_declared", "a decimal comma beside 1,234 in a file declared English", "1,234", _line("12,50"), locale="en-US",
           found="'1,234', which may be 1234 or 1.234, beside '12,50' (row 3 > Amount)"),
    _asked("against_declared_de", "a decimal point beside 1.234 in a file declared German", "1.234", _line("12.50"), locale="de-DE",
           found="'1.234', which may be 1234 or 1.234, beside '12.50' (row 3 > Amount)"),
]  # fmt: skip
SETTLED = [
    Case("vendor_decimal_commas.csv", "a vendor's file that an Excel of another country has saved",
         lambda: vendor(Subtotal="100,80", TaxTotal="20,16", Total="120,96", EffectiveUnitPrice="10,08")().replace(b'","', b'";"'),
         Refused("vendor_decimal_commas.csv > row 2 > Subtotal", "'100,80', which has a decimal comma", "as en-US writes them, such as 1,234.56", "--locale de-DE or fr-FR")),
    Case("amount_all_against.csv", "decimal points only, where commas are declared", table(HEADER, _line("12.50"), _line("7.25")),
         Refused("amount_all_against.csv > row 2 > Amount", "'12.50', which has a decimal point", "as de-DE writes them", "--locale en-US or en-GB"), "de-DE"),
    Case("amount_slip.csv", "a slip among amounts that prove the mark", table(HEADER, _line("12.50"), _line("7,5")),
         Read((_of("12.50"), _of(None)), cells=(Cell("amount_slip.csv > row 3 > Amount", "'7,5'", "an amount such as 1,234.56"),)), "en-US"),
    Case("amount_settled_by_point.csv", "1,234 beside a decimal point", table(HEADER, _line("1,234"), _line("12.50")), Read((_of("1234"), _of("12.50")))),
    Case("amount_settled_by_comma.csv", "1,234 beside a decimal comma", table(HEADER, _line("1,234"), _line("12,50")),
         Read((_of("1.234"), _of("12.50")), says=("read as de-DE, because '12,50' (row 3 > Amount) has a decimal comma",))),
    Case("amount_settled_by_groups.csv", "1.234 beside 1.234.567", table(HEADER, _line("1.234"), _line("1.234.567")),
         Read((_of("1234"), _of("1234567")), says=("read as de-DE",))),
    Case("amount_settled_by_option.csv", "1,234 with --locale", table(HEADER, _line("1,234")), Read((_of("1.234"),)), options={"locale": "de-DE"}),
]  # fmt: skip
CURRENCIES = [
    Case("currency_symbol.csv", "a dollar sign in a line of USD", table(WITH_CURRENCY, [*_line("$1,234.50"), "USD"]), Read(({**_of("1234.50"), "Currency": "USD"},))),
    Case("currency_code.csv", "a code before and after", table(WITH_CURRENCY, [*_line("USD 12.50"), "usd"], [*_line("12.50 USD"), "USD"]),
         Read(({**_of("12.50"), "Currency": "USD"}, {**_of("12.50"), "Currency": "USD"}))),
    Case("currency_euro_de.csv", "a euro sign behind", table(WITH_CURRENCY, [*_line("1.234,50 €"), "EUR"]), Read(({**_of("1234.50"), "Currency": "EUR"},)), "de-DE"),
    Case("currency_other.csv", "a euro sign in a line of USD", table(WITH_CURRENCY, [*_line("€12.50"), "USD"]),
         Refused("currency_other.csv > row 2 > Amount", "'€12.50' in a line of USD", "an amount in USD", "Correct the cell")),
    Case("currency_code_other.csv", "a code of another currency", table(WITH_CURRENCY, [*_line("GBP 12.50"), "USD"]),
         Refused("currency_code_other.csv > row 2 > Amount", "'GBP 12.50' in a line of USD", "an amount in USD", "Correct the cell")),
    Case("currency_told.csv", "a code in a line without a currency", table(HEADER, _line("EUR 12.50")),
         Read(({**_of("12.50"), "Currency": "EUR"},), says=("1 lines take their Currency from the sign beside Amount",))),
    Case("currency_yen.csv", "a sign that the base currency cannot have", table(HEADER, _line("¥1250")),
         Refused("currency_yen.csv > row 2 > Amount", "'¥1250'", "the base currency is USD, which ¥ does not mean", "Correct the cell")),
    Case("currency_negative.csv", "a sign, a symbol and brackets", table(WITH_CURRENCY, [*_line("-$12.50"), "USD"], [*_line("($12.50)"), "USD"]),
         Read(({**_of("-12.50"), "Currency": "USD"}, {**_of("-12.50"), "Currency": "USD"}))),
]  # fmt: skip
CASES = [*READ, *BAD, *ASKED, *SETTLED, *CURRENCIES]
