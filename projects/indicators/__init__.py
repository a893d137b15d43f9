"""Indicators of the goals of a project: where their values come from and how they stand to the target."""
