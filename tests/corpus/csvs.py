"""Short ways to write the CSV files of the corpus."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from .model import Row

SHORT = "Customer,Product,Quantity,Amount"
GOOD = "Contoso,Backup,2,12.50"
GOOD_ROW: Row = {"Customer": "Contoso", "Product": "Backup", "Quantity": "2", "Amount": "12.50"}
VENDOR_HEADER = (
    "CustomerId,InvoiceNumber,ProductId,SkuId,ChargeType,Subtotal,TaxTotal,Total,Currency,SubscriptionId,"
    "ChargeStartDate,ChargeEndDate,EffectiveUnitPrice,BillableQuantity"
)
VENDOR_LINE = "1f0e,G0001,CFQ7TTC0LH18,0001,new,100.80,20.16,120.96,USD,sub-1,10/3/2026,11/2/2026,10.08,10"
VENDOR_ROW: Row = {
    "Customer Id": "1f0e", "Invoice Number": "G0001", "Product Id": "CFQ7TTC0LH18", "Sku Id": "0001",
    "Charge Type": "new", "Subtotal": "100.80", "Tax Total": "20.16", "Total": "120.96", "Currency": "USD",
    "Subscription Id": "sub-1", "Charge Start Date": "2026-10-03", "Charge End Date": "2026-11-02",
    "Effective Unit Price": "10.08", "Billable Quantity": "10",
}  # fmt: skip


def lines(*texts: str, encoding: str = "utf-8", end: str = "\r\n") -> Callable[[], bytes]:
    """The lines of a file, as bytes."""
    return lambda: "".join(text + end for text in texts).encode(encoding)


def raw(content: bytes) -> Callable[[], bytes]:
    """These very bytes."""
    return lambda: content


def table(headers: Sequence[str], *rows: Sequence[str]) -> Callable[[], bytes]:
    """Every cell in quotes."""
    return lines(*(",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in (headers, *rows)))


def vendor(**changed: str) -> Callable[[], bytes]:
    """One vendor line, with other texts in some columns."""
    header = VENDOR_HEADER.split(",")
    values = dict(zip(header, VENDOR_LINE.split(","), strict=True))
    return table([*header, *(name for name in changed if name not in header)], [*{**values, **changed}.values()])
