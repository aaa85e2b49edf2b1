"""What AppleScript gives, as far as it can be told without one: missing values, errors by their words, and being busy."""

from __future__ import annotations

from typing import Any

import pytest

from recon_xl.core.cells import ErrorText
from recon_xl.hosts.live.cells import cell_of
from recon_xl.hosts.live.port import busy_code, mac_values


class Missing:
    """AppleScript's own word for nothing."""

    def __str__(self) -> str:
        return "k.missing_value"


class Said:
    """A property that is asked for with get()."""

    def __init__(self, value: Any, asked: list[str], name: str) -> None:
        self._value, self._asked, self._name = value, asked, name

    def get(self) -> Any:
        """The answer."""
        self._asked.append(self._name)
        return self._value


class Cells:
    """A range as appscript has it: what it holds, and the words that the screen shows."""

    def __init__(self, value: Any, words: Any) -> None:
        self.asked: list[str] = []
        self.value = Said(value, self.asked, "value")
        self.string_value = Said(words, self.asked, "words")


def test_errors_and_blanks_are_told_apart_by_their_words() -> None:
    """A missing value is blank, an error by name, or, where the column is too narrow for the name, an error all the same."""
    cells = Cells(
        [["a", 1.5, Missing()], [Missing(), Missing(), True]], [["a", "1.50", ""], ["#SPILL!", "####", "TRUE"]]
    )
    assert [["a", 1.5, None], ["#SPILL!", "#VALUE!", True]] == mac_values(cells)
    assert (ErrorText, "#SPILL!") == (type(cell := cell_of("#SPILL!", words_are_errors=True)), cell)


def test_words_are_asked_for_only_where_something_is_missing() -> None:
    """The second question costs as much as the first."""
    cells = Cells([["a", 1.0], ["b", 2.0]], None)
    assert [["a", 1.0], ["b", 2.0]] == mac_values(cells)
    assert ["value"] == cells.asked


@pytest.mark.parametrize(("number", "is_busy"), [(-1712, True), (-609, True), (-1728, False)])
def test_an_excel_that_does_not_answer_is_busy(number: int, is_busy: bool) -> None:
    """Timed out and not connected are waited for; a range that is not there is not."""

    class CommandError(Exception):
        errornumber = number

    assert is_busy == (busy_code(CommandError()) is not None)
