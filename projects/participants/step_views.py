"""Form pages of steps: of one participant, of several at once, to another group."""

from functools import cached_property

from lubsko_ops.core.polish import count_of
from projects.choices import ParticipationStepKind, Takes
from projects.models import Criterion, Participation
from projects.participants import actions, forms, rules
from projects.participants.facts import criteria_for, person_facts
from projects.participants.form_views import (
    ParticipantsFormView,
    ParticipationFormView,
)
from projects.participants.queries import note_participations
from projects.scope import visible_groups, visible_participations

STEP_PAGES = {
    ParticipationStepKind.QUALIFY: ("Zakwalifikuj", "Zakwalifikuj"),
    ParticipationStepKind.OFFER: ("Zaproponuj wolne miejsce", "Zaproponuj"),
    ParticipationStepKind.CONFIRM: ("Przyjmuje wolne miejsce", "Zapisz"),
    ParticipationStepKind.DECLINE: ("Nie przyjmuje wolnego miejsca", "Zapisz"),
    ParticipationStepKind.PUT_ON_RESERVE: ("Wpisz na listę rezerwową", "Wpisz na listę"),
    ParticipationStepKind.BEGIN: ("Rozpocznij udział", "Rozpocznij"),
    ParticipationStepKind.FINISH: ("Ukończenie", "Zapisz ukończenie"),
    ParticipationStepKind.BREAK_OFF: ("Przerwanie udziału", "Zapisz przerwanie"),
    ParticipationStepKind.REJECT: ("Nie zakwalifikowano", "Zapisz"),
}
LEDES = {
    ParticipationStepKind.OFFER: "Miejsce czeka na odpowiedź tej osoby i nikt inny go nie zajmie.",
    ParticipationStepKind.BEGIN: "Dziecko potrzebuje przedtem zgody opiekuna.",
    ParticipationStepKind.BREAK_OFF: "Zwolnione miejsce zaproponujesz potem pierwszej osobie z listy rezerwowej.",
}


class StepFormView(ParticipationFormView):
    """A step of one participant; ``step``: its kind."""

    form_class = forms.StepForm
    step = ParticipationStepKind.BEGIN

    @property
    def page_title(self):  # type: ignore[override]
        return STEP_PAGES[self.step][0]

    @property
    def lede(self):  # type: ignore[override]
        return LEDES.get(self.step, "")

    def get_refusal(self):
        offered = self.row.offered_on is not None
        return rules.step_refusal(self.step, self.row.status, offered=offered, state=self.edition.state)

    def get_form_kwargs(self):
        says_why = rules.TRANSITIONS[self.step].says_why
        return super().get_form_kwargs() | {
            "says_why": says_why,
            "with_death": self.row.family_id is None,
            "submit": STEP_PAGES[self.step][1],
        }

    def get_initial(self):
        return {"day": self.request.today}

    def perform(self, form):
        data = form.cleaned_data
        return actions.take_step(
            participation=self.row,
            kind=self.step,
            day=data["day"],
            reason=data.get("reason", ""),
            text=data["text"],
            version=self.opened_version,
            by=self.request.user,
        )

    def get_success_message(self):
        if self.step == ParticipationStepKind.OFFER:
            return f"{self.result}: zaproponowano wolne miejsce."
        return f"{self.result}: {self.result.get_status_display()}."


