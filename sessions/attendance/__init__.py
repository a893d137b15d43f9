"""Attendance: who is on the list of a meeting, marks, absences in a row."""
