"""RECON_MAP: names and ids found as a run finds them."""

from __future__ import annotations

import pytest

from functions.formulas import column
from recon_xl.core.cells import ErrorText
from recon_xl.functions.grid import call

CUSTOMERS = (
    ("Customer", "Code", "Vendor Customer Ids", "Aliases", "Currency", "Terms"),
    ("Alder Dental Ltd", "ALD", "t-001; t-002", "Alder Group;ADL", "USD", 30.0),
    ("Birch Law", "BIR", "t-003", None, "EUR", None),
    ("Cedar Ltd", "C1", "t-004", "Twin", "USD", -2146826246),
    ("Cedar Inc", "C2", "t-005", "Twin", "GBP", 14.0),
    ("cedar ltd.", "C3", "t-006", None, "USD", 7.0),
)
PRODUCTS = (
    ("Billing Product", "Product Id", "Aliases", "Item Code"),
    ("Exchange Online (Plan 1)", "CFQ7-1", "EXO P1", "I-1"),
    ("Backup", "CFQ7-2", None, 1002.0),
)


def in_customers(name: object, key: object, result: object) -> object:
    return call("RECON_MAP", [name, CUSTOMERS, key, result])


@pytest.mark.parametrize(
    ("name", "customer"),
    [
        ("Alder Dental Ltd", "Alder Dental Ltd"),
        ("ALDER  DENTAL, Limited", "Alder Dental Ltd"),  # case, punctuation, legal form
        ("ald", "Alder Dental Ltd"),  # the Code
        ("A.D.L", "#N/A"),
        ("adl", "Alder Dental Ltd"),  # an alias
        ("Alder Group GmbH", "Alder Dental Ltd"),
        ("Birch Low", "#N/A"),  # nothing is found by resemblance
        ("Cedar Inc", "Cedar Inc"),  # exactly, before any weaker reading
        ("Cedar", "#NUM!"),  # fits three
        ("Twin", "#NUM!"),  # an alias of two is never passed on to a weaker reading
    ],
)
def test_customers_are_found_as_a_run_finds_them(name: str, customer: str) -> None:
    """The strongest reading that finds a row decides."""
    assert customer == in_customers(name, "Customer", "Customer")


def test_rows_that_agree_are_no_conflict() -> None:
    """Two rows of one name with the same answer give it; with two answers, none."""
    table = (("Customer", "Currency"), ("Elm", "USD"), ("ELM", "usd"))
    assert "USD" == call("RECON_MAP", ["Elm", table, "Customer", "Currency"])
    assert "#NUM!" == call("RECON_MAP", ["Elm", (*table, ("elm", "EUR")), "Customer", "Currency"])


def test_ids_are_found_whole() -> None:
    """Each of several ids in a cell; an id is never read as a name."""
    assert "Alder Dental Ltd" == in_customers("T-002", "vendor customer ids", "Customer")
    assert "#N/A" == in_customers("t 002", "Vendor Customer Ids", "Customer")
    assert 1002.0 == call("RECON_MAP", ["cfq7-2", PRODUCTS, "Product Id", "Item Code"])
    assert "Backup" == call("RECON_MAP", [1002.0, PRODUCTS, "Item Code", "Billing Product"])


def test_a_damaged_id_finds_nothing() -> None:
    """A number of more than 15 digits has lost its last ones."""
    assert "#NUM!" == in_customers(1.23456789012345e17, "Vendor Customer Ids", "Customer")


def test_products_by_name_and_alias() -> None:
    """A column of names as a PSA prints them."""
    names = column("exchange online plan 1", "EXO-P1", "backup", None, "Backups")
    expected = (("I-1",), ("I-1",), (1002.0,), ("",), ("#N/A",))
    assert expected == call("RECON_MAP", [names, PRODUCTS, "Billing Product", "Item Code"])


def test_what_stands_in_the_cell() -> None:
    """The cell as it is: a number, nothing, an error."""
    assert [30.0, "", "#N/A"] == [in_customers(code, "Code", "Terms") for code in ("ALD", "BIR", "C1")]


def test_two_results_across() -> None:
    """Headers may be a row of cells."""
    assert (("EUR", "BIR"),) == in_customers("Birch Law", "Customer", (("Currency", "Code"),))


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (["Elm", CUSTOMERS, "Name", "Currency"], "#REF!"),
        (["Birch Law", CUSTOMERS, "Customer", "Colour"], "#REF!"),
        (["Birch Law", None, "Customer", "Currency"], "#REF!"),
        (["Birch Law", CUSTOMERS[:1], "Customer", "Currency"], "#N/A"),
        (["Birch Law", CUSTOMERS, None, "Currency"], "#N/A"),
        ([ErrorText("#VALUE!"), CUSTOMERS, "Customer", "Currency"], "#VALUE!"),
    ],
)
def test_errors(arguments: list[object], error: str) -> None:
    """A header that is not there is #REF!."""
    assert error == call("RECON_MAP", arguments)
