"""The drill notices what must not be: its verdict on a drill that went well is worth something."""

from collections import Counter
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.urls import reverse

from devtools.benchmark.server import Answer
from devtools.drill import check
from devtools.drill.check import Stored, compare, read_stored
from devtools.drill.saving import MARK, Save, Tally, is_acknowledged, send_until_acknowledged
from families.deadlines.models import Deadline
from families.visits.models import Visit
from lubsko_ops.audit.models import ChangeEntry
from lubsko_ops.core import clock
from tests.families.visits.helpers import YESTERDAY, make_visit

SENT = ("a", "b")
PAGE = b'<html lang="pl">'
SAVED = Answer(302, headers={"Location": "/rodziny/1/wizyty/"})
GOOD = {
    "acknowledged and lost": 0,
    "stored more than once": 0,
    "without one version in the history": 0,
    "without one change entry": 0,
}


@pytest.fixture
def since(kowalscy, anna) -> datetime:
    """Two visits of a drill were saved since."""
    began = clock.now()
    for number, mark in enumerate(SENT):
        make_visit(kowalscy, anna, YESTERDAY - timedelta(days=number), facts=f"{MARK} {mark}")
    return began


def test_a_drill_that_went_well(since):
    assert compare(SENT, read_stored(since)) == GOOD


def test_a_visit_that_is_lost(since):
    ids = Visit.objects.filter(facts=f"{MARK} a").values_list("pk", flat=True)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE visits_visit SET facts = 'x' WHERE id = ANY(%s)", [list(ids)])
    assert compare(SENT, read_stored(since)) == GOOD | {"acknowledged and lost": 1}


def test_a_visit_that_is_there_twice(since, kowalscy, anna):
    make_visit(kowalscy, anna, YESTERDAY - timedelta(days=5), facts=f"{MARK} b")
    found = compare(SENT, read_stored(since))
    assert found["stored more than once"] == 1 and found["acknowledged and lost"] == 0


def test_a_visit_that_is_half_saved(since):
    Visit.history.filter(facts=f"{MARK} a").delete()
    assert compare(SENT, read_stored(since)) == GOOD | {"without one version in the history": 1}
    ChangeEntry.objects.filter(at__gte=since).delete()
    assert compare(SENT, read_stored(since))["without one change entry"] == 2


def test_a_visit_that_nobody_acknowledged_may_be_there_or_not():
    stored = Stored(Counter("ab"), Counter("ab"), Counter("ab"))
    assert compare({"a"}, stored) == GOOD


def test_derived_rows_that_are_wrong(since):
    assert not any(check.count_wrong_stored_rows().values())
    Deadline.objects.all().delete()
    assert any(check.count_wrong_stored_rows().values())


def test_answers_that_nobody_should_get():
    tally = Tally("x", given_up={"a"})
    for answer in [
        Answer(0),
        SAVED,
        Answer(500),
        Answer(404),
        Answer(503, PAGE, headers={"Retry-After": "10"}),
        Answer(503, PAGE),
        Answer(503, b"Service Unavailable", headers={"Retry-After": "10"}),
    ]:
        tally.count(answer)
    assert check.count_answers([tally]) == {
        "never acknowledged": 1,
        "answers 500": 1,
        "other answers": 1,
        "answers 503 without a time to try again": 2,
    }


@pytest.mark.parametrize("to", [f"{reverse('account_login')}?next=/", "/rodziny/1/wizyty/nowa/?szkic=1"])
def test_a_draft_and_the_login_page_acknowledge_nothing(to):
    assert not is_acknowledged(Answer(302, headers={"Location": to}))
    assert is_acknowledged(SAVED)


def test_the_same_form_is_sent_until_it_is_acknowledged(monkeypatch):
    monkeypatch.setattr("devtools.drill.saving.PAUSE", 0)
    answers, sent = [Answer(0), Answer(500), SAVED], []

    class FakeServer:
        def request(self, *request):
            sent.append(request)
            return answers.pop(0)

    tally = Tally("x")
    send_until_acknowledged(FakeServer(), Save("a", "/p/", "c", {"_key": ["1"]}, "/f/"), tally)
    assert sent == [("/p/", "c", {"_key": ["1"]})] * 3
    assert tally.acknowledged == {"a"} and tally.repeats == 2
