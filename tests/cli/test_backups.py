"""What a command replaces is kept beside the workbook, as many versions as Settings says, and the message says where."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import Workbook
from workbook.books import type_setting
from workbook.calls import CLEAN, COULD_NOT_RUN, FINDINGS, call, refused
from workbook.small import PERIOD, VENDOR, small_book, write_csv

ROOT = Path(__file__).parents[2]


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A small month."""
    return small_book(tmp_path)


def kept(book: Path) -> list[Path]:
    return sorted((book.parent / f"{book.stem} backups").glob("*.xlsx"))


def test_each_version_is_kept_and_told(book: Path) -> None:
    """`run` and `import` say where the workbook is as it was; a dry run and another file keep nothing."""
    before, folder = book.read_bytes(), kept(book)
    answer = call("run", book)
    assert FINDINGS == answer.code
    *_, last = answer.out.strip().splitlines()
    assert last.startswith(f"As it was before: {book.stem} backups/{book.stem} 20")
    backup = book.parent / last.removeprefix("As it was before: ")
    assert before == backup.read_bytes()
    more = write_csv(book.parent / "more.csv", [VENDOR | {"SubscriptionId": "another"}])
    told = call("import", book, more, "--json").json["backup"]
    assert sorted([*folder, backup, Path(told)]) == kept(book)
    call("run", book, "--dry-run")
    call("run", book, "--out", book.with_name("copy.xlsx"))
    assert len(folder) + 2 == len(kept(book))
    assert not book.with_name("copy backups").exists()


def test_as_many_as_settings_says(book: Path) -> None:
    """0 keeps none and says nothing of it; a number keeps so many."""
    type_setting(book, "Backups", 2)
    for _ in range(4):
        call("run", book)
    assert 2 == len(kept(book))
    type_setting(book, "Backups", 0)
    assert "As it was before" not in call("run", book).out
    assert 2 == len(kept(book))
    type_setting(book, "Backups", "many")
    assert "Backups" in refused(book, "run", book).error["where"]


def test_an_upgrade_keeps_the_workbook_too(tmp_path: Path) -> None:
    """One of the user's own, that has no Settings yet; what lacks nothing is not written, so nothing is kept."""
    book = tmp_path / "own.xlsx"
    Workbook().save(book)
    before = book.read_bytes()
    told = call("upgrade", book, "--json").json["backup"]
    assert [Path(told)] == kept(book)
    assert before == kept(book)[0].read_bytes()
    assert "lacks nothing" in call("upgrade", book).out
    assert 1 == len(kept(book))


def test_a_new_workbook_has_no_earlier_version(tmp_path: Path) -> None:
    """What was made just now was never anybody's."""
    book = tmp_path / "october.xlsx"
    assert CLEAN == call("new", book, "--period", PERIOD, "--sample").code
    assert [book] == list(tmp_path.iterdir())


def test_what_a_killed_run_left_goes_with_any_command(book: Path) -> None:
    """Also one that writes nothing; what is the user's stays."""
    stale = [book.with_name(f".{book.name}.recon{end}") for end in (".lock", "-7-abcd1234.tmp", "-7-abcd1234.old")]
    for file in stale:
        file.write_bytes(b"half")
    mine = book.with_name(f".{book.name}.recon-notes.txt")
    mine.write_text("mine")
    call("sources", book)
    assert [] == [file for file in stale if file.exists()]
    assert "mine" == mine.read_text()


def test_who_has_it_open_is_told_before_the_work(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for a long run whose result cannot be saved."""

    def work(*_args: object) -> None:
        raise AssertionError("it was read first")

    book.with_name(f"~${book.name}").write_bytes(b"\x07Ann Lee" + b" " * 40)
    monkeypatch.setattr("recon_xl.hosts.file.FileHost.read", work)
    for name, *files in (("run",), ("import", book)):
        assert "Ann Lee" in refused(book, name, book, *files).error["found"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows limits no file's size for a process")
def test_a_limit_of_the_file_size(book: Path) -> None:
    """`ulimit -f`, which stands for any full disk: refused in plain words, nothing changed, nothing left."""
    import resource  # noqa: PLC0415 - not on Windows

    before, folder = book.read_bytes(), sorted(book.parent.rglob("*"))
    limit = len(before) // 2
    done = subprocess.run(
        [sys.executable, "-m", "recon_xl", "run", str(book)], cwd=ROOT, capture_output=True, text=True, check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
    )  # fmt: skip
    assert COULD_NOT_RUN == done.returncode
    assert "a disk that refuses the file (File too large)" in done.stderr
    assert (before, folder) == (book.read_bytes(), sorted(book.parent.rglob("*")))
