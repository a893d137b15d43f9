"""Ankiety: the surveys of an edition, their questions, the sheets typed from paper and the answers on them.

A sheet belongs to nobody: it has at most a code that its author made up, and no row says whose code it is.
"""

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q

from lubsko_ops.audit.models import AuditedModel
from projects.choices import AnswerKind, SurveyKind, SurveyMoment
from projects.models.editions import Edition

HIGHEST = 5  # of the scale, which begins at 1
MAX_CODE = 12
CODE_TAKEN = "W tej ankiecie jest już kartka o tym kodzie."


def scale_word(digit: int) -> models.CharField:
    """What a digit of the scale means."""
    return models.CharField(f"co znaczy {digit}", max_length=40, blank=True)


class Survey(AuditedModel):
    """Ankieta of an edition: the same questions before and after, or one about satisfaction.

    ``with_codes``: sheets carry a code, so that those of one person before and after form a pair. ``closed_on``: the
    day the typing ended; from then on everybody who sees the project sees the results.
    """

    set_by_actions = ("edition", "kind", "closed_on")

    edition = models.ForeignKey(Edition, models.PROTECT, verbose_name="projekt", related_name="surveys")
    kind = models.CharField("rodzaj", max_length=12, choices=SurveyKind.choices)
    title = models.CharField("tytuł", max_length=120)
    introduction = models.TextField("wstęp na kartce", blank=True, max_length=600)
    with_codes = models.BooleanField("z kodem na kartce", default=False)
    word_1, word_2, word_3, word_4, word_5 = (scale_word(digit) for digit in range(1, HIGHEST + 1))
    closed_on = models.DateField("koniec wpisywania", null=True, blank=True)

    class Meta:
        verbose_name = "ankieta"
        verbose_name_plural = "ankiety"
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "kind"],
                name="survey_kind_once",
                violation_error_message="Ten projekt ma już ankietę tego rodzaju.",
            ),
            models.CheckConstraint(
                name="survey_codes_make_pairs",
                condition=Q(with_codes=False) | Q(kind=SurveyKind.BEFORE_AFTER),
                violation_error_message="Kod łączy kartki przed i po. Ankieta zadowolenia jest anonimowa.",
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def moments(self) -> tuple[SurveyMoment, ...]:
        """When its sheets are filled in."""
        return MOMENTS[SurveyKind(self.kind)]

    @property
    def words(self) -> tuple[str, ...]:
        """What the digits mean, from 1 up; some may be empty."""
        return (self.word_1, self.word_2, self.word_3, self.word_4, self.word_5)

    def copy(self, edition: Edition) -> "Survey":
        """A survey of another edition on the pattern of this one, not saved and without sheets."""
        survey = Survey(edition=edition, kind=self.kind)
        survey.copy_entered(self)
        return survey


MOMENTS = {
    SurveyKind.BEFORE_AFTER: (SurveyMoment.BEFORE, SurveyMoment.AFTER),
    SurveyKind.SATISFACTION: (SurveyMoment.ONLY,),
}


class SurveyQuestion(AuditedModel):
    """Pytanie ankiety; ``lowest`` and ``highest``: its own words for 1 and 5, where those of the survey do not fit."""

    set_by_actions = ("survey", "position")

    survey = models.ForeignKey(Survey, models.PROTECT, verbose_name="ankieta", related_name="questions")
    position = models.PositiveSmallIntegerField("numer")
    text = models.CharField("pytanie", max_length=300)
    kind = models.CharField(
        "rodzaj odpowiedzi", max_length=6, choices=AnswerKind.choices, default=AnswerKind.SCALE
    )
    lowest = models.CharField("co znaczy 1", max_length=40, blank=True)
    highest = models.CharField("co znaczy 5", max_length=40, blank=True)

    class Meta:
        verbose_name = "pytanie ankiety"
        verbose_name_plural = "pytania ankiet"
        ordering = ["position", "pk"]
        indexes = [models.Index(fields=["survey", "position"], name="question_by_survey")]
        constraints = [
            models.CheckConstraint(
                name="question_words_of_scale",
                condition=Q(kind=AnswerKind.SCALE) | Q(lowest="", highest=""),
                violation_error_message="Słowa skali ma tylko pytanie ze skalą od 1 do 5.",
            )
        ]

    def __str__(self):
        return f"{self.position}. {self.text}"

    def copy(self, survey: Survey) -> "SurveyQuestion":
        """The same question of another survey, not saved."""
        question = SurveyQuestion(survey=survey, position=self.position)
        question.copy_entered(self)
        return question

    @property
    def is_open(self) -> bool:
        return self.kind == AnswerKind.OPEN

    @property
    def values(self) -> tuple[int, ...]:
        """The answers it may have: from 1 to 5, or 0 (no) and 1 (yes); none for an open question."""
        return VALUES[AnswerKind(self.kind)]

    def words_in(self, survey: Survey) -> tuple[str, ...]:
        """What the digits of its scale mean; a question with own words for an end has no others."""
        if self.lowest or self.highest:
            return (self.lowest, *[""] * (HIGHEST - 2), self.highest)
        return survey.words


VALUES = {
    AnswerKind.SCALE: tuple(range(1, HIGHEST + 1)),
    AnswerKind.YES_NO: (0, 1),
    AnswerKind.OPEN: (),
}


class SurveySheet(AuditedModel):
    """Kartka ankiety: one sheet of paper. ``number``: given here, to be written on the paper."""

    set_by_actions = ("survey", "moment", "number")

    survey = models.ForeignKey(Survey, models.PROTECT, verbose_name="ankieta", related_name="sheets")
    moment = models.CharField("kiedy wypełniona", max_length=6, choices=SurveyMoment.choices)
    number = models.PositiveSmallIntegerField("numer")
    code = models.CharField("kod", max_length=MAX_CODE, blank=True)
    filled_on = models.DateField("dzień wypełnienia")

    class Meta:
        verbose_name = "kartka ankiety"
        verbose_name_plural = "kartki ankiet"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "moment", "number"],
                name="sheet_number_once",
                violation_error_message="Ktoś wpisał kartki w tej samej chwili. Zapisz jeszcze raz.",
            ),
            models.UniqueConstraint(
                fields=["survey", "moment", "code"],
                condition=Q(code__gt=""),
                name="sheet_code_once",
                violation_error_message=CODE_TAKEN,
            ),
        ]

    def __str__(self):
        return f"nr {self.number}"


