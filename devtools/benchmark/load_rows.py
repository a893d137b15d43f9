"""The application over HTTP: pages asked for by several clients and at a fixed rate, visits saved, papers beside pages.

What they show depends on the machine and on what else it does, so these rows are printed and never judged.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from random import Random

from django.urls import reverse

from devtools.benchmark.document_load import document_figures
from devtools.benchmark.form_reader import read_form
from devtools.benchmark.load import Latencies, Send, send_at_rate, send_in_turns
from devtools.benchmark.server import Server, session_cookie
from devtools.benchmark.visit_subjects import free_times, visit_fields
from families.caseload.models import Assignment
from families.choices import AssignmentKind
from lubsko_ops.accounts.models import User
from lubsko_ops.core import clock
from lubsko_ops.submissions.keys import KEY_FIELD, new_key

SECONDS = 8  # of each row
CLIENTS, RATES, SAVERS = (1, 8, 32), (30, 60), 8
DAYS_BACK = 14  # on which visits are saved
# How often each page is opened among twenty: of a family, and the pages that everybody opens.
FILE_PAGES = {
    "overview": 4,
    "timeline": 1,
    "case-log": 2,
    "plan": 2,
    "people": 1,
    "history": 1,
    "visit-new": 3,
}
COMMON_PAGES = {"start": 3, "families:list": 3}
Figures = dict[str, float]


@dataclass(frozen=True)
class Member:
    """A user with a session and the ids of the families whose files they open."""

    user: User
    cookie: str
    families: list[int]


def load_rows(server: Server, *, copied: bool) -> Iterator[tuple[str, Callable[[], Figures]]]:
    """Names of the rows, each with the function that measures it; visits are saved only in a copy of the database."""
    members = assistants(SAVERS)
    pages = mixed_pages(members)

    def send(number: int) -> bool:
        cookie, path = pages[number % len(pages)]
        return server.request(path, cookie).failed

    def measured(work: Callable[[], Latencies]) -> Figures:
        return work().figures() | {"MB": server.megabytes()}

    for clients in CLIENTS:
        work = partial(send_in_turns, send, clients=clients, seconds=SECONDS)
        yield f"strony, klientów naraz: {clients}", partial(measured, work)
    for rate in RATES:
        work = partial(send_at_rate, send, rate=rate, count=rate * SECONDS)
        yield f"strony, na sekundę: {rate}", partial(measured, work)
    if copied:
        yield (
            f"zapis wizyt, klientów naraz: {SAVERS}",
            partial(measured, lambda: save_visits(server, members)),
        )
    yield (
        "wydruki obok stron",
        lambda: document_figures(server, session_cookie("maria")) | {"MB": server.megabytes()},
    )


def assistants(number: int) -> list[Member]:
    """Assistants who lead families today and have led them since before the first day on which visits are saved."""
    first = clock.today() - timedelta(days=DAYS_BACK)
    led = Assignment.objects.active_on(clock.today()).filter(
        kind=AssignmentKind.LEADING, starts_on__lte=first
    )
    families: dict[int, list[int]] = {}
    for user, family in led.order_by("pk").values_list("assistant", "period__family"):
        families.setdefault(user, []).append(family)
    users = User.objects.filter(pk__in=families).order_by("pk")[:number]
    return [Member(each, session_cookie(each.username), families[each.pk]) for each in users]


def mixed_pages(members: list[Member]) -> list[tuple[str, str]]:
    """Cookies and paths of a morning's requests, in an order that is the same in every run."""
    everybody = [family for member in members for family in member.families]
    manager, social_worker = (User.objects.get(username=name) for name in ("maria", "tomasz"))
    members = [
        *members,
        Member(manager, session_cookie(manager.username), everybody),
        Member(social_worker, session_cookie(social_worker.username), []),
    ]
    choice = Random(1)
    requests = []
    for member in members:
        pages = {reverse(name): times for name, times in COMMON_PAGES.items()}
        requests += [(member.cookie, path) for path, times in pages.items() for _ in range(times)]
        may_visit = member.user is not manager
        for name, times in FILE_PAGES.items() if member.families else ():
            for _ in range(times if name != "visit-new" or may_visit else 0):
                path = reverse(f"families:{name}", args=[choice.choice(member.families)])
                requests.append((member.cookie, path))
    choice.shuffle(requests)
    return requests


def save_visits(server: Server, members: list[Member]) -> Latencies:
    """Each assistant opens the form of a new visit once and sends it again and again, each time with its own key."""
    senders = [_sender(server, member) for member in members]
    send: Send = lambda number: senders[number % len(senders)](number // len(senders))  # noqa: E731
    return send_in_turns(send, clients=len(senders), seconds=SECONDS)


def _sender(server: Server, member: Member) -> Send:
    path = reverse("families:visit-new", args=[member.families[0]])
    opened = server.request(path, member.cookie)
    form, cookie = read_form(opened.body.decode()), f"{member.cookie}; {opened.cookies}"
    times = list(free_times(DAYS_BACK))

    def send(number: int) -> bool:
        day, starts_at = times[number % len(times)]
        fields = visit_fields(form, day=day, starts_at=starts_at, minutes=1)
        fields[KEY_FIELD] = [str(new_key(member.user))]
        return server.request(path, cookie, fields).status != 302

    return send
