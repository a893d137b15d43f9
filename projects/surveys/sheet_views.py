"""Form pages of sheets: those of one moment in a grid, one sheet with all its answers, its removal."""

from functools import cached_property

from django.http import Http404

from lubsko_ops.core.parsing import parse_int
from lubsko_ops.core.polish import count_of
from lubsko_ops.submissions.keys import REFRESH
from projects.choices import AnswerKind, SurveyMoment
from projects.models import SurveySheet
from projects.surveys import actions, forms, grid_forms, queries, rules
from projects.surveys.form_views import SurveyFormView
from projects.surveys.history import history_of
from projects.surveys.views import MOMENTS_BY_SLUG, SLUGS, page_url, scale_words

BLANK_ROWS, MORE_ROWS = 5, 5
MORE = "more"  # value of the button that adds rows to the grid
SHEETS = "kartkę,kartki,kartek"
LAST_PAGE = rules.MAX_SHEETS // rules.ROWS_OF_A_PAGE + 1


# ---- sheets in a grid --------------------------------------------------------------------------------
class SheetsView(SurveyFormView):
    """The sheets of one moment: stored ones to correct, empty rows for new ones; one save."""

    form_class = grid_forms.SheetsForm
    template_name = "surveys/sheets.html"
    moment: SurveyMoment
    page: int

    def setup_object(self, pk, survey, moment, page, **kwargs):
        super().setup_object(pk, survey=survey)
        self.moment, self.page = MOMENTS_BY_SLUG.get(moment), page
        if self.moment not in self.survey.moments or not 1 <= page <= LAST_PAGE:
            raise Http404

    @property
    def page_title(self):
        return {
            SurveyMoment.BEFORE: "Kartki przed",
            SurveyMoment.AFTER: "Kartki po",
            SurveyMoment.ONLY: "Kartki",
        }[self.moment]

    def get_refusal(self):
        return rules.typing_refusal(self.survey)

    @cached_property
    def questions(self):
        return list(self.survey.questions.all())

    @cached_property
    def index(self) -> queries.SheetIndex:
        """All sheets of the survey, without their answers."""
        return queries.index_sheets(self.survey)

    @cached_property
    def row(self) -> queries.SurveyRow:
        return queries.row_from(self.survey, self.index)

    @cached_property
    def grid(self) -> grid_forms.Grid:
        stored = queries.sheets_of(self.survey, self.moment, self.index)
        pairs = self.survey.with_codes and self.moment == SurveyMoment.AFTER
        offered = queries.codes_without(self.index) if pairs else []
        closed = [each for each in self.questions if not each.is_open]
        return grid_forms.Grid(self.survey, self.moment, closed, stored, offered)

    @property
    def stored_here(self) -> list[rules.SheetData]:
        """The stored sheets of this page."""
        first = (self.page - 1) * rules.ROWS_OF_A_PAGE
        return self.grid.stored[first : first + rules.ROWS_OF_A_PAGE]

    def blank_rows(self) -> list[dict]:
        """Rows for new sheets: as many as are expected, with codes that are known."""
        stored, here = len(self.grid.stored), self.stored_here
        if self.page < stored // rules.ROWS_OF_A_PAGE + 1:
            return []
        expected = next(each for each in self.row.counts if each.moment == self.moment).expected
        wanted = max(expected - stored, len(self.grid.offered), BLANK_ROWS)
        free = rules.ROWS_OF_A_PAGE - len(here)
        codes = [{"code": code} for code in self.grid.offered[:free]]
        return codes + [{} for _ in range(min(wanted, free) - len(codes))]

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs() | {
            "edition": self.edition,
            "today": self.request.today,
            "formset_kwargs": {"sheets": {"grid": self.grid}},
        }
        if "data" not in kwargs and not self.current_draft:
            rows = [grid_forms.initial_row(each, self.grid.questions) for each in self.stored_here]
            kwargs["formset_initial"] = {"sheets": rows + self.blank_rows()}
        return kwargs

    def get_initial(self):
        last = max((each.filled_on for each in self.grid.stored), default=None)
        return {"filled_on": last}

    def form_of(self, content):
        """The button "Dodaj następne 5 kartek" adds empty rows to what was typed."""
        if self.request.POST.get(REFRESH) == MORE:
            total = parse_int(content.get("sheets-TOTAL_FORMS", ["0"])[0]) or 0
            content = content | {
                "sheets-TOTAL_FORMS": [str(min(max(total, 0) + MORE_ROWS, rules.ROWS_OF_A_PAGE))]
            }
        return super().form_of(content)

    def get_confirmations(self, form):
        return form.formsets["sheets"].alike()

    def perform(self, form):
        return actions.save_sheets(
            survey=self.survey,
            moment=self.moment,
            sheets=form.sheets(),
            version=self.opened_version,
            by=self.request.user,
        )

    def get_success_url(self):
        return page_url(self.survey, self.moment, self.page)

    def get_success_message(self):
        saved = self.result
        parts = []
        if saved.numbers:
            first, last = saved.numbers[0], saved.numbers[-1]
            numbers = f"nr {first}–{last}" if first < last else f"nr {first}"
            parts.append(
                f"Zapisano {count_of(len(saved.numbers), SHEETS)}: {numbers}. Napisz numery na kartkach, po kolei."
            )
        if saved.changed:
            parts.append(f"Poprawiono {count_of(saved.changed, SHEETS)}.")
        return " ".join(parts) or "Nic się nie zmieniło."

    def get_context_data(self, **kwargs):
        stored, rows = len(self.grid.stored), len(kwargs["form"].formsets["sheets"].forms)
        pages = range(1, stored // rules.ROWS_OF_A_PAGE + 2)
        return super().get_context_data(
            row=self.row,
            views=self.survey_tabs(SLUGS[self.moment]),
            questions=self.grid.questions,
            columns=2 + self.survey.with_codes + len(self.grid.questions),
            open_questions=[each for each in self.questions if each.is_open],
            scale_words=scale_words(self.survey),
            has_scale=any(each.kind == AnswerKind.SCALE for each in self.grid.questions),
            has_yes_no=any(each.kind == AnswerKind.YES_NO for each in self.grid.questions),
            pages=[
                {
                    "label": f"Kartki od {(each - 1) * rules.ROWS_OF_A_PAGE + 1}",
                    "url": page_url(self.survey, self.moment, each),
                    "current": each == self.page,
                }
                for each in pages
            ]
            if len(pages) > 1
            else [],
            has_space=rows < rules.ROWS_OF_A_PAGE,
            more=MORE,
            more_rows=MORE_ROWS,
            slug=SLUGS[self.moment],
            **kwargs,
        )


# ---- one sheet ---------------------------------------------------------------------------------------
class SheetFormView(SurveyFormView):
    """A form about one sheet (``self.sheet``) of the survey."""

    sheet: SurveySheet

    def setup_object(self, pk, survey, sheet, **kwargs):
        super().setup_object(pk, survey=survey)
        row = SurveySheet.objects.filter(survey=self.survey, pk=sheet).first()
        if row is None:
            raise Http404
        self.sheet, row.survey = row, self.survey

    @property
    def page_title(self):
        return f"Kartka nr {self.sheet.number} {rules.MOMENT_NAMES[SurveyMoment(self.sheet.moment)]}".strip()

    def get_instance(self):
        return self.sheet

    def get_refusal(self):
        return rules.typing_refusal(self.survey)

    def get_success_url(self):
        """The page of the grid on which the sheet stands, or the one after it where sheets before it were removed."""
        page = (self.sheet.number - 1) // rules.ROWS_OF_A_PAGE + 1
        return page_url(self.survey, self.sheet.moment, min(page, LAST_PAGE))

    def get_cancel_url(self):
        return self.get_success_url()


class SheetUpdateView(SheetFormView):
    """All answers on one sheet, also those in words; what became of it below."""

    form_class = forms.SheetForm
    template_name = "surveys/sheet.html"

    @cached_property
    def questions(self):
        return list(self.survey.questions.all())

    @cached_property
    def stored(self) -> dict[int, int | str]:
        rows = self.sheet.answers.values_list("question", "value", "text")
        return {question: text if value is None else value for question, value, text in rows}

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"survey": self.survey, "questions": self.questions}

    def get_initial(self):
        answers = {f"q{each.pk}": self.stored.get(each.pk) for each in self.questions}
        return answers | {"code": self.sheet.code, "filled_on": self.sheet.filled_on}

    def perform(self, form):
        return actions.update_sheet(
            sheet=self.sheet, data=form.sheet(), version=self.opened_version, by=self.request.user
        )

    def get_success_message(self):
        return f"Zapisano kartkę nr {self.result.number}."

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            sheet=self.sheet,
            history=history_of(self.sheet, self.questions),
            scale_words=scale_words(self.survey),
            **kwargs,
        )


class SheetRemoveView(SheetFormView):
    """Remove a sheet typed by mistake."""

    form_class = forms.SurveyReasonForm
    keeps_drafts = False
    lede = "Kartka zniknie ze wszystkimi odpowiedziami."

    @property
    def page_title(self):
        return f"Usuń kartkę nr {self.sheet.number}"

    def perform(self, form):
        actions.remove_sheet(
            sheet=self.sheet, why=form.cleaned_data["why"], version=self.opened_version, by=self.request.user
        )

    def get_success_message(self):
        return f"Usunięto kartkę nr {self.sheet.number}."
