"""Surveys of a demo project: the questions, and sheets whose answers come as near as they can to the wanted means."""

from collections.abc import Sequence
from datetime import date
from random import Random

from devtools.demo.project_data import ANSWERED
from devtools.demo.project_replay import ProjectReplay
from devtools.demo.timeline import COUNTED, SETTLED, WRITTEN
from projects.choices import AnswerKind
from projects.models import Survey, SurveyQuestion, SurveySheet
from projects.models.surveys import VALUES
from projects.surveys.actions import (
    WORDS,
    close_survey,
    create_survey,
    save_sheets,
    update_sheet,
    update_survey,
)
from projects.surveys.rules import SheetData

LETTERS = "ABDEFGHJKLMNPRSTWZ"
SHOES = (35, 44)
DOUBTS = 3  # one answer in so many differs from those of a calm person


class DemoSurvey:
    """One survey of a project, as written."""

    def __init__(self, project: ProjectReplay, data: dict):
        self.project, self.data, self.by = project, data, project.author
        self.label = f"{project.demo.name} {project.data['key']} {data['kind']}"

    @property
    def survey(self) -> Survey:
        return Survey.objects.get(edition=self.project.pk, kind=self.data["kind"])

    def plan(self) -> None:
        """Put the questions, the sheets of each moment and the end of the typing on the timeline."""
        project = self.project
        project.at(project.days["begun"], WRITTEN.replace(minute=20), self._ask)
        for moment in sorted(ANSWERED & self.data.keys()):
            sheets = self.data[moment]
            day = project.demo.resolve(sheets["day"])
            project.at(
                max(day, project.days["approved"]),
                COUNTED,
                lambda moment=moment, sheets=sheets, day=day: self._type(moment, sheets["sheets"], day),
            )
        if "closed_on" in self.data:
            closed = project.demo.resolve(self.data["closed_on"])
            filled = [project.demo.resolve(self.data[each]["day"]) for each in ANSWERED & self.data.keys()]
            hour = COUNTED.replace(minute=40) if closed in filled else SETTLED.replace(hour=13, minute=45)
            project.at(closed, hour, self._close)

    def _ask(self) -> None:
        data = Survey(kind=self.data["kind"], title=self.data["title"])
        data.introduction = self.data.get("introduction", "")
        data.with_codes = self.data.get("with_codes", False)
        for name, word in zip(WORDS, self.data.get("words", ()), strict=False):
            setattr(data, name, word)
        left_out = ANSWERED | {"answers"}
        questions = [self.project.row(SurveyQuestion, each, left_out) for each in self.data["questions"]]
        copied = Survey.objects.filter(edition=self.project.pk, kind=self.data["kind"]).first()
        if copied is None:
            create_survey(edition=self.project.edition, data=data, questions=questions, by=self.by)
            return
        for question, before in zip(questions, copied.questions.all(), strict=False):
            question.pk = before.pk
        update_survey(survey=copied, data=data, questions=questions, version=None, by=self.by)

    def _close(self) -> None:
        close_survey(survey=self.survey, version=None, by=self.by)

    # ---- sheets --------------------------------------------------------------------------------------
    def _type(self, moment: str, number: int, day: date) -> None:
        """Type the sheets of the moment, then the answers in words on the first of them."""
        survey = self.survey
        codes = make_codes(self.label, number) if survey.with_codes else [""] * number
        columns, words = {}, []
        for question, written in zip(survey.questions.all(), self.data["questions"], strict=True):
            if question.is_open:
                words.append((question.pk, written.get("answers", [])))
            elif moment in written:
                salt = f"{self.label} {question.position} {moment}"
                columns[question.pk] = make_answers(salt, number, written[moment], question.kind)
        sheets = [
            SheetData(code, day, {key: column[place] for key, column in columns.items()})
            for place, code in enumerate(codes)
        ]
        Random(f"{self.label} {moment}").shuffle(sheets)
        save_sheets(survey=survey, moment=moment, sheets=sheets, version=None, by=self.by)
        if any(answers for _, answers in words) and moment != "before":
            self._type_words(moment, words)

    def _type_words(self, moment: str, words: list[tuple[int, list[str]]]) -> None:
        sheets = SurveySheet.objects.filter(survey=self.survey, moment=moment).order_by("number")
        for place, sheet in enumerate(sheets):
            given = {key: answers[place] for key, answers in words if place < len(answers)}
            if not given:
                return
            digits = dict(sheet.answers.exclude(value=None).values_list("question", "value"))
            data = SheetData(sheet.code, sheet.filled_on, digits | given)
            update_sheet(sheet=sheet, data=data, version=None, by=self.by)


def make_codes(salt: str, number: int) -> list[str]:
    """So many different codes, of two letters and the size of a shoe; fewer begin like more."""
    rng, codes = Random(f"codes {salt}"), list[str]()
    while len(codes) < number:
        code = f"{rng.choice(LETTERS)}{rng.choice('AEIOU')}{rng.randint(*SHOES)}"
        if code not in codes:
            codes.append(code)
    return codes


def make_answers(salt: str, number: int, mean: float, kind: str) -> list[int]:
    """Answers whose mean is as near to the wanted one as that of so many whole numbers can be.

    Persons keep their place in the list: who answers low before mostly answers low afterwards.
    """
    values: Sequence[int] = VALUES[AnswerKind(kind)]
    low, high = values[0], values[-1]
    total = min(max(round(mean * number), low * number), high * number)
    base, more = divmod(total, number)
    answers = [base] * (number - more) + [base + 1] * more
    rng = Random(salt)
    for place in range(0, number - 1, 2):  # the lower half a little lower, the upper half as much higher
        first, second = place // 2, number - 1 - place // 2
        if rng.randrange(DOUBTS) and answers[first] > low and answers[second] < high:
            answers[first], answers[second] = answers[first] - 1, answers[second] + 1
    for _ in range(number // DOUBTS):
        first, second = rng.randrange(number), rng.randrange(number)
        answers[first], answers[second] = answers[second], answers[first]
    return answers
