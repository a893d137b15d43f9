"""A small synthetic centre: the rows are as actions would have left them, and the rules hold."""

from datetime import date

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.db.models import Count, Exists, F, Max, OuterRef, Q
from django.test import Client
from stdnum.pl import pesel as number

from devtools.benchmark import all_subjects, core_subjects, meeting_subjects, stock_page
from devtools.synthetic import work
from devtools.synthetic.meetings import MEETINGS
from families.case_files.models import CaseSummary
from families.caseload.caseload import get_caseloads
from families.caseload.models import (
    Assignment,
    CaseCounter,
    LeadWorkerAssignment,
    LegalBasis,
    WorkPeriod,
)
from families.choices import WorkStatus
from families.deadlines.models import Deadline
from families.deadlines.recalculate import load_case_facts
from families.deadlines.rules import DeadlineSpec, compute_deadlines
from families.people.actions import open_family
from families.people.models import Address, Family, Membership, Person
from families.visits.models import Visit, VisitAttendee
from lubsko_ops.accounts.models import Contract, User
from lubsko_ops.audit.models import AccessLogEntry
from lubsko_ops.core import clock
from lubsko_ops.core.dates import ONE_DAY, max_overlap
from lubsko_ops.core.fields import pesel_key
from lubsko_ops.core.stored_rows import STORED_ROWS, refresh_all
from lubsko_ops.core.temporal import EndCause
from projects.models import ProjectGroup
from sessions.attendance.roster import load_roster
from sessions.models import Attendance
from tests.devtools.synthetic.generated_centre import TINY, WITH_HISTORY, generate
from tests.factories import TODAY
from tests.families.case_files.test_search import result_names, search
from tests.history_sweep import check_history_has_entries
from tests.staff import PASSWORD, delete_staff

SCHEMA = """SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
    WHERE connamespace = 'public'::regnamespace
    UNION ALL SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1, 2, 3"""


def schema() -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(SCHEMA)
        return cursor.fetchall()


@pytest.fixture(scope="module")
def schema_before(django_db_setup, django_db_blocker):
    """The schema before the centre was generated; the centre is rolled back after this file."""
    with django_db_blocker.unblock(), transaction.atomic():
        delete_staff()
        before = schema()
        with clock.freeze_time(TODAY):
            generate()
        yield before
        transaction.set_rollback(True)


@pytest.fixture
def centre(schema_before, db):
    """Users by account."""
    return {user.username: user for user in User.objects.all()}


def test_constraints_and_indexes_came_back(schema_before, centre):
    assert schema() == schema_before
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_size_is_as_requested(centre):
    assert WorkPeriod.objects.active_on(TODAY).count() == TINY.open_families
    assert Family.objects.filter(periods=None).count() == TINY.waiting_families
    assert Family.objects.count() > 20
    assert Person.objects.count() > 3 * Family.objects.count()
    assert Visit.objects.count() > 1500
    assert Visit.objects.filter(day__gte=TODAY).count() == 0
    assert AccessLogEntry.objects.count() > 100


@pytest.mark.parametrize("model", WITH_HISTORY, ids=lambda model: model.__name__)
def test_every_row_has_the_history_of_an_action(centre, model):
    """As many history rows as its version; the last one equals the row."""
    names = [field.attname for field in model._meta.concrete_fields if field.name != "pesel"]
    past = model.history.model.objects
    last_entries = {row["id"]: row for row in past.order_by("history_date", "history_id").values()}
    times = dict(past.order_by().values_list("id").annotate(Count("pk")))
    assert model.objects.exists() == bool(last_entries)
    for row in model.objects.all():
        last = last_entries[row.pk]
        assert {name: last[name] for name in names} == {name: getattr(row, name) for name in names}
        assert times[row.pk] == row.version
    assert not past.filter(Q(history_user=None) | Q(history_change_reason="")).exists()
    assert not past.filter(history_type="+").exclude(history_date=F("entered_at")).exists()


