"""Surveys of a project: their questions, the sheets typed from paper, the results and the blank sheet."""
