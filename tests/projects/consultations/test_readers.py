"""Who reads which consultation, the list with its sums, the start page of a specialist, what stays after the access."""

from datetime import date, timedelta

import pytest

from families.people.models import Membership
from lubsko_ops.accounts.actions import grant_role
from lubsko_ops.core import clock
from lubsko_ops.core.permissions import Role
from projects.consultations.queries import readable_by
from tests.factories import TODAY
from tests.families.specialists.helpers import let_in
from tests.page import Page, page_text
from tests.projects.consultations.helpers import appointment, held, led_group, participant
from tests.statement_counts import page_statements

NOTE = "Rozmowa o złości."


def readers_of(row, *users) -> set[str]:
    return {user.username for user in users if readable_by(user, on=TODAY).filter(pk=row.pk).exists()}


@pytest.mark.parametrize(
    ("readers", "expected"),
    [("author", {"olga", "maria"}), ("workers", {"olga", "maria", "anna", "tomasz"})],
)
def test_of_a_family(client, kowalscy, access, olga, anna, ewa, tomasz, zofia, maria, jan, readers, expected):
    row = held(olga, family=kowalscy, readers=readers)
    everyone = (olga, anna, ewa, tomasz, zofia, maria, jan)
    assert readers_of(row, *everyone) == expected
    for user in everyone:
        client.force_login(user)
        response = client.get(f"/konsultacje/{row.pk}/")
        assert (response.status_code == 200) == (user.username in expected), user
        file = client.get(f"/rodziny/{kowalscy.pk}/konsultacje/")
        assert ("granice" in page_text(file)) == (user.username in expected - {"olga"}), user


def test_of_a_worker_the_one_consulted_reads_it_when_allowed(olga, anna, ewa, maria, tomasz):
    assert readers_of(held(olga, worker=anna), olga, anna, ewa, maria, tomasz) == {"olga", "maria"}
    row = held(olga, worker=anna, readers="consulted", day=date(2026, 10, 12))
    assert readers_of(row, olga, anna, ewa, maria, tomasz) == {"olga", "maria", "anna"}


def test_another_specialist_of_the_family_does_not(kowalscy, access, olga, make_user, tomasz):
    ida = make_user("ida", "Ida", "Maj", Role.SPECIALIST)
    let_in(kowalscy, ida, by=tomasz)
    row = held(olga, family=kowalscy, readers="workers")
    assert readers_of(row, olga, ida) == {"olga"}


def test_a_specialist_who_is_an_assistant_elsewhere_reads_no_more(kowalscy, access, olga, ewa, jan, tomasz):
    grant_role(user=ewa, role=Role.SPECIALIST, starts_on=TODAY, by=jan)
    let_in(kowalscy, ewa, by=tomasz)
    row = held(olga, family=kowalscy, readers="workers")
    assert readers_of(row, olga, ewa) == {"olga"}


def test_after_the_access_only_day_and_length_remain(client, kowalscy, olga, tomasz):
    let_in(kowalscy, olga, by=tomasz, ends_on=TODAY)
    row = held(olga, family=kowalscy)
    with clock.freeze_time(TODAY + timedelta(days=1)):
        client.force_login(olga)
        text = page_text(client.get("/konsultacje/"))
        assert "13.10.2026" in text and "50 min" in text
        assert "Kowalscy" not in text and "granice" not in text
        for url in (f"/konsultacje/{row.pk}/", f"/konsultacje/{row.pk}/popraw/"):
            response = client.get(url)
            assert response.status_code == 404 and NOTE not in page_text(response)
        assert "Kowalscy" not in page_text(client.get("/"))


