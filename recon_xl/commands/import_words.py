"""What an import did, in a few lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from recon_xl.intake.problems import FileProblem

_COUNTS = (("inserted", "new"), ("updated", "updated"), ("unchanged", "unchanged"))


def import_lines(
    files: Sequence[Mapping[str, object]], messages: Sequence[str], problems: Sequence[FileProblem], most: int = 20
) -> list[str]:
    """A line a file, then what was assumed or left out, then the cells that cannot be read."""
    lines = [_file_line(file) for file in files]
    lines += [f"Note: {message}" for message in messages]
    lines += [f"Problem: {p.file} > {p.address}: found {p.found}; expected {p.expected}" for p in problems[:most]]
    if len(problems) > most:
        lines.append(f"and {len(problems) - most} more problems; --json lists them all")
    return lines


def _file_line(file: Mapping[str, object]) -> str:
    numbers = ", ".join(f"{file[name]} {word}" for name, word in _COUNTS if file.get(name))
    counts = f" ({numbers})" if numbers else ""
    read = f"{file['rows_read']} {'row' if file['rows_read'] == 1 else 'rows'} read"
    where = f"{file['file']} > {file['sheet']}" if file.get("sheet") else file["file"]
    return f"{where} -> {file['table']}: {file['status']}, {read}{counts}"
