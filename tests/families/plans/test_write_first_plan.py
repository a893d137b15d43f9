"""The first plan: saving an incomplete draft and sending it for consultation."""

from datetime import date

import pytest
from django.urls import reverse

from families.care.actions import record_placement
from families.caseload.actions import end_work
from families.choices import CareForm, ClosingReason, PlanState
from families.plans.models import Plan
from lubsko_ops.core import clock
from lubsko_ops.submissions.models import Draft, Submission
from tests.families.plans.editor import SEND, edit_plan_url, filled, new_plan_url, row, rows
from tests.form_client import form_data, parse_form, response_text, submit_form
from tests.plan_factories import BUDGET_ROW, EDUCATION_ROW, create_draft_plan, create_sent_plan
from tests.statement_counts import page_statements

TERM = "Wpisz termin. Bez niego plan nie wejdzie w życie."


def error_sentences(response) -> list[str]:
    """Sentences of the error summary."""
    return [sentence for _, sentence in response.context["form"].error_summary()]


def link_to_row(number: int) -> str:
    """A row named in a sentence above the form: a link, which unfolds it."""
    return f'wiersz <a href="#wiersz-rows-{number - 1}">{number}</a>'


class TestDraft:
    def test_saved_with_rows_in_order(self, as_anna, kowalscy, anna):
        response = submit_form(as_anna, new_plan_url(kowalscy), **filled())
        plan = Plan.objects.get()
        assert response.url == reverse("families:plan-version", args=[kowalscy.pk, 1])
        assert (plan.state, plan.author, plan.number) == (PlanState.DRAFT, anna, 1)
        assert (plan.covers_from, plan.covers_to) == (date(2026, 10, 13), date(2027, 4, 12))
        goals = [(each.position, each.goal) for each in plan.actions.order_by("position")]
        assert goals == [(1, EDUCATION_ROW["goal"]), (2, BUDGET_ROW["goal"])]
        entry = plan.history.get()
        assert (entry.history_user, entry.history_change_reason) == (anna, "Pierwszy plan")

    def test_draft_may_be_incomplete(self, as_anna, kowalscy):
        response = submit_form(as_anna, new_plan_url(kowalscy), **{"rows-0-goal": "Kacper chodzi do szkoły"})
        assert response.status_code == 302
        written = Plan.objects.get().actions.get()
        assert (written.goal, written.due_on, written.area) == ("Kacper chodzi do szkoły", None, "")

    def test_empty_row_is_dropped(self, as_anna, kowalscy):
        submit_form(as_anna, new_plan_url(kowalscy), **rows({}, EDUCATION_ROW, {"area": "ED"}))
        assert [each.goal for each in Plan.objects.get().actions.all()] == [EDUCATION_ROW["goal"]]

    def test_invalid_date_keeps_the_typed_text(self, as_anna, kowalscy):
        fields = filled(**row(1, BUDGET_ROW, due_on="31.02.2027"))
        response = submit_form(as_anna, new_plan_url(kowalscy), **fields)
        assert response.status_code == 422 and not Plan.objects.exists()
        assert error_sentences(response) == [
            "Wiersz 2: Termin: Takiego dnia nie ma w kalendarzu. Sprawdź dzień i miesiąc."
        ]
        typed = parse_form(response.content.decode())
        assert (typed["rows-1-due_on"], typed["rows-0-goal"]) == (["31.02.2027"], [EDUCATION_ROW["goal"]])

    def test_period_ending_before_its_start(self, as_anna, kowalscy):
        response = submit_form(as_anna, new_plan_url(kowalscy), **filled(covers_to="01.10.2026"))
        assert response.status_code == 422
        assert error_sentences(response) == [
            "Plan do: Koniec okresu nie może poprzedzać początku. Popraw datę."
        ]

    def test_double_submission_creates_one_plan(self, as_anna, kowalscy):
        data = form_data(as_anna, new_plan_url(kowalscy), **filled())
        first, second = (as_anna.post(new_plan_url(kowalscy), data) for _ in range(2))
        assert first.url == second.url
        assert (Plan.objects.count(), Submission.objects.count()) == (1, 1)

    def test_too_many_rows(self, as_anna, kowalscy):
        response = submit_form(as_anna, new_plan_url(kowalscy), **rows(*[EDUCATION_ROW] * 41))
        assert response.status_code == 422 and not Plan.objects.exists()
        assert any("najwyżej 40 wierszy" in sentence for sentence in error_sentences(response))


