"""Drop-downs, checks and conditional formats of the scaffolding put into a sheet of ours that lacks them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from recon_xl.ooxml.address import MAX_ROW, Range, parse_range
from recon_xl.ooxml.sheettext import SheetText
from recon_xl.ooxml.xmltext import unescape

_VALIDATION = re.compile(r"<dataValidation\s(?:[^\">]|\"[^\"]*\")*(?:(?<=/)>|>.*?</dataValidation>)", re.DOTALL)
_CONDITIONAL = re.compile(r"<conditionalFormatting\s[^>]*>.*?</conditionalFormatting>", re.DOTALL)
_RULE = re.compile(r"<cfRule\s.*?(?:</cfRule>|/>)", re.DOTALL)
_FORMULA = re.compile(r"<formula[^>]*>([^<]*)<")
_SQREF = re.compile(r'\ssqref="([^"]*)"')
_PRIORITY = re.compile(r'\spriority="([0-9]+)"')
_VALIDATIONS_OPEN = re.compile(r"<dataValidations(?:\s[^>]*)?>")
_COUNT = re.compile(r'\scount="[0-9]+"')
_AFTER_VALIDATIONS = re.compile(
    r"<(?:hyperlinks|printOptions|pageMargins|pageSetup|headerFooter|rowBreaks|colBreaks|customProperties|cellWatches|"
    r"ignoredErrors|smartTags|drawing|legacyDrawing|legacyDrawingHF|drawingHF|picture|oleObjects|controls|webPublishItems|"
    r"tableParts|extLst)[\s/>]|</worksheet>"
)


@dataclass(frozen=True, slots=True)
class Places:
    """Where columns and rows of the template stand in the sheet; what is in neither map stands where it was made."""

    columns: Mapping[int, int]
    rows: Mapping[int, int]

    @property
    def is_as_made(self) -> bool:
        """True where every cell has its address."""
        moved = [*self.columns.items(), *self.rows.items()]
        return all(old == new for old, new in moved)

    def of(self, area: Range) -> Range | None:
        """The same cells in the sheet; None where they are not one block, or not in the sheet at all."""
        if area.first_col != area.last_col or area.first_col not in self.columns:
            return area if self.is_as_made else None
        column = self.columns[area.first_col]
        first = self.rows.get(area.first_row, area.first_row)
        last = area.last_row if area.last_row == MAX_ROW else self.rows.get(area.last_row, area.last_row)
        return Range(first, column, last, column) if last >= first else None


def with_rules(sheet: SheetText, template: SheetText, places: Places) -> SheetText:
    """The sheet with those rules of the template (styled for this workbook) that no rule of its own stands in for."""
    return _with_conditionals(_with_validations(sheet, template, places), template, places)


def _with_validations(sheet: SheetText, template: SheetText, places: Places) -> SheetText:
    covered = [area for match in _VALIDATION.finditer(sheet.tail) for area in _areas(match[0])]
    added = []
    for match in _VALIDATION.finditer(template.tail):
        wanted = [places.of(area) for area in _areas(match[0])]
        missing = [area for area in wanted if area and not any(_first(area, other) for other in covered)]
        if missing:
            sqref = " ".join(_spelled(area) for area in missing)
            added.append(_SQREF.sub(f' sqref="{sqref}"', match[0], count=1))
    if not added:
        return sheet
    opened = _VALIDATIONS_OPEN.search(sheet.tail)
    if opened:
        count = len(_VALIDATION.findall(sheet.tail)) + len(added)
        tag = _COUNT.sub("", opened[0]).replace("<dataValidations", f'<dataValidations count="{count}"', 1)
        rest = sheet.tail[opened.end() :].replace("</dataValidations>", f"{''.join(added)}</dataValidations>", 1)
        return replace(sheet, tail=sheet.tail[: opened.start()] + tag + rest)
    block = f'<dataValidations count="{len(added)}">{"".join(added)}</dataValidations>'
    return _inserted(sheet, block, _AFTER_VALIDATIONS)


def _with_conditionals(sheet: SheetText, template: SheetText, places: Places) -> SheetText:
    """Formulas of these rules mean cells, so that they are added only where every column stands as it was made."""
    if not places.is_as_made:
        return sheet
    known = {key for match in _CONDITIONAL.finditer(sheet.tail) for key in _rule_keys(match[0])}
    last = max((int(number) for number in _PRIORITY.findall(sheet.tail)), default=0)
    added = []
    for match in _CONDITIONAL.finditer(template.tail):
        rules = [rule[0] for rule in _RULE.finditer(match[0]) if _rule_key(rule[0]) not in known]
        for number, rule in enumerate(rules, last + 1):
            rules[number - last - 1] = _PRIORITY.sub(f' priority="{number}"', rule, count=1)
        last += len(rules)
        if rules:
            tag = match[0][: match[0].index(">") + 1]
            added.append(f"{tag}{''.join(rules)}</conditionalFormatting>")
    if not added:
        return sheet
    before = re.compile(f"<dataValidations[\\s>]|{_AFTER_VALIDATIONS.pattern}")
    return _inserted(sheet, "".join(added), before)


def _inserted(sheet: SheetText, block: str, before: re.Pattern[str]) -> SheetText:
    match = before.search(sheet.tail)
    at = match.start() if match else len(sheet.tail)
    return replace(sheet, tail=sheet.tail[:at] + block + sheet.tail[at:])


def _rule_keys(conditional: str) -> Iterator[str]:
    return (_rule_key(rule[0]) for rule in _RULE.finditer(conditional))


def _rule_key(rule: str) -> str:
    return "|".join(map(unescape, _FORMULA.findall(rule))) or _PRIORITY.sub("", rule)


def _areas(element: str) -> list[Range]:
    match = _SQREF.search(element)
    return [area for text in (match[1].split() if match else ()) if (area := parse_range(text))]


def _first(area: Range, other: Range) -> bool:
    return other.contains(Range(area.first_row, area.first_col, area.first_row, area.first_col))


def _spelled(area: Range) -> str:
    return str(area).partition(":")[0] if area[:2] == area[2:] else str(area)
