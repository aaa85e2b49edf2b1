"""Months told as stories: what an accountant types in, and what must come out, worked by hand."""
