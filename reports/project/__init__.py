"""The report of a project: its figures, its statement, the lists behind its numbers."""
