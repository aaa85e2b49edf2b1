"""What every command has in common: help, exit codes, and one JSON object."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from workbook.calls import CLEAN, COULD_NOT_RUN, FINDINGS, call
from workbook.demo import Demo
from workbook.small import BILLED, small_book, write_csv

from recon_xl import __version__
from recon_xl.cli.main import commands

COMMANDS = (
    "addin", "check", "contract", "demo", "diff", "explain", "formats", "help", "import", "inspect", "log", "mapping-gaps",
    "new", "next-exception", "preview", "redo", "rules", "run", "show-source-rows", "sources", "undo", "upgrade",
    "verify",
)  # fmt: skip
USAGE_ERRORS: tuple[tuple[str, ...], ...] = (
    (), ("nosuch",), ("run",), ("new",), ("import",), ("import", "book.xlsx"), ("run", "book.xlsx", "--nosuch"),
    ("run", "book.xlsx", "other.xlsx"), ("new", "book.xlsx", "--period"), ("demo", "--out"), ("contract", "extra"),
)  # fmt: skip


def console(*arguments: str, folder: Path | None = None) -> subprocess.CompletedProcess[str]:
    """The installed program, in a process of its own."""
    program = [sys.executable, "-W", "error", "-m", "recon_xl"]
    return subprocess.run(
        [*program, *arguments], check=False, capture_output=True, text=True, timeout=60, cwd=folder, encoding="utf-8"
    )


def test_these_are_the_commands() -> None:
    """A command is a file; its name is a promise to scripts."""
    assert list(COMMANDS) == [command.NAME for command in commands()]


@pytest.mark.parametrize("name", COMMANDS)
def test_help_has_an_example_and_the_exit_codes(name: str) -> None:
    """Every command explains itself with a call that could be typed."""
    answer = call(name, "--help")
    assert (CLEAN, "") == (answer.code, answer.err)
    examples = re.findall(r"^example: (.+)$", answer.out, re.MULTILINE)
    assert [f"recon-xl {name}"] == [" ".join(example.split()[:2]) for example in examples]
    assert "0 clean, 1 findings or problems, 2 could not run" in " ".join(answer.out.split())
    assert "--json" in answer.out


@pytest.mark.parametrize("name", [name for name in COMMANDS if name != "demo"])
def test_the_example_is_understood(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The example of the help names options that there are: it fails for want of a file at most."""
    monkeypatch.chdir(tmp_path)
    example = re.search(r"^example: recon-xl (.+)$", call(name, "--help").out, re.MULTILINE)
    assert example is not None
    arguments = [part for part in example[1].split() if part != "--json"]
    answer = call(*arguments, "--json")
    assert "a call as in" not in answer.json.get("error", {}).get("expected", "")


def test_help_lists_every_command() -> None:
    """The overview names each command in one line."""
    answer = call("--help")
    listed = re.findall(r"^    ([\w-]+)(?: +\S|$)", answer.out, re.MULTILINE)
    assert (CLEAN, list(COMMANDS)) == (answer.code, listed)


def test_version() -> None:
    """The version is the package's."""
    answer = call("--version")
    assert (CLEAN, f"recon-xl {__version__}\n") == (answer.code, answer.out)


@pytest.mark.parametrize("arguments", USAGE_ERRORS, ids=" ".join)
def test_a_call_that_is_not_understood(arguments: tuple[str, ...]) -> None:
    """Exit code 2 and four sentences, on stderr for a reader and as one object for a script."""
    spoken, answer = call(*arguments), call(*arguments, "--json")
    assert (COULD_NOT_RUN, COULD_NOT_RUN) == (spoken.code, answer.code)
    assert {"where", "found", "expected", "todo"} == {name for name, text in answer.error.items() if text.strip()}
    assert ("", "") == (spoken.out, answer.err)
    assert answer.error["found"] in spoken.err


def test_json_may_not_be_shortened(tmp_path: Path) -> None:
    """`--js` is either --json, with one object, or not understood; never half of each."""
    answer = call("rules", "--js")
    if answer.code == CLEAN:
        assert ["rules"] == list(json.loads(answer.out))
    else:
        assert (COULD_NOT_RUN, "") == (answer.code, answer.out)


@pytest.mark.parametrize("name", ["contract", "formats", "rules"])
def test_catalogues_exit_with_0(name: str) -> None:
    """With and without --json, and with something to read."""
    spoken, answer = call(name), call(name, "--json")
    assert (CLEAN, CLEAN) == (spoken.code, answer.code)
    assert len(spoken.out.splitlines()) > 5
    assert all(answer.json.values())


def test_run_exits_with_0_and_1_with_and_without_json(tmp_path: Path) -> None:
    """A clean month is 0, a finding is 1; --json changes what is printed and nothing else."""
    clean = small_book(tmp_path / "clean", billed=[{**BILLED, "Quantity": "10", "Amount": "120.00"}])
    found = small_book(tmp_path / "found")
    assert [CLEAN, CLEAN] == [call("run", clean).code, call("run", clean, "--json").code]
    assert [FINDINGS, FINDINGS] == [call("run", found).code, call("run", found, "--json").code]
    assert [CLEAN, FINDINGS] == [call("run", book, "--json").json["exit_code"] for book in (clean, found)]


