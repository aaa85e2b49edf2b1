"""Sheets and JSON say the same."""
