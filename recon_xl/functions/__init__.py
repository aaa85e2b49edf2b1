"""Worksheet functions: one file each, pure and documented. Their names and argument order are a file format: never changed."""
