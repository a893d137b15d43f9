"""The daily running of groups: lists of meetings, the page of one, its journal, its date, leaders and files.

index.py      all meetings of a group, light: numbers, totals, the next one
lines.py      meetings and their old dates as lines of a list
section.py    the parts of the page of a group
"""
