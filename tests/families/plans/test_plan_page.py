"""Reading the plan: its way and whose turn it is, its rows with what was done, signatures, other versions."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from families.caseload.actions import end_work, hand_over, start_work_and_assign
from families.plans.actions import create_plan, record_progress, return_plan, review_plan
from families.plans.dto import RowData
from lubsko_ops.accounts.actions import grant_role
from lubsko_ops.audit.models import AccessArea, AccessLogEntry
from lubsko_ops.core import clock
from lubsko_ops.core.permissions import Role
from tests.factories import TODAY, consent_data
from tests.families.plans.pages import (
    NEVER,
    fresh,
    half_signed,
    page_of,
    plan_of,
    signed_by,
    two_versions,
    with_grandmother,
)
from tests.families.visits.helpers import make_visit
from tests.form_client import response_text
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
from tests.statement_counts import page_statements

EARLIER = date(2026, 4, 10)


@pytest.fixture
def read(client, kowalscy, request):
    """The words of the plan's page as somebody of the cast reads them."""

    def of(name, url=None):
        client.force_login(request.getfixturevalue(name))
        return response_text(client.get(url or plan_of(kowalscy)))

    return of


def button(words: str, label: str) -> bool:
    return f'">{label}</a>' in words and 'class="btn btn-primary"' in words.split(f">{label}</a>")[0][-160:]


class TestBeforeTheFirstPlan:
    def test_the_assistant_is_told_to_write_it_and_by_when(self, read):
        words = read("anna")
        assert "Rodzina nie ma jeszcze planu" in words and "Napisz pierwszy plan" in words
        assert "03.04.2026" in words and "po terminie" in words  # 30 days from 4 March

    @pytest.mark.parametrize("name", ["tomasz", "maria"])
    def test_others_are_told_who_writes_it(self, read, name):
        words = read(name)
        assert "Pierwszy plan pisze asystent rodziny." in words and "Napisz pierwszy plan" not in words

    def test_work_that_has_not_begun(self, as_maria, unassigned_family):
        assert "Praca z tą rodziną jeszcze się nie zaczęła." in response_text(
            as_maria.get(plan_of(unassigned_family))
        )

    def test_work_that_is_over(self, read, kowalscy, maria):
        end_work(period=get_period(kowalscy), on=TODAY - timedelta(days=1), reason="moved", by=maria)
        words = read("maria")
        assert "Praca z rodziną zakończyła się 12.10.2026." in words


