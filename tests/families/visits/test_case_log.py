"""Case log of a family: entries, access, permitted actions, pagination."""

from datetime import date, time, timedelta

import pytest
from django.urls import reverse

from families.caseload.actions import assign_assistant, end_work
from families.choices import VisitResult
from families.people.permissions import FAMILY_VIEW
from families.visits.actions import record_safeguarding_step
from lubsko_ops.audit.models import AccessLogEntry
from lubsko_ops.core import clock
from lubsko_ops.core.permissions import Role
from tests.factories import TODAY
from tests.families.visits.helpers import case_log_url, make_concern, make_contact, make_visit, submit_visit
from tests.form_client import response_text
from tests.page import Page
from tests.roles import permissions_of, set_permissions
from tests.statement_counts import page_statements


def entries(response) -> list[tuple[str, str]]:
    """(visit or contact, text) of each entry from the top."""
    items = [item for item in Page(response).all("li") if item["class"].startswith("diary-")]
    return [(item.classes[0].removeprefix("diary-"), item.text) for item in items]


def days_of(response) -> list[str]:
    return [time["datetime"] for time in Page(response).all("time") if len(time["datetime"]) == 10]


@pytest.fixture
def as_anna(client, anna):
    client.force_login(anna)
    return client


@pytest.fixture
def log_entries(kowalscy, anna, tomasz):
    """Two visits, one of them failed, and a call of the social worker between them."""
    make_visit(kowalscy, anna, date(2026, 9, 28), facts="Danuta szuka pracy.")
    make_contact(
        kowalscy,
        tomasz,
        date(2026, 10, 5),
        starts_at=time(9, 15),
        minutes=12,
        counterpart_name="p. Kowal, wychowawczyni",
    )
    make_visit(kowalscy, anna, starts_at="16:00", ends_at="16:00", result=VisitResult.NOBODY_HOME, facts="")
    return kowalscy


class TestReading:
    @pytest.mark.parametrize("name", ["anna", "tomasz", "maria"])
    def test_entries_by_month_newest_first(self, client, log_entries, request, name):
        client.force_login(request.getfixturevalue(name))
        page = client.get(case_log_url(log_entries))
        displayed = [
            (kind, text.replace("popraw kontakt z 05.10.2026, 09:15", "").rstrip("; "))
            for kind, text in entries(page)
        ]
        assert displayed == [
            (
                "visit",
                "12.10.2026 16:00 Wizyta nieudana: nikogo nie zastano, 12.10.2026, 16:00 w domu; Anna Sikora",
            ),
            (
                "contact",
                "05.10.2026 09:15 Rozmowa telefoniczna: szkoła, przedszkole Nieobecności Kacpra. "
                "p. Kowal, wychowawczyni, 12 min; Tomasz Lis",
            ),
            (
                "visit",
                "28.09.2026 13:30 Wizyta planowana, 28.09.2026, 13:30 Danuta szuka pracy. "
                "1 godz., w domu; Anna Sikora",
            ),
        ]
        words = response_text(page)
        assert "1 wizyta odbyta, 1 nieudana, 1 kontakt." in words
        assert (
            words.index("Październik 2026 r.") < words.index("05.10.2026") < words.index("Wrzesień 2026 r.")
        )
        assert AccessLogEntry.objects.filter(access_area="visits", families=[log_entries.pk]).count() == 1

    @pytest.mark.parametrize(
        ("asked", "kinds"),
        [("wizyty", ["visit"] * 2), ("kontakty", ["contact"]), ("bzdura", ["visit", "contact", "visit"])],
    )
    def test_tabs_filter_entries(self, as_anna, log_entries, asked, kinds):
        page = as_anna.get(case_log_url(log_entries), {"co": asked})
        assert [kind for kind, _ in entries(page)] == kinds
        for words in ("Wszystko (3)", "Wizyty (2)", "Kontakty (1)"):
            assert words in response_text(page)

    def test_empty_tab_and_visit_links(self, as_anna, kowalscy, anna):
        visit = make_visit(kowalscy, anna)
        page = as_anna.get(case_log_url(kowalscy))
        assert reverse("families:visit", args=[kowalscy.pk, visit.pk]) in Page(page).urls
        page = as_anna.get(case_log_url(kowalscy), {"co": "kontakty"})
        assert "Nic takiego jeszcze nie wpisano" in response_text(page) and "Pokaż wszystko" in response_text(
            page
        )

    def test_visit_kind_labels(self, as_anna, kowalscy, anna):
        make_visit(kowalscy, anna, kind="outside_home")
        assert "Spotkanie poza domem" in entries(as_anna.get(case_log_url(kowalscy)))[0][1]

    def test_long_visit_is_cut_and_long_contact_is_complete(self, as_anna, kowalscy, anna):
        make_visit(kowalscy, anna, facts="Rozmowa " * 200)
        make_contact(kowalscy, anna, TODAY, subject="Ustalono " * 100 + "koniec.")
        contact, visit = (text for _, text in entries(as_anna.get(case_log_url(kowalscy))))
        assert "koniec." in contact
        assert "Rozmowa Rozmowa…" in visit and visit.count("Rozmowa") < 60

    def test_text_is_escaped(self, as_anna, kowalscy, anna):
        make_contact(kowalscy, anna, subject="<script>alert(1)</script>")
        assert "<script>alert" not in as_anna.get(case_log_url(kowalscy)).content.decode()

    def test_empty_state(self, as_anna, client, kowalscy, tomasz):
        assert "Zapisz tu każdą wizytę, nieudaną próbę też" in response_text(
            as_anna.get(case_log_url(kowalscy))
        )
        client.force_login(tomasz)
        assert "Wizyty wpisuje asystent rodziny." in response_text(client.get(case_log_url(kowalscy)))


