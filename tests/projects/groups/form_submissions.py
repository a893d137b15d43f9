"""A valid submission of every form of groups."""

from datetime import date

from projects.groups.actions import add_leader
from projects.models import GroupLeader
from tests.projects.groups.helpers import make_group, make_workshop, page
from tests.projects.helpers import make_running


def _staff(request):
    return [request.getfixturevalue(name) for name in ("tomasz", "maria")]


def _new(request):
    edition = make_running(*_staff(request))
    fields = {"name": "Grupa wsparcia", "kind": "group", "leader_name": "Olga Marzec", "capacity": "10"}
    return page("projects:group-new", edition.pk), fields


def _form(url_name: str, **fields):
    def fill(request):
        return page(url_name, make_workshop(*_staff(request)).pk), fields

    return url_name, "tomasz", fill


def _leader_form(url_name: str, **fields):
    def fill(request):
        tomasz, maria = _staff(request)
        group = make_workshop(tomasz, maria)
        leader = add_leader(
            group=group, data=GroupLeader(user=tomasz, starts_on=date(2026, 10, 1)), by=tomasz
        )
        return page(url_name, group.pk, leader.pk), fields

    return url_name, "tomasz", fill


def _days(request):
    tomasz, maria = _staff(request)
    group = make_group(make_running(tomasz, maria), tomasz, name="Zbiórka", kind="event")
    days = {"days-0-starts_on": "10.10.2026", "days-0-programme": "Sklepy", "days-0-kilograms": "312,5"}
    return page("groups:days", group.pk), days


GROUP_SUBMISSIONS = [
    ("projects:group-new", "tomasz", _new),
    _form("groups:edit", capacity="10"),
    _form("groups:describe", description="Spotkania przy herbacie."),
    _form("groups:copy", name="Warsztaty, jesień", starts_on="02.11.2026"),
    _form("groups:remove", why="wpisano dwa razy"),
    _form("groups:leader-add", name="Olga Marzec", starts_on="05.10.2026"),
    _leader_form("groups:leader-edit", ends_on="30.10.2026"),
    _leader_form("groups:leader-remove", why="pomyłka"),
    ("groups:days", "tomasz", _days),
]
