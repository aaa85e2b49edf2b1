"""How one file takes another's name on Windows: with its permissions kept, and never a moment without a file.

`ReplaceFileW` keeps access rights, attributes and streams of the old file. It is given a name for the old file: without one,
a failure half way can leave no file at the old name. Where a disk does not know the call, `os.replace` does the same, but for
the rights. A file that another program holds is tried again for a moment: virus scanners and indexers let go soon, Excel does not.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

SPARE = ".old"
"""Ending of the name that the old file has for a moment."""
BUSY = frozenset({5, 32, 33})
"""Windows errors of a file that another program holds: access denied, sharing violation, lock violation."""
_SPARE_TAKEN = 1177
"""The old file has the spare name already, and the new one could not follow."""
_IGNORE_MERGE_ERRORS = 2
_TRIES = 8
_PAUSE = 0.15

ReplaceCall = Callable[[str, str, str], int]
"""(old file, new file, spare name) -> 0, or the error of Windows."""


def replace_file(
    new: Path,
    old: Path,
    *,
    call: ReplaceCall | None = None,
    rename: Callable[[Path, Path], None] = os.replace,
    pause: Callable[[float], None] = time.sleep,
) -> None:
    """Give `new` the name of `old`; raises `OSError`, with `old` whole at its name, where Windows refuses."""
    spare = new.with_suffix(SPARE)
    error = 0
    for _ in range(_TRIES):
        error = _once(new, old, spare, call or _replace_file_w, rename)
        if error not in BUSY:
            break
        pause(_PAUSE)
    if error in BUSY:
        raise _busy(old, error)
    with suppress(OSError):  # the next start removes it
        spare.unlink(missing_ok=True)


def is_busy(error: OSError) -> bool:
    """True for what Windows says of a file that another program holds."""
    return getattr(error, "winerror", None) in BUSY


def _once(new: Path, old: Path, spare: Path, call: ReplaceCall, rename: Callable[[Path, Path], None]) -> int:
    """One try: 0 when it is done, else an error of `BUSY`; any other failure is raised."""
    error = call(str(old), str(new), str(spare)) if old.exists() else 1
    if error == 0 or error in BUSY:
        return error
    if error == _SPARE_TAKEN and not old.exists():
        rename(spare, old)
    try:
        rename(new, old)
    except OSError as refused:
        if is_busy(refused):
            return int(getattr(refused, "winerror", 0))
        raise
    return 0


def _busy(file: Path, error: int) -> OSError:
    refused = PermissionError(13, "the file is open in another program", str(file))
    refused.winerror = error  # type: ignore[attr-defined,unused-ignore]  # known on Windows only
    return refused


def _replace_file_w(old: str, new: str, spare: str) -> int:
    if sys.platform != "win32":
        return 1
    import ctypes  # noqa: PLC0415 - only Windows has the library

    library = ctypes.WinDLL("kernel32", use_last_error=True)
    call = library.ReplaceFileW
    call.argtypes = [*[ctypes.c_wchar_p] * 3, ctypes.c_uint32, ctypes.c_void_p, ctypes.c_void_p]
    call.restype = ctypes.c_int
    return 0 if call(old, new, spare, _IGNORE_MERGE_ERRORS, None, None) else ctypes.get_last_error()
