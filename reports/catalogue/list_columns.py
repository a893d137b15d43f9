"""Columns shared by the drill-down lists, and the links of their rows."""

from typing import Any

from families.caseload.models import WorkPeriod
from families.visits.models import Contact, Visit
from lubsko_ops.core.links import reverse
from reports.figure import ListColumn


def _family_link(row: Any) -> str:
    return reverse("families:overview", args=[_period(row).family_id])


def _work_link(row: Any) -> str:
    return reverse("families:work", args=[_period(row).family_id])


def _visit_link(visit: Visit) -> str:
    return reverse("families:visit", args=[visit.period.family_id, visit.pk])


def _contacts_link(contact: Contact) -> str:
    return reverse("families:case-log", args=[contact.period.family_id]) + "?co=kontakty"


def _period(row: Any) -> WorkPeriod:
    period: WorkPeriod = row if isinstance(row, WorkPeriod) else row.period
    return period


FAMILY = ListColumn(
    "Rodzina", lambda row: _period(row).family.name, shows="people.Family.name", link=_family_link
)
FAMILY_AT_WORK = ListColumn(
    "Rodzina", lambda row: _period(row).family.name, shows="people.Family.name", link=_work_link
)
NUMBER = ListColumn("Numer sprawy", lambda row: _period(row).number, shows="caseload.WorkPeriod.serial")
SINCE = ListColumn("Od", lambda row: row.starts_on, "date")
UNTIL = ListColumn("Do", lambda row: row.ends_on, "date")
DAY = ListColumn("Data", lambda row: row.day, "date")
VISIT_DAY = ListColumn("Data", lambda row: row.day, "date", link=_visit_link)
CONTACT_DAY = ListColumn("Data", lambda row: row.day, "date", link=_contacts_link)
MINUTES = ListColumn("Czas", lambda row: row.minutes, "hours")
ASSISTANT = ListColumn("Asystent", lambda row: str(row.assistant))
AUTHOR = ListColumn("Kto", lambda row: str(row.author))
