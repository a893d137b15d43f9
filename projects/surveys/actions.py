"""Actions on surveys: ask the questions, type and correct sheets, end the typing."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count

from lubsko_ops.accounts.models import User
from lubsko_ops.audit.history import (
    bulk_delete_with_history,
    bulk_save_with_history,
    delete_with_history,
    lock_row,
    save_with_history,
)
from lubsko_ops.core import clock
from lubsko_ops.core.actions import action
from lubsko_ops.core.polish import count_of
from projects.choices import SurveyMoment
from projects.dependents import survey_hold
from projects.models import Edition, Survey, SurveyAnswer, SurveyQuestion, SurveySheet
from projects.surveys import rules
from projects.surveys.permissions import NOT_RUNNING, runs_surveys
from projects.surveys.queries import sheets_of
from projects.surveys.rules import SheetData

WORDS = ("word_1", "word_2", "word_3", "word_4", "word_5")
WORDING = ("text", "lowest", "highest")
WHY_OTHER_WORDS = "Są już odpowiedzi na te pytania. Napisz, dlaczego zmieniasz ich słowa albo słowa skali."


# ---- questions ---------------------------------------------------------------------------------------
@action
def create_survey(*, edition: Edition, data: Survey, questions: Sequence[SurveyQuestion], by: User) -> Survey:
    """A survey of the kind of ``data``; ``questions``: unsaved, in their order."""
    row, why = _lock_edition(edition, by), "Nowa ankieta"
    if row.surveys.filter(kind=data.kind).exists():
        raise ValidationError("Ten projekt ma już ankietę tego rodzaju. Otwórz ją i zmień jej pytania.")
    _check_questions(data, questions)
    survey = Survey(edition=row, kind=data.kind)
    survey.copy_entered(data)
    save_with_history(survey, by=by, why=why)
    _save_questions(survey, questions, {}, by=by, why=why)
    return survey


@action
def update_survey(
    *,
    survey: Survey,
    data: Survey,
    questions: Sequence[SurveyQuestion],
    why: str = "",
    version: int | None,
    by: User,
) -> Survey:
    """Change the survey and make its questions those given: one with the id of a stored one changes it.

    A question with answers stays and keeps its kind; ``why`` is asked where its words, or those of the scale, change.
    """
    row = _lock(survey, version, by)
    _check_questions(row, questions)
    stored = {each.pk: each for each in row.questions.annotate(number=Count("answers"))}
    if row.with_codes != data.with_codes and (sheets := row.sheets.count()):
        text = f"Są już wpisane kartki ({sheets}), więc nie można zmienić, czy mają kod."
        raise ValidationError({"with_codes": text})
    _check_answered(stored, questions)
    if not why and _is_reworded(row, data, stored, questions):
        raise ValidationError({"why": WHY_OTHER_WORDS})
    reason = f"Zmiana ankiety: {why}" if why else "Zmiana ankiety"
    row.copy_entered(data)
    save_with_history(row, by=by, why=reason)
    _save_questions(row, questions, stored, by=by, why=reason)
    return row


@action
def remove_survey(*, survey: Survey, why: str, version: int | None, by: User) -> None:
    """Remove a survey without sheets, with its questions."""
    row = _lock(survey, version, by)
    if refusal := removal_refusal(row):
        raise ValidationError(refusal)
    for each in (*row.questions.all(), row):
        delete_with_history(each, by=by, why=why)


def removal_refusal(survey: Survey) -> str:
    """Why the survey stays; empty when nobody has filled it in."""
    if sheets := survey.sheets.count():
        return f"Ankiety nie można usunąć: wpisano już {count_of(sheets, 'kartkę,kartki,kartek')}."
    return ""


def _check_questions(survey: Survey, questions: Sequence[SurveyQuestion]) -> None:
    if len(questions) > rules.MAX_QUESTIONS:
        raise ValidationError(f"Ankieta mieści najwyżej {rules.MAX_QUESTIONS} pytań.")
    if refusals := rules.question_refusals(questions):
        raise ValidationError(refusals)


def _check_answered(stored: dict[int, SurveyQuestion], questions: Sequence[SurveyQuestion]) -> None:
    """Raise ValidationError where a question with answers would go or become one of another kind."""
    kept = {each.pk: each for each in questions if each.pk}
    refusals = []
    for pk, before in stored.items():
        if not before.number:
            continue
        answers = count_of(before.number, "odpowiedź,odpowiedzi,odpowiedzi")
        if pk not in kept:
            refusals.append(f"Pytanie „{before.text}” ma już {answers}, więc zostaje.")
        elif kept[pk].kind != before.kind:
            refusals.append(f"Pytanie „{before.text}” ma już {answers}, więc nie zmienia rodzaju odpowiedzi.")
    if refusals:
        raise ValidationError(refusals)


def _is_reworded(
    row: Survey, data: Survey, stored: dict[int, SurveyQuestion], questions: Sequence[SurveyQuestion]
) -> bool:
    """Whether words change under answers given already."""
    answered = {pk for pk, each in stored.items() if each.number}
    other_words = any(getattr(row, name) != getattr(data, name) for name in WORDS)
    reworded = any(
        getattr(each, name) != getattr(stored[each.pk], name)
        for each in questions
        if each.pk in answered
        for name in WORDING
    )
    return reworded or (other_words and bool(answered))


def _save_questions(
    survey: Survey,
    questions: Sequence[SurveyQuestion],
    stored: dict[int, SurveyQuestion],
    *,
    by: User,
    why: str,
) -> None:
    for pk in stored.keys() - {each.pk for each in questions}:
        delete_with_history(stored[pk], by=by, why=why)
    new_rows = []
    for position, each in enumerate(questions, start=1):
        row = stored.get(each.pk) or SurveyQuestion(survey=survey)
        changed = row.position != position or row.entered_values() != each.entered_values()
        row.position = position
        row.copy_entered(each)
        if row.pk is None:
            new_rows.append(row)
        elif changed:
            save_with_history(row, by=by, why=why)
    bulk_save_with_history(new_rows, by=by, why=why)


def _lock_edition(edition: Edition, by: User) -> Edition:
    """The locked project, whose surveys the user may change."""
    row = lock_row(Edition.objects, pk=edition.pk)
    if not runs_surveys(row, by, on=clock.today()):
        raise PermissionDenied(NOT_RUNNING)
    if refusal := rules.change_refusal(row):
        raise ValidationError(refusal)
    return row


def _lock(survey: Survey, version: int | None, by: User) -> Survey:
    """The locked survey of its locked project."""
    edition = _lock_edition(survey.edition, by)
    row = lock_row(Survey.objects, pk=survey.pk, version=version)
    row.edition = edition
    return row


# ---- the end of typing -------------------------------------------------------------------------------
@action
def close_survey(*, survey: Survey, version: int | None, by: User) -> Survey:
    """The typing has ended: everybody who sees the project sees the results."""
    row = _lock(survey, version, by)
    if row.closed_on:
        raise ValidationError("Wpisywanie kartek jest już zakończone.")
    if not row.sheets.exists():
        raise ValidationError("Nie ma jeszcze żadnej kartki. Wpisz je, zanim zakończysz.")
    row.closed_on = clock.today()
    return save_with_history(row, by=by, why="Koniec wpisywania kartek")


@action
def reopen_survey(*, survey: Survey, why: str, version: int | None, by: User) -> Survey:
    """Sheets are typed again, for a reason; until the next end only those who type them see the results.

    Refused while something rests on the results: beside those of one more sheet they would give its answers away.
    """
    row = _lock(survey, version, by)
    if row.closed_on is None:
        raise ValidationError("Kartki tej ankiety i tak można wpisywać.")
    if refusal := survey_hold(row):
        raise ValidationError(refusal)
    row.closed_on = None
    return save_with_history(row, by=by, why=f"Wznowienie wpisywania kartek: {why}")


# ---- sheets ------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class SavedSheets:
    """What was saved: the numbers given to new sheets, how many stored ones changed."""

    numbers: list[int]
    changed: int


@action
def save_sheets(
    *, survey: Survey, moment: str, sheets: Sequence[SheetData], version: int | None, by: User
) -> SavedSheets:
    """Save typed sheets of one moment: new ones, and corrections of those with an id. Open answers stay as they are.

    All or none: raises ValidationError with everything that is wrong with them.
    """
    row = _lock_typing(survey, version, by)
    questions = {each.pk: each for each in row.questions.all() if not each.is_open}
    stored = {each.sheet: each for each in sheets_of(row, _check_moment(row, moment))}
    sheets = [_prepare(each, stored) for each in sheets]
    _check_sheets(row, sheets, stored, questions)
    new = _save_new(row, moment, [each for each in sheets if each.sheet is None], stored, by=by)
    corrected = [each for each in sheets if each.sheet is not None]
    changed = sum(_correct(each, stored[each.sheet], questions, by=by) for each in corrected)
    if new or changed:
        save_with_history(row, by=by, why="Wpisanie kartek ankiety")
    return SavedSheets(new, changed)


@action
def update_sheet(*, sheet: SurveySheet, data: SheetData, version: int | None, by: User) -> SurveySheet:
    """Correct one sheet: its code, its day and all its answers, also those in words."""
    survey = _lock_typing(sheet.survey, None, by)
    row = lock_row(SurveySheet.objects, pk=sheet.pk, version=version)
    questions = {each.pk: each for each in survey.questions.all()}
    stored = {each.sheet: each for each in sheets_of(survey, row.moment)}
    data = SheetData(
        rules.normalize_code(data.code), data.filled_on, data.answers, row.pk, row.number, has_words=False
    )
    _check_sheets(survey, [data], stored, questions)
    if _correct(data, stored[row.pk], questions, by=by):
        save_with_history(survey, by=by, why=CORRECTED)
    row.refresh_from_db()
    return row


@action
def remove_sheet(*, sheet: SurveySheet, why: str, version: int | None, by: User) -> None:
    """Remove a sheet typed by mistake, with its answers. Its number is not given again while later ones stand."""
    survey = _lock_typing(sheet.survey, None, by)
    row = lock_row(SurveySheet.objects, pk=sheet.pk, version=version)
    bulk_delete_with_history(list(row.answers.all()), by=by, why=why)
    delete_with_history(row, by=by, why=why)
    save_with_history(survey, by=by, why=why)


CORRECTED = "Poprawienie kartki ankiety"


def _lock_typing(survey: Survey, version: int | None, by: User) -> Survey:
    row = _lock(survey, version, by)
    if refusal := rules.typing_refusal(row):
        raise ValidationError(refusal)
    return row


def _check_moment(survey: Survey, moment: str) -> SurveyMoment:
    if moment not in survey.moments:
        raise ValidationError("Ta ankieta nie ma takich kartek.")
    return SurveyMoment(moment)


def _prepare(sheet: SheetData, stored: dict[int, SheetData]) -> SheetData:
    """The sheet with its normalized code and what the stored one knows about itself."""
    before = stored.get(sheet.sheet) if sheet.sheet else None
    if sheet.sheet and before is None:
        raise ValidationError("Kartki, którą poprawiasz, już nie ma. Otwórz stronę jeszcze raz.")
    code = rules.normalize_code(sheet.code)
    if before is None:
        return SheetData(code, sheet.filled_on, sheet.answers)
    words = len(before.digits) < len(before.answers)
    return SheetData(code, before.filled_on, sheet.answers, before.sheet, before.number, has_words=words)


def _check_sheets(
    survey: Survey,
    sheets: Sequence[SheetData],
    stored: dict[int, SheetData],
    questions: dict[int, SurveyQuestion],
) -> None:
    """Raise ValidationError with everything wrong with the sheets."""
    others = [each for pk, each in stored.items() if pk not in {sheet.sheet for sheet in sheets}]
    refusals = [text for _, _, text in rules.sheet_refusals(sheets, others, with_codes=survey.with_codes)]
    for sheet in sheets:
        refusals += [
            f"Pytanie {questions[key].position if key in questions else ''}: takiej odpowiedzi nie ma."
            for key, value in sheet.answers.items()
            if key not in questions or not _fits(value, questions[key])
        ]
        if sheet.filled_on != getattr(stored.get(sheet.sheet or 0), "filled_on", None):
            refusals.append(rules.day_refusal(sheet.filled_on, survey.edition, today=clock.today()))
    if len(others) + len(sheets) > rules.MAX_SHEETS:
        refusals.append(f"Ankieta mieści najwyżej {rules.MAX_SHEETS} kartek przed i tyle samo po.")
    if refusals := [text for text in dict.fromkeys(refusals) if text]:
        raise ValidationError(refusals)


def _fits(value: int | str, question: SurveyQuestion) -> bool:
    if question.is_open:
        return isinstance(value, str) and len(value.strip()) > 0 and len(value) <= rules.MAX_WORDS
    return not isinstance(value, str) and value in question.values


def _save_new(
    survey: Survey, moment: str, sheets: list[SheetData], stored: dict[int, SheetData], *, by: User
) -> list[int]:
    """Insert the sheets with their answers; four statements. Returns their numbers."""
    first, why = max((each.number or 0 for each in stored.values()), default=0) + 1, "Nowe kartki ankiety"
    rows = [
        SurveySheet(survey=survey, moment=moment, number=number, code=each.code, filled_on=each.filled_on)
        for number, each in enumerate(sheets, start=first)
    ]
    bulk_save_with_history(rows, by=by, why=why)
    answers = [
        SurveyAnswer(sheet=row, question_id=key, value=value)
        for row, sheet in zip(rows, sheets, strict=True)
        for key, value in sheet.digits.items()
    ]
    bulk_save_with_history(answers, by=by, why=why)
    return [row.number for row in rows]


def _correct(sheet: SheetData, before: SheetData, questions: dict[int, SurveyQuestion], *, by: User) -> bool:
    """Make the stored sheet what was typed, as far as these questions go; whether anything changed."""
    typed = {key: sheet.answers.get(key) for key in questions}
    others = {key: value for key, value in typed.items() if value != before.answers.get(key)}
    if not others and (sheet.code, sheet.filled_on) == (before.code, before.filled_on):
        return False
    row = SurveySheet.objects.get(pk=sheet.sheet)
    row.code, row.filled_on = sheet.code, sheet.filled_on
    save_with_history(row, by=by, why=CORRECTED)
    answers = {each.question_id: each for each in row.answers.filter(question__in=others)}
    gone = [answers[key] for key, value in others.items() if value is None]
    bulk_delete_with_history(gone, by=by, why=CORRECTED)
    for key, value in others.items():
        if value is None:
            continue
        answer = answers.get(key) or SurveyAnswer(sheet=row, question_id=key)
        answer.value, answer.text = (None, value) if isinstance(value, str) else (value, "")
        save_with_history(answer, by=by, why=CORRECTED)
    return True
