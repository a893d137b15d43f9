"""Queries of surveys: those of an edition with their counts, the sheets of one moment as they were typed."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, Max, OuterRef

from lubsko_ops.accounts.models import User
from lubsko_ops.core.polish import count_of, short_date
from projects.choices import ParticipationStatus, SurveyMoment
from projects.models import Edition, GroupLeader, Survey, SurveyAnswer, SurveySheet
from projects.surveys.rules import SheetData

SHEETS = "kartka,kartki,kartek"
TOOK_PART = (
    ParticipationStatus.TAKING_PART,
    ParticipationStatus.FINISHED,
    ParticipationStatus.BROKEN_OFF,
)


@dataclass(frozen=True)
class MomentCount:
    """Sheets typed of one moment: how many, of how many expected, the last day they were filled in."""

    moment: SurveyMoment
    number: int
    last_day: date | None
    expected: int

    @property
    def label(self) -> str:
        """ "Przed", "Po", "Kartki"."""
        return LABELS[self.moment]

    @property
    def text(self) -> str:
        """ "14 z 14 wpisanych", "5 kartek": no more are expected than took part."""
        if self.expected >= self.number and self.expected:
            return f"{self.number} z {self.expected} wpisanych"
        return count_of(self.number, SHEETS)

    @property
    def tab(self) -> str:
        """ "Przed, 04.11.2026"."""
        return f"{self.label}, {short_date(self.last_day)}" if self.last_day else self.label


LABELS = {SurveyMoment.BEFORE: "Przed", SurveyMoment.AFTER: "Po", SurveyMoment.ONLY: "Kartki"}
MORE_AFTER = (
    "Kartek po ({after}) jest więcej niż przed ({before}). Sprawdź, czy żadna nie jest wpisana dwa razy. Kto nie "
    "wypełniał kartki na początku, może wypełnić ją na końcu."
)


@dataclass(frozen=True)
class SurveyRow:
    """A survey with the counts of its sheets and questions."""

    survey: Survey
    counts: list[MomentCount]
    questions: int

    @property
    def total(self) -> int:
        return sum(each.number for each in self.counts)

    @property
    def summary(self) -> str:
        """ "Przed: 14 z 14 wpisanych. Po: 5 z 14 wpisanych."."""
        return " ".join(f"{each.label}: {each.text}." for each in self.counts)

    @property
    def warning(self) -> str:
        """What is unusual about the counts; empty when nothing is."""
        if len(self.counts) < 2:
            return ""
        before, after = (each.number for each in self.counts)
        return MORE_AFTER.format(before=before, after=after) if after > before else ""


def rows_of(edition: Edition, surveys: list[Survey] | None = None) -> list[SurveyRow]:
    """The surveys of the edition, that before and after first. Three statements, with ``surveys`` given two."""
    if surveys is None:
        surveys = list(edition.surveys.annotate(number=Count("questions")).order_by("kind"))
    if not surveys:
        return []
    counted = {
        (row["survey"], row["moment"]): row
        for row in SurveySheet.objects.filter(survey__in=surveys)
        .values("survey", "moment")
        .annotate(number=Count("pk"), last_day=Max("filled_on"))
    }
    expected = count_expected(edition)
    rows = []
    for survey in surveys:
        counts = []
        for moment in survey.moments:
            row = counted.get((survey.pk, moment), {})
            counts.append(MomentCount(moment, row.get("number", 0), row.get("last_day"), expected))
        rows.append(SurveyRow(survey, counts, getattr(survey, "number", 0)))
    return rows


def get_survey(pk: int, edition: int, *, user: User, on: date) -> Survey | None:
    """The survey of the edition, with what its pages need of the project; ``is_led``: the user leads a group of it."""
    related = ("edition__line", "edition__approved_by", "edition__copied_from")
    leading = GroupLeader.objects.active_on(on).filter(user=user, group__edition=OuterRef("edition"))
    surveys = Survey.objects.select_related(*related).annotate(is_led=Exists(leading))
    return surveys.filter(pk=pk, edition=edition).first()


SheetIndex = dict[SurveyMoment, list[SheetData]]


def index_sheets(survey: Survey) -> SheetIndex:
    """The stored sheets by moment and number, without their answers. One statement."""
    index: SheetIndex = {moment: [] for moment in survey.moments}
    rows = SurveySheet.objects.filter(survey=survey).order_by("number")
    for pk, moment, number, code, day in rows.values_list("pk", "moment", "number", "code", "filled_on"):
        sheet = SheetData(code=code, filled_on=day, sheet=pk, number=number)
        index[SurveyMoment(moment)].append(sheet)
    return index


def row_from(survey: Survey, index: SheetIndex) -> SurveyRow:
    """The survey with the counts of these sheets. One statement."""
    expected = count_expected(survey.edition)
    counts = [
        MomentCount(moment, len(sheets), max((each.filled_on for each in sheets), default=None), expected)
        for moment, sheets in index.items()
    ]
    return SurveyRow(survey, counts, 0)


def count_expected(edition: Edition) -> int:
    """How many are expected to fill a sheet in: participations that have begun."""
    return edition.participations.filter(status__in=TOOK_PART).count()


def sheets_of(survey: Survey, moment: str, index: SheetIndex | None = None) -> list[SheetData]:
    """The stored sheets of one moment with all their answers, by number. Two statements, one with ``index``."""
    sheets = (index or index_sheets(survey))[SurveyMoment(moment)]
    by_id = {each.sheet: each for each in sheets}
    answers = SurveyAnswer.objects.filter(sheet__survey=survey, sheet__moment=moment)
    for sheet, question, value, text in answers.values_list("sheet", "question", "value", "text"):
        by_id[sheet].answers[question] = text if value is None else value
    return sheets


def codes_without(index: SheetIndex) -> list[str]:
    """Codes of sheets before that have none among those after, in their order."""
    typed = {each.code for each in index[SurveyMoment.AFTER]}
    return [each.code for each in index[SurveyMoment.BEFORE] if each.code not in typed]
