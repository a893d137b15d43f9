"""Every page a person can open, at 360 and 1280, light and dark: nothing sticks out, nothing is small, axe is content.

Which pages there are comes from the routes; whether somebody reaches one is what the server answers. One loading
serves all looks: the theme is an attribute of the page, the width a property of the window.
"""

from contextlib import suppress
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from playwright.sync_api import expect

from families.choices import DeadlineKind, Kinship, Sex
from families.deadlines.models import Deadline
from families.people.actions import add_member, add_phone
from families.plans.actions import accept_plan, consult_plan, record_progress, return_plan, send_plan
from projects.choices import ParticipationStepKind
from tests.browser.conftest import come_in
from tests.browser.looks import wrong_with
from tests.factories import TODAY, person_data
from tests.families.plans.helpers import half_signed, plan_url, plan_version_url, reload_plan, signed_by
from tests.families.visits.helpers import make_concern, make_contact
from tests.family_pages import row_of
from tests.page import Page
from tests.plan_factories import create_draft_plan, create_sent_plan, plan_data
from tests.projects.participants.helpers import enrol_one, make_running_with_group, member, step
from tests.projects.results.helpers import compute, read
from tests.sessions.factories import make_attendance, make_held, make_meeting
from tests.staff_submissions import STAFF_SUBMISSIONS
from tests.url_inventory import all_routes

# Looking does not move: a button that changes its colour slowly would be caught half-way by axe.
pytestmark = pytest.mark.browser_context_args(reduced_motion="reduce")
ELSEWHERE = {
    "draft-discard",
    "first-administrator",
    "search-results",
    "families:duplicate-resolve",
    "families:merge-undo",
    "account-link",
}  # pages of a moment
STAFF_AND_SETTINGS = ("pracownicy/", "ustawienia/")  # their rows are no rows of a family
EVERYBODY_S = "account"  # the same for everybody: seen once
# Forms about people and their assistant look the same to everybody who may open them, and maria may open all.
DIFFERING = {"case_files", "dashboard", "visits", "plans", "centre"}


def app_of(route) -> str:
    _, _, module = getattr(route.view_class, "__module__", "").partition("families.")
    return module.partition(".")[0] or (EVERYBODY_S if route.path.startswith("konto/") else "centre")


def of_projects(route) -> bool:
    """Their rows are no rows of a family either: ``test_projects_look_right`` opens them, and those of meetings."""
    return getattr(route.view_class, "__module__", "").startswith(
        ("projects.", "sessions.", "reports.project.")
    )


def pages_in(apps, *, client, family):
    """Addresses in these apps that answer this person with a page, and the page."""
    for route in all_routes():
        if route.arguments and (route.path.startswith(STAFF_AND_SETTINGS) or of_projects(route)):
            continue
        if app_of(route) in apps and route.name not in ELSEWHERE:
            address = reverse(route.name, args=[row_of(family, name) for name in route.arguments])
            answer = client.get(address)
            if answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html"):
                yield address, answer.content.decode()


def kinds_of(html: str) -> set[tuple[str, str]]:
    """What a page is made of: its elements by name and class."""
    return {(part.element.tag, part["class"]) for part in Page(html).all()}


@pytest.fixture
def with_all(settings, no_pdf, maria, anna, tomasz, kowalscy, nowakowie, unassigned_family):
    """The Kowalscy with something on every page."""
    settings.SECOND_FACTOR = "optional"  # so that its pages are linked
    add_phone(family=kowalscy, number="600 100 200", starts_on=TODAY, by=maria)
    make_concern(kowalscy, anna)
    make_contact(kowalscy, anna)
    half_signed(kowalscy, by=anna, tomasz=tomasz, maria=maria)
    return kowalscy


@pytest.mark.parametrize(
    ("apps", "at_least"),
    [
        ({"people"}, 10),
        ({"caseload"}, 7),
        ({"visits", "plans"}, 10),
        ({"case_files", "dashboard", "intake", "centre", EVERYBODY_S}, 8),
    ],
    ids=["people", "caseload", "work", "rest"],
)
def test_it_looks_right(visit, maria, with_all, apps, at_least, walked):
    client = come_in(visit, maria)
    pages = list(pages_in(apps, client=client, family=with_all))
    walked(f"pages in the browser: {', '.join(sorted(apps))}", len(pages), at_least=at_least)
    faults = []
    for address, _ in pages:
        visit.goto(visit.base + address)
        faults += wrong_with(visit)
    assert faults == []


