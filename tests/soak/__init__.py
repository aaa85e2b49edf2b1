"""Longer trials than a test run has time for: `python -m tests.soak`."""
