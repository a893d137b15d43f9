"""Form pages of surveys: the questions, sheets in a grid, one sheet, the end of typing, removals."""

from functools import cached_property

from django.core.exceptions import PermissionDenied
from django.http import Http404

from lubsko_ops.core.links import reverse
from lubsko_ops.core.polish import count_of
from projects.choices import AnswerKind, SurveyKind
from projects.dependents import survey_hold
from projects.form_views import ProjectFormView
from projects.permissions import PROJECT_WRITE
from projects.surveys import actions, forms, rules
from projects.surveys.permissions import NOT_RUNNING
from projects.surveys.views import (
    KINDS_BY_SLUG,
    SURVEYS_TAB,
    SurveyMixin,
    SurveysMixin,
)


class SurveyFormPage(ProjectFormView, SurveysMixin):
    """A form about the surveys of a project, for those who run them, until the project is settled."""

    permission = PROJECT_WRITE
    access_area = None
    current_tab = SURVEYS_TAB
    template_name = "surveys/form_page.html"
    lede = ""

    def setup_object(self, pk, **kwargs):
        super().setup_object(pk, **kwargs)
        if not self.runs:
            raise PermissionDenied(NOT_RUNNING)

    def get_refusal(self):
        return rules.change_refusal(self.edition)

    def get_cancel_url(self):
        return self.project_url(SURVEYS_TAB)

    def get_context_data(self, **kwargs):
        return super().get_context_data(lede=self.lede, **kwargs)


class SurveyFormView(SurveyFormPage, SurveyMixin):
    """A form about one survey."""

    def get_instance(self):
        return self.survey

    @property
    def draft_title(self):
        return f"{self.survey}: {self.page_title}"


# ---- questions ---------------------------------------------------------------------------------------
class QuestionsMixin:
    """The form with the questions of a survey."""

    form_class = forms.SurveyForm
    template_name = "surveys/questions.html"


class SurveyCreateView(QuestionsMixin, SurveyFormPage):
    """A new survey; it begins with questions that are usual."""

    lede = "Pytania na początek są przykładem: popraw je, usuń albo dodaj własne."

    def setup_object(self, pk, kind, **kwargs):
        if kind not in KINDS_BY_SLUG:
            raise Http404
        self.kind = KINDS_BY_SLUG[kind]
        super().setup_object(pk)

    @property
    def page_title(self):
        return (
            "Nowa ankieta przed i po" if self.kind == SurveyKind.BEFORE_AFTER else "Nowa ankieta zadowolenia"
        )

    def get_instance(self):
        return None

    def get_refusal(self):
        if refusal := super().get_refusal():
            return refusal
        taken = self.edition.surveys.filter(kind=self.kind).exists()
        return "Ten projekt ma już ankietę tego rodzaju." if taken else ""

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs() | {"kind": self.kind, "asks_why": False}
        if "data" not in kwargs and not self.current_draft:
            scale = [{"text": text, "kind": AnswerKind.SCALE} for text in rules.EXAMPLES[self.kind]]
            other = [{"text": text, "kind": kind} for text, kind in rules.EXAMPLES_OTHER.get(self.kind, ())]
            kwargs["formset_initial"] = {"questions": scale + other}
        return kwargs

    def get_initial(self):
        words = {f"word_{digit}": word for digit, word in enumerate(rules.DEFAULT_WORDS, start=1)}
        introduction = rules.INTRODUCTIONS[self.kind]
        return words | {"title": rules.DEFAULT_TITLES[self.kind], "introduction": introduction}

    def perform(self, form):
        return actions.create_survey(
            edition=self.edition,
            data=form.instance,
            questions=form.formsets["questions"].questions(),
            by=self.request.user,
        )

    def get_success_message(self):
        return f"Założono: {self.result}. Wydrukuj kartki, a po zebraniu wpisz odpowiedzi."


class SurveyUpdateView(QuestionsMixin, SurveyFormView):
    """The survey with its questions; a question with answers stays and keeps its kind."""

    page_title = "Pytania ankiety"

    @cached_property
    def questions(self):
        return list(self.survey.questions.all())

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs() | {
            "kind": self.survey.kind,
            "asks_why": self.survey.sheets.exists(),
        }
        if "data" not in kwargs and not self.current_draft:
            rows = [forms.initial_question(each) for each in self.questions]
            kwargs["formset_initial"] = {"questions": rows}
        return kwargs

    def get_initial(self):
        return self.survey.entered_values()

    def perform(self, form):
        return actions.update_survey(
            survey=self.survey,
            data=form.instance,
            questions=form.formsets["questions"].questions(),
            why=form.cleaned_data.get("why", ""),
            version=self.opened_version,
            by=self.request.user,
        )

    def get_success_message(self):
        return f"Zapisano: {self.result}, {count_of(self.result.questions.count(), 'pytanie,pytania,pytań')}."


class SurveyRemoveView(SurveyFormView):
    """Remove a survey without sheets."""

    form_class = forms.SurveyReasonForm
    page_title = "Usuń ankietę"
    lede = "Znikną też jej pytania. Ankiety, do której wpisano kartki, nie można usunąć."
    keeps_drafts = False

    def get_refusal(self):
        return super().get_refusal() or actions.removal_refusal(self.survey)

    def perform(self, form):
        actions.remove_survey(
            survey=self.survey,
            why=form.cleaned_data["why"],
            version=self.opened_version,
            by=self.request.user,
        )

    def get_success_message(self):
        return f"Usunięto: {self.survey}."


# ---- the end of typing -------------------------------------------------------------------------------
class SurveyCloseView(SurveyFormView):
    """The typing has ended."""

    form_class = forms.SurveyCloseForm
    template_name = "surveys/close.html"
    page_title = "Zakończ wpisywanie kartek"
    keeps_drafts = False

    def get_refusal(self):
        if refusal := super().get_refusal():
            return refusal
        return "Wpisywanie kartek jest już zakończone." if self.survey.closed_on else ""

    def get_context_data(self, **kwargs):
        return super().get_context_data(row=self.row, **kwargs)

    def perform(self, form):
        return actions.close_survey(survey=self.survey, version=self.opened_version, by=self.request.user)

    def get_success_url(self):
        return reverse("projects:survey-results", args=[self.edition.pk, self.survey.pk])

    def get_success_message(self):
        return "Zakończono wpisywanie. Wynik widzą wszyscy, którzy widzą projekt."


class SurveyReopenView(SurveyFormView):
    """Sheets are typed again."""

    form_class = forms.SurveyReopenForm
    page_title = "Wznów wpisywanie kartek"
    lede = (
        "Do ponownego zakończenia wynik zobaczą tylko osoby, które wpisują kartki. Kto widział go wcześniej, z różnicy "
        "mógłby odczytać odpowiedzi na jednej dopisanej kartce, dlatego dopisuj po kilka naraz."
    )

    def get_refusal(self):
        if refusal := super().get_refusal():
            return refusal
        return (
            survey_hold(self.survey) if self.survey.closed_on else "Kartki tej ankiety i tak można wpisywać."
        )

    def perform(self, form):
        return actions.reopen_survey(
            survey=self.survey,
            why=form.cleaned_data["why"],
            version=self.opened_version,
            by=self.request.user,
        )

    def get_success_message(self):
        return "Wznowiono wpisywanie kartek."
