"""Addresses: a move from a day, a correction, a member's own address, a withheld address."""

from datetime import date, timedelta

import pytest

from families.caseload.actions import end_assignment
from families.choices import AddressKind
from families.people.actions import add_member
from families.people.address_actions import correct_address, set_address
from lubsko_ops.audit.history import delete_with_history
from tests.factories import OPENED_ON, TODAY, person_data
from tests.families.people.helpers import last_change, latest_membership, page_url
from tests.form_client import form_data, submit_form
from tests.page import page_text

POLNA = {"street": "Polna", "house": "3", "postal_code": "68300", "locality": "Lubsko"}


@pytest.fixture
def move(kowalscy):
    return page_url(kowalscy, "address-move")


@pytest.fixture
def correct(kowalscy):
    return page_url(kowalscy, "address-correct", kowalscy.addresses.get())


class TestAMove:
    def test_it_works(self, as_anna, kowalscy, move, town):
        response = submit_form(as_anna, move, **POLNA, region=town.pk, since="01.10.2026")
        text = page_text(as_anna.get(response.url))
        assert "Adres zamieszkania od 01.10.2026: ul. Polna 3, 68-300 Lubsko." in text
        assert "Wcześniejsze adresy: 1" in text
        before, after = kowalscy.addresses.order_by("starts_on")
        assert (before.street, before.ends_on) == ("Długa", date(2026, 9, 30))
        assert (after.street, after.region, after.ends_on) == ("Polna", town, None)
        assert last_change(after) == ("anna", "Nowy adres")
        assert last_change(before) == ("anna", "Przeprowadzka")

    def test_to_a_village_without_streets(self, as_anna, kowalscy, move):
        submit_form(as_anna, move, house="21", postal_code="68-300", locality="Chocicz")
        assert kowalscy.addresses.latest("starts_on").line == "Chocicz 21, 68-300"

    def test_a_flat_beside_the_number_of_its_house(self, as_anna, kowalscy, move):
        submit_form(as_anna, move, **POLNA | {"house": "8/2"})
        assert kowalscy.addresses.latest("starts_on").line == "ul. Polna 8 m. 2, 68-300 Lubsko"

    def test_a_house_with_a_stroke_and_a_flat_stays_as_typed(self, as_anna, kowalscy, move):
        submit_form(as_anna, move, **POLNA | {"house": "12/14"}, flat="3")
        assert kowalscy.addresses.latest("starts_on").line == "ul. Polna 12/14 m. 3, 68-300 Lubsko"

    def test_an_address_for_letters_stands_beside(self, as_anna, kowalscy, move):
        submit_form(as_anna, move, **POLNA, kind="mailing")
        assert kowalscy.addresses.get(kind=AddressKind.RESIDENCE).ends_on is None
        assert "korespondencyjny, od 13.10.2026" in page_text(as_anna.get(page_url(kowalscy, "people")))

    def test_a_move_entered_late_finds_its_place_in_the_past(self, kowalscy, maria):
        set_address(family=kowalscy, since=date(2026, 9, 1), locality="Żary", by=maria)
        set_address(family=kowalscy, since=date(2026, 5, 1), locality="Górzyn", by=maria)
        days = kowalscy.addresses.order_by("starts_on").values_list("locality", "starts_on", "ends_on")
        assert list(days) == [
            ("Lubsko", OPENED_ON, date(2026, 4, 30)),
            ("Górzyn", date(2026, 5, 1), date(2026, 8, 31)),
            ("Żary", date(2026, 9, 1), None),
        ]

    def test_an_address_before_the_first_one_ends_where_it_begins(self, kowalscy, maria):
        set_address(family=kowalscy, since=date(2026, 1, 1), locality="Żary", by=maria)
        assert kowalscy.addresses.get(locality="Żary").ends_on == OPENED_ON - timedelta(days=1)

    @pytest.mark.parametrize(
        "wrong,sentence",
        [
            ({"locality": ""}, "Wpisz miejscowość albo zaznacz, że rodzina nie ma stałego adresu."),
            ({"since": "02.03.2026"}, "Od 02.03.2026 zapisany jest adres: ul. Długa 14 m. 2, 68-300 Lubsko."),
            ({"homeless": "on"}, "Wpisano adres i zaznaczono, że rodzina go nie ma."),
            ({"postal_code": "6830"}, "Kod pocztowy ma pięć cyfr, np. 68-300."),
            ({"since": "14.10.2026"}, "Ten dzień jeszcze nie nadszedł."),
        ],
    )
    def test_bad_input_gets_a_sentence_and_stays_typed(self, as_anna, kowalscy, move, wrong, sentence):
        response = submit_form(as_anna, move, **(POLNA | wrong))
        assert response.status_code == 422 and page_text(response).count(sentence) == 2
        assert 'value="Polna"' in response.content.decode()
        assert kowalscy.addresses.count() == 1

    def test_protection_and_region_go_on(self, as_anna, kowalscy, move, correct, town):
        piotr = latest_membership(kowalscy, "Piotr").person
        submit_form(as_anna, correct, withheld_from=piotr.pk)
        text = page_text(as_anna.get(submit_form(as_anna, move, **POLNA, since="01.10.2026").url))
        address = kowalscy.addresses.latest("starts_on")
        assert (address.street, address.withheld_from, address.region) == ("Polna", piotr, town)
        assert "Adres zamieszkania od 01.10.2026: nie ujawniać (Piotr Kowalska)." in text

    def test_protection_is_lifted_only_on_purpose(self, as_anna, kowalscy, move, correct):
        submit_form(as_anna, correct, withheld_from=latest_membership(kowalscy, "Piotr").person_id)
        submit_form(as_anna, move, **POLNA, withheld_from="")
        assert kowalscy.addresses.latest("starts_on").withheld_from is None

    def test_on_the_first_day_of_the_present_one_nothing_is_written_over(self, as_anna, kowalscy, move):
        text = page_text(submit_form(as_anna, move, **POLNA, since="02.03.2026"))
        assert "Jeśli jest błędny, wybierz przy nim „Popraw”" in text
        assert kowalscy.addresses.get().line == "ul. Długa 14 m. 2, 68-300 Lubsko"

    def test_a_move_out_of_the_users_region_redirects_to_the_list(self, client, zofia, nowakowie, town):
        delete_with_history(nowakowie.leads.get(), by=zofia, why="zofia sięga rodziny tylko przez rejon")
        client.force_login(zofia)
        response = submit_form(client, page_url(nowakowie, "address-move"), **POLNA, region=town.pk)
        assert response.url == "/rodziny/"
        assert "Rodzina nie należy już do Twojego rejonu." in page_text(client.get(response.url))

    def test_the_same_form_twice_is_one_move(self, as_anna, kowalscy, move):
        data = form_data(as_anna, move, **POLNA)
        assert as_anna.post(move, data).url == as_anna.post(move, data).url
        assert kowalscy.addresses.count() == 2