class TestList:
    @pytest.fixture
    def rows(self, olga, maria, anna, kowalscy, access):
        group = led_group(olga, by=maria)
        person = Membership.objects.filter(family=kowalscy).first().person
        part = participant(group, person, by=maria, family=kowalscy)
        held(olga, family=kowalscy, minutes=60)
        held(olga, participation=part, group=group, minutes=30)
        held(olga, worker=anna, minutes=20)
        held(olga, worker=anna, minutes=25, day=date(2026, 10, 1))
        held(olga, worker=anna, minutes=500, day=date(2026, 9, 1))  # of the quarter before
        appointment(olga, worker=anna)

    def test_the_sums_lead_to_exactly_their_rows(self, as_olga, rows):
        page = Page(as_olga.get("/konsultacje/"))
        sums = {"Rodziny": "1 konsultacja, 1 godz.", "Uczestnicy": "1 konsultacja, 30 min"}
        sums |= {"Pracownicy": "2 konsultacje, 45 min"}
        [region] = page.regions("Odbyte, razem")
        for name, text in sums.items():
            assert text in region.text
            listed = as_olga.get(region.link(name).url)
            total = sum(each.row.minutes for each in listed.context["rows"])
            assert f"{listed.context['total']} konsultacj" in text
            assert total == {"Rodziny": 60, "Uczestnicy": 30, "Pracownicy": 45}[name]

    def test_filters(self, as_olga, rows):
        assert as_olga.get("/konsultacje/").context["total"] == 5
        assert as_olga.get("/konsultacje/?stan=planned").context["total"] == 1
        assert as_olga.get("/konsultacje/?rodzaj=worker&kwartal=2026-3").context["total"] == 1
        assert as_olga.get("/konsultacje/?kwartal=wszystkie").context["total"] == 6
        for odd in ("?rodzaj=x&stan=y&kwartal=2026-9", "?kwartal=x-y", "?po=x", "?kto=7"):
            assert as_olga.get(f"/konsultacje/{odd}").status_code == 200

    def test_the_manager_sees_all_and_chooses_whose(self, as_maria, rows, olga):
        assert as_maria.get(f"/konsultacje/?kto={olga.pk}").context["total"] == 5

    def test_statements(self, as_olga, rows):
        assert len(page_statements(as_olga, "/konsultacje/")) <= 8

    def test_statements_of_the_pages_of_a_family(self, as_olga, rows, kowalscy):
        for page in ("dla-specjalisty/", "dla-specjalisty/konsultacje/"):
            url = f"/rodziny/{kowalscy.pk}/{page}"
            assert len(statements := page_statements(as_olga, url)) <= 8, statements

    def test_statements_of_the_list_of_families(self, as_olga, rows):
        assert len(page_statements(as_olga, "/rodziny/moje/")) <= 8


class TestStartPage:
    def test_an_empty_one_says_what_to_do(self, as_olga):
        text = page_text(as_olga.get("/"))
        assert "Na dziś nie ma umówionych konsultacji." in text
        assert "Nie masz umówionych konsultacji" in text and "Nie prowadzisz teraz żadnej grupy." in text
        assert "Nie masz dostępu do żadnej rodziny" in text

    def test_consultations_groups_people_families(self, as_olga, olga, maria, anna, kowalscy, access):
        group = led_group(olga, by=maria)
        member = Membership.objects.filter(family=kowalscy).order_by("pk").first()
        participant(group, member.person, by=maria, family=kowalscy)
        appointment(olga, worker=anna, day=TODAY, starts_at=clock.now().time().replace(hour=15))
        text = page_text(as_olga.get("/"))
        assert "Dziś 1 konsultacja." in text and "Senso-Ludki" in text and str(member.person) in text
        assert "Kowalscy" in text and "od 13.10.2026, do odwołania" in text
        assert len(statements := page_statements(as_olga, "/")) <= 14, statements

    def test_a_group_led_no_more_is_gone(self, as_olga, olga, maria, kowalscy):
        group = led_group(olga, by=maria, ends_on=TODAY - timedelta(days=1))
        person = Membership.objects.filter(family=kowalscy).first().person
        participant(group, person, by=maria, family=kowalscy)
        text = page_text(as_olga.get("/"))
        assert "Senso-Ludki" not in text and str(person) not in text

    def test_navigation(self, as_olga):
        [nav] = Page(as_olga.get("/")).all("nav", class_="top-nav") or [None]
        labels = [link.text for link in nav.links]
        assert labels == ["Start", "Rodziny", "Kalendarz", "Projekty"]
