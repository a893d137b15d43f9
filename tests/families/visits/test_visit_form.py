"""Visit form: initial values, saving, refusals, choice of the family."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from families.caseload.actions import assign_assistant, end_work
from families.choices import (
    AgreementResult,
    AssignmentKind,
    ClosingReason,
    Kinship,
    LivingArrangement,
    NotifiedParty,
    VisitResult,
)
from families.people.actions import add_member, add_phone, change_membership
from families.people.address_actions import set_address
from families.visits.dto import OutcomeData
from families.visits.models import Agreement, SafeguardingConcern, Visit
from lubsko_ops.core import clock
from lubsko_ops.submissions.models import Draft
from tests.factories import OPENED_ON, TODAY, person_data
from tests.families.visits.helpers import (
    FACTS,
    YESTERDAY,
    initial_form_data,
    make_agreement,
    make_visit,
    member_of,
    new_visit_url,
    submit_visit,
    visit_data,
    visit_url,
)
from tests.form_client import parse_form, response_text, submit_form
from tests.statement_counts import page_statements

DANGER = {
    "danger": "on",
    "danger_description": "Okno bez klamki, Zosia wchodzi na parapet.",
    "danger_action_taken": "Odsunięte łóżko.",
    "danger_notified": NotifiedParty.BUILDING,
}


@pytest.fixture
def as_anna(client, anna):
    client.force_login(anna)
    return client


class TestInitialValues:
    def test_first_visit(self, as_anna, kowalscy):
        fields = initial_form_data(as_anna, kowalscy)
        hours = [fields[name][0] for name in ("day", "starts_at", "ends_at")]
        assert hours == ["13.10.2026", "11:00", "12:00"]
        assert [fields[name][0] for name in ("place", "kind")] == ["home", "planned"]

    def test_suggested_hours_are_rounded_and_cross_midnight(self, client, anna, kowalscy):
        with clock.freeze_time(datetime(2026, 10, 13, 22, 23, 40, tzinfo=UTC)):
            client.force_login(anna)
            fields = initial_form_data(client, kowalscy)
        hours = [fields[name][0] for name in ("day", "starts_at", "ends_at")]
        assert hours == ["13.10.2026", "23:20", "00:20"]

    def test_suggested_start_follows_the_last_visit_of_the_day(self, as_anna, kowalscy, anna):
        make_visit(kowalscy, anna, TODAY, starts_at="10:00", ends_at="11:25")
        assert initial_form_data(as_anna, kowalscy)["starts_at"] == ["11:25"]

    def test_place_of_the_previous_visit(self, as_anna, kowalscy, anna):
        make_visit(kowalscy, anna, present=[member_of(kowalscy, Kinship.CHILD)], place="school")
        page = as_anna.get(new_visit_url(kowalscy))
        assert parse_form(page.content.decode())["place"] == ["school"]
        assert "Poprzednia wizyta, 12.10.2026" in response_text(page)

    def test_failed_visit_is_not_the_previous_visit(self, as_anna, kowalscy, anna):
        make_visit(kowalscy, anna, result=VisitResult.NOBODY_HOME, ends_at="13:30")
        assert "Poprzednia wizyta" not in response_text(as_anna.get(new_visit_url(kowalscy)))

    def test_sidebar_facts(self, as_anna, kowalscy, maria):
        son = kowalscy.memberships.get(kinship=Kinship.CHILD)
        days = {"since": date(2026, 9, 1), "version": None, "by": maria}
        change_membership(membership=son, kinship=Kinship.CHILD, stay=LivingArrangement.ELSEWHERE, **days)
        add_phone(family=kowalscy, number="600 100 200", note="po 16", starts_on=OPENED_ON, by=maria)
        words = response_text(as_anna.get(new_visit_url(kowalscy)))
        assert "Kacper, 9 lat, od 01.09.2026" in words
        assert "tel:600100200" in words and "po 16" in words
        assert "Okresowa ocena" in words and "04.09.2026" in words
        assert "Najpóźniej 27.10.2026: wizyta co 14 dni." in words

    def test_withheld_address_is_not_in_the_form(self, as_anna, kowalscy, maria):
        assert "ul. Długa 14 m. 2" in response_text(as_anna.get(new_visit_url(kowalscy)))
        father = member_of(kowalscy, Kinship.FATHER)
        place = {"street": "Cicha", "house": "3", "locality": "Lubsko"}
        set_address(family=kowalscy, since=TODAY, withheld_from=father, by=maria, **place)
        assert "Cicha" not in response_text(as_anna.get(new_visit_url(kowalscy)))

    def test_areas_of_the_last_visit_come_first(self, as_anna, kowalscy, anna):
        make_visit(kowalscy, anna, areas=["UZ"])
        page = response_text(as_anna.get(new_visit_url(kowalscy)))
        assert page.index("uzależnienia") < page.index("Pozostałe obszary (13)") < page.index("budżet")

    def test_takes_at_most_thirteen_statements(self, as_anna, kowalscy, anna, maria):
        page = new_visit_url(kowalscy)
        few = len(page_statements(as_anna, page))
        people = [
            add_member(
                family=kowalscy,
                person=person_data(f"Ola{n}", "Kowal"),
                kinship=Kinship.CHILD,
                starts_on=OPENED_ON,
                by=maria,
            ).person
            for n in range(5)
        ]
        for day in (date(2026, 10, 1), date(2026, 10, 5)):
            rows = [Agreement(what=f"Sprawa {n}", person=people[n]) for n in range(5)]
            make_visit(kowalscy, anna, day, present=people, agreements=rows)
        many = [sql for sql in page_statements(as_anna, page) if not sql.startswith(("INSERT", "UPDATE"))]
        assert len(many) <= few <= 14, many
        assert len(many) <= 13


class TestSaving:
    def test_kilometres_have_one_decimal(self, as_anna, kowalscy):
        said = response_text(submit_visit(as_anna, kowalscy, kilometres="4,55"))
        assert said.count("Wpisz kilometry jako liczbę, np. 12,5. Jedna cyfra po przecinku wystarczy.") == 2
        assert not Visit.objects.exists()

    def test_saves_a_visit(self, as_anna, kowalscy, anna):
        mother, son = member_of(kowalscy, Kinship.MOTHER), member_of(kowalscy, Kinship.CHILD)
        rows = {
            "agreements-0-what": "Umówić Kacpra do poradni",
            "agreements-0-who": f"person-{mother.pk}",
            "agreements-0-due_on": "20.10.2026",
        }
        after = {"next_day": "27.10.2026", "next_at": "1330", "kilometres": "4,5", "confirmation": "signed"}
        choices = {
            "present": [str(mother.pk), str(son.pk)],
            "other_attendees": ["psychologist"],
            "areas": ["ED"],
        }
        response = submit_visit(
            as_anna, kowalscy, **rows, **after, **choices, tasks=["6", "13a"], opinion="Lepiej."
        )
        visit = Visit.objects.get()
        assert response.url == visit_url(visit)
        assert (visit.assistant, visit.minutes, visit.result) == (anna, 60, "held")
        assert {row.person for row in visit.attendees.all()} == {mother, son}
        assert (visit.other_attendees, visit.areas, visit.tasks) == (["psychologist"], ["ED"], ["6", "13a"])
        assert (str(visit.next_day), str(visit.next_at)) == ("2026-10-27", "13:30:00")
        assert (visit.kilometres, visit.confirmation) == (visit.kilometres.__class__("4.5"), "signed")
        row = visit.agreements.get()
        assert (row.what, row.person, row.due_on) == ("Umówić Kacpra do poradni", mother, date(2026, 10, 20))
        said = response_text(as_anna.get(response.url))
        assert "Zapisano wizytę: Kowalscy, 13.10.2026, 11:00–12:00. Następna wizyta: 27.10.2026." in said
        entry = visit.history.get()
        assert (entry.history_user, entry.history_change_reason) == (anna, "Wpis wizyty")

    def test_a_visit_entered_late_keeps_the_days_arranged_at_it(self, as_anna, kowalscy):
        """Typed without a year and passed since: not the same days of the next year."""
        due = {
            "agreements-0-what": "Umówić Kacpra",
            "agreements-0-due_on": "11.10",
            "agreements-0-who": "assistant",
        }
        response = submit_visit(as_anna, kowalscy, day="08.10.2026", next_day="10.10", **due)
        assert response.status_code == 302
        visit = Visit.objects.get()
        assert (visit.next_day, visit.agreements.get().due_on) == (date(2026, 10, 10), date(2026, 10, 11))

    def test_no_signature_reason_is_dropped_when_signed(self, as_anna, kowalscy):
        submit_visit(as_anna, kowalscy, confirmation="signed", no_signature_reason="Spieszyła się")
        assert Visit.objects.get().no_signature_reason == ""

    def test_saves_outcomes_of_earlier_agreements(self, as_anna, kowalscy, anna):
        done, moved, left = (
            make_agreement(kowalscy, anna, what, date(2026, 10, n)) for n, what in enumerate("abc", 3)
        )
        response = submit_visit(
            as_anna,
            kowalscy,
            **{f"tick_{done.pk}": "done", f"tick_{moved.pk}": "moved", f"moved_{moved.pk}": "20.10.2026"},
        )
        assert response.status_code == 302
        ticks = {
            row.agreement: (row.outcome, row.moved_to)
            for row in Visit.objects.get(day=TODAY).agreement_outcomes.all()
        }
        assert ticks == {
            done: (AgreementResult.DONE, None),
            moved: (AgreementResult.MOVED, date(2026, 10, 20)),
        }
        again = initial_form_data(as_anna, kowalscy)
        words = response_text(as_anna.get(new_visit_url(kowalscy)))
        assert f"moved_{done.pk}" not in again
        assert {f"moved_{moved.pk}", f"moved_{left.pk}"} <= set(again), (
            "what is moved or left alone stays open"
        )
        assert "przełożone na 20.10.2026" in words

    def test_agreement_cannot_be_moved_before_the_visit(self, as_anna, kowalscy, anna):
        row = make_agreement(kowalscy, anna)
        response = submit_visit(
            as_anna, kowalscy, **{f"tick_{row.pk}": "moved", f"moved_{row.pk}": "12.10.2026"}
        )
        assert "Nowy dzień nie może wypaść przed wizytą." in response_text(response)
        assert Visit.objects.count() == 1

    def test_saves_a_failed_visit(self, as_anna, kowalscy, anna):
        make_visit(kowalscy, anna, present=[member_of(kowalscy, Kinship.CHILD)])
        response = submit_visit(as_anna, kowalscy, held="failed", reason="nobody_home", facts="", ends_at="")
        visit = Visit.objects.get(day=TODAY)
        assert (visit.result, visit.minutes, visit.attendees.count()) == ("nobody_home", 0, 0)
        words = response_text(as_anna.get(response.url))
        assert "Zapisano nieudaną wizytę (nikogo nie zastano): Kowalscy, 13.10.2026, 11:00." in words

    def test_concern_message(self, as_anna, kowalscy):
        response = submit_visit(as_anna, kowalscy, **DANGER)
        report = SafeguardingConcern.objects.get()
        assert (report.notified, report.notified_at) == ("building", datetime(2026, 10, 13, 10, tzinfo=UTC))
        assert "Kierownik i pracownik socjalny zobaczą zagrożenie od razu." in response_text(
            as_anna.get(response.url)
        )

    def test_stand_in_enters_past_days(self, client, kowalscy, ewa, maria):
        days = {"starts_on": date(2026, 10, 1), "ends_on": date(2026, 10, 9)}
        with clock.freeze_time(date(2026, 10, 1)):
            period = kowalscy.periods.get()
            assign_assistant(period=period, assistant=ewa, kind=AssignmentKind.STAND_IN, by=maria, **days)
        client.force_login(ewa)
        assert submit_visit(client, kowalscy, day="09.10.2026").status_code == 302
        assert "nie była Ci przydzielona" in response_text(submit_visit(client, kowalscy, day="10.10.2026"))


class TestRefusals:
    @pytest.mark.parametrize(
        ("fields", "field", "sentence"),
        [
            ({"day": "14.10.2026"}, "day", "Ta wizyta jeszcze się nie odbyła."),
            ({"day": "31.02.2026"}, "day", "Takiego dnia nie ma w kalendarzu."),
            ({"starts_at": "25:00"}, "starts_at", "Takiej godziny nie ma na zegarze."),
            ({"starts_at": "rano"}, "starts_at", "Wpisz godzinę jako godzina:minuty"),
            ({"ends_at": ""}, "ends_at", "Wpisz godzinę końca."),
            ({"starts_at": "11:00", "ends_at": "10:00"}, "ends_at", "wypada przed początkiem"),
            ({"held": "failed"}, "reason", "Wybierz, dlaczego wizyta się nie odbyła."),
            ({"place": "other"}, "place_note", "Napisz, gdzie to było."),
            ({"other_attendees": ["other"]}, "others_note", "Napisz, kto to był."),
            ({"confirmation": "refused"}, "no_signature_reason", "Napisz, dlaczego odmówiono podpisu."),
            ({"next_day": "12.10.2026"}, "next_day", "Następna wizyta nie może wypaść przed tą."),
            ({"danger_description": "Okno"}, "danger", "Opisano zagrożenie. Zaznacz je albo usuń opis."),
            (DANGER | {"danger_action_taken": ""}, "danger_action_taken", "Napisz, co zrobiono na miejscu."),
            (DANGER | {"danger_notified": ""}, "danger_notified", "Wybierz, kogo zawiadomiono."),
            (
                DANGER | {"danger_notified_at": ""},
                "danger_notified_at",
                "Podaj dzień i godzinę zawiadomienia.",
            ),
            ({"agreements-0-what": "Zadzwonić"}, "agreements-0-who", "Wybierz, kto ma to zrobić."),
        ],
    )
    def test_invalid_input_keeps_the_text(self, as_anna, kowalscy, fields, field, sentence):
        response = submit_visit(as_anna, kowalscy, **fields)
        html = response.content.decode()
        assert response.status_code == 422
        assert "Wizyty nie zapisano." in html and FACTS in html
        assert html.count(sentence) == 2, "in the summary and beside the field"
        assert html.index(f"{sentence}") < html.index(f'name="{field}"')
        assert not Visit.objects.exists()
        assert Draft.objects.get().content["facts"] == [FACTS]

    def test_all_errors_at_once(self, as_anna, kowalscy):
        """Fields that cannot be read, a row, a choice that asks for another, and the rules about all the others."""
        response = submit_visit(
            as_anna,
            kowalscy,
            day="",
            kilometres="dużo",
            confirmation="",
            place="other",
            facts="",
            other_attendees=["other"],
            next_day="kiedyś",
            next_at="rano",
            **DANGER | {"danger_notified": ""},
            **{"agreements-0-what": "Zadzwonić"},
        )
        assert [sentence for _, sentence in response.context["form"].error_summary()] == [
            "Data: Wpisz datę.",
            "Jakie miejsce: Napisz, gdzie to było.",
            "Napisz, kto to był.",
            "Napisz krótko, co się działo na wizycie.",
            "Ustalenie 1: Wybierz, kto ma to zrobić.",
            "Następna wizyta, Data: Wpisz datę jako dzień.miesiąc.rok, np. 13.10.2026. "
            "Wystarczą same cyfry: 13102026.",
            "Następna wizyta: Wpisz godzinę jako godzina:minuty, np. 13:30. Wystarczą same cyfry: 1330.",
            "Wybierz, czy jest podpis rodziny.",
            "Wpisz kilometry jako liczbę, np. 12,5. Jedna cyfra po przecinku wystarczy.",
            "Wybierz, kogo zawiadomiono.",
        ]

    @pytest.mark.parametrize("held", ["failed", ""])
    def test_an_unclear_result_with_no_end_is_asked_about(self, as_anna, kowalscy, held):
        """The end is cleared because the visit failed, and the reason or the result is forgotten."""
        response = submit_visit(as_anna, kowalscy, held=held, reason="", ends_at="", confirmation="")
        assert response.status_code == 422
        asked = "dlaczego wizyta się nie odbyła" if held else "czy wizyta się odbyła"
        assert asked in response_text(response)
        assert Draft.objects.exists()

    def test_errors_of_hours_name_them_once(self, as_anna, kowalscy):
        response = submit_visit(as_anna, kowalscy, starts_at="11:00", ends_at="10:00")
        assert response.context["form"].error_summary() == [
            ("id_ends_at", "Wizyta od 11:00 do 10:00: koniec wypada przed początkiem. Popraw godziny.")
        ]

    def test_refuses_overlapping_visits(self, as_anna, kowalscy, anna):
        make_visit(kowalscy, anna, TODAY, starts_at="10:30", ends_at="11:30")
        response = submit_visit(as_anna, kowalscy, starts_at="11:00")
        assert "Od 10:30 do 11:30 masz już zapisaną wizytę: Kowalscy." in response_text(response)

    def test_closed_case_refuses_visits(self, as_anna, kowalscy, maria):
        with clock.freeze_time(date(2026, 10, 9)):
            end_work(
                period=kowalscy.periods.get(),
                on=date(2026, 10, 9),
                reason=ClosingReason.GOALS_REACHED,
                by=maria,
            )
        assert "Praca z rodziną została zakończona 09.10.2026." in response_text(
            submit_visit(as_anna, kowalscy)
        )
        assert submit_visit(as_anna, kowalscy, day="08.10.2026").status_code == 302, "but those of its days"

    def test_user_out_of_scope_gets_404(self, client, kowalscy, ewa):
        client.force_login(ewa)
        assert client.get(new_visit_url(kowalscy)).status_code == 404
        assert client.post(new_visit_url(kowalscy)).status_code == 404

    @pytest.mark.parametrize("name", ["tomasz", "maria"])
    def test_is_for_assistants_only(self, client, kowalscy, request, name):
        client.force_login(request.getfixturevalue(name))
        assert client.get(new_visit_url(kowalscy)).status_code == 403
        assert client.post(new_visit_url(kowalscy)).status_code == 403
        assert client.get(reverse("families:visit-choose")).status_code == 403


class TestFamilyChoice:
    def test_lists_families_assigned_today(self, as_anna, kowalscy, nowakowie, anna):
        make_visit(kowalscy, anna)
        page = as_anna.get(reverse("families:visit-choose"))
        words = response_text(page)
        assert f'href="{new_visit_url(kowalscy)}"' in words and "ostatnia wizyta 12.10.2026, wczoraj" in words
        assert "Nowakowie" not in words

    def test_empty_state(self, client, kowalscy, ewa):
        client.force_login(ewa)
        assert "Nie masz dziś przydzielonej rodziny" in response_text(
            client.get(reverse("families:visit-choose"))
        )


def test_only_a_new_visit_says_that_its_hours_were_prefilled(as_anna, kowalscy, anna):
    sentence = "Godziny i miejsce wpisaliśmy tak, jak zwykle."
    visit = make_visit(kowalscy, anna)
    assert sentence in response_text(as_anna.get(new_visit_url(kowalscy)))
    assert sentence not in response_text(as_anna.get(visit_url(visit, "visit-edit")))


def test_outcome_is_corrected_at_its_visit(as_anna, kowalscy, anna):
    row = make_agreement(kowalscy, anna)
    visit = make_visit(kowalscy, anna, outcomes=[OutcomeData(row, AgreementResult.DONE)])
    url = visit_url(visit, "visit-edit")
    assert parse_form(as_anna.get(url).content.decode())[f"tick_{row.pk}"] == ["done"]
    assert submit_form(as_anna, url, **{f"tick_{row.pk}": "not_done"}).status_code == 302
    assert visit.agreement_outcomes.get().outcome == AgreementResult.NOT_DONE
    assert visit_data(YESTERDAY).visit.facts == visit.facts