def test_who_was_followed_the_day_after_has_handed_over(centre):
    for model, cause, scope in (
        (Assignment, EndCause.HANDED_OVER, "period"),
        (LeadWorkerAssignment, EndCause.LEAD_CHANGED, "family"),
    ):
        rows = model.objects.filter(kind="leading") if model is Assignment else model.objects.all()
        starts = set(rows.values_list(scope, "starts_on"))
        followed = [
            row
            for row in rows
            if row.ends_on and (getattr(row, f"{scope}_id"), row.ends_on + ONE_DAY) in starts
        ]
        assert all(row.end_cause == cause for row in followed)
        assert rows.exclude(end_cause="").count() == len(followed)


def test_only_a_holder_followed_at_once_has_handed_over():
    first, second, third = (date(2025, month, 1) for month in (1, 4, 9))
    tenures = [(1, first, second - ONE_DAY), (2, second, date(2025, 6, 30)), (3, third, None)]
    rows = work.successions(tenures, EndCause.HANDED_OVER)
    assert [(who, days["end_cause"]) for who, days in rows] == [(1, EndCause.HANDED_OVER), (2, ""), (3, "")]


def test_what_has_ended_was_open_when_it_was_entered(centre):
    ended = WorkPeriod.objects.exclude(ends_on=None).first()
    began, over = ended.history.order_by("history_id")
    assert (began.history_type, began.ends_on, began.closing_reason, began.version) == ("+", None, "", 1)
    assert (over.history_type, over.ends_on, over.closing_reason) == (
        "~",
        ended.ends_on,
        ended.closing_reason,
    )
    assert clock.local_date(over.history_date) == ended.ends_on


def test_stored_deadlines_equal_those_computed(centre):
    ids = list(Family.objects.values_list("pk", flat=True))
    facts = load_case_facts(ids, on=TODAY)
    due = {(family, each) for family in ids for each in compute_deadlines(facts[family], TODAY)}
    stored = {
        (
            row.family_id,
            DeadlineSpec(row.kind, row.due_on, row.since, row.responsible_id, row.subject_id, row.done_on),
        )
        for row in Deadline.objects.all()
    }
    assert stored == due
    rows = list(Deadline.objects.order_by("pk").values())
    assert refresh_all(STORED_ROWS["deadlines"]) == 0
    assert list(Deadline.objects.order_by("pk").values()) == rows


def test_every_history_row_belongs_to_one_change_entry(centre):
    assert check_history_has_entries() > 5000
    assert refresh_all(STORED_ROWS["changes"]) == 0


def test_summaries_equal_the_facts(centre):
    assert refresh_all(STORED_ROWS["summaries"]) == 0
    before_work = CaseSummary.objects.filter(status=WorkStatus.NEW).values_list("family", flat=True)
    assert set(before_work) == set(Family.objects.filter(periods=None).values_list("pk", flat=True)) != set()


def test_search_keys_equal_those_of_actions(centre):
    for model in (Family, Person, Address):
        for row in model.objects.all():
            key = row.search_key
            row.clean()
            assert row.search_key == key != ""


def test_numbers_of_people(centre):
    people = list(Person.objects.exclude(pesel_key=""))
    assert len(people) > Person.objects.count() * 0.8
    assert len({each.pesel for each in people}) == len(people)
    for each in people:
        assert number.get_birth_date(each.pesel) == each.born_on
        assert number.get_gender(each.pesel) == {"female": "F", "male": "M"}[each.sex]
        assert pesel_key(each.pesel) == each.pesel_key


def test_limits_of_the_act_hold(centre):
    """At most fifteen families at a time, each day of work under a contract, numbers without gaps."""
    assistants = set(Assignment.objects.values_list("assistant", flat=True))
    for load in get_caseloads(assistants, since=TODAY.replace(year=TODAY.year - TINY.years)).values():
        assert max_overlap([place.days for place in load.slots], since=TODAY.replace(year=2000)) <= 15
    contract = Contract.objects.filter(user=OuterRef("assistant"), starts_on__lte=OuterRef("starts_on"))
    assert not Assignment.objects.exclude(Exists(contract)).exists()
    for counter in CaseCounter.objects.all():
        numbers = WorkPeriod.objects.filter(year=counter.year).order_by("serial")
        assert list(numbers.values_list("serial", flat=True)) == list(range(1, counter.last + 1))
    assert not WorkPeriod.objects.exclude(
        Exists(LegalBasis.objects.filter(period=OuterRef("pk"), starts_on=OuterRef("starts_on")))
    ).exists()


