"""Visits and concerns of the dashboard tests, and the text of the dashboard."""

from datetime import UTC, datetime, time, timedelta

from families.choices import NotifiedParty
from families.visits.models import SafeguardingConcern
from lubsko_ops.core import clock
from tests.factories import TODAY
from tests.families.visits.helpers import make_visit
from tests.page import page_text
from tests.recorded_rows import recorded

WEEK_AGO = TODAY - timedelta(days=7)


def dashboard_text(client, user) -> str:
    client.force_login(user)
    return page_text(client.get("/"))


@recorded
def arrange_visit(family, by, at=time(13, 30), day=TODAY, on=WEEK_AGO):
    """A visit of a week ago with the next one arranged."""
    with clock.freeze_time(on):
        return make_visit(family, by, on, starts_at="09:00", ends_at="10:00", next_day=day, next_at=at)


WINDOW = "Kacper, 9 lat: okno bez zabezpieczenia na trzecim piętrze."


@recorded
def make_concern(family, by, day=TODAY, at="09:00", **said):
    """A safeguarding concern reported at a visit."""
    danger = SafeguardingConcern(
        description=WINDOW,
        action_taken="Zamknięto okno, poproszono o blokadę.",
        notified=NotifiedParty.BUILDING,
        notified_at=datetime.combine(day, time(7, 40), UTC),
        **said,
    )
    ends = f"{int(at[:2]):02}:30"
    return make_visit(family, by, day, starts_at=at, ends_at=ends, concern=danger).concern
