"""Cells become values: exactly, or as a problem; never a guess."""
# ruff: noqa: DTZ001 - all times of the ledger are UTC without saying so

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pace import paced

from recon_xl.contract import Column, Kind, table
from recon_xl.core.cells import Cell, ErrorText, NumberText, PercentText
from recon_xl.core.repeated import Repeated
from recon_xl.intake.locales import LOCALES
from recon_xl.intake.problems import CellProblem
from recon_xl.intake.texts import split_list
from recon_xl.intake.values import parse_cell, parse_column


@pytest.mark.parametrize(
    ("locale", "text", "amount"),
    [
        ("en-US", "1,234.56", "1234.56"),
        ("en-US", "1,234", "1234"),
        ("de-DE", "1,234", "1.234"),
        ("de-DE", "1.234", "1234"),
        ("en-GB", "1,234,567.8", "1234567.8"),
        ("de-DE", "1.234.567,89", "1234567.89"),
        ("fr-FR", "1\u202f234,56", "1234.56"),
        ("fr-FR", "1\u00a0234\u00a0567,5", "1234567.5"),
        ("fr-FR", "1 234,56 €", "1234.56"),
        ("iso", "1234.56", "1234.56"),
        ("en-US", "(12.50)", "-12.50"),
        ("en-US", "12-", "-12"),
        ("en-US", "\u221212.5", "-12.5"),
        ("en-US", "-$12.50", "-12.50"),
        ("en-US", "$10,000.00 ", "10000.00"),
        ("en-GB", "GBP 12.50", "12.50"),
        ("de-DE", "12,50 EUR", "12.50"),
        ("en-US", "7.1967E-05", "0.000071967"),
        ("en-US", "-0.00", "0"),
        ("de-DE", "1234.5678901234567890", "1234.5678901234567890"),
    ],
)
def test_an_amount_is_read_as_its_declared_locale_writes_it(locale: str, text: str, amount: str) -> None:
    """Grouping, decimals, sign and currency follow the declared locale; long plain digits read as themselves."""
    assert Decimal(amount) == parse_cell(Kind.MONEY, text, locale)


@pytest.mark.parametrize("kind", [Kind.MONEY, Kind.QUANTITY, Kind.PRICE, Kind.RATE, Kind.PERCENT, Kind.INTEGER])
@pytest.mark.parametrize(
    "cell",
    [
        *("1_000", "\uff11\uff12", "NaN", "inf", "0x1F", "10/3/2026", "1,23", "12,34.5", "0,123", "--1", "(-1)", "1-2"),
        *("DEC 12", "$", "1e999", "1e308", "1.2.3", "twelve", "+-1", True, False, ErrorText("#N/A"), NumberText("1_0")),
    ],
)
def test_what_is_not_an_amount_is_refused(kind: Kind, cell: Cell) -> None:
    """Python's own number parsers accept underscores, foreign digits and NaN; an amount does not."""
    with pytest.raises(CellProblem):
        parse_cell(kind, cell, "en-US")


def test_a_vendors_22_digits_stay_exact_as_text_and_15_as_a_number() -> None:
    """Text keeps every digit; a number cell holds what Excel holds."""
    text = "0.1999968000511991808131"
    assert Decimal(text) == parse_cell(Kind.PRICE, text, "de-DE")
    assert Decimal("0.3") == parse_cell(Kind.PRICE, NumberText("0.30000000000000004"), "de-DE")
    assert Decimal("0.846202666") == parse_cell(Kind.RATE, NumberText("0.846202666"), "de-DE")


@pytest.mark.parametrize("text", ["0.1999968000511991808131", "123456789012345678901", "-123456789012345678901.5"])
def test_an_amount_beyond_the_contract_is_refused_never_rounded(text: str) -> None:
    """Money and quantities hold 20 digits before and 18 after the point; a price may have more."""
    with pytest.raises(CellProblem):
        parse_cell(Kind.MONEY, text, "en-US")
    assert Decimal(text) == parse_cell(Kind.PRICE, text, "en-US")