class TestSending:
    def test_saves_and_sends(self, as_anna, kowalscy):
        response = submit_form(as_anna, new_plan_url(kowalscy), **filled(**SEND))
        plan = Plan.objects.get()
        assert (plan.state, plan.sent_on) == (PlanState.CONSULTATION, date(2026, 10, 13))
        page = response_text(as_anna.get(response.url))
        assert "Wysłano do konsultacji plan pracy: Kowalscy, wersja 1." in page

    def test_the_period_is_judged_beside_an_incomplete_row(self, as_anna, kowalscy):
        fields = filled(covers_to="01.10.2026", **row(1, BUDGET_ROW, due_on=""), **SEND)
        assert error_sentences(submit_form(as_anna, new_plan_url(kowalscy), **fields)) == [
            "Plan do: Koniec okresu nie może poprzedzać początku. Popraw datę.",
            f"Wiersz 2: {TERM}",
        ]

    def test_missing_fields_are_shown_at_the_field_and_in_the_summary(self, as_anna, kowalscy):
        fields = filled(**row(1, BUDGET_ROW, due_on="", expected_outcome=""), **SEND)
        response = submit_form(as_anna, new_plan_url(kowalscy), **fields)
        assert response.status_code == 422
        assert error_sentences(response) == [
            "Wiersz 2: Napisz, po czym poznamy, że się udało. Bez tego plan nie wejdzie w życie.",
            f"Wiersz 2: {TERM}",
        ]
        html = response_text(response)
        assert "Planu nie wysłano." in html
        assert html.count(TERM) == 2

    def test_refused_sending_saves_nothing_but_a_form_draft(self, as_anna, kowalscy):
        data = form_data(as_anna, new_plan_url(kowalscy), **filled(**row(1, BUDGET_ROW, due_on=""), **SEND))
        response = as_anna.post(new_plan_url(kowalscy), data)
        assert not Plan.objects.exists() and not Submission.objects.exists()
        typed = parse_form(response.content.decode())
        assert typed["rows-1-goal"] == [BUDGET_ROW["goal"]]
        draft = Draft.objects.get()
        again = parse_form(as_anna.get(f"{new_plan_url(kowalscy)}?szkic={draft.key}").content.decode())
        assert again["rows-1-goal"] == [BUDGET_ROW["goal"]]
        assert "then" not in again, "saving the draft later must not send it"

    def test_too_long_text_is_refused_not_truncated(self, as_anna, kowalscy):
        long = "Kacper czyta. " * 30
        response = submit_form(
            as_anna, new_plan_url(kowalscy), **filled(**row(1, BUDGET_ROW, goal=long), **SEND)
        )
        assert error_sentences(response) == [
            "Wiersz 2: Cel szczegółowy: Skróć ten tekst do 300 znaków, teraz ma ich 419."
        ]
        page = response.content.decode()
        assert parse_form(page)["rows-1-goal"] == [long] and "maxlength" not in page

    def test_form_draft_beside_an_unsigned_version_says_so(self, as_anna, kowalscy, anna):
        data = form_data(as_anna, new_plan_url(kowalscy), **filled(**row(1, BUDGET_ROW, due_on=""), **SEND))
        as_anna.post(new_plan_url(kowalscy), data)
        kept = f"{new_plan_url(kowalscy)}?szkic={Draft.objects.get().key}"
        assert "Tego szkicu nie da się zapisać" not in response_text(as_anna.get(kept))
        create_draft_plan(kowalscy, by=anna)
        html = response_text(as_anna.get(kept))
        assert "Tego szkicu nie da się zapisać: w toku jest już" in html and "wersja 1</a>" in html
        assert "Sprawdź i zapisz." not in html and "Usuń ten szkic" in html

    def test_without_a_goal_or_a_row(self, as_anna, kowalscy):
        response = submit_form(as_anna, new_plan_url(kowalscy), **SEND)
        assert error_sentences(response) == ["Wpisz cel główny.", "Dodaj do planu przynajmniej jeden wiersz."]

    def test_coordination_needs_whom_and_when(self, as_anna, kowalscy):
        response = submit_form(as_anna, new_plan_url(kowalscy), **filled(coordinated="on", **SEND))
        assert error_sentences(response) == [
            "Napisz, z kim uzgodniono plan pomocy dziecku.",
            "Kiedy uzgodniono: Wpisz dzień uzgodnienia.",
        ]


