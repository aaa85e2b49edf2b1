"""The demo month through the command line: new, import, run; the documented JSON and exit codes."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from recon_xl.cli import main
from recon_xl.sample import Month, generate_month, sample_month, write_month

if TYPE_CHECKING:
    import pytest

CLEAN, FINDINGS = 0, 1


def closed(month: Month, folder: Path) -> Path:
    """A book with the month's files imported, through the command line only."""
    book = folder / "month_end.xlsx"
    paths = write_month(month, folder / "files")
    assert main(["new", str(book), "--period", month.period]) == 0
    current = [str(path) for path in paths if path.parent == folder / "files"]
    totals = [f"--control={invoice}={total}" for invoice, total in month.totals_printed_on(map(Path, current)).items()]
    assert main(["import", str(book), *current, *totals]) in (0, 1)
    for path in paths:
        if path.parent != folder / "files":
            assert main(["import", str(book), str(path), "--period", path.parent.name]) == 0
    return book


def run_json(book: Path, capsys: pytest.CaptureFixture[str], code: int) -> dict[str, list[dict[str, str]]]:
    capsys.readouterr()
    assert main(["run", str(book), "--json"]) == code
    result: dict[str, list[dict[str, str]]] = json.loads(capsys.readouterr().out)
    return result


def test_a_clean_month_exits_with_0(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """No finding but information."""
    found = run_json(closed(generate_month(11), tmp_path), capsys, CLEAN)["findings"]
    assert {finding["rule"] for finding in found} <= {"timing"}


def test_the_demo_month_exits_with_1_and_names_its_faults(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Rule, currency and money at stake of every planted fault, and no others."""
    month = sample_month()
    found = run_json(closed(month, tmp_path), capsys, FINDINGS)["findings"]
    loud = [finding for finding in found if finding["primary"] and finding["severity"] != "Information"]
    assert sorted((finding["rule"], finding["currency"], Decimal(finding["at_stake"])) for finding in loud) == sorted(
        (fault.rule, fault.currency, fault.at_stake) for fault in month.planted if fault.rule != "rounding"
    )
