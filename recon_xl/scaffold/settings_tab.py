"""The Settings tab: one row for each setting, its value blank, with a drop-down or check on the value."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Literal, get_args, get_origin

from openpyxl.styles import Alignment

from recon_xl.contract import layout
from recon_xl.contract.mapping import SETTINGS
from recon_xl.contract.model import HEADER_ROW, Kind
from recon_xl.contract.settings import Settings, setting_fields
from recon_xl.scaffold import page, styles, validations

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

NAME, VALUE, DEFAULT, UNIT, MEANING = (layout.column_letter(position) for position in range(1, 6))
TOP = Alignment(horizontal="left", vertical="top")
WRAPPED = Alignment(horizontal="left", vertical="top", wrap_text=True)


def fill_settings(sheet: Worksheet) -> None:
    """Write every setting under the headers; must run before the table is made."""
    for letter in (NAME, DEFAULT, UNIT, MEANING):
        page.put(sheet, f"{letter}{layout.NOTES_ROW}", "do not change", "Small Note")
        fixed = sheet[f"{letter}{HEADER_ROW}"]
        page.put(sheet, fixed.coordinate, fixed.value, "Header Imported", alignment=WRAPPED)
    page.put(sheet, f"{VALUE}{layout.NOTES_ROW}", "you fill", "Small Note")
    for offset, setting in enumerate(setting_fields()):
        row = layout.FIRST_ROW + offset
        page.put(sheet, f"{NAME}{row}", setting["setting"], "Label", alignment=TOP)
        page.put(sheet, f"{VALUE}{row}", None, "Input Cell", number_format=_format_of(setting["setting"]))
        sheet[f"{VALUE}{row}"].alignment = TOP
        page.put(sheet, f"{DEFAULT}{row}", setting["default"] or None, "Body", number_format="@", alignment=TOP)
        page.put(sheet, f"{UNIT}{row}", setting["unit"], "Body", alignment=WRAPPED)
        page.put(sheet, f"{MEANING}{row}", setting["meaning"], "Body", alignment=WRAPPED)
        wrapped = ((setting["unit"], SETTINGS.columns[3].width), (setting["meaning"], SETTINGS.columns[4].width))
        sheet.row_dimensions[row].height = layout.fitted_height(wrapped)
        _validate(sheet, f"{VALUE}{row}", setting)


def value_cell(title: str) -> str:
    """The absolute address of a setting's value: `$B$7`."""
    titles = [setting["setting"] for setting in setting_fields()]
    return f"${VALUE}${layout.FIRST_ROW + titles.index(title)}"


def choices_of(title: str) -> tuple[str, ...]:
    """The allowed words of a setting; empty where it is not a choice."""
    annotation = _annotation(title)
    return get_args(annotation) if get_origin(annotation) is Literal else ()


def _annotation(title: str) -> object:
    return next(field.annotation for field in Settings.model_fields.values() if field.title == title)


def _is_date(title: str) -> bool:
    return date in get_args(_annotation(title))


def _format_of(title: str) -> str:
    if _is_date(title):
        return styles.number_format(Kind.DATE)
    return "General" if _annotation(title) in {Decimal, int} else "@"


def _validate(sheet: Worksheet, address: str, setting: dict[str, str]) -> None:
    title = setting["setting"]
    tip = f"{setting['meaning']} Blank = {setting['default'] or 'no value'}."
    if choices_of(title):
        rule = validations.list_of(choices_of(title))
    elif _is_date(title):
        rule = validations.dates()
    elif _annotation(title) in {Decimal, int}:
        rule = validations.numbers(whole=_annotation(title) is int)
    elif setting["unit"] == validations.CURRENCY_UNIT:
        rule = validations.currency()
    else:
        rule = validations.any_value()
    validations.attach(sheet, rule, address, title, tip)


def is_settings(name: str) -> bool:
    """True for the tab that comes filled."""
    return name == SETTINGS.name
