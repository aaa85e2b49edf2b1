"""What a billed line costs: a file without any price is refused, and a total that may hold tax is not taken as net."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import get_close_matches

from recon_xl.contract import normalise_header
from recon_xl.core.errors import InputError
from recon_xl.intake.filesheet import FileSheet

_TAX_WORDS = ("tax", "vat", "gst", "mwst", "tva")
_PRICE_WORDS = ("total", "amount", "price", "net", "value", "charge", "betrag", "preis")


def billed_positions(sheet: FileSheet, positions: Mapping[str, int]) -> dict[str, int]:
    """The columns of billed lines; `InputError` where neither Amount nor Unit Price is among them."""
    found = dict(positions)
    tax = [header for header in sheet.headers if any(word in normalise_header(header) for word in _TAX_WORDS)]
    amount = sheet.headers[found["Amount"]] if "Amount" in found else ""
    if normalise_header(amount) == "total" and tax:
        del found["Amount"]
        if "Unit Price" not in found:
            raise InputError(
                where=sheet.where,
                found=f"the header {amount!r} beside {tax[0]!r}: it may be with tax",
                expected="a column Amount, net, or Unit Price",
                todo=f"Rename {amount!r} to Amount if it is without tax, or add a column Unit Price.",
            )
    if "Amount" not in found and "Unit Price" not in found:
        free = [header for place, header in enumerate(sheet.headers) if header and place not in found.values()]
        near = _nearest(free)
        raise InputError(
            where=sheet.where,
            found=f"billed lines with neither Amount nor Unit Price (headers left over: {', '.join(free) or 'none'})",
            expected="a column Amount, net, or Unit Price",
            todo=f"Rename {near!r} to Amount or Unit Price, if that is what it holds." if near else "Add one of them.",
        )
    return found


def _nearest(headers: Sequence[str]) -> str | None:
    """The header that may be a price or a net amount; what we pay is neither."""
    ours = [header for header in headers if "cost" not in normalise_header(header)]
    for word in _PRICE_WORDS:
        for header in ours:
            if word in normalise_header(header):
                return header
    return next(
        (found for name in ("Amount", "Unit Price") for found in get_close_matches(name, ours, n=1, cutoff=0.8)), None
    )
