"""The comparison of the editions of a line: numbers as in each of them, nothing made up, few statements."""

import io
from datetime import date, timedelta
from decimal import Decimal

import openpyxl
import pytest

from families.people.models import Person
from lubsko_ops.audit.history import save_with_history
from lubsko_ops.audit.models import AccessLogEntry
from lubsko_ops.core import clock
from lubsko_ops.core.dates import Period
from projects.choices import AnswerKind, EditionState, SurveyKind
from projects.models import BudgetLine, Edition, GroupLeader, SpecificGoal, Survey, SurveyQuestion
from reports.issuing import fingerprint
from reports.project.actions import approve_project_report
from reports.project.comparison import COMPARED, COST, PEOPLE, SPENT, load_comparison, short_names
from reports.project.statement import build_project_statement, figure_url, project_period
from tests.factories import TODAY
from tests.form_client import response_text
from tests.page import Page, page_text
from tests.projects.helpers import make_draft, make_running
from tests.reports.project.line_helpers import (
    LIST,
    approve,
    fill,
    line_url,
    make_first,
    make_next,
)
from tests.statement_counts import page_statements


@pytest.fixture
def people(centre_row, kowalscy, nowakowie):
    return list(Person.objects.order_by("pk"))


@pytest.fixture
def line(tomasz, maria, people):
    """2017 with three people, of whom two come; 2018 with two, both come; both spent the same on each position."""
    first = make_first(tomasz, maria, 2017)
    fill(first, people[:3], tomasz, came=2, spent=100)
    second = make_next(first, tomasz, maria, 2018)
    fill(second, people[:2], tomasz, came=2, meetings=3, spent=100, reached=11)
    return [first, second]


def compare(edition, user):
    return load_comparison(edition.line_id, user, today=TODAY)


def row_texts(each) -> dict[str, str]:
    return {key: each.text(key).replace("\xa0", " ") for key in COMPARED}


def wide_line(tomasz, maria, people, number: int) -> Edition:
    """A line with so many editions, all with goals that are computed, also from a survey."""
    first = make_first(tomasz, maria, 2017)
    SpecificGoal.objects.filter(edition=first, position=1).update(computed_by="frekwencja")
    SpecificGoal.objects.filter(edition=first, position=2).update(computed_by="ankieta-zadowolenie-1")
    editions = [first]
    for year in range(2018, 2017 + number):
        editions.append(make_next(first, tomasz, maria, year))
    for edition in editions:
        fill_with_survey(edition, people, tomasz)
    return first


def fill_with_survey(edition, people, by):
    keys = {1: "frekwencja", 2: "ankieta-zadowolenie-1"}
    fill(edition, people[:2], by, came=1)
    for position, key in keys.items():
        SpecificGoal.objects.filter(edition=edition, position=position).update(computed_by=key)
    survey = Survey(edition=edition, kind=SurveyKind.SATISFACTION, title="Zadowolenie")
    survey = save_with_history(survey, by=by, why="Nowa ankieta")
    question = SurveyQuestion(survey=survey, text="Czy było warto?", kind=AnswerKind.SCALE, position=1)
    save_with_history(question, by=by, why="Nowa ankieta")


# ---- numbers -----------------------------------------------------------------------------------------
def test_the_numbers(line, maria):
    first, second = compare(line[0], maria).editions
    money = {"zaplanowano": "2 460,00", "wydano": "300,00"}
    assert row_texts(first) == money | {
        "uczestnicy": "3",
        "osoby-ukonczyly": "2",
        "spotkania-odbyte": "2",
        "godziny-spotkan": "4,0",
        "frekwencja": "66,7 %",
        "koszt-uczestnika": "100,00",
    }
    assert row_texts(second) == money | {
        "uczestnicy": "2",
        "osoby-ukonczyly": "1",
        "spotkania-odbyte": "3",
        "godziny-spotkan": "6,0",
        "frekwencja": "100,0 %",
        "koszt-uczestnika": "150,00",
    }
    assert (first.reached_text, second.reached_text) == ("1 z 2", "2 z 2")


def test_each_number_is_that_of_the_edition(line, maria):
    for each in compare(line[0], maria).editions:
        own = build_project_statement(each.edition, project_period(each.edition, None, today=TODAY))
        for key in COMPARED:
            assert each.value(key) == own.value(own.figures.find(key)), key


