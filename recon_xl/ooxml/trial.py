"""Reads a workbook out of proportion in a process of its own first, with a limit of time and memory.

A file that unpacks to no more than an ordinary one of its size costs no more than that, so it is read as it is. One that unpacks
to far more is first read in a child process: what hangs or swells there is ended and refused, and the command itself goes on.
"""

from __future__ import annotations

import os
import sys
from collections import deque
from pathlib import Path

from recon_xl.core.errors import ReconError, WorkbookError
from recon_xl.ooxml.guard import GuardedZip, check_prologs, unsafe
from recon_xl.ooxml.limits import beyond, limits

_MIB = 1 << 20
_SMALL = 24 * _MIB
"""XML that is read without a trial, whatever the file's size: in memory it is less than the limit."""
_GROWTH = 25
"""Unpacked size by file size up to which a file is in proportion; Excel's own and ours have 5 to 15."""
_GENEROUS = 4 * _MIB
"""From this file size on, time and memory grow with it."""
_IS_CHILD = "RECON_XL_TRIAL"
_CHILD = "from recon_xl.ooxml.trial import main; main()"

_known: deque[tuple[tuple[str, int, int], WorkbookError | None]] = deque(maxlen=64)
"""Files that were looked at, by name, size and time, and what refused them."""


def admit(package: GuardedZip, path: Path, where: str) -> None:
    """Raise `WorkbookError` for a file that no parser should see; what was admitted once is not looked at again."""
    found = path.stat()
    key = (str(path), found.st_size, found.st_mtime_ns)
    if _IS_CHILD in os.environ:
        return
    if key not in dict(_known):
        _known.append((key, _refusal(package, path, where, found.st_size)))
    refused = dict(_known)[key]
    if refused is not None:
        raise WorkbookError(**refused.as_dict())


def _refusal(package: GuardedZip, path: Path, where: str, size: int) -> WorkbookError | None:
    try:
        check_prologs(package, where)
        if package.xml_size > max(_SMALL, _GROWTH * size):
            _try(path, where, size)
    except WorkbookError as error:
        return error
    return None


def _try(path: Path, where: str, size: int) -> None:
    import subprocess  # noqa: PLC0415 - few files need it, and every press of a button would wait for it

    allowed = limits()
    more = max(size - _GENEROUS, 0) / _MIB / 10
    memory, seconds = int(allowed.memory_mib * (1 + more)), allowed.seconds * (1 + more)
    try:
        done = subprocess.run(  # noqa: S603 - our own module, with the file's name as its only argument
            [sys.executable, "-P", "-c", _CHILD, str(path.resolve()), str(memory)],
            env=_environment(), stdin=subprocess.DEVNULL, capture_output=True, timeout=seconds, check=False,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise beyond(
            where, f"a file that takes longer than {seconds:.0f} seconds to read", "seconds", allowed.seconds
        ) from None
    except OSError:
        return  # a computer that starts no process for us reads with the other limits alone
    told = _answer(done.stdout)
    if told is None:
        raise unsafe(where, "a file that ends the process that reads it")
    if told.get("found") == "memory":
        raise beyond(
            where, f"a file that takes more than {memory:,} MiB of memory to read", "memory_mib", allowed.memory_mib
        )
    if told:
        raise WorkbookError(**{**told, "where": told["where"].replace(path.name, where, 1)})


def _environment() -> dict[str, str]:
    """This environment, with the place of the package, and a mark that there is no child of a child."""
    here = str(Path(__file__).parents[2])
    paths = os.pathsep.join(filter(None, (here, os.environ.get("PYTHONPATH", ""))))
    return {**os.environ, "PYTHONPATH": paths, _IS_CHILD: "1"}


def _answer(text: bytes) -> dict[str, str] | None:
    """What the child says: nothing, or the four sentences of its refusal; None where it could not say anything."""
    import json  # noqa: PLC0415 - likewise

    try:
        told = json.loads(text)
    except ValueError:
        return None
    return told if isinstance(told, dict) else None


def main() -> None:
    """The child: read every cell of a workbook as an import does, and say what refuses it."""
    import json  # noqa: PLC0415 - likewise

    path = Path(sys.argv[1])
    _limit_memory(int(sys.argv[2]))
    told: dict[str, str] = {}
    try:
        _read_all(path)
    except MemoryError:
        told = {"found": "memory"}
    except ReconError as error:
        told = error.as_dict()
    sys.stdout.write(json.dumps(told))


def _read_all(path: Path) -> None:
    from recon_xl.ooxml.reader import BookReader  # noqa: PLC0415 - the reader asks this module for admission

    with BookReader(path, tell_dates=True) as book:
        # Held until the end, as the command that asked will hold them.
        held = [list(book.rows(sheet.name)) for sheet in book.sheets]
        del held


def _limit_memory(mib: int) -> None:
    """Windows has no such limit for a process by itself: there only the time is."""
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 - POSIX only

        resource.setrlimit(resource.RLIMIT_AS, (mib * _MIB, mib * _MIB))
