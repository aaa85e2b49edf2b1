"""Add-ins and workbooks built once for all tests of this folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from recon_xl.addin.build import addin_file, macro_book

from .registries import COMMANDS, FUNCTIONS

TEMPLATES = Path(__file__).parents[2] / "workbook_templates"


@pytest.fixture(scope="session")
def addin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An add-in of the made-up declarations."""
    path = tmp_path_factory.mktemp("addin") / "recon-xl.xlam"
    path.write_bytes(addin_file(COMMANDS, FUNCTIONS))
    return path


@pytest.fixture(scope="session")
def macro_books(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The blank workbook and the sample month, each with the program's VBA."""
    folder = tmp_path_factory.mktemp("books")
    made = []
    for name in ("month_end", "month_end_sample"):
        path = folder / f"{name}.xlsm"
        path.write_bytes(macro_book((TEMPLATES / f"{name}.xlsx").read_bytes(), COMMANDS, FUNCTIONS))
        made.append(path)
    return made[0], made[1]
