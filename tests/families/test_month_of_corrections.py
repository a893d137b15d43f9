"""A random month of retroactive corrections through the pages: nothing loses the ground it rests on.

Each step opens a form as a user does, types a random day and sends it; what is asked is confirmed, what is refused
stays undone. Afterwards every visit has an assignment of its author on its day, everyone present, promising, signing
or consenting was a member of the family on that day and alive, no night finds a stored row that is wrong, and every
number of the reports is the sum of its rows.
"""

from collections import Counter
from datetime import date, datetime, time, timedelta
from random import Random

import pytest
from django.urls import reverse

from families.caseload.models import Assignment, LegalBasis
from families.people.models import Membership
from families.plans.models import PlanSignature
from families.visits.models import Agreement, Visit, VisitAttendee
from lubsko_ops.core import clock
from lubsko_ops.core.dates import Quarter
from lubsko_ops.jobs.nightly import run_job
from lubsko_ops.jobs.refresh import JOB_NAME
from reports.issuing import counted_in
from reports.quarter import ReportQuarter
from reports.statement import build_statement
from tests.factories import TODAY
from tests.families.visits.helpers import ENTERED
from tests.form_client import form_data, parse_form
from tests.plan_factories import create_plan_in_force

DAYS, STEPS_OF_A_DAY = 30, 2
SEEDS = (1,)
OF_PLAN = date(2026, 9, 1)


class RandomMonth:
    """Sends forms about the two families, a bit later each time. ``answers``: how often each form got which status."""

    def __init__(self, seed, client, families, manager, assistants):
        self.random, self.client, self.families = Random(seed), client, families
        self.manager, self.assistants = manager, assistants
        self.answers = Counter()

    def step(self) -> None:
        family = self.random.choice(self.families)
        often = [self.visit, self.change_assignment, self.change_membership]
        seldom = [self.change_visit, self.hand_over, self.stand_in, self.death, self.change_basis]
        action = self.random.choice([*often, *often, *seldom])
        action(family)

    def day(self) -> str:
        """A day of the last seven weeks."""
        return f"{clock.today() - timedelta(days=self.random.randint(0, 49)):%d.%m.%Y}"

    def row(self, queryset):
        """A row of the queryset, or None."""
        rows = list(queryset.order_by("pk"))
        return self.random.choice(rows) if rows else None

    def send(self, user, family, name, row=None, **fields) -> None:
        """Open and send the form; confirm what it asks. ``row``: of its URL; None where there is nothing to do."""
        self.client.force_login(user)
        url = reverse(f"families:{name}", args=[family.pk, *([row.pk] if row else [])])
        if self.client.get(url).status_code != 200:
            self.answers[name, "closed"] += 1
            return
        response = self.client.post(url, form_data(self.client, url, **fields))
        if response.status_code in (409, 422):
            response = self.client.post(url, parse_form(response.content.decode()))
        assert response.status_code in (302, 403, 404, 409, 422), (name, response.status_code)
        self.answers[name, response.status_code] += 1

    # ---- forms -------------------------------------------------------------------------------------------
    def visit(self, family) -> None:
        user, member = self.random.choice(self.assistants), self.row(Membership.objects.filter(family=family))
        begins = time(self.random.randint(7, 19), self.random.choice((0, 15, 30)))
        fields = {"day": self.day(), "starts_at": f"{begins:%H:%M}", "ends_at": f"{begins:%H}:50"}
        self.send(user, family, "visit-new", **ENTERED | fields, present=[str(member.person_id)])

    def change_visit(self, family) -> None:
        if visit := self.row(Visit.objects.filter(period__family=family)):
            self.send(visit.assistant, family, "visit-edit", visit, day=self.day())

    def hand_over(self, family) -> None:
        user = self.random.choice(self.assistants)
        self.send(self.manager, family, "assign", assistant=user.pk, starts_on=self.day())

    def stand_in(self, family) -> None:
        days = {"starts_on": self.day(), "ends_on": f"{clock.today():%d.%m.%Y}"}
        user = self.random.choice(self.assistants)
        self.send(self.manager, family, "stand-in", assistant=user.pk, **days)

    def change_assignment(self, family) -> None:
        row = self.row(Assignment.objects.filter(period__family=family))
        fields = {
            "assignment-end": {"ends_on": self.day()},
            "assignment-correct": {"starts_on": self.day(), "why": "zły dzień"},
            "assignment-cancel": {"why": "pomyłka"},
        }
        name = self.random.choice(list(fields))
        self.send(self.manager, family, name, row, **fields[name])

    def change_membership(self, family) -> None:
        row = self.row(Membership.objects.filter(family=family))
        fields = {
            "membership-end": {"on": self.day()},
            "membership-dates": {"starts_on": self.day()},
            "membership-entered-in-error": {"why": "wpisano dwa razy"},
        }
        name = self.random.choice(list(fields))
        self.send(self.manager, family, name, row, **fields[name])

    def death(self, family) -> None:
        row = self.row(Membership.objects.filter(family=family))
        self.send(self.manager, family, "person-edit", row.person, died_on=self.day())

    def change_basis(self, family) -> None:
        if row := self.row(LegalBasis.objects.filter(period__family=family)):
            fields = {
                "basis-end": {"ends_on": self.day(), "why": "wycofana zgoda"},
                "basis-correct": {"starts_on": self.day(), "why": "data z pisma"},
            }
            name = self.random.choice(list(fields))
            self.send(self.manager, family, name, row, **fields[name])


