"""Projects in the file of a family: who of it takes part in what, since when, and which papers are missing."""

from dataclasses import dataclass
from datetime import date

from families.base_views import FamilyPageView
from families.people.identity import age_text
from families.people.models import Family
from lubsko_ops.accounts.models import User
from lubsko_ops.core.links import reverse
from lubsko_ops.core.permissions import has_permission
from lubsko_ops.core.polish import short_date
from projects.choices import ParticipationStatus
from projects.dependents import ParticipationNote, notes_about
from projects.models import ENDED, Participation, ParticipationStep
from projects.permissions import FAMILY_PROJECTS, PARTICIPANT_ENROL, PROJECTS_AREA

STATUS_KINDS = {
    ParticipationStatus.TAKING_PART: "accent",
    ParticipationStatus.FINISHED: "done",
    ParticipationStatus.RESERVE: "soon",
}


@dataclass(frozen=True)
class FamilyParticipation:
    """A participation in the list of a family, with its steps."""

    row: Participation
    steps: list[ParticipationStep]
    on: date
    notes: list[ParticipationNote]

    @property
    def who(self) -> str:
        return str(self.row) if self.row.person else "cała rodzina"

    @property
    def age(self) -> str:
        return age_text(self.row.person.birth, self.on) if self.row.person else ""

    @property
    def status_kind(self) -> str:
        return STATUS_KINDS.get(ParticipationStatus(self.row.status), "")

    @property
    def is_over(self) -> bool:
        return self.row.status in ENDED

    @property
    def way(self) -> str:
        """ "zgłoszenie 02.11.2026, zakwalifikowanie 05.11.2026": the steps in order, with the reason of the last."""
        return ", ".join(
            f"{step.get_kind_display()} {short_date(step.day)}"
            + (f" ({step.get_reason_display()})" if step.reason else "")
            for step in self.steps
        )


def participations_of(family: Family, user: User, *, on: date) -> list[FamilyParticipation]:
    """Participations through the family, those that go on and the newest first. Two statements and the notes."""
    rows = Participation.objects.filter(family=family)
    rows = list(rows.select_related("edition", "group", "person", "child", "family"))
    rows.sort(key=lambda row: (row.status in ENDED, -row.edition.starts_on.toordinal(), row.pk))
    steps: dict[int, list[ParticipationStep]] = {}
    for step in ParticipationStep.objects.filter(participation__in=rows).order_by("day", "pk"):
        steps.setdefault(step.participation_id, []).append(step)
    notes = notes_about(rows, user, on=on)
    return [FamilyParticipation(row, steps.get(row.pk, []), on, notes.get(row.pk, [])) for row in rows]


class FamilyProjectsView(FamilyPageView):
    """Projekty: participation of the family and its members."""

    permission = FAMILY_PROJECTS
    access_area = PROJECTS_AREA
    current_tab = "family-projects"
    template_name = "projects/family.html"

    def get_context_data(self, **kwargs):
        rows = participations_of(self.family, self.request.user, on=self.request.today)
        return super().get_context_data(
            current=[row for row in rows if not row.is_over],
            former=[row for row in rows if row.is_over],
            may_enrol=self.family.workable and has_permission(self.request.user, PARTICIPANT_ENROL),
            enrol_url=reverse("family-enrol", args=[self.family.pk]),
            **kwargs,
        )
