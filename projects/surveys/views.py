"""Pages of surveys: those of a project, the results of one, the blank sheet."""

from dataclasses import dataclass

from django.http import Http404
from django.utils.functional import cached_property
from django.utils.safestring import SafeString

from lubsko_ops.audit.base_views import PageView
from lubsko_ops.core.links import reverse
from lubsko_ops.core.polish import count_of, number
from lubsko_ops.output.documents import pdf_response
from lubsko_ops.output.scale_chart import ratings, scale_axis, scale_change
from projects.choices import AnswerKind, SurveyKind, SurveyMoment
from projects.models import Survey
from projects.surveys import queries, rules
from projects.surveys.paper import sheet_html
from projects.surveys.permissions import runs_surveys, shows_results
from projects.surveys.results import FEWEST, QuestionResult, SurveyResult, results_of
from projects.views import ProjectMixin

SURVEYS_TAB = "projects:surveys"
SLUGS = {SurveyMoment.BEFORE: "przed", SurveyMoment.AFTER: "po", SurveyMoment.ONLY: "kartki"}
MOMENTS_BY_SLUG = {slug: moment for moment, slug in SLUGS.items()}
KIND_SLUGS = {SurveyKind.BEFORE_AFTER: "przed-po", SurveyKind.SATISFACTION: "zadowolenie"}
KINDS_BY_SLUG = {slug: kind for kind, slug in KIND_SLUGS.items()}
PAIRS = "para odpowiedzi,pary odpowiedzi,par odpowiedzi"
ANSWERS = "odpowiedź,odpowiedzi,odpowiedzi"
SCALE_LABELS = ("1", "2", "3", "4", "5")


# ---- the surveys of a project ------------------------------------------------------------------------
class SurveysMixin(ProjectMixin):
    """A view about surveys of ``self.edition``."""

    current_tab = SURVEYS_TAB
    leads: bool | None = None  # whether the user leads a group of the project, where that was read

    @cached_property
    def runs(self) -> bool:
        """Whether the user asks the questions and types the sheets."""
        return runs_surveys(self.edition, self.request.user, on=self.request.today, leads=self.leads)


class SurveyListView(SurveysMixin, PageView):
    """Ankiety of a project: how many sheets are typed, what can be done next."""

    template_name = "surveys/list.html"

    def get_context_data(self, **kwargs):
        edition, runs = self.edition, self.runs
        rows = queries.rows_of(edition)
        kinds = {row.survey.kind for row in rows}
        for row in rows:
            row.survey.edition = edition
        return super().get_context_data(
            rows=[self.describe(row, runs=runs) for row in rows],
            runs=runs,
            offered=[
                {
                    "label": "Nowa ankieta przed i po"
                    if kind == SurveyKind.BEFORE_AFTER
                    else "Nowa ankieta zadowolenia",
                    "url": reverse("projects:survey-new", args=[edition.pk, slug]),
                }
                for kind, slug in KIND_SLUGS.items()
                if runs and kind not in kinds and not rules.change_refusal(edition)
            ],
            refusal=rules.change_refusal(edition) if runs else "",
            **kwargs,
        )

    def describe(self, row: queries.SurveyRow, *, runs: bool) -> dict:
        """A survey of the list with its links."""
        survey = row.survey
        types = runs and not rules.typing_refusal(survey)
        return {
            "survey": survey,
            "row": row,
            "typing": [
                {
                    "label": f"Wpisz kartki {rules.MOMENT_NAMES[each.moment]}".strip(),
                    "url": grid_url(survey, each.moment, each.number),
                }
                for each in row.counts
                if types
            ],
            "shows_results": runs or shows_results(survey),
            "state": "wpisywanie zakończone"
            if survey.closed_on
            else "wpisywanie trwa"
            if row.total
            else "bez kartek",
            "refusal": rules.typing_refusal(survey) if runs else "",
            "may_close": types and row.total > 0,
            "may_reopen": runs and bool(survey.closed_on) and not rules.change_refusal(self.edition),
            "may_change": runs and not rules.change_refusal(self.edition),
            "may_remove": runs and not row.total and not rules.change_refusal(self.edition),
        }