@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_loses_its_ground(client, kowalscy, nowakowie, anna, ewa, tomasz, zofia, maria, seed):
    with clock.freeze_time(OF_PLAN):
        create_plan_in_force(kowalscy, by=anna, tomasz=tomasz, maria=maria)
    month = RandomMonth(seed, client, [kowalscy, nowakowie], maria, [anna, ewa])
    for number in range(DAYS):
        day = TODAY + timedelta(days=number)
        with clock.freeze_time(datetime.combine(day, time(5), clock.WARSAW)):
            wrong = run_job(JOB_NAME)
        assert not any(wrong.values()), (day, wrong)
        with clock.freeze_time(day):
            for _ in range(STEPS_OF_A_DAY):
                month.step()
    with clock.freeze_time(TODAY + timedelta(days=DAYS)):
        check_grounds()
        assert not any(run_job(JOB_NAME).values())
        for assistant in (None, anna, ewa):
            check_numbers(
                build_statement(ReportQuarter(Quarter.of(TODAY), clock.today()), assistant=assistant)
            )
    accepted = sum(number for (_, status), number in month.answers.items() if status == 302)
    refused = sum(number for (_, status), number in month.answers.items() if status in (409, 422))
    assert accepted >= 10 and refused >= 5, month.answers


def check_grounds() -> None:
    """Every visit, presence, promise, signature and consent rests on an assignment or membership of its day."""
    for visit in Visit.objects.select_related("period"):
        own = Assignment.objects.active_on(visit.day).filter(period=visit.period, assistant=visit.assistant)
        assert own.exists(), f"{visit} of {visit.assistant} without an assignment"
        assert visit.day >= visit.period.starts_on
    people = [
        (row.visit.period.family_id, row.person, row.visit.day, row)
        for model in (VisitAttendee, Agreement)
        for row in model.objects.exclude(person=None).select_related("person", "visit__period")
    ]
    people += [
        (row.plan.period.family_id, row.person, row.day, row)
        for row in PlanSignature.objects.select_related("person", "plan__period")
    ]
    people += [
        (row.period.family_id, row.person, row.starts_on, row)
        for row in LegalBasis.objects.exclude(person=None).select_related("person", "period")
    ]
    assert people
    for family, person, day, row in people:
        member = Membership.objects.active_on(day).filter(family=family, person=person)
        assert member.exists(), f"{row!r}: {person} is no member on {day}"
        assert person.died_on is None or person.died_on >= day, f"{row!r}: {person} died on {person.died_on}"


def check_numbers(statement) -> None:
    """Every number of the period is the sum of what its rows add."""
    own = {each.figure.key: each.value for each in statement.numbers() if each.is_own}
    for key, counted in counted_in(statement).items():
        assert sum(counted.values()) == own[key], key
