"""Page of the plan: workflow, rows with progress, signatures, other versions, access, query counts."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from families.caseload.actions import end_work, hand_over, start_work_and_assign
from families.plans.actions import create_plan, record_progress, return_plan, review_plan
from families.plans.models import PlanAction
from families.plans.permissions import PLAN_VIEW
from lubsko_ops.accounts.actions import grant_role
from lubsko_ops.audit.models import AccessLogEntry
from lubsko_ops.core import clock
from lubsko_ops.core.permissions import Role
from tests.factories import TODAY, consent_data
from tests.families.plans.helpers import (
    UNKNOWN_ID,
    half_signed,
    plan_url,
    plan_version_url,
    reload_plan,
    signed_by,
    two_versions,
    with_grandmother,
)
from tests.families.visits.helpers import make_visit
from tests.form_client import response_text
from tests.page import Page
from tests.plan_factories import (
    BUDGET_ROW,
    EDUCATION_ROW,
    create_accepted_plan,
    create_consulted_plan,
    create_draft_plan,
    create_plan_in_force,
    create_sent_plan,
    get_period,
    plan_data,
)
from tests.roles import permissions_of, set_permissions
from tests.statement_counts import page_statements

EARLIER = date(2026, 4, 10)


@pytest.fixture
def read(client, kowalscy, request):
    """The HTML of the plan page as the named user sees it."""

    def of(name, url=None):
        client.force_login(request.getfixturevalue(name))
        return response_text(client.get(url or plan_url(kowalscy)))

    return of


def button(html: str, label: str) -> bool:
    return f'">{label}</a>' in html and 'class="btn btn-primary"' in html.split(f">{label}</a>")[0][-160:]


class TestBeforeTheFirstPlan:
    def test_assistant_sees_the_due_date_and_the_button(self, read):
        html = read("anna")
        assert "Rodzina nie ma jeszcze planu" in html and "Napisz pierwszy plan" in html
        assert "03.04.2026" in html and "po terminie" in html  # 30 days from 4 March

    @pytest.mark.parametrize("name", ["tomasz", "maria"])
    def test_others_see_who_writes_it(self, read, name):
        html = read(name)
        assert "Pierwszy plan pisze asystent rodziny." in html and "Napisz pierwszy plan" not in html

    def test_work_that_has_not_begun(self, as_maria, unassigned_family):
        assert "Praca z tą rodziną jeszcze się nie zaczęła." in response_text(
            as_maria.get(plan_url(unassigned_family))
        )

    def test_work_that_is_over(self, read, kowalscy, maria):
        end_work(period=get_period(kowalscy), on=TODAY - timedelta(days=1), reason="moved", by=maria)
        html = read("maria")
        assert "Praca z rodziną zakończyła się 12.10.2026." in html


class TestWorkflow:
    def test_returned_draft_is_corrected_by_the_assistant(self, read, kowalscy, anna):
        create_draft_plan(kowalscy, by=anna)
        html = read("anna")
        assert "<h1>Plan pracy, wersja 1</h1>" in html and "Na okres 13.10.2026–11.04.2027." in html
        assert button(html, "Pisz dalej") and "pisze Anna Sikora" in html
        html = read("tomasz")
        assert "Szkic. Pisze Anna Sikora." in html and ">Pisz dalej<" not in html

    def test_consultation_waits_for_the_social_worker(self, read, kowalscy, anna, tomasz):
        plan = create_sent_plan(kowalscy, by=anna)
        assert button(read("tomasz"), "Zapisz konsultację")
        for name in ("anna", "maria"):
            html = read(name)
            assert "Czeka na konsultację od 13.10.2026: Tomasz Lis, pracownik socjalny." in html
            assert "Zapisz konsultację<" not in html and "Odeślij z uwagami" not in html
        assert f'href="{plan_version_url(plan, "withdraw")}"' in read("anna")
        assert f'href="{plan_version_url(plan, "withdraw")}"' not in read("maria")

    def test_acceptance_waits_for_the_manager(self, read, kowalscy, anna, tomasz):
        create_consulted_plan(kowalscy, by=anna, tomasz=tomasz)
        html = read("maria")
        assert button(html, "Zaakceptuj") and "skonsultowano 13.10.2026, Tomasz Lis" in html
        html = read("tomasz")
        assert "Czeka na akceptację od 13.10.2026: kierownik." in html and "Zaakceptuj<" not in html

    def test_signatures_wait_for_the_assistant(self, read, kowalscy, anna, tomasz, maria):
        create_accepted_plan(kowalscy, by=anna, tomasz=tomasz, maria=maria)
        html = read("anna")
        assert button(html, "Odnotuj podpisy") and "czeka na: Danuta Kowalska" in html
        [chain] = Page(html).all("ol", "chain")
        steps = [(step.all("b")[0].text, step.all("span", "note")[0].text) for step in chain.all("li")]
        assert [name for name, _ in steps] == [
            "Szkic",
            "Do konsultacji",
            "Do akceptacji",
            "Do podpisów",
            "Obowiązuje",
        ]
        assert steps[3:] == [("Do podpisów", "czeka na: Danuta Kowalska"), ("Obowiązuje", "po podpisach")]
        assert "Czeka na podpisy: Danuta Kowalska." in read("maria")

    def test_author_sees_why_they_may_not_decide(self, read, kowalscy, anna, tomasz, system_user):
        create_consulted_plan(kowalscy, by=anna, tomasz=tomasz)
        grant_role(user=anna, role=Role.MANAGER, starts_on=date(2020, 1, 1), by=system_user)
        html = read("anna")
        assert "Kto pisał plan, nie może go konsultować ani akceptować." in html
        assert ">Zaakceptuj<" not in html

    def test_consulting_user_may_return_but_not_accept(self, read, kowalscy, anna, tomasz, system_user):
        create_consulted_plan(kowalscy, by=anna, tomasz=tomasz)
        grant_role(user=tomasz, role=Role.MANAGER, starts_on=date(2020, 1, 1), by=system_user)
        html = read("tomasz")
        assert "konsultowała ta sama osoba" in html and ">Zaakceptuj<" not in html
        assert "Odeślij z uwagami" in html

    def test_a_plan_in_force_waits_for_nobody(self, read, kowalscy, anna, tomasz, maria):
        plan = create_plan_in_force(kowalscy, by=anna, tomasz=tomasz, maria=maria)
        html = read("anna")
        assert "od 13.10.2026" in html and "Napisz nową wersję" in html
        assert "odnotowano 13.10.2026" in html, "the step of signatures is behind"
        assert not button(html, "Napisz nową wersję")
        for name in ("paper-for-signature", "paper-in-force", "progress-pdf", "family-pdf"):
            assert f'href="{plan_version_url(plan, name)}"' in html
        assert "Plan do podpisu, 13.10.2026" in html and "Plan obowiązujący, 13.10.2026" in html
        assert "Napisz nową wersję" not in read("maria")

    def test_plan_past_its_period_asks_for_a_new_version(self, read, kowalscy, anna, tomasz, maria):
        with clock.freeze_time(EARLIER):
            create_plan_in_force(kowalscy, by=anna, tomasz=tomasz, maria=maria)
        html = read("anna")
        assert "Okres planu minął." in html and "do 07.10.2026" in html
        assert button(html, "Napisz nową wersję")

    def test_no_actions_after_the_work_ended(self, read, kowalscy, anna, tomasz, maria):
        plan = create_sent_plan(kowalscy, by=anna)
        end_work(period=get_period(kowalscy), on=TODAY - timedelta(days=1), reason="moved", by=maria)
        html = read("tomasz", plan_version_url(plan))
        assert "Praca z rodziną zakończona." in html and "Zapisz konsultację<" not in html

    def test_plan_of_earlier_work_is_not_in_force_in_the_next(self, read, kowalscy, anna, tomasz, maria):
        plan = create_plan_in_force(kowalscy, by=anna, tomasz=tomasz, maria=maria)
        end_work(period=get_period(kowalscy), on=TODAY, reason="moved", by=maria)
        with clock.freeze_time(TODAY + timedelta(days=60)):
            bases = [consent_data(kowalscy, clock.today())]
            again = start_work_and_assign(
                family=kowalscy, assistant=anna, starts_on=clock.today(), bases=bases, by=maria
            )
            create_plan(period=again.period, data=plan_data(), by=anna)
            html = read("anna")
            assert "Plan pracy, wersja 2" in html and "Wersja 1</a> obowiązuje" not in html
            assert "13.10.2026–13.10.2026" in html and "obowiązuje od 13.10.2026" not in html
            assert "Obowiązywał od 13.10.2026 do 13.10.2026." in read("anna", plan_version_url(plan))


class TestReview:
    """Handed over to Ewa on 03.10: the plan Anna wrote in spring is due for review."""

    @pytest.fixture
    def handed_over(self, kowalscy, anna, ewa, tomasz, maria):
        with clock.freeze_time(date(2026, 9, 1)):
            create_plan_in_force(kowalscy, by=anna, tomasz=tomasz, maria=maria)
        with clock.freeze_time(date(2026, 10, 3)):
            hand_over(period=get_period(kowalscy), assistant=ewa, starts_on=clock.today(), by=maria)

    def test_assistant_sees_reasons_and_both_actions(self, read, kowalscy, handed_over, ewa):
        html = read("ewa")
        assert "<p>Przejrzyj plan: zmiana asystenta 03.10.2026, do 17.10.2026.</p>" in html
        assert ">Napisz nową wersję</a>" in html and ">Odnotuj przegląd bez zmian</a>" in html
        review_page = read("ewa", reverse("families:plan-review", args=[kowalscy.pk]))
        assert "<li>Zmiana asystenta 03.10.2026</li>" in review_page
        review_plan(period=get_period(kowalscy), note="Cele są dobre.", by=ewa)
        assert "zmiana asystenta" not in read("ewa")

    def test_others_see_reasons_without_actions(self, read, handed_over):
        for name in ("tomasz", "maria", "anna"):  # anna only reads the file now
            html = read(name)
            assert "<p>Plan do przeglądu: zmiana asystenta 03.10.2026, do 17.10.2026.</p>" in html
            assert "Odnotuj przegląd bez zmian" not in html

    def test_nothing_calls_for_it(self, read, kowalscy, anna, tomasz, maria):
        create_plan_in_force(kowalscy, by=anna, tomasz=tomasz, maria=maria)
        assert "Przejrzyj plan" not in read("anna")

    def test_a_period_that_is_over_is_said_once(self, read, kowalscy, anna, tomasz, maria):
        with clock.freeze_time(EARLIER):
            create_plan_in_force(kowalscy, by=anna, tomasz=tomasz, maria=maria)
        html = read("anna")
        assert "Okres planu minął." in html and "koniec okresu planu" not in html


class TestRows:
    @pytest.fixture
    def followed(self, kowalscy, anna, tomasz, maria):
        """In force since April; the first row past its term with two facts, the second done."""
        rows = [PlanAction(**EDUCATION_ROW | {"due_on": date(2026, 9, 30)}), PlanAction(**BUDGET_ROW)]
        with clock.freeze_time(EARLIER):
            plan = create_plan_in_force(kowalscy, by=anna, tomasz=tomasz, maria=maria, data=plan_data(*rows))
        reads, pays = plan.actions.order_by("position")
        record_progress(action=reads, day=date(2026, 5, 12), state="under_way", by=anna)
        visit = make_visit(kowalscy, anna)
        record_progress(action=reads, day=visit.day, visit=visit, note="Lepiej niż we wrześniu.", by=anna)
        record_progress(action=pays, day=date(2026, 10, 1), state="done", effect="partly", by=anna)
        self.plan, self.visit = plan, visit
        return plan

    def test_everything_said_of_a_row_stands_there(self, read, followed):
        html = read("tomasz")
        for said in (
            *(EDUCATION_ROW[name] for name in ("goal", "problem", "actions", "who", "expected_outcome")),
        ):
            assert said in html, said
        assert "edukacja i rozwój dzieci; Danuta, asystent" in html

    def test_the_last_state_with_its_day(self, read, followed):
        html = read("tomasz")
        assert "<b>w trakcie</b>, 12.05.2026" in html
        assert "<b>zrealizowane</b>, 01.10.2026; efekt częściowo osiągnięty" in html

    def test_what_was_done_in_which_visit(self, read, followed, kowalscy):
        html = read("maria")
        visit = reverse("families:visit", args=[kowalscy.pk, self.visit.pk])
        assert f'<a href="{visit}">Wizyta 12.10.2026</a>: praca nad działaniem' in html
        assert "Lepiej niż we wrześniu." in html and "Co zrobiono: 2 wpisy" in html

    def test_past_its_term_without_an_end_it_is_marked(self, read, followed, anna):
        html = read("anna")
        assert "Po terminie bez zakończenia: 1 wiersz." in html and "po terminie 13 dni" in html
        record_progress(action=followed.actions.get(position=1), day=TODAY, state="not_done", by=anna)
        assert "Po terminie bez zakończenia" not in read("anna")

    def test_progress_is_offered_to_who_may_write(self, read, followed):
        assert "Zapisz postęp" in read("anna")
        assert "Zapisz postęp" not in read("tomasz")

    def test_a_replaced_version_keeps_what_was_known_then(
        self, read, followed, kowalscy, anna, tomasz, maria
    ):
        row = followed.actions.get(position=1)
        data = plan_data(PlanAction(**EDUCATION_ROW, origin_id=row.lineage_id), reason="koniec półrocza")
        new = create_plan_in_force(kowalscy, by=anna, tomasz=tomasz, maria=maria, data=data)
        record_progress(action=new.actions.get(), day=TODAY, state="done", by=anna)
        assert "<b>zrealizowane</b>, 13.10.2026" in read("anna", plan_version_url(new))
        old = read("anna", plan_version_url(reload_plan(followed)))
        assert "zrealizowane</b>, 13.10.2026" not in old and "Obowiązywał od 10.04.2026 do 12.10.2026" in old

    def test_a_draft_without_a_term_says_so(self, read, kowalscy, anna):
        create_draft_plan(kowalscy, by=anna, data=plan_data(PlanAction(**EDUCATION_ROW | {"due_on": None})))
        assert "bez terminu" in read("anna")


class TestSidebar:
    def test_signatures_and_a_refusal(self, read, kowalscy, anna, tomasz, maria):
        with_grandmother(kowalscy, by=anna)
        plan = create_accepted_plan(kowalscy, by=anna, tomasz=tomasz, maria=maria)
        signed_by(plan, kowalscy, "Danuta", by=anna, kind="refused", reason="Nie zgadza się na zeszyt.")
        html = read("maria")
        assert "odmowa</span>, 13.10.2026<br>Nie zgadza się na zeszyt." in html
        assert '<th scope="row">Zofia Kowalska</th><td><span class="st st-quiet">brak</span>' in html.replace(
            "> ", ">"
        )

    def test_consultation_with_its_remarks(self, read, kowalscy, anna, tomasz):
        from families.plans.actions import consult_plan

        consult_plan(
            plan=create_sent_plan(kowalscy, by=anna), remarks="Warto dodać szkołę.", version=None, by=tomasz
        )
        html = read("anna")
        assert "13.10.2026, Tomasz Lis" in html and "Warto dodać szkołę." in html

    def test_remarks_of_a_return_are_shown_at_their_rows(self, read, kowalscy, anna, tomasz):
        plan = create_sent_plan(kowalscy, by=anna)
        row = plan.actions.get(position=2)
        return_plan(plan=plan, text="Realny.", remarks={row: "Kto sprawdza?"}, version=None, by=tomasz)
        html = read("anna")
        assert "Wrócił z 2 uwagami" in html and "wrócił do poprawy 13.10.2026" in html
        assert "Kto sprawdza?" in html.split('id="w2"')[1]
        assert button(html, "Popraw")

    def test_other_versions_with_period_and_reason(self, read, kowalscy, anna, tomasz, maria):
        first, second = two_versions(kowalscy, by=anna, tomasz=tomasz, maria=maria)
        html = read("anna", plan_version_url(second))
        assert f'href="{plan_version_url(first)}">Wersja 1</a><span>13.10.2026–13.10.2026' in html.replace(
            "> ", ">"
        )
        assert "Porównaj z wersją 1" in html and "Powód zmiany: koniec półrocza" in html

    def test_reviews_without_changes(self, read, kowalscy, anna, tomasz, maria):
        plan = create_plan_in_force(kowalscy, by=anna, tomasz=tomasz, maria=maria)
        review_plan(period=plan.period, note="Cele są nadal dobre.", by=anna)
        assert "Cele są nadal dobre." in read("tomasz")


class TestAccess:
    def test_user_without_access_gets_404(self, client, zofia, kowalscy, anna):
        plan = create_draft_plan(kowalscy, by=anna)
        client.force_login(zofia)
        for url in (plan_url(kowalscy), plan_version_url(plan), plan_version_url(plan, "compare")):
            assert client.get(url).status_code == 404

    def test_unknown_version_is_404(self, as_anna, kowalscy, anna):
        create_draft_plan(kowalscy, by=anna)
        for name in ("plan-version", "plan-compare"):
            url = reverse(f"families:{name}", args=[kowalscy.pk, UNKNOWN_ID])
            assert as_anna.get(url).status_code == 404

    def test_role_without_permission_has_no_tab_and_no_page(self, as_anna, kowalscy, monkeypatch):

        set_permissions(monkeypatch, Role.ASSISTANT, permissions_of(Role.ASSISTANT) - {PLAN_VIEW})
        assert as_anna.get(plan_url(kowalscy)).status_code == 403
        assert plan_url(kowalscy) not in Page(as_anna.get(f"/rodziny/{kowalscy.pk}/")).urls

    def test_the_specialist_has_no_right_to_plans(self):

        assert PLAN_VIEW not in permissions_of(Role.SPECIALIST)

    def test_the_tab_stands_after_the_visits(self, as_anna, kowalscy):
        html = response_text(as_anna.get(plan_url(kowalscy)))
        assert html.index(">Wizyty</a>") < html.index(">Plan</a>") < html.index(">Prowadzenie</a>")
        assert 'aria-current="page">Plan</a>' in html

    def test_view_is_logged(self, as_anna, anna, kowalscy):
        as_anna.get(plan_url(kowalscy))
        entry = AccessLogEntry.objects.get(user=anna)
        assert (entry.access_area, entry.families) == ("plan", [kowalscy.pk])


class TestQueryCount:
    def test_a_plan_in_force_with_a_history(self, client, kowalscy, anna, tomasz, maria):
        _, second = two_versions(kowalscy, by=anna, tomasz=tomasz, maria=maria)
        row = second.actions.first()
        tomorrow = TODAY + timedelta(days=1)
        with clock.freeze_time(tomorrow):
            client.force_login(anna)
            few = len(page_statements(client, plan_version_url(second)))
            for _ in range(3):
                record_progress(action=row, day=tomorrow, state="under_way", by=anna)
                review_plan(period=second.period, note="Bez zmian.", by=anna)
            assert len(page_statements(client, plan_version_url(second))) == few <= 16

    def test_every_state(self, client, kowalscy, anna, tomasz, maria):
        plan = create_sent_plan(kowalscy, by=anna)
        return_plan(plan=plan, text="Popraw.", remarks={}, version=None, by=tomasz)
        for user in (anna, maria):
            client.force_login(user)
            assert len(page_statements(client, plan_version_url(plan))) <= 16

    def test_signing(self, as_maria, kowalscy, anna, tomasz, maria):
        plan = half_signed(kowalscy, by=anna, tomasz=tomasz, maria=maria).plan
        assert len(page_statements(as_maria, plan_version_url(plan))) <= 16

    def test_the_manager_accepts(self, as_maria, kowalscy, anna, tomasz):
        plan = create_consulted_plan(kowalscy, by=anna, tomasz=tomasz)
        assert len(page_statements(as_maria, plan_version_url(plan))) <= 16
