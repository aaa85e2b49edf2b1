"""When an agreement or purchase order is in force, and what to say where it is not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

Record = Mapping[str, Any]

CONTRACT = "contract"
KINDS = (CONTRACT, "MCA", "GDAP", "reseller relation")


def kind_of(row: Record) -> str:
    """What a row of Agreements is; blank is a contract."""
    return row.get("Type") or CONTRACT


def is_valid(row: Record, on: date) -> bool:
    """Status Active or blank, and Start <= day <= End or blank (the reckoning, section 4)."""
    return (row.get("Status") or "Active") == "Active" and covers(row, on)


def covers(row: Record, on: date) -> bool:
    """The dates of a row hold on a day; blank is open."""
    return (row.get("Start") or date.min) <= on <= (row.get("End") or date.max)


def invalidity(row: Record, on: date) -> str:
    """Why a row is not valid on a day: `A1 ended on 2026-09-30`."""
    name, status = row["Agreement"], row.get("Status") or "Active"
    start, end = row.get("Start"), row.get("End")
    if end is not None and end < on:
        return f"{name} ended on {end:%Y-%m-%d}"
    if status != "Active":
        return f"{name} is {status.lower()}"
    return f"{name} starts on {start:%Y-%m-%d}"


def orders_in_force(orders: Iterable[Record], currency: str, on: date) -> list[Record]:
    """The purchase orders of a client that hold on a day, in a currency (blank = any), latest start last."""
    fitting = [row for row in orders if (row.get("Currency") or currency) == currency and covers(row, on)]
    return sorted(fitting, key=lambda row: (row.get("Start") or date.min, row["PO"]))


def order_to_quote(orders: Iterable[Record], currency: str, on: date, net: Decimal) -> Record | None:
    """The purchase order that a bill of so much quotes: the latest in force whose amount covers it, else the latest."""
    fitting = orders_in_force(orders, currency, on)
    covering = [row for row in fitting if row.get("Amount") is None or net <= row["Amount"]]
    best = covering or fitting
    return best[-1] if best else None
