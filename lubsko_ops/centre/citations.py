"""Where acts are published, as the centre added it: dated rows that papers issued from their day on cite."""

from datetime import date
from itertools import groupby

from lubsko_ops.centre.models import ActCitation
from lubsko_ops.core.process_cache import ProcessCache


def _load() -> dict[str, tuple[tuple[date, str], ...]]:
    rows = ActCitation.objects.order_by("act", "starts_on").values_list("act", "starts_on", "journal")
    return {
        act: tuple((day, text) for _, day, text in of_act)
        for act, of_act in groupby(rows, lambda row: row[0])
    }


ADDED_JOURNALS = ProcessCache(_load)


def get_added_journals(act: str) -> tuple[tuple[date, str], ...]:
    """The journals added for the act (its short name), each with its first day, for ``Citation.journal_on``."""
    return ADDED_JOURNALS.get().get(act, ())


def clear_cache() -> None:
    """Clear the cached rows (between tests)."""
    ADDED_JOURNALS.clear()
