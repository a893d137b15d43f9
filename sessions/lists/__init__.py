"""Lists to which numbers about meetings lead: those of one participant, those planned at one place."""
