"""The charts of a project's report: their content as plain values, which an issued paper keeps, and their drawing."""

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from lubsko_ops.core.dates import Month
from lubsko_ops.core.polish import NBSP, count_of, number, short_date
from lubsko_ops.output.part_chart import PartBar, part_bars
from lubsko_ops.output.scale_chart import Scale, ScaleRow, scale_changes
from projects.choices import SurveyMoment
from projects.papers import money
from projects.surveys.results import FEWEST, QuestionResult, Spread, SurveyResult
from reports.project.content import MeetingAttendance
from reports.project.statement import ProjectStatement

MAX_MEETINGS, MAX_MONTHS = 20, 24  # of one chart: more meetings are added up by month, more months by year
SHEET_FORMS, PAIR_FORMS = "kartka,kartki,kartek", "para,pary,par"
SCALE, SHARES = Scale(1, 5), Scale(0, 100, 25, f"{NBSP}%")


def attendance_chart(statement: ProjectStatement, *, for_print: bool = False) -> SafeString:
    """Who came of those who could, by meeting in order of days; of many meetings by month, or by year."""
    return draw_parts(attendance_values(statement), for_print=for_print)


def survey_chart(statement: ProjectStatement, *, for_print: bool = False) -> SafeString:
    """Means of the questions before and after, on a chart of their own those answered yes or no."""
    return draw_scales(survey_values(statement), for_print=for_print)


def budget_chart(statement: ProjectStatement, *, for_print: bool = False) -> SafeString:
    """What was planned and spent by position of the budget."""
    return draw_parts(budget_values(statement), for_print=for_print)


# ---- their content -----------------------------------------------------------------------------------
def attendance_values(statement: ProjectStatement) -> dict[str, Any] | None:
    """Content of the chart of attendance; None where no presence or absence was marked."""
    marked = [each for each in statement.meetings if each.possible]
    if not marked:
        return None
    title, rows = _attendance_rows(marked)
    return {
        "title": title,
        "rows": [
            {
                "label": label,
                "part": came,
                "whole": possible,
                "text": f"{number(came)} z {number(possible)}",
            }
            for label, came, possible in rows
        ],
        "part_name": "przyszli",
        "whole_name": "mogli przyjść",
    }


AttendanceRows = list[tuple[str, int, int]]


def _attendance_rows(meetings: list[MeetingAttendance]) -> tuple[str, AttendanceRows]:
    if len(meetings) <= MAX_MEETINGS:
        several = len({each.meeting.group_id for each in meetings}) > 1
        return "Obecność na spotkaniach", [
            (_meeting_label(each, several=several), each.came, each.possible) for each in meetings
        ]
    months = _add_up(meetings, lambda each: Month.of(each.meeting.starts_on).name.removesuffix(" r."))
    if len(months) <= MAX_MONTHS:
        return "Obecność na spotkaniach w miesiącach", months
    return "Obecność na spotkaniach w latach", _add_up(meetings, lambda each: f"{each.meeting.starts_on:%Y}")


def _meeting_label(row: MeetingAttendance, *, several: bool) -> str:
    day = short_date(row.meeting.starts_on)
    return f"{day}, {row.meeting.group.name}" if several else day


def _add_up(
    meetings: Iterable[MeetingAttendance], label: Callable[[MeetingAttendance], str]
) -> AttendanceRows:
    sums: dict[str, tuple[int, int]] = {}
    for each in meetings:
        came, possible = sums.get(label(each), (0, 0))
        sums[label(each)] = (came + each.came, possible + each.possible)
    return [(name, *numbers) for name, numbers in sums.items()]


def budget_values(statement: ProjectStatement) -> dict[str, Any] | None:
    """Content of the chart of the budget; None without positions that have money."""
    rows = [each for each in statement.positions if each.planned or each.spent]
    if not rows:
        return None
    return {
        "title": "Budżet według pozycji",
        "rows": [
            {
                "label": f"{each.line.position}. {each.line.name}",
                "part": float(each.spent),
                "whole": float(each.planned),
                "text": f"{money(each.spent)} z {money(each.planned)} zł",
            }
            for each in rows
        ],
        "part_name": "wydano",
        "whole_name": "zaplanowano",
    }