class SurveyAnswer(AuditedModel):
    """Odpowiedź on a sheet: a digit of the scale, 1 or 0 for yes or no, or words."""

    set_by_actions = ("sheet", "question")

    sheet = models.ForeignKey(SurveySheet, models.PROTECT, verbose_name="kartka", related_name="answers")
    question = models.ForeignKey(
        SurveyQuestion, models.PROTECT, verbose_name="pytanie", related_name="answers"
    )
    value = models.PositiveSmallIntegerField(
        "odpowiedź", null=True, blank=True, validators=[MaxValueValidator(HIGHEST)]
    )
    text = models.TextField("własnymi słowami", blank=True, max_length=2000)

    class Meta:
        verbose_name = "odpowiedź w ankiecie"
        verbose_name_plural = "odpowiedzi w ankietach"
        constraints = [
            models.UniqueConstraint(
                fields=["sheet", "question"],
                name="answer_once",
                violation_error_message="Ta kartka ma już odpowiedź na to pytanie.",
            ),
            models.CheckConstraint(
                name="answer_digit_or_words",
                condition=Q(value__gte=0, value__lte=HIGHEST, text="") | Q(value=None, text__gt=""),
                violation_error_message="Odpowiedź to cyfra od 1 do 5, tak albo nie, albo słowa.",
            ),
        ]

    def __str__(self):
        return self.text or str(self.value)
