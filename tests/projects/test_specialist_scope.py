"""A specialist sees the projects of own groups and of these projects the own groups alone; everybody else sees all."""

from datetime import date

import pytest

from lubsko_ops.core.permissions import Role
from projects.choices import ParticipationStatus
from projects.models import GroupLeader
from projects.scope import visible_editions, visible_groups
from projects.search import find_editions
from tests.form_client import response_text
from tests.page import page_text
from tests.projects.groups.helpers import enrol, make_group, mother_of, page
from tests.projects.helpers import make_running
from tests.statement_counts import page_statements

PROJECT_PAGES = ("projects:project", "projects:groups", "projects:participants", "projects:card")


@pytest.fixture
def edition(tomasz, maria):
    return make_running(tomasz, maria)


@pytest.fixture
def own(edition, tomasz, olga):
    return make_group(edition, tomasz, name="Senso-Ludki", leader=olga)


@pytest.fixture
def other(edition, tomasz):
    return make_group(edition, tomasz, name="Grupa Tomasza", leader=tomasz)


def test_a_project_without_an_own_group_is_closed(as_olga, edition, other):
    for name in (*PROJECT_PAGES, "projects:history"):
        assert as_olga.get(page(name, edition.pk)).status_code == 404, name
    assert as_olga.get(page("groups:group", other.pk)).status_code == 404
    text = page_text(as_olga.get("/projekty/"))
    assert edition.title not in text and "Nie prowadzisz jeszcze zajęć" in text


def test_of_a_project_with_an_own_group_the_others_do_not_show(as_olga, edition, own, other):
    assert edition.title in page_text(as_olga.get("/projekty/"))
    for name in PROJECT_PAGES[:3]:
        text = page_text(as_olga.get(page(name, edition.pk)))
        assert "Senso-Ludki" in text or name == "projects:participants", name
        assert "Grupa Tomasza" not in text, name
    assert as_olga.get(page("groups:group", own.pk)).status_code == 200
    assert as_olga.get(page("groups:group", other.pk)).status_code == 404
    assert as_olga.get(page("projects:participants", edition.pk) + f"?grupa={other.pk}").status_code == 200


def test_the_history_tells_of_all_groups_so_it_is_closed(as_olga, edition, own):
    assert as_olga.get(page("projects:history", edition.pk)).status_code == 404
    assert (
        "Historia"
        not in page_text(as_olga.get(page("projects:project", edition.pk))).split("Przegląd")[1][:80]
    )


def test_the_people_of_other_groups_are_not_counted_on_the_list(
    as_olga, tomasz, edition, own, other, kowalscy, nowakowie
):
    enrol(own, tomasz, person=mother_of(kowalscy), family=kowalscy)
    enrol(other, tomasz, person=mother_of(nowakowie), family=nowakowie)
    response = as_olga.get(page("projects:participants", edition.pk))
    assert str(mother_of(kowalscy).last_name) in page_text(response)
    assert (response.context["hidden"], response.context["total"]) == (0, 1)


def test_a_group_led_before_stays_without_its_people(as_olga, olga, tomasz, edition, own, kowalscy):
    enrol(own, tomasz, person=mother_of(kowalscy), family=kowalscy)
    GroupLeader.objects.filter(user=olga).update(ends_on=date(2026, 10, 2))
    text = page_text(as_olga.get(page("groups:group", own.pk)))
    assert "Senso-Ludki" in text and str(mother_of(kowalscy)) not in text


def test_an_author_sees_the_whole_project(as_olga, olga, edition, other):
    edition.authors.append(olga.pk)
    edition.save()
    assert "Grupa Tomasza" in page_text(as_olga.get(page("projects:groups", edition.pk)))
    assert as_olga.get(page("projects:history", edition.pk)).status_code == 200


def test_the_search_keeps_to_it(olga, tomasz, edition, other):
    assert find_editions("rodzinie", olga) == [] and find_editions("rodzinie", tomasz) == [edition]


@pytest.mark.parametrize("name", ["anna", "tomasz", "maria"])
def test_everybody_else_sees_all(request, name, edition, own, other):
    user = request.getfixturevalue(name)
    assert list(visible_editions(user)) == [edition]
    assert set(visible_groups(user)) == {own, other}


def test_a_participant_is_not_moved_to_a_group_of_others(as_olga, tomasz, edition, own, other, kowalscy):
    row = enrol(own, tomasz, person=mother_of(kowalscy), family=kowalscy)
    assert row.status == ParticipationStatus.TAKING_PART
    form = response_text(as_olga.get(page("projects:participation-move", edition.pk, row.pk)))
    assert "Grupa Tomasza" not in form


def test_the_roles_are_as_the_rule_says(olga, anna):
    assert olga.roles == {Role.SPECIALIST} and Role.SPECIALIST not in anna.roles


def test_it_costs_no_statement_more(client, olga, maria, edition, own, other):
    counts = []
    for user in (olga, maria):
        client.force_login(user)
        counts.append([len(page_statements(client, page(name, edition.pk))) for name in PROJECT_PAGES[:3]])
    assert all(one <= other for one, other in zip(*counts, strict=True))
