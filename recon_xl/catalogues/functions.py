"""docs/functions.md: every worksheet function, from its declaration."""

from __future__ import annotations

import re
from collections.abc import Iterator

from recon_xl.catalogues.markdown import code, page, plain, table
from recon_xl.functions.model import Argument, WorksheetFunction
from recon_xl.functions.registry import functions

_INTRODUCTION = (
    "They work like Excel's own: no network, no file, no clock; the same cells always give the same answer. All begin with",
    "`RECON_`: the add-in's functions cannot have a dot in their names, and no function of Excel begins so. Names and the",
    "order of arguments never change; only optional arguments are ever added, at the end. No sheet of the workbook needs",
    "them: the tabs hold values and plain Excel formulas, and can be read without the add-in.",
    "",
    "**Whole columns in one call.** Give a column where the table says a value: `=RECON_MARGIN(A2:A500,B2:B500)` answers",
    "every row. One cell stands for every row. Ranges must have the same shape, otherwise the answer is `#VALUE!`. Rows",
    "that are empty in all of them stay empty. For whole columns such as `A:A` the answer ends with the last filled row.",
    "A header among the cells is text where a number is needed, and so its own row shows `#VALUE!`.",
    "",
    "In Excel 2016 and 2019 select the cells for the answers first, and end such a formula with Ctrl+Shift+Enter; without",
    "that one cell shows the first answer alone. In Microsoft 365 the answers spill by themselves, but inside an Excel table",
    "they cannot and are `#SPILL!`: there type the formula for one row, such as `=RECON_MARGIN([@Sell],[@Cost])`, and copy it",
    "down. A table that is given to all the copies is read once.",
    "",
    "**Tables** are given with their header row, such as `Exceptions[#All]`: columns are found by header, wherever they",
    "stand. A header that is missing is `#REF!`. A totals row is left out.",
    "",
    "**Percentages** are what a percent cell holds: type `2.5%` or `0.025`. Where 20 % is meant, `20` is refused; but on",
    "cost, where 250 % can be meant, `2.5` is 250 %. **Numbers** are number cells or plain digits as text; other text is",
    "never guessed at. **Dates** are date cells of the 1900 system or text such as `2026-10-31`; results are day numbers,",
    "so format the cell as a date. In a workbook with the 1904 date system every function is `#NUM!`, because its days would",
    "be read four years off. **Amounts** are worked out exactly and have 15 digits in the cell; without a currency",
    "code they have two decimals. An **empty cell is not 0**.",
    "",
    *table(
        ["Error", "Meaning"],
        [
            ["`#N/A`", "a value that is needed is missing, or nothing fits, such as a client without findings; nothing else"],
            ["`#VALUE!`", "text or a logical value where a number or date is needed, an unknown word, or ranges that do not fit"],
            ["`#NUM!`", "a number out of range, more than one answer, or a workbook that counts its days from 1904"],
            ["`#REF!`", "a table without the header that is needed"],
            ["`#DIV/0!`", "a share of nothing"],
            ["`#NAME?`", "recon-xl is not running, is another version than the add-in, or is on a Mac; or no function of ours"],
        ],
    ),
    "",
    "An error in a cell is handed on as it is. A failure is always an error value, never a text, so that a total over the",
    "column shows it and cannot pass it by.",
    "",
)  # fmt: skip
_TABLE_ROW = re.compile(r"^\|.*\|$", re.MULTILINE)


def functions_page() -> str:
    """An overview, then one section a function."""
    found = functions()
    overview = ([f"[{code(one.excel_name)}](#{one.excel_name.lower()})", plain(one.help)] for one in found)
    lines = [*_INTRODUCTION, *table(["Function", "What it gives"], overview)]
    for one in found:
        lines += ["", f"## {one.excel_name}", "", *_section(one)]
    return page("Worksheet functions", "recon_xl/functions", lines)


def _section(one: WorksheetFunction) -> Iterator[str]:
    yield from ("```", one.signature, "```", "")
    for paragraph in one.doc.strip().split("\n\n"):
        yield from (*_paragraph(paragraph), "")
    yield from table(["Argument", "Takes", "Meaning"], (_argument(argument) for argument in one.arguments))
    yield ""
    rows = ([code(example.formula), code(example.result), code(example.plain)] for example in one.examples)
    yield from table(["Example", "Result", "In plain Excel"], rows)


def _paragraph(text: str) -> list[str]:
    """Prose as it reads, one line a labelled part; a table of the docstring stays a table."""
    if _TABLE_ROW.match(text):
        return text.splitlines()
    flat = " ".join(text.split())
    parts = re.split(r" (?=(?:Errors|Source): )", flat)
    lines = [re.sub(r"^(Errors|Source):", r"*\1:*", plain(part)) for part in parts]
    return "\n\n".join(lines).splitlines()


def _argument(argument: Argument) -> list[str]:
    takes = "table" if argument.is_table else f"{argument.takes.value}{' column' if argument.is_column else ''}"
    name = f"[{argument.name}]" if argument.is_optional else argument.name
    return [code(name), takes, plain(argument.help)]
