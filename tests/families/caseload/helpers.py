"""Families with minimal data, for tests of the limit: a name, work by court order, an assistant."""

from datetime import date

from families.caseload.actions import BasisData, begin_work, start_work_and_assign
from families.choices import BasisKind
from families.people.actions import open_family
from lubsko_ops.core import clock
from tests.factories import WORK_STARTED_ON
from tests.recorded_rows import recorded

DECEMBER, WEEK = date(2026, 12, 1), date(2026, 12, 8)  # of the planned assignments in conftest.py


def court_basis(on=WORK_STARTED_ON) -> list[BasisData]:
    """A basis that needs no person."""
    return [BasisData(kind=BasisKind.COURT, starts_on=on, reference="III Nsm 123/26")]


@recorded
def create_empty_family(name, *, by, on=WORK_STARTED_ON):
    with clock.freeze_time(on):
        return open_family(name=name, on=on, by=by)


@recorded
def create_work_without_assistant(name, *, by, on=WORK_STARTED_ON, bases=None):
    """Work period of a new family without an assistant."""
    family = create_empty_family(name, by=by, on=on)
    with clock.freeze_time(on):
        return begin_work(family=family, starts_on=on, bases=bases or court_basis(on), by=by)


@recorded
def assign_families(assistant, count, *, by, on=WORK_STARTED_ON, bases=None):
    """Create ``count`` families led by the assistant from the day; returns the assignments."""
    rows = []
    for number in range(count):
        family = create_empty_family(f"Rodzina {assistant.username} {number}", by=by, on=on)
        with clock.freeze_time(on):
            rows.append(
                start_work_and_assign(
                    family=family, assistant=assistant, starts_on=on, bases=bases or court_basis(on), by=by
                )
            )
    return rows
