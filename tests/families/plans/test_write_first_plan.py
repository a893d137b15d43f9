"""The first plan, written with the family: a draft that may lack anything, and sending it to be consulted."""

from datetime import date

import pytest
from django.urls import reverse

from families.care.actions import record_placement
from families.caseload.actions import end_work
from families.choices import CareForm, ClosingReason, PlanState
from families.plans.models import Plan
from lubsko_ops.core import clock
from lubsko_ops.submissions.models import Draft, Submission
from tests.families.plans.editor import SEND, edit_of, filled, new_plan, row, rows
from tests.form_client import form_data, parse_form, response_text, submit_form
from tests.plan_factories import BUDGET_ROW, EDUCATION_ROW, create_draft_plan, create_sent_plan
from tests.statement_counts import page_statements

TERM = "Wpisz termin. Bez niego plan nie wejdzie w życie."


def problems_of(response) -> list[str]:
    """Sentences of the error summary."""
    return [sentence for _, sentence in response.context["form"].error_summary()]


class TestADraft:
    def test_is_written_with_its_rows_in_order(self, as_anna, kowalscy, anna):
        response = submit_form(as_anna, new_plan(kowalscy), **filled())
        plan = Plan.objects.get()
        assert response.url == reverse("families:plan-version", args=[kowalscy.pk, 1])
        assert (plan.state, plan.author, plan.number) == (PlanState.DRAFT, anna, 1)
        assert (plan.covers_from, plan.covers_to) == (date(2026, 10, 13), date(2027, 4, 12))
        goals = [(each.position, each.goal) for each in plan.actions.order_by("position")]
        assert goals == [(1, EDUCATION_ROW["goal"]), (2, BUDGET_ROW["goal"])]
        entry = plan.history.get()
        assert (entry.history_user, entry.history_change_reason) == (anna, "Pierwszy plan")

    def test_may_lack_anything(self, as_anna, kowalscy):
        response = submit_form(as_anna, new_plan(kowalscy), **{"rows-0-goal": "Kacper chodzi do szkoły"})
        assert response.status_code == 302
        written = Plan.objects.get().actions.get()
        assert (written.goal, written.due_on, written.area) == ("Kacper chodzi do szkoły", None, "")

    def test_a_row_with_nothing_in_it_is_no_row(self, as_anna, kowalscy):
        submit_form(as_anna, new_plan(kowalscy), **rows({}, EDUCATION_ROW, {"area": "ED"}))
        assert [each.goal for each in Plan.objects.get().actions.all()] == [EDUCATION_ROW["goal"]]

    def test_a_day_that_does_not_exist_and_the_text_stays(self, as_anna, kowalscy):
        fields = filled(**row(1, BUDGET_ROW, due_on="31.02.2027"))
        response = submit_form(as_anna, new_plan(kowalscy), **fields)
        assert response.status_code == 422 and not Plan.objects.exists()
        assert problems_of(response) == [
            "Wiersz 2: Takiego dnia nie ma w kalendarzu. Sprawdź dzień i miesiąc."
        ]
        typed = parse_form(response.content.decode())
        assert (typed["rows-1-due_on"], typed["rows-0-goal"]) == (["31.02.2027"], [EDUCATION_ROW["goal"]])

    def test_a_period_turned_round(self, as_anna, kowalscy):
        response = submit_form(as_anna, new_plan(kowalscy), **filled(covers_to="01.10.2026"))
        assert response.status_code == 422
        assert problems_of(response) == ["Koniec okresu nie może poprzedzać początku. Popraw datę."]

    def test_sent_twice_is_one_plan(self, as_anna, kowalscy):
        data = form_data(as_anna, new_plan(kowalscy), **filled())
        first, second = (as_anna.post(new_plan(kowalscy), data) for _ in range(2))
        assert first.url == second.url
        assert (Plan.objects.count(), Submission.objects.count()) == (1, 1)

    def test_more_rows_than_a_plan_holds(self, as_anna, kowalscy):
        response = submit_form(as_anna, new_plan(kowalscy), **rows(*[EDUCATION_ROW] * 41))
        assert response.status_code == 422 and not Plan.objects.exists()
        assert any("najwyżej 40 wierszy" in sentence for sentence in problems_of(response))


