"""The journal: what each step changed and how to undo it, kept in the workbook, and a log that shows when it was altered.

A step's ChangeSet goes in, the same ChangeSet with rows for the hidden Journal sheet comes out: the journal is written in
the same save as the step itself, on every host.
"""
