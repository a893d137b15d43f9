"""Every family that a page shows is in its row of the access log: every address as one user of each role.

A family counts as shown when its name, a case number, or the full name or PESEL of a member occurs in the response:
in a page, a form with errors, a paper or a workbook. A member of several families shows one of them.
"""

import io
import uuid
from datetime import date, timedelta

import openpyxl
import pytest
from django.http import QueryDict
from django.urls import reverse

from families.base_views import FamilyMixin
from families.case_files.family_list.tabs import TABS
from families.caseload.models import WorkPeriod
from families.choices import Kinship
from families.people.actions import add_member, correct_person
from families.people.duplicates.actions import merge_people
from families.people.models import DuplicateCandidate, Family, Membership, Person, PersonMerge
from lubsko_ops.audit.models import AccessLogEntry
from lubsko_ops.core import clock
from lubsko_ops.output import documents
from lubsko_ops.search.models import SearchQuery
from lubsko_ops.submissions import drafts
from lubsko_ops.submissions.keys import TITLE_FIELD, FormKey
from projects.groups.views import GroupMixin
from projects.models import ParticipantConsent, ProjectGroup
from projects.views import ProjectMixin
from reports.catalogue.quarterly import FIGURES
from reports.project.figures import ProjectFigures
from sessions.models import Meeting
from tests.factories import TODAY, person_data
from tests.families.people.helpers import KACPER, latest_membership, open_case_data, person_row
from tests.family_pages import FIXED_ARGUMENTS, url_for
from tests.form_client import form_data, response_text, rolled_back
from tests.projects.participants.helpers import enrol_one, make_running_with_group, sign_for_child
from tests.sessions.attendance.helpers import enrol, make_past, mark
from tests.sessions.running.helpers import make_moved_meeting
from tests.url_inventory import Route, all_routes

# Users, each with a floor of the responses that show a family.
FLOORS = {"anna": 85, "tomasz": 72, "maria": 175, "jan": 0}  # one of each role
SHOWING_STATUSES = (200, 409, 422)
COLUMNS = ("", "od-stycznia")
# Modules that note families, with a user and an address whose families nothing else notes.
NOTING = [
    ("families.base_views", "maria", "families:overview"),
    ("families.case_files.family_list.presenters", "maria", "families:list"),
    ("families.dashboard.queue", "maria", "start"),
    ("families.people.duplicates.matching", "maria", "families:duplicate-list"),
    ("families.people.queries", "maria", "families:people"),
    ("families.visits.case_log_views", "anna", "families:my-visits"),
    ("families.visits.queries", "anna", "families:visit-choose"),
    ("lubsko_ops.submissions.drafts", "anna", "start"),
    ("reports.drilldown", "maria", "reports:figure"),
]
# Pages with invented families, and addresses that end the session or need a key of their own.
NOT_WALKED = {"gallery", "gallery-print-sample", "account_logout", "draft-discard", "first-administrator"}


@pytest.fixture
def centre(cast_with_rows, kowalscy, nowakowie, unassigned_family, anna, maria, tomasz, monkeypatch):
    """The cast, and what shows one family on a page of another: a shared person, a double, a draft, a search."""
    monkeypatch.setattr(documents, "write_pdf", lambda html, static: html.encode())
    kacper = latest_membership(kowalscy, "Kacper").person
    double = person_data("Kacper", "Kowalska", "male", kacper.born_on)
    for family, data in (
        (nowakowie, double),
        (kowalscy, person_data("Helena", "Zima")),
        (nowakowie, latest_membership(kowalscy, "Danuta").person),
    ):
        add_member(family=family, person=data, kinship=Kinship.RELATIVE, starts_on=TODAY, by=maria)
    irenas = [
        add_member(family=family, person=data, kinship=Kinship.RELATIVE, starts_on=TODAY, by=maria).person
        for family, data in (
            (kowalscy, person_data("Irena", "Zima", born_on=date(1960, 1, 1))),
            (nowakowie, person_data("IRENA", "Zima", born_on=date(1960, 1, 1))),
        )
    ]
    merge_people(keep=irenas[0], drop=irenas[1], by=maria)
    correct_person(person=kacper, version=None, pesel=KACPER, by=maria)
    edition, group = make_running_with_group(tomasz, maria)
    row = enrol_one(edition, group, kowalscy, person=kacper, by=tomasz)
    sign_for_child(row, kacper, latest_membership(kowalscy, "Danuta").person, by=tomasz)
    mother = enrol(group, tomasz, person=latest_membership(kowalscy, "Danuta").person, family=kowalscy)
    make_moved_meeting(group, tomasz)
    for day in (TODAY - timedelta(days=2), TODAY - timedelta(days=1)):
        mark(make_past(group, tomasz, day), {mother: "unexcused"}, by=tomasz)
    for user in cast_with_rows.values():
        SearchQuery.objects.create(user=user, text="Lubsko", created_at=clock.now())
    # Begun while the family was still hers: the title names a family that anna may not open.
    post = QueryDict(mutable=True)
    post[TITLE_FIELD] = f"{nowakowie.name}: Dodaj telefon"
    address = reverse("families:phone-add", args=[nowakowie.pk])
    drafts.save_draft(FormKey(anna.pk, uuid.uuid4()), address=address, post=post)
    return cast_with_rows


