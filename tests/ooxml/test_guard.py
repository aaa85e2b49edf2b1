"""What is refused before a parser sees it can be allowed; what is out of proportion is tried in a process of its own."""

from __future__ import annotations

import os
import random
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from hostile.model import SHEET, changed, honest, zipped

from ooxml.books import month_end
from recon_xl.core.errors import WorkbookError
from recon_xl.ooxml import Package, open_workbook, trial


def written(folder: Path, content: bytes) -> Path:
    path = folder / "october.xlsx"
    path.write_bytes(content)
    return path


def sparse(rows: int = 5_000) -> bytes:
    """Rows of nothing but what some program notes of them: 26 MiB that pack to little."""
    draw = random.Random(1)  # noqa: S311 - filling, not secrets
    text = "".join(f'<row r="{n}" x="{draw.randbytes(60).hex()}{" " * 5_200}"/>' for n in range(9, rows))
    return changed(SHEET, "</sheetData>", f"{text}</sheetData>")()


@pytest.mark.parametrize(
    ("variable", "content", "words"),
    [
        ("PARTS", zipped({**honest(), **{f"xl/p{n}.xml": "<p/>" for n in range(90)}}), "parts (limit 50)"),
        ("PART_MIB", zipped({**honest(), "xl/x.xml": b"<x/>" + os.urandom(52 << 20)}), "52 MiB (limit 50)"),
        ("FILE_MIB", zipped({**honest(), **{f"xl/{n}.xml": "<x/>" + " " * (1 << 20) for n in range(52)}}), "52 MiB of XML (limit 50)"),
        ("RATIO", zipped({**honest(), "xl/x.xml": (b"<x/>" + os.urandom(9_000)) * 400}), "times its size (limit 50)"),
    ],
)  # fmt: skip
def test_every_limit_is_named_and_can_be_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variable: str, content: bytes, words: str
) -> None:
    """The message says which environment variable; with a larger number the same file is read."""
    path = written(tmp_path, content)
    monkeypatch.setenv(f"RECON_XL_MAX_{variable}", "50")
    monkeypatch.setenv("RECON_XL_MAX_RATIO", "50" if variable == "RATIO" else "2000")
    with pytest.raises(WorkbookError) as refused:
        open_workbook(path)
    assert words in refused.value.found
    assert f"RECON_XL_MAX_{variable}" in refused.value.todo
    monkeypatch.setenv(f"RECON_XL_MAX_{variable}", "5000")
    with open_workbook(path) as book:
        assert 2 == len(list(book.rows("October")))


@pytest.mark.parametrize("value", ["", "0", "-5", "many", "1.5"])
def test_a_limit_that_is_no_number(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    """It is said, and never taken for none."""
    monkeypatch.setenv("RECON_XL_MAX_PARTS", value)
    with pytest.raises(WorkbookError, match="RECON_XL_MAX_PARTS: found the limit"):
        open_workbook(written(tmp_path, zipped(honest())))


def test_out_of_proportion_and_honest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is tried first, once, and then read like any other."""
    path = written(tmp_path, sparse())
    tried: list[Path] = []
    real: Callable[..., None] = trial._try
    monkeypatch.setattr(trial, "_try", lambda path, *rest: (tried.append(path), real(path, *rest)))
    monkeypatch.setenv("RECON_XL_MAX_SECONDS", "60")
    for _ in range(2):
        with open_workbook(path) as book:
            assert ["Customer", "Product", "Quantity", "Amount"] == next(book.rows("October"))[1]
    assert [path] == tried
    written(tmp_path, zipped(honest()))
    with open_workbook(path):
        assert [path] == tried


@pytest.mark.parametrize(
    ("variable", "words"), [("MEMORY_MIB", "more than 30 MiB of memory"), ("SECONDS", "longer than 1 second")]
)
def test_out_of_proportion_and_too_much(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variable: str, words: str
) -> None:
    """The process that tries it is ended; ours is as it was."""
    path = written(tmp_path, sparse())
    monkeypatch.setenv("RECON_XL_MAX_SECONDS", "60")
    monkeypatch.setenv(f"RECON_XL_MAX_{variable}", "30" if variable == "MEMORY_MIB" else "1")
    if variable == "SECONDS":  # whatever the computer's speed
        monkeypatch.setattr(trial, "_CHILD", "import time; time.sleep(60)")
    for read in (open_workbook, Package):
        with pytest.raises(WorkbookError, match=words):
            read(path)


def test_a_computer_that_starts_no_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Then the other limits hold alone."""

    def refuse(*_args: object, **_options: object) -> None:
        raise OSError("not allowed")

    path = written(tmp_path, sparse())
    monkeypatch.setattr(subprocess, "run", refuse)
    with open_workbook(path) as book:
        assert ["October"] == [sheet.name for sheet in book.sheets]


def test_an_ordinary_workbook_is_never_tried(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading a month costs no process."""

    def refuse(*_args: object) -> None:
        raise AssertionError("tried")

    monkeypatch.setattr(trial, "_try", refuse)
    root = Path(__file__).parents[2]
    for path in (month_end(tmp_path / "b.xlsx"), *(root / "workbook_templates").glob("*.xls?")):
        with open_workbook(path) as book:
            assert book.sheets
