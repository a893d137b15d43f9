"""The demo centre: built through deeds, believable on any day, with everything the other screens need in it."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction
from django.db.models import Count
from stdnum.pl import pesel as pesel_number

from families import demo
from families.assignments.actions import take_on
from families.assignments.checks import LimitReached
from families.assignments.load import counted_families
from families.casefile.queries import standing_of
from families.demo.notation import before
from families.dictionaries import AssignmentKind, BasisKind, ClosingReason, Kinship
from families.models import (
    Address,
    Assignment,
    CaseCounter,
    Family,
    Membership,
    Person,
    WorkBasis,
    WorkPeriod,
)
from families.reach import visible_to, workable_by
from lubsko_ops import clock
from lubsko_ops.access import Role
from lubsko_ops.audit import Recorded
from lubsko_ops.dates import age_on
from lubsko_ops.staff.models import Contract, RoleGrant, User
from tests.stories import DAY, consent_of


def load(day: date) -> str:
    out = StringIO()
    call_command("demo", day=day, stdout=out)
    return out.getvalue()


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """The centre on the day of the cast, loaded once for this file and taken back after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield load(DAY)
        transaction.set_rollback(True)


@pytest.fixture
def centre(loaded, db):
    """The loaded centre: people by account."""
    return {user.username: user for user in User.objects.all()}


def names(families) -> set[str]:
    return {family.name for family in families}


def rows_of_cases():
    return [model for model in Recorded.__subclasses__() if not model._meta.abstract]


# ---- loading -----------------------------------------------------------------------------------------
def test_the_terminal_tells_what_happens(db, loaded):
    assert "Zakładam konta, role, rejony i umowy…\n  7\u00a0kont" in loaded
    assert "36\u00a0rodzin" in loaded
    assert "Ośrodek pokazowy gotowy" in loaded


def test_a_centre_with_accounts_is_left_alone(centre):
    families, entries = Family.objects.count(), Family.history.count()
    assert load(DAY) == "Ten ośrodek ma już konta, więc zostaje taki, jaki jest.\n"
    assert (Family.objects.count(), Family.history.count()) == (families, entries)


# ---- people and reach --------------------------------------------------------------------------------
def test_the_staff(centre):
    roles = {name: set(user.roles) for name, user in centre.items()}
    assert roles == {
        "anna": {Role.ASSISTANT},
        "ewa": {Role.ASSISTANT},
        "julia": {Role.ASSISTANT},
        "tomasz": {Role.SOCIAL_WORKER},
        "zofia": {Role.SOCIAL_WORKER},
        "maria": {Role.MANAGER},
        "jan": {Role.ADMIN},
    }
    assert all(user.check_password("Lubsko-demo-2026") for user in centre.values())
    deputies = RoleGrant.objects.filter(deputy_for=centre["maria"]).order_by("starts_on")
    assert [(grant.user.username, grant.starts_on > DAY) for grant in deputies] == [
        ("zofia", False),
        ("tomasz", True),
    ]
    fractions = Contract.objects.open_on(DAY).order_by("user__username").values_list("fraction", flat=True)
    assert [float(fraction) for fraction in fractions] == [1, 0.75, 0.5]


def test_everybody_reaches_what_is_hers(centre):
    reach = {name: names(visible_to(user, on=DAY)) for name, user in centre.items()}
    assert {name: len(families) for name, families in reach.items()} == {
        "anna": 13,
        "ewa": 16,
        "julia": 4,
        "tomasz": 23,
        "zofia": 13,
        "maria": 36,
        "jan": 0,
    }
    assert {"Kowalscy", "Żółkiewscy", "Szymańscy", "Tokarscy", "Kaczmarkowie"} <= reach["anna"]
    assert not reach["tomasz"] & reach["zofia"]
    assert {"Bielscy", "Krukowie"} <= reach["tomasz"]


def test_a_family_handed_over_is_read_for_thirty_days(centre):
    read = names(visible_to(centre["julia"], on=DAY))
    assert "Szymańscy" in read
    assert "Baranowscy" not in read
    assert names(workable_by(centre["julia"], on=DAY)) == {"Lewandowscy", "Tokarscy"}


def test_the_sixteenth_family_of_ewa_is_refused(centre):
    assert counted_families(centre["ewa"], since=DAY) == 15
    assert counted_families(centre["anna"], since=DAY) == 12
    family = demo.family("bielscy")
    with pytest.raises(LimitReached) as refusal:
        take_on(
            family=family,
            assistant=centre["ewa"],
            starts_on=DAY,
            bases=[consent_of(family, DAY)],
            by=centre["maria"],
        )
    assert refusal.value.messages[0].startswith("Asystent prowadzi już 15\u00a0rodzin, a art. 15 ust. 4")
    assert not family.periods.exists()


# ---- numbers, history --------------------------------------------------------------------------------
def test_case_numbers_grow_with_the_days_on_which_work_began(centre):
    periods = list(WorkPeriod.objects.order_by("starts_on", "pk"))
    numbers = [period.number for period in periods]
    assert numbers == sorted(set(numbers))
    assert {period.year for period in periods} >= {2022, 2023, 2024, 2025, 2026}
    for counter in CaseCounter.objects.all():
        assert counter.last == sum(period.year == counter.year for period in periods)


