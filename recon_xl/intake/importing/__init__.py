"""Puts the rows of a file into the tables of a workbook: lines by source, everything else by key."""
