"""Steps of participants on the timeline of the family through which they take part."""

from django.db.models import Q

from families.timeline.events import EVENT_KINDS, EventKind
from lubsko_ops.core.links import reverse
from projects.choices import ParticipationStepKind
from projects.models import ParticipationStep
from projects.permissions import FAMILY_PROJECTS

SHOWN = (
    ParticipationStepKind.QUALIFY,
    ParticipationStepKind.PUT_ON_RESERVE,
    ParticipationStepKind.BEGIN,
    ParticipationStepKind.FINISH,
    ParticipationStepKind.BREAK_OFF,
    ParticipationStepKind.REJECT,
)


def register() -> None:
    EVENT_KINDS.register(
        EventKind(
            "project_step",
            ParticipationStep,
            "participation__family",
            "day",
            _render,
            author="entered_by",
            parameters={"step": "kind"},
            condition=Q(kind__in=SHOWN, participation__family__isnull=False),
            permission=FAMILY_PROJECTS,
            details=_with_names,
        )
    )


def _with_names(user):
    rows = ParticipationStep.objects.select_related(
        "group", *(f"participation__{name}" for name in ("edition", "person", "child", "family"))
    )
    people = [
        f"participation__{who}__{name}" for who in ("person", "child") for name in ("first_name", "last_name")
    ]
    texts = [
        f"participation__{name}" for name in ("edition__title", "edition__starts_on", "edition__ends_on")
    ]
    return rows.only(*people, *texts, "group__name", "participation__family__name")


def _render(entry, row: ParticipationStep) -> dict:
    participation, step = row.participation, ParticipationStepKind(entry.parameters["step"])
    group = f", {row.group}" if row.group else ""
    return {
        "title": f"Projekt „{participation.edition.title}”: {step.label}",
        "note": f"{participation}{group}",
        "url": reverse("family-projects", args=[entry.family]),
    }