def test_a_percentage_is_points_however_it_is_written() -> None:
    """2.5 % is 2.5, from a percent cell, from text with and without the sign, and from a plain number."""
    cells: list[Cell] = [
        PercentText("0.025"),
        PercentText("2.5000000000000001E-2"),
        "2.5%",
        "2.5 %",
        "2.5",
        NumberText("2.5"),
    ]
    assert [Decimal("2.5")] * 6 == [parse_cell(Kind.PERCENT, cell, "en-US") for cell in cells]


@pytest.mark.parametrize(
    ("locale", "text", "moment"),
    [
        ("en-US", "10/3/2026", datetime(2026, 10, 3)),
        ("en-GB", "10/3/2026", datetime(2026, 3, 10)),
        ("fr-FR", "31/10/2026", datetime(2026, 10, 31)),
        ("de-DE", "3.10.2026", datetime(2026, 10, 3)),
        ("de-DE", "2026-10-03", datetime(2026, 10, 3)),
        ("en-US", "1/31/2023 11:59:59 PM", datetime(2023, 1, 31, 23, 59, 59)),
        ("en-US", "3/1/2018 12:00:00 AM", datetime(2018, 3, 1)),
        ("en-US", "2/1/2019 0:00", datetime(2019, 2, 1)),
        ("en-US", "2/28/2019 23:59", datetime(2019, 2, 28, 23, 59)),
        ("fr-FR", "2021-05-20T18:30:06.6045692Z", datetime(2021, 5, 20, 18, 30, 6)),
        ("iso", "2019-02-04T23:22:40.1767993-08:00", datetime(2019, 2, 5, 7, 22, 40)),
        ("en-US", "11/30/9999 11:59:59 PM", datetime(9999, 11, 30, 23, 59, 59)),
    ],
)
def test_a_date_is_read_in_the_declared_order(locale: str, text: str, moment: datetime) -> None:
    """Day and month follow the locale, ISO is read everywhere, and an offset is taken to UTC."""
    assert moment == parse_cell(Kind.TIME, text, locale)
    assert moment.date() == parse_cell(Kind.DATE, text, locale)


@pytest.mark.parametrize(
    "cell",
    [
        *(
            "2/30/2026",
            "13/1/2026",
            "1/2/26",
            "2026-02-29",
            "0001-01-01",
            "10.3.2026",
            "46296",
            "24:00",
            "1/2/2026 25:00",
        ),
        *("1/2/2026 13:00 PM", "\uff11/2/2026", True, NumberText("60"), NumberText("0"), NumberText("-1")),
        *(NumberText("2958466"), PercentText("1"), ErrorText("#VALUE!")),
    ],
)
def test_an_impossible_or_unclear_date_is_refused(cell: Cell) -> None:
    """Impossible days, two-digit years, another locale's marks and serial 60 are not guessed at."""
    with pytest.raises(CellProblem):
        parse_cell(Kind.DATE, cell, "en-US")


def test_excels_day_numbers_are_dates_in_both_systems() -> None:
    """The 1900 system jumps over a day that never was; the 1904 system starts four years later."""
    days = {"1": date(1900, 1, 1), "59": date(1900, 2, 28), "61": date(1900, 3, 1), "46296": date(2026, 10, 1)}
    assert list(days.values()) == [parse_cell(Kind.DATE, NumberText(serial), "iso") for serial in days]
    assert date(2026, 10, 1) == parse_cell(Kind.DATE, NumberText("44834"), "iso", date1904=True)
    assert datetime(2026, 10, 1, 23, 59, 59) == parse_cell(Kind.TIME, NumberText("46296.9999884259"), "iso")


@pytest.mark.parametrize(
    "cell",
    [
        *("2026-10", "10/2026", "Oct 2026", "October 2026", "10/31/2026", "202610", "Oct-26", "October '26"),
        *("10/1/2026 - 10/31/2026", "2026-10-01 to 2026-12-31", "10/1/2026\u201310/31/2026"),
        *(NumberText("46296"), NumberText("202610")),
    ],
)
def test_a_month_is_read_from_any_of_its_forms(cell: Cell) -> None:
    """A billing month is YYYY-MM however it was typed, also where Excel made a date of it."""
    assert parse_cell(Kind.MONTH, cell, "en-US") == "2026-10"