def test_visits_are_valid_for_the_action(centre):
    day = OuterRef("day")
    assigned = Assignment.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=day),
        period=OuterRef("period"),
        assistant=OuterRef("assistant"),
        starts_on__lte=day,
    )
    assert not Visit.objects.exclude(Exists(assigned)).exists()
    assert not Visit.objects.filter(entered_at__lt=F("started_at")).exists()
    assert not Visit.objects.filter(entered_at__gt=clock.now()).exists()
    for visit in Visit.objects.order_by("pk")[:50]:
        assert visit.started_at == clock.to_instant(visit.day, visit.starts_at)
    member = Membership.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=OuterRef("visit__day")),
        family=OuterRef("visit__period__family"),
        person=OuterRef("person"),
        starts_on__lte=OuterRef("visit__day"),
    )
    assert VisitAttendee.objects.exists()
    assert not VisitAttendee.objects.exclude(Exists(member)).exists()


def test_demo_users_can_log_in_and_see_their_families(centre):
    assert all(
        Client().login(username=name, password=PASSWORD) for name in ("anna", "tomasz", "maria", "jan")
    )
    assert Family.objects.visible_to(centre["maria"], on=TODAY).count() == Family.objects.count()
    assert 0 < Family.objects.visible_to(centre["anna"], on=TODAY).count() <= TINY.open_families
    assert 0 < Family.objects.visible_to(centre["tomasz"], on=TODAY).count() < Family.objects.count()
    assert not Family.objects.visible_to(centre["jan"], on=TODAY).exists()


def test_search_finds_generated_people(centre, client):
    client.force_login(centre["maria"])
    mother = Person.objects.exclude(pesel_key="").filter(memberships__kinship="mother").first()
    family, address = (
        Family.objects.get(memberships__person=mother),
        Address.objects.exclude(street="").first(),
    )
    assert family.name in result_names(search(client, mother.last_name))
    assert result_names(search(client, mother.pesel)) == [family.name]
    assert address.family.name in result_names(search(client, f"{address.street} {address.house}"))
    assert client.get(f"/rodziny/{family.pk}/historia/").status_code == 200


def test_everybody_marked_took_part_in_the_meeting(centre):
    """Held meetings have everybody on their list marked; the group of the grid has twenty meetings."""
    group = meeting_subjects.grid_group()
    assert group.scheduled_meetings.count() == MEETINGS
    for each in ProjectGroup.objects.filter(scheduled_meetings__isnull=False).distinct():
        roster, marked = load_roster(each), {}
        for row in Attendance.objects.filter(meeting__group=each):
            marked.setdefault(row.meeting_id, set()).add((row.participation_id, row.person_id))
        for meeting in each.scheduled_meetings.all():
            listed = {slot.key for slot in roster.slots(meeting)} if meeting.state == "held" else set()
            assert marked.get(meeting.pk, set()) == listed, meeting


def test_every_subject_of_the_benchmark_works(centre, walked):
    """Each subject runs once, for one user; ./dev bench measures the times."""
    clients = {name: Client() for name in (*core_subjects.PEOPLE, "tomasz", "jan")}
    for name, client in clients.items():
        client.force_login(centre[name])
    visits, own_settings = Visit.objects.count(), settings.MIDDLEWARE
    subjects = all_subjects()
    stock_page.forget_login()  # of a test before this one
    for each in {each.label: each for each in subjects}.values():
        for floor in (budget.floor for budget in each.budgets):
            floor.run(clients[floor.who])
        each.run(clients[each.who])
    stock_page.forget_login()
    assert (Visit.objects.count(), settings.MIDDLEWARE) == (visits, own_settings)
    assert len({(each.label, each.who) for each in subjects}) == len(subjects)
    walked("subjects of the benchmark", len(subjects), at_least=45)


def test_next_row_takes_a_free_id(centre):
    last = Family.objects.aggregate(Max("pk"))["pk__max"]
    assert open_family(name="Nowi", on=TODAY, by=centre["maria"]).pk > last
