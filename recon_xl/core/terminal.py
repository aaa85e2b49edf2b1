"""What a person types into a terminal on this computer, where recon-xl may lie in a virtual environment that is not on the PATH."""

from __future__ import annotations

import re
import sys

_PLAIN = re.compile(r"[A-Za-z0-9_./\\:-]+").fullmatch


def python() -> str:
    """The installed Python by its full path, in quotation marks where the path needs them; `python` where it is not known."""
    path = sys.executable
    return (path if _PLAIN(path) else f'"{path}"') if path else "python"


def typed(arguments: str) -> str:
    """A recon-xl command such as `addin doctor`, in full."""
    return f"{python()} -m recon_xl {arguments}" if sys.executable else f"recon-xl {arguments}"
