"""Dashboard of an assistant."""

from datetime import date, time, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from families.caseload.actions import assign_assistant
from families.caseload.models import Assignment
from families.choices import VisitResult
from families.people.address_actions import correct_address
from families.visits.dto import OutcomeData
from families.visits.models import Agreement, Visit
from lubsko_ops.audit.models import AccessLogEntry
from lubsko_ops.core import clock
from lubsko_ops.submissions.models import Draft
from tests.factories import TODAY, create_family_with_work
from tests.families.caseload.helpers import assign_families
from tests.families.dashboard.helpers import WEEK_AGO, arrange_visit, dashboard_text
from tests.families.visits.helpers import make_visit, new_visit_url, submit_visit
from tests.form_client import response_text
from tests.statement_counts import page_statements

pytestmark = pytest.mark.usefixtures("limit_of_15")

# ---- agenda ------------------------------------------------------------------------------------------


def test_arranged_visit_links_to_its_form(client, anna, kowalscy):
    arrange_visit(kowalscy, anna)
    text = dashboard_text(client, anna)
    assert "Dziś 1 wizyta." in text
    assert "13:30 Kowalscy umówiona wizyta, ul. Długa 14 m. 2 Zapisz wizytę : Kowalscy" in text
    page = client.get("/").content.decode()
    assert f'href="{new_visit_url(kowalscy)}?umowiona=1"' in page
    assert f'href="{reverse("families:visit-choose")}"' in page


def test_arranged_visit_shows_open_agreements(client, anna, kowalscy):
    """Settled agreements are not counted; moved ones and those of an older visit are."""
    with clock.freeze_time(WEEK_AGO - timedelta(days=7)):
        older = make_visit(
            kowalscy,
            anna,
            WEEK_AGO - timedelta(days=7),
            starts_at="08:00",
            ends_at="09:00",
            agreements=[
                Agreement(what=what, agreed_by="family") for what in ("Wniosek", "Badanie", "Zeszyt")
            ],
        )
    settled, moved, _ = older.agreements.order_by("pk")
    with clock.freeze_time(WEEK_AGO):
        make_visit(
            kowalscy,
            anna,
            WEEK_AGO,
            starts_at="09:00",
            ends_at="10:00",
            next_day=TODAY,
            next_at=time(13, 30),
            agreements=[Agreement(what="Zadzwonić do szkoły", agreed_by="assistant")],
            outcomes=[OutcomeData(settled, "done"), OutcomeData(moved, "moved", TODAY)],
        )
    assert "umówiona wizyta, ul. Długa 14 m. 2 Ustalenia: 3 do sprawdzenia" in dashboard_text(client, anna)
    make_visit(kowalscy, anna, TODAY, starts_at="08:30", ends_at="09:30")
    assert "do sprawdzenia" not in dashboard_text(client, anna)


def test_entered_visit_replaces_the_arranged_one(client, anna, kowalscy):
    """A held visit shows its duration, a failed one its result; neither is planned any more."""
    arrange_visit(kowalscy, anna)
    make_visit(kowalscy, anna, TODAY, starts_at="08:30", ends_at="09:30")
    text = dashboard_text(client, anna)
    assert "Dziś 1 wizyta." in text
    assert "8:30 Kowalscy wizyta planowana, ul. Długa 14 m. 2 zapisana : Kowalscy 1 godz." in text
    assert "umówiona wizyta" not in text


def test_failed_visit_shows_the_result(client, anna, kowalscy):
    arrange_visit(kowalscy, anna)
    make_visit(kowalscy, anna, TODAY, starts_at="10:30", ends_at="10:30", result=VisitResult.NOBODY_HOME)
    text = dashboard_text(client, anna)
    assert "10:30 Kowalscy wizyta planowana, ul. Długa 14 m. 2 nikogo nie zastano" in text
    assert "umówiona wizyta" not in text


def test_a_visit_agreed_before_a_newer_one_is_not_planned(client, anna, kowalscy):
    arrange_visit(kowalscy, anna)
    make_visit(kowalscy, anna, TODAY - timedelta(days=1))
    text = dashboard_text(client, anna)
    assert "Na dziś nie ma umówionych wizyt." in text
    assert "umówiona wizyta" not in text


def test_missed_arranged_day_is_marked(client, anna, kowalscy):
    arrange_visit(kowalscy, anna, day=TODAY - timedelta(days=2))
    assert "11.10.2026, 13:30 bez wpisu" in dashboard_text(client, anna)


