"""The plan of the day: visits agreed for today and not written yet, and those already written."""

from dataclasses import dataclass
from datetime import date, time

from django.urls import reverse

from families.dashboard.my_family import MyFamily
from families.visits.models import Visit
from lubsko_ops.core import clock
from lubsko_ops.core.polish import count_of, short_date
from lubsko_ops.submissions import drafts as forms_of
from lubsko_ops.submissions.models import Draft


@dataclass
class Planned:
    """One line of the plan: a visit that was agreed (``visit`` empty) or one that was written."""

    family: MyFamily
    at: time | None
    visit: Visit | None = None
    draft: Draft | None = None
    today: date | None = None
    now: bool = False  # the first of those not written yet

    @property
    def url(self) -> str:
        """Where to write it: the form, or the form with the draft of it."""
        return forms_of.draft_url(self.draft) if self.draft else _form_of(self.family)

    @property
    def deed(self) -> str:
        """ "Dokończ szkic z 14:32", of another day "Dokończ szkic z 12.10.2026", otherwise "Zapisz wizytę"."""
        if not self.draft:
            return "Zapisz wizytę"
        saved = self.draft.saved_at.astimezone(clock.WARSAW)
        when = f"{saved:%H:%M}" if saved.date() == self.today else short_date(saved.date())
        return f"Dokończ szkic z {when}"


def plan_of(mine: list[MyFamily], visits: list[Visit], *, day: date, drafts: list[Draft]) -> list[Planned]:
    """By hour, those without an hour at the end."""
    by_id, at_form = {each.pk: each for each in mine}, {}
    for draft in drafts:  # the last saved comes first
        at_form.setdefault(draft.address, draft)
    plan = [
        Planned(by_id[visit.period.family_id], visit.starts_at, visit)
        for visit in visits
        if visit.day == day and visit.period.family_id in by_id
    ]
    plan += [
        Planned(each, each.next_at, draft=at_form.get(_form_of(each)), today=day)
        for each in mine
        if each.next_on == day
    ]
    plan.sort(key=lambda each: (each.at is None, each.at or time.min, each.family.name))
    if first := next((each for each in plan if not each.visit), None):
        first.now = True
    return plan


def in_words(plan: list[Planned]) -> str:
    """ "Dziś 2 wizyty."; nothing is agreed for today: so it says."""
    if not plan:
        return "Na dziś nie ma umówionych wizyt."
    return f"Dziś {count_of(len(plan), 'wizyta,wizyty,wizyt')}."


def _form_of(family: MyFamily) -> str:
    return reverse("families:visit-new", args=[family.pk])