class TestTheWay:
    def test_a_draft_is_mended_by_the_assistant(self, read, kowalscy, anna):
        create_draft_plan(kowalscy, by=anna)
        words = read("anna")
        assert "<h1>Plan pracy, wersja 1</h1>" in words and "Na okres 13.10.2026–11.04.2027." in words
        assert button(words, "Pisz dalej") and "pisze Anna Sikora" in words
        words = read("tomasz")
        assert "Szkic. Pisze Anna Sikora." in words and ">Pisz dalej<" not in words

    def test_consultation_waits_for_the_social_worker(self, read, kowalscy, anna, tomasz):
        plan = create_sent_plan(kowalscy, by=anna)
        assert button(read("tomasz"), "Skonsultuj")
        for name in ("anna", "maria"):
            words = read(name)
            assert "Czeka na konsultację od 13.10.2026: Tomasz Lis, pracownik socjalny." in words
            assert "Skonsultuj<" not in words and "Odeślij z uwagami" not in words
        assert f'href="{page_of(plan, "withdraw")}"' in read("anna")
        assert f'href="{page_of(plan, "withdraw")}"' not in read("maria")

    def test_acceptance_waits_for_the_manager(self, read, kowalscy, anna, tomasz):
        create_consulted_plan(kowalscy, by=anna, tomasz=tomasz)
        words = read("maria")
        assert button(words, "Akceptuj") and "skonsultowano 13.10.2026, Tomasz Lis" in words
        words = read("tomasz")
        assert "Czeka na akceptację od 13.10.2026: kierownik." in words and "Akceptuj<" not in words

    def test_signatures_wait_for_the_assistant(self, read, kowalscy, anna, tomasz, maria):
        create_accepted_plan(kowalscy, by=anna, tomasz=tomasz, maria=maria)
        words = read("anna")
        assert button(words, "Odnotuj podpisy") and "czeka na podpisy: Danuta Kowalska" in words
        assert "Czeka na podpisy: Danuta Kowalska." in read("maria")

    def test_who_wrote_it_reads_why_she_does_not_decide(self, read, kowalscy, anna, tomasz, system_user):
        create_consulted_plan(kowalscy, by=anna, tomasz=tomasz)
        grant_role(user=anna, role=Role.MANAGER, starts_on=date(2020, 1, 1), by=system_user)
        words = read("anna")
        assert "Kto pisał plan, nie może go konsultować ani akceptować." in words
        assert ">Akceptuj<" not in words

    def test_one_who_consulted_does_not_accept_but_may_send_back(
        self, read, kowalscy, anna, tomasz, system_user
    ):
        create_consulted_plan(kowalscy, by=anna, tomasz=tomasz)
        grant_role(user=tomasz, role=Role.MANAGER, starts_on=date(2020, 1, 1), by=system_user)
        words = read("tomasz")
        assert "konsultowała ta sama osoba" in words and ">Akceptuj<" not in words
        assert "Odeślij z uwagami" in words

    def test_a_plan_in_force_waits_for_nobody(self, read, kowalscy, anna, tomasz, maria):
        plan = create_plan_in_force(kowalscy, by=anna, tomasz=tomasz, maria=maria)
        words = read("anna")
        assert "od 13.10.2026" in words and "Napisz nową wersję" in words
        assert not button(words, "Napisz nową wersję")
        for name in ("pdf", "family-pdf"):
            assert f'href="{page_of(plan, name)}"' in words
        assert "Napisz nową wersję" not in read("maria")

    def test_past_its_period_it_says_so_and_asks_for_a_new_one(self, read, kowalscy, anna, tomasz, maria):
        with clock.freeze_time(EARLIER):
            create_plan_in_force(kowalscy, by=anna, tomasz=tomasz, maria=maria)
        words = read("anna")
        assert "Okres planu minął." in words and "do 07.10.2026" in words
        assert button(words, "Napisz nową wersję")

    def test_when_the_work_is_over_nothing_is_offered(self, read, kowalscy, anna, tomasz, maria):
        plan = create_sent_plan(kowalscy, by=anna)
        end_work(period=get_period(kowalscy), on=TODAY - timedelta(days=1), reason="moved", by=maria)
        words = read("tomasz", page_of(plan))
        assert "Praca z rodziną zakończona." in words and "Skonsultuj<" not in words

    def test_the_plan_of_earlier_work_does_not_hold_in_the_next(self, read, kowalscy, anna, tomasz, maria):
        plan = create_plan_in_force(kowalscy, by=anna, tomasz=tomasz, maria=maria)
        end_work(period=get_period(kowalscy), on=TODAY, reason="moved", by=maria)
        with clock.freeze_time(TODAY + timedelta(days=60)):
            bases = [consent_data(kowalscy, clock.today())]
            again = start_work_and_assign(
                family=kowalscy, assistant=anna, starts_on=clock.today(), bases=bases, by=maria
            )
            create_plan(period=again.period, data=plan_data(), by=anna)
            words = read("anna")
            assert "Plan pracy, wersja 2" in words and "Wersja 1</a> obowiązuje" not in words
            assert "13.10.2026–13.10.2026" in words and "obowiązuje od 13.10.2026" not in words
            assert "Obowiązywał od 13.10.2026 do 13.10.2026." in read("anna", page_of(plan))


class TestReview:
    """Handed over to Ewa on 03.10: the plan Anna wrote in the spring is to be looked at again."""

    @pytest.fixture
    def handed_over(self, kowalscy, anna, ewa, tomasz, maria):
        with clock.freeze_time(date(2026, 9, 1)):
            create_plan_in_force(kowalscy, by=anna, tomasz=tomasz, maria=maria)
        with clock.freeze_time(date(2026, 10, 3)):
            hand_over(period=get_period(kowalscy), assistant=ewa, starts_on=clock.today(), by=maria)

    def test_the_assistant_reads_why_and_has_both_ways(self, read, kowalscy, handed_over, ewa):
        words = read("ewa")
        assert "<p>Przejrzyj plan: zmiana asystenta 03.10.2026, do 17.10.2026.</p>" in words
        assert ">Napisz nową wersję</a>" in words and ">Przejrzano, bez zmian</a>" in words
        asked = read("ewa", reverse("families:plan-review", args=[kowalscy.pk]))
        assert "<li>Zmiana asystenta 03.10.2026</li>" in asked
        review_plan(period=get_period(kowalscy), note="Cele są dobre.", by=ewa)
        assert "zmiana asystenta" not in read("ewa")

    def test_others_read_it_quietly(self, read, handed_over):
        for name in ("tomasz", "maria", "anna"):  # anna only reads the file now
            words = read(name)
            assert "<p>Plan do przeglądu: zmiana asystenta 03.10.2026, do 17.10.2026.</p>" in words
            assert "Przejrzano, bez zmian" not in words

    def test_nothing_calls_for_it(self, read, kowalscy, anna, tomasz, maria):
        create_plan_in_force(kowalscy, by=anna, tomasz=tomasz, maria=maria)
        assert "Przejrzyj plan" not in read("anna")

    def test_a_period_that_is_over_is_said_once(self, read, kowalscy, anna, tomasz, maria):
        with clock.freeze_time(EARLIER):
            create_plan_in_force(kowalscy, by=anna, tomasz=tomasz, maria=maria)
        words = read("anna")
        assert "Okres planu minął." in words and "koniec okresu planu" not in words


