"""A month whose names try to act: formulas, errors, wildcards, names that no tab may bear. Each client is 24.00 short."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from workbook.calls import call
from workbook.small import BILLED, MARKUP, PERIOD, PRODUCT, TAX, VENDOR, Row, write_csv

NAMES: Sequence[str] = (
    "=SUM(A1:A9)",
    "=cmd|' /C calc'!A0",
    "+49 Logistics",
    "-Minus GmbH",
    "@home Ltd",
    "{=1}",
    "#N/A Trading",
    "Trading #REF!",
    "'Apostrophe first",
    'The "Quoted" Company',
    "O'Brien & Söhne <AG>",
    "Long " + "name " * 25 + "end",
    "A name of exactly 25 chars",
    "The same thirty-one characters, North",
    "The same thirty-one characters, South",
    "a[b]:c*d?e/f\\g",
    "A(B):C#D!E/F\\G",
    "NORD*SEE AG",
    "nord?see ag",
    "Emoji 😀 Café",
    "Zażółć gęślą 日本語",
    "_x0041_ escape",
    "<5",
    ">=0",
    "<>",
    "*",
    "??",
    "~tilde~",
    "1e5",
    "007",
    "TRUE",
    "2026-10-01",
    "50%",
    "https://example.com/?a=1&b=2",
    "History",
)
TAX_CODES: Sequence[str] = ('T"1', '")+1+("', "*", "?", "~", "=5", "<5", "<>", "{=1}", "007", "#N/A!", "'T", "+1")
COMPANY = "=1+1"


def rows() -> dict[str, list[Row]]:
    """The files of the month: every name is a client and, on the same row of the list, a product."""
    files: dict[str, list[Row]] = {"customers": [], "products": [], "recon": [], "billed": []}
    files["tax"] = [
        {**TAX, "Tax Region": f"Region {number}", "Tax Code": code} for number, code in enumerate(TAX_CODES)
    ]
    for number, name in enumerate(NAMES):
        tenant, sku = f"tenant-{number}", f"{number:04}"
        region = f"Region {number % len(TAX_CODES)}"
        files["customers"].append(
            {"Customer": name, "Code": f"C{number}", "Vendor Customer Ids": tenant, "Tax Region": region}
        )
        files["products"].append({**PRODUCT, "Billing Product": f"{name} ", "Sku Id": sku})
        files["recon"].append(
            {
                **VENDOR,
                "CustomerId": tenant,
                "CustomerName": name,
                "SkuId": sku,
                "SkuName": name,
                "ProductName": name,
                "SubscriptionId": f"sub-{number}",
                "PriceAdjustmentDescription": name,
            }
        )
        files["billed"].append({**BILLED, "Customer": name, "Product": name, "Description": name})
    return {**files, "price_rules": [MARKUP], "settings": [{"Setting": "Company", "Value": COMPANY}]}


def hostile_book(folder: Path) -> Path:
    """The month, imported and run."""
    book = folder / "hostile.xlsx"
    assert call("new", book, "--period", PERIOD).code == 0
    files = [write_csv(folder / "files" / f"{name}.csv", lines) for name, lines in rows().items()]
    answer = call("import", book, *files)
    assert answer.code == 0, answer
    answer = call("run", book)
    assert answer.code == 1, answer
    return book
