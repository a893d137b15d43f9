"""A specialist stands among those present at a visit and is named in a plan."""

from datetime import timedelta

from django.urls import reverse

from families.plans.models import PlanAction
from families.visits.models import Visit
from tests.factories import TODAY
from tests.families.specialists.helpers import let_in
from tests.families.visits.helpers import (
    YESTERDAY,
    initial_form_data,
    make_visit,
    new_visit_url,
    submit_visit,
    visit_url,
)
from tests.form_client import form_data, submit_form
from tests.page import page_text
from tests.plan_factories import EDUCATION_ROW, create_draft_plan, create_plan_in_force, plan_data


class TestVisit:
    def test_nobody_is_offered_in_a_family_without_specialists(self, as_anna, kowalscy, olga):
        assert "Olga Marzec" not in page_text(as_anna.get(new_visit_url(kowalscy)))

    def test_she_is_offered_and_never_preset(self, as_anna, kowalscy, olga, access):
        assert "Olga Marzec" in page_text(as_anna.get(new_visit_url(kowalscy)))
        assert "specialists" not in initial_form_data(as_anna, kowalscy)

    def test_she_was_there(self, as_anna, kowalscy, olga, tomasz):
        let_in(kowalscy, olga, by=tomasz, starts_on=YESTERDAY)
        response = submit_visit(
            as_anna, kowalscy, specialists=str(olga.pk), day="12.10.2026", starts_at="10", ends_at="11"
        )
        assert response.status_code == 302
        visit = Visit.objects.get()
        assert visit.specialists == [olga.pk]
        assert "Olga Marzec" in page_text(as_anna.get(visit_url(visit)))

    def test_not_on_a_day_without_access(self, as_anna, kowalscy, olga, access):
        response = submit_visit(
            as_anna, kowalscy, specialists=str(olga.pk), day="12.10.2026", starts_at="10", ends_at="11"
        )
        assert response.status_code == 422 and not Visit.objects.exists()
        assert "Olga Marzec nie ma dostępu do tej rodziny w dniu 12.10.2026." in page_text(response)

    def test_the_access_is_not_pulled_from_under_the_visit(self, as_tomasz, anna, kowalscy, olga, tomasz):
        row = let_in(kowalscy, olga, by=tomasz, starts_on=YESTERDAY)
        make_visit(kowalscy, anna, specialists=[olga.pk])
        url = f"/rodziny/{kowalscy.pk}/specjalisci/{row.pk}/"
        response = submit_form(as_tomasz, url, starts_on=f"{TODAY:%d.%m.%Y}", why="pomyłka")
        assert response.status_code == 422
        assert "12.10.2026 (obecność na wizycie)" in page_text(response)
        later = f"{TODAY + timedelta(days=3):%d.%m.%Y}"
        assert submit_form(as_tomasz, url, ends_on=later, why="koniec").status_code == 302


class TestPlan:
    def test_the_editor_names_her_and_the_plan_says_it(self, as_anna, anna, kowalscy, olga, access):
        plan = create_draft_plan(kowalscy, by=anna)
        url = reverse("families:plan-edit", args=[kowalscy.pk, plan.number])
        data = form_data(as_anna, url)
        named = {"co_authors": [str(olga.pk)], "rows-0-specialists": [str(olga.pk)]}
        assert as_anna.post(url, data | named).status_code == 302
        plan.refresh_from_db()
        first, second = plan.actions.order_by("position")
        assert (plan.co_authors, first.specialists, second.specialists) == ([olga.pk], [olga.pk], [])
        text = page_text(as_anna.get(reverse("families:plan-version", args=[kowalscy.pk, plan.number])))
        assert "Współautorzy: Olga Marzec" in text and "Danuta, asystent, Olga Marzec (specjalista)" in text

    def test_a_stranger_is_not_named(self, as_anna, anna, kowalscy, olga):
        plan = create_draft_plan(kowalscy, by=anna)
        url = reverse("families:plan-edit", args=[kowalscy.pk, plan.number])
        response = as_anna.post(url, form_data(as_anna, url) | {"co_authors": [str(olga.pk)]})
        assert response.status_code == 422
        assert "Wybierz specjalistę z listy." in page_text(response)

    def test_a_new_version_goes_on_with_her(self, as_anna, anna, tomasz, maria, kowalscy, olga, access):
        rows = [PlanAction(**EDUCATION_ROW | {"specialists": [olga.pk]})]
        data = plan_data(*rows, co_authors=[olga.pk])
        create_plan_in_force(kowalscy, by=anna, tomasz=tomasz, maria=maria, data=data)
        fields = form_data(as_anna, reverse("families:plan-new", args=[kowalscy.pk]))
        assert fields["co_authors"] == [str(olga.pk)] and fields["rows-0-specialists"] == [str(olga.pk)]