class TestConfirmations:
    def confirmation_page(self, client, family, **fields) -> str:
        response = submit_form(client, new_plan_url(family), **filled(**fields, **SEND))
        assert response.status_code == 422 and not Plan.objects.exists()
        assert "Wyślij mimo to" in response_text(response)
        return response_text(response)

    def test_all_due_dates_on_the_last_day(self, as_anna, kowalscy):
        """Due dates that are all the last day of the plan are questioned."""
        last = {"rows-0-due_on": "12.04.2027", "rows-1-due_on": "12.04.2027"}
        assert "Wszystkie terminy to ostatni dzień planu." in self.confirmation_page(
            as_anna, kowalscy, **last
        )

    def test_due_dates_after_the_plan_and_in_the_past(self, as_anna, kowalscy):
        terms = {"rows-0-due_on": "13.04.2027", "rows-1-due_on": "12.10.2026"}
        html = self.confirmation_page(as_anna, kowalscy, **terms)
        assert f"Termin po końcu okresu planu: {link_to_row(1)}." in html
        assert f"Termin już minął: {link_to_row(2)}." in html

    def test_due_date_before_the_plan_and_unassigned_row(self, as_anna, kowalscy):
        early = {"covers_from": "01.12.2026", "rows-0-due_on": "30.11.2026", "rows-1-who": ""}
        html = self.confirmation_page(as_anna, kowalscy, **early)
        assert "Jeszcze nie wysłano." in html and "Jeszcze nie zapisano." not in html
        assert f"Termin przed początkiem okresu planu: {link_to_row(1)}." in html
        assert f"Nie wpisano, kto to zrobi: {link_to_row(2)}." in html

    def test_a_plan_for_more_than_a_year(self, as_anna, kowalscy):
        assert "Plan obejmuje ponad rok." in self.confirmation_page(as_anna, kowalscy, covers_to="20.10.2027")

    def test_a_child_in_care(self, as_anna, kowalscy, anna):
        place_kacper(kowalscy, anna)
        html = self.confirmation_page(as_anna, kowalscy)
        assert "Dziecko jest w pieczy zastępczej (Kacper od 05.09.2026)" in html

    def test_confirmed_by_sending_again(self, as_anna, kowalscy):
        data = form_data(as_anna, new_plan_url(kowalscy), **filled(covers_to="20.10.2027", **SEND))
        confirmation_page = parse_form(as_anna.post(new_plan_url(kowalscy), data).content.decode())
        assert as_anna.post(new_plan_url(kowalscy), confirmation_page | SEND).status_code == 302
        assert Plan.objects.get().state == PlanState.CONSULTATION

    def test_draft_needs_no_confirmation(self, as_anna, kowalscy):
        assert (
            submit_form(as_anna, new_plan_url(kowalscy), **filled(covers_to="20.10.2027")).status_code == 302
        )


def place_kacper(family, by):
    kacper = family.memberships.get(person__first_name="Kacper").person
    day = date(2026, 9, 5)
    return record_placement(family=family, person=kacper, form=CareForm.RELATED, starts_on=day, by=by)


class TestSidebar:
    def test_the_family_and_the_child_in_care(self, as_anna, kowalscy, anna):
        place_kacper(kowalscy, anna)
        html = response_text(as_anna.get(new_plan_url(kowalscy)))
        assert "Danuta, 38 lat" in html and "W pieczy: Kacper od 05.09.2026." in html

    def test_names_to_choose_from(self, as_anna, kowalscy):
        editor = as_anna.get(new_plan_url(kowalscy)).context["editor"]
        assert editor.names[:3] == ["Piotr", "Danuta", "Kacper"] and "pracownik socjalny" in editor.names


class TestAccess:
    @pytest.mark.parametrize("name", ["tomasz", "maria"])
    def test_reviewers_cannot_write(self, client, kowalscy, request, name):
        client.force_login(request.getfixturevalue(name))
        assert client.get(new_plan_url(kowalscy)).status_code == 403
        assert client.post(new_plan_url(kowalscy), filled()).status_code == 403

    def test_user_without_access_gets_404(self, client, kowalscy, ewa):
        client.force_login(ewa)
        assert client.get(new_plan_url(kowalscy)).status_code == 404

    def test_work_that_has_ended(self, as_anna, kowalscy, maria):
        period = kowalscy.periods.get()
        with clock.freeze_time(date(2026, 10, 1)):
            end_work(period=period, on=date(2026, 10, 1), reason=ClosingReason.values[0], by=maria)
        assert as_anna.get(new_plan_url(kowalscy)).status_code == 403
        assert as_anna.post(new_plan_url(kowalscy), filled()).status_code == 403

    def test_existing_draft_redirects_to_the_editor(self, as_anna, kowalscy, anna):
        plan = create_draft_plan(kowalscy, by=anna)
        assert as_anna.get(new_plan_url(kowalscy)).url == edit_plan_url(plan)

    def test_unsigned_version_prevents_a_new_one(self, as_anna, kowalscy, anna):
        plan = create_sent_plan(kowalscy, by=anna)
        response = as_anna.get(new_plan_url(kowalscy))
        assert response.url == edit_plan_url(plan, "plan-version")
        assert "Ten plan czeka na konsultację" in response_text(as_anna.get(response.url))

    def test_two_first_plans_at_once(self, as_anna, kowalscy, anna):
        """The form was opened before the other plan was created: refused, and the typed text is kept."""
        data = form_data(as_anna, new_plan_url(kowalscy), **filled())
        create_draft_plan(kowalscy, by=anna)
        response = as_anna.post(new_plan_url(kowalscy), data)
        assert response.status_code == 422 and Plan.objects.count() == 1
        assert "Nowa wersja planu jest już w przygotowaniu." in response_text(response)
        assert Draft.objects.exists()


def test_query_count(as_anna, kowalscy):
    assert len(page_statements(as_anna, new_plan_url(kowalscy))) <= 16
