"""Cells and files become typed rows: read exactly, or refused with their address."""