def survey_values(statement: ProjectStatement) -> list[dict[str, Any]]:
    """Content of the charts of surveys, one for each survey and kind of answers; only what may be shown."""
    return [
        {
            "title": result.survey.title,
            "is_yes_no": is_yes_no,
            "rows": rows,
            "key": _moments_key(result),
            "note": _survey_note(result, is_yes_no=is_yes_no),
        }
        for result in statement.surveys
        for is_yes_no in (False, True)
        if (rows := [row for each in result.questions if each.is_yes_no == is_yes_no for row in _rows(each)])
    ]


def _rows(question: QuestionResult) -> list[dict[str, Any]]:
    """The row of a question: none for an open one, nor where a mean is missing because too few answered."""
    after = question.after or question.only
    if after is None or (question.only is None and question.before is None):
        return []
    before = question.before
    return [
        {
            "label": question.question.text,
            "before": None if before is None else _mean(question, before),
            "after": _mean(question, after),
            "before_text": "" if before is None else _mean_text(question, before),
            "after_text": _mean_text(question, after),
        }
    ]


def _mean(question: QuestionResult, spread: Spread) -> float:
    return float(spread.percent if question.is_yes_no else spread.mean)


def _mean_text(question: QuestionResult, spread: Spread) -> str:
    return f"{spread.percent}{NBSP}%" if question.is_yes_no else number(spread.mean, 1)


def _moments_key(result: SurveyResult) -> list[str]:
    """ "przed (14 kartek)", "po (13 kartek)"; of a survey about satisfaction "średnia (12 kartek)"."""
    words = {SurveyMoment.BEFORE: "przed", SurveyMoment.AFTER: "po", SurveyMoment.ONLY: "wynik"}
    return [f"{words[moment]} ({count_of(sheets, SHEET_FORMS)})" for moment, sheets in result.sheets.items()]


def _survey_note(result: SurveyResult, *, is_yes_no: bool) -> str:
    """How answers were given, and of how many: "Średnie odpowiedzi w skali od 1 (nie) do 5 (tak)…"."""
    first, last = result.survey.word_1, result.survey.word_5
    ends = [f"{end} ({word})" if word else str(end) for end, word in ((1, first), (5, last))]
    what = (
        "Odsetek odpowiedzi „tak”." if is_yes_no else f"Średnie odpowiedzi w skali od {ends[0]} do {ends[1]}."
    )
    pairs = (
        "" if result.pairs is None else f" Kartki bez nazwisk, z kodem: {count_of(result.pairs, PAIR_FORMS)}."
    )
    return f"{what}{pairs} Wyniki podaje się od {FEWEST}{NBSP}odpowiedzi."


# ---- drawing -----------------------------------------------------------------------------------------
def draw_parts(values: dict[str, Any] | None, *, for_print: bool = False) -> SafeString:
    """The chart of ``attendance_values`` or ``budget_values``; empty for None."""
    if values is None:
        return SafeString("")
    rows = [PartBar(**row) for row in values["rows"]]
    names = {name: values[name] for name in ("part_name", "whole_name")}
    return part_bars(values["title"], rows, **names, for_print=for_print)


def draw_scales(charts: list[dict[str, Any]], *, for_print: bool = False) -> SafeString:
    """The charts of ``survey_values``; empty for none."""
    return format_html_join(
        "",
        "{}",
        (
            [
                scale_changes(
                    each["title"],
                    [ScaleRow(**row) for row in each["rows"]],
                    SHARES if each["is_yes_no"] else SCALE,
                    key=each["key"],
                    for_print=for_print,
                )
            ]
            for each in charts
        ),
    )
