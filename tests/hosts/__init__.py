"""Workbooks on disk: what is read from them."""