@pytest.mark.parametrize(("name", "at_least"), [("anna", 5), ("tomasz", 1)])
def test_what_only_others_see_looks_right(visit, client, request, maria, with_all, name, at_least, walked):
    """Pages the manager cannot open, and those that hold what stands on none of hers."""
    client.force_login(maria)
    hers = dict(pages_in(DIFFERING, client=client, family=with_all))
    work = [html for address, html in hers.items() if not address[1:].startswith(STAFF_AND_SETTINGS)]
    known = set().union(*map(kinds_of, work))
    pages = []
    own = come_in(visit, request.getfixturevalue(name))
    for address, html in pages_in(DIFFERING, client=own, family=with_all):
        if address not in hers or kinds_of(html) - known:
            pages.append(address)
            known |= kinds_of(html)
    walked(f"pages in the browser that only {name} sees", len(pages), at_least=at_least)
    faults = []
    for address in pages:
        visit.goto(visit.base + address)
        faults += wrong_with(visit)
    assert faults == []


def test_staff_and_settings_look_right(visit, request, maria, anna, with_all, walked):
    """The forms with a valid row in their address, and the pages of a person: those that hold what others do not."""
    client = come_in(visit, maria)
    own = [f"/pracownicy/{anna.pk}/{part}" for part in ("", "teczka/", "historia/")]
    forms = []
    for _, user, fill in STAFF_SUBMISSIONS:
        with suppress(ValidationError):  # a row that another of them has made already
            forms += [fill(request)[0]] if user == "maria" else []
    pages, known = [], set()
    for address in dict.fromkeys([*own, "/pracownicy/teczki/", *forms]):
        answer = client.get(address)
        if answer.status_code == 200 and (kinds := kinds_of(answer.content.decode())) - known:
            pages.append(address)
            known |= kinds
    walked("pages of staff and settings in the browser", len(pages), at_least=8)
    faults = []
    for address in pages:
        visit.goto(visit.base + address)
        faults += wrong_with(visit)
    assert faults == []


def test_projects_look_right(visit, tomasz, maria, kowalscy):
    """A project that runs with a group, a participant, a child of a family and somebody on the reserve list."""
    edition, group = make_running_with_group(tomasz, maria, capacity=1)
    row = enrol_one(edition, group, kowalscy, by=tomasz)
    step(row, ParticipationStepKind.QUALIFY, by=tomasz)
    child = enrol_one(edition, group, kowalscy, person=member(kowalscy, "child"), by=tomasz)
    step(child, ParticipationStepKind.PUT_ON_RESERVE, by=tomasz)
    father = enrol_one(edition, group, kowalscy, person=member(kowalscy, "father"), by=tomasz)
    project, people = f"/projekty/{edition.pk}/", f"/projekty/{edition.pk}/uczestnicy/"
    held = make_held(group, tomasz, TODAY - timedelta(days=1), homework="Tabela nagród")
    make_attendance(held, row, tomasz)
    coming = make_meeting(group, tomasz, TODAY + timedelta(days=6), topic="Granice")
    reading = read(edition, tomasz)
    compute(edition, tomasz, "frekwencja", position=2)
    come_in(visit, tomasz)
    faults = []
    for address in (
        project,
        f"{project}wyniki/",
        f"{project}wskazniki/",
        f"{project}wskazniki/pomiary/{reading.pk}/",
        f"{project}wskazniki/cele/{reading.goal_id}/",
        people,
        f"{people}{child.pk}/",
        f"{people}{father.pk}/kwalifikacja/",
        f"{people}{row.pk}/zgody/nowa/",
        f"{people}zapisz/",
        f"{people}zapisz/spoza/",
        f"{people}razem/kwalifikacja/",
        f"{project}liczby/",
        f"{project}sprawozdanie/",
        f"{project}sprawozdanie/2026/teksty/",
        f"{project}grupy/",
        f"/projekty/linia/{edition.line_id}/",
        f"/grupy/{group.pk}/",
        f"/grupy/{group.pk}/harmonogram/",
        f"/grupy/{group.pk}/obecnosc/",
        f"/grupy/{group.pk}/spotkania/",
        f"/grupy/{group.pk}/zaswiadczenia/",
        f"/grupy/{group.pk}/kalendarz/",
        f"/spotkania/{held.pk}/",
        f"/spotkania/{held.pk}/obecnosc/",
        f"/spotkania/{held.pk}/dziennik/",
        f"/spotkania/{coming.pk}/przenies/",
        f"/udzialy/{row.pk}/obecnosci/",
        f"/rodziny/{kowalscy.pk}/projekty/",
        f"/rodziny/{kowalscy.pk}/projekty/zapisz/",
    ):
        assert visit.goto(visit.base + address).status == 200
        expect(visit).to_have_url(visit.base + address)  # it has not led elsewhere
        faults += wrong_with(visit)
    assert faults == []


def test_overdue_deadlines_of_every_kind_look_right(visit, maria, anna, kowalscy):
    """The table of the manager's start page has a column for each kind."""
    day = TODAY - timedelta(days=9)
    some = {"family": kowalscy, "since": day, "due_on": day, "responsible": anna, "subject_id": 7}
    Deadline.objects.bulk_create(Deadline(kind=kind, **some) for kind in DeadlineKind)
    come_in(visit, maria)
    visit.goto(visit.base + "/")
    expect(visit.get_by_text("Po terminie:")).to_be_visible()
    assert wrong_with(visit) == []
    table = visit.get_by_role("table", name="Sprawy po terminie według osoby")
    visit.set_viewport_size({"width": 1280, "height": 900})
    assert table.evaluate("table => table.scrollWidth <= table.parentElement.clientWidth")


