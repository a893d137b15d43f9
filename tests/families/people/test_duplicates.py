"""Probable duplicates: pairs for the manager, merged with all rows that refer to them, or dismissed."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from families.caseload.actions import BasisData, add_basis
from families.choices import BasisKind, Kinship, LivingArrangement, PeselMissing
from families.people.actions import add_member, add_phone, correct_person, end_membership
from families.people.address_actions import correct_address, set_address
from families.people.duplicates.actions import dismiss_duplicate, merge_people
from families.people.duplicates.matching import duplicate_pairs
from families.people.models import DuplicateDismissal, Family, Membership, Person
from lubsko_ops.audit.history import delete_with_history
from lubsko_ops.audit.models import AccessLogEntry
from tests.factories import OPENED_ON, TODAY, person_data
from tests.families.people.helpers import DANUTA, KACPER, decisions_for, last_change, latest_membership
from tests.form_client import form_data, response_text, submit_form
from tests.page import page_text

LIST = "/rodziny/te-same-osoby/"


@pytest.fixture
def kacper(kowalscy):
    return latest_membership(kowalscy, "Kacper").person


@pytest.fixture
def double(nowakowie, maria):
    """Kacper entered a second time in another family, under another spelling."""
    data = person_data(
        "KACPER",
        "Kowalska",
        "male",
        date(2017, 8, 30),
        pesel=KACPER,
        pesel_missing="",
        other_spellings=["Casper Kowalska"],
    )
    return add_member(family=nowakowie, person=data, kinship=Kinship.CHILD, starts_on=TODAY, by=maria).person


@pytest.fixture
def compare(kacper, double):
    return f"{LIST}{kacper.pk}/{double.pk}/"


def pair_ids() -> list[tuple[int, int]]:
    return [(pair.person_a.pk, pair.person_b.pk) for pair in duplicate_pairs()]


class TestPairs:
    def test_by_names_and_birth(self, kacper, double):
        assert pair_ids() == [(kacper.pk, double.pk)]

    def test_by_pesel_under_different_names(self, kacper, double, maria):
        correct_person(person=kacper, version=None, pesel=KACPER, by=maria)
        correct_person(person=double, version=None, first_name="Karol", last_name="Lis", by=maria)
        (pair,) = duplicate_pairs()
        assert pair.match_reason == "ten sam PESEL"

    def test_two_numbers_are_two_persons(self, kacper, double, maria):
        correct_person(person=kacper, version=None, pesel="17283000115", by=maria)
        assert not pair_ids()

    def test_by_a_spelling_in_either_order_of_entering(self, kacper, nowakowie, maria):
        olena, ukrainian = (
            add_member(
                family=family,
                person=person_data(first, last, born_on=date(1990, 1, 1), other_spellings=spellings),
                kinship=Kinship.RELATIVE,
                starts_on=TODAY,
                by=maria,
            ).person
            for family, first, last, spellings in (
                (nowakowie, "Olena", "Szewczenko", []),
                (Family.objects.get(name="Kowalscy"), "Олена", "Шевченко", ["Ołena Szewczenko"]),
            )
        )
        assert pair_ids() == [(olena.pk, ukrainian.pk)]

    def test_twins_and_namesakes_are_no_pair(self, kacper, nowakowie, maria):
        for first, born in (("Jan", date(2017, 8, 30)), ("Kacper", date(2017, 8, 29)), ("Kacper", None)):
            data = person_data(first, "Kowalska", "male", born)
            add_member(family=nowakowie, person=data, kinship=Kinship.CHILD, starts_on=TODAY, by=maria)
        assert not pair_ids()

    def test_dismissed_pairs_are_not_listed(self, kacper, double, maria):
        dismiss_duplicate(person_a=double, person_b=kacper, by=maria)
        assert not pair_ids()

    def test_in_one_statement(self, kacper, double, django_assert_num_queries):
        with django_assert_num_queries(1):
            duplicate_pairs()


class TestMerging:
    @pytest.fixture
    def everything(self, kowalscy, nowakowie, kacper, double, maria):
        """A phone, a basis and a withheld address hang on the row that goes."""
        add_phone(family=nowakowie, number="600 100 200", person=double, starts_on=TODAY, by=maria)
        consent = BasisData(kind=BasisKind.CONSENT, starts_on=TODAY, person=double)
        add_basis(period=nowakowie.periods.get(), data=consent, by=maria)
        address = nowakowie.addresses.get()
        correct_address(address=address, version=None, withheld_from=double, by=maria)

    def test_everything_moves_with_history(self, everything, kowalscy, nowakowie, kacper, double, maria):
        merge_people(keep=kacper, drop=double, by=maria)
        kacper, double = Person.objects.get(pk=kacper.pk), Person.objects.get(pk=double.pk)
        assert set(kacper.memberships.values_list("family", flat=True)) == {kowalscy.pk, nowakowie.pk}
        moved = (
            latest_membership(nowakowie, "Kacper"),
            nowakowie.phones.get(),
            nowakowie.periods.get().bases.get(person=kacper),
            nowakowie.addresses.get(withheld_from=kacper),
        )
        for row in moved:
            assert last_change(row) == ("maria", "Połączenie wpisów o tej samej osobie")
        assert not double.memberships.exists() and not double.phones.exists()

    def test_the_kept_one_takes_over_what_it_lacked(self, kacper, double, maria):
        kept = merge_people(keep=kacper, drop=double, by=maria)
        assert (kept.pesel, kept.pesel_missing) == (KACPER, "")
        assert kept.other_spellings == ["KACPER Kowalska", "Casper Kowalska"]
        dropped = Person.objects.get(pk=double.pk)
        assert (dropped.merged_into, dropped.pesel) == (kept, KACPER)
        assert last_change(dropped)[1] == f"Połączenie wpisów o tej samej osobie: {kept}"

    def test_is_refused_twice(self, kacper, double, maria):
        merge_people(keep=kacper, drop=double, by=maria)
        with pytest.raises(ValidationError, match="Te wpisy już połączono"):
            merge_people(keep=kacper, drop=double, by=maria)

    def test_is_refused_with_two_numbers(self, kacper, double, maria):
        correct_person(person=kacper, version=None, pesel="17283000115", by=maria)
        with pytest.raises(ValidationError, match="różne numery PESEL"):
            merge_people(keep=kacper, drop=double, by=maria)

    def test_of_two_in_one_family_one_stays(self, kowalscy, kacper, double, maria):
        data = double
        both = add_member(family=kowalscy, person=data, kinship=Kinship.CHILD, starts_on=TODAY, by=maria)
        merge_people(keep=kacper, drop=double, by=maria)
        assert kowalscy.memberships.filter(person=kacper).count() == 1
        gone = Membership.history.filter(id=both.pk).latest()
        assert (gone.history_type, gone.history_change_reason) == (
            "-",
            "Połączenie wpisów o tej samej osobie",
        )

    def test_days_only_the_dropped_one_knew_stay(self, kowalscy, kacper, double, maria):
        data = double
        late = add_member(
            family=kowalscy,
            person=data,
            kinship=Kinship.CHILD,
            stay=LivingArrangement.ELSEWHERE,
            starts_on=TODAY,
            by=maria,
        )
        set_address(membership=late, since=TODAY, house="3", locality="Żary", by=maria)
        merge_people(keep=double, drop=kacper, by=maria, decisions=decisions_for(double, kacper))
        days = double.memberships.filter(family=kowalscy).order_by("starts_on")
        assert list(days.values_list("starts_on", "ends_on")) == [
            (OPENED_ON, date(2026, 10, 12)),
            (TODAY, None),
        ]

    @pytest.mark.parametrize("kept_has_one", [True, False])
    def test_an_address_of_the_dropped_membership_moves(self, kowalscy, maria, kept_has_one):
        piotr = latest_membership(kowalscy, "Piotr")
        data = person_data("Piotr", "Kowalska", "male", date(1985, 1, 20))
        double = add_member(
            family=kowalscy,
            person=data,
            kinship=Kinship.FATHER,
            stay=LivingArrangement.ELSEWHERE,
            starts_on=TODAY,
            by=maria,
        )
        if not kept_has_one:
            delete_with_history(piotr.addresses.get(), by=maria, why="próba")
        set_address(membership=double, since=TODAY, house="3", locality="Żary", by=maria)
        chosen = decisions_for(piotr.person, double.person)
        merge_people(keep=piotr.person, drop=double.person, by=maria, decisions=chosen)
        assert piotr.addresses.get().locality == ("Chocicz" if kept_has_one else "Żary")

    def test_an_address_is_cut_with_the_days(self, kowalscy, maria):
        piotr = latest_membership(kowalscy, "Piotr")
        data = person_data("Piotr", "Kowalska", "male", date(1985, 1, 20))
        double = add_member(family=kowalscy, person=data, kinship=Kinship.FATHER, starts_on=TODAY, by=maria)
        chosen = decisions_for(double.person, piotr.person)
        merge_people(keep=double.person, drop=piotr.person, by=maria, decisions=chosen)
        assert piotr.addresses.get().ends_on == date(2026, 10, 12)

    def test_is_refused_while_one_lasts_before_and_after_the_other(self, kowalscy, kacper, double, maria):
        data = double
        both = add_member(
            family=kowalscy, person=data, kinship=Kinship.CHILD, starts_on=date(2026, 5, 1), by=maria
        )
        end_membership(membership=both, on=date(2026, 5, 31), version=None, by=maria)
        with pytest.raises(ValidationError, match="Popraw najpierw daty jednego z nich"):
            merge_people(keep=double, drop=kacper, by=maria)
        merge_people(keep=kacper, drop=double, by=maria)

    def test_who_is_added_meanwhile_is_added_as_the_kept_one(self, kacper, double, kowalscy, maria, town):
        from tests.factories import create_family

        lisowie = create_family("Lisowie", region=town, by=maria)
        merge_people(keep=kacper, drop=double, by=maria)
        data = double
        row = add_member(family=lisowie, person=data, kinship=Kinship.CHILD, starts_on=TODAY, by=maria)
        assert row.person == kacper


class TestSharedPesel:
    @pytest.fixture
    def one_number(self, kacper, double, maria):
        dismiss_duplicate(person_a=kacper, person_b=double, by=maria)
        correct_person(person=kacper, version=None, pesel=KACPER, by=maria)

    def test_a_dismissed_pair_with_one_pesel_is_listed_again(self, one_number, kacper, double):
        assert pair_ids() == [(kacper.pk, double.pk)]

    def test_the_pair_cannot_be_dismissed(self, one_number, as_maria, compare, kacper, kowalscy):
        page = response_text(as_maria.get(compare))
        assert "Nie, to różne osoby" not in page and "popraw numer tej, u której jest błędny" in page
        assert f"/rodziny/{kowalscy.pk}/osoby/{kacper.pk}/dane/" in page
        assert submit_form(as_maria, compare, decision="apart").status_code == 422
        kacper.refresh_from_db()
        with pytest.raises(ValidationError, match="ten sam PESEL"):
            dismiss_duplicate(
                person_a=kacper, person_b=Person.objects.get(pk=compare.split("/")[-2]), by=kacper.entered_by
            )

    def test_correcting_the_number_removes_the_pair(self, one_number, double, maria):
        correct_person(person=double, version=None, pesel="17283000115", by=maria)
        assert not pair_ids()


class TestPages:
    def test_the_list_shows_both_and_is_written_down(self, as_maria, kowalscy, nowakowie, compare):
        response = as_maria.get(LIST)
        text = page_text(response)
        assert "1 para" in text and "to samo imię, nazwisko i data urodzenia" in text
        assert "Kowalscy syn, od 02.03.2026 Nowakowie syn, od 13.10.2026" in text
        assert compare in response.content.decode()
        read = AccessLogEntry.objects.latest("pk")
        assert (read.access_area, read.families) == (
            "duplicates",
            sorted([kowalscy.pk, nowakowie.pk]),
        )

    def test_an_empty_list_says_what_will_come(self, as_maria):
        assert "Żadna para nie czeka na rozstrzygnięcie" in page_text(as_maria.get(LIST))

    def test_side_by_side_with_masked_pesel(self, as_maria, compare):
        text = page_text(as_maria.get(compare))
        assert "PESEL – …0016" in text and "różni się" not in text and KACPER not in text
        assert "Zgadza się: to samo imię, nazwisko i data urodzenia." in text

    def test_what_differs_is_marked(self, as_maria, compare, double, maria):
        correct_person(person=double, version=None, last_name="Nowak", by=maria)
        text = page_text(as_maria.get(compare))
        assert "Imię i nazwisko różni się Kacper Kowalska KACPER Nowak" in text

    def test_the_start_page_of_the_manager_says_how_many_wait(self, as_maria, client, anna, compare):
        assert "1 para wpisów do rozstrzygnięcia" in page_text(as_maria.get("/"))
        client.force_login(anna)
        assert "do rozstrzygnięcia" not in page_text(client.get("/"))

    def test_merging(self, as_maria, compare, kacper, double):
        response = submit_form(as_maria, compare, decision=kacper.pk)
        assert response.url == LIST
        assert "Połączono wpisy: Kacper Kowalska." in response_text(as_maria.get(LIST))
        assert Person.objects.get(pk=double.pk).merged_into == kacper

    def test_the_other_row_may_stay(self, as_maria, compare, kacper, double):
        submit_form(as_maria, compare, decision=double.pk)
        assert Person.objects.get(pk=kacper.pk).merged_into == double

    def test_dismissing(self, as_maria, compare, kacper, double):
        submit_form(as_maria, compare, decision="apart")
        dismissal = DuplicateDismissal.objects.get()
        assert (dismissal.person_a, dismissal.person_b) == (kacper, double)
        assert last_change(dismissal) == ("maria", "To różne osoby")
        assert "Żadna para" in page_text(as_maria.get(LIST))

    def test_no_decision(self, as_maria, compare):
        response = submit_form(as_maria, compare)
        assert response.status_code == 422
        assert page_text(response).count("Wybierz, czy to ta sama osoba.") == 2

    def test_a_refusal_is_shown(self, as_maria, compare, kacper, maria):
        correct_person(person=kacper, version=None, pesel="17283000115", by=maria)
        response = submit_form(as_maria, compare, decision=kacper.pk)
        assert response.status_code == 422 and "różne numery PESEL" in page_text(response)

    def test_the_same_form_twice_is_one_decision(self, as_maria, compare, kacper):
        data = form_data(as_maria, compare, decision=kacper.pk)
        assert as_maria.post(compare, data).url == as_maria.post(compare, data).url == LIST

    @pytest.mark.parametrize("who", ["anna", "tomasz", "jan"])
    def test_only_the_manager_may(self, client, request, compare, who):
        client.force_login(request.getfixturevalue(who))
        for url in (LIST, compare, f"{LIST}1/999999/"):
            assert client.get(url).status_code == 403, (
                "also of persons who do not exist: nothing is disclosed"
            )
        assert client.post(compare, {"decision": "apart"}).status_code == 403
        assert not DuplicateDismissal.objects.exists()

    def test_a_person_is_not_compared_with_themselves(self, as_maria, kacper):
        assert as_maria.get(f"{LIST}{kacper.pk}/{kacper.pk}/").status_code == 404


def test_a_death_known_of_the_dropped_record_ends_the_rows_of_the_kept_one(kacper, double, maria):
    correct_person(person=double, version=None, died_on=TODAY, by=maria)
    kept = merge_people(keep=kacper, drop=double, by=maria)
    assert kept.died_on == TODAY
    assert {row.ends_on for row in kept.memberships.all()} == {TODAY}


def test_a_pair_made_by_two_workers_apart_waits_for_the_manager(client, zofia, maria, kowalscy, nowakowie):
    """Zofia's scope excludes the Kowalscy, so the duplicate is not disclosed and Danuta is entered a second time."""
    danuta = latest_membership(kowalscy, "Danuta").person
    correct_person(person=danuta, version=None, pesel=DANUTA, by=maria)
    client.force_login(zofia)
    fields = {"first_name": "Danuta", "last_name": "Kowalska", "kinship": "relative", "pesel": DANUTA}
    assert submit_form(client, f"/rodziny/{nowakowie.pk}/osoby/dodaj/", **fields).status_code == 302
    double = Person.objects.get(pesel_key=Person.objects.get(pk=danuta.pk).pesel_key, pk__gt=danuta.pk)
    assert double.pesel_missing != PeselMissing.UNKNOWN
    client.force_login(maria)
    assert "ten sam PESEL" in page_text(client.get(LIST))
    submit_form(client, f"{LIST}{danuta.pk}/{double.pk}/", decision=danuta.pk)
    assert "Także w rodzinie Nowakowie" in page_text(client.get(f"/rodziny/{kowalscy.pk}/osoby/"))
