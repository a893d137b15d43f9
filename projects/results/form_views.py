"""Form pages of results: readings of one day and sums, one saved reading, what computes a goal."""

from functools import cached_property

from django.core.exceptions import PermissionDenied
from django.http import Http404

from lubsko_ops.core.polish import number, short_date
from projects.actions import NOT_AUTHOR, NOT_COUNTED
from projects.document import load_document
from projects.form_views import ProjectFormView
from projects.indicators.computed import ComputedNumber, numbers_of
from projects.indicators.queries import load_indicators
from projects.indicators.rules import in_unit, unit_question
from projects.models import IndicatorReading, SpecificGoal
from projects.permissions import PROJECT_WRITE, may_write
from projects.results import actions, forms
from projects.rules import COUNTED_STATES

INDICATORS = "projects:indicators"
NOTHING_TYPED = "Wskaźniki liczy program, a wydatki są z faktur. Nie ma tu czego wpisać."


class ResultsFormView(ProjectFormView):
    """A form about the results of a project, for its authors and the manager, until it is settled."""

    permission = PROJECT_WRITE
    template_name = "projects/results/form_page.html"

    def setup_object(self, pk, **kwargs):
        super().setup_object(pk)
        if not may_write(self.edition, self.request.user):
            raise PermissionDenied(NOT_AUTHOR)

    def get_refusal(self):
        return "" if self.edition.state in COUNTED_STATES else NOT_COUNTED

    def get_cancel_url(self):
        return self.project_url(INDICATORS)

    def get_success_url(self):
        return self.get_cancel_url()


class ResultsView(ResultsFormView):
    """Readings of one day of all goals that are typed, and sums spent of the positions without invoices."""

    form_class = forms.ResultsForm
    page_title = "Wyniki i wydatki"

    def get_refusal(self):
        if refusal := super().get_refusal():
            return refusal
        is_typed = any(not each.is_computed for each in self.indicators)
        has_sums = any(line.invoiced is None for line in self.document["budget"])
        return "" if is_typed or has_sums else NOTHING_TYPED

    @cached_property
    def document(self):
        return load_document(self.edition)

    @cached_property
    def indicators(self):
        return load_indicators(self.edition, self.document["goals"], until=self.request.today)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"document": self.document, "indicators": self.indicators}

    def get_initial(self):
        given = {"day": self.request.today}
        for each in self.indicators:
            given[f"source_{each.goal.pk}"] = each.source or each.goal.source
        return given | {f"spent_{row.pk}": row.typed_spent for row in self.document["budget"]}

    def get_confirmations(self, form):
        spent = form.values_of("spent_")
        return [
            f"{line.name}: wydano {number(value, 2)} zł, więcej niż plan {number(line.planned, 2)} zł."
            for line in self.document["budget"]
            if (value := spent.get(line.pk)) is not None and value > line.planned
        ]

    def perform(self, form):
        return actions.record_results(
            edition=self.edition,
            readings=form.readings(),
            spent=form.values_of("spent_"),
            version=self.opened_version,
            by=self.request.user,
        )

    def get_success_message(self):
        return f"Zapisano wyniki i wydatki: {self.result}."

    def get_context_data(self, **kwargs):
        computed = [each.goal for each in self.indicators if each.is_computed]
        return super().get_context_data(computed=computed, **kwargs)


class ReadingFormView(ResultsFormView):
    """A form about a saved reading."""

    reading: IndicatorReading

    def setup_object(self, pk, reading, **kwargs):
        super().setup_object(pk)
        rows = IndicatorReading.objects.select_related("goal").filter(goal__edition=self.edition)
        row = rows.filter(pk=reading).first()
        if row is None:
            raise Http404
        self.reading = row

    def get_instance(self):
        return self.reading

    def get_cancel_url(self):
        return f"{self.project_url(INDICATORS)}#cel-{self.reading.goal_id}"

    def get_context_data(self, **kwargs):
        row = self.reading
        return super().get_context_data(
            reading=row, value=in_unit(row.value, row.goal.unit), goal=row.goal, **kwargs
        )


class ReadingCorrectView(ReadingFormView):
    """Correct a reading, with the reason."""

    form_class = forms.ReadingForm
    template_name = "projects/results/reading_correct.html"

    @property
    def page_title(self):
        return f"Popraw pomiar z {short_date(self.reading.day)}"

    def get_initial(self):
        return self.reading.entered_values()

    def perform(self, form):
        return actions.correct_reading(
            reading=self.reading,
            data=form.instance,
            why=form.cleaned_data["why"],
            version=self.opened_version,
            by=self.request.user,
        )

    def get_success_message(self):
        return f"Poprawiono pomiar celu {self.reading.goal.position}."


class ReadingRemoveView(ReadingFormView):
    """Remove a reading entered by mistake."""

    form_class = forms.ReadingRemovalForm
    template_name = "projects/results/reading_remove.html"
    keeps_drafts = False

    @property
    def page_title(self):
        return f"Usuń pomiar z {short_date(self.reading.day)}"

    def perform(self, form):
        return actions.remove_reading(
            reading=self.reading,
            why=form.cleaned_data["why"],
            version=self.opened_version,
            by=self.request.user,
        )

    def get_success_message(self):
        return f"Usunięto pomiar celu {self.reading.goal.position}."


class GoalNumberView(ResultsFormView):
    """Choose what computes a goal, with the reason."""

    form_class = forms.GoalNumberForm
    template_name = "projects/results/goal_number.html"
    goal: SpecificGoal

    def setup_object(self, pk, goal, **kwargs):
        super().setup_object(pk)
        row = SpecificGoal.objects.filter(edition=self.edition, pk=goal).first()
        if row is None:
            raise Http404
        self.goal = row

    @property
    def page_title(self):
        return f"Skąd wartość celu {self.goal.position}"

    def get_instance(self):
        return self.goal

    def get_cancel_url(self):
        return f"{self.project_url(INDICATORS)}#cel-{self.goal.pk}"

    @cached_property
    def numbers(self) -> list[ComputedNumber]:
        return numbers_of(self.edition)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"goal": self.goal, "numbers": self.numbers}

    def get_initial(self):
        return {"computed_by": self.goal.computed_by}

    def get_confirmations(self, form):
        key = form.cleaned_data["computed_by"]
        number = next((each for each in self.numbers if each.key == key), None)
        question = unit_question(self.goal, number.unit) if number else ""
        return [question] if question else []

    def perform(self, form):
        return actions.choose_number(
            goal=self.goal,
            computed_by=form.cleaned_data["computed_by"],
            why=form.cleaned_data["why"],
            version=self.opened_version,
            by=self.request.user,
        )

    def get_success_message(self):
        by_key = {each.key: each.label for each in self.numbers}
        chosen = by_key.get(self.result.computed_by)
        text = f"liczy program: {chosen}" if chosen else "jest wpisywana"
        return f"Cel {self.result.position}: wartość {text}."

    def get_context_data(self, **kwargs):
        has_readings = self.goal.readings.exists()
        return super().get_context_data(goal=self.goal, has_readings=has_readings, **kwargs)
