"""Ankieta on paper: a blank sheet to fill in by hand. Not an issued paper: nothing is decided or signed on it."""

from typing import Any

from lubsko_ops.centre.models import get_letterhead
from lubsko_ops.output.documents import document_html
from projects.choices import AnswerKind, SurveyMoment
from projects.models import Survey, SurveyQuestion
from projects.printouts.notice import days_text
from projects.surveys.rules import CODE_HINT, EXAMPLE_CODE

TEMPLATE = "print/project/survey.html"


def sheet_html(survey: Survey, *, moment: SurveyMoment | None) -> str:
    return document_html(TEMPLATE, sheet_context(survey, moment=moment) | {"centre": get_letterhead()})


def sheet_context(survey: Survey, *, moment: SurveyMoment | None) -> dict[str, Any]:
    """What the sheet shows; questions of one kind in a row make one table."""
    edition = survey.edition
    return {
        "title": survey.title,
        "project": edition.title,
        "when": days_text(edition.starts_on, edition.ends_on),
        "introduction": survey.introduction,
        "with_codes": survey.with_codes,
        "code_hint": CODE_HINT,
        "example": EXAMPLE_CODE,
        "asks_moment": len(survey.moments) == 2,
        "is_before": moment == SurveyMoment.BEFORE,
        "is_after": moment == SurveyMoment.AFTER,
        "parts": parts_of(survey, list(survey.questions.all())),
    }


def parts_of(survey: Survey, questions: list[SurveyQuestion]) -> list[dict[str, Any]]:
    """The questions in their order, those beside one another with the same answers together."""
    parts: list[dict[str, Any]] = []
    for question in questions:
        words = question.words_in(survey) if question.kind == AnswerKind.SCALE else ()
        row = {"number": question.position, "text": question.text}
        if parts and (parts[-1]["kind"], parts[-1]["words"]) == (question.kind, words):
            parts[-1]["questions"].append(row)
        else:
            options = [{"digit": digit, "word": word} for digit, word in enumerate(words, start=1)]
            part = {"kind": question.kind, "words": words, "options": options, "questions": [row]}
            parts.append(part)
    return parts
