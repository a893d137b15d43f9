"""Plan events on the timeline and in the history; hidden from specialists."""

from datetime import timedelta

import pytest

from families.choices import ActionState, SignatureKind
from families.plans.actions import (
    accept_plan,
    consult_plan,
    create_plan,
    discard_plan,
    record_signature,
    return_plan,
    review_plan,
    send_plan,
)
from families.plans.dto import ProgressData
from families.plans.models import PlanAction
from families.plans.queries import required_signers
from families.timeline.queries import get_timeline
from lubsko_ops.audit.changes import get_history_page
from lubsko_ops.core import clock
from lubsko_ops.core.permissions import Role
from tests.factories import TODAY
from tests.families.case_files.test_history import changed_rows
from tests.families.visits.helpers import make_visit
from tests.plan_factories import create_draft_plan, plan_data


@pytest.fixture
def family_with_plan(kowalscy, anna, tomasz, maria):
    """Kowalscy with a plan sent, returned, sent again, consulted, accepted, refused, and reviewed a week later."""
    with clock.freeze_time(TODAY - timedelta(days=7)):
        plan = create_draft_plan(kowalscy, by=anna)
        send_plan(plan=plan, version=None, by=anna)
        reads = plan.actions.first()
        return_plan(plan=plan, text="Dopisz poradnię.", remarks={reads: "Kto?"}, version=None, by=tomasz)
        send_plan(plan=plan, version=None, by=anna)
        consult_plan(plan=plan, remarks="Dobry plan.", version=None, by=tomasz)
        accept_plan(plan=plan, version=None, by=maria)
        for person in required_signers(plan, on=clock.today()):
            record_signature(
                plan=plan, person=person, kind=SignatureKind.REFUSED, day=clock.today(),
                reason="nie zgadza się z celem", version=None, by=anna,
            )  # fmt: skip
    reads = PlanAction.objects.get(pk=reads.pk)
    make_visit(kowalscy, anna, plan_progress=[ProgressData(reads, ActionState.UNDER_WAY, "zaczęte")])
    review_plan(period=kowalscy.periods.get(), note="Cele te same.", by=anna)
    return kowalscy


@pytest.fixture
def specialist(make_user):
    return make_user("olga", "Olga", "Wiśniewska", Role.SPECIALIST)


def events(family, user):
    return [
        each
        for each in get_timeline(family.pk, user=user, until=TODAY, size=100).events
        if "plan" in each.kind
    ]


def test_timeline_shows_every_step(family_with_plan, anna):
    by_title = {each.title: each for each in events(family_with_plan, anna)}
    assert by_title.keys() == {
        "Plan wysłany do konsultacji: wersja 1",
        "Plan odesłany do poprawy: wersja 1",
        "Plan skonsultowany: wersja 1",
        "Plan zaakceptowany: wersja 1",
        "Plan obowiązuje: wersja 1",
        "Odmowa podpisu pod planem: Danuta Kowalska",
        "Przegląd planu bez zmian",
    }
    back = by_title["Plan odesłany do poprawy: wersja 1"]
    assert (back.who, back.text, back.day) == ("Tomasz Lis", "Dopisz poradnię.", TODAY - timedelta(days=7))
    assert by_title["Plan skonsultowany: wersja 1"].text == "Dobry plan."
    assert by_title["Odmowa podpisu pod planem: Danuta Kowalska"].note == "wersja 1, nie zgadza się z celem"
    assert by_title["Plan zaakceptowany: wersja 1"].who == "Maria Bocian"
    assert by_title["Przegląd planu bez zmian"].text == "Cele te same."


def test_visit_on_the_timeline_counts_its_plan_actions(family_with_plan, anna):
    (visit,) = get_timeline(family_with_plan.pk, user=anna, until=TODAY, only=("visit",)).events
    assert visit.marks == (("plan: 1\u00a0działanie", ""),)


def test_specialist_sees_no_plan_events(family_with_plan, specialist):
    assert events(family_with_plan, specialist) == []
    for event in get_timeline(family_with_plan.pk, user=specialist, until=TODAY, size=100).events:
        assert "plan" not in str(event).lower().replace("wizyta planowana", ""), event
    assert "plan" not in str(changed_rows(family_with_plan, specialist)).lower()


def test_no_events_of_another_family(family_with_plan, nowakowie, maria):
    assert events(nowakowie, maria) == []
    assert "planu" not in str(changed_rows(nowakowie, maria))


def test_history_names_author_and_reason(family_with_plan, anna):
    entries = get_history_page(family_with_plan.pk, user=anna, size=999).entries
    said = {(row.reason, each.author, row.subject) for each in entries for row in each.rows}
    reads = "Kacper nie opuszcza lekcji bez usprawiedliwienia"
    assert {
        ("Pierwszy plan", "Anna Sikora", "Dodano plan pracy z rodziną: wersja 1"),
        ("Pierwszy plan", "Anna Sikora", f"Dodano wiersz planu: {reads}"),
        ("Wysłanie planu do konsultacji", "Anna Sikora", "Zmieniono plan pracy z rodziną: wersja 1"),
        ("Odesłanie planu do poprawy", "Tomasz Lis", "Dodano odesłanie planu: 06.10.2026"),
        ("Odesłanie planu do poprawy", "Tomasz Lis", f"Dodano uwagę do wiersza planu: 1. {reads}"),
        ("Konsultacja planu", "Tomasz Lis", "Zmieniono plan pracy z rodziną: wersja 1"),
        ("Akceptacja planu", "Maria Bocian", "Zmieniono plan pracy z rodziną: wersja 1"),
        ("Odmowa podpisu pod planem", "Anna Sikora", "Dodano podpis pod planem: Danuta Kowalska"),
        ("Wpis wizyty", "Anna Sikora", f"Dodano postęp działania: {reads}"),
        ("Przegląd planu bez zmian", "Anna Sikora", "Dodano przegląd planu: 13.10.2026"),
    } <= said


def test_discarded_draft_stays_in_the_history(family_with_plan, anna):
    plan = create_plan(period=family_with_plan.periods.get(), data=plan_data(reason="nowe cele"), by=anna)
    discard_plan(plan=plan, version=None, by=anna)
    said = [(row.reason, row.subject) for row in changed_rows(family_with_plan, anna)]
    assert ("Usunięcie szkicu planu", "Usunięto plan pracy z rodziną: wersja 2") in said
    assert ("Usunięcie szkicu planu", "Usunięto wiersz planu: Rodzina płaci czynsz na czas") in said