def test_history_lies_in_the_past_and_names_its_authors(centre):
    now = clock.now()
    for model in rows_of_cases():
        for entry in model.history.all():
            assert entry.history_date < now, entry
            assert entry.history_user_id and entry.history_change_reason, entry
        assert not model.objects.filter(entered_at__gte=now).exists()
    assert {entry.history_user.username for entry in WorkPeriod.history.filter(history_type="+")} == {"maria"}
    opened = Family.history.filter(history_type="+").values_list("history_user__username", flat=True)
    assert set(opened) == {"tomasz", "zofia"}


def test_deeds_are_entered_on_their_day_in_working_hours(centre):
    for assignment in Assignment.objects.all():
        assert clock.day_of(assignment.entered_at) == assignment.starts_on
        assert 8 <= assignment.entered_at.astimezone(clock.WARSAW).hour < 16
    took_over = demo.family("baranowscy").periods.get().assignments.get(assistant=centre["ewa"])
    assert took_over.entered_by == centre["zofia"]
    assert Role.MANAGER in RoleGrant.objects.open_on(took_over.starts_on).filter(
        user=centre["zofia"]
    ).values_list("role", flat=True)


def test_nothing_of_an_assignment_comes_before_the_contract(centre):
    for assignment in Assignment.objects.all():
        assert Contract.objects.open_on(assignment.starts_on).filter(user=assignment.assistant).exists()


# ---- the families the other screens need -------------------------------------------------------------
def test_every_family_is_found_by_its_key(centre):
    assert {demo.family(key).pk for key in demo.CASES} == set(Family.objects.values_list("pk", flat=True))
    kowalscy = standing_of(demo.family("kowalscy"), on=DAY)
    assert kowalscy.leading.assistant == centre["anna"]
    assert kowalscy.lead.social_worker == centre["tomasz"]


def test_numbers_of_people_are_right_and_one_pair_waits_for_the_manager(centre):
    people = Person.objects.exclude(pesel_key="")
    for person in people:
        assert pesel_number.is_valid(person.pesel)
    shared = people.values("pesel_key").annotate(times=Count("pk")).filter(times__gt=1)
    pair = Person.objects.filter(pesel_key__in=shared.values("pesel_key"))
    assert [str(person) for person in pair] == ["Robert Majchrzak"] * 2
    assert {person.entered_by.username for person in pair} == {"tomasz", "zofia"}


def test_children(centre):
    def children(key):
        return demo.family(key).memberships.open_on(DAY).filter(kinship=Kinship.CHILD)

    assert children("kaczmarkowie").count() == 9
    assert children("dudowie").filter(person__first_name__in=["Hanna", "Helena"]).values(
        "person__born_on"
    ).distinct().get() == {"person__born_on": before(DAY, "5m11d")}
    shared = Person.objects.annotate(times=Count("memberships__family", distinct=True)).filter(times=2)
    assert {person.first_name for person in shared} == {"Oliwia", "Filip"}
    assert not children("krukowie").exists()


def test_unusual_people(centre):
    oksana = demo.family("szewczenkowie").memberships.get(kinship=Kinship.MOTHER).person
    assert oksana.pesel == "" and "Oksana Shevchenko" in oksana.other_spellings and oksana.other_document
    assert Membership.objects.filter(person__last_name="Brzęczyszczykiewicz-Niewiadomska").exists()
    young = demo.family("nowakowie").memberships.get(kinship=Kinship.MOTHER).person
    assert age_on(young.born_on, DAY) == 16
    dead = Person.objects.get(died_on__isnull=False)
    assert not dead.memberships.open_on(DAY).exists()
    withheld = Address.objects.exclude(withheld_from=None).get()
    assert withheld.withheld_from == withheld.family.memberships.get(kinship=Kinship.FATHER).person
    assert Address.objects.get(family=demo.family("kaczmarkowie")).line == "Stara Woda 7, 68-300"


def test_the_kinds_of_work(centre):
    assert set(WorkBasis.objects.values_list("kind", flat=True)) == set(BasisKind)
    kinds = set(Assignment.objects.open_on(DAY).values_list("kind", flat=True))
    assert kinds == set(AssignmentKind)
    reasons = WorkPeriod.objects.exclude(closing_reason="").values_list("closing_reason", flat=True)
    assert set(reasons) == {
        ClosingReason.GOALS_REACHED,
        ClosingReason.FAMILY_STOPPED,
        ClosingReason.MOVED,
        ClosingReason.CHILDREN_PLACED,
    }
    jaworscy = standing_of(demo.family("jaworscy"), on=DAY)
    assert jaworscy.working and not jaworscy.bases
    bakowie = standing_of(demo.family("bakowie"), on=DAY)
    assert bakowie.working and bakowie.leading is None
    without_work = names(Family.objects.filter(periods=None))
    assert without_work == {"Bielscy", "Krukowie", "Wróblewscy"}


def test_what_changed_over_the_years(centre):
    grabowscy = demo.family("grabowscy")
    assert len({period.year for period in grabowscy.periods.all()}) == 2
    wojcikowie = demo.family("wojcikowie")
    regions = wojcikowie.addresses.order_by("starts_on").values_list("region__name", flat=True)
    assert list(regions) == ["Rejon II, wsie gminy", "Rejon I, Lubsko miasto"]
    leads = wojcikowie.leads.order_by("starts_on").values_list("social_worker__username", flat=True)
    assert list(leads) == ["zofia", "tomasz"]
    assert [entry.name for entry in demo.family("rutkowscy").history.order_by("history_id")] == [
        "Cichoccy",
        "Rutkowscy",
    ]
