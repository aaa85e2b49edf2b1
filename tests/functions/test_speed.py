"""Ten thousand cells in one call, for every function."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from pace import paced

from functions.formulas import column
from recon_xl.addin.server import calculate
from recon_xl.addin.versions import PROTOCOL
from recon_xl.functions.grid import call
from recon_xl.functions.registry import function, functions

ROWS = 10_000
SECONDS = 1.0
_random = random.Random(7)  # noqa: S311 - test data


def cells(of: Callable[[int], object]) -> tuple[tuple[object, ...], ...]:
    return column(*(of(row) for row in range(ROWS)))


AMOUNTS = cells(lambda row: round(_random.uniform(1, 9999), 4))
OTHERS = cells(lambda row: round(_random.uniform(1, 9999), 4))
DAYS = cells(lambda row: float(44000 + row % 900))
IDS = cells(lambda row: f"S-{row}")
KEYS = cells(lambda row: f"UB-{row}" if row % 2 else f"Client {row % 500}")
EXCEPTIONS = (
    ("Key", "Severity", "Customer", "Product", "Variance", "Currency", "Disposition", "Why"),
    *((f"UB-{row}", "High", f"Client {row % 500}", "Mail", row / 100, "USD", "Open", "Why.") for row in range(ROWS)),
)
CUSTOMERS = (
    ("Customer", "Code", "Aliases", "Currency"),
    *((f"Client {row} Ltd", f"C{row}", f"A {row}; B {row}", "USD") for row in range(ROWS)),
)
TIE_OUT = (
    ("Control", "Invoice", "Currency", "Difference", "Check"),
    *(("Lines", f"G-{row}", "USD", "", "NOT CHECKED") for row in range(1000)),
)
COVERAGE = (("Area", "Status", "Rows"), *((f"Area {row % 9}", "CHECKED", 1.0) for row in range(1000)))
CALLS: dict[str, list[object]] = {
    "COVERAGE": [COVERAGE, cells(lambda row: f"Area {row % 9}")],
    "CYCLEEND": [DAYS, cells(lambda row: 45000.0 + row % 99)],
    "CYCLESTART": [DAYS, cells(lambda row: 45000.0 + row % 99)],
    "EXPLAIN": [cells(lambda row: f"UB-{row}"), EXCEPTIONS],
    "MAP": [cells(lambda row: f"CLIENT {row}, limited"), CUSTOMERS, "Customer", "Currency"],
    "MARGIN": [AMOUNTS, OTHERS],
    "MARKUP": [AMOUNTS, OTHERS],
    "PRORATE": [AMOUNTS, cells(lambda row: 44367.0 + row % 10), 44394.0],
    "ROUNDVENDOR": [AMOUNTS, cells(lambda row: float(row % 300)), 0.846202666, cells(lambda row: "AB"[row % 2])],
    "SEATS": [IDS, IDS, AMOUNTS, OTHERS, cells(lambda row: "new"), DAYS, DAYS, OTHERS],
    "SELL": [cells(lambda row: ("markup", "rrp")[row % 2]), AMOUNTS, 0.2, OTHERS, 1.1, "EUR", 0.9],
    "STATUS": [KEYS, EXCEPTIONS],
    "TAX": [AMOUNTS, 0.2],
    "TIEOUT": [TIE_OUT, None, cells(lambda row: "USD")],
    "UPLIFT": [AMOUNTS, 0.025],
    "VARIANCE": [KEYS, EXCEPTIONS],
}


def test_every_function_is_measured() -> None:
    """A new function comes with a call here."""
    assert [one.name for one in functions()] == list(CALLS)


@pytest.mark.parametrize("name", CALLS)
def test_ten_thousand_cells_in_a_second(name: str) -> None:
    """Processor time, tables of ten thousand rows read once included."""
    answer, seconds = paced(lambda: call(f"RECON_{name}", CALLS[name]))
    assert isinstance(answer, tuple)
    assert len(answer) == ROWS
    assert seconds < SECONDS
    assert name == "TIEOUT" or not [cell for (cell,) in answer if str(cell).startswith("#")]


ONE_CELL_CALLS = 2_000


@pytest.mark.parametrize("name", [one.name for one in functions() if one.prepare is not None])
def test_a_formula_copied_down_reads_its_table_once(name: str) -> None:
    """Two thousand cells with a call each, and the whole table in every call."""
    arguments = function(f"RECON_{name}").arguments
    ranges = [cell[: ONE_CELL_CALLS + 1] if isinstance(cell, tuple) else cell for cell in CALLS[name]]
    given = [
        [
            cell[row][0] if isinstance(cell, tuple) and not argument.is_whole else cell
            for argument, cell in zip(arguments, ranges, strict=False)
        ]
        for row in range(ONE_CELL_CALLS)
    ]
    answers, seconds = paced(lambda: [call(f"RECON_{name}", one) for one in given])
    assert seconds < SECONDS
    assert name == "TIEOUT" or not [answer for answer in answers if str(answer).startswith("#")]


def test_the_same_table_from_excel_again_is_known_by_its_cells() -> None:
    """Every call brings new texts and new rows; a tenth of the calls, in a fifth of the time."""
    fresh = [[[f"{cell}" for cell in row] for row in EXCEPTIONS[: ONE_CELL_CALLS + 1]] for _ in range(200)]
    answers, seconds = paced(
        lambda: [calculate("RECON_EXPLAIN", (f"UB-{row}", table), PROTOCOL) for row, table in enumerate(fresh)]
    )
    assert seconds < SECONDS / 5
    assert ["Why."] * 200 == answers