def grid_url(survey: Survey, moment: str, sheets: int) -> str:
    """The page of the grid on which new sheets are typed, after so many stored ones."""
    return page_url(survey, moment, sheets // rules.ROWS_OF_A_PAGE + 1)


def page_url(survey: Survey, moment: str, page: int) -> str:
    args = [survey.edition_id, survey.pk, SLUGS[SurveyMoment(moment)], page]
    return reverse("projects:survey-sheets", args=args)


# ---- one survey --------------------------------------------------------------------------------------
class SurveyMixin(SurveysMixin):
    """A view about one survey (``self.survey``, from the URL) of ``self.edition``. 404 for one of another project."""

    survey: Survey

    def setup_object(self, pk, survey, **kwargs) -> None:
        row = queries.get_survey(survey, pk, user=self.request.user, on=self.request.today)
        if row is None:
            raise Http404
        self.survey, self.edition, self.leads = row, row.edition, row.is_led

    @cached_property
    def row(self) -> queries.SurveyRow:
        """The survey with the counts of its sheets."""
        return queries.rows_of(self.edition, [self.survey])[0]

    def survey_tabs(self, current: str) -> list[dict]:
        """The parts of a survey: its sheets, for those who type them, and the results."""
        tabs = [
            {
                "label": each.tab,
                "url": grid_url(self.survey, each.moment, each.number),
                "count": each.number,
                "current": SLUGS[each.moment] == current,
            }
            for each in self.row.counts
            if self.runs
        ]
        results = reverse("projects:survey-results", args=[self.edition.pk, self.survey.pk])
        return [*tabs, {"label": "Wynik", "url": results, "current": current == "wynik"}]

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs | {"survey": self.survey})  # in kwargs: the id of the URL


# ---- results -----------------------------------------------------------------------------------------
@dataclass(frozen=True)
class ResultRow:
    """A question as the page of the results shows it; texts, and charts that are empty where there is too little."""

    result: QuestionResult
    survey: Survey

    @property
    def question(self):
        return self.result.question

    @property
    def words(self) -> str:
        """What the ends of its scale mean, where they are its own."""
        question = self.question
        if question.kind != AnswerKind.SCALE or not (question.lowest or question.highest):
            return ""
        return ", ".join(
            f"{digit} {word}" for digit, word in ((1, question.lowest), (5, question.highest)) if word
        )

    @property
    def means(self) -> list[str]:
        """The mean at each moment of the survey; "–" where it is not shown."""
        return [self._mean(moment) for moment in self.survey.moments]

    def _mean(self, moment: SurveyMoment) -> str:
        spread = self.result.spreads.get(moment)
        if spread is None:
            return "–"
        return f"{spread.percent}%" if self.result.is_yes_no else number(spread.mean, 1)

    @property
    def change(self) -> dict[str, str] | None:
        """The change with its arrow; None where there is none to show."""
        change = self.result.change
        if change is None:
            return None
        size = number(abs(change)) + " p.p." if self.result.is_yes_no else number(abs(change), 1)
        if change == 0:
            return {"text": "bez zmiany", "icon": "", "label": ""}
        return {
            "text": size,
            "icon": "arrow-up" if change > 0 else "arrow-down",
            "label": "więcej o" if change > 0 else "mniej o",
        }

    @property
    def line(self) -> SafeString | str:
        result = self.result
        if result.is_yes_no or result.before is None or result.after is None:
            return ""
        return scale_change(result.before.mean, result.after.mean)

    @property
    def spread(self) -> SafeString | str:
        """How often each answer was given; before and after beside one another where both are shown."""
        labels = ("nie", "tak") if self.result.is_yes_no else SCALE_LABELS
        moments = [each for each in self.survey.moments if each in self.result.spreads]
        counts = [self.result.spreads[each].counts for each in moments]
        if len(counts) == 2:
            return ratings("Odpowiedzi przed i po", labels, counts[1], counts[0])
        names = {SurveyMoment.BEFORE: "Odpowiedzi przed", SurveyMoment.AFTER: "Odpowiedzi po"}
        return ratings(names.get(moments[0], "Odpowiedzi"), labels, counts[0]) if counts else ""

    @property
    def answered(self) -> str:
        """ "13", "14 i 12": pairs, or answers at each moment."""
        numbers = [self.result.answered[each] for each in self.survey.moments]
        return str(numbers[0]) if self.survey.with_codes else " i ".join(map(str, numbers))

    @property
    def too_few(self) -> str:
        """Why nothing is shown; empty when something is."""
        if self.result.spreads:
            return ""
        return f"za mało odpowiedzi, pokażemy od {FEWEST}"

    @property
    def texts(self) -> list[tuple[str, list[str]]]:
        """Open answers by moment."""
        return [(queries.LABELS[moment], texts) for moment, texts in self.result.words.items()]


