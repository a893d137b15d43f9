"""The demo centre: built through actions, believable on any day, with everything the other pages need in it."""

import re
from datetime import timedelta

import pytest
from django.db.models import Count, Exists, F, OuterRef, Q
from stdnum.pl import pesel as pesel_number

from devtools.demo.dataset import resolve_date
from families.assessments.models import Assessment
from families.case_files.queries import LazyCaseState
from families.caseload.actions import start_work_and_assign
from families.caseload.caseload import peak_caseload
from families.caseload.models import Assignment, CaseCounter, LegalBasis, WorkPeriod
from families.caseload.validators import LimitReached
from families.choices import (
    CHILDREN,
    AgreementResult,
    AssignmentKind,
    BasisKind,
    ClosingReason,
    DeadlineKind,
    Kinship,
    VisitResult,
)
from families.deadlines.models import Deadline
from families.deadlines.recalculate import load_case_facts
from families.deadlines.rules import compute_deadlines
from families.people.models import Address, Family, Membership, Person
from families.visits.models import AgreementOutcome, Contact, SafeguardingConcern, Visit
from lubsko_ops.accounts.models import Contract, RoleGrant
from lubsko_ops.audit.models import AuditedModel
from lubsko_ops.centre.dictionaries.choices import FilingPurpose
from lubsko_ops.centre.models import SymbolCounter
from lubsko_ops.core import clock
from lubsko_ops.core.dates import add_months, age_on, working_days_between
from lubsko_ops.core.permissions import Role
from lubsko_ops.core.stored_rows import STORED_ROWS, refresh_all
from tests.devtools.lubsko import FAMILIES, get_family
from tests.factories import TODAY, consent_data
from tests.history_sweep import check_history_has_entries


def names(families) -> set[str]:
    return {family.name for family in families}


def audited_models():
    return [model for model in AuditedModel.__subclasses__() if not model._meta.abstract]


# ---- loading -----------------------------------------------------------------------------------------
def test_progress_is_printed(db, loaded):
    assert "Zakładam konta, role, rejony i umowy…\n  8\u00a0kont" in loaded
    assert re.search("36\u00a0rodzin, 1\u00a0[0-9]{3}\u00a0wizyt", loaded)
    assert "Ośrodek pokazowy gotowy" in loaded


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
        "olga": {Role.SPECIALIST},
    }
    assert all(user.check_password("Lubsko-demo-2026") for user in centre.values())
    deputies = RoleGrant.objects.filter(deputy_for=centre["maria"]).order_by("starts_on")
    assert [(grant.user.username, grant.starts_on > TODAY) for grant in deputies] == [
        ("zofia", False),
        ("tomasz", True),
    ]
    fractions = (
        Contract.objects.active_on(TODAY).order_by("user__username").values_list("fraction", flat=True)
    )
    assert [float(fraction) for fraction in fractions] == [1, 0.75, 0.5]


def test_row_permissions_of_everybody(centre):
    visible = {name: names(Family.objects.visible_to(user, on=TODAY)) for name, user in centre.items()}
    assert {name: len(families) for name, families in visible.items()} == {
        "anna": 13,
        "ewa": 16,
        "julia": 4,
        "tomasz": 23,
        "zofia": 13,
        "maria": 36,
        "jan": 0,
        "olga": 0,
    }
    assert {"Kowalscy", "Żółkiewscy", "Szymańscy", "Tokarscy", "Kaczmarkowie"} <= visible["anna"]
    assert not visible["tomasz"] & visible["zofia"]
    assert {"Bielscy", "Krukowie"} <= visible["tomasz"]


def test_family_handed_over_stays_readable_for_thirty_days(centre):
    read = names(Family.objects.visible_to(centre["julia"], on=TODAY))
    assert "Szymańscy" in read
    assert "Baranowscy" not in read
    assert names(Family.objects.workable_by(centre["julia"], on=TODAY)) == {"Lewandowscy", "Tokarscy"}


def test_the_sixteenth_family_of_ewa_is_refused(centre):
    assert peak_caseload(centre["ewa"], since=TODAY) == 15
    assert peak_caseload(centre["anna"], since=TODAY) == 12
    family = get_family("bielscy")
    with pytest.raises(LimitReached) as refusal:
        start_work_and_assign(
            family=family,
            assistant=centre["ewa"],
            starts_on=TODAY,
            bases=[consent_data(family, TODAY)],
            by=centre["maria"],
        )
    assert refusal.value.messages[0].startswith(
        "Asystent prowadzi już 15\u00a0rodzin, a art.\u00a015\u00a0ust.\u00a04"
    )
    assert not family.periods.exists()


