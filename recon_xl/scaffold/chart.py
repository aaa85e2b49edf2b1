"""The one chart: causes by money, largest on top, with the amounts written beside the bars."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openpyxl.chart import BarChart, Reference
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText, Text
from openpyxl.chart.title import Title
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.text import CharacterProperties, Paragraph, ParagraphProperties, RegularTextRun

from recon_xl.contract.layout import START, column_letter
from recon_xl.scaffold.styles import BLUE, NAVY, PALE_GREY

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

TITLE = "Money at stake by cause, base currency"
ALT_TEXT = "Bar chart: money at stake for each of the largest causes, in base currency. The figures stand to its left."
WIDTH_CM, HEIGHT_CM = 17.5, 9.0


def causes_chart(sheet: Worksheet) -> BarChart:
    """A bar for each row of the causes block."""
    block = START.causes
    letters = {column_letter(position): position for position in range(1, 27)}
    amounts, names = letters[block.columns[-1]], letters[block.columns[0]]
    chart = BarChart()
    chart.type = "bar"
    chart.title = _title()
    chart.legend = None
    chart.gapWidth = 60
    chart.width, chart.height = WIDTH_CM, HEIGHT_CM
    chart.add_data(
        Reference(sheet, min_col=amounts, min_row=block.first_row - 1, max_row=block.last_row), titles_from_data=True
    )
    chart.set_categories(Reference(sheet, min_col=names, min_row=block.first_row, max_row=block.last_row))
    chart.series[0].graphicalProperties = GraphicalProperties(solidFill=BLUE)
    chart.dataLabels = DataLabelList(showVal=True, showSerName=False, showCatName=False, showLegendKey=False)
    chart.dataLabels.numFmt = "#,##0;(#,##0);"
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.x_axis.scaling.orientation = "maxMin"
    chart.y_axis.number_format = "#,##0"
    chart.y_axis.crosses = "max"
    chart.y_axis.majorGridlines.spPr = GraphicalProperties(ln=LineProperties(solidFill=PALE_GREY, w=6350))
    return chart


def _title() -> Title:
    """Twelve points, so that the bars have the room."""
    look = CharacterProperties(sz=1200, b=True, solidFill=NAVY)
    run = RegularTextRun(rPr=look, t=TITLE)
    paragraph = Paragraph(pPr=ParagraphProperties(defRPr=look), r=[run])
    return Title(tx=Text(rich=RichText(p=[paragraph])), overlay=False)
