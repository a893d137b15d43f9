"""Editing a draft: rows moved, removed and added without JavaScript; remarks addressed; concurrent edits."""

import pytest
from django.urls import reverse

from families.choices import PlanState
from families.plans.actions import return_plan, send_plan, update_plan
from families.plans.models import Plan, PlanAction, RowRemark
from lubsko_ops.submissions.models import Draft
from tests.families.plans.editor import SEND, edit_plan_url, press_button
from tests.families.plans.test_write_first_plan import error_sentences
from tests.form_client import form_data, parse_form, response_text, submit_form
from tests.plan_factories import BUDGET_ROW, EDUCATION_ROW, create_draft_plan, create_sent_plan, plan_data
from tests.statement_counts import page_statements


@pytest.fixture
def plan(kowalscy, anna):
    return create_draft_plan(kowalscy, by=anna)


@pytest.fixture
def returned_plan(kowalscy, anna, tomasz):
    """A plan returned with a remark on the whole and one on its second row."""
    plan = create_sent_plan(kowalscy, by=anna)
    second = plan.actions.get(position=2)
    text = "Plan jest realny, proszę doprecyzować."
    return_plan(plan=plan, text=text, remarks={second: "Kto sprawdza zeszyt?"}, version=None, by=tomasz)
    return plan


def goals(plan) -> list[str]:
    return [row.goal for row in plan.actions.order_by("position")]


def test_update_is_recorded_in_the_history(as_anna, plan, anna):
    response = submit_form(as_anna, edit_plan_url(plan), main_goal="Inaczej.", **{"rows-0-who": "Danuta"})
    assert response.status_code == 302
    changed = Plan.objects.get()
    assert changed.main_goal == "Inaczej."
    entry = changed.history.first()
    assert (entry.history_user, entry.history_change_reason) == (anna, "Zmiana szkicu planu")
    row = changed.actions.get(position=1)
    assert (row.who, row.history.count()) == ("Danuta", 2)
    assert changed.actions.get(position=2).history.count() == 1, "a row left alone has no new entry"


class TestRowsWithoutAScript:
    def test_row_moves_up(self, as_anna, plan):
        fields = press_button(as_anna, edit_plan_url(plan), "_up", "rows-1")
        assert (fields["rows-1-ORDER"], fields["rows-0-ORDER"]) == (["0"], ["1"])
        as_anna.post(edit_plan_url(plan), fields)
        assert goals(plan) == [BUDGET_ROW["goal"], EDUCATION_ROW["goal"]]
        assert PlanAction.objects.count() == 2, "the same rows, in another order"

    def test_first_row_stays_first(self, as_anna, plan):
        as_anna.post(edit_plan_url(plan), press_button(as_anna, edit_plan_url(plan), "_up", "rows-0"))
        assert goals(plan) == [EDUCATION_ROW["goal"], BUDGET_ROW["goal"]]

    def test_moving_skips_deleted_rows(self, as_anna, plan):
        url = edit_plan_url(plan)
        fields = press_button(as_anna, url, "_add", "rows:ED-3")
        fields = parse_form(as_anna.post(url, fields | {"_remove": "rows-1"}).content.decode())
        fields = parse_form(as_anna.post(url, fields | {"_up": "rows-2"}).content.decode())
        as_anna.post(url, fields)
        assert goals(plan) == ["Rodzice są w stałym kontakcie ze szkołą", EDUCATION_ROW["goal"]]

    def test_row_from_the_library_has_its_area_and_goal(self, as_anna, plan):
        fields = press_button(as_anna, edit_plan_url(plan), "_add", "rows:BU-1")
        assert fields["rows-TOTAL_FORMS"] == ["3"]
        cells = [fields[f"rows-2-{name}"][0] for name in ("area", "goal", "actions")]
        assert cells == ["BU", "Rodzice planują wydatki na cały miesiąc", ""]

    @pytest.mark.parametrize("value", ["rows:XX-9", "rows:wiersz-999999", "rows:", "rows"])
    def test_unknown_library_key_adds_an_empty_row(self, as_anna, plan, value):
        fields = press_button(as_anna, edit_plan_url(plan), "_add", value)
        assert (fields["rows-TOTAL_FORMS"], fields["rows-2-goal"]) == (["3"], [""])

    @pytest.mark.parametrize("value", ["rows-99", "nonsense", "rows-x", ""])
    def test_moving_an_unknown_row_changes_nothing(self, as_anna, plan, value):
        fields = press_button(as_anna, edit_plan_url(plan), "_up", value)
        assert (fields["rows-0-goal"], fields["rows-1-goal"]) == (
            [EDUCATION_ROW["goal"]],
            [BUDGET_ROW["goal"]],
        )

    def test_row_is_removed(self, as_anna, plan):
        as_anna.post(edit_plan_url(plan), press_button(as_anna, edit_plan_url(plan), "_remove", "rows-0"))
        assert goals(plan) == [BUDGET_ROW["goal"]]
        assert PlanAction.history.filter(history_type="-").get().goal == EDUCATION_ROW["goal"]


