"""Result -> ChangeSet and JSON: exceptions, tie-out, coverage, summaries, drafts, Start, the log."""
