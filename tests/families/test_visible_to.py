"""Which families each user may open and change on which day; the limits of every rule."""

from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse

from families.base_views import READ_ONLY_MESSAGE
from families.caseload.actions import (
    assign_assistant,
    assign_lead_worker,
    end_assignment,
    end_work,
    hand_over,
)
from families.choices import AssignmentKind, ClosingReason
from families.people.address_actions import set_address
from families.people.models import Family
from lubsko_ops.accounts.actions import appoint_deputy, end_role, grant_region, grant_role
from lubsko_ops.accounts.models import RegionGrant, RoleGrant, User
from lubsko_ops.core import clock
from lubsko_ops.core.permissions import Role
from tests.factories import TODAY
from tests.form_client import response_text

READ, WORK, NOTHING = "czyta", "pracuje", "nic"


def on_day(number: int) -> date:
    """The day ``number`` days after today."""
    return TODAY + timedelta(days=number)


def access_level(user, family, on=TODAY) -> str:
    """What the user may do with the family on that day, with the roles of the day."""
    with clock.freeze_time(on):
        user = User.objects.get(pk=user.pk)  # roles are cached on the user object
        seen = Family.objects.visible_to(user, on=on).filter(pk=family.pk).exists()
        workable = Family.objects.workable_by(user, on=on).filter(pk=family.pk).exists()
    assert seen or not workable, "nobody may change what they cannot open"
    return WORK if workable else READ if seen else NOTHING


# ---- each user ---------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "name,of_kowalscy,of_nowakowie",
    [
        ("anna", WORK, NOTHING),
        ("ewa", NOTHING, WORK),
        ("tomasz", WORK, NOTHING),
        ("zofia", NOTHING, WORK),
        ("maria", WORK, WORK),
        ("jan", NOTHING, NOTHING),
        ("system_user", NOTHING, NOTHING),
    ],
)
def test_access_of_each_user(jan, kowalscy, nowakowie, request, name, of_kowalscy, of_nowakowie):
    user = request.getfixturevalue(name)
    assert (access_level(user, kowalscy), access_level(user, nowakowie)) == (of_kowalscy, of_nowakowie)


def test_a_new_family_belongs_to_its_region_and_to_the_manager(unassigned_family, anna, tomasz, zofia, maria):
    assert [access_level(user, unassigned_family) for user in (anna, tomasz, zofia, maria)] == [
        NOTHING,
        WORK,
        NOTHING,
        WORK,
    ]


@pytest.mark.parametrize("role", [Role.SPECIALIST, Role.ADMIN])
def test_specialists_and_administrators_see_nothing(make_user, kowalscy, unassigned_family, role):
    user = make_user("lena", "Lena", "Maj", role)
    assert [access_level(user, family) for family in (kowalscy, unassigned_family)] == [NOTHING, NOTHING]


# ---- assistants --------------------------------------------------------------------------------------
def test_an_assignment_begins_on_its_day_and_not_before(kowalscy, anna, ewa, maria):
    hand_over(period=kowalscy.periods.get(), assistant=ewa, starts_on=on_day(7), by=maria)
    assert [access_level(ewa, kowalscy, on_day(number)) for number in (0, 6, 7)] == [NOTHING, NOTHING, WORK]
    assert [access_level(anna, kowalscy, on_day(number)) for number in (0, 6, 7)] == [WORK, WORK, READ]


def test_after_a_hand_over_thirty_days_of_reading(kowalscy, anna, ewa, maria):
    hand_over(period=kowalscy.periods.get(), assistant=ewa, starts_on=TODAY, by=maria)
    days = {
        number: access_level(anna, kowalscy, on_day(number)) for number in (-1, 0, 1, 28, 29, 30, 31, 400)
    }
    assert days == {
        -1: WORK, 0: READ, 1: READ, 28: READ, 29: READ, 30: NOTHING, 31: NOTHING, 400: NOTHING,
    }  # fmt: skip
    read = [number for number in range(60) if access_level(anna, kowalscy, on_day(number)) == READ]
    assert len(read) == 30


def test_an_accompanying_assistant_works_until_the_last_day(kowalscy, anna, ewa, maria):
    hand_over(
        period=kowalscy.periods.get(), assistant=ewa, starts_on=TODAY, accompany_until=on_day(7), by=maria
    )
    assert [access_level(anna, kowalscy, on_day(number)) for number in (0, 7, 8, 29, 30)] == [
        WORK,
        WORK,
        READ,
        READ,
        NOTHING,
    ]


