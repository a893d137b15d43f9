"""The notice of the recruitment: what it says, to whom it is printed, and that it names nobody."""

import pytest
from django.urls import reverse

from lubsko_ops.audit.history import save_with_history
from projects.models import Edition, GroupLeader
from projects.papers import card_context, working_copy_html
from projects.printouts.notice import group_text, notice_context, notice_html
from tests.lubsko_ops.output.conftest import html_to_pdf, pdf_text, validation_errors
from tests.projects.helpers import STARTS, make_sent
from tests.projects.printouts.helpers import make_group


@pytest.fixture
def edition(edition):
    edition.telephones = "68 457 23 11, 68 457 23 12 lub 502 111 222"
    return edition


def test_it_says_for_whom_when_where_and_how_to_enrol(edition):
    context = notice_context(edition)
    assert context["target_group"] == "Rodziny z asystentem."
    assert context["when"] == "od 2 listopada 2026 r. do 31 grudnia 2026 r."
    assert (context["place"], context["places"]) == ("sala warsztatowa", "14\u00a0miejsc")
    assert context["enrolment"] == "od 15 października 2026 r. do 30 października 2026 r."
    assert context["telephones"] == ["68 457 23 11", "68 457 23 12", "502 111 222"]
    assert context["programme"] == [("Warsztat komunikacji", ""), ("Warsztat budżetu", "")]
    assert not context["stage"]


def test_groups_stand_with_their_ages_and_places_instead_of_planned_actions(edition, tomasz):
    places = {"takes": "pairs", "age_to": 12, "age_unit": "months", "capacity": 12, "meetings": 24}
    group = make_group(edition, tomasz, "Wioska Kobiet", kind="group", other_place="sala 3", **places)
    make_group(edition, tomasz, "Zbiórka", kind="event", takes="nobody")
    assert group_text(group)[1].replace("\u00a0", " ") == (
        "spotkanie grupowe, wiek do 12 miesięcy, sala 3, 24 spotkania, 12 miejsc dla rodziców z dziećmi"
    )
    assert [name for name, _ in notice_context(edition)["programme"]] == ["Wioska Kobiet"]


def test_the_groups_stand_on_the_card_with_their_leaders(edition, tomasz):
    group = make_group(edition, tomasz, "Senso-Ludki", kind="children", age_from=2, age_to=6, capacity=10)
    save_with_history(GroupLeader(group=group, name="Jan Lis", starts_on=STARTS), by=tomasz, why="Prowadzi")
    (row,) = card_context(edition, today=STARTS)["groups"]
    assert (row["name"], row["leaders"], row["days"]) == ("Senso-Ludki", "Jan Lis", "02.11.2026–31.12.2026")
    assert row["for_whom"] == "pojedyncze osoby, wiek 2–6\u00a0lat"
    assert "Jan Lis" in working_copy_html(edition, today=STARTS).replace("\u00a0", " ")
    assert "Jan Lis" not in notice_html(edition).replace("\u00a0", " ")


def test_long_texts_are_set_smaller(edition):
    assert not notice_context(edition)["is_long"]
    edition.target_group = "Rodziny przeżywające trudności. " * 30
    assert notice_context(edition)["is_long"]


def test_before_the_approval_it_is_marked(tomasz):
    html = notice_html(make_sent(tomasz))
    assert "Wersja robocza" in html and "nie wywieszać" in html


def test_of_a_project_given_up_too(edition):
    Edition.objects.filter(pk=edition.pk).update(state="withdrawn")
    edition.refresh_from_db()
    assert "od projektu odstąpiono" in notice_html(edition).replace("\u00a0", " ")


def test_it_names_nobody(edition, tomasz, maria):
    html = notice_html(edition)
    assert not [each for each in (tomasz.last_name, maria.last_name) if each in html]


def test_one_accessible_page(edition):
    pdf = html_to_pdf(notice_html(edition))
    assert validation_errors(pdf, "ua1") == validation_errors(pdf, "3a") == []
    text = pdf_text(pdf)
    assert "Strona 1 z 1" in text and "tel. 68 457 23 11" in text


@pytest.mark.usefixtures("no_pdf")
def test_everybody_who_reads_projects_prints_it(as_anna, client, jan, edition):
    url = reverse("projects:notice", args=[edition.pk])
    assert as_anna.get(url)["Content-Type"] == "application/pdf"
    client.force_login(jan)
    assert client.get(url).status_code == 403
