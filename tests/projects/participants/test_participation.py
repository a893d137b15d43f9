"""The page of one participation: its steps, criteria, papers and contact; who may open it; the reason of a therapy."""

from datetime import timedelta

import pytest
from django.urls import reverse

from lubsko_ops.audit.history import save_with_history
from lubsko_ops.audit.models import AccessLogEntry
from projects.models import GroupLeader, Participation, TherapyReason
from tests.factories import TODAY
from tests.form_client import response_text
from tests.projects.factories import make_group, make_participation
from tests.projects.helpers import make_running
from tests.projects.participants.stored_rows import answer, member, sign
from tests.statement_counts import page_statements

REASON = "lęk po wypadku"


@pytest.fixture
def edition(tomasz, maria):
    return make_running(tomasz, maria)


@pytest.fixture
def group(edition, tomasz):
    return make_group(edition, tomasz, name="Wioska Kobiet", takes="pairs")


@pytest.fixture
def pair(edition, group, tomasz, kowalscy):
    return make_participation(
        edition, tomasz, person=member(kowalscy, "Danuta"), child=member(kowalscy, "Kacper"), family=kowalscy,
        group=group, day=TODAY, contact_phone="68 000 00 07", plan_goal="Danuta szuka pracy",
        admission_reason="Asystent zacznie za tydzień.",
    )  # fmt: skip


def page(row):
    return reverse("projects:participation", args=[row.edition_id, row.pk])


def text_of(client, row):
    return response_text(client.get(page(row))).replace("\u00a0", " ")


def lead(group, user, by):
    save_with_history(GroupLeader(group=group, user=user, starts_on=TODAY), by=by, why="Prowadzi")


def give_reason(row, by):
    save_with_history(TherapyReason(participation=row, text=REASON), by=by, why="Powód")


def test_the_page_says_how_it_stands(as_anna, pair, tomasz, kowalscy):
    answer(pair, tomasz, **{"ma dziecko": "yes", "asystent rodziny": "no"})
    sign(pair.edition, tomasz, pair.person, given_on=TODAY - timedelta(days=1), withdrawn_on=TODAY)
    sign(pair.edition, tomasz, pair.child, "guardian", given_by=pair.person)
    text = text_of(as_anna, pair)
    for each in (
        "Danuta Kowalska z dzieckiem: Kacper Kowalska", "Uczestniczy, 13.10.2026", "Początek udziału", str(tomasz),
        "asystent rodziny", "Przyjęty mimo kryteriów", "Asystent zacznie za tydzień.", "68 000 00 07",
        "Cel planu", "Danuta szuka pracy", "Brak deklaracji", "cofnięto 13.10.2026",
        "podpisał opiekun: Danuta Kowalska",
    ):  # fmt: skip
        assert each in text, each
    assert "brak zgody opiekuna" not in text.lower()
    entry = AccessLogEntry.objects.latest("pk")
    assert set(entry.persons) == {pair.person_id, pair.child_id} and entry.families == [kowalscy.pk]


def test_who_may_not_see_the_participant_does_not_open_the_page(client, pair, ewa, jan):
    for user in (ewa, jan):
        client.force_login(user)
        assert client.get(page(pair)).status_code == 404


def test_a_participation_of_another_project_is_not_there(as_tomasz, pair, edition):
    assert as_tomasz.get(reverse("projects:participation", args=[edition.pk + 1, pair.pk])).status_code == 404


def test_the_leader_sees_no_goal_of_the_plan_and_no_link_to_the_file(
    client, pair, group, ewa, tomasz, kowalscy
):
    lead(group, ewa, tomasz)
    client.force_login(ewa)
    response = client.get(page(pair))
    assert "Danuta Kowalska" in response_text(response) and "szuka pracy" not in response_text(response)
    assert reverse("families:overview", args=[kowalscy.pk]) not in response.content.decode()


def test_a_whole_family_shows_the_papers_of_its_members(as_tomasz, edition, tomasz, kowalscy):
    work = make_group(edition, tomasz, name="Praca z rodzinami", kind="family_work", takes="families")
    row = make_participation(edition, tomasz, family=kowalscy, group=work, day=TODAY)
    text = text_of(as_tomasz, row)
    assert "Brak deklaracji" in text
    assert reverse("projects:consent-new", args=[edition.pk, row.pk]) in text
    sign(edition, tomasz, member(kowalscy, "Danuta"))
    text = text_of(as_tomasz, row)
    assert "Brak deklaracji" not in text
    assert "Deklaracja uczestnictwa" in text and "Danuta Kowalska" in text


# ---- the reason of a therapy -------------------------------------------------------------------------
def test_the_health_circle_of_the_family_reads_the_reason(as_anna, pair, tomasz):
    give_reason(pair, tomasz)
    assert REASON in text_of(as_anna, pair)


def test_an_author_who_does_not_open_the_family_does_not(as_tomasz, edition, group, tomasz, ewa, nowakowie):
    row = make_participation(
        edition, tomasz, person=member(nowakowie, "Danuta"), family=nowakowie, group=group, day=TODAY
    )
    give_reason(row, tomasz)
    opens = type(nowakowie).objects.visible_to(tomasz, on=TODAY).filter(pk=nowakowie.pk).exists()
    assert (REASON in text_of(as_tomasz, row)) is opens


def test_a_leader_who_is_no_specialist_does_not(client, pair, group, ewa, tomasz):
    give_reason(pair, tomasz)
    lead(group, ewa, tomasz)
    client.force_login(ewa)
    assert REASON not in text_of(client, pair)


def test_the_specialist_who_leads_the_group_reads_it_and_nobody_in_a_list(client, pair, group, olga, tomasz):
    give_reason(pair, tomasz)
    lead(group, olga, tomasz)
    client.force_login(olga)
    assert REASON in text_of(client, pair)
    listed = client.get(reverse("projects:participants", args=[pair.edition_id]))
    assert "Danuta" in response_text(listed) and REASON not in response_text(listed)


def test_of_an_outsider_the_leader_and_the_manager_read_it(client, pair, group, anna, ewa, maria, tomasz):
    give_reason(pair, tomasz)
    Participation.objects.filter(pk=pair.pk).update(family=None)
    lead(group, ewa, tomasz)
    for user, reads in ((ewa, True), (maria, True), (tomasz, False)):
        client.force_login(user)
        assert (REASON in text_of(client, pair)) is reads, user


def test_statements(as_tomasz, pair, tomasz):
    answer(pair, tomasz, **{"ma dziecko": "yes"})
    before = len(page_statements(as_tomasz, page(pair)))
    answer(pair, tomasz, **{"asystent rodziny": "no", "bez pracy": "unknown"})
    for kind in ("image", "information"):
        sign(pair.edition, tomasz, pair.person, kind)
    assert len(page_statements(as_tomasz, page(pair))) == before <= 14
