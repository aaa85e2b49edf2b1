"""The door from the grid: a name and the arguments as Excel hands them over, in; numbers, text or error values, out.

An argument is one value or a block of them; single ones stand for every row, blocks must have one shape, and the
answer has that shape. A row whose blocks are all empty stays empty; otherwise an error in a cell is handed on as it
is, and an empty cell where a value is needed is #N/A, never 0. No exception and no prose ever leaves here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import repeat
from typing import NamedTuple

from recon_xl.core.cells import ErrorText
from recon_xl.functions.blocks import Block, block, common_shape
from recon_xl.functions.errors import NAME, NUM, VALUE, CellFault
from recon_xl.functions.kept import kept
from recon_xl.functions.model import Argument, WorksheetFunction
from recon_xl.functions.registry import function
from recon_xl.functions.tables import Table
from recon_xl.functions.values import Typed, grid_value, is_empty, typed

GridValue = float | str | bool
"""What a cell can show; an error is an `ErrorText`."""
EMPTY = ""


class _Prepared(NamedTuple):
    """What a function made of its whole arguments, if it takes any, and its answers so far."""

    made: tuple[object, ...]
    answers: dict[tuple[object, ...], GridValue]


def call(excel_name: str, arguments: Sequence[object]) -> GridValue | tuple[tuple[GridValue, ...], ...]:
    """The answer of one worksheet function, for one cell or for a block."""
    try:
        found = function(excel_name)
    except KeyError:
        return NAME
    try:
        return _answer(found, arguments)
    except CellFault as fault:
        return fault.error


def _answer(found: WorksheetFunction, cells: Sequence[object]) -> GridValue | tuple[tuple[GridValue, ...], ...]:
    if len(cells) > len(found.arguments):
        raise CellFault(VALUE)
    given = [*cells, *repeat(None, len(found.arguments) - len(cells))]
    prepared = _prepared(found, given)
    spread = [(one, block(cell)) for one, cell in zip(found.arguments, given, strict=True) if not one.is_whole]
    blocks = [one for _, one in spread if not one.is_single]
    if not blocks:
        return _single(found, spread, prepared)
    height, width = common_shape(blocks)
    columns = [_column(found, spread, prepared, place, height) for place in range(width)]
    return tuple(zip(*columns, strict=True))


def _prepared(found: WorksheetFunction, cells: Sequence[object]) -> _Prepared:
    """What answers every row: made once of the tables and columns that are taken as a whole, and kept for other cells."""
    prepare = found.prepare
    if prepare is None:
        return _Prepared((), {})
    whole = [(one, cell) for one, cell in zip(found.arguments, cells, strict=True) if one.is_whole]
    made = kept(found.name, [cell for _, cell in whole], lambda: _made(prepare, whole))
    if isinstance(made, ErrorText):
        raise CellFault(made)
    return made


def _made(prepare: Callable[..., object], given: Sequence[tuple[Argument, object]]) -> _Prepared | ErrorText:
    """What a function prepares, or the error that the tables and columns give."""
    try:
        whole = [(one, None if cell is None and one.is_optional else block(cell)) for one, cell in given]
        columns = [one for argument, one in whole if argument.is_column and one is not None]
        height = common_shape(columns)[0] if columns else 0
        return _Prepared((prepare(*(_whole(argument, one, height) for argument, one in whole)),), {})
    except CellFault as fault:
        return fault.error


def _whole(argument: Argument, cells: Block | None, height: int) -> Table | list[Typed | ErrorText] | None:
    """A table; or a column's values, None for an empty cell."""
    if cells is None or argument.is_table:
        return None if cells is None else Table(cells)
    if cells.width != 1:
        raise CellFault(VALUE)
    return [None if is_empty(cell) else typed(argument, cell) for cell in cells.column(0, height)]


def _single(found: WorksheetFunction, spread: Sequence[tuple[Argument, Block]], prepared: _Prepared) -> GridValue:
    """A call without blocks; one that is copied down beside empty rows stays empty there."""
    needed = [one.cell for argument, one in spread if not argument.is_optional]
    if needed and all(is_empty(cell) for cell in needed):
        return EMPTY
    values = [typed(argument, one.cell) for argument, one in spread]
    return _first_error(values) or _known(found, tuple(values), prepared)


def _column(
    found: WorksheetFunction,
    spread: Sequence[tuple[Argument, Block]],
    prepared: _Prepared,
    place: int,
    height: int,
) -> list[GridValue]:
    """The answers of one column of the blocks, row by row."""
    empty = [True] * height
    values: list[Iterator[Typed | ErrorText]] = []
    for argument, one in spread:
        if one.is_single:
            values.append(repeat(typed(argument, one.cell), height))
            continue
        cells = one.column(place, height)
        empty = [so_far and is_empty(cell) for so_far, cell in zip(empty, cells, strict=True)]
        values.append(iter([typed(argument, cell) for cell in cells]))
    answers: list[GridValue] = []
    for is_blank, row in zip(empty, zip(*values, strict=True), strict=True):
        answers.append(EMPTY if is_blank else _first_error(row) or _known(found, row, prepared))
    return answers


def _first_error(values: Sequence[object]) -> ErrorText | None:
    return next((value for value in values if isinstance(value, ErrorText)), None)


def _known(found: WorksheetFunction, row: tuple[object, ...], prepared: _Prepared) -> GridValue:
    """The functions are pure, and columns repeat themselves: each distinct row is worked out once."""
    if row not in prepared.answers:
        prepared.answers[row] = _calculated(found, row, prepared.made)
    return prepared.answers[row]


def _calculated(found: WorksheetFunction, values: Sequence[object], prepared: tuple[object, ...]) -> GridValue:
    """What the function makes of one row of values, none of which is an error."""
    try:
        return grid_value(found.calculate(*values, *prepared))
    except CellFault as fault:
        return fault.error
    except (ArithmeticError, ValueError):
        # Numbers beyond what an amount or a calendar holds: years after 9999, more than 120 digits.
        return NUM