class TestPermissions:
    def test_users_out_of_scope_get_404(self, client, log_entries, ewa, zofia, jan, make_user):
        specialist = make_user("sonia", "Sonia", "Maj", Role.SPECIALIST)
        for user in (ewa, zofia, jan, specialist):
            client.force_login(user)
            assert client.get(case_log_url(log_entries)).status_code == 404

    @pytest.mark.parametrize("role", [Role.SPECIALIST, Role.ADMIN])
    def test_requires_the_permission(self, client, log_entries, maria, monkeypatch, role):
        """A manager without the permission sees the family but no visits."""
        set_permissions(monkeypatch, Role.MANAGER, permissions_of(role) | {FAMILY_VIEW})
        client.force_login(maria)
        response = client.get(case_log_url(log_entries))
        assert response.status_code == 403 and "Danuta" not in response.content.decode()
        assert (
            case_log_url(log_entries)
            not in client.get(reverse("families:overview", args=[log_entries.pk])).content.decode()
        )


class TestPermittedActions:
    def test_only_own_contact_has_a_correction_link(self, client, kowalscy, anna, tomasz, maria):
        rows = {user: make_contact(kowalscy, user, subject=user.first_name) for user in (anna, tomasz)}
        for user in (anna, tomasz, maria):
            client.force_login(user)
            links = [url for url in Page(client.get(case_log_url(kowalscy))).urls if "/kontakty/" in url]
            edit = reverse("families:contact-edit", args=[kowalscy.pk, rows[user].pk]) if user in rows else ""
            assert {url for url in links if url.endswith("/popraw/")} == ({edit} - {""})

    def test_contact_and_visit_buttons_by_role(self, client, log_entries, anna, tomasz, maria):
        for user in (anna, tomasz, maria):
            client.force_login(user)
            words = response_text(client.get(case_log_url(log_entries)))
            assert "Zapisz kontakt" in words
            assert words.count("Zapisz wizytę") == (1 if user == anna else 0), "once, in the bar of the file"

    def test_after_hand_over_only_past_visits_can_be_entered(self, as_anna, log_entries, ewa, maria, anna):
        make_contact(log_entries, anna)
        assign_assistant(period=log_entries.periods.get(), assistant=ewa, starts_on=TODAY, by=maria)
        page = as_anna.get(case_log_url(log_entries))
        assert page.status_code == 200
        words = response_text(page)
        assert "Wpisz zaległą wizytę" in words and "Zapisz kontakt" not in words
        assert "/popraw/" not in page.content.decode()

    def test_closed_case_is_readable(self, client, log_entries, maria):
        end_work(
            period=log_entries.periods.get(), on=TODAY - timedelta(days=1), reason="goals_reached", by=maria
        )
        client.force_login(maria)
        page = client.get(case_log_url(log_entries))
        assert len(entries(page)) == 3
        assert "Zapisz wizytę" not in response_text(page)

    def test_saved_visit_appears(self, as_anna, kowalscy):
        words = response_text(as_anna.get(submit_visit(as_anna, kowalscy).url))
        assert "Zapisano wizytę: Kowalscy" in words
        assert f'<a class="tap" href="{case_log_url(kowalscy)}">Wizyty i kontakty</a>' in words