@pytest.mark.parametrize(
    "cell", ["2026-13", "202613", NumberText("202613"), "Foo 2026", "10/26", "Oct 26", "10/31/2026 - 10/1/2026", True]
)
def test_what_is_not_a_month_is_refused(cell: Cell) -> None:
    """A month that does not exist, a day that may be meant as a year, a range that runs backwards."""
    with pytest.raises(CellProblem):
        parse_cell(Kind.MONTH, cell, "en-US")


def test_ids_are_text_and_damaged_ones_are_refused() -> None:
    """Leading zeros stay, numbers lose their decimals, and what Excel has shortened is a problem."""
    cells: list[Cell] = [
        "0001",
        " 0001\u00a0",
        NumberText("1234.0"),
        "1E10",
        "TRUE",
        "NA",
        "006G",
        "123456789012345678",
    ]
    expected = ["0001", "0001", "1234", "1E10", "TRUE", "NA", "006G", "123456789012345678"]
    assert expected == [parse_cell(Kind.ID, cell, "en-US") for cell in cells]
    for damaged in (NumberText("1.2345678901234499E+17"), NumberText("1234567890123456"), "1.23457E+17", "#N/A", True):
        with pytest.raises(CellProblem):
            parse_cell(Kind.ID, damaged, "en-US")


@pytest.mark.parametrize(
    ("name", "column"),
    [("Billed Lines", "Currency"), ("FX Rates", "From"), ("FX Rates", "To"), ("Daily Usage", "Billing Currency")],
)
def test_currency_codes_are_upper_case_however_typed(name: str, column: str) -> None:
    """`usd` and USD are one currency; what is no code stays to be reported."""
    values, _ = parse_column(table(name).column(column), ["usd", " Eur ", "dollar", None], "en-US")
    assert values == ["USD", "EUR", "dollar", None]


def test_flags_and_choices_are_read_whatever_their_case() -> None:
    """A choice takes the declared spelling; what is not declared is a problem."""
    flags: list[Cell] = ["Yes", "no", "TRUE", "false", "y", "N", True, NumberText("1"), NumberText("0"), "0"]
    assert [parse_cell(Kind.FLAG, cell, "en-US") for cell in flags] == [
        True,
        False,
        True,
        False,
        True,
        False,
        True,
        True,
        False,
        False,
    ]
    assert parse_cell(Kind.CHOICE, " MARKUP ", "en-US", choices=("markup", "rrp")) == "markup"
    for kind, cell in ((Kind.FLAG, "maybe"), (Kind.CHOICE, "cost plus")):
        with pytest.raises(CellProblem):
            parse_cell(kind, cell, "en-US", choices=("markup", "rrp"))


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("cell", [None, "", "  ", "\u00a0", "\ufeff"])
def test_a_blank_cell_is_nothing(kind: Kind, cell: Cell) -> None:
    """A blank is None for every kind, never 0 and never an empty text."""
    assert parse_cell(kind, cell, "en-US", choices=("a",)) is None


@pytest.mark.parametrize("kind", list(Kind))
def test_an_error_or_uncalculated_formula_is_never_a_value(kind: Kind) -> None:
    """#N/A is not 0 and not a blank."""
    for error in ("#N/A", "#NOVALUE"):
        with pytest.raises(CellProblem):
            parse_cell(kind, ErrorText(error), "en-US", choices=("a",))


def test_a_list_is_split_at_semicolons() -> None:
    """Several texts in one cell, without blanks."""
    assert split_list("a; b ;;c") == ["a", "b", "c"]
    assert split_list(None) == []


@given(st.sampled_from(list(Kind)), st.lists(st.integers(0, 7)))
def test_a_column_that_repeats_is_read_cell_by_cell(kind: Kind, places: list[int]) -> None:
    """What is worked out once holds in every row, problems too."""
    distinct: list[Cell] = ["5", NumberText("5"), None, "5 ", "usd", ErrorText("#N/A"), True, "2026-10-31"]
    column = Column(name="Any", kind=kind, help="Any.")
    whole = parse_column(column, [distinct[place] for place in places], "iso")
    short = parse_column(column, Repeated(distinct, places), "iso")
    assert repr(whole) == repr(short)


