"""Charts of a project's report: what they draw is in the statement, and readable without the picture."""

from datetime import date, timedelta

import pytest
from django.utils.safestring import SafeString

from lubsko_ops.core.dates import Period
from lubsko_ops.core.polish import number
from projects.models import BudgetLine
from reports.project.content import MeetingAttendance
from reports.project.render.charts import (
    MAX_MEETINGS,
    attendance_chart,
    attendance_values,
    budget_chart,
    budget_values,
    survey_chart,
    survey_values,
)
from reports.project.statement import build_project_statement
from sessions.models import Meeting
from tests.factories import TODAY
from tests.page import Page, page_text
from tests.projects.helpers import make_approved
from tests.projects.participants.helpers import FIRST
from tests.projects.surveys.helpers import make_survey, type_pairs

WHOLE = Period(FIRST, TODAY)
CHARTS = (attendance_chart, survey_chart, budget_chart)


# ---- it works ----------------------------------------------------------------------------------------
@pytest.mark.parametrize("for_print", [False, True])
def test_attendance(full, for_print):
    chart = attendance_chart(full, for_print=for_print)
    text = page_text(chart)
    for row in full.meetings:
        assert f"{number(row.came)} z {number(row.possible)}" in text
    assert text.index("01.10.2026") < text.index("06.10.2026")
    assert "Obecność na spotkaniach" in chart


@pytest.mark.parametrize("for_print", [False, True])
def test_surveys(full, for_print):
    text = page_text(survey_chart(full, for_print=for_print))
    result = full.surveys[0]
    for each in result.questions[:6]:
        assert each.question.text in text
        assert number(each.before.mean, 1) in text and number(each.after.mean, 1) in text
    assert "Znam telefon ośrodka" in text and "przed 0 %, po 100 %" in text
    assert "przed (6 kartek)" in text and "po (6 kartek)" in text


@pytest.mark.parametrize("for_print", [False, True])
def test_budget(full, for_print):
    text = page_text(budget_chart(full, for_print=for_print))
    for each in full.positions:
        assert f"{each.texts['spent']} z {each.texts['planned']} zł".replace("\xa0", " ") in text
        assert each.line.name.split()[0] in text


def test_every_number_is_one_of_the_statement(full):
    attendance = attendance_values(full)["rows"]
    assert [(row["part"], row["whole"]) for row in attendance] == [
        (each.came, each.possible) for each in full.meetings
    ]
    assert sum(row["part"] for row in attendance) == full.value(full.catalogue["obecnosci"])
    assert sum(row["whole"] for row in attendance) == full.value(full.catalogue["obecnosci-mozliwe"])
    scale, shares = survey_values(full)
    for row, place in [(row, place) for place, row in enumerate(scale["rows"] + shares["rows"], start=1)]:
        assert row["before"] == full.value(full.catalogue[f"ankieta-przed-{place}"])
        assert row["after"] == full.value(full.catalogue[f"ankieta-po-{place}"])
    budget = budget_values(full)["rows"]
    assert sum(row["part"] for row in budget) == full.value(full.catalogue["wydano"])
    assert sum(row["whole"] for row in budget) == full.value(full.catalogue["zaplanowano"])


@pytest.mark.parametrize("draw", CHARTS)
def test_they_are_plain_and_have_a_text_alternative(full, draw):
    screen, paper = draw(full), draw(full, for_print=True)
    assert isinstance(screen, SafeString) and isinstance(paper, SafeString)
    assert "fill=" not in screen and "style=" not in screen + paper, "colours are the theme's"
    assert "aria-label=" in screen and "class=" not in paper
    assert paper.count("<title>") == paper.count("<svg") >= 1
    colours = {each[name] for each in Page(paper).all() for name in ("fill", "stroke")}
    assert colours <= {"#000", "#fff", "none", ""}


# ---- many and none -----------------------------------------------------------------------------------
def of_days(full, days) -> None:
    """The statement with held meetings on these days, two of three came to each."""
    group = full.meetings[0].meeting.group
    full.__dict__["meetings"] = [MeetingAttendance(Meeting(group=group, starts_on=day), 2, 3) for day in days]


def test_many_meetings_stand_by_month_then_by_year(full):
    of_days(full, [FIRST + timedelta(days=7 * week) for week in range(MAX_MEETINGS + 4)])
    values = attendance_values(full)
    assert [row["label"] for row in values["rows"]][:2] == ["październik 2026", "listopad 2026"]
    assert sum(row["part"] for row in values["rows"]) == 2 * (MAX_MEETINGS + 4)
    of_days(full, [date(2020 + month // 12, month % 12 + 1, 1) for month in range(40)])
    rows = attendance_values(full)["rows"]
    assert [row["label"] for row in rows] == ["2020", "2021", "2022", "2023"]
    assert [row["text"] for row in rows] == ["24 z 36"] * 3 + ["8 z 12"]


def test_nothing_to_draw(tomasz, maria, centre_row):
    edition = make_approved(tomasz, maria, starts_on=FIRST, ends_on=None)
    BudgetLine.objects.filter(edition=edition).update(amount=None, price=None)
    statement = build_project_statement(edition, WHOLE)
    for draw in CHARTS:
        assert draw(statement) == draw(statement, for_print=True) == ""


def test_surveys_that_may_not_be_shown_are_not_drawn(project, tomasz):
    survey = make_survey(project.edition, tomasz)
    type_pairs(survey, tomasz, 6)
    assert survey_chart(build_project_statement(project.edition, WHOLE)) == ""  # typing has not ended


def test_names_cannot_become_markup(full):
    full.positions[0].line.name = "<script>alert(1)</script>"
    full.surveys[0].questions[0].question.text = "<b>\"'&"
    for draw in CHARTS:
        for for_print in (False, True):
            drawn = draw(full, for_print=for_print)
            assert "<script" not in drawn and "<b>&quot;" not in drawn and '<b>"' not in drawn
