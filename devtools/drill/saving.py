"""Assistants who save visits through the real form, each sent again until it is acknowledged, as a queue does.

After each they open the file of the family once.
"""

import itertools
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from random import Random
from uuid import uuid4

from django.conf import settings
from django.urls import reverse

from devtools.benchmark.form_reader import read_form
from devtools.benchmark.load_rows import DAYS_BACK, Member
from devtools.benchmark.server import Answer, Server
from devtools.benchmark.visit_subjects import free_times, visit_fields
from lubsko_ops.submissions.keys import KEY_FIELD, new_key

PAUSE = 0.2  # seconds between two attempts
PATIENCE = 90  # seconds after which a save is given up; a queue would never do it
FAMILIES = 4  # of each assistant
MARK = "Próba awarii"


@dataclass(frozen=True)
class Save:
    """One visit to be saved: the request, and the mark by which its row is found."""

    mark: str
    path: str
    cookie: str
    fields: dict[str, list[str]]
    file: str  # address of the file of the family


@dataclass
class Tally:
    """What happened while one fault was injected."""

    name: str
    acknowledged: set[str] = field(default_factory=set)
    given_up: set[str] = field(default_factory=set)
    answers: Counter = field(default_factory=Counter)  # by status
    without_retry_after: int = 0
    repeats: int = 0
    injected: int = 0
    longest: float = 0.0  # seconds until a save was acknowledged

    def count(self, answer: Answer) -> None:
        self.answers[answer.status] += 1
        if answer.status == 503 and not (
            "Retry-After" in answer.headers and 'lang="pl"' in answer.body.decode()
        ):
            self.without_retry_after += 1


def saves_of(server: Server, member: Member) -> Iterator[Save]:
    """Visits of one assistant to some of their families, none at the time of another."""
    forms = []
    for family in member.families[:FAMILIES]:
        path = reverse("families:visit-new", args=[family])
        opened = server.request(path, member.cookie)
        file = reverse("families:overview", args=[family])
        forms.append((path, f"{member.cookie}; {opened.cookies}", read_form(opened.body.decode()), file))
    for (day, starts_at), (path, cookie, form, file) in zip(
        free_times(DAYS_BACK), itertools.cycle(forms), strict=False
    ):
        mark = uuid4().hex
        fields = visit_fields(form, day=day, starts_at=starts_at, minutes=1)
        fields |= {"facts": [f"{MARK} {mark}"], KEY_FIELD: [str(new_key(member.user))]}
        yield Save(mark, path, cookie, fields, file)


def is_acknowledged(answer: Answer) -> bool:
    """Whether the answer leads to what was saved: not to the login page, not back to a draft."""
    to = answer.headers.get("Location", "")
    return answer.status == 302 and not to.startswith(reverse(settings.LOGIN_URL)) and "szkic=" not in to


def send_until_acknowledged(server: Server, save: Save, tally: Tally) -> None:
    """Send the same form again until it is acknowledged; note how long that took."""
    started = time.monotonic()
    for attempt in itertools.count():
        answer = server.request(save.path, save.cookie, save.fields)
        tally.count(answer)
        waited = time.monotonic() - started
        if is_acknowledged(answer):
            tally.repeats += attempt
            tally.longest = max(tally.longest, waited)
            tally.acknowledged.add(save.mark)
            return
        if waited > PATIENCE:
            tally.given_up.add(save.mark)
            return
        time.sleep(PAUSE)


def send_in_parallel(server: Server, save: Save, tally: Tally) -> None:
    """The same form at once from two places, once more afterwards, and sometimes without waiting for the answer."""
    if Random(save.mark).random() < 0.25:
        server.request(save.path, save.cookie, save.fields, read=False)
    with ThreadPoolExecutor(2) as threads:
        for _ in range(2):
            threads.submit(send_until_acknowledged, server, save, tally)
    send_until_acknowledged(server, save, tally)


def save_all(
    send: Callable[[Server, Save, Tally], None],
    server: Server,
    saves: list[Iterator[Save]],
    tally: Tally,
    *,
    count: int,
    meanwhile: Callable[[Callable[[], bool]], None],
) -> list[Save]:
    """Each assistant saves a part of so many visits; ``meanwhile`` gets a function that says whether all are done.

    Returns the visits that were sent.
    """
    each = -(-count // len(saves))
    batches = [list(itertools.islice(mine, each)) for mine in saves]

    def work(batch: list[Save]) -> None:
        for save in batch:
            send(server, save, tally)
            tally.count(server.request(save.file, save.cookie))

    with ThreadPoolExecutor(len(saves)) as threads:
        working = [threads.submit(work, batch) for batch in batches]
        meanwhile(lambda: all(one.done() for one in working))
        for one in working:
            one.result()
    return [save for batch in batches for save in batch]
