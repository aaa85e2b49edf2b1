"""Hosts: where a workbook lives. Each gives a Snapshot and applies a ChangeSet; nothing else knows about files or Excel."""