class TestRemarks:
    def test_shown_at_their_row_and_at_the_top(self, as_anna, returned_plan):
        html = response_text(as_anna.get(edit_plan_url(returned_plan)))
        assert "Wrócił do poprawy 13.10.2026" in html and "Plan jest realny" in html
        assert "Kto sprawdza zeszyt?" in html and "Uwzględnione" in html

    def test_addressed_and_sent_again(self, as_anna, returned_plan):
        remark = RowRemark.objects.get()
        response = submit_form(
            as_anna, edit_plan_url(returned_plan), heeded=remark.pk, **{"rows-1-who": "asystent"}, **SEND
        )
        assert response.status_code == 302
        assert RowRemark.objects.get().addressed
        assert Plan.objects.get().state == PlanState.CONSULTATION

    def test_unaddressed_remark_needs_confirmation(self, as_anna, returned_plan):
        response = submit_form(as_anna, edit_plan_url(returned_plan), **SEND)
        assert "Nie wszystkie uwagi zaznaczono jako uwzględnione, zostało: 1." in response_text(response)
        assert Plan.objects.get().state == PlanState.DRAFT

    def test_remarks_of_an_earlier_return_stay_addressed(self, as_anna, returned_plan, tomasz, anna):
        submit_form(as_anna, edit_plan_url(returned_plan), heeded=RowRemark.objects.get().pk, **SEND)
        again = Plan.objects.get()
        return_plan(plan=again, text="", remarks={again.actions.first(): "Kiedy?"}, version=None, by=tomasz)
        submit_form(as_anna, edit_plan_url(again), main_goal="Inaczej.")
        assert {row.text: row.addressed for row in RowRemark.objects.all()} == {
            "Kto sprawdza zeszyt?": True,
            "Kiedy?": False,
        }

    def test_remark_on_a_removed_row_is_shown_at_the_top(self, as_anna, returned_plan):
        as_anna.post(
            edit_plan_url(returned_plan),
            press_button(as_anna, edit_plan_url(returned_plan), "_remove", "rows-1"),
        )
        html = response_text(as_anna.get(edit_plan_url(returned_plan)))
        assert "Uwaga do wiersza, którego już nie ma: 2. Rodzina płaci czynsz na czas" in html