class TestRows:
    @pytest.fixture
    def followed(self, kowalscy, anna, tomasz, maria):
        """In force since April; the first row past its term with two facts, the second done."""
        rows = [RowData(**EDUCATION_ROW | {"due_on": date(2026, 9, 30)}), RowData(**BUDGET_ROW)]
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
        words = read("tomasz")
        for said in (
            *(EDUCATION_ROW[name] for name in ("goal", "problem", "actions", "who", "expected_outcome")),
        ):
            assert said in words, said
        assert "edukacja i rozwój dzieci; Danuta, asystent" in words

    def test_the_last_state_with_its_day(self, read, followed):
        words = read("tomasz")
        assert "<b>w trakcie</b>, 12.05.2026" in words
        assert "<b>zrealizowane</b>, 01.10.2026; efekt częściowo osiągnięty" in words

    def test_what_was_done_in_which_visit(self, read, followed, kowalscy):
        words = read("maria")
        visit = reverse("families:visit", args=[kowalscy.pk, self.visit.pk])
        assert f'<a href="{visit}">Wizyta 12.10.2026</a>: praca nad działaniem' in words
        assert "Lepiej niż we wrześniu." in words and "Co zrobiono: 2 wpisy" in words

    def test_past_its_term_without_an_end_it_is_marked(self, read, followed, anna):
        words = read("anna")
        assert "Po terminie bez zakończenia: 1 wiersz." in words and "po terminie 13 dni" in words
        record_progress(action=followed.actions.get(position=1), day=TODAY, state="not_done", by=anna)
        assert "Po terminie bez zakończenia" not in read("anna")

    def test_progress_is_offered_to_who_may_write(self, read, followed):
        assert "Zapisz postęp" in read("anna")
        assert "Zapisz postęp" not in read("tomasz")

    def test_a_replaced_version_keeps_what_was_known_then(
        self, read, followed, kowalscy, anna, tomasz, maria
    ):
        row = followed.actions.get(position=1)
        data = plan_data(RowData(**EDUCATION_ROW, goes_on_from=row), reason="koniec półrocza")
        new = create_plan_in_force(kowalscy, by=anna, tomasz=tomasz, maria=maria, data=data)
        record_progress(action=new.actions.get(), day=TODAY, state="done", by=anna)
        assert "<b>zrealizowane</b>, 13.10.2026" in read("anna", page_of(new))
        old = read("anna", page_of(fresh(followed)))
        assert "zrealizowane</b>, 13.10.2026" not in old and "Obowiązywał od 10.04.2026 do 12.10.2026" in old

    def test_a_draft_without_a_term_says_so(self, read, kowalscy, anna):
        create_draft_plan(kowalscy, by=anna, data=plan_data(RowData(**EDUCATION_ROW | {"due_on": None})))
        assert "bez terminu" in read("anna")


class TestBeside:
    def test_signatures_and_a_refusal(self, read, kowalscy, anna, tomasz, maria):
        with_grandmother(kowalscy, by=anna)
        plan = create_accepted_plan(kowalscy, by=anna, tomasz=tomasz, maria=maria)
        signed_by(plan, kowalscy, "Danuta", by=anna, kind="refused", reason="Nie zgadza się na zeszyt.")
        words = read("maria")
        assert "odmowa</span>, 13.10.2026<br>Nie zgadza się na zeszyt." in words
        assert (
            '<th scope="row">Zofia Kowalska</th><td><span class="st st-quiet">brak</span>'
            in words.replace("> ", ">")
        )

    def test_consultation_with_its_remarks(self, read, kowalscy, anna, tomasz):
        from families.plans.actions import consult_plan

        consult_plan(
            plan=create_sent_plan(kowalscy, by=anna), remarks="Warto dodać szkołę.", version=None, by=tomasz
        )
        words = read("anna")
        assert "13.10.2026, Tomasz Lis" in words and "Warto dodać szkołę." in words

    def test_sent_back_it_shows_the_remarks_where_they_belong(self, read, kowalscy, anna, tomasz):
        plan = create_sent_plan(kowalscy, by=anna)
        row = plan.actions.get(position=2)
        return_plan(plan=plan, text="Realny.", remarks={row: "Kto sprawdza?"}, version=None, by=tomasz)
        words = read("anna")
        assert "Wrócił z 2 uwagami" in words and "wrócił do poprawy 13.10.2026" in words
        assert "Kto sprawdza?" in words.split('id="w2"')[1]
        assert button(words, "Popraw")

    def test_other_versions_with_their_time_and_reason(self, read, kowalscy, anna, tomasz, maria):
        first, second = two_versions(kowalscy, by=anna, tomasz=tomasz, maria=maria)
        words = read("anna", page_of(second))
        assert f'href="{page_of(first)}">Wersja 1</a><span>13.10.2026–13.10.2026' in words.replace("> ", ">")
        assert "Porównaj z wersją 1" in words and "Powód zmiany: koniec półrocza" in words

    def test_reviews_without_changes(self, read, kowalscy, anna, tomasz, maria):
        plan = create_plan_in_force(kowalscy, by=anna, tomasz=tomasz, maria=maria)
        review_plan(period=plan.period, note="Cele są nadal dobre.", by=anna)
        assert "Cele są nadal dobre." in read("tomasz")


