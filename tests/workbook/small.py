"""A month small enough to work out by hand: one client, one product, ten seats of which eight are billed.

10 seats at 10.00 and 20 % markup: 10 x 12.00 = 120.00 expected. 8 x 12.00 = 96.00 billed. 24.00 are lost.
"""

from __future__ import annotations

import atexit
import csv
import json
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from workbook.calls import call

Row = dict[str, str]

PERIOD = "2026-10"
CUSTOMER = {"Customer": "Contoso", "Code": "CON", "Vendor Customer Ids": "1f0e", "Tax Region": "US", "Currency": "USD"}
PRODUCT = {
    "Billing Product": "Business Basic", "Product Id": "CFQ7TTC0LH18", "Sku Id": "0001", "Quantity Source": "vendor",
    "Price Basis": "markup",
}  # fmt: skip
MARKUP = {"Level": "product", "Applies To": "", "Billing Product": "", "Markup": "20"}
TAX = {"Tax Region": "US", "Product Class": "*", "Tax Code": "T10", "Rate": "10"}
VENDOR = {
    "CustomerId": "1f0e", "CustomerName": "Contoso", "InvoiceNumber": "G0001", "ProductId": "CFQ7TTC0LH18",
    "SkuId": "0001", "SkuName": "Basic", "ProductName": "Basic", "ChargeType": "cycleCharge", "UnitPrice": "10",
    "Subtotal": "100.00", "TaxTotal": "0", "Total": "100.00", "Currency": "USD", "SubscriptionId": "sub-1",
    "OrderDate": "10/3/2026", "ChargeStartDate": "10/3/2026", "ChargeEndDate": "11/2/2026",
    "EffectiveUnitPrice": "10", "BillableQuantity": "10",
}  # fmt: skip
BILLED = {
    "Customer": "Contoso", "Product": "Business Basic", "Quantity": "8", "Unit Price": "12.00", "Amount": "96.00",
    "Billing Month": PERIOD,
}  # fmt: skip
FILES: Mapping[str, Sequence[Row]] = {
    "customers.csv": [CUSTOMER],
    "products.csv": [PRODUCT],
    "price_rules.csv": [MARKUP],
    "tax.csv": [TAX],
    "recon.csv": [VENDOR],
    "billed.csv": [BILLED],
}


def write_csv(path: Path, rows: Sequence[Mapping[str, str]]) -> Path:
    """One CSV file, UTF-8, as a PSA exports it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def write_files(folder: Path, **changed: Sequence[Mapping[str, str]]) -> list[Path]:
    """The files of the month; `billed=[...]` gives billed.csv other rows."""
    files = {**FILES, **{f"{name}.csv": rows for name, rows in changed.items()}}
    return [write_csv(folder / name, rows) for name, rows in files.items()]


def small_book(folder: Path, **changed: Sequence[Mapping[str, str]]) -> Path:
    """A workbook with the month imported, through the command line; made once for the same files."""
    made = _made(json.dumps(changed))
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copytree(made.parent, folder, dirs_exist_ok=True)
    return folder / made.name


@cache
def _made(changed: str) -> Path:
    folder = Path(tempfile.mkdtemp(prefix="recon-xl-small-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return _imported(folder, json.loads(changed))


def _imported(folder: Path, changed: Mapping[str, Sequence[Row]]) -> Path:
    book = folder / "october.xlsx"
    assert call("new", book, "--period", PERIOD).code == 0
    assert call("import", book, *write_files(folder / "files", **changed)).code == 0
    return book
