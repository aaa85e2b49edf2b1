"""Everything about the .xlsx file format: reading as a stream, patching without loading, saving safely, linting."""

from recon_xl.ooxml.book import DefinedName, SheetInfo, TableInfo
from recon_xl.ooxml.castrows import ClonedRow
from recon_xl.ooxml.clone import ClonedSheet
from recon_xl.ooxml.editor import WorkbookEditor
from recon_xl.ooxml.lint import lint
from recon_xl.ooxml.package import Package
from recon_xl.ooxml.reader import BookReader, open_workbook
from recon_xl.ooxml.save import file_hash, save
from recon_xl.ooxml.sheetnames import safe_sheet_name

__all__ = [
    "BookReader",
    "ClonedRow",
    "ClonedSheet",
    "DefinedName",
    "Package",
    "SheetInfo",
    "TableInfo",
    "WorkbookEditor",
    "file_hash",
    "lint",
    "open_workbook",
    "safe_sheet_name",
    "save",
]