def test_draft_continues_from_its_row(client, anna, kowalscy):
    arrange_visit(kowalscy, anna)
    with clock.freeze_time(clock.to_instant(TODAY, time(9, 32))):
        draft = Draft.objects.create(
            user=anna, key=uuid4(), address=new_visit_url(kowalscy), title="Wizyta", saved_at=clock.now()
        )
    text = dashboard_text(client, anna)
    assert "Dokończ szkic z 9:32" in text.replace("09:32", "9:32")
    assert f'href="{new_visit_url(kowalscy)}?szkic={draft.key}">Dokończ' in client.get("/").content.decode()
    assert "1 niedokończony szkic do zapisania." in text


def test_draft_belongs_to_its_family(client, maria, anna, tomasz, town, kowalscy):
    other = create_family_with_work("Zielińscy", assistant=anna, social_worker=tomasz, region=town, by=maria)
    arrange_visit(kowalscy, anna)
    Draft.objects.create(
        user=anna, key=uuid4(), address=new_visit_url(other), title="Wizyta", saved_at=clock.now()
    )
    text = dashboard_text(client, anna)
    assert "Dokończ szkic" not in text


def test_five_drafts_shown_and_others_folded(client, anna, kowalscy):
    for number in range(7):
        Draft.objects.create(
            user=anna,
            key=uuid4(),
            address=new_visit_url(kowalscy),
            title=f"Szkic {number}.",
            saved_at=clock.now() - timedelta(hours=number),
        )
    text = dashboard_text(client, anna)
    assert "Niedokończone szkice: 7" in text
    assert text.index("Szkic 4.") < text.index("Pokaż wszystkie 7") < text.index("Szkic 5.")
    Draft.objects.filter(saved_at__lt=clock.now() - timedelta(hours=4)).delete()
    assert "Pokaż wszystkie" not in dashboard_text(client, anna)


# ---- deadlines ------------------------------------------------------------------------------------------


def test_saved_visit_meets_its_deadline(client, anna, kowalscy):
    """Work since 4 March without a visit: the first one is overdue until it is entered."""
    text = dashboard_text(client, anna)
    assert "Po terminie: 3 Kowalscy: pierwsza wizyta" in text
    assert "Po terminie są 3 sprawy." in text
    response = submit_visit(client, kowalscy, day="13.10.2026", starts_at="10:00", ends_at="11:00")
    assert response.status_code == 302, response.content.decode()
    text = dashboard_text(client, anna)
    assert "pierwsza wizyta" not in text.lower()
    assert "Po terminie: 2 Kowalscy: plan pracy z rodziną" in text
    assert "Kowalscy: okresowa ocena" in text
    assert "Po terminie są 2 sprawy." in text


def test_families_are_sorted_by_own_deadline(client, maria, anna, tomasz, town, kowalscy):
    """Families are sorted by deadline, not by name; those without a deadline come last."""
    with clock.freeze_time(TODAY):
        create_family_with_work(
            "Adamscy", assistant=anna, social_worker=tomasz, region=town, by=maria, on=TODAY
        )
    text = dashboard_text(client, anna).partition("Moje rodziny (2)")[2]
    kowalscy_row, adamscy_row = text.index("Kowalscy 2026/001"), text.index("Adamscy 2026/002")
    assert kowalscy_row < adamscy_row
    assert "Adamscy 2026/002 Pierwsza wizyta 20.10.2026 za 7 dni nie było nie umówiono" in text


def test_accompanying_assistant_sees_who_is_responsible(client, maria, anna, ewa, kowalscy):
    assign_assistant(
        period=kowalscy.periods.get(), assistant=ewa, starts_on=TODAY, kind="accompanying", by=maria
    )
    text = dashboard_text(client, ewa)
    assert "Nic nie jest po terminie." in text
    assert "Kowalscy 2026/001 towarzyszysz Pierwsza wizyta Anna Sikora" in text
    assert "Zajęte miejsca: 0 z 15." in text


# ---- the month ---------------------------------------------------------------------------------------