class TestConcurrentEdits:
    def test_second_user_sees_both_texts(self, as_anna, plan, anna):
        data = form_data(as_anna, edit_plan_url(plan), **{"rows-1-who": "Danuta"})
        update_plan(plan=plan, data=plan_data(main_goal="Cudzy cel."), version=None, by=anna)
        response = as_anna.post(edit_plan_url(plan), data)
        assert response.status_code == 409
        html = response_text(response)
        assert "Cudzy cel." in html and "Wiersz 2: Kto" in html
        assert Plan.objects.get().main_goal == "Cudzy cel."
        assert as_anna.post(edit_plan_url(plan), parse_form(response.content.decode())).status_code == 302
        assert Plan.objects.get().actions.get(goal=BUDGET_ROW["goal"]).who == "Danuta"

    def test_row_removed_by_the_other_user_is_shown_in_full(self, as_anna, plan, anna):
        data = form_data(as_anna, edit_plan_url(plan))
        first = plan.actions.get(position=1)
        left = plan_data(PlanAction(pk=first.pk, **EDUCATION_ROW))
        update_plan(plan=plan, data=left, version=None, by=anna)
        found = as_anna.post(edit_plan_url(plan), data).context["conflict"]["differences"]
        assert {each["label"].partition(":")[0] for each in found} == {"Wiersz 2"}
        assert [each["now"] for each in found if "Cel" in each["label"]] == [BUDGET_ROW["goal"]]

    def test_sent_twice(self, as_anna, plan):
        data = form_data(as_anna, edit_plan_url(plan), **SEND)
        first, second = (as_anna.post(edit_plan_url(plan), data) for _ in range(2))
        assert (first.status_code, first.url) == (second.status_code, second.url)
        assert Plan.objects.get().history.filter(state=PlanState.CONSULTATION).count() == 1

    def test_plan_sent_by_another_user_meanwhile(self, as_anna, plan, anna):
        data = form_data(as_anna, edit_plan_url(plan), main_goal="Mój cel.")
        version = Plan.objects.get().version
        send_plan(plan=plan, version=None, by=anna)
        Plan.objects.filter(pk=plan.pk).update(version=version)
        response = as_anna.post(edit_plan_url(plan), data)
        assert response.status_code == 422
        assert "Ten plan czeka na konsultację pracownika socjalnego." in error_sentences(response)
        assert Draft.objects.exists() and "Mój cel." in response_text(response)


class TestAvailability:
    def test_sent_plan_cannot_be_edited(self, as_anna, kowalscy, anna):
        plan = create_sent_plan(kowalscy, by=anna)
        assert as_anna.get(edit_plan_url(plan)).url == edit_plan_url(plan, "plan-version")

    def test_unknown_version_is_404(self, as_anna, kowalscy, plan):
        assert as_anna.get(reverse("families:plan-edit", args=[kowalscy.pk, 9])).status_code == 404

    def test_users_without_permission(self, client, plan, tomasz, maria, ewa):
        for user, status in ((tomasz, 403), (maria, 403), (ewa, 404)):
            client.force_login(user)
            assert client.get(edit_plan_url(plan)).status_code == status
            assert client.get(edit_plan_url(plan, "plan-discard")).status_code == status

    def test_query_count(self, as_anna, returned_plan):
        assert len(page_statements(as_anna, edit_plan_url(returned_plan))) <= 18


class TestDiscard:
    def test_discarded_draft_keeps_its_history(self, as_anna, kowalscy, plan, anna):
        response = submit_form(as_anna, edit_plan_url(plan, "plan-discard"))
        assert response.url == reverse("families:plan", args=[kowalscy.pk])
        assert not Plan.objects.exists() and not PlanAction.objects.exists()
        entry = Plan.history.filter(history_type="-").get()
        assert (entry.history_user, entry.history_change_reason) == (anna, "Usunięcie szkicu planu")

    def test_twice(self, as_anna, plan):
        url = edit_plan_url(plan, "plan-discard")
        data = form_data(as_anna, url)
        first, second = as_anna.post(url, data), as_anna.post(url, data)
        assert first.url == second.url

    def test_sent_plan_cannot_be_discarded(self, as_anna, returned_plan):
        url = edit_plan_url(returned_plan, "plan-discard")
        response = as_anna.get(url)
        assert "Ten plan był już wysłany do konsultacji." in response_text(as_anna.get(response.url))
        assert Plan.objects.exists()
