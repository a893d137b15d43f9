"""Figures and reports (sprawozdania). May import every other app; no app imports it."""
