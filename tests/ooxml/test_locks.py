"""One run at a time saves a workbook, also on a disk that knows no locks, and a dead run's lock stops nobody."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from recon_xl.core.errors import WorkbookError
from recon_xl.ooxml import locks
from recon_xl.ooxml.leftovers import sweep
from recon_xl.ooxml.locks import save_lock


@pytest.fixture(params=["locks", "no locks"])
def book(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file on a disk of either kind."""
    if request.param == "no locks":
        monkeypatch.setattr(locks, "_try_lock", lambda _descriptor: None)
    path = tmp_path / "b.xlsx"
    path.write_bytes(b"book")
    return path


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The pauses of who waits, on a clock that they alone move: it says the same on a busy machine."""
    taken: list[float] = []
    clock = SimpleNamespace(sleep=taken.append, monotonic=lambda: sum(taken), time=time.time)
    monkeypatch.setattr(locks, "time", clock)
    return taken


def test_the_second_is_refused_and_told_whose(book: Path, pauses: list[float]) -> None:
    """Within two seconds, and nothing of it stays."""
    with save_lock(book):
        with (
            pytest.raises(
                WorkbookError, match=r"another run of recon-xl saving this workbook \(.+ on .+ since .+ UTC\)"
            ),
            save_lock(book),
        ):
            pass
        assert 0.9 < sum(pauses) < 2
    assert [book] == list(book.parent.iterdir())


def test_the_second_waits_for_a_moment(book: Path) -> None:
    """A save takes less than a second mostly."""
    free = threading.Event()

    def hold() -> None:
        with save_lock(book):
            free.set()
            time.sleep(0.2)

    holder = threading.Thread(target=hold)
    holder.start()
    free.wait()
    with save_lock(book):
        assert 2 <= len(list(book.parent.iterdir()))
    holder.join()


def test_what_a_dead_run_left_stops_nobody(book: Path) -> None:
    """Its lock is nobody's; the file that stands for one is stale after ten minutes."""
    for end in ("lock", "claim"):
        left = book.with_name(f".{book.name}.recon.{end}")
        left.write_bytes(b"Ann on PC7")
        os.utime(left, (time.time() - 700, time.time() - 700))
    sweep(book)
    assert [book] == list(book.parent.iterdir())


def test_a_run_at_work_is_not_swept(book: Path) -> None:
    """Another command on the same workbook leaves its files alone."""
    with save_lock(book):
        half = book.with_name(f".{book.name}.recon-7-ab.tmp")
        half.write_bytes(b"half")
        sweep(book)
        assert half.exists()
