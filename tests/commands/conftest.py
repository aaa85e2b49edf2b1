"""A month to press buttons in: two clients, three gaps, one of them billed from two vendor lines."""

from __future__ import annotations

import pytest
from scenarios.harness import Books, OpenBooks, applied

from recon_xl.core.snapshot import Snapshot


@pytest.fixture
def month(books: OpenBooks) -> Books:
    """Contoso is billed 8 of 10 seats, Fabrikam 5 of 4, and Northwind is not mapped."""
    month = books("2026-10").product("Business Standard")
    for customer in ("Contoso", "Fabrikam"):
        month.customer(customer).agreement(customer, "Business Standard", "12.50")
    month.cycle("Contoso", "6", "10.00", "60.00")
    month.cycle("Fabrikam", "4", "10.00", "40.00", subscription_id="sub-2")
    month.cycle("Contoso", "4", "10.00", "40.00", subscription_id="sub-3")
    month.cycle("Northwind", "2", "10.00", "20.00", subscription_id="sub-4")
    month.bill("Contoso", "Business Standard", "8", "12.50", "100.00")
    return month.bill("Fabrikam", "Business Standard", "5", "12.50", "62.50")


@pytest.fixture
def reviewed(month: Books) -> Snapshot:
    """The workbook of that month after a run."""
    return after_run(month)


def after_run(month: Books) -> Snapshot:
    """The workbook as a run leaves it."""
    return applied(month.snapshot(), month.run().changeset)
