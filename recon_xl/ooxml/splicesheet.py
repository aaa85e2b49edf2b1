"""Sheets and tables of the scaffolding, as they have to be in another workbook: its style numbers, its date system."""

from __future__ import annotations

import re
from collections.abc import Mapping

_TAG = re.compile(r"<(?:c|row|col)\s[^>]*>")
_STYLE = re.compile(r'(?<=\s)(s|style)="([0-9]+)"')
_CELL_WITHOUT = re.compile(r"<c (?![^>]*\ss=)")
_RULE_STYLE = re.compile(r'\b(\w*[dD]xfId)="([0-9]+)"')
_SELECTED = re.compile(r'\stabSelected="[^"]*"')
_TABLE_ID = re.compile(r'(<table\s[^>]*?\sid=")[0-9]+(")')
_DATE_RULE = re.compile(r'<dataValidation\s[^>]*?type="date".*?</dataValidation>', re.DOTALL)
_DAY = re.compile(r"(<formula[12]>)([0-9]+)(</formula[12]>)")
_DAYS_1904 = 1462
"""Days between the two date systems: a day has so much smaller a number in a workbook that counts from 1904."""


def restyled(text: str, cell_formats: Mapping[int, int], diff_formats: Mapping[int, int]) -> str:
    """A sheet or table of ours with the style numbers of the other workbook; the tab is not selected.

    The form of the text is that of our template: plain XML with double quotes.
    """

    def cell(tag: re.Match[str]) -> str:
        return _STYLE.sub(lambda match: f'{match[1]}="{cell_formats[int(match[2])]}"', tag[0])

    if cell_formats.get(0, 0):
        # A cell without a style has the other workbook's first format, which may look like anything.
        text = _CELL_WITHOUT.sub('<c s="0" ', text)
    text = _TAG.sub(cell, text)
    text = _RULE_STYLE.sub(lambda match: f'{match[1]}="{diff_formats[int(match[2])]}"', text)
    return _SELECTED.sub("", text)


def in_1904(text: str) -> str:
    """A sheet of ours for a workbook that counts days from 1904; the days in its rules follow. It holds no other days."""

    def rule(match: re.Match[str]) -> str:
        return _DAY.sub(lambda day: f"{day[1]}{max(int(day[2]) - _DAYS_1904, 0)}{day[3]}", match[0])

    return _DATE_RULE.sub(rule, text)


def with_table_id(text: str, number: int) -> str:
    """A table with another id, which must be unique in its workbook."""
    return _TABLE_ID.sub(rf"\g<1>{number}\g<2>", text, count=1)