def test_plans_at_each_step_look_right(visit, another, anna, tomasz, maria, kowalscy):
    """Before the first, consulted, sent back, accepted, in force with what was done, two versions side by side."""
    faults = []
    looks = {user: another(reduced_motion="reduce") for user in (anna, tomasz, maria)}
    for user, page in looks.items():
        come_in(page, user)

    def look(user, *addresses):
        for address in addresses:
            looks[user].goto(looks[user].base + address)
            faults.extend(wrong_with(looks[user]))

    look(anna, plan_url(kowalscy))
    plan = create_sent_plan(kowalscy, by=anna)
    row = plan.actions.get(position=2)
    look(tomasz, plan_version_url(plan, "consult"), plan_version_url(plan, "send-back"))
    look(anna, plan_version_url(plan, "withdraw"))
    return_plan(plan=plan, text="Realny.", remarks={row: "Kto sprawdza?"}, version=None, by=tomasz)
    look(anna, plan_version_url(plan))
    consult_plan(plan=send_plan(plan=plan, version=None, by=anna), remarks="", version=None, by=tomasz)
    look(maria, plan_version_url(plan), plan_version_url(plan, "accept"))
    accept_plan(plan=plan, version=None, by=maria)
    signed_by(plan, kowalscy, "Danuta", by=anna, kind="refused", reason="Nie zgadza się na zeszyt.")
    row = reload_plan(plan).actions.get(position=2)
    record_progress(action=row, day=TODAY, state="under_way", note="Zeszyt założony.", by=anna)
    review = reverse("families:plan-review", args=[kowalscy.pk])
    look(anna, plan_version_url(plan), plan_version_url(plan, "progress", row.pk), review)
    newer = create_draft_plan(kowalscy, by=anna, data=plan_data(reason="koniec półrocza"))
    look(tomasz, plan_version_url(newer, "compare"))
    assert faults == []


def test_pages_of_a_moment_look_right(visit, maria, kowalscy, nowakowie):
    """Logging in, mistakes, what was found and what was not, a draft, a comparison, a page that is not there."""
    twin = person_data("Kacper", "Kowalska", Sex.MALE, date(2017, 8, 30))
    add_member(family=nowakowie, person=twin, kinship=Kinship.CHILD, starts_on=TODAY, by=maria)
    faults = []

    def look():
        faults.extend(wrong_with(visit))

    visit.goto(f"{visit.base}/konto/logowanie/")
    visit.get_by_role("button", name="Zaloguj się", exact=True).click()
    expect(visit.get_by_role("alert")).to_be_visible()
    look()
    come_in(visit, maria)
    visit.goto(f"{visit.base}/rodziny/nowa/")
    visit.get_by_role("button", name="Dodaj osobę").click()
    visit.get_by_role("button", name="Załóż teczkę").click()
    expect(visit.get_by_role("alert")).to_contain_text("Rodziny nie zapisano.")
    look()
    for words, answer in (("kowalskiej", "Kowalscy"), ("nikogo takiego", "0 wyników")):
        visit.goto(f"{visit.base}/szukaj/")
        visit.get_by_label("Czego szukasz").fill(words)
        visit.get_by_role("button", name="Szukaj").click()
        expect(visit.locator("main").get_by_text(answer).first).to_be_visible()
        look()
    visit.goto(visit.base)
    expect(visit.get_by_role("heading", name="Niedokończone szkice: 1")).to_be_visible()
    look()
    visit.goto(f"{visit.base}/rodziny/te-same-osoby/")
    visit.get_by_role("table").get_by_role("link").first.click()
    expect(visit.get_by_role("table", name="Dwa wpisy obok siebie")).to_be_visible()
    look()
    visit.goto(f"{visit.base}/rodziny/987654/")
    look()
    assert faults == []


def test_the_measure_finds_what_is_wrong(visit):
    """Otherwise every page above would look right."""
    visit.set_content(
        "<html><title>Strona</title><body style='color: #bbb; background: #fff'><h1>Jeden</h1><h1>Dwa</h1>"
        "<p style='font-size: 14px'>Mały tekst</p><button style='height: 30px'>Niski</button>"
        "<div style='width: 400px; height: 9px'></div><input tabindex='3' style='height: 44px'></body></html>"
    )
    found = " ".join(wrong_with(visit))
    for fault in (
        "text of 14 px: <p",
        "30 to touch: <button",
        "360: sticks out",
        "headings of the first level: 2",
        "title: Strona",
        "Tab does not begin at the skip link",
        "an order of Tab of its own",
        "360 light: color-contrast",
        "1280 dark: label",
    ):
        assert fault in found, found
    assert "1280: sticks out" not in found
