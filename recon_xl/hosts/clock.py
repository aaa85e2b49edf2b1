"""The time and the user of this machine: the only place that asks."""

from __future__ import annotations

import getpass
from datetime import UTC, datetime

from recon_xl.commands.model import Clock


def clock() -> Clock:
    """The time now (UTC), and who is signed in."""
    try:
        user = getpass.getuser()
    except (OSError, KeyError, ImportError):
        user = "unknown"
    return Clock(datetime.now(UTC).replace(microsecond=0), user)
