"""recon-xl: month-end billing reconciliation that lives in the accountant's Excel workbook."""

__version__ = "0.1.0"
