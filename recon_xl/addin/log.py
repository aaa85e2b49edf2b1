"""Faults of our own, kept for the person who is asked for help; and the one text that Excel could not be shown."""

from __future__ import annotations

import traceback
from datetime import UTC, datetime

from recon_xl import __version__
from recon_xl.addin.places import Places

_LARGEST = 1_000_000


def log_fault(places: Places, what: str) -> None:
    """Append the exception in hand. A log that cannot be written must not hide the fault, so that is passed over."""
    entry = f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC, recon-xl {__version__}, {what}\n{traceback.format_exc()}\n"
    try:
        places.log.parent.mkdir(parents=True, exist_ok=True)
        is_full = places.log.exists() and places.log.stat().st_size > _LARGEST
        with places.log.open("w" if is_full else "a", encoding="utf-8") as file:
            file.write(entry)
    except OSError:
        return


def leave_message(places: Places, text: str) -> None:
    """For VBA to show: UTF-16, as its own texts are."""
    try:
        places.message.parent.mkdir(parents=True, exist_ok=True)
        places.message.write_bytes(text.encode("utf-16-le"))
    except OSError:
        log_fault(places, f"this message could not be left for Excel: {text}")
