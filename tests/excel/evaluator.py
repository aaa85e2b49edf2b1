"""A few formulas worked out: sizes and places of references, counts, simple arithmetic, plain references.

Any other formula keeps the result that it had in the file, or gets the one that a test gives.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from openpyxl.utils.datetime import to_excel

from excel.areas import Area
from excel.grammar import Node, NotEvaluableError, program
from excel.resolve import Place, resolve
from excel.values import ErrorValue, Formula, Plain

if TYPE_CHECKING:
    from excel.sheet import Sheet

_HEADERS = re.compile(r"=SUMPRODUCT\(--\((.+)=\{(.+)\}\)\)=(\d+)")
_DEPTH = 40
"""A chain of references longer than this is taken for a circle."""


def result(sheet: Sheet, formula: Formula, depth: int = 0) -> Plain:
    """What a formula shows now."""
    if "#REF!" in formula.text:
        return ErrorValue("#REF!")
    headers = _HEADERS.fullmatch(formula.text)
    if headers:
        return _same_headers(sheet, headers)
    tree = program(formula.text)
    if tree is None or depth > _DEPTH:
        return formula.value
    try:
        value = _value(tree, sheet, depth)
    except NotEvaluableError:
        return formula.value
    return 0.0 if value is None else value


def _same_headers(sheet: Sheet, found: re.Match[str]) -> Plain:
    """Whether a row of headers holds just these words: the one array formula that the model knows."""
    place = _place(found[1], sheet)
    if isinstance(place, ErrorValue):
        return place
    cells = [content for column in place.sheet.grid.contents_of(place.area) for content in column]
    return cells == re.findall(r'"([^"]*)"', found[2]) and len(cells) == int(found[3])


def _value(node: Node, sheet: Sheet, depth: int) -> Plain:
    if node.kind == "number":
        return float(node.text)
    if node.kind == "text":
        return node.text[1:-1].replace('""', '"')
    if node.kind == "reference":
        known = {"TRUE": True, "FALSE": False}.get(node.text.upper())
        return _referenced(node.text, sheet, depth) if known is None else known
    if node.kind == "call":
        return _chosen(node, sheet, depth)
    return _operated(node.text, *(_value(part, sheet, depth) for part in node.parts))


def _place(text: str, sheet: Sheet) -> Place | ErrorValue:
    place = resolve(sheet.book, text, sheet)
    if place is None:
        raise NotEvaluableError
    return place


def _referenced(text: str, sheet: Sheet, depth: int) -> Plain:
    place = _place(text, sheet)
    if isinstance(place, ErrorValue):
        return place
    if (place.area.height, place.area.width) != (1, 1):
        raise NotEvaluableError
    content = place.sheet.grid.content(place.area.top, place.area.left)
    return result(place.sheet, content, depth + 1) if isinstance(content, Formula) else content


def _chosen(node: Node, sheet: Sheet, depth: int) -> Plain:
    """A function that gives one of its arguments, or any other."""
    if node.text == "HYPERLINK":
        return _value(node.parts[1], sheet, depth)
    if node.text == "IF":
        return _value(node.parts[1 if _value(node.parts[0], sheet, depth) is True else 2], sheet, depth)
    return _called(node, sheet, depth)


def _called(node: Node, sheet: Sheet, depth: int) -> Plain:
    if node.text == "SHEETS":
        return float(len(sheet.book.sheets))
    if node.text == "DATE":
        return _date(sheet, [_value(part, sheet, depth) for part in node.parts])
    if node.text == "INDEX":
        raise NotEvaluableError
    place = _named(node.parts[0], sheet)
    if isinstance(place, ErrorValue):
        return place
    if node.text == "COUNTA":
        columns = place.sheet.grid.contents_of(place.area)
        return float(sum(content is not None for column in columns for content in column))
    area = place.area
    sizes = {"ROW": area.top, "COLUMN": area.left, "ROWS": area.height, "COLUMNS": area.width}
    return float(sizes[node.text])


def _named(node: Node, sheet: Sheet) -> Place | ErrorValue:
    """The cells that a reference names, or a call of INDEX with plain numbers."""
    if node.kind == "reference":
        return _place(node.text, sheet)
    if node.text != "INDEX" or node.parts[0].kind != "reference":
        raise NotEvaluableError
    place = _place(node.parts[0].text, sheet)
    if isinstance(place, ErrorValue):
        return place
    row, column = (int(_number(_value(part, sheet, 0))) - 1 for part in node.parts[1:])
    top, left = place.area.top + row, place.area.left + column
    return Place(place.sheet, Area(top, left, top, left))


def _date(sheet: Sheet, parts: list[Plain]) -> float:
    year, month, day = (int(part) if isinstance(part, float) else 0 for part in parts)
    return float(to_excel(dt.date(year, month, day))) - sheet.book.date_offset


def _operated(operator: str, left: Plain, right: Plain) -> Plain:
    error = next((side for side in (left, right) if isinstance(side, ErrorValue)), None)
    if error:
        return error
    if operator == "&":
        raise NotEvaluableError
    if operator in ("=", "<>"):
        return (left == right) is (operator == "=")
    first, second = _number(left), _number(right)
    if operator == "/" and not second:
        return ErrorValue("#DIV/0!")
    return _ARITHMETIC[operator](first, second)


def _number(value: Plain) -> float:
    if isinstance(value, str | ErrorValue):
        raise NotEvaluableError
    return float(value or 0)


_ARITHMETIC = {
    "+": lambda left, right: left + right,
    "-": lambda left, right: left - right,
    "*": lambda left, right: left * right,
    "/": lambda left, right: left / right,
    "<": lambda left, right: left < right,
    ">": lambda left, right: left > right,
    "<=": lambda left, right: left <= right,
    ">=": lambda left, right: left >= right,
}
