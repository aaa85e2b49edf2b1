"""Tests of the worksheet functions, as the grid calls them."""