class TestNoAddressAnyMore:
    def test_it_works(self, as_anna, kowalscy, move):
        response = submit_form(as_anna, move, homeless="on", since="01.10.2026")
        text = page_text(as_anna.get(response.url))
        assert "Rodzina nie ma stałego adresu. Ostatni był do 30.09.2026." in text
        assert "Rodzina nie ma zapisanego adresu." in text and "Wcześniejsze adresy: 1" in text
        address = kowalscy.addresses.get()
        assert address.ends_on == date(2026, 9, 30)
        assert last_change(address) == ("anna", "Rodzina nie ma stałego adresu")

    def test_then_an_address_again(self, as_anna, kowalscy, move):
        submit_form(as_anna, move, homeless="on", since="01.09.2026")
        submit_form(as_anna, move, **POLNA, since="01.10.2026")
        days = kowalscy.addresses.order_by("starts_on").values_list("starts_on", "ends_on")
        assert list(days) == [(OPENED_ON, date(2026, 8, 31)), (date(2026, 10, 1), None)]

    @pytest.mark.parametrize(
        "wrong,sentence",
        [
            ({"since": "02.03.2026"}, "Od 02.03.2026 zapisany jest adres"),
            ({"since": "01.03.2026"}, "W tym dniu rodzina nie ma zapisanego adresu zamieszkania."),
            ({"kind": "mailing"}, "Bez stałego adresu: wybierz adres zamieszkania."),
        ],
    )
    def test_bad_input_gets_a_sentence(self, as_anna, kowalscy, move, wrong, sentence):
        response = submit_form(as_anna, move, homeless="on", **wrong)
        assert response.status_code == 422 and page_text(response).count(sentence) == 2
        assert kowalscy.addresses.get().ends_on is None


