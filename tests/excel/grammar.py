"""The formulas that the evaluator understands, as trees."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_TOKEN = re.compile(
    r"""\s*(?:(?P<number>\d+\.?\d*|\.\d+)(?![\w!:$]) | (?P<text>"(?:[^"]|"")*") | (?P<operator><>|<=|>=|[-+*/(),=<>&])
    | (?P<call>[A-Z][A-Z0-9.]*)(?=\() | (?P<reference>(?:'(?:[^']|'')+'!|[\w.]+!)?[\w.$:\\]+(?:\[(?:[^\[\]]|\[[^\[\]]*\])*\])?))""",
    re.VERBOSE,
)
_FUNCTIONS = {
    "ROW": 1, "COLUMN": 1, "ROWS": 1, "COLUMNS": 1, "COUNTA": 1, "SHEETS": 0, "DATE": 3, "INDEX": 3, "HYPERLINK": 2, "IF": 3,
}  # fmt: skip
"""Name -> how many arguments it takes here."""
_CALL = re.compile(r"([A-Z][A-Z0-9.]*)\(")


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
    """The parsed formula; None where the model can't work it out. Files mark functions of later versions with `_xlfn.`."""
    formula = formula.replace("_xlfn.", "")
    if any(name not in _FUNCTIONS for name in _CALL.findall(formula)):
        return None
    try:
        tokens = _split(formula[1:])
        node, rest = _comparison(tokens)
    except NotEvaluableError:
        return None
    return None if rest else node


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
