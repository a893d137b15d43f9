"""Plan progress recorded at a visit."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from families.caseload.actions import assign_assistant, end_work
from families.choices import ActionState, AssignmentKind, ClosingReason, SignatureKind, VisitResult
from families.plans.actions import record_signature, record_visit_progress
from families.plans.dto import ProgressData
from families.plans.models import ActionProgress, Plan, PlanAction
from families.visits.actions import correct_visit, log_visit
from families.visits.models import Visit
from lubsko_ops.core import clock
from lubsko_ops.submissions.models import Draft
from tests.factories import TODAY
from tests.families.visits.helpers import (
    ENTERED,
    YESTERDAY,
    initial_form_data,
    make_visit,
    new_visit_url,
    submit_visit,
    visit_data,
    visit_url,
)
from tests.form_client import form_data, parse_form, response_text, submit_form
from tests.plan_factories import (
    BUDGET_ROW,
    EDUCATION_ROW,
    create_accepted_plan,
    create_plan_in_force,
    plan_data,
)
from tests.statement_counts import page_statements

WEEK_AGO = TODAY - timedelta(days=7)
BEFORE = date(2026, 10, 1)


@pytest.fixture
def plan(kowalscy, anna, tomasz, maria) -> Plan:
    """A plan with two actions in force since a week ago."""
    with clock.freeze_time(WEEK_AGO):
        return create_plan_in_force(kowalscy, by=anna, tomasz=tomasz, maria=maria)


@pytest.fixture
def reads(plan) -> PlanAction:
    return plan.actions.get(position=1)


@pytest.fixture
def pays(plan) -> PlanAction:
    return plan.actions.get(position=2)


def selected(action, state="", note="") -> dict:
    names = (f"touch_{action.pk}", f"touch_state_{action.pk}", f"touch_note_{action.pk}")
    return dict(zip(names, ("on", state, note), strict=True))


def saved_progress(visit) -> list[tuple]:
    rows = visit.plan_progress.order_by("action__position")
    return [(row.action.position, row.day, row.state, row.note) for row in rows]


class TestForm:
    def test_lists_actions_of_the_plan_in_force(self, as_anna, kowalscy, reads, pays):
        page = response_text(as_anna.get(new_visit_url(kowalscy)))
        assert "Plan, wersja 1, do 04.04.2027. Zaznacz to, nad czym pracowaliście." in page
        assert page.index(reads.goal) < page.index(pays.goal) < page.index("Obszary")
        fields = initial_form_data(as_anna, kowalscy)
        assert f"touch_{reads.pk}" not in fields, "nothing is ticked beforehand"
        assert fields[f"touch_state_{reads.pk}"] == [""]

    def test_no_section_without_a_plan(self, as_anna, kowalscy):
        assert "Działania z planu" not in response_text(as_anna.get(new_visit_url(kowalscy)))

    def test_shows_the_last_state_of_an_action(self, as_anna, kowalscy, anna, reads):
        with clock.freeze_time(YESTERDAY):
            make_visit(kowalscy, anna, YESTERDAY, starts_at="09:00", ends_at="10:00", plan_progress=[
                ProgressData(reads, ActionState.PARTLY)
            ])  # fmt: skip
        assert "do 31.01.2027</span>, zrealizowane częściowo" in response_text(
            as_anna.get(new_visit_url(kowalscy))
        )

    def test_takes_at_most_thirteen_statements(self, as_anna, kowalscy, plan):
        page = new_visit_url(kowalscy)
        asked = [sql for sql in page_statements(as_anna, page) if not sql.startswith(("INSERT", "UPDATE"))]
        assert len(asked) <= 13, asked


class TestSaving:
    def test_saves_progress_of_two_actions(self, as_anna, kowalscy, anna, reads, pays):
        said = selected(reads) | selected(pays, ActionState.PARTLY, "Zeszyt jest, brakuje sobót.")
        response = submit_visit(as_anna, kowalscy, **said)
        visit = Visit.objects.get()
        assert response.url == visit_url(visit)
        assert saved_progress(visit) == [
            (1, TODAY, "", ""),
            (2, TODAY, "partly", "Zeszyt jest, brakuje sobót."),
        ]
        entry = ActionProgress.history.filter(action_id=pays.pk).get()
        assert (entry.history_user, entry.history_change_reason) == (anna, "Wpis wizyty")

    def test_areas_of_actions_are_added(self, as_anna, kowalscy, reads, pays):
        submit_visit(as_anna, kowalscy, areas=["ZD", pays.area], **selected(reads), **selected(pays))
        assert Visit.objects.get().areas == ["ZD", pays.area, reads.area]

    def test_failed_visit_gets_no_areas_of_the_plan(self, as_anna, kowalscy, reads):
        fields = {"held": "failed", "reason": VisitResult.NOBODY_HOME} | selected(reads)
        asked = parse_form(submit_visit(as_anna, kowalscy, **fields).content.decode())
        as_anna.post(new_visit_url(kowalscy), asked)
        assert Visit.objects.get().areas == []

    def test_duplicate_submission_saves_progress_once(self, as_anna, kowalscy, reads):
        data = form_data(as_anna, new_visit_url(kowalscy), **ENTERED, **selected(reads))
        for _ in range(2):
            assert as_anna.post(new_visit_url(kowalscy), data).status_code == 302
        assert ActionProgress.objects.count() == 1

    def test_dropped_action_needs_a_note(self, as_anna, kowalscy, reads):
        response = submit_visit(as_anna, kowalscy, **selected(reads, ActionState.DROPPED))
        words = response_text(response)
        assert response.status_code == 422
        assert words.count("Napisz, dlaczego od tego odstąpiono.") == 2, "in the summary and beside the field"
        assert f'href="#id_touch_note_{reads.pk}"' in words
        fields = parse_form(response.content.decode())
        assert (fields[f"touch_{reads.pk}"], fields[f"touch_state_{reads.pk}"]) == (["on"], ["dropped"])
        assert not Visit.objects.exists()

    def test_day_before_the_plan_is_refused(self, as_anna, kowalscy, reads, pays):
        response = submit_visit(
            as_anna, kowalscy, day="01.10.2026", **selected(reads, ActionState.DONE, "Udało się")
        )
        words = response_text(response)
        assert response.status_code == 422
        assert (
            "W dniu 01.10.2026 nie obowiązywał plan, z którego zaznaczono działania (wersja 1). "
            "Popraw datę albo odznacz te działania." in words
        )
        fields = parse_form(response.content.decode())
        assert fields[f"touch_{reads.pk}"] == ["on"], "what was chosen stays"
        assert fields[f"touch_note_{reads.pk}"] == ["Udało się"]
        assert f"touch_note_{pays.pk}" not in fields, "of that day there is no plan to choose from"
        assert not Visit.objects.exists()

    def test_failed_visit_saves_no_progress(self, as_anna, kowalscy, reads):
        failed = {"held": "failed", "reason": VisitResult.NOBODY_HOME, "facts": ""}
        response = submit_visit(as_anna, kowalscy, **failed, **selected(reads))
        assert "Zaznaczono działania z planu, a wizyta się nie odbyła." in response_text(response)
        assert not Visit.objects.exists()
        anyway = parse_form(response.content.decode())
        assert as_anna.post(new_visit_url(kowalscy), anyway).status_code == 302
        assert saved_progress(Visit.objects.get()) == []

    def test_state_of_an_unselected_action_needs_confirmation(self, as_anna, kowalscy, reads):
        response = submit_visit(as_anna, kowalscy, **{f"touch_state_{reads.pk}": ActionState.DONE})
        assert "Tych działań nie zaznaczono" in response_text(response)

    def test_draft_keeps_selected_actions(self, as_anna, kowalscy, anna, reads):
        data = form_data(
            as_anna, new_visit_url(kowalscy), **selected(reads, ActionState.UNDER_WAY, "po troszku")
        )
        as_anna.post(new_visit_url(kowalscy), data | {"_draft": "1"})
        page = as_anna.get(f"{new_visit_url(kowalscy)}?szkic={Draft.objects.get().key}")
        fields = parse_form(page.content.decode())
        assert fields[f"touch_{reads.pk}"] == ["on"]
        assert fields[f"touch_note_{reads.pk}"] == ["po troszku"]


class TestCorrecting:
    @pytest.fixture
    def visit(self, kowalscy, anna, reads, pays) -> Visit:
        touches = [ProgressData(reads, ActionState.UNDER_WAY, "zaczęte"), ProgressData(pays)]
        return make_visit(kowalscy, anna, plan_progress=touches)

    def test_initial_values(self, as_anna, visit, reads):
        fields = parse_form(as_anna.get(visit_url(visit, "visit-edit")).content.decode())
        assert fields[f"touch_{reads.pk}"] == ["on"]
        assert fields[f"touch_state_{reads.pk}"] == ["under_way"]
        assert fields[f"touch_note_{reads.pk}"] == ["zaczęte"]

    def test_correction_updates_progress(self, as_anna, anna, visit, reads, pays):
        changes = {f"touch_state_{reads.pk}": "done", f"touch_{pays.pk}": None, "day": "11.10.2026"}
        assert submit_form(as_anna, visit_url(visit, "visit-edit"), **changes).status_code == 302
        assert saved_progress(visit) == [(1, date(2026, 10, 11), "done", "zaczęte")]
        gone = ActionProgress.history.filter(action_id=pays.pk).order_by("-history_id").first()
        assert (gone.history_type, gone.history_user, gone.history_change_reason) == (
            "-",
            anna,
            "Poprawienie wizyty",
        )

    def test_unchanged_correction_keeps_progress_rows(self, as_anna, visit):
        before = ActionProgress.history.count()
        assert submit_form(as_anna, visit_url(visit, "visit-edit"), opinion="Lepiej.").status_code == 302
        assert ActionProgress.history.count() == before

    def test_day_without_the_plan_is_refused_and_nothing_changes(self, as_anna, visit, reads):
        response = submit_form(as_anna, visit_url(visit, "visit-edit"), day="01.10.2026")
        assert response.status_code == 422
        assert "W dniu 01.10.2026 nie obowiązywał plan" in response_text(response)
        assert parse_form(response.content.decode())[f"touch_{reads.pk}"] == ["on"]
        assert saved_progress(visit)[0][1] == YESTERDAY

    def test_late_signatures_keep_progress(self, as_anna, kowalscy, anna, tomasz, maria, visit, reads, pays):
        """The second version was signed the day before the visit, recorded today."""
        with clock.freeze_time(YESTERDAY - timedelta(days=1)):
            second = create_accepted_plan(
                kowalscy, by=anna, tomasz=tomasz, maria=maria, data=plan_data(reason="nowe cele")
            )
        danuta = kowalscy.memberships.get(person__first_name="Danuta").person
        said = {"kind": SignatureKind.SIGNED, "day": YESTERDAY - timedelta(days=1)}
        record_signature(plan=second, person=danuta, **said, version=None, by=anna)
        response = submit_form(as_anna, visit_url(visit, "visit-edit"), opinion="Lepiej.")
        assert response.status_code == 302, "progress recorded on that day stays"
        changes = {f"touch_{pays.pk}": None, f"touch_state_{reads.pk}": "done"}
        assert submit_form(as_anna, visit_url(visit, "visit-edit"), **changes).status_code == 302
        assert saved_progress(visit) == [(1, YESTERDAY, "done", "zaczęte")]
        # Deselected, it disappears: that version was not in force on the day.
        assert submit_form(as_anna, visit_url(visit, "visit-edit"), **selected(pays)).status_code == 422

    def test_actions_follow_the_version_of_the_day(
        self, as_anna, kowalscy, anna, tomasz, maria, visit, reads
    ):
        """The second version replaced the first today."""
        rows = [PlanAction(**EDUCATION_ROW, origin_id=reads.lineage_id), PlanAction(**BUDGET_ROW)]
        data = plan_data(*rows, reason="nowe cele")
        second = create_plan_in_force(kowalscy, by=anna, tomasz=tomasz, maria=maria, data=data)
        assert "Plan, wersja 2" in response_text(as_anna.get(new_visit_url(kowalscy)))
        assert "Plan, wersja 1" in response_text(as_anna.get(visit_url(visit, "visit-edit")))
        said = {"day": "13.10.2026", "starts_at": "09:00", "ends_at": "10:00"}
        response = submit_form(as_anna, visit_url(visit, "visit-edit"), **said)
        words = response_text(response)
        assert response.status_code == 422
        assert "W dniu 13.10.2026 nie obowiązywał plan, z którego zaznaczono działania (wersja 1)." in words
        assert f'name="touch_{second.actions.first().pk}"' in words, "the right ones can be ticked at once"


class TestFinishedActions:
    @pytest.mark.parametrize(
        ("state", "offered"),
        [("under_way", True), ("partly", True), ("not_done", True), ("done", False), ("dropped", False)],
    )
    def test_are_not_offered_any_more(self, as_anna, kowalscy, anna, reads, pays, state, offered):
        make_visit(kowalscy, anna, plan_progress=[ProgressData(reads, state, "powód")])
        page = as_anna.get(new_visit_url(kowalscy)).content.decode()
        assert (f'name="touch_{reads.pk}"' in page) == offered
        assert f'name="touch_{pays.pk}"' in page
        assert ("Nie ma tu działań zakończonych (1)" in page) != offered

    def test_of_the_visit_being_corrected_stay(self, as_anna, kowalscy, anna, reads):
        visit = make_visit(kowalscy, anna, plan_progress=[ProgressData(reads, "done", "")])
        page = as_anna.get(visit_url(visit, "visit-edit")).content.decode()
        assert f'name="touch_{reads.pk}"' in page

    def test_one_ticked_in_a_form_opened_before_is_not_lost(self, as_anna, kowalscy, anna, reads):
        data = form_data(as_anna, new_visit_url(kowalscy), **ENTERED, **selected(reads, "partly"))
        make_visit(kowalscy, anna, plan_progress=[ProgressData(reads, "done", "")])
        response = as_anna.post(new_visit_url(kowalscy), data)
        assert response.status_code == 302
        assert Visit.objects.latest("pk").plan_progress.get().action == reads


class TestAction:
    def test_refused_after_the_end_of_work(self, client, kowalscy, anna, maria, reads):
        period = kowalscy.periods.get()
        end_work(period=period, on=TODAY, reason=ClosingReason.GOALS_REACHED, by=maria)
        later = TODAY + timedelta(days=9)
        follow_up = {
            "kind": AssignmentKind.MONITORING,
            "starts_on": TODAY + timedelta(days=1),
            "ends_on": None,
        }
        assign_assistant(period=period, assistant=anna, **follow_up, by=maria)
        with clock.freeze_time(later):
            client.force_login(anna)
            assert "Działania z planu" not in response_text(client.get(new_visit_url(kowalscy)))
            with pytest.raises(ValidationError, match="nie obowiązywał plan"):
                make_visit(kowalscy, anna, later - timedelta(days=1), plan_progress=[ProgressData(reads)])

    def test_an_action_of_another_family_is_refused(self, nowakowie, ewa, reads):
        with pytest.raises(ValidationError, match="innego okresu pracy"):
            make_visit(nowakowie, ewa, plan_progress=[ProgressData(reads)])
        assert not Visit.objects.exists()

    def test_refused_for_a_failed_visit(self, kowalscy, anna, reads):
        failed = visit_data(
            ends_at="13:30", result=VisitResult.NOBODY_HOME, facts="", plan_progress=[ProgressData(reads)]
        )
        with pytest.raises(ValidationError, match="nie odbyła"):
            log_visit(period=kowalscy.periods.get(), data=failed, by=anna)

    def test_plans_app_refuses_too(self, kowalscy, anna, reads):
        visit = make_visit(kowalscy, anna, BEFORE)
        with pytest.raises(ValidationError, match="nie obowiązywał plan"):
            record_visit_progress(visit=visit, progress=[ProgressData(reads)], by=anna, why="x")

    def test_a_refused_correction_changes_nothing(self, kowalscy, anna, reads):
        visit = make_visit(kowalscy, anna, plan_progress=[ProgressData(reads)])
        with pytest.raises(ValidationError):
            correct_visit(
                visit=visit,
                data=visit_data(BEFORE, plan_progress=[ProgressData(reads)]),
                version=None,
                by=anna,
            )
        assert saved_progress(visit) == [(1, YESTERDAY, "", "")]


class TestReading:
    def test_shown_on_the_visit_page_and_in_the_case_log(self, as_anna, kowalscy, anna, reads, pays):
        touches = [ProgressData(reads, ActionState.DONE), ProgressData(pays, "", "rozmowa o zeszycie")]
        visit = make_visit(kowalscy, anna, plan_progress=touches)
        words = response_text(as_anna.get(visit_url(visit)))
        assert reads.goal in words and "zrealizowane" in words
        assert "rozmowa o zeszycie" in words and "Plan, wersja 1</a>" in words
        diary = response_text(as_anna.get(f"/rodziny/{kowalscy.pk}/wizyty/"))
        assert "plan: 2 działania" in diary

    def test_a_visit_without_the_plan_has_no_mark(self, as_anna, kowalscy, anna, plan):
        make_visit(kowalscy, anna)
        assert "plan: " not in response_text(as_anna.get(f"/rodziny/{kowalscy.pk}/wizyty/"))
