"""Results of surveys: means before and after, their change, how the answers spread; also for the final report.

Nothing is computed about fewer than ``FEWEST`` sheets, nor does a difference of two shown numbers say anything about
fewer. Of one question at one moment there is therefore one set of sheets and no part of it: with codes the pairs in
which both sheets answer the question, never all sheets beside them; no groups, no mean over several questions.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from django.utils.crypto import salted_hmac

from projects.choices import AnswerKind, SurveyMoment
from projects.models import Edition, Survey, SurveyQuestion, SurveySheet

FEWEST = 5  # answers, or pairs of answers
TENTH, WHOLE = Decimal("0.1"), Decimal(1)


@dataclass(frozen=True)
class TypedSheet:
    """A sheet as the results read it: answers by id of the question, words with the id of their answer."""

    moment: str
    code: str
    values: dict[int, int]
    words: dict[int, tuple[int, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Spread:
    """The answers to one question at one moment, at least five: how many gave each of its ``values``."""

    values: tuple[int, ...]
    counts: tuple[int, ...]

    @property
    def number(self) -> int:
        return sum(self.counts)

    @property
    def mean(self) -> Decimal:
        """With one decimal place; of yes and no the share of yes."""
        total = sum(value * count for value, count in zip(self.values, self.counts, strict=True))
        return (Decimal(total) / self.number).quantize(TENTH, ROUND_HALF_UP)

    @property
    def percent(self) -> int:
        """Of yes and no: how many of a hundred say yes."""
        return int((Decimal(100 * self.counts[-1]) / self.number).quantize(WHOLE, ROUND_HALF_UP))


@dataclass(frozen=True)
class QuestionResult:
    """What may be shown about one question.

    ``answered``: answers at each moment, with codes pairs of answers. ``spreads``: only of moments with enough of them.
    ``words``: open answers at each moment, in an order that does not depend on that of the sheets.
    """

    question: SurveyQuestion
    answered: dict[SurveyMoment, int]
    spreads: dict[SurveyMoment, Spread] = field(default_factory=dict)
    words: dict[SurveyMoment, list[str]] = field(default_factory=dict)

    @property
    def before(self) -> Spread | None:
        return self.spreads.get(SurveyMoment.BEFORE)

    @property
    def after(self) -> Spread | None:
        return self.spreads.get(SurveyMoment.AFTER)

    @property
    def only(self) -> Spread | None:
        return self.spreads.get(SurveyMoment.ONLY)

    @property
    def is_yes_no(self) -> bool:
        return self.question.kind == AnswerKind.YES_NO

    @property
    def change(self) -> Decimal | int | None:
        """The mean after less the mean before, as shown; of yes and no in percentage points."""
        if self.before is None or self.after is None:
            return None
        if self.is_yes_no:
            return self.after.percent - self.before.percent
        return self.after.mean - self.before.mean


@dataclass(frozen=True)
class SurveyResult:
    """The results of a survey. ``sheets``: typed at each moment; ``pairs``: None for an anonymous one."""

    survey: Survey
    sheets: dict[SurveyMoment, int]
    pairs: int | None
    questions: list[QuestionResult]

    @property
    def open_questions(self) -> list[QuestionResult]:
        return [each for each in self.questions if each.question.is_open]

    @property
    def is_shown(self) -> bool:
        """Whether there is anything to show."""
        return any(each.spreads or each.words for each in self.questions)

    def unpaired(self, moment: SurveyMoment) -> int:
        """Sheets of the moment whose code has no sheet of the other one."""
        return 0 if self.pairs is None else self.sheets[moment] - self.pairs


# ---- computing ---------------------------------------------------------------------------------------
def compute_results(
    survey: Survey, questions: Sequence[SurveyQuestion], sheets: Iterable[TypedSheet]
) -> SurveyResult:
    """The results of these sheets; no database."""
    by_moment: dict[SurveyMoment, list[TypedSheet]] = {moment: [] for moment in survey.moments}
    for sheet in sheets:
        by_moment[SurveyMoment(sheet.moment)].append(sheet)
    pairs = find_pairs(by_moment) if survey.with_codes else None
    return SurveyResult(
        survey=survey,
        sheets={moment: len(each) for moment, each in by_moment.items()},
        pairs=None if pairs is None else len(pairs),
        questions=[
            _words_of(each, by_moment) if each.is_open else _values_of(each, by_moment, pairs)
            for each in questions
        ],
    )


Pairs = list[tuple[TypedSheet, TypedSheet]]


def find_pairs(by_moment: dict[SurveyMoment, list[TypedSheet]]) -> Pairs:
    """Sheets before and after with one code."""
    before = {sheet.code: sheet for sheet in by_moment[SurveyMoment.BEFORE]}
    after = by_moment[SurveyMoment.AFTER]
    return [(before[sheet.code], sheet) for sheet in after if sheet.code in before]


def _values_of(
    question: SurveyQuestion, by_moment: dict[SurveyMoment, list[TypedSheet]], pairs: Pairs | None
) -> QuestionResult:
    key = question.pk
    if pairs is None:
        values = {
            moment: [sheet.values[key] for sheet in sheets if key in sheet.values]
            for moment, sheets in by_moment.items()
        }
    else:
        both = [
            (first.values[key], last.values[key])
            for first, last in pairs
            if key in first.values and key in last.values
        ]
        values = {
            SurveyMoment.BEFORE: [first for first, _ in both],
            SurveyMoment.AFTER: [last for _, last in both],
        }
    return QuestionResult(
        question,
        answered={moment: len(each) for moment, each in values.items()},
        spreads={
            moment: Spread(question.values, tuple(each.count(value) for value in question.values))
            for moment, each in values.items()
            if len(each) >= FEWEST
        },
    )


def _words_of(question: SurveyQuestion, by_moment: dict[SurveyMoment, list[TypedSheet]]) -> QuestionResult:
    words = {
        moment: [sheet.words[question.pk] for sheet in sheets if question.pk in sheet.words]
        for moment, sheets in by_moment.items()
    }
    return QuestionResult(
        question,
        answered={moment: len(each) for moment, each in words.items()},
        words={moment: shuffle(each) for moment, each in words.items() if len(each) >= FEWEST},
    )


def shuffle(words: Iterable[tuple[int, str]]) -> list[str]:
    """The texts in an order that stays but says nothing of the order of their ids, nor of other questions."""
    return [
        text
        for _, text in sorted(words, key=lambda each: salted_hmac("survey words", str(each[0])).hexdigest())
    ]


# ---- loading -----------------------------------------------------------------------------------------
def load_results(edition: Edition) -> list[SurveyResult]:
    """The results of the surveys of the edition that have questions. Two statements, one without such surveys."""
    return load_results_of([edition]).get(edition.pk, [])


def load_results_of(editions: Iterable[Edition]) -> dict[int, list[SurveyResult]]:
    """The same of several editions, by id of the edition; not more statements."""
    by_id = {edition.pk: edition for edition in editions}
    rows = SurveyQuestion.objects.filter(survey__edition__in=by_id).select_related("survey")
    questions: dict[int, list[SurveyQuestion]] = defaultdict(list)
    for question in rows.order_by("survey__kind", "position", "pk"):
        question.survey.edition = by_id[question.survey.edition_id]
        questions[question.survey_id].append(question)
    sheets = _load_sheets(questions) if questions else {}
    results: dict[int, list[SurveyResult]] = defaultdict(list)
    for pk, each in questions.items():
        survey = each[0].survey
        results[survey.edition_id].append(compute_results(survey, each, sheets.get(pk, [])))
    return results


def results_of(survey: Survey) -> SurveyResult:
    """The results of this survey. Two statements."""
    questions = list(survey.questions.order_by("position", "pk"))
    return compute_results(survey, questions, _load_sheets([survey.pk]).get(survey.pk, []))


def _load_sheets(surveys: Iterable[int]) -> dict[int, list[TypedSheet]]:
    """The sheets of these surveys (ids) by survey, with their answers, also those without any. One statement."""
    sheets: dict[int, TypedSheet] = {}
    by_survey: dict[int, list[TypedSheet]] = defaultdict(list)
    answer = ("answers", "answers__question", "answers__value", "answers__text")
    rows = SurveySheet.objects.filter(survey__in=list(surveys)).order_by("pk", "answers")
    for pk, survey, moment, code, key, question, value, text in rows.values_list(
        "pk", "survey", "moment", "code", *answer
    ):
        if pk not in sheets:
            sheets[pk] = TypedSheet(moment, code, {})
            by_survey[survey].append(sheets[pk])
        if key is not None and value is None:
            sheets[pk].words[question] = (key, text)
        elif key is not None:
            sheets[pk].values[question] = value
    return by_survey
