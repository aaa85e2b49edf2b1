"""Parts of honest workbooks, changed after unpacking, so that no checksum stops them before a parser sees them."""

from __future__ import annotations

import random
import re
import signal
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from hostile.model import honest, with_strings, zipped
from ooxml.books import add_user_column, month_end, read_parts

from recon_xl.commands.import_files import import_files
from recon_xl.commands.inspection import inspect_files
from recon_xl.core.errors import ReconError
from recon_xl.core.snapshot import Snapshot
from recon_xl.hosts.file import FileHost

TITLE = "Any change of any part is read or refused in plain words: no traceback, no hang"
MUTATIONS = 10_000
HANGS = 10
TEMPLATE = Path(__file__).parents[2] / "workbook_templates" / "month_end.xlsx"
_NOW = datetime(2026, 11, 3, 8, 30, tzinfo=UTC)
_TAG = re.compile(rb"<[^>]*>")
_VALUE = re.compile(rb'"[^"]*"')
_ODD = (
    b"A1:A0", b"A0", b"", b"-1", b"0", b"1e309", b"999999999999999999999", b"NaN", b"\xff\xfe", b"&#0;", b"&x;", b"<", b">", b"]]>",
    b"<!--", b"\0", b'"', b"XFE1", b"../../x", b"_xD800_", "\u0661".encode(), b" " * 5000, b"#REF!", b"=1+1", b"rId1", b"xml:space",
)  # fmt: skip


def soak(seed: int, scale: float) -> Mapping[str, object]:
    """10,000 changes, one to three at a time, through inspect, import and the reader of a run."""
    draw = random.Random(seed)  # noqa: S311 - changes, not secrets
    count = max(round(MUTATIONS * scale), 20)
    blank = FileHost(TEMPLATE).read()
    figures = {"mutations": count, "read": 0, "refused": 0, "tracebacks": 0, "hangs over 10 s": 0}
    slowest = 0.0
    with tempfile.TemporaryDirectory() as folder:
        originals = _originals(Path(folder))
        for number in range(count):
            path = Path(folder) / "mutated.xlsx"
            parts = draw.choice(originals)
            # One in five is changed as it lies on the disk: the archive's own headers, its directory, its packed bytes.
            content = _archive(zipped(parts), draw) if draw.random() < 0.2 else zipped(_mutated(parts, draw))
            path.write_bytes(content)
            started = time.monotonic()
            try:
                with _in_time():
                    refused = _use(path, blank)
            except Exception as error:
                raise AssertionError(f"mutation {number}: {type(error).__name__}: {error}") from error
            slowest = max(slowest, time.monotonic() - started)
            assert content == path.read_bytes(), f"mutation {number}: the file was changed"
            figures["refused" if refused else "read"] += 1
    return {**figures, "ms to the slowest": round(slowest * 1000)}


def _originals(folder: Path) -> list[dict[str, bytes]]:
    """Workbooks of a few makers' forms: a vendor's export, a book of ours, and what openpyxl writes."""
    mine = month_end(folder / "mine.xlsx", [["k1", 1, "w", "n"], ["k2", 2, "w", "n"]], totals=False)
    add_user_column(mine, "Mine", [1, 2], formula="1+1")
    texts = [
        {name: text.encode() for name, text in one.items()}
        for one in (honest(), with_strings("<si><t>Backup</t></si>"))
    ]
    return [*texts, *texts, read_parts(mine), read_parts(TEMPLATE)]


def _use(path: Path, blank: Snapshot) -> bool:
    """True where the file was refused in any way."""
    refused = any(report.error is not None for report in inspect_files([path], now=_NOW))
    try:
        import_files(blank, [path], now=_NOW)
    except ReconError:
        refused = True
    try:
        FileHost(path).read()
    except ReconError:
        refused = True
    return refused


def _mutated(parts: Mapping[str, bytes], draw: random.Random) -> dict[str, bytes]:
    changed = dict(parts)
    for _ in range(draw.randint(1, 3)):
        name = draw.choice([name for name in changed if name.endswith((".xml", ".rels"))])
        changed[name] = draw.choice(_WAYS)(changed[name], draw)
    return changed


def _archive(data: bytes, draw: random.Random) -> bytes:
    """An archive with a few other bytes, mostly in its directory, which says where everything is."""
    changed = bytearray(data)
    directory = data.find(b"PK\x01\x02")
    for _ in range(draw.randint(1, 4)):
        at = draw.randrange(directory if draw.random() < 0.7 else 0, len(data))
        changed[at] = draw.choice((0, 255, draw.randrange(256)))
    return bytes(changed)


def _cut(data: bytes, draw: random.Random) -> bytes:
    return data[: draw.randint(0, len(data))]


def _flip(data: bytes, draw: random.Random) -> bytes:
    at = draw.randrange(len(data) or 1)
    return data[:at] + bytes([draw.randrange(256)]) + data[at + 1 :]


def _odd(data: bytes, draw: random.Random) -> bytes:
    at = draw.randint(0, len(data))
    return data[:at] + draw.choice(_ODD) + data[at + draw.choice((0, 0, 1, 7)) :]


def _value(data: bytes, draw: random.Random) -> bytes:
    """Another value of an attribute."""
    found = list(_VALUE.finditer(data))
    if not found:
        return data
    one = draw.choice(found)
    other = draw.choice((b'"' + draw.choice(_ODD) + b'"', draw.choice(found)[0]))
    return data[: one.start()] + other + data[one.end() :]


def _tags(data: bytes, draw: random.Random) -> bytes:
    """A tag left out, doubled, or put elsewhere."""
    found = list(_TAG.finditer(data))
    if not found:
        return data
    one, other = draw.choice(found), draw.choice(found)
    new = draw.choice((b"", one[0] * 2, other[0], one[0] * 300))
    return data[: one.start()] + new + data[one.end() :]


def _piece(data: bytes, draw: random.Random) -> bytes:
    """A piece copied to another place."""
    first, last = sorted(draw.randint(0, len(data)) for _ in range(2))
    at = draw.randint(0, len(data))
    return data[:at] + data[first : min(last, first + 2000)] + data[at:]


_WAYS = (_cut, _flip, _flip, _odd, _odd, _value, _value, _value, _tags, _tags, _piece)


@contextmanager
def _in_time() -> Iterator[None]:
    """AssertionError for what hangs."""

    def hang(*_args: object) -> None:
        raise TimeoutError(f"longer than {HANGS} s")

    before = signal.signal(signal.SIGALRM, hang)
    signal.alarm(HANGS)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
