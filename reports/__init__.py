"""Figures and reports (sprawozdania): reads everything, is read by no one."""
