"""What a closed file says: who worked with the family, on what basis, until when, and how to begin again."""

from families.case_files.overview import date_range_text
from families.case_files.queries import CaseState
from families.caseload.labels import basis_label
from families.caseload.models import WorkPeriod
from families.caseload.permissions import ASSIGN
from families.choices import AssignmentKind, WorkStatus
from families.people.models import Family
from families.permissions import SENSITIVE_BASES, hidden_values
from lubsko_ops.core.links import reverse
from lubsko_ops.core.permissions import has_permission
from lubsko_ops.core.polish import short_date

ROLES = {
    AssignmentKind.LEADING: "asystent prowadzący",
    AssignmentKind.STAND_IN: "asystent w zastępstwie",
    AssignmentKind.ACCOMPANYING: "asystent towarzyszący",
    AssignmentKind.MONITORING: "asystent monitorujący",
}


def closed_work(family: Family, case_state: CaseState, *, user) -> dict:
    """The ended work of the family on the day; empty while it goes on and before any.

    ``begin_url`` is empty for users who may not begin work.
    """
    period = case_state.period
    if case_state.status != WorkStatus.ENDED or period is None or period.ends_on is None:
        return {}
    may_begin = family.workable and has_permission(user, ASSIGN)
    return {
        "ends_on": period.ends_on,
        "facts": [
            {
                "term": "Ostatni dzień",
                "value": f"{short_date(period.ends_on)}, {period.get_closing_reason_display()}",
            },
            {
                "term": "Kto pracował",
                "value": "; ".join(_workers(case_state, period)) or "nikogo nie wskazano",
            },
            {"term": "Na jakiej podstawie", "value": "; ".join(_bases(case_state, period, user)) or "brak"},
        ],
        "begin_url": reverse("families:assign", args=[family.pk]) if may_begin else "",
    }


def _workers(case_state: CaseState, period: WorkPeriod) -> list[str]:
    """ "Anna Sikora, asystent prowadzący, 04.03.2026–30.09.2026": assistants and lead social workers of the period."""
    leads = [
        row
        for row in case_state.leads
        if row.starts_on <= period.ends_on and (row.ends_on is None or row.ends_on >= period.starts_on)
    ]
    assistants = [row for row in case_state.all_assignments if row.period_id == period.pk]
    return [
        *(f"{row.assistant}, {ROLES[row.kind]}, {date_range_text(row)}" for row in assistants),
        *(f"{row.social_worker}, pracownik socjalny, {date_range_text(row)}" for row in leads),
    ]


def _bases(case_state: CaseState, period: WorkPeriod, user) -> list[str]:
    hidden = hidden_values(user, SENSITIVE_BASES)
    return [
        "podstawa zastrzeżona" if row.kind in hidden else basis_label(row)
        for row in case_state.all_bases
        if row.period_id == period.pk
    ]
