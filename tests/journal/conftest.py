"""Workbooks whose steps are journaled."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from workbook.demo import Demo, make_demo
from workbook.small import small_book


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """The demo workbook; tests only read it."""
    return make_demo(tmp_path_factory)


@pytest.fixture
def demo_copy(demo: Demo, tmp_path: Path) -> Path:
    """A copy of the demo workbook, to be changed."""
    return Path(shutil.copyfile(demo.book, tmp_path / "month_end.xlsx"))


@pytest.fixture
def month(tmp_path: Path) -> Path:
    """The small month, imported and not run: 120.00 expected, 96.00 billed."""
    return small_book(tmp_path)