def test_a_month_without_billed_lines_is_not_reconcilable(tmp_path: Path) -> None:
    """Nothing to compare with is never clean: exit code 1, one sentence, no finding for a key."""
    book = tmp_path / "october.xlsx"
    small = small_book(tmp_path / "small")
    files = small.parent / "files"
    assert call("new", book, "--period", "2026-10").code == CLEAN
    mapping = [files / f"{name}.csv" for name in ("customers", "products", "price_rules", "tax")]
    assert call("import", book, *mapping, files / "recon.csv").code == CLEAN
    answer = call("run", book, "--json")
    assert (FINDINGS, "NOT RECONCILABLE") == (answer.code, answer.json["status"])
    assert ("NOT RECONCILABLE", "no billed lines for the period") == (
        answer.json["coverage"]["status"],
        answer.json["coverage"]["reason"],
    )
    assert [] == answer.json["findings"]
    assert "NOT RECONCILABLE" in call("run", book).out


def test_a_month_with_billed_lines_alone_is_not_reconcilable(tmp_path: Path) -> None:
    """Neither vendor lines nor counts: nothing says what should have been billed."""
    book, small = tmp_path / "october.xlsx", small_book(tmp_path / "small")
    assert call("new", book, "--period", "2026-10").code == CLEAN
    files = [small.parent / "files" / f"{name}.csv" for name in ("customers", "products", "billed")]
    assert call("import", book, *files).code == CLEAN
    answer = call("run", book, "--json")
    assert (FINDINGS, "NOT RECONCILABLE", []) == (answer.code, answer.json["status"], answer.json["findings"])


def test_an_empty_book_is_not_reconcilable(tmp_path: Path) -> None:
    """A new workbook with a period runs, and says that there is nothing to reconcile."""
    book = tmp_path / "october.xlsx"
    assert call("new", book, "--period", "2026-10").code == CLEAN
    answer = call("run", book, "--json")
    assert (FINDINGS, "NOT RECONCILABLE", []) == (answer.code, answer.json["status"], answer.json["findings"])


def test_the_installed_program_prints_one_object_and_keeps_progress_apart(tmp_path: Path) -> None:
    """Standard output holds the object and nothing else, in UTF-8, whatever warns or takes time."""
    book = small_book(tmp_path, customers=[{
        "Customer": "Contoso", "Code": "CON", "Vendor Customer Ids": "1f0e", "Aliases": "Zoë 日本", "Tax Region": "US",
    }])  # fmt: skip
    run = console("run", str(book), "--json")
    said = re.sub(r"\[ *[0-9.]+ s\] \w[^\n]* \.\.\.\n", "", run.stderr)  # a slow computer tells what it is about
    assert (FINDINGS, "") == (run.returncode, said)
    assert ["underbilled"] == [finding["rule"] for finding in json.loads(run.stdout)["findings"]]
    wrong = console("run", "nosuch.xlsx", "--json", folder=tmp_path)
    assert (COULD_NOT_RUN, "") == (wrong.returncode, wrong.stderr)
    assert "no such file" == json.loads(wrong.stdout)["error"]["found"]


def test_a_reader_who_leaves_early_is_no_fault() -> None:
    """`recon-xl contract --json | head -1` ends without a traceback."""
    program = f"{sys.executable} -m recon_xl contract --json"
    run = subprocess.run(["bash", "-c", f"{program} | head -n 1"], check=False, capture_output=True, text=True)
    assert ("{\n", "") == (run.stdout, run.stderr)


def test_an_interrupted_call_shows_no_traceback(tmp_path: Path) -> None:
    """Ctrl-C while the demo works ends it without Python's words."""
    program = [sys.executable, "-m", "recon_xl", "demo", "--out", str(tmp_path / "demo"), "--json"]
    # A shell in the background hands on that Ctrl-C is ignored; the program must hear it.
    hears = (
        {"preexec_fn": lambda: signal.signal(signal.SIGINT, signal.default_int_handler)} if os.name == "posix" else {}
    )
    with subprocess.Popen(program, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **hears) as run:
        while run.poll() is None and not (tmp_path / "demo" / "sources").exists():
            time.sleep(0.01)
        run.send_signal(signal.SIGINT)
        out, err = run.communicate(timeout=60)
    assert run.returncode in {130, -signal.SIGINT}
    assert ("", False) == (out, "Traceback" in err)


def test_the_demo_object_is_the_run_object(demo: Demo) -> None:
    """`demo --json` is the object of a run, with the workbook that it made."""
    assert set(demo.json) == set(call("run", demo.book, "--dry-run", "--json").json)
    assert demo.folder / "month_end_2026-10.xlsx" == Path(demo.json["book"])


def test_an_import_with_unreadable_cells_exits_with_1(tmp_path: Path) -> None:
    """Its rows are in, and each bad cell is named with file, row and column, with and without --json."""
    book = small_book(tmp_path)
    bad = write_csv(tmp_path / "more.csv", [{**BILLED, "Customer": "Fabrikam", "Quantity": "ten"}])
    spoken, answer = call("import", book, bad, "--dry-run"), call("import", book, bad, "--json")
    assert (FINDINGS, FINDINGS) == (spoken.code, answer.code)
    assert [("more.csv", 2, "Quantity", "'ten'")] == [
        (problem["file"], problem["row"], problem["column"], problem["found"]) for problem in answer.json["problems"]
    ]
    assert "more.csv > row 2 > Quantity: found 'ten'" in spoken.out