def test_a_stand_in_works_on_their_days_and_reads_thirty_days_more(kowalscy, anna, ewa, maria):
    assign_assistant(
        period=kowalscy.periods.get(),
        assistant=ewa,
        kind=AssignmentKind.STAND_IN,
        starts_on=on_day(1),
        ends_on=on_day(5),
        by=maria,
    )
    days = [access_level(ewa, kowalscy, on_day(number)) for number in (0, 1, 5, 6, 35, 36)]
    assert days == [NOTHING, WORK, WORK, READ, READ, NOTHING]
    assert access_level(anna, kowalscy, on_day(3)) == WORK, "the leading assistant keeps theirs"


def test_a_stand_in_that_ends_early_ends_the_work(kowalscy, ewa, maria):
    row = assign_assistant(
        period=kowalscy.periods.get(),
        assistant=ewa,
        kind=AssignmentKind.STAND_IN,
        starts_on=TODAY,
        ends_on=on_day(20),
        by=maria,
    )
    end_assignment(assignment=row, on=on_day(2), version=None, by=maria)
    assert [access_level(ewa, kowalscy, on_day(number)) for number in (2, 3)] == [WORK, READ]


def test_when_the_work_ends_the_file_is_read_for_thirty_days_more(kowalscy, anna, tomasz, maria):
    end_work(period=kowalscy.periods.get(), on=TODAY, reason=ClosingReason.GOALS_REACHED, by=maria)
    assert [access_level(anna, kowalscy, on_day(number)) for number in (0, 1, 30, 31)] == [
        WORK,
        READ,
        READ,
        NOTHING,
    ]
    assert access_level(tomasz, kowalscy, on_day(400)) == WORK


def test_monitoring_is_work(kowalscy, anna, maria):
    period = kowalscy.periods.get()
    end_work(period=period, on=TODAY, reason=ClosingReason.GOALS_REACHED, by=maria)
    assign_assistant(
        period=period,
        assistant=anna,
        kind=AssignmentKind.MONITORING,
        starts_on=on_day(1),
        ends_on=on_day(180),
        by=maria,
    )
    days = [access_level(anna, kowalscy, on_day(number)) for number in (1, 100, 180, 181)]
    assert days == [WORK, WORK, WORK, NOTHING]


def test_without_the_role_an_assignment_opens_nothing(kowalscy, anna, system_user):
    end_role(grant=RoleGrant.objects.get(user=anna), on=TODAY, by=system_user)
    assert [access_level(anna, kowalscy, on_day(number)) for number in (0, 1)] == [WORK, NOTHING]


# ---- social workers ----------------------------------------------------------------------------------
def test_the_region_alone_is_enough_and_so_is_the_lead_alone(kowalscy, tomasz, zofia, maria, system_user):
    """Zofia leads a family of the other region; tomasz keeps it through his region, until that ends."""
    assign_lead_worker(family=kowalscy, social_worker=zofia, since=on_day(3), by=maria)
    assert [access_level(zofia, kowalscy, on_day(number)) for number in (2, 3)] == [NOTHING, WORK]
    assert access_level(tomasz, kowalscy, on_day(3)) == WORK
    grant = RegionGrant.objects.get(user=tomasz)
    RegionGrant.objects.filter(pk=grant.pk).update(ends_on=on_day(9))
    assert [access_level(tomasz, kowalscy, on_day(number)) for number in (9, 10)] == [WORK, NOTHING]


def test_a_region_is_granted_from_day_to_day(kowalscy, make_user, town, system_user):
    lena = make_user("lena", "Lena", "Maj", Role.SOCIAL_WORKER)
    grant_region(user=lena, region=town, starts_on=on_day(2), ends_on=on_day(4), by=system_user)
    days = [access_level(lena, kowalscy, on_day(number)) for number in (1, 2, 4, 5)]
    assert days == [NOTHING, WORK, WORK, NOTHING]


def test_moving_house_changes_the_region_from_that_day(unassigned_family, tomasz, zofia, villages, maria):
    set_address(
        family=unassigned_family, since=on_day(5), locality="Górzyn", house="7", region=villages, by=maria
    )
    assert [access_level(tomasz, unassigned_family, on_day(number)) for number in (4, 5)] == [WORK, NOTHING]
    assert [access_level(zofia, unassigned_family, on_day(number)) for number in (4, 5)] == [NOTHING, WORK]


def test_the_address_of_one_member_is_not_the_region_of_the_family(unassigned_family, zofia, villages, maria):
    father = unassigned_family.memberships.get(stay="elsewhere")
    set_address(membership=father, since=TODAY, locality="Górzyn", house="8", region=villages, by=maria)
    assert access_level(zofia, unassigned_family) == NOTHING


