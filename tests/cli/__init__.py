"""The command line's contract: exit codes, JSON, messages, and files that stay as they were."""
