"""The source rows of a finding in one cell: short enough for a formula, and read back as they were."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from recon_xl.report.source_rows import LONGEST, read, written

_IDS = st.one_of(
    st.builds("S{:03d}-{}".format, st.integers(1, 4), st.integers(1, 30)),
    st.builds("{} row {}".format, st.sampled_from(["Vendor Lines", "Counts"]), st.integers(6, 20)),
    st.from_regex(r"INV-[0-9]{1,4}", fullmatch=True),
)


def test_neighbours_are_drawn_together() -> None:
    """Three or more; two are named; every source keeps its place."""
    rows = ["S013-41", "S013-42", "S013-43", "S013-39", "S015-118", "S015-119", "INV-7", "INV-8", "INV-9"]
    assert "S013-39, S013-41 to S013-43, S015-118, S015-119, INV-7, INV-8, INV-9" == written(rows)
    assert "Vendor Lines row 6 to Vendor Lines row 9" == written([f"Vendor Lines row {row}" for row in range(6, 10)])


def test_nothing() -> None:
    """An empty cell has no rows."""
    assert ("", [], 0) == (written([]), list(read("")), read("").more)


def test_too_many_for_a_cell() -> None:
    """Both sides stay in sight, what is left out is counted, and the cell fits into a formula."""
    rows = [f"S013-{row}" for row in range(1, 400, 2)] + ["S015-118"]
    text = written(rows)
    found = read(text)
    assert len(text) <= LONGEST
    assert "S015-118" in found
    assert len(rows) == len(list(found)) + found.more
    assert text.endswith(f" and {found.more} more")


def test_ids_of_the_billing_system_are_taken_as_they_stand() -> None:
    """Leading zeros and words in an id mean what they say."""
    found = read("INV-007, from 3 to 5, S013-1 to S014-9, S013-01")
    assert ["INV-007", "from 3 to 5", "S013-1 to S014-9", "S013-01"] == list(found)


def test_membership_without_spelling_out() -> None:
    """A stretch of a million rows is not written out to be searched."""
    found = read("S001-1 to S001-1000000, INV-7")
    assert "S001-999999" in found
    assert "INV-7" in found
    assert not {"S001-1000001", "S002-5", "INV-8"} & {
        line for line in ("S001-1000001", "S002-5", "INV-8") if line in found
    }


@given(st.lists(_IDS, max_size=60))
def test_what_is_written_is_read_back(rows: list[str]) -> None:
    """Every row is there or counted, none twice, none invented."""
    found = read(written(rows))
    listed = list(found)
    assert set(listed) <= set(rows)
    assert len(set(rows)) == len(listed) + found.more
    assert all(row in found for row in listed)
    assert {source_of(row) for row in rows} == {source_of(row) for row in listed}


def source_of(row: str) -> str:
    """The source of an id of ours; all ids of the billing system are one."""
    ours = re.fullmatch(r"(S\d+-|.+ row )\d+", row)
    return ours[1] if ours else ""
