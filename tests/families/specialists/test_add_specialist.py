"""A social worker or the manager lets a specialist open a family, from day to day."""

from datetime import date, timedelta

import pytest

from families.caseload.actions import begin_work, end_work
from families.choices import ClosingReason
from families.specialists.models import FamilySpecialist
from families.specialists.queries import families_of_specialist
from lubsko_ops.accounts.actions import end_role, grant_role
from lubsko_ops.accounts.models import RoleGrant
from lubsko_ops.core import clock
from lubsko_ops.core.permissions import Role
from tests.factories import TODAY
from tests.families.caseload.helpers import court_basis
from tests.families.specialists.helpers import PURPOSE, let_in
from tests.form_client import submit_form
from tests.page import page_text

TOMORROW, YESTERDAY = TODAY + timedelta(days=1), TODAY - timedelta(days=1)


def add(client, family, specialist, **fields):
    values = {"specialist": specialist.pk, "starts_on": f"{TODAY:%d.%m.%Y}", "purpose": PURPOSE} | fields
    return submit_form(client, f"/rodziny/{family.pk}/specjalisci/dodaj/", **values)


def test_the_social_worker_adds_one_and_the_work_page_shows_it(as_tomasz, kowalscy, olga):
    assert add(as_tomasz, kowalscy, olga, ends_on="31.12.2026").status_code == 302
    row = FamilySpecialist.objects.get()
    assert (row.family, row.specialist, row.ends_on) == (kowalscy, olga, date(2026, 12, 31))
    text = page_text(as_tomasz.get(f"/rodziny/{kowalscy.pk}/praca/"))
    assert "Olga Marzec" in text and PURPOSE in text and "13.10.2026–31.12.2026" in text
    history = page_text(as_tomasz.get(f"/rodziny/{kowalscy.pk}/historia/"))
    assert "Dopuszczenie specjalisty" in history


def test_an_assistant_does_not(as_anna, kowalscy, olga):
    assert as_anna.get(f"/rodziny/{kowalscy.pk}/specjalisci/dodaj/").status_code == 403


def test_only_specialists_are_offered(as_maria, kowalscy, anna, olga):
    form = as_maria.get(f"/rodziny/{kowalscy.pk}/specjalisci/dodaj/").context["form"]
    assert list(form.fields["specialist"].queryset) == [olga]
    response = add(as_maria, kowalscy, anna)
    assert response.status_code == 422 and not FamilySpecialist.objects.exists()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"ends_on": f"{YESTERDAY:%d.%m.%Y}"}, "Ostatni dzień nie może poprzedzać pierwszego."),
        ({"starts_on": "01.01.2019"}, "01.01.2019 Olga Marzec nie ma roli specjalisty."),
        ({"purpose": ""}, "Napisz, w jakim celu."),
    ],
)
def test_bad_days_are_refused_beside_the_field(as_tomasz, kowalscy, olga, fields, sentence):
    response = add(as_tomasz, kowalscy, olga, **fields)
    assert response.status_code == 422 and not FamilySpecialist.objects.exists()
    assert sentence in page_text(response)


def test_who_stops_being_a_specialist_is_not_added_for_later_days(as_tomasz, kowalscy, olga, jan):
    end_role(grant=RoleGrant.objects.get(user=olga), on=TOMORROW, by=jan)
    response = add(as_tomasz, kowalscy, olga, ends_on="31.12.2026")
    assert response.status_code == 422 and "nie ma już roli specjalisty" in page_text(response)


def test_not_twice_on_the_same_days(as_tomasz, kowalscy, olga, access):
    response = add(as_tomasz, kowalscy, olga)
    assert response.status_code == 422 and "jest już dopuszczona do tej rodziny" in page_text(response)
    assert FamilySpecialist.objects.count() == 1


def test_not_after_the_work_has_ended(as_maria, maria, kowalscy, olga):
    end_work(period=kowalscy.periods.get(), on=YESTERDAY, reason=ClosingReason.values[0], by=maria)
    response = add(as_maria, kowalscy, olga)
    assert response.status_code == 422 and "Praca z tą rodziną zakończyła się 12.10.2026" in page_text(
        response
    )