class TestACorrection:
    def test_it_works(self, as_anna, kowalscy, correct):
        submit_form(as_anna, correct, house="15")
        address = kowalscy.addresses.get()
        assert (address.house, address.flat, address.starts_on) == ("15", "2", OPENED_ON)
        assert last_change(address) == ("anna", "Poprawienie adresu")

    def test_an_address_is_withheld_from_the_father(self, as_anna, kowalscy, correct):
        piotr = latest_membership(kowalscy, "Piotr").person
        submit_form(as_anna, correct, withheld_from=piotr.pk)
        assert kowalscy.addresses.get().withheld_from == piotr
        assert "nie ujawniać: Piotr Kowalska" in page_text(as_anna.get(page_url(kowalscy, "people")))

    def test_only_people_of_the_family_are_offered(self, as_anna, kowalscy, nowakowie, correct):
        stranger = latest_membership(nowakowie, "Piotr").person
        response = submit_form(as_anna, correct, withheld_from=stranger.pk)
        assert response.status_code == 422
        assert kowalscy.addresses.get().withheld_from is None

    def test_a_stale_version_is_refused(self, as_anna, kowalscy, correct, maria):
        data = form_data(as_anna, correct, house="15")
        correct_address(address=kowalscy.addresses.get(), version=None, house="16", by=maria)
        response = as_anna.post(correct, data)
        assert response.status_code == 409 and "Numer domu 16 15" in page_text(response)
        assert kowalscy.addresses.get().house == "16"

    def test_an_address_of_a_member_too(self, as_anna, kowalscy):
        own = latest_membership(kowalscy, "Piotr").addresses.get()
        submit_form(as_anna, page_url(kowalscy, "address-correct", own), house="22")
        own.refresh_from_db()
        assert own.line == "Chocicz 22, 68-300"


class TestAHomeOfSeveral:
    @pytest.fixture
    def helena(self, kowalscy, maria):
        """Helena lives in Chocicz with Piotr and has a mailing address there."""
        data = person_data("Helena", "Kowalska", born_on=date(1960, 1, 1))
        row = add_member(
            family=kowalscy,
            person=data,
            kinship="grandparent",
            stay="elsewhere",
            starts_on=OPENED_ON,
            by=maria,
        )
        place = {"house": "21", "postal_code": "68-300", "locality": "Chocicz"}
        for kind in ("residence", "mailing"):
            set_address(membership=row, since=OPENED_ON, kind=kind, by=maria, **place)
        return row

    @pytest.fixture
    def piotrs(self, kowalscy):
        return latest_membership(kowalscy, "Piotr").addresses.get()

    def test_is_corrected_for_all_at_once(self, as_anna, kowalscy, helena, piotrs):
        danuta = latest_membership(kowalscy, "Danuta").person
        correct_address(address=piotrs, version=None, withheld_from=danuta, by=helena.entered_by)
        url = page_url(kowalscy, "address-correct", piotrs)
        assert "Popraw także u: Helena Kowalska" in page_text(as_anna.get(url))
        submit_form(as_anna, url, house="22")
        piotrs.refresh_from_db()
        helenas = helena.addresses.get(kind="residence")
        assert piotrs.house == helenas.house == "22"
        assert last_change(helenas) == ("anna", "Poprawienie adresu")
        assert (piotrs.withheld_from, helenas.withheld_from) == (danuta, None), (
            "only what was corrected changes"
        )
        assert helena.addresses.get(kind="mailing").house == "21"

    def test_or_for_one_alone(self, as_anna, kowalscy, helena, piotrs):
        submit_form(as_anna, page_url(kowalscy, "address-correct", piotrs), house="22", together=None)
        assert helena.addresses.get(kind="residence").house == "21"

    def test_not_asked_where_nobody_else_lives_there(self, as_anna, kowalscy, piotrs, correct):
        for url in (correct, page_url(kowalscy, "address-correct", piotrs)):
            assert "Popraw także u" not in page_text(as_anna.get(url))


