"""The same job as a good engineer would write it in an afternoon, with pandas and openpyxl: what recon-xl is measured by.

It reads the tables of the workbook, maps, prices by markup alone, merges both sides, and writes
the differences to the Exceptions tab and saves. It knows no proration, no tax, no drafts, no
tie-out and no links, takes money for floats, and drops whatever openpyxl cannot keep.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd
from openpyxl import load_workbook

TABS = ("Settings", "Customers", "Products", "Price Rules", "FX Rates", "Vendor Lines", "Billed Lines", "Counts")
TEXT = ("Customer Id", "Sku Id", "Product Id", "Subscription Id", "Invoice Number")
HEADER = 4
FIRST_ROW = 6


def reconcile(book: Path, out: Path) -> int:
    """Read, merge, compare, write; returns how many differences there are."""
    frames = pd.read_excel(book, sheet_name=list(TABS), header=HEADER, dtype=dict.fromkeys(TEXT, str))
    found = differences(frames)
    write(book, out, found)
    return len(found)


def differences(frames: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Client and product pairs whose bill is not what vendor cost and markup say."""
    settings = frames["Settings"].set_index("Setting")["Value"]
    period = settings["Period"]
    expected = expected_side(frames, period)
    billed = frames["Billed Lines"]
    billed = billed[billed["Billing Month"].fillna(period) == period]
    billed = billed.groupby(["Customer", "Product"], as_index=False)[["Quantity", "Amount"]].sum()
    both = expected.merge(billed, on=["Customer", "Product"], how="outer", suffixes=(" Expected", " Billed")).fillna(0)
    both["Variance"] = (both["Amount Billed"] - both["Amount Expected"]).round(2)
    both = both[both["Variance"].abs() > 0.02]
    return both.sort_values("Variance", key=lambda column: -column.abs())


def expected_side(frames: dict[str, pd.DataFrame], period: str) -> pd.DataFrame:
    """Vendor lines by client and product, cost with markup."""
    lines = frames["Vendor Lines"]
    lines = lines[lines["Period"].fillna(period) == period]
    customers = frames["Customers"][["Customer", "Vendor Customer Ids"]].copy()
    customers["Customer Id"] = customers["Vendor Customer Ids"].str.split(";")
    customers = customers.explode("Customer Id")
    customers["Customer Id"] = customers["Customer Id"].str.strip()
    products = frames["Products"][["Billing Product", "Product Id", "Sku Id"]].drop_duplicates(["Product Id", "Sku Id"])
    mapped = lines.merge(customers[["Customer", "Customer Id"]], on="Customer Id", how="left")
    mapped = mapped.merge(products, on=["Product Id", "Sku Id"], how="left")
    rules = frames["Price Rules"]
    default = rules[(rules["Level"] == "product") & rules["Billing Product"].isna()]["Markup"].max()
    by_product = (
        rules[rules["Level"] == "product"].dropna(subset="Billing Product").groupby("Billing Product")["Markup"].max()
    )
    markup = mapped["Billing Product"].map(by_product).fillna(default if default == default else 0)  # noqa: PLR0124
    unit = (
        mapped["Effective Unit Price"].astype(float) * mapped["PC To BC Exchange Rate"].astype(float).fillna(1)
    ).round(2)
    mapped["Amount"] = (unit * (1 + markup)).round(2) * mapped["Billable Quantity"].astype(float)
    mapped["Quantity"] = mapped["Billable Quantity"].astype(float)
    mapped["Product"] = mapped["Billing Product"]
    return mapped.groupby(["Customer", "Product"], as_index=False)[["Quantity", "Amount"]].sum()


def write(book: Path, out: Path, found: pd.DataFrame) -> None:
    """Put the differences on the Exceptions tab of a copy."""
    workbook = load_workbook(book)
    sheet = workbook["Exceptions"]
    headers = [cell.value for cell in sheet[HEADER + 1]]
    sheet.delete_rows(FIRST_ROW, sheet.max_row)
    columns = {
        "Customer": "Customer", "Product": "Product", "Expected Quantity": "Quantity Expected",
        "Billed Quantity": "Quantity Billed", "Expected": "Amount Expected", "Billed": "Amount Billed",
        "Variance": "Variance",
    }  # fmt: skip
    for row, record in enumerate(found.to_dict("records"), FIRST_ROW):
        for header, name in columns.items():
            sheet.cell(row, headers.index(header) + 1, record[name])
    excel = sheet.tables["Exceptions"]
    last = FIRST_ROW + max(len(found), 1) - 1
    excel.totalsRowCount = None
    excel.ref = excel.autoFilter.ref = f"A{HEADER + 1}:{excel.ref.split(':')[1].rstrip('0123456789')}{last}"
    workbook.save(out)


if __name__ == "__main__":
    reconcile(Path(sys.argv[1]), Path(sys.argv[2]))