@pytest.mark.parametrize("spent", [1, 7, 100, 333])
def test_cost_times_participants_is_what_was_spent(line, maria, spent):
    BudgetLine.objects.filter(edition__in=line).update(typed_spent=Decimal(spent))
    for each in compare(line[0], maria).editions:
        assert abs(each.value(COST) * each.value(PEOPLE) - each.value(SPENT)) < Decimal("0.0001")
        assert each.value(SPENT) == 3 * spent


def test_every_number_leads_to_its_list(as_maria, line):
    page = Page(as_maria.get(line_url(line[0])))
    for edition in line:
        for key in COMPARED:
            assert figure_url(edition, key) in page.urls
            shown = response_text(as_maria.get(figure_url(edition, key)))
            each = next(
                each for each in compare(edition, edition.approved_by).editions if each.edition == edition
            )
            assert f": {row_texts(each)[key]}" in shown, key
        assert f"/projekty/{edition.pk}/wskazniki/" in page.urls


def test_the_earliest_comes_first_in_table_and_chart(as_maria, line):
    page = Page(as_maria.get(line_url(line[0])))
    names = [row.text for row in page.all("th") if row["scope"] == "row"][:2]
    assert [name.split()[1] for name in names] == ["2017", "2018"]
    bars = [each for each in page.all("ol") if "bar-rows" in each["class"]]
    assert [each["aria-label"] for each in bars] == [
        "Uczestnicy",
        "Średnia frekwencja",
        "Wydano na uczestnika, zł",
        "Osiągnięte wskaźniki",
    ]
    assert bars[0].text.split() == ["2017", "3", "2018", "2"]


# ---- indicators --------------------------------------------------------------------------------------
def test_indicators_of_several_editions_stand_side_by_side(line, tomasz, maria):
    SpecificGoal.objects.filter(edition=line[1], position=1).update(indicator="  Stosują  metody ")
    third = make_next(line[1], tomasz, maria, 2019)
    SpecificGoal.objects.filter(edition=third, position=2).update(indicator="coś nowego")
    methods, notebooks = compare(line[0], maria).recurring
    assert [each.value for each in methods.indicators] == [10, 11, None]
    assert methods.name == "  Stosują  metody ", "as in the latest edition"
    assert notebooks.indicators[2] is None
    assert [each.value for each in notebooks.indicators[:2]] == [9, 10]


def test_another_unit_is_another_indicator(line, maria):
    SpecificGoal.objects.filter(edition=line[1], position=1).update(unit="%")
    assert [each.name for each in compare(line[0], maria).recurring] == ["prowadzą zeszyty"]


def test_two_goals_with_the_same_words_are_told_apart(line, maria):
    SpecificGoal.objects.filter(edition__in=line).update(indicator="stosują metody")
    values = [[each.value for each in goal.indicators] for goal in compare(line[0], maria).recurring]
    assert values == [[10, 11], [9, 10]]


def test_a_reading_after_the_last_day_counts(line, tomasz, maria):
    goal = line[0].specificgoals.get(position=2)
    goal.readings.update(day=date(2018, 1, 10), value=10)
    assert compare(line[0], maria).editions[0].reached_text == "2 z 2"


def test_a_number_that_nothing_counts_any_more(as_maria, line, maria):
    SpecificGoal.objects.filter(edition=line[0], position=1).update(computed_by="nie-ma-takiej")
    assert compare(line[0], maria).editions[0].reached_text == "0 z 2"
    assert as_maria.get(line_url(line[0])).status_code == 200


# ---- nothing to show ---------------------------------------------------------------------------------
def test_nothing_entered_is_no_zero(as_maria, line, tomasz, maria):
    """2019 has nobody, no meeting and no budget: dashes, not zeros, and nothing is divided by nothing."""
    empty = approve(
        make_draft(tomasz, title="Inna", starts_on=date(2019, 2, 1), ends_on=date(2019, 12, 15)), maria
    )
    Edition.objects.filter(pk=empty.pk).update(line=line[0].line)
    empty.refresh_from_db()
    each = compare(empty, maria).editions[2]
    assert set(row_texts(each).values()) == {"–"} and each.reached_text == "–"
    page = Page(as_maria.get(line_url(empty)))
    assert not any(url.startswith(f"/projekty/{empty.pk}/liczby/") for url in page.urls)
    assert "niczego takiego nie zapisano" in page.text


def test_a_budget_without_spending_costs_nothing_known(line, maria):
    BudgetLine.objects.filter(edition=line[0]).update(typed_spent=None)
    texts = row_texts(compare(line[0], maria).editions[0])
    assert (texts["zaplanowano"], texts["wydano"], texts["koszt-uczestnika"]) == ("2 460,00", "0,00", "–")


