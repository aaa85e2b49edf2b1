"""Tests of the documentation, and of the rules of the house."""
