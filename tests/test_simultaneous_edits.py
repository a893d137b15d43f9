"""Two people save the same row at the same moment: the second sees what the first has just saved, not the row before.

Both requests read the row before either has saved it, on connections of their own. Every form that compares versions
is walked.
"""

import threading

import pytest
from django.test import Client

from lubsko_ops.core import clock
from lubsko_ops.submissions.base_views import ActionFormView
from tests.concurrency import run_concurrently
from tests.factories import TODAY
from tests.form_client import form_data
from tests.staff_edit_forms import STAFF_CHANGES
from tests.test_edit_forms_unchanged import EDIT_FORMS, Cast

pytestmark = pytest.mark.django_db(transaction=True)
# What each of the two changes in the form.
CHANGES = {
    "families:visit-edit": ("facts", "Kacper czytał.", "Kacper rysował."),
    "families:contact-edit": ("subject", "Nieobecności we wrześniu.", "Nieobecności w październiku."),
    "families:plan-edit": ("main_goal", "Spokojny dom.", "Bezpieczny dom."),
    "families:person-edit": ("last_name", "Kowalska-Lis", "Kowalska-Wilk"),
    "families:address-correct": ("street", "Krótka", "Polna"),
    "families:phone-correct": ("note", "po 16", "rano"),
    "families:membership-dates": ("starts_on", "03.03.2026", "05.03.2026"),
    "families:membership-change": ("stay", "here", "alternate"),
    "families:family-edit": ("name", "Kowalscy (Długa)", "Kowalscy-Nowak"),
    "families:basis-correct": ("starts_on", "02.03.2026", "03.03.2026"),
    "families:assignment-correct": ("starts_on", "05.03.2026", "06.03.2026"),
    "families:lead-correct": ("starts_on", "05.03.2026", "06.03.2026"),
    "reports:quarterly": ("text", "Potrzebna superwizja.", "Potrzebne szkolenie."),
    "reports:quarterly-own": ("text", "Potrzebna superwizja.", "Potrzebne szkolenie."),
    **STAFF_CHANGES,
}
SINCE = {"families:membership-change": {"since": "02.03.2026"}}  # the first day: the row itself is corrected
LABELS = {"here": "z rodziną", "alternate": "na przemian w dwóch domach"}


@pytest.fixture
def both_have_read(monkeypatch):
    """Neither of two requests saves before the other has read its rows."""
    barrier, save_once = threading.Barrier(2), ActionFormView.save_once

    def wait(view, form):
        barrier.wait(timeout=20)
        return save_once(view, form)

    monkeypatch.setattr(ActionFormView, "save_once", wait)


@pytest.mark.parametrize("form", EDIT_FORMS, ids=str)
def test_the_second_sees_what_the_first_saved(form, kowalscy, anna, tomasz, maria, both_have_read):
    cast = Cast(kowalscy, anna, tomasz, maria)
    url, _ = form.make(cast)
    client = Client()
    client.force_login(getattr(cast, form.username))
    field, *texts = CHANGES[form.name]

    def save(text):
        own = Client()
        own.cookies = client.cookies
        with clock.freeze_time(TODAY):
            return own.post(url, data[text])

    data = {
        text: form_data(client, url, **form.typed | SINCE.get(form.name, {}) | {field: text})
        for text in texts
    }
    answers = dict(zip(texts, run_concurrently(save, texts), strict=True))
    statuses = {text: answer.status_code for text, answer in answers.items()}
    assert sorted(statuses.values()) == [302, 409]
    saved, refused = sorted(texts, key=statuses.get)
    shown = [(each["before"], each["now"]) for each in answers[refused].context["conflict"]["differences"]]
    assert (LABELS.get(saved, saved), LABELS.get(refused, refused)) in shown
    assert not any("01.01.1900" in before for before, _ in shown), "an hour is shown as a day"
    assert not any((before, now) == ("", "nie") for before, now in shown), "a tick nobody set"


def test_every_form_with_a_version_is_walked(walked):
    assert {form.name for form in EDIT_FORMS} == set(CHANGES)
    walked("forms saved by two at the same moment", len(EDIT_FORMS), at_least=17)
