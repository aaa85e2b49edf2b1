"""The benchmark measures what it says: all contestants write the same cells, and every figure has its place on the page."""

from __future__ import annotations

import re
import sys
import zipfile
from pathlib import Path

import pytest

from . import floor, product, yardstick
from .__main__ import main, show
from .cells import count, pack, unpack
from .contest import CONTESTANTS, Contest, Figure, hold, together
from .page import BEGIN, END, commit, memory_table, processor_table, section, station_table, write_into
from .prepare import prepare
from .stage import Stage
from .stations import measure
from .writers import WRITERS, write

PAGE = Path(__file__).parents[2] / "docs" / "performance.md"
SECONDS, RATIO, MEMORY = r"[0-9]+\.[0-9]{2} s", r"[0-9.]+ x", r"[0-9,]+ MB|not told"
PROCESSOR_ROW = re.compile(rf"\| [0-9,]+ \| [a-z, ]+ \|( {SECONDS} \|){{3}}( {RATIO} \|){{2}}")
MEMORY_ROW = re.compile(rf"\| [0-9,]+ \| [a-z, ]+ \|( {SECONDS} \|){{3}}( ({MEMORY}) \|){{3}}")
STATION_ROW = re.compile(rf"\| [A-Za-z:, -]+ \|( {SECONDS} \|)+")


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    return prepare(200, tmp_path_factory.mktemp("benchmark") / "month")


@pytest.fixture(scope="module")
def contest(stage: Stage) -> Contest:
    return hold(stage, 1)


def test_all_write_the_cells_of_the_product(stage: Stage, contest: Contest) -> None:
    """Sheet by sheet as many cells that hold something, after the import as after the run."""
    finished = count(stage.out(product.NAME))
    assert contest.cells == sum(finished.values())
    assert finished == count(stage.out(yardstick.NAME)) == count(stage.out(floor.NAME))
    assert finished == count(stage.out("yardstick_write")) == count(stage.out("product_write"))
    imported = count(stage.out("product_import"))
    assert imported == count(stage.out("yardstick_import")) == count(stage.out("floor_import"))
    assert sum(imported.values()) == stage.facts["imported_cells"] < contest.cells


def test_all_write_the_same_values(stage: Stage, contest: Contest, tmp_path: Path) -> None:
    """What the yardstick wrote, read back, is what the product wrote: no row is made up."""
    pack(stage.out(yardstick.NAME), tmp_path / "again.cells")
    written, wanted = (
        {name: [row for row in rows if row] for name, rows in unpack(path)}
        for path in (tmp_path / "again.cells", stage.cells(stage.finished))
    )
    assert len(wanted["Vendor Lines"]) > contest.lines
    assert written["Vendor Lines"] == wanted["Vendor Lines"]
    assert written["Exceptions"] == wanted["Exceptions"]


def test_both_writers_write_every_cell(stage: Stage) -> None:
    """What XlsxWriter wrote, read back, has as many cells as lay ready; recon-xl's sheets have them beside blank ones."""
    ours, theirs = (write(writer, stage) for writer in WRITERS)
    assert ours.cells == theirs.cells == sum(count(stage.out("XlsxWriter")).values())
    with zipfile.ZipFile(stage.out("recon-xl")) as package:
        found = sum(
            len(re.findall(b"<v>|<t[> ]", package.read(f"xl/worksheets/{name}.xml"))) for name, _ in sheets(stage)
        )
    assert found == ours.cells


def sheets(stage: Stage) -> list[tuple[str, int]]:
    """Name and number of rows of each sheet that lies ready."""
    return [(name, len(list(rows))) for name, rows in unpack(stage.cells(stage.finished))]


def test_every_contestant_has_a_figure_at_every_station(contest: Contest) -> None:
    """Time passes everywhere, and a process with an interpreter in it needs more than 10 MB."""
    assert {"import", "engine", "write", "whole"} <= set(product.stations())
    for station in product.stations():
        for contestant in CONTESTANTS:
            best = contest.best(contestant.NAME, station)
            assert best.processor > 0
            assert best.wall > 0
            assert sys.platform == "win32" or (best.megabytes or 0) > 10