class TestAnAddressOfOnesOwn:
    @pytest.fixture
    def own(self, kowalscy):
        return page_url(kowalscy, "own-address", latest_membership(kowalscy, "Piotr"))

    def test_from_a_day(self, as_anna, kowalscy, own):
        piotr = latest_membership(kowalscy, "Piotr")
        response = submit_form(as_anna, own, **POLNA, since="01.10.2026")
        assert response.url.endswith(f"#osoba-{piotr.person_id}")
        assert "Piotr Kowalska, adres od 01.10.2026: ul. Polna 3" in page_text(as_anna.get(response.url))
        days = piotr.addresses.order_by("starts_on").values_list("locality", "ends_on")
        assert list(days) == [("Chocicz", date(2026, 9, 30)), ("Lubsko", None)]

    def test_the_same_as_another_member(self, as_anna, kowalscy, maria):
        fields = {"first_name": "Helena", "last_name": "Kowalska", "sex": "female", "kinship": "grandparent"}
        submit_form(as_anna, page_url(kowalscy, "person-add"), **fields, stay="elsewhere")
        helena = latest_membership(kowalscy, "Helena")
        own = page_url(kowalscy, "own-address", helena)
        piotrs = latest_membership(kowalscy, "Piotr").addresses.get()
        assert "Piotr Kowalska: Chocicz 21, 68-300" in page_text(as_anna.get(own))
        submit_form(as_anna, own, same_as=piotrs.pk)
        assert helena.addresses.get().line == piotrs.line
        text = page_text(as_anna.get(page_url(kowalscy, "people")))
        assert text.count("Chocicz 21 inne gospodarstwo") == 1, "they share one home"

    def test_nothing_typed_and_nobody_chosen(self, as_anna, own):
        response = submit_form(as_anna, own)
        assert response.status_code == 422
        assert "Wpisz miejscowość albo wybierz osobę, z którą ta osoba mieszka." in page_text(response)

    def test_who_lives_with_the_family_has_none_of_living(self, as_anna, kowalscy):
        kacper = latest_membership(kowalscy, "Kacper")
        own = page_url(kowalscy, "own-address", kacper)
        response = submit_form(as_anna, own, **POLNA)
        assert response.status_code == 422 and "Ta osoba mieszka z rodziną." in page_text(response)
        assert submit_form(as_anna, own, **POLNA, kind="registered").status_code == 302
        assert kacper.addresses.get().kind == AddressKind.REGISTERED


class TestWhoMay:
    @pytest.mark.parametrize("who,status", [("ewa", 404), ("jan", 404), ("tomasz", 200), ("maria", 200)])
    def test_by_scope(self, client, request, move, correct, who, status):
        client.force_login(request.getfixturevalue(who))
        assert client.get(move).status_code == client.get(correct).status_code == status

    def test_not_an_address_of_another_family(self, client, maria, nowakowie, kowalscy):
        client.force_login(maria)
        foreign = page_url(nowakowie, "address-correct", kowalscy.addresses.get())
        assert client.get(foreign).status_code == 404

    def test_not_after_a_hand_over(self, as_anna, kowalscy, move):
        assignment = kowalscy.periods.get().assignments.get()
        yesterday = TODAY - timedelta(days=1)
        end_assignment(assignment=assignment, on=yesterday, version=None, by=assignment.assistant)
        assert as_anna.post(move, POLNA).status_code == 403
        assert kowalscy.addresses.count() == 1