class TestConcern:
    @pytest.mark.parametrize("name", ["maria", "tomasz", "anna"])
    def test_open_concern_is_on_top_until_closed(self, client, kowalscy, anna, tomasz, request, name):
        report = make_concern(kowalscy, anna)
        client.force_login(request.getfixturevalue(name))
        course = reverse("families:safeguarding-concern", args=[kowalscy.pk, report.pk])
        visit = reverse("families:visit", args=[kowalscy.pk, report.visit_id])
        page = client.get(case_log_url(kowalscy))
        assert "Okno bez klamki, Kacper wchodzi na parapet." in response_text(page)
        assert "zawiadomiono pracownika socjalnego, 12.10.2026, 14:10" in response_text(page)
        assert course in page.content.decode() and course in client.get(visit).content.decode()
        assert "Wymaga sprawdzenia" in response_text(client.get(visit))
        record_safeguarding_step(
            concern=report, day=TODAY, what="Byłem, okno bez zmian.", closes=False, by=tomasz
        )
        assert "Okno bez klamki" in response_text(client.get(case_log_url(kowalscy)))
        record_safeguarding_step(concern=report, day=TODAY, what="Klamka wstawiona.", closes=True, by=tomasz)
        page = response_text(client.get(case_log_url(kowalscy)))
        assert "Okno bez klamki" not in page and "zagrożenie dziecka" in page, "the visit keeps its mark"
        assert "Zagrożenie ustało" in response_text(client.get(visit))

    def test_reader_gets_a_link_to_the_visit(self, as_anna, kowalscy, anna, ewa, maria):
        report = make_concern(kowalscy, anna)
        assign_assistant(period=kowalscy.periods.get(), assistant=ewa, starts_on=TODAY, by=maria)
        page = as_anna.get(case_log_url(kowalscy))
        assert "Okno bez klamki" in response_text(page) and "/zagrozenia/" not in page.content.decode()
        assert (
            "/zagrozenia/"
            not in as_anna.get(
                reverse("families:visit", args=[kowalscy.pk, report.visit_id])
            ).content.decode()
        )


class TestManyEntries:
    @pytest.fixture
    def long(self, kowalscy, anna):
        """Twenty-two calls, one a day, and on the first three of these days a visit too."""
        for number in range(22):
            day = TODAY - timedelta(days=number + 1)
            make_contact(kowalscy, anna, day, starts_at=time(9), subject=f"Telefon {number}.")
            if number < 3:
                make_visit(kowalscy, anna, day, facts=f"Wizyta {number}.")
        return kowalscy

    def link(self, page, rel):
        return Page(page).pager_url(rel)

    @pytest.mark.parametrize(("asked", "total"), [("", 25), ("?co=kontakty", 22)])
    def test_pagination_in_both_directions(self, as_anna, long, asked, total):
        url = case_log_url(long) + asked
        pages, displayed = [as_anna.get(url)], []
        while following := self.link(pages[-1], "next"):
            pages.append(as_anna.get(following))
        displayed = [text for page in pages for _, text in entries(page)]
        assert len(displayed) == len(set(displayed)) == total
        back = as_anna.get(self.link(pages[-1], "prev"))
        assert entries(back) == entries(pages[-2])
        assert not self.link(pages[0], "prev")

    def test_takes_sixteen_statements_for_any_length(self, as_anna, long, anna):
        make_concern(long, anna, TODAY, starts_at="10:00", ends_at="11:00", at=time(11))
        url = case_log_url(long)
        for address in (url, self.link(as_anna.get(url), "next")):
            many = page_statements(as_anna, address)
            assert len(many) <= 16

    def test_invalid_cursor_shows_the_first_page(self, as_anna, long):
        assert entries(as_anna.get(case_log_url(long), {"starsze": "' or 1=1"}))[0][1].startswith(
            "12.10.2026 13:30"
        )


def test_visit_past_midnight_is_under_its_start_day(client, kowalscy, anna):
    with clock.freeze_time(TODAY + timedelta(days=1)):
        make_visit(kowalscy, anna, TODAY, starts_at="23:30", ends_at="00:30")
        client.force_login(anna)
        assert entries(client.get(case_log_url(kowalscy)))[0][1].startswith("13.10.2026 23:30")
