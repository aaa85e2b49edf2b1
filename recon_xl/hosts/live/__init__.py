"""The parts of the live-Excel host: cells, blocks, places and steps. None of them imports xlwings; `hosts/excel.py` does."""