class TestSending:
    def test_writes_and_sends_at_once(self, as_anna, kowalscy):
        response = submit_form(as_anna, new_plan(kowalscy), **filled(**SEND))
        plan = Plan.objects.get()
        assert (plan.state, plan.sent_on) == (PlanState.CONSULTATION, date(2026, 10, 13))
        page = response_text(as_anna.get(response.url))
        assert "Wysłano do konsultacji plan pracy: Kowalscy, wersja 1." in page

    def test_what_is_lacking_stands_beside_its_field_and_in_the_summary(self, as_anna, kowalscy):
        fields = filled(**row(1, BUDGET_ROW, due_on="", expected=""), **SEND)
        response = submit_form(as_anna, new_plan(kowalscy), **fields)
        assert response.status_code == 422
        assert problems_of(response) == [
            "Wiersz 2: Napisz, po czym poznamy, że się udało. Bez tego plan nie wejdzie w życie.",
            f"Wiersz 2: {TERM}",
        ]
        words = response_text(response)
        assert "Planu nie wysłano." in words
        assert words.count(TERM) == 2

    def test_nothing_is_half_saved_and_the_text_waits_as_a_draft(self, as_anna, kowalscy):
        data = form_data(as_anna, new_plan(kowalscy), **filled(**row(1, BUDGET_ROW, due_on=""), **SEND))
        response = as_anna.post(new_plan(kowalscy), data)
        assert not Plan.objects.exists() and not Submission.objects.exists()
        typed = parse_form(response.content.decode())
        assert typed["rows-1-goal"] == [BUDGET_ROW["goal"]]
        draft = Draft.objects.get()
        again = parse_form(as_anna.get(f"{new_plan(kowalscy)}?szkic={draft.key}").content.decode())
        assert again["rows-1-goal"] == [BUDGET_ROW["goal"]]
        assert "then" not in again, "saving the draft later must not send it"

    def test_a_text_too_long_is_not_cut_off_in_silence(self, as_anna, kowalscy):
        long = "Kacper czyta. " * 30
        response = submit_form(as_anna, new_plan(kowalscy), **filled(**row(1, BUDGET_ROW, goal=long), **SEND))
        assert problems_of(response) == ["Wiersz 2: Skróć ten tekst do 300 znaków, teraz ma ich 419."]
        page = response.content.decode()
        assert parse_form(page)["rows-1-goal"] == [long] and "maxlength" not in page

    def test_a_draft_beside_a_version_on_its_way_says_so(self, as_anna, kowalscy, anna):
        data = form_data(as_anna, new_plan(kowalscy), **filled(**row(1, BUDGET_ROW, due_on=""), **SEND))
        as_anna.post(new_plan(kowalscy), data)
        kept = f"{new_plan(kowalscy)}?szkic={Draft.objects.get().key}"
        assert "Tego szkicu nie da się zapisać" not in response_text(as_anna.get(kept))
        create_draft_plan(kowalscy, by=anna)
        words = response_text(as_anna.get(kept))
        assert "Tego szkicu nie da się zapisać: w toku jest już" in words and "wersja 1</a>" in words
        assert "Sprawdź i zapisz." not in words and "Usuń ten szkic" in words

    def test_without_a_goal_or_a_row(self, as_anna, kowalscy):
        response = submit_form(as_anna, new_plan(kowalscy), **SEND)
        assert problems_of(response) == ["Wpisz cel główny.", "Dodaj do planu przynajmniej jeden wiersz."]

    def test_agreed_with_the_plan_of_help_says_with_whom_and_when(self, as_anna, kowalscy):
        response = submit_form(as_anna, new_plan(kowalscy), **filled(coordinated="on", **SEND))
        assert problems_of(response) == [
            "Napisz, z kim uzgodniono plan pomocy dziecku.",
            "Wpisz dzień uzgodnienia.",
        ]


