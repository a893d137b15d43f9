"""Visit form: duplicate submissions, drafts, expired sessions."""

import pytest
from django.urls import reverse

from families.visits.models import Visit
from lubsko_ops.submissions.models import Draft, Submission
from tests.families.visits.helpers import ENTERED, FACTS, new_visit_url
from tests.form_client import form_data, parse_form


@pytest.fixture
def as_anna(client, anna):
    client.force_login(anna)
    return client


class TestDrafts:
    def test_duplicate_submission_saves_one_visit(self, as_anna, kowalscy):
        data = form_data(as_anna, new_visit_url(kowalscy), **ENTERED)
        first, second = (as_anna.post(new_visit_url(kowalscy), data) for _ in range(2))
        assert first.url == second.url
        assert (Visit.objects.count(), Submission.objects.count()) == (1, 1)

    def test_resubmission_needs_confirmation(self, as_anna, kowalscy):
        """Identical content submitted from a newly opened form."""
        one, other = (form_data(as_anna, new_visit_url(kowalscy), **ENTERED) for _ in range(2))
        as_anna.post(new_visit_url(kowalscy), one)
        assert as_anna.post(new_visit_url(kowalscy), other).status_code == 409
        assert Visit.objects.count() == 1

    def test_two_drafts_differ_by_hour(self, as_anna, kowalscy):
        for day, facts in (("12.10.2026", "Pierwsza."), ("13.10.2026", "Druga.")):
            data = form_data(as_anna, new_visit_url(kowalscy), **ENTERED | {"day": day, "facts": facts})
            as_anna.post(reverse("draft"), data)
        titles = set(Draft.objects.values_list("title", flat=True))
        assert titles == {"Kowalscy: Wizyta: 12.10.2026, 11:00", "Kowalscy: Wizyta: 13.10.2026, 11:00"}
        draft = next(draft for draft in Draft.objects.all() if "12.10" in draft.title)
        opened = as_anna.get(f"{new_visit_url(kowalscy)}?szkic={draft.key}")
        data = parse_form(opened.content.decode())
        assert data["facts"] == ["Pierwsza."]
        assert as_anna.post(new_visit_url(kowalscy), data).status_code == 302
        assert Draft.objects.get().title.startswith("Kowalscy: Wizyta: 13.10"), "the other one still waits"

    def test_expired_session_keeps_the_draft(self, as_anna, kowalscy, anna):
        data = form_data(as_anna, new_visit_url(kowalscy), **ENTERED)
        as_anna.logout()
        response = as_anna.post(new_visit_url(kowalscy), data)
        assert "/konto/logowanie/" in response.url and not Visit.objects.exists()
        as_anna.force_login(anna)
        draft = Draft.objects.get()
        waiting = parse_form(as_anna.get(f"{new_visit_url(kowalscy)}?szkic={draft.key}").content.decode())
        assert as_anna.post(new_visit_url(kowalscy), waiting).status_code == 302
        assert Visit.objects.get().facts == FACTS

    def test_formset_rows_without_javascript(self, as_anna, kowalscy):
        url = new_visit_url(kowalscy)
        data = form_data(as_anna, url, **ENTERED, **{"agreements-0-what": "Zadzwonić"})
        more = parse_form(as_anna.post(url, data | {"_add": "agreements"}).content.decode())
        assert (more["agreements-TOTAL_FORMS"], more["facts"]) == (["2"], [FACTS])
        less = as_anna.post(url, more | {"_remove": "agreements-0"})
        data = parse_form(less.content.decode())
        assert data["agreements-0-DELETE"] == ["on"]
        assert as_anna.post(url, data).status_code == 302
        assert not Visit.objects.get().agreements.exists()
