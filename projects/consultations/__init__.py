"""Consultations of specialists and their start page."""