def test_a_mailing_address_is_not_the_region_of_the_family(unassigned_family, zofia, villages, maria):
    set_address(
        family=unassigned_family,
        kind="mailing",
        since=TODAY,
        locality="Górzyn",
        house="9",
        region=villages,
        by=maria,
    )
    assert access_level(zofia, unassigned_family) == NOTHING


# ---- managers, deputies, two roles -------------------------------------------------------------------
def test_a_deputy_sees_the_centre_during_the_deputyship(kowalscy, nowakowie, zofia, maria, system_user):
    appoint_deputy(of=maria, user=zofia, starts_on=on_day(1), ends_on=on_day(3), by=system_user)
    days = [access_level(zofia, kowalscy, on_day(number)) for number in (0, 1, 3, 4)]
    assert days == [NOTHING, WORK, WORK, NOTHING]
    assert access_level(zofia, nowakowie, on_day(4)) == WORK, "their own family stays"


def test_a_manager_who_is_also_a_social_worker_sees_the_centre(kowalscy, nowakowie, maria, town, system_user):
    grant_role(user=maria, role=Role.SOCIAL_WORKER, starts_on=date(2020, 1, 1), by=system_user)
    grant_region(user=maria, region=town, starts_on=date(2020, 1, 1), by=system_user)
    assert [access_level(maria, family) for family in (kowalscy, nowakowie)] == [WORK, WORK]


def test_when_the_office_ends_the_other_role_remains(kowalscy, nowakowie, maria, town, system_user):
    grant_role(user=maria, role=Role.SOCIAL_WORKER, starts_on=date(2020, 1, 1), by=system_user)
    grant_region(user=maria, region=town, starts_on=date(2020, 1, 1), by=system_user)
    end_role(grant=RoleGrant.objects.get(user=maria, role=Role.MANAGER), on=TODAY, by=system_user)
    assert [access_level(maria, family, on_day(1)) for family in (kowalscy, nowakowie)] == [WORK, NOTHING]


def test_an_administrator_with_another_role_sees_by_that_role_only(
    kowalscy, nowakowie, jan, town, system_user
):
    grant_role(user=jan, role=Role.SOCIAL_WORKER, starts_on=date(2020, 1, 1), by=system_user)
    grant_region(user=jan, region=town, starts_on=date(2020, 1, 1), by=system_user)
    assert [access_level(jan, family) for family in (kowalscy, nowakowie)] == [WORK, NOTHING]


# ---- on the pages ------------------------------------------------------------------------------------
def test_a_family_handed_over_reads_but_takes_no_form(client, kowalscy, anna, ewa, tomasz, maria):
    """The page opens, every form of the file is refused with a reason, and from day 31 everything gives 404."""
    hand_over(period=kowalscy.periods.get(), assistant=ewa, starts_on=TODAY, by=maria)
    page = reverse("families:work", args=[kowalscy.pk])
    forms = [
        reverse(f"families:{name}", args=[kowalscy.pk])
        for name in ("assign", "stand-in", "lead", "basis-add")
    ]
    for number, readable in ((0, True), (29, True), (30, False)):
        with clock.freeze_time(on_day(number)):
            client.force_login(anna)
            assert client.get(page).status_code == (200 if readable else 404)
            for url in forms:
                for answer in (client.get(url), client.post(url, {"starts_on": "1"})):
                    assert answer.status_code == (403 if readable else 404)
                    assert (READ_ONLY_MESSAGE in response_text(answer)) == readable


def test_a_switched_off_account_opens_nothing(client, kowalscy, anna):
    client.force_login(anna)
    page = reverse("families:work", args=[kowalscy.pk])
    assert client.get(page).status_code == 200
    anna.is_active = False
    anna.save()
    answer = client.get(page)
    assert answer.status_code == 302
    assert answer.url.startswith("/konto/logowanie/")


def test_a_session_of_yesterday_has_no_rights_of_yesterday(client, kowalscy, zofia, maria, system_user):
    """Rights are checked on each request: a deputyship that ended at midnight is over in an open session too."""
    appoint_deputy(of=maria, user=zofia, starts_on=TODAY, ends_on=TODAY, by=system_user)
    page = reverse("families:work", args=[kowalscy.pk])
    with clock.freeze_time(datetime(2026, 10, 13, 23, 55, tzinfo=clock.WARSAW)):
        client.force_login(zofia)
        assert client.get(page).status_code == 200
    with clock.freeze_time(datetime(2026, 10, 14, 0, 5, tzinfo=clock.WARSAW)):
        assert client.get(page).status_code == 404
