"""Longer trials than a test run has time for: `python -m tests.soak`.

A soak is a file of this folder that does not begin with an underscore, with

- `TITLE`: what holds, in one line;
- `soak(seed, scale)`: does its work with that seed, raises AssertionError where something does not hold, and returns figures
  for the report. With scale 1.0 it is the whole; a test calls it with a small one.
"""
