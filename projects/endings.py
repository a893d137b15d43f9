"""What ends with a project: its groups, those who still take part, and what higher apps have after its last day."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError

from lubsko_ops.accounts.models import User
from lubsko_ops.audit.history import end_row, save_with_history
from lubsko_ops.core import clock
from lubsko_ops.core.polish import join_list, short_date
from projects.choices import LeavingReason, ParticipationStatus, ParticipationStepKind
from projects.dependents import EDITION_ENDINGS
from projects.document import load_document
from projects.indicators.computed import numbers_of
from projects.indicators.queries import load_indicators
from projects.models import ENDED, Edition, GroupDay, ParticipationStep
from projects.queries import NEEDS_PAPERS

TYPE_INSTEAD = "Wybierz przy nim „wpisywana” i wpisz pomiar."
WITHDRAWN = "Odstąpiono od projektu"


# ---- what higher apps have ---------------------------------------------------------------------------
def announced_by_ending(edition: Edition, last_day: date) -> list[str]:
    """Sentences about what will follow in other apps when the project ends on the day."""
    return [text for ending in EDITION_ENDINGS for text in ending.announce(edition, last_day)]


def refuse_ending(edition: Edition, last_day: date) -> None:
    """Raise ValidationError where other apps have rows after the day that cannot be called off."""
    if refusals := [text for ending in EDITION_ENDINGS for text in ending.refuse(edition, last_day)]:
        raise ValidationError({"last_day": refusals})


def carry_out_ending(edition: Edition, last_day: date, *, by: User) -> None:
    """Let follow in other apps what was announced."""
    for ending in EDITION_ENDINGS:
        ending.carry_out(edition, last_day, by)


# ---- what the settlement waits for -------------------------------------------------------------------
@dataclass(frozen=True)
class SettlementGap:
    """What is missing, and the page that enters it by name; ``goal``: id of the one it is about, of an indicator."""

    text: str
    url_name: str
    goal: int | None = None


def settlement_gaps(edition: Edition, *, on: date) -> list[SettlementGap]:
    """Indicators without a value and positions of the budget without a sum spent, in the order of the document."""
    document = load_document(edition)
    empty = [each for each in load_indicators(edition, document["goals"], until=on) if each.value is None]
    labels = {each.key: each.label for each in numbers_of(edition)} if empty else {}
    gaps = []
    for each in empty:
        goal = each.goal
        if each.is_computed:
            counted = labels.get(goal.computed_by, "tej liczby już nie ma")
            text = (
                f"Cel {goal.position}: program nie ma z czego policzyć wartości ({counted}). {TYPE_INSTEAD}"
            )
            gaps.append(SettlementGap(text, "projects:goal-number", goal.pk))
        else:
            text = f"Cel {goal.position} nie ma wartości osiągniętej."
            gaps.append(SettlementGap(text, "projects:results"))
    gaps += [
        SettlementGap(f"Pozycja {line.position} budżetu nie ma kwoty wydanej.", "projects:results")
        for line in document["budget"]
        if line.spent is None
    ]
    return gaps


# ---- people and groups -------------------------------------------------------------------------------
def refuse_open(edition: Edition, statuses: set[ParticipationStatus], advice: str) -> None:
    """Raise ValidationError while participants of the edition have one of these statuses."""
    counts = Counter(edition.participations.filter(status__in=statuses).values_list("status", flat=True))
    if counts:
        listed = [
            f"{ParticipationStatus(status).label}: {number}" for status, number in sorted(counts.items())
        ]
        raise ValidationError(f"Nie każdy uczestnik ma zakończenie ({', '.join(listed)}). {advice}")


def refuse_later_steps(edition: Edition, last_day: date) -> None:
    """Raise ValidationError when participants who have not finished took steps after the day: they never could."""
    open_rows = edition.participations.exclude(status__in=ENDED)
    steps = ParticipationStep.objects.filter(participation__in=open_rows, day__gt=last_day)
    latest = steps.order_by("-day").values_list("day", flat=True).first()
    if latest:
        raise ValidationError(
            {"last_day": f"Uczestnicy mają kroki do {short_date(latest)}. Wpisz ten dzień albo późniejszy."}
        )


def end_groups(edition: Edition, *, by: User) -> None:
    """The groups end with the project. Raises ValidationError for those that would begin after it."""
    last_day = edition.ends_on
    groups = list(edition.groups.active_on_or_after(last_day).order_by("starts_on", "pk"))
    if later := [group for group in groups if group.starts_on > last_day]:
        listed = join_list(f"{group} od {short_date(group.starts_on)}" for group in later)
        raise ValidationError(
            {"last_day": f"Po tym dniu mają się zacząć zajęcia: {listed}. Zmień albo usuń je."}
        )
    days = GroupDay.objects.filter(group__in=groups, starts_on__gt=last_day).order_by("starts_on")
    if listed := join_list(f"{each.group}: {each}" for each in days.select_related("group")):
        raise ValidationError(
            {"last_day": f"Po tym dniu są wpisane dni zajęć: {listed}. Zmień albo usuń je."}
        )
    for group in groups:
        if group.ends_on != last_day:
            end_row(group, on=last_day, by=by, why="Zakończenie zajęć")


def end_participations(edition: Edition, *, by: User) -> None:
    """Nobody takes part in a project that is given up, nor waits for a place in it."""
    open_rows = edition.participations.exclude(status__in=ENDED).select_related(
        "person", "child", "family", "group"
    )
    for row in open_rows.order_by("pk"):
        begun = row.status in NEEDS_PAPERS
        row.status = ParticipationStatus.BROKEN_OFF if begun else ParticipationStatus.REJECTED
        row.status_on, row.offered_on = clock.today(), None
        save_with_history(row, by=by, why=WITHDRAWN)
        step = ParticipationStep(
            participation=row,
            kind=ParticipationStepKind.BREAK_OFF if begun else ParticipationStepKind.REJECT,
            status=row.status,
            group=row.group,
            day=row.status_on,
            reason=LeavingReason.OTHER,
            text=WITHDRAWN,
        )
        save_with_history(step, by=by, why=WITHDRAWN)
