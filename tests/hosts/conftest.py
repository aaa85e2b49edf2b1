"""The demo workbook, and a copy to change."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from workbook.demo import Demo, make_demo
from workbook.small import small_book

from hosts.worlds import LIVE, opened


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """The demo workbook; tests only read it."""
    return make_demo(tmp_path_factory)


@pytest.fixture
def demo_copy(demo: Demo, tmp_path: Path) -> Path:
    """A copy of the demo workbook, to be changed."""
    return Path(shutil.copyfile(demo.book, tmp_path / "month_end.xlsx"))


@pytest.fixture(params=LIVE)
def small(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Any]:
    """The small month, open in Excel."""
    with opened(str(request.param), small_book(tmp_path)) as world:
        yield world
