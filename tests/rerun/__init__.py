"""What a user does to the results of a run, and what of it a later run must leave alone."""