def test_money_without_participants_has_no_cost(line, tomasz, maria):
    empty = make_next(line[1], tomasz, maria, 2019)
    BudgetLine.objects.filter(edition=empty).update(typed_spent=Decimal(50))
    texts = row_texts(compare(empty, maria).editions[2])
    assert (texts["wydano"], texts["koszt-uczestnika"], texts["uczestnicy"]) == ("150,00", "–", "–")


def test_drafts_and_those_given_up_are_named(as_maria, line, tomasz, maria):
    draft = make_draft(tomasz, title="Rodzina 2030", starts_on=date(2030, 2, 1), ends_on=None)
    Edition.objects.filter(pk=draft.pk).update(line=line[0].line)
    make_next(line[0], tomasz, maria, 2020, state=EditionState.WITHDRAWN)
    make_next(line[0], tomasz, maria, 2029, state=EditionState.RECRUITING)
    assert len(compare(line[0], maria).editions) == 2
    text = page_text(as_maria.get(line_url(line[0]))).replace("\xa0", " ")
    for named in (
        "Rodzina, 2020 (odstąpiono)",
        "Rodzina, 2029 (nabór)",
        "Rodzina 2030 (szkic)",
    ):
        assert named in text


def test_only_a_draft(as_maria, tomasz, centre_row):
    draft = make_draft(tomasz)
    text = page_text(as_maria.get(line_url(draft)))
    assert "Nie ma jeszcze czego porównywać" in text and "szkic" in text
    assert as_maria.get(line_url(draft, "porownanie.xlsx")).status_code == 404


def test_an_edition_that_runs_is_until_today(as_maria, line, tomasz, maria):
    days = {"starts_on": date(2026, 9, 1), "ends_on": date(2027, 6, 15)}
    running = make_next(line[1], tomasz, maria, 2026, state=EditionState.RUNNING, **days)
    assert [each.still_runs for each in compare(running, maria).editions] == [False, False, True]
    text = page_text(as_maria.get(line_url(running)))
    assert "do dziś" in text and "2026, do dziś" in text
    Edition.objects.filter(pk=running.pk).update(ends_on=TODAY - timedelta(days=1))
    assert not compare(running, maria).editions[2].still_runs


def test_two_editions_in_one_year_have_names_of_their_own():
    days = [date(2017, 2, 1), date(2018, 3, 1), date(2018, 9, 1), date(2019, 5, 1), date(2019, 5, 20)]
    names = short_names([Edition(starts_on=day) for day in days])
    assert names == ["2017", "mar 2018", "wrz 2018", "maj 2019 (1)", "maj 2019 (2)"]


# ---- the way there -----------------------------------------------------------------------------------
def test_the_way_there_and_back(as_maria, line):
    url = line_url(line[0])
    for page in (LIST, f"/projekty/{line[0].pk}/"):
        assert url in Page(as_maria.get(page)).urls
    urls = Page(as_maria.get(url)).urls
    assert LIST in urls and f"/projekty/{line[0].pk}/" in urls


def test_one_approved_edition_has_nothing_to_compare(as_maria, tomasz, maria, centre_row):
    first = make_first(tomasz, maria, 2017)
    draft = make_draft(tomasz, title="Rodzina 2030", starts_on=date(2030, 2, 1), ends_on=None)
    Edition.objects.filter(pk=draft.pk).update(line=first.line)
    for page in (LIST, f"/projekty/{first.pk}/"):
        assert line_url(first) not in Page(as_maria.get(page)).urls
    approve(draft, maria)
    assert line_url(first) in Page(as_maria.get(LIST)).urls


def test_the_workbook(as_maria, line):
    response = as_maria.get(line_url(line[0], "porownanie.xlsx"))
    book = openpyxl.load_workbook(io.BytesIO(response.content))
    header, first, second = list(book["Edycje"].iter_rows(values_only=True))[:3]
    assert header[4:12] == (
        *("Uczestnicy", "Ukończyły", "Spotkania", "Godziny, godz.", "Frekwencja, %"),
        *("Plan, zł", "Wydano, zł", "Na uczestnika, zł"),
    )
    assert first[4:] == (3, 2, 2, 4, 66.67, 2460, 300, 100, 1, 2)
    assert second[4:] == (2, 1, 3, 6, 100, 2460, 300, 150, 2, 2)
    goals = list(book["Wskaźniki"].iter_rows(min_row=2, values_only=True))
    assert [row[7] for row in goals] == [10, 9, 11, 10]


