"""What the lists register: the number of meetings beside a participation, and beside a place of the dictionary."""

from families.plans.progress_hints import PROGRESS_HINTS
from lubsko_ops.centre.dictionaries.uses import ENTRY_USES
from projects.dependents import PARTICIPATION_NOTES
from sessions.lists.participation import attendance_notes
from sessions.lists.place import PLACE_USE
from sessions.lists.plan_hints import attendance_hints


def register() -> None:
    PARTICIPATION_NOTES.register(attendance_notes)
    PROGRESS_HINTS.register(attendance_hints)
    ENTRY_USES.register(PLACE_USE)