def test_a_family_that_returns_does_not_open_again(as_maria, maria, kowalscy, olga, access):
    end_work(period=kowalscy.periods.get(), on=TODAY, reason=ClosingReason.values[0], by=maria)
    begin_work(family=kowalscy, starts_on=TOMORROW, bases=court_basis(TOMORROW), by=maria)
    assert list(families_of_specialist(olga, on=TODAY)) == [kowalscy]
    assert list(families_of_specialist(olga, on=TOMORROW)) == []
    with clock.freeze_time(TOMORROW):
        assert "ma dostęp" not in page_text(as_maria.get(f"/rodziny/{kowalscy.pk}/praca/"))


def test_the_access_is_ended_with_a_reason(as_tomasz, kowalscy, olga, access):
    url = f"/rodziny/{kowalscy.pk}/specjalisci/{access.pk}/"
    assert (
        submit_form(as_tomasz, url, ends_on=f"{TODAY:%d.%m.%Y}", why="koniec konsultacji").status_code == 302
    )
    access.refresh_from_db()
    assert access.ends_on == TODAY
    assert (
        access.history.first().history_change_reason == "Zmiana dopuszczenia specjalisty: koniec konsultacji"
    )


def test_an_entry_by_mistake_is_removed(as_maria, kowalscy, access):
    url = f"/rodziny/{kowalscy.pk}/specjalisci/{access.pk}/usun/"
    assert submit_form(as_maria, url, why="inna rodzina").status_code == 302
    assert not FamilySpecialist.objects.exists()


def test_the_other_family_has_no_such_row(as_maria, nowakowie, access):
    assert as_maria.get(f"/rodziny/{nowakowie.pk}/specjalisci/{access.pk}/").status_code == 404


class TestScope:
    def test_the_specialist_opens_the_narrow_part(self, as_olga, kowalscy, access):
        response = as_olga.get(f"/rodziny/{kowalscy.pk}/", follow=True)
        assert response.redirect_chain == [(f"/rodziny/{kowalscy.pk}/dla-specjalisty/", 302)]
        text = page_text(response)
        assert "Danuta" in text and "Kacper" in text and PURPOSE.capitalize() in text

    def test_the_families_are_listed(self, as_olga, kowalscy, nowakowie, access):
        text = page_text(as_olga.get("/rodziny/moje/"))
        assert "Kowalscy" in text and "Nowakowie" not in text
        assert page_text(as_olga.get("/")).count("Rodziny")

    @pytest.mark.parametrize("day", ["before", "after", "work ended", "role ended"])
    def test_outside_the_days_there_is_nothing(self, as_olga, kowalscy, olga, tomasz, maria, jan, day):
        if day == "before":
            let_in(kowalscy, olga, by=tomasz, starts_on=TOMORROW)
        else:
            let_in(
                kowalscy, olga, by=tomasz, ends_on=YESTERDAY if day == "after" else None, starts_on=YESTERDAY
            )
        if day == "work ended":
            end_work(period=kowalscy.periods.get(), on=YESTERDAY, reason=ClosingReason.values[0], by=maria)
        if day == "role ended":
            end_role(grant=RoleGrant.objects.get(user=olga), on=YESTERDAY, by=jan)
        assert as_olga.get(f"/rodziny/{kowalscy.pk}/").status_code == 404
        assert as_olga.get(f"/rodziny/{kowalscy.pk}/dla-specjalisty/").status_code == 404
        assert "Kowalscy" not in page_text(as_olga.get("/rodziny/moje/"))

    def test_an_assistant_who_is_a_specialist_elsewhere_reads_no_visits_there(
        self, as_anna, anna, nowakowie, kowalscy, jan, maria
    ):
        grant_role(user=anna, role=Role.SPECIALIST, starts_on=TODAY, by=jan)
        let_in(nowakowie, anna, by=maria)
        assert as_anna.get(f"/rodziny/{kowalscy.pk}/wizyty/").status_code == 200
        assert as_anna.get(f"/rodziny/{nowakowie.pk}/wizyty/").status_code == 404
        assert as_anna.get(f"/rodziny/{nowakowie.pk}/dla-specjalisty/").status_code == 200