class TestWhoReads:
    def test_a_stranger_finds_nothing(self, client, zofia, kowalscy, anna):
        plan = create_draft_plan(kowalscy, by=anna)
        client.force_login(zofia)
        for url in (plan_of(kowalscy), page_of(plan), page_of(plan, "compare")):
            assert client.get(url).status_code == 404

    def test_a_version_that_is_not_there(self, as_anna, kowalscy, anna):
        create_draft_plan(kowalscy, by=anna)
        for name in ("plan-version", "plan-compare"):
            url = reverse(f"families:{name}", args=[kowalscy.pk, NEVER])
            assert as_anna.get(url).status_code == 404

    def test_a_role_without_plans_gets_neither_tab_nor_page(self, as_anna, kowalscy, monkeypatch):
        from lubsko_ops.core.permissions import ROLE_PERMISSIONS, Permission

        monkeypatch.setitem(
            ROLE_PERMISSIONS, Role.ASSISTANT, ROLE_PERMISSIONS[Role.ASSISTANT] - {Permission.PLAN_VIEW}
        )
        assert as_anna.get(plan_of(kowalscy)).status_code == 403
        assert f'href="{plan_of(kowalscy)}"' not in response_text(as_anna.get(f"/rodziny/{kowalscy.pk}/"))

    def test_the_specialist_has_no_right_to_plans(self):
        from lubsko_ops.core.permissions import ROLE_PERMISSIONS, Permission

        assert Permission.PLAN_VIEW not in ROLE_PERMISSIONS[Role.SPECIALIST]

    def test_the_tab_stands_after_the_visits(self, as_anna, kowalscy):
        words = response_text(as_anna.get(plan_of(kowalscy)))
        assert words.index(">Wizyty</a>") < words.index(">Plan</a>") < words.index(">Praca</a>")
        assert 'aria-current="page">Plan</a>' in words

    def test_reading_is_written_down(self, as_anna, anna, kowalscy):
        as_anna.get(plan_of(kowalscy))
        entry = AccessLogEntry.objects.get(user=anna)
        assert (entry.access_area, entry.families) == (AccessArea.PLAN, [kowalscy.pk])


class TestStatements:
    def test_a_plan_in_force_with_a_history(self, client, kowalscy, anna, tomasz, maria):
        _, second = two_versions(kowalscy, by=anna, tomasz=tomasz, maria=maria)
        row = second.actions.first()
        tomorrow = TODAY + timedelta(days=1)
        with clock.freeze_time(tomorrow):
            client.force_login(anna)
            few = len(page_statements(client, page_of(second)))
            for _ in range(3):
                record_progress(action=row, day=tomorrow, state="under_way", by=anna)
                review_plan(period=second.period, note="Bez zmian.", by=anna)
            assert len(page_statements(client, page_of(second))) == few <= 16

    def test_every_state(self, client, kowalscy, anna, tomasz, maria):
        plan = create_sent_plan(kowalscy, by=anna)
        return_plan(plan=plan, text="Popraw.", remarks={}, version=None, by=tomasz)
        for user in (anna, maria):
            client.force_login(user)
            assert len(page_statements(client, page_of(plan))) <= 16

    def test_signing(self, as_maria, kowalscy, anna, tomasz, maria):
        plan = half_signed(kowalscy, by=anna, tomasz=tomasz, maria=maria).plan
        assert len(page_statements(as_maria, page_of(plan))) <= 16

    def test_the_manager_accepts(self, as_maria, kowalscy, anna, tomasz):
        plan = create_consulted_plan(kowalscy, by=anna, tomasz=tomasz)
        assert len(page_statements(as_maria, page_of(plan))) <= 16
