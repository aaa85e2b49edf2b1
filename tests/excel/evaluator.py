"""A few formulas worked out: sizes and places of references, counts, simple arithmetic, plain references.

Any other formula keeps the result that it had in the file, or gets the one that a test gives.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from openpyxl.utils.datetime import to_excel

from excel.areas import Area
from excel.resolve import Place, resolve
from excel.values import ErrorValue, Formula, Plain

if TYPE_CHECKING:
    from excel.sheet import Sheet

_TOKEN = re.compile(
    r"""\s*(?:(?P<number>\d+\.?\d*|\.\d+)(?![\w!:$]) | (?P<text>"(?:[^"]|"")*") | (?P<operator><>|<=|>=|[-+*/(),=<>&])
    | (?P<call>[A-Z][A-Z0-9.]*)(?=\() | (?P<reference>(?:'(?:[^']|'')+'!|[\w.]+!)?[\w.$:\\]+(?:\[(?:[^\[\]]|\[[^\[\]]*\])*\])?))""",
    re.VERBOSE,
)
_FUNCTIONS = {
    "ROW": 1,
    "COLUMN": 1,
    "ROWS": 1,
    "COLUMNS": 1,
    "COUNTA": 1,
    "SHEETS": 0,
    "DATE": 3,
    "INDEX": 3,
    "HYPERLINK": 2,
}
_DEPTH = 40
"""A chain of references longer than this is taken for a circle."""


class NotEvaluableError(Exception):
    """A formula outside of what the model works out."""


@dataclass(frozen=True, slots=True)
class Node:
    """An operator or function with its operands, or a literal or reference with its text."""

    kind: str
    text: str
    parts: tuple[Node, ...] = ()


@lru_cache(maxsize=50_000)
def program(formula: str) -> Node | None:
    """The parsed formula; None where the model can't work it out."""
    try:
        tokens = _split(formula[1:].replace("_xlfn.", ""))
        node, rest = _comparison(tokens)
    except NotEvaluableError:
        return None
    return None if rest else node


def result(sheet: Sheet, formula: Formula, depth: int = 0) -> Plain:
    """What a formula shows now."""
    tree = program(formula.text)
    if tree is None or depth > _DEPTH:
        return formula.value
    try:
        value = _value(tree, sheet, depth)
    except NotEvaluableError:
        return formula.value
    return 0.0 if value is None else value


def _split(text: str) -> list[tuple[str, str]]:
    tokens, place = [], 0
    while place < len(text.rstrip()):
        found = _TOKEN.match(text, place)
        if not found or not found.lastgroup:
            raise NotEvaluableError
        tokens.append((found.lastgroup, found[found.lastgroup]))
        place = found.end()
    return tokens


Tokens = list[tuple[str, str]]


def _comparison(tokens: Tokens) -> tuple[Node, Tokens]:
    left, tokens = _sum(tokens)
    if tokens and tokens[0][1] in ("=", "<>", "<", ">", "<=", ">=") and tokens[0][0] == "operator":
        right, rest = _sum(tokens[1:])
        return Node("operator", tokens[0][1], (left, right)), rest
    return left, tokens


def _sum(tokens: Tokens) -> tuple[Node, Tokens]:
    left, tokens = _product(tokens)
    while tokens and tokens[0] in (("operator", "+"), ("operator", "-"), ("operator", "&")):
        right, rest = _product(tokens[1:])
        left, tokens = Node("operator", tokens[0][1], (left, right)), rest
    return left, tokens


def _product(tokens: Tokens) -> tuple[Node, Tokens]:
    left, tokens = _operand(tokens)
    while tokens and tokens[0] in (("operator", "*"), ("operator", "/")):
        right, rest = _operand(tokens[1:])
        left, tokens = Node("operator", tokens[0][1], (left, right)), rest
    return left, tokens


def _operand(tokens: Tokens) -> tuple[Node, Tokens]:
    if not tokens:
        raise NotEvaluableError
    (kind, text), rest = tokens[0], tokens[1:]
    if kind in ("number", "text", "reference"):
        return Node(kind, text), rest
    if kind == "call":
        return _call(text, rest[1:])
    if text == "-":
        inner, rest = _operand(rest)
        return Node("operator", "-", (Node("number", "0"), inner)), rest
    if text == "(":
        inner, rest = _comparison(rest)
        return inner, _after(rest, ")")
    raise NotEvaluableError


def _call(name: str, tokens: Tokens) -> tuple[Node, Tokens]:
    arguments = []
    while tokens and tokens[0] != ("operator", ")"):
        argument, tokens = _comparison(tokens)
        arguments.append(argument)
        if tokens and tokens[0] == ("operator", ","):
            tokens = tokens[1:]
    if _FUNCTIONS.get(name) != len(arguments):
        raise NotEvaluableError
    return Node("call", name, tuple(arguments)), _after(tokens, ")")


def _after(tokens: Tokens, text: str) -> Tokens:
    if not tokens or tokens[0] != ("operator", text):
        raise NotEvaluableError
    return tokens[1:]


def _value(node: Node, sheet: Sheet, depth: int) -> Plain:
    if node.kind == "number":
        return float(node.text)
    if node.kind == "text":
        return node.text[1:-1].replace('""', '"')
    if node.kind == "reference" and node.text.upper() in ("TRUE", "FALSE"):
        return node.text.upper() == "TRUE"
    if node.kind == "reference":
        return _referenced(node.text, sheet, depth)
    if node.kind == "call":
        return _called(node, sheet, depth)
    return _operated(node.text, *(_value(part, sheet, depth) for part in node.parts))


def _place(text: str, sheet: Sheet) -> Place | ErrorValue:
    if text.upper() in ("TRUE", "FALSE"):
        raise NotEvaluableError
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


def _called(node: Node, sheet: Sheet, depth: int) -> Plain:
    if node.text == "SHEETS":
        return float(len(sheet.book.sheets))
    if node.text == "DATE":
        return _date(sheet, [_value(part, sheet, depth) for part in node.parts])
    if node.text == "HYPERLINK":
        return _value(node.parts[1], sheet, depth)
    if node.text == "IF":
        return _value(node.parts[1 if _value(node.parts[0], sheet, depth) is True else 2], sheet, depth)
    place = _named(node.parts[0], sheet)
    if isinstance(place, ErrorValue):
        return place
    if node.text == "COUNTA":
        columns = place.sheet.grid.contents_of(place.area)
        return float(sum(content is not None for column in columns for content in column))
    if node.text == "INDEX":
        raise NotEvaluableError
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
