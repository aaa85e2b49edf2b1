"""The demo workbook, and a copy to change."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from workbook.demo import Demo, make_demo


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """The demo workbook; tests only read it."""
    return make_demo(tmp_path_factory)


@pytest.fixture
def demo_copy(demo: Demo, tmp_path: Path) -> Path:
    """A copy of the demo workbook, to be changed."""
    return Path(shutil.copyfile(demo.book, tmp_path / "month_end.xlsx"))
