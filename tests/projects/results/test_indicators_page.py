"""The page of indicators: base, target, reached, words, where a value is from, and what others see."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from lubsko_ops.audit.history import save_with_history
from projects.actions import create_edition
from projects.models import Edition, GroupLeader, SpecificGoal
from projects.surveys.actions import close_survey
from tests.page import Page
from tests.projects.factories import make_group
from tests.projects.helpers import make_draft
from tests.projects.results.helpers import DAY, compute, goal_of, read, url
from tests.projects.surveys.helpers import make_survey, type_pairs
from tests.statement_counts import page_statements


def text_of(response) -> str:
    return " ".join(Page(response).text.replace("\xa0", " ").split())


def test_a_typed_goal(as_tomasz, tomasz, edition):
    read(edition, tomasz, 4, day=date(2026, 10, 5), source="ankieta wstępna")
    read(edition, tomasz, 9)
    response = as_tomasz.get(url(edition))
    text = text_of(response)
    assert "0 z 2 osiągniętych" in text and "9 z 10, zabrakło 1" in text and "w drodze" in text
    assert "listy obecności, 08.10.2026" in text and "wpis: Tomasz Lis" in text
    assert "Wcześniejsze pomiary: 1" in text and "4, ankieta wstępna, 05.10.2026" in text
    assert "wpisywana, nie ma jeszcze pomiaru" in text and "brak wartości" in text
    html = response.content.decode()
    assert all(f'id="cel-{goal.pk}"' in html for goal in edition.specificgoals.all())
    assert url(edition, "results") in Page(response).urls


def test_a_computed_goal_leads_to_its_list(as_tomasz, tomasz, edition):
    read(edition, tomasz, 9)
    compute(edition, tomasz, "spotkania-odbyte")
    response = as_tomasz.get(url(edition))
    text, page = text_of(response), Page(response)
    assert "liczona w programie: odbyte spotkania" in text and "0 z 10, zabrakło 10" in text
    assert reverse("project-reports:figure", args=[edition.pk, "spotkania-odbyte"]) in page.urls
    assert "Wcześniejsze pomiary: 1" in text and "9, listy obecności" in text


def test_a_number_of_nothing_says_so(as_tomasz, tomasz, edition):
    SpecificGoal.objects.filter(pk=goal_of(edition).pk).update(unit="%", target=80)
    compute(edition, tomasz, "frekwencja")
    text = text_of(as_tomasz.get(url(edition)))
    assert "Nie ma z czego policzyć" in text and "Jest – " in text and "brak wartości" in text


def test_reached_and_missed_after_the_end(as_tomasz, tomasz, edition):
    read(edition, tomasz, 12)
    read(edition, tomasz, 7, position=2)
    Edition.objects.filter(pk=edition.pk).update(state="to_settle", ends_on=DAY)
    text = text_of(as_tomasz.get(url(edition)))
    assert "1 z 2 osiągnięty" in text and "12 przy celu 10, o 2 więcej" in text
    assert "7 z 10, zabrakło 3" in text and "nie osiągnięto" in text


def test_the_page_of_the_project_says_the_same(as_tomasz, tomasz, edition):
    read(edition, tomasz, 10)
    response = as_tomasz.get(reverse("projects:project", args=[edition.pk]))
    assert "1 z 2 osiągnięty" in text_of(response) and "Wpisz pomiar" in text_of(response)
    assert {url(edition), f"{url(edition)}#cel-{goal_of(edition).pk}"} <= set(Page(response).urls)


# ---- others ------------------------------------------------------------------------------------------
def test_who_only_reads(client, anna, tomasz, edition):
    reading = read(edition, tomasz)
    client.force_login(anna)
    response = client.get(url(edition))
    assert "9 z 10" in text_of(response)
    for name, row in (
        ("reading-correct", reading.pk),
        ("reading-remove", reading.pk),
        ("goal-number", reading.goal_id),
    ):
        assert url(edition, name, row) not in Page(response).urls, name
    assert url(edition, "results") not in Page(response).urls


def test_who_may_not(client, jan, olga, edition):
    for user, status in ((jan, 403), (olga, 404)):
        client.force_login(user)
        assert client.get(url(edition)).status_code == status


def test_a_specialist_of_one_group_sees_values_without_lists(client, olga, tomasz, edition):
    group = make_group(edition, tomasz)
    leader = GroupLeader(group=group, user=olga, starts_on=edition.starts_on)
    save_with_history(leader, by=tomasz, why="prowadzi")
    compute(edition, tomasz, "spotkania-odbyte")
    client.force_login(olga)
    response = client.get(url(edition))
    assert "0 z 10" in text_of(response)
    assert not any("/liczby/" in each for each in Page(response).urls)


def test_before_it_begins_and_without_goals(as_tomasz, tomasz):
    edition = make_draft(tomasz)
    assert "Tu będą wskaźniki projektu" in text_of(as_tomasz.get(url(edition)))


def test_a_new_edition_takes_over_what_computes_a_goal(as_tomasz, tomasz, edition):
    read(edition, tomasz, position=2)
    compute(edition, tomasz, "frekwencja")
    data = Edition(title="Drugi", kind="group", starts_on=date(2027, 1, 4))
    copy = create_edition(data=data, copy_of=edition, by=tomasz)
    goals = SpecificGoal.objects.filter(edition=copy)
    assert [goal.computed_by for goal in goals] == ["frekwencja", ""]
    assert not any(goal.readings.exists() for goal in goals)
    text = text_of(as_tomasz.get(url(copy)))
    assert "średnia frekwencja" not in text or "brak wartości" in text
    assert "zabrakło" not in text, "nothing has begun"


# ---- cost --------------------------------------------------------------------------------------------
@pytest.fixture
def measured(edition, tomasz):
    """A typed goal with two readings, one of attendance, one of a survey."""
    survey = make_survey(edition, tomasz)
    type_pairs(survey, tomasz, 5)
    close_survey(survey=survey, version=None, by=tomasz)
    read(edition, tomasz, day=date(2026, 10, 5))
    compute(edition, tomasz, "ankieta-po-1", position=2)
    read(edition, tomasz)
    third = SpecificGoal(
        edition=edition, position=3, goal="Obecność", unit="%", target=Decimal(80), computed_by="frekwencja"
    )
    save_with_history(third, by=tomasz, why="próba")
    return edition


@pytest.mark.parametrize(("name", "ceiling"), [("indicators", 10), ("project", 17)])
def test_statements_with_goals_of_every_kind(as_tomasz, measured, name, ceiling):
    assert len(page_statements(as_tomasz, url(measured, name))) <= ceiling