def names_of_families() -> dict[str, set[int]]:
    """What identifies a family in a response, with the ids of the families it may stand for."""
    names: dict[str, set[int]] = {}
    for family in Family.objects.all():
        names.setdefault(family.name, set()).add(family.pk)
    for period in WorkPeriod.objects.all():
        names.setdefault(f"{period.year}/{period.serial:03d}", set()).add(period.family_id)
    for member in Membership.objects.select_related("person"):
        for text in (str(member.person), member.person.pesel):
            if text:
                names.setdefault(text, set()).add(member.family_id)
    return names


def addresses_of(route: Route, user) -> list[str]:
    """The addresses of the route to be walked as the user."""
    if route.view_class and issubclass(route.view_class, FamilyMixin):
        return [
            url_for(route, family) for family in Family.objects.filter(periods__isnull=False).order_by("pk")
        ]
    if route.name == "families:duplicate-resolve":
        return [
            reverse(route.name, args=pair)
            for pair in DuplicateCandidate.objects.values_list("person_a", "person_b")
        ]
    if route.name == "families:merge-undo":
        return [reverse(route.name, args=[pk]) for pk in PersonMerge.objects.values_list("pk", flat=True)]
    if route.name == "search-results":
        return [reverse(route.name, args=[query.pk]) for query in SearchQuery.objects.filter(user=user)]
    if route.name in ("families:list", "families:list-download"):
        return [f"{reverse(route.name)}?widok={tab.code}" for tab in TABS]
    if route.name == "reports:figure":
        year, quarter = FIXED_ARGUMENTS["year"], FIXED_ARGUMENTS["quarter"]
        figures = [reverse(route.name, args=[year, quarter, key]) for key in FIGURES]
        return [f"{url}?kolumna={column}" for url in figures for column in COLUMNS]
    if route.name in ("project-reports:line", "project-reports:line-download"):
        return [reverse(route.name, args=[ProjectGroup.objects.get().edition.line_id])]
    if route.view_class and issubclass(route.view_class, ProjectMixin):
        if "figure" in route.arguments:
            edition = ProjectGroup.objects.get().edition
            figures, period = ProjectFigures(edition), ["2026"] if "okres" in route.arguments else []
            keys = [*figures.by_key, *figures.checks.by_key]
            return [reverse(route.name, args=[edition.pk, *period, key]) for key in keys]
        return [_project_address(route, user)]
    return [reverse(route.name, args=[FIXED_ARGUMENTS.get(name, 1) for name in route.arguments])]


def _project_address(route: Route, user) -> str:
    """The address about the project of the centre, its group, participant and consent."""
    group = ProjectGroup.objects.get()
    if "sessions.running" in route.view_class.__module__ and route.path.startswith("spotkania/"):
        return _meeting_address(route, group.scheduled_meetings.get(files__isnull=False))
    about_group = issubclass(route.view_class, GroupMixin)
    row, query = group.participations.earliest("pk"), SearchQuery.objects.filter(user=user).first()
    ids = {"pk": group.pk if about_group else group.edition_id, "participation": row.pk, "query": query.pk}
    ids |= {"consent": ParticipantConsent.objects.get().pk, "okres": "2026"}
    if route.path.startswith("spotkania/"):
        ids["pk"] = group.scheduled_meetings.latest("pk").pk
    elif route.path.startswith(("nieobecnosci/", "udzialy/")):
        ids["pk"] = group.participations.latest("pk").pk
    if "participants" in route.view_class.__module__:
        ids["row"] = row.pk
    return reverse(route.name, args=[ids.get(name, 1) for name in route.arguments])


