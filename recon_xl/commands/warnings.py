"""What a run noticed and went on with: said once, in words, on the command line and in the JSON."""

from __future__ import annotations

from collections.abc import Iterator

from recon_xl.engine.inputs import Inputs


def all_warnings(inputs: Inputs) -> Iterator[str]:
    """Files of other periods, one sentence each."""
    period = inputs.settings.period
    files = [
        (row["File"], row["Period"])
        for row in inputs.records("Sources")
        if row["Table"] == "Vendor Lines" and row["Period"] and row["Period"] != period
    ]
    later = sorted({f"{file} ({month})" for file, month in files if month > period})
    if later:
        yield f"Not used, because they belong to a later period: {', '.join(later[:5])}"
    earlier = {file for file, month in files if month < period}
    if earlier:
        files_words = (
            "1 vendor file of an earlier period is"
            if len(earlier) == 1
            else f"{len(earlier)} vendor files of earlier periods are"
        )
        yield f"{files_words} used for seats, proration and timing only"
