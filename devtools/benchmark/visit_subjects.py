"""Subjects of visits: their pages, the form of a new visit, and saving it."""

from collections.abc import Iterator
from datetime import date, time, timedelta
from urllib.parse import urlencode

from django.test import Client
from django.urls import reverse

from devtools.benchmark.family_subjects import LAST_PAGE, last_page, oldest_period
from devtools.benchmark.form_reader import read_form
from devtools.benchmark.stock_page import INSERT, at_most, rolled_back
from devtools.benchmark.subject import Subject, open_page, page
from families.caseload.models import WorkPeriod
from families.deadlines.models import Deadline
from families.visits.case_log import month_choices
from families.visits.models import Visit
from lubsko_ops.accounts.models import User
from lubsko_ops.core import clock
from lubsko_ops.core.dates import ONE_DAY
from lubsko_ops.core.keyset_list import Sort, paginate

ROWS, TASKS, OWN_VISITS = (
    at_most(2.5),
    at_most(0.7),
    at_most(30),
)  # the first two without any page around them
# docs/decisions/0021-budgets-changed.md
FORM = {"budgets": at_most(24, 27), "statements": 12, "growth": 1.8}
SAVING = at_most(11, floor=INSERT)
NEWEST = Sort("kiedy", "", "", ("started_at",), descending=True)
AFTER_WORK = time(21)  # the visits of the synthetic centre have ended by then


def subjects() -> Iterator[Subject]:
    anna = User.objects.get(username="anna")
    period = oldest_period(anna)
    yield from _rows(anna, period)
    yield from _own_visits(period)
    url = reverse("families:visit-new", args=[period.family_id])
    yield page("nowa wizyta, formularz", "anna", url, **FORM)
    saving = VisitSaving(url)
    yield Subject("zapis wizyty", "anna", saving.send, SAVING, before=saving.open_form)
    due = Deadline.objects.filter(responsible=anna, done_on=None).order_by("due_on")
    yield Subject("co jest do zrobienia", "anna", lambda client: list(due[:50]), TASKS)


def _rows(anna: User, period: WorkPeriod) -> Iterator[Subject]:
    """The first and the last rows of visits, newest first."""
    for label, rows in (
        ("wizyty rodziny", Visit.objects.filter(period__family=period.family_id)),
        ("wizyty asystentki", Visit.objects.filter(assistant=anna)),
    ):
        oldest = rows.order_by("started_at", "pk").values_list("pk", flat=True)[10]
        yield Subject(f"{label}, pierwsza strona", "anna", _paginate(rows, None), ROWS)
        yield Subject(f"{label}, ostatnia strona", "anna", _paginate(rows, oldest), ROWS)


def _paginate(rows, after):
    return lambda client: paginate(rows, NEWEST, after=after)


def _own_visits(period: WorkPeriod) -> Iterator[Subject]:
    """The page of own visits, filtered in each way."""
    url = reverse("families:my-visits")
    month, _ = month_choices(clock.today())[1]
    for query in ("", "wynik=nieudane", f"miesiac={month}", f"rodzina={period.family_id}"):
        name = query.split("=")[0] or "wszystkie"
        yield (first := page(f"moje wizyty, {name}", "anna", f"{url}?{query}", OWN_VISITS))
        last, budgets = last_page(f"{url}?{query}&sort={{}}", "data"), at_most(LAST_PAGE, floor=first)
        yield Subject(
            f"moje wizyty, {name}, ostatnia strona", "anna", last, budgets, statements=first.statements
        )


# ---- saving ------------------------------------------------------------------------------------------
def visit_fields(
    form: dict[str, list[str]], *, day: date, starts_at: time, minutes: int
) -> dict[str, list[str]]:
    """The form of a new visit, filled in: what the page proposes, with another time, the facts and a text."""
    end = time(starts_at.hour + (starts_at.minute + minutes) // 60, (starts_at.minute + minutes) % 60)
    times = {"day": f"{day:%d.%m.%Y}", "starts_at": f"{starts_at:%H:%M}", "ends_at": f"{end:%H:%M}"}
    texts = {"facts": "Pomiar: rozmowa o szkole i o rachunkach.", "next_day": "", "next_at": ""}
    facts = {"held": "held", "confirmation": "none"}  # never proposed
    return form | {name: [value] for name, value in (times | texts | facts).items()}


URLENCODED = "application/x-www-form-urlencoded"  # as the page sends it; the test client would send multipart


class VisitSaving:
    """Sends the form of a new visit, opened before, and undoes what was saved."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.fields: dict[str, list[str]] = {}

    def open_form(self, client: Client) -> None:
        form = read_form(open_page(client, self.url).content.decode())
        self.fields = visit_fields(form, day=clock.today() - ONE_DAY, starts_at=AFTER_WORK, minutes=45)

    def send(self, client: Client) -> None:
        with rolled_back():
            response = client.post(self.url, urlencode(self.fields, doseq=True), content_type=URLENCODED)
        if response.status_code != 302:
            raise RuntimeError(f"The visit was not saved: {response.status_code}.")


def free_times(days: int) -> Iterator[tuple[date, time]]:
    """Minutes after work of some days before today, for visits of a minute each."""
    for minute in range(59):
        for back in range(1, days + 1):
            yield clock.today() - timedelta(days=back), time(AFTER_WORK.hour, minute)