# ---- numbers, history --------------------------------------------------------------------------------
def test_case_numbers_grow_with_the_days_on_which_work_began(centre):
    periods = list(WorkPeriod.objects.order_by("starts_on", "pk"))
    numbers = [period.number for period in periods]
    assert numbers == sorted(set(numbers))
    assert {period.year for period in periods} >= {2022, 2023, 2024, 2025, 2026}
    for counter in CaseCounter.objects.all():
        assert counter.last == sum(period.year == counter.year for period in periods)


def test_every_case_has_a_reference_of_its_own_from_the_counter_of_its_year(centre):
    periods = list(WorkPeriod.objects.all())
    assert len({period.case_reference for period in periods}) == len(periods)
    for counter in SymbolCounter.objects.filter(symbol__purpose=FilingPurpose.FAMILY_WORK):
        opened = [period for period in periods if period.year == counter.year]
        assert all(str(counter.symbol) in period.case_reference for period in opened)
        assert counter.given == len(opened)


def test_history_lies_in_the_past_and_names_its_authors(centre):
    now = clock.now()
    for model in audited_models():
        for entry in model.history.all():
            assert entry.history_date < now, entry
            assert entry.history_user_id and entry.history_change_reason, entry
        assert not model.objects.filter(entered_at__gte=now).exists()
    assert {entry.history_user.username for entry in WorkPeriod.history.filter(history_type="+")} == {"maria"}
    opened = Family.history.filter(history_type="+").values_list("history_user__username", flat=True)
    assert set(opened) == {"tomasz", "zofia"}


def test_every_history_row_belongs_to_one_change_entry(centre, walked):
    walked("history rows of the demo", check_history_has_entries(), at_least=5000)
    assert refresh_all(STORED_ROWS["changes"]) == 0


def test_rows_are_entered_on_their_day_in_working_hours(centre):
    for assignment in Assignment.objects.all():
        assert clock.local_date(assignment.entered_at) == assignment.starts_on
        assert 8 <= assignment.entered_at.astimezone(clock.WARSAW).hour < 16
    took_over = get_family("baranowscy").periods.get().assignments.get(assistant=centre["ewa"])
    assert took_over.entered_by == centre["zofia"]
    assert Role.MANAGER in RoleGrant.objects.active_on(took_over.starts_on).filter(
        user=centre["zofia"]
    ).values_list("role", flat=True)


def test_nothing_of_an_assignment_comes_before_the_contract(centre):
    for assignment in Assignment.objects.all():
        assert Contract.objects.active_on(assignment.starts_on).filter(user=assignment.assistant).exists()


# ---- the families the other pages need -------------------------------------------------------------
def test_every_family_has_its_key(centre):
    assert {get_family(key).pk for key in FAMILIES} == set(Family.objects.values_list("pk", flat=True))
    kowalscy = LazyCaseState(get_family("kowalscy").pk, on=TODAY)
    assert kowalscy.leading.assistant == centre["anna"]
    assert kowalscy.lead_worker.social_worker == centre["tomasz"]


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
        return get_family(key).memberships.active_on(TODAY).filter(kinship=Kinship.CHILD)

    assert children("kaczmarkowie").count() == 9
    assert children("dudowie").filter(person__first_name__in=["Hanna", "Helena"]).values(
        "person__born_on"
    ).distinct().get() == {"person__born_on": resolve_date(TODAY, "5m11d")}
    shared = Person.objects.annotate(times=Count("memberships__family", distinct=True)).filter(times=2)
    assert {person.first_name for person in shared} == {"Oliwia", "Filip"}
    assert not children("krukowie").exists()


def test_unusual_people(centre):
    oksana = get_family("szewczenkowie").memberships.get(kinship=Kinship.MOTHER).person
    assert oksana.pesel == "" and "Oksana Shevchenko" in oksana.other_spellings and oksana.other_document
    assert Membership.objects.filter(person__last_name="Brzęczyszczykiewicz-Niewiadomska").exists()
    young = get_family("nowakowie").memberships.get(kinship=Kinship.MOTHER).person
    assert age_on(young.born_on, TODAY) == 16
    dead = Person.objects.get(died_on__isnull=False)
    assert not dead.memberships.active_on(TODAY).exists()
    withheld = Address.objects.exclude(withheld_from=None).get()
    assert withheld.withheld_from == withheld.family.memberships.get(kinship=Kinship.FATHER).person
    assert Address.objects.get(family=get_family("kaczmarkowie")).line == "Stara Woda 7, 68-300"


