"""What surveys register: their history. Answers are no part of it: it would show those on one sheet."""

from lubsko_ops.audit.change_entries import HISTORY_TABLES, HistoryTable
from projects.models import Survey, SurveyQuestion, SurveySheet
from projects.papers import PROJECT_FILE
from projects.permissions import PROJECT_VIEW


def register() -> None:
    tables = (
        (Survey, "edition", "{title}", {"edition"}),
        (SurveyQuestion, "survey", "{text}", {"survey", "position"}),
        (SurveySheet, "survey", "nr {number}", {"survey", "number", "code", "filled_on"}),
    )
    for model, parent, name, hidden in tables:
        HISTORY_TABLES.register(
            HistoryTable(model, (parent,), name, frozenset(hidden), PROJECT_VIEW, file_kind=PROJECT_FILE),
            order=93,
        )