class TestQuestions:
    def asked(self, client, family, **fields) -> str:
        response = submit_form(client, new_plan(family), **filled(**fields, **SEND))
        assert response.status_code == 422 and not Plan.objects.exists()
        assert "Wyślij mimo to" in response_text(response)
        return response_text(response)

    def test_a_formal_term(self, as_anna, kowalscy):
        """Every term on the last day of the plan tells nothing of the actions."""
        last = {"rows-0-due_on": "12.04.2027", "rows-1-due_on": "12.04.2027"}
        assert "Wszystkie terminy to ostatni dzień planu." in self.asked(as_anna, kowalscy, **last)

    def test_a_term_after_the_plan_and_one_that_has_passed(self, as_anna, kowalscy):
        terms = {"rows-0-due_on": "13.04.2027", "rows-1-due_on": "12.10.2026"}
        words = self.asked(as_anna, kowalscy, **terms)
        assert "Termin po końcu okresu planu: wiersz 1." in words
        assert "Termin już minął: wiersz 2." in words

    def test_a_term_before_the_plan_and_a_row_of_nobody(self, as_anna, kowalscy):
        early = {"covers_from": "01.12.2026", "rows-0-due_on": "30.11.2026", "rows-1-who": ""}
        words = self.asked(as_anna, kowalscy, **early)
        assert "Jeszcze nie wysłano." in words and "Jeszcze nie zapisano." not in words
        assert "Termin przed początkiem okresu planu: wiersz 1." in words
        assert "Nie wpisano, kto to zrobi: wiersz 2." in words

    def test_a_plan_for_more_than_a_year(self, as_anna, kowalscy):
        assert "Plan obejmuje ponad rok." in self.asked(as_anna, kowalscy, covers_to="20.10.2027")

    def test_a_child_in_care(self, as_anna, kowalscy, anna):
        place_kacper(kowalscy, anna)
        words = self.asked(as_anna, kowalscy)
        assert "Dziecko jest w pieczy zastępczej (Kacper od 05.09.2026)" in words

    def test_answered_by_sending_again(self, as_anna, kowalscy):
        data = form_data(as_anna, new_plan(kowalscy), **filled(covers_to="20.10.2027", **SEND))
        asked = parse_form(as_anna.post(new_plan(kowalscy), data).content.decode())
        assert as_anna.post(new_plan(kowalscy), asked | SEND).status_code == 302
        assert Plan.objects.get().state == PlanState.CONSULTATION

    def test_a_draft_is_asked_nothing(self, as_anna, kowalscy):
        assert submit_form(as_anna, new_plan(kowalscy), **filled(covers_to="20.10.2027")).status_code == 302


def place_kacper(family, by):
    kacper = family.memberships.get(person__first_name="Kacper").person
    day = date(2026, 9, 5)
    return record_placement(family=family, person=kacper, form=CareForm.RELATED, starts_on=day, by=by)


class TestBeside:
    def test_the_family_and_the_child_in_care(self, as_anna, kowalscy, anna):
        place_kacper(kowalscy, anna)
        words = response_text(as_anna.get(new_plan(kowalscy)))
        assert "Danuta, 38 lat" in words and "W pieczy: Kacper od 05.09.2026." in words

    def test_names_to_choose_from(self, as_anna, kowalscy):
        editor = as_anna.get(new_plan(kowalscy)).context["editor"]
        assert editor.names[:3] == ["Piotr", "Danuta", "Kacper"] and "pracownik socjalny" in editor.names


class TestWhoMay:
    @pytest.mark.parametrize("name", ["tomasz", "maria"])
    def test_who_consults_or_accepts_does_not_write(self, client, kowalscy, request, name):
        client.force_login(request.getfixturevalue(name))
        assert client.get(new_plan(kowalscy)).status_code == 403
        assert client.post(new_plan(kowalscy), filled()).status_code == 403

    def test_a_stranger(self, client, kowalscy, ewa):
        client.force_login(ewa)
        assert client.get(new_plan(kowalscy)).status_code == 404

    def test_work_that_has_ended(self, as_anna, kowalscy, maria):
        period = kowalscy.periods.get()
        with clock.freeze_time(date(2026, 10, 1)):
            end_work(period=period, on=date(2026, 10, 1), reason=ClosingReason.values[0], by=maria)
        assert as_anna.get(new_plan(kowalscy)).status_code == 403
        assert as_anna.post(new_plan(kowalscy), filled()).status_code == 403

    def test_a_draft_is_waiting_already(self, as_anna, kowalscy, anna):
        plan = create_draft_plan(kowalscy, by=anna)
        assert as_anna.get(new_plan(kowalscy)).url == edit_of(plan)

    def test_a_version_is_on_its_way_already(self, as_anna, kowalscy, anna):
        plan = create_sent_plan(kowalscy, by=anna)
        response = as_anna.get(new_plan(kowalscy))
        assert response.url == edit_of(plan, "plan-version")
        assert "Ten plan czeka na konsultację" in response_text(as_anna.get(response.url))

    def test_two_first_plans_at_once(self, as_anna, kowalscy, anna):
        """The form was opened before the other plan was written: refused, and nothing of the text is lost."""
        data = form_data(as_anna, new_plan(kowalscy), **filled())
        create_draft_plan(kowalscy, by=anna)
        response = as_anna.post(new_plan(kowalscy), data)
        assert response.status_code == 422 and Plan.objects.count() == 1
        assert "Nowa wersja planu jest już w przygotowaniu." in response_text(response)
        assert Draft.objects.exists()


def test_the_page_asks_little(as_anna, kowalscy):
    assert len(page_statements(as_anna, new_plan(kowalscy))) <= 16
