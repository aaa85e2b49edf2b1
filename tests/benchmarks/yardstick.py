"""The same job as a good engineer would write it in an afternoon, with pandas, calamine and openpyxl.

It reads the files of the month with pandas and the mapping tabs with calamine, maps, prices by
markup alone, merges and groups: expected against billed by customer and product, counts, invoice
totals, what each customer is to pay. Then it writes, with openpyxl's write-only workbook (the least
memory that openpyxl knows), the cells that recon-xl writes for that month: all sheets, as many rows, the same
values, handed to it ready row by row. So it has what recon-xl has on paper without working it out: it knows no
proration, tax, drafts, tie-out or rules, takes money for floats, and gives cells no style, link, rule or table.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd
from openpyxl import Workbook

from .cells import unpack
from .stage import Stage

NAME = "yardstick"
TABS = ("Settings", "Customers", "Products", "Price Rules", "FX Rates")
HEADER = 4
IDS = (
    "CustomerId",
    "SkuId",
    "ProductId",
    "SubscriptionId",
    "InvoiceNumber",
    "OrderId",
    "MPNID",
    "MpnId",
    "ReferenceId",
)
DATES = ("ChargeStartDate", "ChargeEndDate", "SubscriptionStartDate", "SubscriptionEndDate")
Frames = dict[str, pd.DataFrame]


def read_files(stage: Stage) -> Frames:
    """Vendor lines of all invoices, billed lines, counts."""
    *vendor, billed, counts = stage.files
    lines = pd.concat([_vendor(path) for path in vendor], ignore_index=True)
    return {"lines": lines, "billed": pd.read_csv(billed), "counts": pd.read_csv(counts)}


def _vendor(path: Path) -> pd.DataFrame:
    frame = pd.read_csv(path, dtype=dict.fromkeys(IDS, str))
    for name in DATES:
        frame[name] = pd.to_datetime(frame[name], utc=True)
    return frame.rename(columns={"MPNID": "MpnId", "ResellerMpnId": "Tier2MpnId", "ReferenceID": "ReferenceId"})


def read_mapping(stage: Stage) -> Frames:
    """The mapping tabs of the workbook."""
    ids = {"Product Id": str, "Sku Id": str}
    return pd.read_excel(stage.blank, sheet_name=list(TABS), header=HEADER, dtype=ids, engine="calamine")


def compare(files: Frames, mapping: Frames) -> Frames:
    """Every client and product, expected and billed side by side; totals of invoices, counts and customers."""
    mapped = _mapped(files["lines"], mapping)
    sides = ["Customer", "Product", "Currency"]
    expected = mapped.groupby(sides, as_index=False)[["Quantity", "Amount", "Subtotal"]].sum()
    billed = files["billed"].groupby(sides, as_index=False)[["Quantity", "Amount"]].sum()
    both = expected.merge(billed, on=sides, how="outer", suffixes=(" Expected", " Billed")).fillna(0)
    both["Variance"] = (both["Amount Billed"] - both["Amount Expected"]).round(2)
    counts = files["counts"].groupby(["Customer", "Product"], as_index=False)["Count"].sum()
    both = both.merge(counts, on=["Customer", "Product"], how="left")
    return {
        "all": both,
        "exceptions": both[both["Variance"].abs() > 0.02].sort_values("Variance", key=lambda column: -column.abs()),
        "invoices": files["lines"].groupby(["InvoiceNumber", "Currency"], as_index=False)[["Subtotal", "Total"]].sum(),
        "customers": mapped.groupby(["Customer", "Currency"], as_index=False)["Amount"].sum(),
    }


def _mapped(lines: pd.DataFrame, mapping: Frames) -> pd.DataFrame:
    """Vendor lines with client, product and what they are to be billed at."""
    customers = mapping["Customers"][["Customer", "Vendor Customer Ids"]].copy()
    customers["CustomerId"] = customers["Vendor Customer Ids"].str.split(";")
    customers = customers.explode("CustomerId")
    customers["CustomerId"] = customers["CustomerId"].str.strip()
    products = mapping["Products"].rename(columns={"Product Id": "ProductId", "Sku Id": "SkuId"})
    products = products[["Billing Product", "ProductId", "SkuId"]].drop_duplicates(["ProductId", "SkuId"])
    mapped = lines.merge(customers[["Customer", "CustomerId"]], on="CustomerId", how="left")
    mapped = mapped.merge(products, on=["ProductId", "SkuId"], how="left")
    rules = mapping["Price Rules"].dropna(subset="Billing Product").groupby("Billing Product")["Markup"].max()
    markup = mapped["Billing Product"].map(rules).astype(float).fillna(0)
    unit = (mapped["EffectiveUnitPrice"] * mapped["PCToBCExchangeRate"].fillna(1)).round(2)
    mapped["Amount"] = ((unit * (1 + markup / 100)).round(2) * mapped["BillableQuantity"]).round(2)
    mapped["Quantity"], mapped["Product"] = mapped["BillableQuantity"], mapped["Billing Product"]
    return mapped


def write_cells(cells: Path, out: Path) -> None:
    """Every sheet with every cell."""
    book = Workbook(write_only=True)
    for name, rows in unpack(cells):
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(out)


def import_files(stage: Stage) -> None:
    """Read the files of the month and write the workbook that recon-xl has after its import."""
    read_files(stage)
    write_cells(stage.cells(stage.imported), stage.out("yardstick_import"))


def engine(stage: Stage) -> None:
    """Merge and group, with everything read."""
    files, mapping = read_files(stage), read_mapping(stage)
    with stage.clock():
        compare(files, mapping)


def write(stage: Stage) -> None:
    """Write the finished workbook."""
    with stage.clock():
        write_cells(stage.cells(stage.finished), stage.out("yardstick_write"))


def whole(stage: Stage) -> None:
    """From the files to the finished workbook, saved once."""
    found = compare(read_files(stage), read_mapping(stage))
    write_cells(stage.cells(stage.finished), stage.out(NAME))
    if not len(found["exceptions"]):
        raise SystemExit("The yardstick found no difference: its mapping has failed.")


STATIONS = {"import": (import_files,), "engine": (engine,), "write": (write,), "whole": (whole,)}
