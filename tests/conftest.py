"""Fixtures of all tests: the blank workbook, read once, and a month to tell a story in."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from scenarios.harness import Books, OpenBooks

from recon_xl.core.snapshot import Snapshot
from recon_xl.engine import session
from recon_xl.hosts.file import FileHost

TEMPLATE = Path(__file__).parents[1] / "workbook_templates" / "month_end.xlsx"

hypothesis_settings.register_profile(
    "fast", max_examples=50, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.load_profile("fast")
os.environ.setdefault("OPENPYXL_DEFUSEDXML", "False")
"""Workbooks of our own are read by the parser of Python's library, whatever else is installed: the other takes twice as long."""


def pytest_collection_finish() -> None:
    """What stays for the whole run, 5,000 tests and their modules, is no concern of the collector's."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


def pytest_unconfigure() -> None:
    """The process ends as it would have."""
    gc.unfreeze()


@pytest.fixture(scope="session", autouse=True)
def _one_engine() -> Iterator[None]:
    """DuckDB stays in memory between the runs, as in the resident program behind the ribbon: they are many and small."""
    session.keep_engine()
    yield
    session.release_engine()


@pytest.fixture(scope="session")
def blank_book() -> Snapshot:
    """The committed template as a run reads it."""
    return FileHost(TEMPLATE).read()


@pytest.fixture
def books(blank_book: Snapshot) -> OpenBooks:
    """`books("2026-10")` opens a month in an empty workbook; settings by their titles."""

    def open_month(period: str = "2026-10", **settings: str) -> Books:
        titled = {name.replace("_", " ").title(): value for name, value in settings.items()}
        return Books(blank_book, period, titled)

    return open_month
