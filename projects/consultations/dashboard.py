"""Start page of a specialist: consultations today and to come, own groups and their people, own families."""

from families.case_files.specialist_views import get_families
from families.people.identity import age_text
from lubsko_ops.audit.access_log import note_shown
from lubsko_ops.core.dashboard import DashboardAction, Panel
from lubsko_ops.core.links import reverse
from lubsko_ops.core.permissions import has_permission
from lubsko_ops.core.polish import count_of
from projects.choices import ConsultationState
from projects.consultations.queries import note_named, people_of_groups, with_named, with_names
from projects.consultations.views import NUMBERS, ConsultationRow
from projects.models import ENDED, Consultation
from projects.permissions import CONSULTATION_WRITE
from projects.scope import led_groups

SHOWN = 12
PEOPLE_SHOWN = 30


def get_specialist_panels(request) -> list[Panel]:
    """Panels of a specialist; five statements. Those of other roles have their own."""
    user, today = request.user, request.today
    if not has_permission(user, CONSULTATION_WRITE):
        return []
    planned = Consultation.objects.filter(specialist=user, state=ConsultationState.PLANNED)
    planned = with_names(with_named(planned, user, on=today)).order_by("day", "starts_at", "pk")
    rows = list(planned[: SHOWN + 1])
    note_named(rows[:SHOWN])
    shown = [ConsultationRow(row, user, today) for row in rows[:SHOWN]]
    due = [each for each in shown if each.row.day <= today]
    later = [each for each in shown if each.row.day > today]
    now = sum(each.row.day == today for each in shown)
    consultations = {"due": due, "later": later, "more": len(rows) > SHOWN, "today": today}
    families = get_families(user, on=today)
    groups = list(led_groups(user, on=today).select_related("edition").order_by("name", "pk"))
    people, number = get_people(user, today) if groups else ([], 0)
    return [
        Panel(
            "consultations/_panel.html",
            consultations,
            lede=f"Dziś {count_of(now, NUMBERS)}." if now else "Na dziś nie ma umówionych konsultacji.",
            actions=(
                DashboardAction("Zapisz konsultację", reverse("consultations:new"), "plus-lg"),
                DashboardAction("Umów konsultację", reverse("consultations:appointment-new")),
            ),
        ),
        Panel("consultations/_groups_panel.html", {"groups": groups}, side=True),
        Panel(
            "consultations/_people_panel.html",
            {"people": people, "total": number, "groups": groups},
        ),
        Panel("consultations/_families_panel.html", {"rows": families}, wide=True),
    ]


def get_people(user, today) -> tuple[list[dict], int]:
    """People who take part, or wait to, in the own groups, by surname, as many as are shown; and how many there are.

    Each with name, age, group, project, status.
    """
    rows = people_of_groups(user, on=today).exclude(status__in=ENDED)
    rows = rows.order_by("person__last_name", "person__first_name", "pk").select_related(
        "person", "child", "family", "group", "edition"
    )
    everybody = list(rows)
    people = everybody[:PEOPLE_SHOWN]
    persons = {row.person_id for row in people} | {row.child_id for row in people}
    note_shown({row.family_id for row in people} - {None}, persons=persons - {None})
    return [
        {
            "row": row,
            "age": age_text(row.person.birth, today) if row.person else "",
            "child_age": age_text(row.child.birth, today) if row.child else "",
        }
        for row in people
    ], len(everybody)
