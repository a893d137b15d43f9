"""What a report says of goals and plans: of a project that is over, and of a part of one that goes on."""

from datetime import date

import pytest

from lubsko_ops.core import clock
from lubsko_ops.core.dates import Period
from projects.models import Edition, PlannedAction
from reports.project.given import reading_key
from reports.project.proposals import Proposals
from reports.project.render.xlsx import build_sheets
from reports.project.statement import ProjectStatement, build_project_statement
from tests.factories import TODAY
from tests.projects.results.helpers import goal_of, read
from tests.reports.project.report_helpers import WHOLE, end_project
from tests.reports.project.test_paper import context_of

LATER = date(2026, 10, 20)


def statement_of(project, period: Period = WHOLE) -> ProjectStatement:
    return build_project_statement(Edition.objects.get(pk=project.edition.pk), period)


@pytest.fixture
def ended(project, tomasz):
    end_project(project, tomasz)
    return project


@pytest.fixture
def lasting(project):
    """It ends in June of the next year."""
    Edition.objects.filter(pk=project.edition.pk).update(ends_on=date(2027, 6, 30))
    return project


# ---- measured after the last day ---------------------------------------------------------------------
def test_a_reading_after_the_last_day_is_the_value_of_the_final_report(ended, tomasz):
    with clock.freeze_time(LATER):
        read(ended.edition, tomasz, 9, day=LATER)
        statement = statement_of(ended)
    first = statement.indicators[0]
    assert (first.value, first.day) == (9, LATER)
    assert statement.value(statement.catalogue[reading_key(goal_of(ended.edition))]) == 9


def test_a_period_before_the_last_one_leaves_it_out(lasting, tomasz):
    with clock.freeze_time(LATER):
        read(lasting.edition, tomasz, 9, day=LATER)
        statement = statement_of(lasting)
    assert statement.indicators[0].value is None
    assert statement.value(statement.catalogue[reading_key(goal_of(lasting.edition))]) is None


# ---- a part of it ------------------------------------------------------------------------------------
def standings(statement: ProjectStatement) -> set[str]:
    """How the first goal stands on the page, on paper and in the workbook."""
    sheet = next(each for each in build_sheets(statement, [], today=TODAY) if each.title == "Wskaźniki")
    paper = context_of(statement)["indicators"]["rows"][0]["standing"]
    return {statement.indicator_rows[0].standing, paper, sheet.rows[0][7]}


def test_a_missed_target_is_on_its_way_while_the_project_goes_on(lasting, tomasz):
    read(lasting.edition, tomasz, 3)
    statement = statement_of(lasting)
    assert standings(statement) == {"w drodze"}
    assert "Nie osiągnięto" not in "".join(Proposals(statement).by_text()["undone"])


def test_a_missed_target_of_a_project_that_is_over(ended, tomasz):
    read(ended.edition, tomasz, 3)
    statement = statement_of(ended)
    assert standings(statement) == {"nie osiągnięto"}
    assert "Nie osiągnięto celu 1 (" in "".join(Proposals(statement).by_text()["undone"])


@pytest.mark.parametrize(("part", "compares"), [("lasting", False), ("ended", True)])
def test_only_the_whole_project_is_compared_with_its_plan(request, part, compares):
    """The document plans meetings for all its days, so a year of it did not miss any."""
    project = request.getfixturevalue(part)
    first = PlannedAction.objects.filter(edition=project.edition).order_by("position").first()
    PlannedAction.objects.filter(pk=first.pk).update(meetings=4)
    texts = Proposals(statement_of(project)).by_text()
    sentences = " ".join([*texts["course"], *texts["undone"]]).replace("\xa0", " ")
    assert ("z 4 zaplanowanych" in sentences) is compares
    assert ("Nie odbyło się 2 z 4" in sentences) is compares


@pytest.mark.parametrize(("part", "heading"), [("lasting", "Plan całości"), ("ended", "Plan")])
def test_the_page_says_what_is_planned(as_tomasz, request, part, heading):
    project = request.getfixturevalue(part)
    year = "?rok=2026" if part == "lasting" else ""
    html = as_tomasz.get(f"/projekty/{project.edition.pk}/sprawozdanie/{year}").content.decode()
    table = html.partition("Uczestnictwo: plan i wykonanie</caption>")[2].partition("</thead>")[0]
    assert heading in [line.strip() for line in table.splitlines()]


def test_one_question_is_one(full):
    question = next(each for each in full.surveys[0].questions if each.change)
    full.figures.all_results[0].questions[:] = [question]
    assert any(
        "w 1 z 1 pytania." in each.replace("\xa0", " ") for each in Proposals(full).by_text()["conclusions"]
    )
    captions = [each["caption"].replace("\xa0", " ") for each in context_of(full)["surveys"]]
    assert captions[0].endswith("w 1 z 1 pytania")