def test_an_approved_final_report_is_linked_and_the_numbers_stay_those_of_today(
    no_pdf, as_maria, line, tomasz, maria
):
    edition = line[0]
    period = Period(edition.starts_on, edition.ends_on)
    statement = build_project_statement(edition, period)
    approve_project_report(
        edition=edition,
        period=period,
        text="Odbyły się dwa spotkania.",
        prepared_by=tomasz,
        prepared_at=clock.now(),
        seen=fingerprint(statement, "Odbyły się dwa spotkania."),
        by=maria,
    )
    BudgetLine.objects.filter(edition=edition).update(typed_spent=Decimal(200))
    page = Page(as_maria.get(line_url(edition)))
    issued = f"/projekty/{edition.pk}/sprawozdanie/koncowe/wydane/"
    assert issued in page.urls and "sprawozdanie zatwierdzone 13.10.2026" in page.text
    assert f"/projekty/{line[1].pk}/sprawozdanie/koncowe/wydane/" not in page.urls
    assert compare(edition, maria).editions[0].value(SPENT) == 600


def test_the_page_of_the_cost_leads_back_and_knows_no_year(as_maria, line):
    url = figure_url(line[0], COST)
    page = Page(as_maria.get(url))
    assert line_url(line[0]) in page.urls and figure_url(line[0], PEOPLE) in page.urls
    assert as_maria.get(f"{url}?rok=2017").status_code == 404
    assert (
        COST not in build_project_statement(line[0], Period(date(2017, 2, 1), date(2017, 12, 15))).catalogue
    )


# ---- who may not -------------------------------------------------------------------------------------
def test_who_may_not(client, jan, olga, line):
    for user, status in ((jan, 403), (olga, 404)):
        client.force_login(user)
        for name in ("", "porownanie.xlsx"):
            assert client.get(line_url(line[0], name)).status_code == status, user


@pytest.mark.parametrize("pk", ["0", "999999", "99999999999999999999"])
def test_a_line_that_is_not_there(as_maria, pk):
    assert as_maria.get(f"/projekty/linia/{pk}/").status_code == 404


def test_a_specialist_sees_no_numbers_of_editions_with_own_groups(as_olga, line, tomasz, olga):
    group = line[1].groups.get()
    leader = GroupLeader(group=group, user=olga, starts_on=group.starts_on)
    save_with_history(leader, by=tomasz, why="Prowadzący")
    (only,) = compare(line[0], olga).editions
    assert only.edition == line[1] and only.statement is None
    page = Page(as_olga.get(line_url(line[0])))
    assert "Liczby widzą osoby, które widzą cały projekt" in page.text
    assert "nie zapisano" not in page.text, "nothing is said about what was entered"
    assert "2017" not in page.text and not any("/liczby/" in url for url in page.urls)
    assert as_olga.get(line_url(line[0], "porownanie.xlsx")).status_code == 404


def test_an_author_among_specialists_sees_the_numbers_of_the_own_edition(olga, line):
    Edition.objects.filter(pk=line[0].pk).update(authors=[olga.pk])
    (only,) = compare(line[0], olga).editions
    assert only.edition == line[0] and only.text(PEOPLE) == "3"


def test_no_person_is_named(as_maria, line, people):
    AccessLogEntry.objects.all().delete()
    text = response_text(as_maria.get(line_url(line[0])))
    assert not any(person.last_name in text for person in people)
    assert not AccessLogEntry.objects.exists()


# ---- cost --------------------------------------------------------------------------------------------
@pytest.mark.parametrize("number", [2, 8])
def test_statements_do_not_grow(as_maria, tomasz, maria, people, number):
    first = wide_line(tomasz, maria, people, number)
    assert len(compare(first, maria).editions) == number
    assert len(page_statements(as_maria, line_url(first))) == 9
    assert len(page_statements(as_maria, line_url(first, "porownanie.xlsx"))) <= 10
    assert len(page_statements(as_maria, LIST)) <= 8


def test_the_button_costs_no_statement(as_maria, line, tomasz, maria):
    alone = make_running(tomasz, maria)
    pages = [f"/projekty/{pk}/budzet/" for pk in (alone.pk, line[0].pk)]
    one, many = (len(page_statements(as_maria, page)) for page in pages)
    assert one == many
