"""Workbooks of users with every feature that Excel has, and the proof that none of it is lost."""