def test_a_column_tells_text_from_a_number_with_the_same_digits() -> None:
    """Text and number cells that look alike are read each by its own rule, and problems keep their place."""
    long = "0.12345678901234567"
    cells: list[Cell] = [NumberText(long), long, None, "x", NumberText(long), "x"]
    values, problems = parse_column(table("Vendor Lines").column("Unit Price"), cells, "en-US")
    short, exact = Decimal("0.123456789012346"), Decimal(long)
    assert [short, exact, None, None, short, None] == values
    assert [index for index, _ in problems] == [3, 5]


def _written(amount: Decimal, locale: str) -> str:
    """An amount as a program of that locale prints it."""
    chosen = LOCALES[locale]
    text = f"{amount:,.4f}"
    return text.translate({ord(","): chosen.groups[:1], ord("."): chosen.decimal})


@given(st.sampled_from(sorted(LOCALES)), st.decimals(-(10**9), 10**9, places=4))
def test_amounts_survive_being_written_in_any_locale(locale: str, amount: Decimal) -> None:
    """What a locale prints is read back to the last digit."""
    assert amount == parse_cell(Kind.MONEY, _written(amount, locale), locale)


@given(st.sampled_from(sorted(LOCALES)), st.dates(date(1900, 1, 1), date(9999, 12, 31)))
def test_dates_survive_being_written_in_any_locale(locale: str, day: date) -> None:
    """A date printed in the locale's order, or as ISO, is the same date."""
    chosen = LOCALES[locale]
    parts = {"Y": f"{day.year:04}", "M": str(day.month), "D": str(day.day)}
    printed = chosen.date_mark.join(parts[part] for part in chosen.date_order)
    assert [day, day] == [parse_cell(Kind.DATE, text, locale) for text in (printed, day.isoformat())]


@given(st.booleans(), st.datetimes(datetime(1904, 1, 1), datetime(9999, 12, 31)))
def test_serial_numbers_survive_in_both_date_systems(date1904: bool, moment: datetime) -> None:
    """A time written as Excel's day number with 15 digits is read back to the second."""
    moment = moment.replace(microsecond=0)
    start = datetime(1904, 1, 1) if date1904 else datetime(1899, 12, 30)
    serial = Decimal((moment - start) // timedelta(seconds=1)) / 86_400
    assert moment == parse_cell(Kind.TIME, NumberText(f"{serial:.10f}"), "iso", date1904=date1904)


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e15, max_value=1e15))
def test_a_number_cell_is_excels_own_fifteen_digits(number: float) -> None:
    """Whatever digits the file stores, the value is the one that Excel shows."""
    if number == 0 or abs(number) > 1e-30:
        assert Decimal(f"{number:.15g}") == parse_cell(Kind.PRICE, NumberText(repr(number)), "en-US")


@given(st.text(max_size=30), st.sampled_from(list(Kind)), st.sampled_from(sorted(LOCALES)))
def test_any_text_is_a_value_or_a_problem(text: str, kind: Kind, locale: str) -> None:
    """There is no third outcome."""
    values, problems = parse_column(Column(name="A", kind=kind, help=""), [text], locale)
    assert len(values) == 1
    assert all(problem.expected and values == [None] for _, problem in problems)


def test_a_large_file_is_typed_fast() -> None:
    """Ten thousand rows of fifty columns take well under a second of processor time."""
    lines = table("Vendor Lines")
    amounts: list[Cell] = [f"{number / 7:.2f}" for number in range(10_000)]
    ids: list[Cell] = [f"{number:032x}" for number in range(10_000)]
    few: list[Cell] = [f"10/{number % 30 + 1}/2026" for number in range(10_000)]

    def read() -> None:
        for _ in range(10):
            parse_column(lines.column("Subtotal"), amounts, "en-US")
            parse_column(lines.column("Order Id"), ids, "en-US")
            for _ in range(3):
                parse_column(lines.column("Charge Start Date"), few, "en-US")

    assert paced(read)[1] < 2.0  # measured 0.4 s
