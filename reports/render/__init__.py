"""Renderings of a statement: PDF, XLSX, JSON. None of them queries numbers."""