def _meeting_address(route: Route, meeting: Meeting) -> str:
    """The address about the meeting of the group, its own leader and its file."""
    rows = meeting.files if "file" in route.name else meeting.leaders
    ids = {"pk": meeting.pk, "row": rows.get().pk}
    return reverse(route.name, args=[ids.get(name, 1) for name in route.arguments])


def text_of(response) -> str:
    """What the response says, without the example that stands beside the name of a family in forms."""
    if "spreadsheet" in response["Content-Type"]:
        workbook = openpyxl.load_workbook(io.BytesIO(response.content))
        cells = (cell for sheet in workbook for row in sheet.iter_rows(values_only=True) for cell in row)
        return " ".join(str(cell) for cell in cells if cell)
    return response_text(response).replace("np. Kowalscy", "")


def find_missing(response, names: dict[str, set[int]], logged_before: int) -> tuple[set[str], list[str]]:
    """The names that occur in the response, and those of them whose families its row does not hold."""
    if response.status_code not in SHOWING_STATUSES:
        return set(), []
    text = text_of(response)
    shown = {name for name in names if name in text}
    entry = AccessLogEntry.objects.filter(pk__gt=logged_before).first()
    noted = set(entry.families) if entry else set()
    persons = Person.objects.filter(pk__in=entry.persons) if entry and entry.persons else ()
    noted_names = {str(person) for person in persons}
    return shown, sorted(name for name in shown if not names[name] & noted and name not in noted_names)


def posted_data(client, route: Route) -> dict:
    """Nothing, which gives forms with errors; the form of a new family is filled in for a child entered already."""
    if route.name != "families:new" or client.get(reverse(route.name)).status_code != 200:
        return {}
    child = person_row("Kacper", "Kowalska", "child", sex="male", born_on="30.08.2017")
    return form_data(client, reverse(route.name), **open_case_data(child, name="Kowalscy"))


def methods_of(route: Route) -> list[str]:
    """A view that takes no POST answers 405 before it knows of any family."""
    return ["get"] if route.view_class and not hasattr(route.view_class, "post") else ["get", "post"]


def walk(client, user, route: Route, names: dict[str, set[int]]) -> tuple[int, list[str]]:
    """The number of responses that showed a family, and the families shown without being noted."""
    showing, missing = 0, []
    for method in methods_of(route):
        for url in addresses_of(route, user):
            data = posted_data(client, route) if method == "post" else {}
            last = AccessLogEntry.objects.order_by("pk").values_list("pk", flat=True).last() or 0
            shown, not_noted = find_missing(getattr(client, method)(url, data), names, last)
            showing += bool(shown)
            missing += [f"{user.username} {method} {route.name} shows {name}" for name in not_noted]
    return showing, missing


@pytest.mark.parametrize("username", FLOORS)
def test_every_family_shown_is_in_the_access_log(client, centre, walked, username):
    names, user = names_of_families(), centre[username]
    showing, missing = 0, []
    for route in all_routes():
        if route.name in NOT_WALKED:
            continue
        with rolled_back():
            client.force_login(user)
            number, faults = walk(client, user, route, names)
            showing += number
            missing += faults
    assert missing == []
    walked(f"responses to {username} that show a family", showing, at_least=FLOORS[username])


def test_the_sweep_fails_where_a_family_is_not_noted(client, centre):
    """Without the note of any of these modules its page is a fault."""
    names, routes = names_of_families(), {route.name: route for route in all_routes()}
    for module, username, name in NOTING:
        with pytest.MonkeyPatch.context() as patch, rolled_back():
            client.force_login(centre[username])
            patch.setattr(f"{module}.note_shown", lambda families: None)
            _, missing = walk(client, centre[username], routes[name], names)
            assert missing, f"{module}: the sweep has not seen that {name} notes nothing"
