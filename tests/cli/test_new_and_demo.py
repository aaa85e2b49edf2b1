"""`new` and `demo`: what they make, what they say, and what they leave alone."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from workbook.books import records
from workbook.calls import CLEAN, COULD_NOT_RUN, FINDINGS, call, refused
from workbook.demo import Demo
from workbook.small import FILES, write_csv

from recon_xl.core.money import money_text
from recon_xl.hosts.file import FileHost

TEMPLATE = Path(__file__).parents[2] / "workbook_templates" / "month_end.xlsx"


def test_new_is_the_template(tmp_path: Path) -> None:
    """Without options the workbook is the blank template, byte for byte."""
    answer = call("new", tmp_path / "book.xlsx", "--json")
    assert (CLEAN, {"book": str(tmp_path / "book.xlsx"), "period": None, "sample": False}) == (answer.code, answer.json)
    assert TEMPLATE.read_bytes() == (tmp_path / "book.xlsx").read_bytes()


def test_new_says_what_comes_next(tmp_path: Path) -> None:
    """The period is on Settings, and the reader knows the next call."""
    book = tmp_path / "october.xlsx"
    answer = call("new", book, "--period", "2026-10")
    assert f"Made {book} for 2026-10" in answer.out
    assert f"recon-xl import {book}" in answer.out
    assert {"Period": "2026-10"} == {row["Setting"]: row["Value"] for row in records(book, "Settings") if row["Value"]}


def test_new_makes_the_folder(tmp_path: Path) -> None:
    """A folder that is not there yet is made."""
    assert call("new", tmp_path / "2026" / "10" / "book.xlsx").code == CLEAN


def test_new_refuses_an_existing_file(tmp_path: Path) -> None:
    """Nothing is overwritten, with or without options."""
    book = tmp_path / "book.xlsx"
    book.write_bytes(b"the accountant's")
    for options in ((), ("--period", "2026-10"), ("--sample",)):
        assert "a file of that name" == refused(book, "new", book, *options).error["found"]


@pytest.mark.parametrize("period", ["2026-13", "October", "2026", "10/2026", ""])
def test_new_with_a_period_that_is_no_month_leaves_nothing(tmp_path: Path, period: str) -> None:
    """Exit code 2 makes no file; a blank period is no period."""
    book = tmp_path / "book.xlsx"
    answer = call("new", book, "--period", period, "--json")
    if period:
        assert (COULD_NOT_RUN, "YYYY-MM") == (answer.code, answer.error["expected"])
        assert not book.exists()
    else:
        assert (CLEAN, None) == (answer.code, answer.json["period"] or None)


def test_new_where_no_file_can_be(tmp_path: Path) -> None:
    """A path through a file is the user's mistake, said as such."""
    file = tmp_path / "file.txt"
    file.write_text("mine")
    refused(file, "new", file / "book.xlsx")


def test_new_sample_is_ready_to_run(demo: Demo, tmp_path: Path) -> None:
    """The sample month is in, nothing is reconciled yet, and run finds what demo finds."""
    book = tmp_path / "sample.xlsx"
    answer = call("new", book, "--sample", "--json")
    assert (CLEAN, "2026-10", True) == (answer.code, answer.json["period"], answer.json["sample"])
    assert [] == records(book, "Exceptions")
    answer = call("run", book, "--json")
    assert (FINDINGS, demo.json["findings"]) == (answer.code, answer.json["findings"])


def test_demo_is_quick_and_exits_with_0(demo: Demo) -> None:
    """A visitor waits less than ten seconds."""
    assert CLEAN == demo.answer.code
    assert demo.seconds < 10


def test_demo_says_what_matters(demo: Demo, tmp_path: Path) -> None:
    """Money by currency and direction, the two controls that fail on purpose, and which file to open."""
    data = demo.json
    answer = call("demo", "--out", tmp_path / "b")
    lines = [" ".join(line.split()) for line in answer.out.splitlines()]
    for row in data["totals"]["at_stake"]:
        money = money_text(Decimal(row["at_stake"]), row["currency"])
        plural = "s" if row["findings"] != 1 else ""
        assert f"{row['direction']} {money} {row['findings']} finding{plural}" in lines
    assert {"we lose", "customer overcharged", "vendor overcharged"} <= {
        row["direction"] for row in data["totals"]["at_stake"]
    }
    red, usage = (control for control in data["tie_out"] if control["ok"] is False)
    unchecked = sum(1 for control in data["tie_out"] if control["ok"] is None)
    assert f"Tie-out: 2 fail, {unchecked} not checked ({len(data['tie_out'])} controls)" in lines
    assert f"FAIL {red['control']} · {red['invoice']} · difference -412.50 EUR" in lines
    assert f"FAIL {usage['control']} · {usage['invoice']} · difference -36.61 USD" in lines
    assert f"Open: {tmp_path / 'b' / 'month_end_2026-10.xlsx'}" in lines
    assert "all names are fictional" in answer.out
    assert CLEAN == answer.code


def test_demo_twice_does_not_overwrite(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second demo goes beside the first, or is refused where the folder was named."""
    monkeypatch.chdir(tmp_path)
    first, second = (Path(call("demo", "--json").json["book"]) for _ in range(2))
    assert [Path("recon-xl-demo"), Path("recon-xl-demo-2")] == [first.parent, second.parent]
    marked = first.read_bytes() + second.read_bytes()
    answer = refused(first, "demo", "--out", first.parent)
    assert "a file of that name" == answer.error["found"]
    assert marked == first.read_bytes() + second.read_bytes()


def test_demo_keeps_a_users_own_files(tmp_path: Path) -> None:
    """A folder that holds files of the user's is refused, or they stay as they were."""
    mine = write_csv(tmp_path / "sources" / "customers.csv", FILES["customers.csv"])
    before = mine.read_bytes()
    call("demo", "--out", tmp_path)
    assert before == mine.read_bytes()


def test_the_demo_can_be_run_again(demo: Demo, demo_copy: Path) -> None:
    """The same inputs are known by their hash, and give the same findings."""
    again = call("run", demo_copy, "--json").json
    same = ("period", "status", "sources", "totals", "tie_out", "coverage", "findings", "information", "drafts")
    assert {name: demo.json[name] for name in same} == {name: again[name] for name in same}
    assert demo.json["run"]["inputs"] == again["run"]["inputs"]
    assert "2026-10" == FileHost(demo_copy).read().tables["Run Log"].rows[0][1][4]
