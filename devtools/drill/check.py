"""Compares what was acknowledged with what the database holds."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from devtools.drill.saving import MARK, Tally
from families.visits.models import Visit
from lubsko_ops.audit.models import ChangeEntry
from lubsko_ops.jobs.refresh import refresh_stored_rows


@dataclass(frozen=True)
class Stored:
    """Marks of the visits in the database, with the numbers of their rows, versions and change entries."""

    visits: Counter
    versions: Counter
    changes: Counter


def read_stored(since: datetime) -> Stored:
    """The visits of the drill, entered since the moment."""
    rows = Visit.objects.filter(entered_at__gte=since, facts__startswith=MARK)
    marks = {pk: facts.removeprefix(MARK).strip() for pk, facts in rows.values_list("pk", "facts")}
    history = Visit.history.filter(id__in=marks).values_list("id", flat=True)
    entries = ChangeEntry.objects.filter(at__gte=since).values_list("labels", "row_ids")
    changed = (
        pk
        for labels, ids in entries
        for label, pk in zip(labels, ids, strict=True)
        if label == Visit._meta.label_lower
    )
    return Stored(
        Counter(marks.values()),
        Counter(marks[pk] for pk in history),
        Counter(marks[pk] for pk in changed if pk in marks),
    )


def compare(acknowledged: Iterable[str], stored: Stored) -> dict[str, int]:
    """Numbers of what must not be, by name."""
    once = set(stored.visits)
    return {
        "acknowledged and lost": len(set(acknowledged) - once),
        "stored more than once": sum(number > 1 for number in stored.visits.values()),
        "without one version in the history": sum(stored.versions[mark] != 1 for mark in once),
        "without one change entry": sum(stored.changes[mark] != 1 for mark in once),
    }


def count_answers(tallies: list[Tally]) -> dict[str, int]:
    """Answers that nobody should get."""
    answers = sum((each.answers for each in tallies), Counter())
    expected = {0, 200, 302, 503}  # none, a page, saved, not now
    return {
        "never acknowledged": sum(len(each.given_up) for each in tallies),
        "answers 500": answers[500],
        "other answers": sum(n for status, n in answers.items() if status not in {*expected, 500}),
        "answers 503 without a time to try again": sum(each.without_retry_after for each in tallies),
    }


def count_wrong_stored_rows() -> dict[str, int]:
    """Derived rows that differ from what the facts say."""
    return {f"wrong: {label}": wrong for label, wrong in refresh_stored_rows().items()}
