"""The list, the page of a project, its history and card: who sees them, what they say, what they cost."""

from dataclasses import replace
from datetime import date

import pytest
from django.urls import reverse

from families import law
from projects import actions
from projects.papers import working_copy_html
from tests.projects.helpers import (
    TITLE,
    make_approved,
    make_complete,
    make_draft,
    make_running,
    project_period,
)
from tests.statement_counts import page_statements

LIST = reverse("projects:list")


@pytest.fixture
def edition(tomasz, maria):
    return make_running(tomasz, maria)


def page_of(client, name, edition):
    return client.get(reverse(f"projects:{name}", args=[edition.pk])).content.decode()


def test_the_empty_list_says_who_begins(as_anna):
    page = as_anna.get(LIST).content.decode()
    assert "Nie ma jeszcze projektów" in page and "Nowy projekt" not in page


def test_an_administrator_sees_no_projects(client, jan, edition):
    client.force_login(jan)
    assert LIST not in client.get(reverse("start")).content.decode()
    for url in (
        LIST,
        reverse("projects:project", args=[edition.pk]),
        reverse("projects:card", args=[edition.pk]),
    ):
        assert client.get(url).status_code == 403


def test_filters_by_state_and_year(as_anna, tomasz, edition):
    make_draft(tomasz, title="Ferie", starts_on=date(2027, 1, 18), ends_on=date(2027, 1, 29))
    for query, shown in (("", {TITLE, "Ferie"}), ("?stan=draft", {"Ferie"}), ("?rok=2026", {TITLE})):
        page = as_anna.get(LIST + query).content.decode()
        assert {title for title in (TITLE, "Ferie") if f">{title}</a>" in page} == shown
    # An open project runs in every year from its first one.
    assert f">{TITLE}</a>" in as_anna.get(f"{LIST}?rok=2027").content.decode()
    assert "Żaden projekt nie pasuje" in as_anna.get(f"{LIST}?stan=settled&rok=x").content.decode()


def test_one_project_never_meets_the_word_line(as_anna, edition):
    assert "lini" not in as_anna.get(LIST).content.decode().lower().replace("line", "")


def test_editions_of_one_project_stand_together(as_anna, tomasz, edition):
    make_draft(tomasz, title="Ferie", starts_on=date(2026, 11, 1), ends_on=None)
    ended = actions.end_edition(edition=edition, last_day=date(2026, 10, 13), version=None, by=tomasz)
    period = project_period(title="Wiosna", starts_on=date(2027, 2, 1), ends_on=None)
    actions.create_edition(data=period, copy_of=ended, by=tomasz)
    page = as_anna.get(LIST).content.decode()
    assert page.index(">Wiosna</a>") < page.index(f">{TITLE}</a>") < page.index(">Ferie</a>")


def test_the_page_says_who_wrote_and_who_approved(as_anna, edition, tomasz, maria):
    page = page_of(as_anna, "project", edition)
    assert all(
        text in page for text in (str(tomasz), str(maria), "sala warsztatowa", "2\u00a0460,00", "Przychodnia")
    )
    assert "Zakończ zajęcia" not in page  # anna is no author


def test_links_lead_to_what_the_user_may_do(as_tomasz, edition):
    page = page_of(as_tomasz, "project", edition)
    assert reverse("projects:end", args=[edition.pk]) in page
    assert reverse("projects:withdraw", args=[edition.pk]) not in page


def test_history_names_the_steps(as_anna, edition):
    page = page_of(as_anna, "history", edition)
    assert "Zatwierdzenie do realizacji" in page and "Nowy projekt" in page


def test_the_card_before_the_approval_is_a_working_copy(tomasz, maria):
    today = date(2026, 10, 13)
    html = working_copy_html(make_complete(tomasz), today=today)
    assert "Wersja robocza" in html and "Zatwierdzam" not in html
    html = working_copy_html(make_approved(tomasz, maria, title="Drugi"), today=today)
    assert "Wersja robocza" not in html and "Zatwierdzam" in html


@pytest.mark.parametrize(("name", "ceiling"), [("project", 15), ("history", 9), ("write", 25)])
def test_statements_of_a_project(as_tomasz, tomasz, edition, name, ceiling):
    shown = make_complete(tomasz, title="Drugi") if name == "write" else edition
    assert len(page_statements(as_tomasz, reverse(f"projects:{name}", args=[shown.pk]))) <= ceiling


def test_statements_of_the_list_do_not_grow(as_tomasz, tomasz):
    for number in range(12):
        make_draft(tomasz, title=f"Projekt {number}")
    assert len(page_statements(as_tomasz, LIST)) <= 8


def test_no_unread_provision_stands_on_the_card(edition, monkeypatch):
    assert "Podstawa prawna" not in working_copy_html(edition, today=date(2026, 10, 13))
    monkeypatch.setattr(law, "SOCIAL_PROJECT", replace(law.SOCIAL_PROJECT, verified=True))
    assert "Podstawa prawna" in working_copy_html(edition, today=date(2026, 10, 13))
