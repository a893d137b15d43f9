"""Pages of what a project achieved: indicators and their readings."""
