"""Queries of surveys: those of an edition with their counts, the sheets of one moment as they were typed."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max

from lubsko_ops.core.polish import count_of, short_date
from projects.choices import ParticipationStatus, SurveyMoment
from projects.models import Edition, Survey, SurveyAnswer, SurveySheet
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
        """ "14 z 14 wpisanych", "5 kartek": nobody is expected to fill more of them in than took part."""
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
    expected = edition.participations.filter(status__in=TOOK_PART).count()
    rows = []
    for survey in surveys:
        counts = []
        for moment in survey.moments:
            row = counted.get((survey.pk, moment), {})
            counts.append(MomentCount(moment, row.get("number", 0), row.get("last_day"), expected))
        rows.append(SurveyRow(survey, counts, getattr(survey, "number", 0)))
    return rows


def get_survey(pk: int, edition: int) -> Survey | None:
    """The survey of the edition, with what its pages need of the project."""
    related = ("edition__line", "edition__approved_by", "edition__copied_from")
    return Survey.objects.select_related(*related).filter(pk=pk, edition=edition).first()


def sheets_of(survey: Survey, moment: str) -> list[SheetData]:
    """The stored sheets of one moment with all their answers, by number. Two statements."""
    sheets = {
        row.pk: SheetData(code=row.code, filled_on=row.filled_on, sheet=row.pk, number=row.number)
        for row in SurveySheet.objects.filter(survey=survey, moment=moment).order_by("number")
    }
    answers = SurveyAnswer.objects.filter(sheet__survey=survey, sheet__moment=moment)
    for sheet, question, value, text in answers.values_list("sheet", "question", "value", "text"):
        sheets[sheet].answers[question] = text if value is None else value
    return list(sheets.values())


def codes_without(survey: Survey, after: list[SheetData]) -> list[str]:
    """Codes of sheets before that have none among those after, in their order."""
    typed = {each.code for each in after}
    before = SurveySheet.objects.filter(survey=survey, moment=SurveyMoment.BEFORE).order_by("number")
    return [code for code in before.values_list("code", flat=True) if code not in typed]