def summary_of(result: SurveyResult) -> str:
    """What the numbers are about: pairs, or two means of an anonymous survey."""
    if result.pairs is None:
        if len(result.sheets) == 1:
            return (
                f"{count_of(sum(result.sheets.values()), queries.SHEETS).capitalize()}, bez podpisów i kodów."
            )
        return "Ankieta jest anonimowa: porównujemy dwie średnie, a kartki przed i po nie muszą być tych samych osób."
    parts = [f"{count_of(result.pairs, PAIRS)}: te same osoby przed i po, połączone kodem z kartki."]
    alone = {moment: result.unpaired(moment) for moment in result.sheets}
    if listed := [
        f"{count_of(each, queries.SHEETS)} {rules.MOMENT_NAMES[moment]}"
        for moment, each in alone.items()
        if each
    ]:
        parts.append(f"Bez pary: {' i '.join(listed)}; wynik ich nie liczy.")
    return " ".join(parts)


def too_few_of(result: SurveyResult) -> tuple[str, str]:
    """Why there is no result yet: a heading and a sentence."""
    if result.pairs is not None:
        heading = f"Wynik pokażemy od {FEWEST} pełnych par odpowiedzi, {are_there(result.pairs)}"
    else:
        most = max(result.sheets.values())
        heading = f"Wynik pokażemy od {FEWEST} kartek, {are_there(most)}"
    return heading, "Przy mniejszej liczbie łatwo zgadnąć, kto co napisał."


def are_there(amount: int) -> str:
    """ "są 4", "jest 1", "nie ma żadnej"."""
    return "nie ma jeszcze żadnej" if not amount else "jest 1" if amount == 1 else f"są {amount}"


class SurveyResultsView(SurveyMixin, PageView):
    """Wynik: means before and after, the change, how the answers spread, what was written in words."""

    template_name = "surveys/results.html"

    def get_context_data(self, **kwargs):
        is_open = self.runs or shows_results(self.survey)
        context = self.result_context() if is_open else {}
        return super().get_context_data(
            row=self.row,
            is_open=is_open,
            views=self.survey_tabs("wynik"),
            may_close=self.runs and not rules.typing_refusal(self.survey) and self.row.total > 0,
            runs=self.runs,
            **context,
            **kwargs,
        )

    def result_context(self) -> dict:
        result = results_of(self.survey)
        rows = [ResultRow(each, self.survey) for each in result.questions]
        heading, sentence = too_few_of(result)
        return {
            "result": result,
            "summary": summary_of(result),
            "scale_rows": [row for row in rows if row.question.kind == AnswerKind.SCALE],
            "yes_no_rows": [row for row in rows if row.question.kind == AnswerKind.YES_NO],
            "open_rows": [row for row in rows if row.question.is_open],
            "axis": scale_axis(),
            "scale_words": scale_words(self.survey),
            "compares": len(self.survey.moments) == 2,
            "too_few": heading,
            "too_few_why": sentence,
            "fewest": FEWEST,
        }


def scale_words(survey: Survey) -> str:
    """ "1 zdecydowanie nie, 2 raczej nie": the words of the scale that are there."""
    return ", ".join(f"{digit} {word}" for digit, word in enumerate(survey.words, start=1) if word)


# ---- on paper ----------------------------------------------------------------------------------------
class BlankSheetView(SurveyMixin, PageView):
    """Ankieta do druku: the blank sheet; ``?kiedy=po`` has the moment ticked."""

    makes_document = True

    def get(self, request, *args, **kwargs):
        moment = MOMENTS_BY_SLUG.get(request.GET.get("kiedy", ""))
        html = sheet_html(self.survey, moment=moment if moment in self.survey.moments else None)
        return pdf_response(html, f"ankieta-{self.survey.pk}.pdf")
