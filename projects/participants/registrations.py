"""What participants register: history, the merge of two persons, deaths, days of members."""

from collections.abc import Iterator
from datetime import date

from families.people.actions import DEATH_HANDLERS, DEATH_UNDO_HANDLERS
from families.people.duplicates.merge_rules import MERGE_RULES, MergeRule
from families.people.membership_days import MEMBERSHIP_DAYS
from lubsko_ops.audit.change_entries import HISTORY_TABLES, HistoryTable
from lubsko_ops.core.dashboard import PANELS
from projects import models
from projects.choices import ParticipationStatus
from projects.papers import PROJECT_FILE
from projects.participants import deadlines
from projects.participants.panel import get_project_panel
from projects.participants.record_actions import break_off_on_death, resume_after_death_undone
from projects.permissions import PROJECT_APPROVE

# Participants in the history of a project: for the manager, and without names, which stand on their own pages.
HIDDEN = frozenset({"edition", "participation", "criterion", "person", "child", "family", "given_by"})
TABLES = (
    (models.Participation, ("edition",), "{group}"),
    (models.ParticipationStep, ("participation",), "{kind}"),
    (models.CriterionAnswer, ("participation",), "{criterion}"),
    (models.ParticipantConsent, ("edition",), "{kind}"),
    (models.TherapyReason, ("participation",), ""),
)


def enrolment_days(family: int, person: int) -> Iterator[tuple[date, str]]:
    """Days on which the person was enrolled into a project through the family.

    Without enrolments that were rejected, for instance of somebody who turned out to have died before.
    """
    rows = models.Participation.objects.filter(family=family).exclude(status=ParticipationStatus.REJECTED)
    for name in ("person", "child"):
        days = rows.filter(**{name: person}).values_list("reported_on", flat=True)
        yield from ((day, "zapis do projektu") for day in days)


def register() -> None:
    deadlines.register()
    PANELS.register(get_project_panel, order=30)
    for model, parents, name in TABLES:
        HISTORY_TABLES.register(
            HistoryTable(model, parents, name, HIDDEN, PROJECT_APPROVE, file_kind=PROJECT_FILE), order=93
        )
    MEMBERSHIP_DAYS.register(enrolment_days)
    # Of two participations in one place the database refuses one: the manager removes it first.
    for field in ("person", "child"):
        MERGE_RULES.register(MergeRule(models.Participation, field))
    for field in ("person", "given_by"):
        MERGE_RULES.register(MergeRule(models.ParticipantConsent, field))
    DEATH_HANDLERS.register(break_off_on_death)
    DEATH_UNDO_HANDLERS.register(resume_after_death_undone)
