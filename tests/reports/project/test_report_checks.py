"""Checks of a project's report: sums that agree, data that is missing, each with a link to exactly what breaks it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from lubsko_ops.core.dates import Period
from projects.choices import EditionState
from projects.models import BudgetLine, Edition, SpecificGoal
from projects.surveys import actions as survey_actions
from reports.compute import FigureValues
from reports.project.checks import ATTENTION, BLOCKS, PASSED, Check, blocking, run_checks
from reports.project.periods import find_period
from reports.project.proposals import Proposals
from reports.project.state import load_state
from reports.project.statement import build_project_statement
from tests.factories import TODAY
from tests.page import Page
from tests.projects.helpers import enter_results
from tests.projects.surveys.helpers import make_survey, sheet, type_sheets
from tests.reports.project.report_helpers import end_project, url, write
from tests.reports.project.test_project_figures import numbers_url
from tests.sessions.factories import make_held, make_meeting

YESTERDAY = date(2026, 10, 12)


def checks_of(project, *, statement=None, year=None) -> list[Check]:
    edition = Edition.objects.get(pk=project.edition.pk)
    report = find_period(edition, year, today=TODAY)
    statement = statement or build_project_statement(edition, report.so_far)
    return run_checks(statement, report, load_state(edition, report.days))


def the(checks: list[Check], words: str) -> Check:
    matching = [each for each in checks if words in each.text.replace("\xa0", " ")]
    assert len(matching) == 1, [each.text for each in checks]
    return matching[0]


@pytest.fixture
def ended(project, tomasz):
    end_project(project, tomasz)
    return project


# ---- numbers that must agree -------------------------------------------------------------------------
def test_sums_agree(ended):
    checks = checks_of(ended)
    for words in (
        "Kobiety (2) i mężczyźni (0) to razem wszyscy uczestnicy: 2.",
        "Dorośli (2) i dzieci (0) to razem wszyscy uczestnicy: 2.",
        "Obecności na kolejnych spotkaniach dają razem 2.",
        "Pozycje budżetu dają razem to, co wydano: 0,00 zł.",
    ):
        assert the(checks, words).kind == PASSED


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("kobiety", "to razem 3, a uczestników jest 2"),
        ("dzieci", "to razem 3, a uczestników jest 2"),
        ("obecnosci", "to razem 2, a w tabeli 3"),
        ("wydano", "dają razem 0,00 zł, a w tabeli 1,00 zł"),
    ],
)
def test_a_sum_that_does_not_agree_blocks(ended, key, words):
    edition = Edition.objects.get(pk=ended.edition.pk)
    period = find_period(edition, None, today=TODAY).so_far
    statement = build_project_statement(edition, period)
    values = FigureValues()
    for figure in statement.figures.counted.values():
        if hasattr(figure, "rows_for"):
            rows = figure.rows_for(None)
            values.add(rows, period, None, statement.figure_values.get(rows, period) + (figure.key == key))
    check = the(checks_of(ended, statement=replace(statement, figure_values=values)), words)
    assert check.kind == BLOCKS and check.url


def test_what_blocks_stands_first(ended):
    kinds = [check.kind for check in checks_of(ended)]
    assert kinds == sorted(kinds, key=(BLOCKS, ATTENTION, PASSED).index) and kinds[0] == BLOCKS


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (EditionState.WITHDRAWN, "Od tego projektu odstąpiono."),
        (EditionState.RECRUITING, "Ten projekt się nie rozpoczął"),
    ],
)
def test_a_project_given_up_or_not_begun_does_not_run(project, state, words):
    Edition.objects.filter(pk=project.edition.pk).update(state=state)
    checks = checks_of(project)
    assert words in checks[0].text and checks[0].kind == BLOCKS
    assert not any(
        "Projekt jeszcze trwa" in check.text or "Okres się skończył" in check.text for check in checks
    )


# ---- data that is missing ----------------------------------------------------------------------------
def test_meetings_without_attendance_and_still_planned(as_maria, tomasz, project):
    """Each leads to a list of exactly these meetings; of the fixture one is still planned."""
    make_held(project.workshop, tomasz, YESTERDAY)
    make_meeting(project.workshop, tomasz, date(2026, 10, 9))
    checks = checks_of(project)
    without = the(checks, "1 odbyte spotkanie nie ma zaznaczonej obecności.")
    planned = the(checks, "2 spotkania minęły i nie zapisano, czy się odbyły.")
    for check, day, number in ((without, "12.10.2026", 1), (planned, "09.10.2026", 2)):
        assert check.kind == ATTENTION
        page = Page(as_maria.get(check.url))
        assert day in page.text and f"{number} spotkani" in page.text.replace("\xa0", " ")
        assert f"{url(project)}?rok=2026" in page.urls or url(project) in page.urls


def test_a_trip_that_goes_on_is_not_missed(project, tomasz):
    make_meeting(project.workshop, tomasz, YESTERDAY, ends_on=TODAY + timedelta(days=1))
    assert the(checks_of(project), "1 spotkanie minęło i nie zapisano").kind == ATTENTION


def test_who_neither_finished_nor_broke_off(as_maria, ended):
    check = the(checks_of(ended), "2 udziały nie mają zakończenia. Zapisz, kto ukończył, a kto przerwał.")
    assert check.kind == ATTENTION and check.url == numbers_url(ended, "udzialy-bez-zakonczenia")
    assert str(ended.danuta.person) in Page(as_maria.get(check.url)).text


def test_while_it_runs_nobody_has_to_be_finished(project):
    assert not any("zakończenia" in check.text for check in checks_of(project))


def test_others_are_masked_in_the_list(client, ewa, ended):
    client.force_login(ewa)
    text = Page(client.get(numbers_url(ended, "udzialy-bez-zakonczenia"))).text
    assert str(ended.danuta.person) not in text and "nie masz dostępu" in text


def test_goals_without_a_value(tomasz, ended):
    check = the(checks_of(ended), "Cele 1 i 2 nie mają wartości.")
    goal = SpecificGoal.objects.get(edition=ended.edition, position=1)
    assert check.kind == ATTENTION and check.url.endswith(f"/wskazniki/#cel-{goal.pk}")
    assert check.link_text == "Wpisz pomiar"
    SpecificGoal.objects.filter(edition=ended.edition).update(computed_by="ankieta-po-1")
    assert the(checks_of(ended), "Cele 1 i 2 nie mają wartości.").link_text == "Zobacz, dlaczego"
    SpecificGoal.objects.filter(edition=ended.edition).update(computed_by="")
    enter_results(ended.edition, tomasz)
    assert the(checks_of(ended), "Każdy cel ma wartość.").kind == PASSED


def test_differences_without_an_explanation(ended):
    check = the(checks_of(ended), "3 pozycje budżetu mają różnicę bez wyjaśnienia.")
    assert check.url == f"/projekty/{ended.edition.pk}/budzet/#p-1"
    BudgetLine.objects.filter(edition=ended.edition).update(difference="Taniej.")
    assert the(checks_of(ended), "Różnice w budżecie są wyjaśnione.").kind == PASSED
    BudgetLine.objects.filter(edition=ended.edition, position=2).update(difference="")
    Edition.objects.filter(pk=ended.edition.pk).update(state="settled")
    check = the(checks_of(ended), "1 pozycja budżetu ma różnicę bez wyjaśnienia.")
    assert check.url == f"{url(ended, 'texts')}#id_undone"


def test_surveys_without_sheets_and_not_closed(as_maria, tomasz, project):
    survey = make_survey(project.edition, tomasz, codes=False)
    check = the(checks_of(project), "nie wpisano żadnej kartki (przed i po).")
    assert check.kind == ATTENTION and as_maria.get(check.url).status_code == 200
    sheets = [sheet(survey, 4) for _ in range(5)]
    type_sheets(survey, tomasz, "before", *sheets)
    assert the(checks_of(project), "nie wpisano żadnej kartki (po).").kind == ATTENTION
    type_sheets(survey, tomasz, "after", *sheets)
    check = the(checks_of(project), "wpisywanie trwa (przed: 5 i po: 5, oczekiwano 3)")
    assert as_maria.get(check.url).status_code == 200
    survey.refresh_from_db()
    survey_actions.close_survey(survey=survey, version=None, by=tomasz)
    assert the(checks_of(project), "ma wyniki.").kind == PASSED


def test_texts(tomasz, ended):
    assert the(checks_of(ended), "Nie opisano przebiegu.").kind == BLOCKS
    write(ended, tomasz, undone="Nic.")
    check = the(checks_of(ended), "Nie napisano: wnioski.")
    assert (check.kind, check.url) == (ATTENTION, f"{url(ended, 'texts')}#id_conclusions")
    write(ended, tomasz, undone="Nic.", conclusions="Warto powtórzyć.")
    assert the(checks_of(ended), "Wszystkie trzy teksty są napisane.").kind == PASSED
    assert blocking(checks_of(ended)) == []


def test_links_of_a_year_are_those_of_the_year(tomasz, project):
    make_held(project.workshop, tomasz, YESTERDAY)
    checks = checks_of(project, year=2026)
    assert the(checks, "nie ma zaznaczonej obecności").url.endswith("?rok=2026")


# ---- sentences for the texts -------------------------------------------------------------------------
def test_sentences_of_what_was_not_done(tomasz, ended):
    enter_results(ended.edition, tomasz)
    statement = build_project_statement(
        Edition.objects.get(pk=ended.edition.pk), Period(ended.edition.starts_on, TODAY)
    )
    sentences = {
        name: [each.replace("\xa0", " ") for each in rows]
        for name, rows in Proposals(statement).by_text().items()
    }
    assert "Przerwano 1 udział: podjęcie pracy (1)." in sentences["undone"]
    assert any(each.startswith("Osiągnięto ") for each in sentences["conclusions"])
    assert any(each.startswith("Wydano 300,00 zł z 2 460,00 zł") for each in sentences["conclusions"])
