"""A valid submission of every form of running meetings."""

from sessions.models import MeetingLeader
from sessions.running import actions, record_actions
from tests.families.register_import.form_submissions import ResendableFile
from tests.sessions.running.helpers import add, make_led, url


def _staff(request):
    return [request.getfixturevalue(name) for name in ("tomasz", "maria")]


def _form(url_name: str, /, **fields):
    """A form about a coming meeting of Tomasz."""

    def fill(request):
        tomasz, maria = _staff(request)
        return url(url_name, add(make_led(tomasz, maria), tomasz).pk), fields

    return f"meetings:{url_name}", "tomasz", fill


def _add(request):
    fields = {"starts_on": "19.10.2026", "starts_at": "9:00", "ends_at": "11:00", "topic": "Emocje"}
    return url("meeting-add", make_led(*_staff(request)).pk), fields


def _restore(request):
    tomasz, maria = _staff(request)
    meeting = add(make_led(tomasz, maria), tomasz)
    actions.cancel_meeting(meeting=meeting, reason="Awaria", version=None, by=tomasz)
    return url("restore", meeting.pk), {"reason": "Naprawione"}


def _leader_remove(request):
    tomasz, maria = _staff(request)
    meeting = add(make_led(tomasz, maria), tomasz)
    data = MeetingLeader(name="Olga Marzec")
    row = record_actions.add_meeting_leader(meeting=meeting, data=data, by=tomasz)
    return url("meeting-leader-remove", meeting.pk, row.pk), {"why": "pomyłka"}


def _file_remove(request):
    tomasz, maria = _staff(request)
    meeting = add(make_led(tomasz, maria), tomasz)
    row = record_actions.add_file(meeting=meeting, title="Konspekt", content=b"%PDF-1.7", by=tomasz)
    return url("meeting-file-remove", meeting.pk, row.pk), {"why": "nie ten plik"}


JOURNAL = {
    "topic": "Emocje",
    "course": "Ćwiczenia w parach.",
    "parts-TOTAL_FORMS": "1",
    "parts-0-audience": "parents",
    "parts-0-topic": "Rozmowa",
}
RUNNING_SUBMISSIONS = [
    ("meetings:meeting-add", "tomasz", _add),
    _form("meeting-log", **JOURNAL),
    _form("move", starts_on="26.10.2026", reason="Sala zajęta"),
    _form("cancel", reason="Prowadząca na szkoleniu"),
    ("meetings:restore", "tomasz", _restore),
    _form("meeting-leader-add", name="Olga Marzec"),
    ("meetings:meeting-leader-remove", "tomasz", _leader_remove),
    _form("meeting-file-add", title="Konspekt", content=[ResendableFile("plan.pdf", b"%PDF-1.7")]),
    ("meetings:meeting-file-remove", "tomasz", _file_remove),
]
