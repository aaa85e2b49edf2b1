"""Whether the user holds Esc down: the only thing that a busy Excel lets through."""

from __future__ import annotations

import ctypes
import sys
from typing import Any

_VK_ESCAPE, _PRESSED_NOW, _PRESSED_SINCE = 0x1B, 0x8000, 0x0001
_MAC_ESCAPE, _MAC_SESSION = 53, 0
_MAC_LIBRARY = "/System/Library/Frameworks/ApplicationServices.framework/ApplicationServices"


def escape_is_held() -> bool:
    """True where Esc is down, on Windows also where it was pressed since the last question. Asks the system, not Excel."""
    if sys.platform == "win32":
        user32: Any = ctypes.windll.user32
        return bool(user32.GetAsyncKeyState(_VK_ESCAPE) & (_PRESSED_NOW | _PRESSED_SINCE))
    if sys.platform == "darwin":
        return bool(ctypes.CDLL(_MAC_LIBRARY).CGEventSourceKeyState(_MAC_SESSION, _MAC_ESCAPE))
    return False