class AdmissionView(ParticipationFormView):
    """Take somebody in, or into a free place offered before (``step``), with the answers to the criteria."""

    form_class = forms.AdmissionForm
    lede = "Kryteria tylko podpowiadają. Decyzja należy do prowadzących projekt."
    step = ParticipationStepKind.QUALIFY

    @property
    def page_title(self):  # type: ignore[override]
        return STEP_PAGES[self.step][0]

    def get_refusal(self):
        offered = self.row.offered_on is not None
        return rules.step_refusal(self.step, self.row.status, offered=offered, state=self.edition.state)

    @cached_property
    def criteria(self) -> list:
        """Criteria with the answer given before, or else that of the file."""
        given = {each.criterion_id: each for each in self.row.answers.all()}
        facts = person_facts(self.row.person, self.row.family_id, on=self.request.today)
        rows = []
        for criterion in criteria_for(self.row, on=self.request.today):
            kept = given.get(criterion.pk)
            answer, source = (kept.answer, kept.source) if kept else rules.check_criterion(criterion, facts)
            rows.append((criterion, str(answer), source))
        return rows

    def get_form_kwargs(self):
        submit = STEP_PAGES[self.step][1]
        return super().get_form_kwargs() | {"criteria": self.criteria, "submit": submit}

    def get_initial(self):
        return {"day": self.request.today, "admission_reason": self.row.admission_reason}

    def get_confirmations(self, form):
        row = self.row
        who = row.child or row.person
        if who is None or row.group is None:
            return []
        return list(filter(None, [rules.age_question(str(who), who.birth, row.group, on=self.request.today)]))

    def perform(self, form):
        data = form.cleaned_data
        return actions.take_step(
            participation=self.row,
            kind=self.step,
            day=data["day"],
            text=data["text"],
            answers=form.answers(),
            admission_reason=data.get("admission_reason", ""),
            version=self.opened_version,
            by=self.request.user,
        )

    def get_success_message(self):
        return f"{self.result}: {self.result.get_status_display()}."


class BatchStepView(ParticipantsFormView):
    """The same step for several participants; ``step``: its kind."""

    form_class = forms.BatchStepForm
    step = ParticipationStepKind.BEGIN

    @property
    def page_title(self):  # type: ignore[override]
        return forms.BATCH_STEPS[self.step]

    @cached_property
    def rows(self) -> dict[int, Participation]:
        """Those who can take the step, in the order of their names."""
        sources = rules.TRANSITIONS[self.step].sources
        rows = visible_participations(self.request.user, on=self.request.today).filter(
            edition=self.edition, status__in=sources
        )
        rows = rows.select_related("edition", "group", "person", "child", "family")
        return {row.pk: row for row in rows.order_by("person__last_name", "person__first_name", "pk")}

    def get_refusal(self):
        states = rules.TRANSITIONS[self.step].states
        if self.edition.state not in states:
            return rules.STATE_REFUSALS[self.edition.state]
        return "" if self.rows else "Nie ma nikogo, komu można zapisać ten krok."

    def get_form_kwargs(self):
        note_participations(self.rows.values())
        labels = {pk: f"{row}, {row.group}" if row.group else str(row) for pk, row in self.rows.items()}
        return super().get_form_kwargs() | {
            "rows": labels,
            "submit": self.page_title,
            "with_criteria": self.step == ParticipationStepKind.QUALIFY
            and Criterion.objects.filter(edition=self.edition).exists(),
        }

    def get_initial(self):
        return {"day": self.request.today}

    def perform(self, form):
        chosen = [self.rows[pk] for pk in form.cleaned_data["rows"]]
        return actions.take_steps(
            participations=chosen,
            kind=self.step,
            day=form.cleaned_data["day"],
            admission_reason=form.cleaned_data.get("admission_reason", ""),
            by=self.request.user,
        )

    def get_success_message(self):
        return f"{self.step.label.capitalize()}: {count_of(len(self.result), 'udział,udziały,udziałów')}."


class MoveView(ParticipationFormView):
    """Another group of the edition."""

    form_class = forms.MoveForm
    page_title = "Przenieś do innej grupy"

    def get_refusal(self):
        return rules.enrolment_refusal(self.edition.state)

    def get_form_kwargs(self):
        row = self.row
        takes = Takes.FAMILIES if row.person is None else Takes.PAIRS if row.child else Takes.PERSONS
        rows = visible_groups(self.request.user).filter(edition=self.edition, takes=takes)
        return super().get_form_kwargs() | {"groups": rows.exclude(pk=row.group_id or 0)}

    def get_initial(self):
        return {"day": self.request.today}

    def perform(self, form):
        return actions.move_participation(
            participation=self.row,
            group=form.cleaned_data["group"],
            day=form.cleaned_data["day"],
            text=form.cleaned_data["text"],
            version=self.opened_version,
            by=self.request.user,
        )

    def get_success_message(self):
        return f"{self.result}: {self.result.group}."
