"""The committed template, opened once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

TEMPLATE = Path(__file__).parents[2] / "workbook_templates" / "month_end.xlsx"


@pytest.fixture(scope="session")
def template_path() -> Path:
    """Where the committed template is."""
    return TEMPLATE


@pytest.fixture(scope="session")
def template() -> Workbook:
    """The committed template; tests only read it."""
    return load_workbook(TEMPLATE)
