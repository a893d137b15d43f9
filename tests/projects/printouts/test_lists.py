"""The list of participants on paper and as a workbook: who is on it, who gets it, and what never stands there."""

from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from lubsko_ops.audit.history import save_with_history
from lubsko_ops.audit.models import AccessLogEntry
from projects.models import GroupLeader, TherapyReason
from projects.participants.people import age_text
from projects.printouts import lists
from projects.printouts.people import visible_in
from tests.factories import TODAY
from tests.lubsko_ops.output.conftest import html_to_pdf, pdf_text, validation_errors
from tests.projects.helpers import STARTS
from tests.projects.printouts.helpers import enrol, sign
from tests.statement_counts import page_statements


@pytest.fixture
def ewa_leads(cast, ewa, tomasz):
    row = GroupLeader(group=cast.school, user=ewa, starts_on=TODAY)
    return save_with_history(row, by=tomasz, why="Prowadzi")


def list_url(edition, query=""):
    return reverse("projects:participant-list", args=[edition.pk]) + query


def context_of(edition, user, *, group=None, hidden=0, signatures=False):
    rows = list(visible_in(edition, user, on=TODAY))
    return lists.list_context(edition, rows, group=group, hidden=hidden, signatures=signatures, today=TODAY)


def workbook_rows(client, edition):
    url = reverse("projects:participants-xlsx", args=[edition.pk])
    page = load_workbook(BytesIO(client.get(url).content)).active
    head, *rows = page.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


# ---- on paper ----------------------------------------------------------------------------------------
def test_the_list_has_those_who_hold_a_place_and_counts_the_others(edition, cast, tomasz):
    context = context_of(edition, tomasz, hidden=5)
    rows = [(row["name"], row["age"], row["child"], row["status"]) for row in context["rows"]]
    assert [tuple(text.replace("\u00a0", " ") for text in row) for row in rows] == [
        ("Kowalska Danuta", "38 lat", "", "zakwalifikowany"),
        ("Nowak Danuta", "38 lat", "Kacper Nowak, 9 lat", "uczestniczy"),
        ("rodzina: Nowakowie", "", "", "uczestniczy"),
    ]
    assert context["others"].replace("\u00a0", " ") == (
        "Poza listą: lista rezerwowa – 1 osoba, spoza rodzin i grup osoby, która pobrała listę – 5 osób."
    )


def test_small_children_are_counted_in_months(cast):
    cast.child.born_on = STARTS.replace(year=2025, month=8, day=2)
    assert age_text(cast.child, STARTS, "months") == "15\u00a0miesięcy"
    assert age_text(cast.child, STARTS) == "1\u00a0rok"
    cast.child.born_on = None
    assert age_text(cast.child, STARTS) == ""


@pytest.mark.usefixtures("no_pdf")
def test_who_runs_the_participants_prints_it_within_scope(client, edition, cast, ewa, ewa_leads, nowakowie):
    client.force_login(ewa)
    assert client.get(list_url(edition)).status_code == 200
    entry = AccessLogEntry.objects.latest("pk")
    # Her group, and the family she assists.
    assert set(entry.persons) == {each.pk for each in (cast.danuta, cast.kacper, cast.nowak, cast.child)}
    assert client.get(list_url(edition, f"?grupa={cast.school.pk}")).status_code == 200
    assert set(AccessLogEntry.objects.latest("pk").persons) == {cast.danuta.pk, cast.kacper.pk}


@pytest.mark.usefixtures("no_pdf")
def test_an_assistant_who_only_enrols_does_not(as_anna, edition, cast):
    assert as_anna.get(list_url(edition)).status_code == 403


@pytest.mark.usefixtures("no_pdf")
@pytest.mark.parametrize("group", ["0", "x", ""])
def test_an_unknown_group(as_tomasz, edition, group):
    assert as_tomasz.get(list_url(edition, f"?grupa={group}")).status_code == 404


