"""The form of a schedule as Tomasz fills it in."""

from datetime import date, time

from django.urls import reverse

from lubsko_ops.submissions.keys import REFRESH
from sessions.choices import MeetingState
from sessions.models import GroupSchedule, Meeting
from sessions.planning.actions import save_schedule
from sessions.planning.plan import PlanInput
from sessions.schedule.hours import TimeSlot
from tests.form_client import form_data, response_text

NINE = TimeSlot(time(9), 120)


def schedule_url(group) -> str:
    return reverse("meetings:schedule", args=[group.pk])


def fields(*sentences: str, hours=("9:00", "11:00"), **values) -> dict:
    """The fields as a browser sends them for these sentences."""
    rows = {f"sentences-{number}-text": text for number, text in enumerate(sentences)}
    deleted = {f"sentences-{number}-DELETE": "" for number in range(len(sentences))}
    times = {"starts_at": hours[0], "ends_at": hours[1]} if hours else {}
    return {"sentences-TOTAL_FORMS": len(sentences), **rows, **deleted, **times, **values}


def preview(client, group, *sentences: str, pressed="1", **values) -> str:
    """The page after the button of the preview."""
    data = form_data(client, schedule_url(group), **fields(*sentences, **values))
    response = client.post(schedule_url(group), data | {REFRESH: [pressed]})
    assert response.status_code == 200
    return response_text(response)


def send(client, group, *sentences: str, confirm=False, **values):
    """Send the form; where ``confirm``, once more after what was asked."""
    url = schedule_url(group)
    data = form_data(client, url, **fields(*sentences, **values))
    response = client.post(url, data)
    if confirm:
        assert response.status_code == 422
        asked = parse_confirmed(response)
        response = client.post(url, data | {"_anyway": [asked]})
    return response


def parse_confirmed(response) -> str:
    assert "confirmed" in response.context, response_text(response)
    return " ".join(response.context["confirmed"])


def plan_for(group, *sentences: str, by, hours=NINE, answers=None, until=None):
    """The schedule saved without the form."""
    entered = PlanInput(tuple(sentences), hours, until, answers or {})
    version = GroupSchedule.objects.filter(group=group).values_list("version", flat=True).first()
    return save_schedule(group=group, entered=entered, version=version, by=by)


def days_of(group, *states: str) -> list[str]:
    """ "2026-11-04 09:00" of the meetings in these states, those planned unless said."""
    rows = Meeting.objects.filter(group=group, state__in=states or (MeetingState.PLANNED,))
    return [
        f"{row.starts_on} {row.starts_at:%H:%M}" if row.starts_at else str(row.starts_on)
        for row in rows.order_by("starts_on", "starts_at")
    ]


def at(hour: str, *days: date) -> list[str]:
    return [f"{day} {hour}" for day in days]
