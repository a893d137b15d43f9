"""What the lists register: the number of meetings beside a participation, and beside a place of the dictionary."""

from lubsko_ops.centre.dictionaries.uses import ENTRY_USES
from projects.dependents import PARTICIPATION_NOTES
from sessions.lists.participation import attendance_notes
from sessions.lists.place import PLACE_USE


def register() -> None:
    PARTICIPATION_NOTES.register(attendance_notes)
    ENTRY_USES.register(PLACE_USE)
