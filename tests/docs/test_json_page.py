"""docs/json.md knows every field that the commands print."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from docs.pages import ROOT, prose
from recon_xl.cli import main

_NAMES = {"Vendor Lines", "Billed Lines", "Counts", "EUR", "USD"}


def test_every_field_is_documented(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A field in the output of any command stands on the page, as a name."""
    names = re.findall(r"`([^`]+)`", prose(ROOT / "docs" / "json.md"))
    known = {part for name in names for part in re.split(r"[.\[\]]+", name)}
    book = tmp_path / "month_end_2026-10.xlsx"
    calls = (
        ["demo", "--out", str(tmp_path)],
        ["import", str(book), str(_damaged_counts(tmp_path)), "--replace", "--dry-run"],
        [
            "inspect",
            str(_damaged_counts(tmp_path)),
            str(tmp_path / "sources" / "billed_lines.csv"),
            str(tmp_path / "none.csv"),
        ],
        ["new", str(tmp_path / "new.xlsx")],
        ["run", str(tmp_path / "none.xlsx")],
        ["upgrade", str(book), "--dry-run"],
        ["contract"],
        ["rules"],
        ["formats"],
        ["addin", "doctor"],
        ["addin", "build", "--out", str(tmp_path / "built")],
        ["preview", str(book)],
        ["sources", str(book)],
        ["check", str(book)],
        ["mapping-gaps", str(book)],
        ["next-exception", str(book)],
        ["show-source-rows", str(book), "--at", "Exceptions!A6"],
        ["explain", str(book), "--at", "Exceptions!A6"],
        ["log", str(book)],
        ["help"],
    )
    for call in calls:
        main([*call, "--json"])
        printed = set(_fields(json.loads(capsys.readouterr().out)))
        assert printed - known - _NAMES == set(), call[0]


def _damaged_counts(folder: Path) -> Path:
    file = folder / "counts.csv"
    file.write_text(
        "Count Source,Customer,Product,Count,As Of\nRMM,Someone,Something,ten,2026-10-30\n", encoding="utf-8"
    )
    return file


def _fields(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        yield from value
        for inner in value.values():
            yield from _fields(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _fields(inner)
