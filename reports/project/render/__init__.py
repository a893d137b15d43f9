"""Renderings of the report of a project: charts, PDF, XLSX. None of them queries numbers."""
