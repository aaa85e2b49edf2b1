"""What a person types into a terminal on this computer, where recon-xl may lie in a virtual environment that is not on the PATH."""

from __future__ import annotations

import re
import shlex
import sys

_PLAIN = re.compile(r"[A-Za-z0-9_./\\:-]+").fullmatch
_ACTS_IN_QUOTES = re.compile(r'["$`\\!]').search


def python() -> str:
    """The installed Python by its full path, in quotation marks where the path needs them; `python` where it is not known."""
    path = sys.executable
    return (path if _PLAIN(path) else f'"{path}"') if path else "python"


def quoted(text: object) -> str:
    """A file name as it can be pasted into a terminal: in quotation marks where a blank or another sign needs them."""
    name = str(text)
    if _PLAIN(name):
        return name
    return shlex.quote(name) if sys.platform != "win32" and _ACTS_IN_QUOTES(name) else f'"{name}"'


def typed(arguments: str) -> str:
    """A recon-xl command such as `addin doctor`, in full."""
    return f"{python()} -m recon_xl {arguments}" if sys.executable else f"recon-xl {arguments}"
