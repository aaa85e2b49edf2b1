"""One file a command: a function of a snapshot of the workbook that gives back what shall change."""