def test_month_figures(client, anna, ewa, kowalscy, nowakowie):
    """Two held (one entered late) and one failed; visits of September and of Ewa are left out."""
    with clock.freeze_time(date(2026, 9, 30)):
        make_visit(kowalscy, anna, date(2026, 9, 30), starts_at="09:00", ends_at="10:00")
    make_visit(kowalscy, anna, date(2026, 10, 2), starts_at="09:00", ends_at="10:30")
    with clock.freeze_time(date(2026, 10, 12)):
        make_visit(kowalscy, anna, date(2026, 10, 12), starts_at="10:00", ends_at="11:00")
    with clock.freeze_time(date(2026, 10, 9)):
        make_visit(
            kowalscy,
            anna,
            date(2026, 10, 9),
            starts_at="12:00",
            ends_at="12:00",
            result=VisitResult.NOBODY_HOME,
        )
    make_visit(nowakowie, ewa, TODAY, starts_at="08:00", ends_at="09:00")
    text = dashboard_text(client, anna)
    assert "Październik do dziś Moje wizyty Sprawozdanie za kwartał wizyty odbyte 2 wizyta nieudana 1" in text
    assert "godziny w rodzinach 2,5 wpis po 3 dniach roboczych 1" in text


# ---- own families ------------------------------------------------------------------------------------


def test_lists_own_families_only(client, anna, kowalscy, nowakowie):
    text = dashboard_text(client, anna)
    assert "Moje rodziny (1) od najbliższego terminu Cała lista Zajęte miejsca: 1 z 15." in text
    assert "Nowakowie" not in text
    entry = AccessLogEntry.objects.get()
    assert (entry.access_area, entry.families) == ("list", [kowalscy.pk])


def test_empty_state(client, anna, nowakowie):
    text = dashboard_text(client, anna)
    assert "Nie masz jeszcze przydzielonych rodzin" in text
    assert "Gdy kierownik przydzieli Ci rodzinę, umówione wizyty będą tutaj." in text
    assert "Nic nie jest po terminie." in text


def test_shows_own_role_in_each_family(client, maria, anna, ewa, kowalscy, nowakowie):
    """Leading and standing in take a slot each; accompanying takes none."""
    period = nowakowie.periods.get()
    until = date(2026, 12, 4)
    assign_assistant(period=period, assistant=anna, starts_on=TODAY, ends_on=until, kind="stand_in", by=maria)
    text = dashboard_text(client, anna)
    assert "Moje rodziny (2)" in text
    assert "Zajęte miejsca: 2 z 15." in text
    assert "Nowakowie 2026/002 zastępujesz do 04.12.2026" in text


def test_handed_over_family_is_apart_and_not_counted(client, maria, anna, ewa, kowalscy):
    assign_assistant(period=kowalscy.periods.get(), assistant=ewa, starts_on=TODAY, by=maria)
    text = dashboard_text(client, anna)
    mine, _, handed_over = text.partition("Przekazane, tylko do odczytu (1)")
    assert "Nie masz jeszcze przydzielonych rodzin" in mine
    assert "Zajęte miejsca: 0 z 15." in mine
    assert "Kowalscy" in handed_over
    listing = response_text(client.get("/rodziny/"))
    assert "W toku (0)" in listing
    assert "Przekazane (1)" in listing


def test_withheld_address_is_not_printed(client, anna, kowalscy):
    arrange_visit(kowalscy, anna)
    father = kowalscy.memberships.get(kinship="father").person
    correct_address(address=kowalscy.addresses.get(), version=None, by=anna, withheld_from=father)
    client.force_login(anna)
    assert '<span class="d-print-none">ul. Długa 14 m. 2</span>' in client.get("/").content.decode()
    assert '<span class="d-print-none">Lubsko</span>' in client.get("/rodziny/").content.decode()


def test_statements_do_not_grow_with_families(client, maria, anna, ewa, kowalscy):
    """Thirty families (ten led before, twenty accompanied), visits in each, drafts: twelve statements."""
    rows = assign_families(anna, 12, by=maria)
    others = assign_families(ewa, 15, by=maria)
    for row in others:
        assign_assistant(period=row.period, assistant=anna, starts_on=TODAY, kind="accompanying", by=maria)
    for number, row in enumerate(rows):
        with clock.freeze_time(WEEK_AGO):
            begins, ends = f"{8 + number:02}:00", f"{8 + number:02}:30"
            make_visit(
                row.period.family,
                anna,
                WEEK_AGO - timedelta(days=1),
                starts_at=begins,
                ends_at=ends,
                next_day=TODAY,
            )
        Draft.objects.create(
            user=anna, key=uuid4(), address=new_visit_url(row.period.family), saved_at=clock.now()
        )
    assert Visit.objects.count() == 12
    assert Assignment.objects.filter(assistant=anna).count() == 28
    client.force_login(anna)
    assert len(page_statements(client, "/")) <= 12
    text = dashboard_text(client, anna)
    assert "Dziś 12 wizyt." in text
    assert "Pokazano 15 z 28. Zobacz wszystkie" in text
