"""Every history row belongs to exactly one change entry of each file it belongs to."""

from collections import Counter

from families.people.models import Person
from lubsko_ops.audit.change_entries import HISTORY_TABLES
from lubsko_ops.audit.models import ChangeEntry


def check_history_has_entries() -> int:
    """Check all rows of the history tables; returns their number. People may belong to several files."""
    listed = Counter(
        (label, history_id, entry.file_kind, entry.file_id, row_id)
        for entry in ChangeEntry.objects.all()
        for label, row_id, history_id in zip(entry.labels, entry.row_ids, entry.history_ids, strict=True)
    )
    assert set(listed.values()) <= {1}, "a row stands in two entries of one file"
    several = {table.label for table in HISTORY_TABLES if table.file_link}
    files = Counter((label, history_id, row_id) for label, history_id, _, _, row_id in listed)
    assert {label for (label, *_), number in files.items() if number > 1} <= several
    recorded = {
        (table.label, history_id, row_id)
        for table in HISTORY_TABLES
        for history_id, row_id in table.model.history.order_by().values_list("history_id", "id")
    }
    assert files.keys() <= recorded, files.keys() - recorded
    # A person from outside, who takes part in a project, is in no file.
    without = {row_id for label, _, row_id in recorded - files.keys() if label == "people.person"}
    assert not Person.objects.filter(pk__in=without, memberships__isnull=False).exists()
    assert {label for label, *_ in recorded - files.keys()} <= {"people.person"}, "rows without an entry"
    return len(recorded)