def test_the_whole_of_the_product_is_both_its_commands(contest: Contest) -> None:
    """Import and run, a process each, from start to end: more than either, and than what each does inside."""
    whole = contest.best(product.NAME, "whole").processor
    assert whole > contest.best(product.NAME, "import").processor + contest.best(product.NAME, "write").processor


def test_jobs_in_a_row_add_their_seconds_but_not_their_memory() -> None:
    """1 s and 2 s at 100 MB and 50 MB: 3 s at 100 MB."""
    assert Figure(3.0, 5.0, 100.0) == together([Figure(1.0, 2.0, 100.0), Figure(2.0, 3.0, 50.0)])
    assert together([Figure(1.0, 2.0, None)]).megabytes is None


def test_the_best_round_counts_and_several_ways_share_one_rival() -> None:
    """Of 4 s and 3 s the 3 s; `whole, in one step` is compared with the yardstick's `whole`."""
    found = {("yardstick", "whole"): [Figure(4.0, 9.0, 80.0), Figure(3.0, 10.0, 90.0)]}
    assert Figure(3.0, 9.0, 80.0) == Contest(10, 20, found).best("yardstick", "whole, in one step")


def test_tables_have_a_row_for_each_month_and_station(contest: Contest, tmp_path: Path) -> None:
    """Two months: a row for every station of each; a page keeps what stands around the markers."""
    stations = measure(200, tmp_path, 1)
    for table, row in ((processor_table, PROCESSOR_ROW), (memory_table, MEMORY_ROW)):
        rows = list(table([contest, contest]))[2:]
        assert 2 * len(product.stations()) == len(rows)
        assert [] == [text for text in rows if not row.fullmatch(text)]
    assert [] == [text for text in list(station_table([stations]))[2:] if not STATION_ROW.fullmatch(text)]
    page = tmp_path / "page.md"
    page.write_text(f"before\n{BEGIN}\nstale\n{END}\nafter\n", encoding="utf-8")
    show(section([contest], [stations], [1], commit()), page)
    text = page.read_text(encoding="utf-8")
    assert text.startswith(f"before\n{BEGIN}\n")
    assert text.endswith(f"{END}\nafter\n")
    assert "stale" not in text
    assert re.search(r"Measured on \d\d \w+ \d{4} at commit [0-9a-f]{7,}|at commit unknown", text)


def test_a_page_without_markers_is_refused(tmp_path: Path) -> None:
    """Nothing is written over what somebody else wrote."""
    page = tmp_path / "page.md"
    page.write_text("no markers\n", encoding="utf-8")
    with pytest.raises(ValueError, match="expected one line"):
        write_into(page, "figures")
    assert "no markers\n" == page.read_text(encoding="utf-8")


def test_the_command_takes_no_month_too(capsys: pytest.CaptureFixture[str]) -> None:
    """`--lines --stations` without figures: what it says about the machine, and no table."""
    assert 0 == main(["--lines", "--stations", "--rounds", "1"])
    assert "Measured on" in capsys.readouterr().out


def test_one_command_writes_the_same_workbook(stage: Stage, contest: Contest) -> None:
    """Where `run` takes files, its workbook has the cells of import and run; the version without it has no such station."""
    if (product.NAME, "whole, in one command") in contest.found:
        assert count(stage.out(product.NAME)) == count(stage.out("product_one"))


def test_the_page_holds_the_figures_of_every_station() -> None:
    """docs/performance.md: the markers once, two months or more by the same stations in both tables, and the line's own."""
    text = PAGE.read_text(encoding="utf-8")
    assert (1, 1) == (text.count(BEGIN), text.count(END))
    lines = text.split(BEGIN)[1].split(END)[0].splitlines()
    for row in (PROCESSOR_ROW, MEMORY_ROW):
        months: dict[str, list[str]] = {}
        for line in filter(row.fullmatch, lines):
            month, station = (cell.strip() for cell in line.split("|")[1:3])
            months.setdefault(month, []).append(station)
        assert len(months) >= 2
        first, *others = months.values()
        assert [first] * len(others) == others
        assert {"import", "engine", "write", "whole"} <= set(first)
    assert any(STATION_ROW.fullmatch(line) for line in lines)
