"""The month as files on disk, the way a user would have them."""

from __future__ import annotations

import csv
from pathlib import Path

from recon_xl.sample.month import Month, Row


def write_month(month: Month, folder: Path) -> list[Path]:
    """Write every file as CSV and return the paths in the order to import them.

    Mapping tabs come first, then this month's vendor files, daily usage, billed lines and counts. Invoices of
    earlier months follow in a folder named after their month, which is the period to import them with.
    """
    folder.mkdir(parents=True, exist_ok=True)
    settings = [{"Setting": name, "Value": value} for name, value in month.settings.items()]
    paths = [_write(folder / "settings.csv", settings)]
    for table, rows in month.mapping.items():
        if rows:
            paths.append(_write(folder / f"{table.lower().replace(' ', '_')}.csv", rows))
    for name, rows in month.vendor_files.items():
        paths.append(_write(folder / name, rows, mark=name.startswith("OneTime")))
    for name, rows in month.daily_files.items():
        paths.append(_write(folder / name, rows))
    paths.append(_write(folder / "billed_lines.csv", month.billed))
    if month.counts:
        paths.append(_write(folder / "counts.csv", month.counts))
    for period, name, rows in month.earlier_files:
        (folder / period).mkdir(exist_ok=True)
        paths.append(_write(folder / period / name, rows))
    return paths


def _write(path: Path, rows: list[Row], *, mark: bool = False) -> Path:
    """Portal files begin with a byte order mark, as Excel likes it."""
    with path.open("w", encoding="utf-8-sig" if mark else "utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path