def test_reasons_stay_off_it(edition, cast, tomasz):
    reason = TherapyReason(participation=cast.pair, text="lęk po wypadku")
    save_with_history(reason, by=tomasz, why="Powód")
    rows = list(visible_in(edition, tomasz, on=TODAY))
    html = lists.list_html(edition, rows, group=None, hidden=0, signatures=False, today=TODAY)
    assert "Nowak" in html and "wypadku" not in html


def test_it_is_accessible_with_a_column_to_sign_in(edition, cast, tomasz):
    rows = list(visible_in(edition, tomasz, on=TODAY))
    html = lists.list_html(edition, rows, group=cast.school, hidden=0, signatures=True, today=TODAY)
    pdf = html_to_pdf(html)
    assert validation_errors(pdf, "ua1") == validation_errors(pdf, "3a") == []
    assert "Podpis" in pdf_text(pdf) and "Strona 1 z 1" in pdf_text(pdf)


# ---- as a workbook -----------------------------------------------------------------------------------
def test_the_workbook_has_a_line_for_each_person(as_tomasz, edition, cast, tomasz):
    sign(edition, tomasz, cast.danuta)
    sign(edition, tomasz, cast.child, "image", withdrawn_on=TODAY)
    rows = workbook_rows(as_tomasz, edition)
    people = [(row["Nazwisko"], row["Imię"], row["W parze z"]) for row in rows if row["Imię"]]
    assert people == [
        ("Kowalska", "Danuta", None),
        ("Kowalska", "Kacper", None),
        ("Nowak", "Danuta", "Kacper Nowak"),
        ("Nowak", "Kacper", "Danuta Nowak"),
        ("Nowakowie", "cała rodzina", None),
    ]
    assert (rows[0]["Deklaracja"].date(), rows[0]["Telefon"], rows[0]["Płeć"]) == (
        TODAY,
        "68 000 00 07",
        "kobieta",
    )
    assert rows[3]["Zgoda na wizerunek"] == "cofnięto 13.10.2026"


def test_it_names_only_families_the_user_may_open(client, edition, cast, ewa, ewa_leads):
    client.force_login(ewa)
    families = {row["Nazwisko"]: row["Rodzina"] for row in workbook_rows(client, edition) if row["Imię"]}
    assert families == {"Kowalska": None, "Nowak": "Nowakowie", "Nowakowie": "Nowakowie"}


def test_anna_gets_her_own_and_how_many_there_are_besides(as_anna, edition, cast):
    rows = workbook_rows(as_anna, edition)
    assert {row["Nazwisko"] for row in rows if row["Imię"]} == {"Kowalska"}
    assert "2\u00a0osoby" in rows[-1]["Nazwisko"]


def test_a_name_that_looks_like_a_formula_stays_text(as_tomasz, edition, cast, tomasz):
    type(cast.danuta).objects.filter(pk=cast.danuta.pk).update(first_name='=HYPERLINK("http://x")')
    assert workbook_rows(as_tomasz, edition)[0]["Imię"] == '=HYPERLINK("http://x")'


@pytest.mark.usefixtures("no_pdf")
@pytest.mark.parametrize(
    ("name", "ceiling"), [("participant-list", 8), ("participants-xlsx", 8), ("unsigned-declarations", 8)]
)
def test_the_number_of_statements_does_not_grow(as_tomasz, edition, cast, tomasz, name, ceiling):
    url = reverse(f"projects:{name}", args=[edition.pk])
    before = len(page_statements(as_tomasz, url))
    enrol(edition, tomasz, cast.kacper, group=cast.pairs, status="taking_part")
    assert len(page_statements(as_tomasz, url)) == before <= ceiling


def test_outsiders_are_on_it(as_tomasz, edition, cast, tomasz):
    enrol(edition, tomasz, cast.danuta, status="reported")
    assert [row["Nazwisko"] for row in workbook_rows(as_tomasz, edition)].count("Kowalska") == 3