def test_the_kinds_of_work(centre):
    assert set(LegalBasis.objects.values_list("kind", flat=True)) == set(BasisKind)
    kinds = set(Assignment.objects.active_on(TODAY).values_list("kind", flat=True))
    assert kinds == set(AssignmentKind)
    reasons = WorkPeriod.objects.exclude(closing_reason="").values_list("closing_reason", flat=True)
    assert set(reasons) == {
        ClosingReason.GOALS_REACHED,
        ClosingReason.FAMILY_STOPPED,
        ClosingReason.MOVED,
        ClosingReason.CHILDREN_PLACED,
    }
    jaworscy = LazyCaseState(get_family("jaworscy").pk, on=TODAY)
    assert jaworscy.working and not jaworscy.bases
    bakowie = LazyCaseState(get_family("bakowie").pk, on=TODAY)
    assert bakowie.working and bakowie.leading is None
    without_work = names(Family.objects.filter(periods=None))
    assert without_work == {"Bielscy", "Krukowie", "Wróblewscy"}


def test_what_changed_over_the_years(centre):
    grabowscy = get_family("grabowscy")
    assert len({period.year for period in grabowscy.periods.all()}) == 2
    wojcikowie = get_family("wojcikowie")
    regions = wojcikowie.addresses.order_by("starts_on").values_list("region__name", flat=True)
    assert list(regions) == ["Rejon II, wsie gminy", "Rejon I, Lubsko miasto"]
    leads = wojcikowie.leads.order_by("starts_on").values_list("social_worker__username", flat=True)
    assert list(leads) == ["zofia", "tomasz"]
    assert [entry.name for entry in get_family("rutkowscy").history.order_by("history_id")] == [
        "Cichoccy",
        "Rutkowscy",
    ]


# ---- visits, contacts, assessments -----------------------------------------------------------------
def visits_of(key):
    return Visit.objects.filter(period__family=get_family(key)).order_by("started_at")


def overdue(**of) -> set[tuple[str, str]]:
    rows = Deadline.objects.filter(done_on=None, due_on__lt=TODAY, **of)
    return set(rows.values_list("family__name", "kind"))


def test_two_years_of_visits_each_entered_by_the_assistant_of_its_day(centre):
    kowalscy = visits_of("kowalscy")
    assert kowalscy.count() > 40
    assert kowalscy.first().day < add_months(TODAY, -23) and kowalscy.last().day > TODAY - timedelta(days=14)
    there = Assignment.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=OuterRef("day")),
        period=OuterRef("period"),
        assistant=OuterRef("assistant"),
        starts_on__lte=OuterRef("day"),
    )
    assert not Visit.objects.exclude(Exists(there)).exists()
    assert not Visit.objects.exclude(entered_by=F("assistant")).exists()
    assert not Visit.objects.filter(entered_at__lte=F("started_at")).exists()
    texts = Visit.objects.values_list("facts", flat=True)
    assert len(set(texts)) > len(texts) / 4
    assert not [text for text in texts if "{" in text or "}" in text]


def test_every_row_of_visits_and_contacts_has_its_history(centre):
    for model in (Visit, AgreementOutcome, SafeguardingConcern, Contact):
        rows = model.history.filter(history_type="+")
        assert set(rows.values_list("id", flat=True)) == set(model.objects.values_list("pk", flat=True))


def test_no_visit_contact_or_assessment_lies_in_the_future(centre):
    for model, day in ((Visit, "day"), (Contact, "day"), (Assessment, "handed_over_on")):
        assert model.objects.exists() and not model.objects.filter(**{f"{day}__gte": TODAY}).exists()


def test_stored_deadlines_equal_those_computed_on_the_day(centre):
    facts = load_case_facts(list(Family.objects.values_list("pk", flat=True)), on=TODAY)
    computed = {
        (family, due.kind, due.subject_id, due.due_on, due.since, due.responsible, due.done_on)
        for family, of_family in facts.items()
        for due in compute_deadlines(of_family, TODAY)
    }
    columns = ("family", "kind", "subject_id", "due_on", "since", "responsible", "done_on")
    assert set(Deadline.objects.values_list(*columns)) == computed


