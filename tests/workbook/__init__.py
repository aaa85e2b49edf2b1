"""A month-end workbook as a whole: what LibreOffice, openpyxl, Microsoft's validator and the accountant see."""
