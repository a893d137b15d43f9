"""A project of Tomasz at every stage, made by the actions; maria approves."""

from datetime import date
from decimal import Decimal

from lubsko_ops.core import clock
from projects import actions
from projects.document import ProjectData, load_document
from projects.models import (
    BudgetLine,
    Criterion,
    Edition,
    IndicatorReading,
    Partner,
    PlannedAction,
    Risk,
    SpecificGoal,
    StaffMember,
)
from projects.results.actions import record_results
from tests.recorded_rows import recorded

STARTS, ENDS = date(2026, 11, 2), date(2026, 12, 31)
TITLE = "To w rodzinie wszystko się zaczyna"
BEGUN_ON, RUNNING_ON, ENDED_ON = date(2026, 10, 13), date(2026, 11, 2), date(2027, 1, 4)


def project_period(title=TITLE, starts_on=STARTS, ends_on=ENDS) -> Edition:
    return Edition(title=title, kind="group", starts_on=starts_on, ends_on=ends_on)


@recorded
def make_draft(by, **period) -> Edition:
    """A draft with nothing but its title, kind and period."""
    return actions.create_edition(data=project_period(**period), by=by)


def complete_content(edition: Edition, *, user=None) -> ProjectData:
    """What Tomasz writes: two goals, two actions, a person, a partner, three budget lines, a risk."""
    texts = {
        "place": "sala warsztatowa",
        "realisers": "MGOPS w Lubsku",
        "problem": "Osłabione więzi.",
        "justification": "Rodziny potrzebują wsparcia.",
        "target_group": "Rodziny z asystentem.",
        "places": 14,
        "main_goal": "Kształtowanie aktywnej postawy.",
        "schedule": "Każda środa listopada.",
        "recruits_from": date(2026, 10, 15),
        "recruits_to": date(2026, 10, 30),
    }
    for name, value in texts.items():
        setattr(edition, name, value)
    goal = {"unit": "osób", "base": Decimal(0), "target": Decimal(10), "source": "ankieta"}
    return ProjectData(
        edition,
        {
            "goals": [
                SpecificGoal(goal="Lepsza komunikacja", indicator="stosują metody", **goal),
                SpecificGoal(goal="Budżet domowy", indicator="prowadzą zeszyty", **goal),
            ],
            "actions": [
                PlannedAction(name="Warsztat komunikacji", kind="workshop", hours=Decimal(12), goals=[1]),
                PlannedAction(name="Warsztat budżetu", kind="workshop", hours=Decimal(6), goals=[2]),
            ],
            "staff": [StaffMember(user=user, role="prowadzący", hours=Decimal(18))],
            "partners": [
                Partner(name="Przychodnia", contribution="pielęgniarka", agreed_on=date(2026, 10, 1))
            ],
            "budget": [
                BudgetLine(
                    name="Materiały", unit="spotkań", amount=Decimal(9), price=Decimal(140), source="own"
                ),
                BudgetLine(
                    name="Doradca", unit="godz.", amount=Decimal(2), price=Decimal(150), source="grant"
                ),
                BudgetLine(name="Opieka", unit="godz.", amount=Decimal(18), price=Decimal(50), source="own"),
            ],
            "risks": [Risk(description="Choroba trenera", likelihood="low", response="zastępstwo")],
        },
    )


def make_criteria() -> list[Criterion]:
    """Not among those of ``complete_content``: the criteria of Lubsko, not saved."""
    return [
        Criterion(text="kobieta", check_by="female"),
        Criterion(text="wiek aktywności zawodowej", check_by="age", age_from=18, age_to=64),
        Criterion(text="osłabione więzi w rodzinie"),
    ]


@recorded
def make_complete(by, **period) -> Edition:
    """A draft that may be sent."""
    edition = make_draft(by, **period)
    content = complete_content(edition, user=by)
    return actions.update_edition(edition=edition, data=content, version=None, by=by)


@recorded
def make_sent(by, **period) -> Edition:
    return actions.send_edition(edition=make_complete(by, **period), version=None, by=by)


@recorded
def make_approved(by, manager, **period) -> Edition:
    return actions.approve_edition(edition=make_sent(by, **period), version=None, by=manager)


@recorded
def make_running(by, manager) -> Edition:
    """Runs since the day of the test: it is planned from the first of October."""
    edition = make_approved(by, manager, starts_on=date(2026, 10, 1), ends_on=None)
    return actions.begin_edition(edition=edition, version=None, by=by)


@recorded
def make_ended(by, manager) -> Edition:
    return actions.end_edition(edition=make_running(by, manager), last_day=clock.today(), version=None, by=by)


def read_goal(goal: SpecificGoal, value: Decimal) -> IndicatorReading:
    """A reading of today, not saved."""
    return IndicatorReading(goal=goal, day=clock.today(), value=value, source="listy obecności")


@recorded
def enter_results(edition: Edition, by) -> Edition:
    """Both goals reached, two thirds of the money spent."""
    document = load_document(edition)
    return record_results(
        edition=edition,
        readings=[read_goal(goal, Decimal(10)) for goal in document["goals"]],
        spent={line.pk: Decimal(100) for line in document["budget"]},
        version=None,
        by=by,
    )
