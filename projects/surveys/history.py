"""The history of one sheet: who typed and corrected it. Only on the page of the sheet, which those who type them see.

The history of the project names the sheets that changed, not their answers: it would show those of one person.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from lubsko_ops.audit.history import versions_of
from projects.models import SurveyAnswer, SurveyQuestion, SurveySheet
from projects.surveys.rules import cell_text

GONE = "brak odpowiedzi"


@dataclass
class SheetChange:
    """One save: when, who, why, and sentences about the answers that changed."""

    at: datetime
    author: str
    reason: str
    lines: list[str] = field(default_factory=list)


def history_of(sheet: SurveySheet, questions: list[SurveyQuestion]) -> list[SheetChange]:
    """What became of the sheet, newest first. Two statements."""
    by_id = {each.pk: each for each in questions}
    changes: dict[tuple, SheetChange] = {}
    for each in versions_of(SurveySheet).filter(id=sheet.pk).select_related("history_user"):
        changes[each.history_date, each.history_user_id] = _change(each)
    before: dict[int, str] = defaultdict(str)
    answers = versions_of(SurveyAnswer).filter(sheet=sheet.pk).select_related("history_user")
    for each in answers.order_by("history_id"):
        question = by_id.get(each.question_id)
        if question is None:
            continue
        now = "" if each.history_type == "-" else _text(each, question)
        change = changes.setdefault((each.history_date, each.history_user_id), _change(each))
        if each.history_type != "+" or before[question.pk]:
            change.lines.append(
                f"Pytanie {question.position}: było {before[question.pk] or GONE}, jest {now or GONE}"
            )
        elif each.history_date != sheet.entered_at:
            change.lines.append(f"Pytanie {question.position}: wpisano {now}")
        before[question.pk] = now
    return sorted(changes.values(), key=lambda each: each.at, reverse=True)


def _change(version: Any) -> SheetChange:
    return SheetChange(version.history_date, str(version.history_user or ""), version.history_change_reason)


def _text(version: Any, question: SurveyQuestion) -> str:
    return version.text if version.value is None else cell_text(version.value, question.kind)
