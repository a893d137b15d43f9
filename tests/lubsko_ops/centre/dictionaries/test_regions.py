"""Regions: renamed, closed from a day with the grants of social workers, opened again, removed while unused."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lubsko_ops.accounts.actions import grant_region
from lubsko_ops.accounts.models import Region, RegionGrant
from lubsko_ops.centre.dictionaries.actions import add_entry, close_entry, remove_entry, reopen_entry
from tests.factories import TODAY
from tests.form_client import form_data, response_text, submit_form
from tests.page import Page
from tests.statement_counts import page_statements

NEXT_WEEK = date(2026, 10, 20)


def close(region, *, by, on=TODAY):
    return close_entry(entry=region, on=on, why="połączenie rejonów", version=None, by=by)


def choices_of(client, url: str) -> list[str]:
    form = client.get(url).context["form"]
    return [label for _, label in form.fields["region"].choices]


def test_a_new_name_shows_at_every_address_and_the_old_one_stays_in_the_history(
    client, jan, maria, kowalscy, town
):
    client.force_login(jan)
    response = submit_form(client, reverse("regions-change", args=[town.pk]), name="Rejon I, Lubsko miasto")
    assert response.status_code == 302
    client.force_login(maria)
    assert "Rejon I, Lubsko miasto" in response_text(client.get(f"/rodziny/{kowalscy.pk}/praca/"))
    [now, before] = town.history.order_by("-history_id")[:2]
    assert (now.history_user, before.name) == (jan, "Rejon I, miasto")


def test_a_name_is_used_once_however_it_is_written(client, jan):
    client.force_login(jan)
    response = submit_form(client, reverse("regions-add"), name="REJON I, miasto")
    assert response.status_code == 422
    assert "Taki rejon już jest." in response_text(response)
    assert Region.objects.count() == 2


def test_a_closed_region_is_not_offered_from_that_day_but_the_address_keeps_it(client, maria, kowalscy, town):
    close(town, by=maria, on=NEXT_WEEK)
    client.force_login(maria)
    assert "Rejon I, miasto" in choices_of(client, "/rodziny/nowa/")  # still open today
    town.refresh_from_db()
    reopen_entry(entry=town, why="pomyłka", version=None, by=maria)
    close(town, by=maria)
    assert choices_of(client, "/rodziny/nowa/") == ["nie wskazano", "Rejon II, wsie"]
    address = kowalscy.addresses.get()
    url = reverse("families:address-correct", args=[kowalscy.pk, address.pk])
    assert "Rejon I, miasto" in choices_of(client, url)
    response = submit_form(client, url, house="9")
    assert response.status_code == 302
    address.refresh_from_db()
    assert (address.house, address.region) == ("9", town)


def test_a_form_that_was_open_meanwhile_is_refused_beside_the_field(client, maria, kowalscy, villages):
    client.force_login(maria)
    url = reverse("families:address-correct", args=[kowalscy.pk, kowalscy.addresses.get().pk])
    opened = form_data(client, url, region=str(villages.pk))
    close(villages, by=maria)
    response = client.post(url, opened)
    assert response.status_code == 422
    assert "Tego rejonu już nie ma albo jest zamknięty." in response_text(response)


def test_closing_asks_about_families_and_grants_and_ends_the_grants(client, maria, tomasz, kowalscy, town):
    client.force_login(maria)
    url = reverse("regions-close", args=[town.pk])
    page = Page(client.get(url))
    assert "1 rodzina w toku" in page.text and "Tomasz Lis ma ten rejon" in page.text
    assert any(link["href"] == f"/rodziny/?rejon={town.pk}" for link in page.links)
    asked = submit_form(client, url, closed_from="20.10.2026", why="Połączenie rejonów.")
    assert asked.status_code == 422
    assert "to przydzielenie skończy się w przeddzień" in response_text(asked)
    grant = RegionGrant.objects.get(user=tomasz)
    assert grant.ends_on is None
    close(town, by=maria, on=NEXT_WEEK)
    grant.refresh_from_db()
    assert grant.ends_on == date(2026, 10, 19)
    assert grant.history.first().history_change_reason == "Zamknięcie rejonu"
    assert kowalscy.addresses.get().region == town


def test_closing_locks_who_has_the_region_before_the_region(maria, tomasz, town):
    """In the order of granting one, which locks the user and then the region."""
    with CaptureQueriesContext(connection) as queries:
        close(town, by=maria)
    locking = [query["sql"] for query in queries if "FOR NO KEY UPDATE" in query["sql"]]
    assert "accounts_user" in locking[0] and str(tomasz.pk) in locking[0]
    assert "accounts_region" in locking[1]


def test_the_administrator_sees_how_many_families_but_no_link_to_them(client, jan, kowalscy, town):
    client.force_login(jan)
    page = Page(client.get(reverse("regions")))
    assert "1 rodzina w toku" in page.text
    assert not any("rejon=" in link["href"] for link in page.links)


def test_a_region_promised_for_later_is_not_closed_before(maria, zofia, town):
    grant_region(user=zofia, region=town, starts_on=date(2027, 1, 1), by=maria)
    with pytest.raises(ValidationError, match=r"Zofia Kos od 01\.01\.2027"):
        close(town, by=maria)
    town.refresh_from_db()
    assert town.closed_from is None
    assert not RegionGrant.objects.filter(ends_on__isnull=False).exists()


def test_nobody_gets_a_closed_region(maria, zofia, town):
    close(town, by=maria, on=NEXT_WEEK)
    grant_region(user=zofia, region=town, starts_on=TODAY, ends_on=date(2026, 10, 19), by=maria)
    with pytest.raises(ValidationError, match=r"jest zamknięty od 20\.10\.2026"):
        grant_region(user=zofia, region=town, starts_on=NEXT_WEEK, by=maria)


def test_a_region_opened_again_is_offered_but_grants_stay_ended(client, maria, tomasz, town):
    close(town, by=maria)
    client.force_login(maria)
    response = submit_form(client, reverse("regions-reopen", args=[town.pk]), why="Zamknięto przez pomyłkę.")
    assert response.status_code == 302
    assert Region.objects.open_on(TODAY).count() == 2
    assert RegionGrant.objects.get(user=tomasz).ends_on == date(2026, 10, 12)


def test_a_used_region_is_not_removed_an_unused_one_is(maria, kowalscy, town):
    with pytest.raises(ValidationError, match="Z tego wpisu już korzystano"):
        remove_entry(entry=town, why="pomyłka", version=None, by=maria)
    third = add_entry(entry=Region(name="Rejon III"), by=maria)
    remove_entry(entry=third, why="pomyłka", version=None, by=maria)
    assert [region.name for region in Region.objects.all()] == ["Rejon I, miasto", "Rejon II, wsie"]
    assert Region.history.filter(id=third.pk).count() == 2


def test_two_people_renaming_at_once_see_both_names(client, jan, maria, town):
    client.force_login(jan)
    url = reverse("regions-change", args=[town.pk])
    opened = form_data(client, url, name="Rejon 1")
    client.force_login(maria)
    submit_form(client, url, name="Rejon pierwszy")
    client.force_login(jan)
    response = client.post(url, opened)
    assert response.status_code == 409
    assert "Rejon pierwszy" in response_text(response)


def test_the_list_costs_the_same_for_any_number_of_regions(client, maria, kowalscy):
    client.force_login(maria)
    few = page_statements(client, reverse("regions"))
    for number in range(20):
        add_entry(entry=Region(name=f"Rejon {number}"), by=maria)
    assert len(page_statements(client, reverse("regions"))) == len(few) <= 8


@pytest.mark.parametrize("name", ["anna", "tomasz"])
def test_those_who_work_with_families_do_not_change_dictionaries(client, request, name):
    client.force_login(request.getfixturevalue(name))
    assert client.get(reverse("regions")).status_code == 403