def test_most_families_are_in_order_and_a_few_are_overdue(centre):
    assert overdue() == {
        ("Malinowscy", DeadlineKind.VISIT),
        ("Mazurowie", DeadlineKind.VISIT),
        ("Tokarscy", DeadlineKind.VISIT),
        ("Kubiakowie", DeadlineKind.VISIT),
        ("Bąkowie", DeadlineKind.VISIT),
        ("Zielińscy", DeadlineKind.ASSESSMENT),
        ("Jaworscy", DeadlineKind.BASIS),
        ("Żółkiewscy", DeadlineKind.PLAN_REVIEW),
        ("Mazurowie", DeadlineKind.PLAN_FIX),
        ("Gołębiowie", DeadlineKind.PLAN_CONSULT),
        ("Tokarscy", DeadlineKind.PLAN_ACCEPT),
        ("Zielińscy", DeadlineKind.PROJECT_PAPERS),
        ("Ostrowscy", DeadlineKind.PROJECT_PAPERS),
    }
    assert overdue(responsible=centre["anna"]) == {
        ("Mazurowie", DeadlineKind.VISIT),
        ("Tokarscy", DeadlineKind.VISIT),
        ("Zielińscy", DeadlineKind.ASSESSMENT),
        ("Żółkiewscy", DeadlineKind.PLAN_REVIEW),
        ("Mazurowie", DeadlineKind.PLAN_FIX),
        ("Zielińscy", DeadlineKind.PROJECT_PAPERS),
    }
    assert overdue(responsible=None) == {
        ("Bąkowie", DeadlineKind.VISIT),
        ("Tokarscy", DeadlineKind.PLAN_ACCEPT),
    }


def test_visits_are_agreed_for_today_and_the_coming_days(centre):
    for name in ("anna", "ewa", "julia"):
        ahead = Visit.objects.filter(assistant=centre[name], next_day__gte=TODAY)
        assert ahead.filter(next_day=TODAY).exists(), name
    ahead = Visit.objects.filter(assistant=centre["anna"], next_day__gte=TODAY)
    assert ahead.count() >= 8 and ahead.exclude(next_at=None).count() == ahead.count()
    today = set(ahead.filter(next_day=TODAY).values_list("period__family__name", flat=True))
    assert {"Kowalscy", "Zielińscy", "Wójcikowie"} <= today


def test_a_family_obliged_by_the_court_refuses(centre):
    lately = visits_of("malinowscy").filter(day__gte=TODAY - timedelta(days=90))
    results = list(lately.values_list("result", flat=True))
    assert results.count(VisitResult.REFUSED_ENTRY) == 3 and results.count(VisitResult.HELD) == 1
    assert set(lately.exclude(result=VisitResult.HELD).values_list("facts", flat=True)) - {""}
    assert LazyCaseState(get_family("malinowscy").pk, on=TODAY).bases[0].kind == BasisKind.COURT
    rows = Contact.objects.filter(
        period__family=get_family("malinowscy"), day__gte=TODAY - timedelta(days=60)
    )
    assert {"court", "probation_officer"} <= set(rows.values_list("counterpart_type", flat=True))


def test_a_closed_case_is_monitored(centre):
    ended = get_family("adamscy").periods.get().ends_on
    after = visits_of("adamscy").filter(day__gt=ended, result=VisitResult.HELD)
    assert after.count() >= 3 and {visit.assistant for visit in after} == {centre["ewa"]}


def test_one_safeguarding_concern_is_open_and_one_is_closed(centre):
    is_open, over = SafeguardingConcern.objects.order_by("-visit__day")
    assert is_open.visit.period.family == get_family("sadowscy") and not is_open.steps.exists()
    assert is_open.visit.assistant == centre["anna"]
    assert over.visit.period.family == get_family("zolkiewscy") and over.steps.filter(closes=True).exists()
    deadline = Deadline.objects.get(kind=DeadlineKind.DANGER, done_on=None)
    assert (deadline.subject_id, deadline.responsible) == (is_open.pk, centre["tomasz"])


def test_agreements_are_done_or_not_done_or_moved(centre):
    outcomes = list(AgreementOutcome.objects.values_list("outcome", flat=True))
    assert all(outcomes.count(outcome) > 50 for outcome in AgreementResult)
    assert not AgreementOutcome.objects.filter(
        agreement__visit__started_at__gte=F("visit__started_at")
    ).exists()


def test_attempts_fail_and_some_visits_are_entered_late(centre):
    assert set(Visit.objects.values_list("result", flat=True)) == set(VisitResult)
    late = [
        visit
        for visit in Visit.objects.all()
        if working_days_between(visit.day, clock.local_date(visit.entered_at)) > 3
    ]
    assert 10 < len(late) < Visit.objects.count() / 15


def test_children_are_seen(centre):
    held = Visit.objects.filter(result=VisitResult.HELD)
    with_children = held.filter(attendees__person__memberships__kinship__in=CHILDREN).distinct()
    assert with_children.count() > held.count() * 0.7
    assert not Visit.objects.filter(result=VisitResult.NOBODY_HOME).exclude(attendees=None).exists()
