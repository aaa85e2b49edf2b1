"""Stories of the journal."""
