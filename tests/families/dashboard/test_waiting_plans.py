"""Waiting plans on the dashboards."""

from datetime import timedelta

from families.plans.actions import accept_plan, consult_plan, return_plan
from lubsko_ops.audit.models import AccessLogEntry
from lubsko_ops.core import clock
from tests.factories import TODAY, create_family_with_work
from tests.families.dashboard.helpers import dashboard_text
from tests.page import Page
from tests.plan_factories import (
    create_accepted_plan,
    create_consulted_plan,
    create_draft_plan,
    create_plan_in_force,
    create_sent_plan,
)
from tests.statement_counts import page_statements

FRIDAY = TODAY - timedelta(days=4)


def test_social_worker_sees_plans_longest_waiting_first(
    client, tomasz, maria, anna, town, kowalscy, nowakowie, ewa
):
    other = create_family_with_work("Zielińscy", assistant=anna, social_worker=tomasz, region=town, by=maria)
    create_sent_plan(kowalscy, by=anna)
    with clock.freeze_time(FRIDAY):
        create_sent_plan(other, by=anna)
        create_sent_plan(nowakowie, by=ewa)  # of another region, led by zofia
    text = dashboard_text(client, tomasz)
    assert "Do konsultacji: 2 plany." in text
    assert (
        "Plany do konsultacji (2) Zielińscy, wersja 1 A. Sikora; pierwszy plan"
        " 2 dni robocze od 09.10.2026 Przeczytaj plan : Zielińscy, wersja 1"
        " Kowalscy, wersja 1 A. Sikora; pierwszy plan od dziś od 13.10.2026" in text
    )
    assert "Nowakowie" not in text
    assert "Nic nie czeka" not in text
    assert f"/rodziny/{other.pk}/plan/1/" in Page(client.get("/")).urls
    assert {kowalscy.pk, other.pk} <= set(AccessLogEntry.objects.last().families)


def test_plan_of_a_family_led_by_another_social_worker_is_left_out(
    client, tomasz, zofia, anna, kowalscy, nowakowie, ewa
):
    create_sent_plan(nowakowie, by=ewa)
    assert "Plany do konsultacji (1)" in dashboard_text(client, zofia)
    assert "Plany do konsultacji" not in dashboard_text(client, tomasz)


def test_consulted_plan_goes_to_the_manager(client, tomasz, maria, anna, kowalscy):
    plan = create_sent_plan(kowalscy, by=anna)
    assert "Plan do akceptacji" not in dashboard_text(client, maria)
    consult_plan(plan=plan, remarks="Dopisałabym poradnię.", version=None, by=tomasz)
    assert "Plany do konsultacji" not in dashboard_text(client, tomasz)
    text = dashboard_text(client, maria)
    assert "Do decyzji: 1 sprawa" in text
    assert (
        "Plan do akceptacji Kowalscy, wersja 1 A. Sikora; po konsultacji, z uwagami od dziś od 13.10.2026"
        " Przeczytaj plan : Kowalscy, wersja 1" in text
    )
    accept_plan(plan=plan, version=None, by=maria)
    assert "Plan do akceptacji" not in dashboard_text(client, maria)


def test_plans_come_after_concerns_and_families(client, tomasz, maria, anna, kowalscy, unassigned_family):
    create_consulted_plan(kowalscy, by=anna, tomasz=tomasz)
    text = dashboard_text(client, maria)
    assert "Do decyzji: 2 sprawy" in text
    assert text.index("Czeka na asystenta Lisowie") < text.index("Plan do akceptacji Kowalscy")


def test_steps_of_plans_are_one_column_of_what_is_overdue(client, tomasz, maria, anna, kowalscy):
    with clock.freeze_time(TODAY - timedelta(days=30)):
        create_consulted_plan(kowalscy, by=anna, tomasz=tomasz)
    text = dashboard_text(client, maria)
    assert "Osoba Wizyta Plan Ocena Anna Sikora 1 : Anna Sikora 0 1" in text
    assert "Kierownik 0 1 : Kierownik 0" in text


def test_deadline_of_a_plan_links_to_it(client, tomasz, anna, kowalscy):
    with clock.freeze_time(TODAY - timedelta(days=30)):
        plan = create_sent_plan(kowalscy, by=anna)
    file = f"/rodziny/{kowalscy.pk}/"
    client.force_login(tomasz)
    page = " ".join(client.get("/").content.decode().split())
    assert f'<a href="{file}plan/1/">Kowalscy: konsultacja planu</a>' in page
    with clock.freeze_time(TODAY - timedelta(days=20)):
        return_plan(plan=plan, text="Dopisz terminy.", remarks={}, version=None, by=tomasz)
    client.force_login(anna)
    page = " ".join(client.get("/").content.decode().split())
    assert f'<a href="{file}plan/1/">Kowalscy: poprawa planu</a>' in page
    assert f'<a href="{file}">Kowalscy: okresowa ocena</a>' in page, (
        "what has no page of its own leads to the file"
    )


def test_accepted_plans_of_the_quarter_are_counted(client, tomasz, maria, anna, kowalscy):
    assert "Plany zaakceptowane 0 0" in dashboard_text(client, maria)
    create_accepted_plan(kowalscy, by=anna, tomasz=tomasz, maria=maria)
    assert "Plany zaakceptowane 1 0" in dashboard_text(client, maria)


def test_assistant_sees_returned_plans_and_missing_signatures(client, tomasz, maria, anna, town, kowalscy):
    other = create_family_with_work("Zielińscy", assistant=anna, social_worker=tomasz, region=town, by=maria)
    with clock.freeze_time(FRIDAY):
        create_accepted_plan(other, by=anna, tomasz=tomasz, maria=maria)
    plan = create_sent_plan(kowalscy, by=anna)
    assert "Plany do poprawy lub podpisu: 1" in dashboard_text(client, anna)
    return_plan(plan=plan, text="Dopisz cel.", remarks={}, version=None, by=tomasz)
    text = dashboard_text(client, anna)
    assert (
        "Plany do poprawy lub podpisu: 2 Zielińscy: plan, wersja 1 do podpisu od 09.10.2026"
        " Kowalscy: plan, wersja 1 do poprawy od 13.10.2026" in text
    )
    assert f"/rodziny/{kowalscy.pk}/plan/1/" in Page(client.get("/")).urls


def test_no_heading_without_plans(client, ewa, anna, kowalscy, nowakowie):
    create_draft_plan(kowalscy, by=anna)
    for user in (anna, ewa):
        assert "Plany do poprawy" not in dashboard_text(client, user)


def test_statements_do_not_grow_with_plans(client, tomasz, maria, anna, ewa, make_user, town, kowalscy):
    create_consulted_plan(kowalscy, by=anna, tomasz=tomasz)
    for user in (tomasz, maria, anna):
        client.force_login(user)
        assert len(page_statements(client, "/")) <= 12, user
    for number in range(4):
        family = create_family_with_work(
            f"Rodzina {number}", assistant=ewa, social_worker=tomasz, region=town, by=maria
        )
        if number % 2:
            create_sent_plan(family, by=ewa)
        else:
            create_consulted_plan(family, by=ewa, tomasz=tomasz)
    for user in (tomasz, maria, ewa):
        client.force_login(user)
        assert len(page_statements(client, "/")) <= 12, user


def test_plan_in_force_is_not_in_any_queue(client, tomasz, maria, anna, kowalscy):
    create_plan_in_force(kowalscy, by=anna, tomasz=tomasz, maria=maria)
    for user in (tomasz, maria, anna):
        assert "wersja 1" not in dashboard_text(client, user)
