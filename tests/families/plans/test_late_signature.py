"""A plan whose period is over does not enter into force by a late signature; somebody has to mean it."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from families.choices import PlanState, SignatureKind
from families.plans.actions import put_plan_in_force, record_signature
from lubsko_ops.core import clock
from tests.factories import TODAY
from tests.families.plans.helpers import member, plan_version_url, reload_plan, signed_by
from tests.form_client import parse_form, response_text, submit_form
from tests.plan_factories import create_accepted_plan, plan_data

LATER = TODAY + timedelta(days=200)
SENTENCE = "Okres planu minął 11.04.2027"


@pytest.fixture
def plan(kowalscy, anna, tomasz, maria):
    return create_accepted_plan(kowalscy, by=anna, tomasz=tomasz, maria=maria)


def test_the_signature_is_recorded_and_the_plan_waits(client, kowalscy, plan, anna):
    with clock.freeze_time(LATER):
        client.force_login(anna)
        danuta = member(kowalscy, "Danuta")
        fields = {f"kind_{danuta.pk}": "signed", f"day_{danuta.pk}": LATER}
        assert submit_form(client, plan_version_url(plan, "sign"), **fields).status_code == 302
        html = response_text(client.get(plan_version_url(plan)))
        assert "Odnotowano: Danuta Kowalska (podpis)" in html and SENTENCE in html
        assert plan.signatures.count() == 1 and reload_plan(plan).state == PlanState.ACCEPTED


def test_it_enters_into_force_once_that_is_confirmed(client, kowalscy, plan, anna):
    with clock.freeze_time(LATER):
        signed_by(plan, kowalscy, "Danuta", by=anna)
        client.force_login(anna)
        url = plan_version_url(plan, "in-force")
        asked = submit_form(client, url)
        assert asked.status_code == 422 and SENTENCE in response_text(asked)
        assert reload_plan(plan).state == PlanState.ACCEPTED
        assert client.post(url, parse_form(asked.content.decode())).status_code == 302
        assert reload_plan(plan).in_force_from == LATER


def test_the_action_refuses_what_was_not_asked(kowalscy, plan, anna):
    with clock.freeze_time(LATER):
        signed_by(plan, kowalscy, "Danuta", by=anna)
        with pytest.raises(ValidationError, match=SENTENCE):
            put_plan_in_force(plan=plan, version=None, by=anna)


def test_a_signature_of_the_period_recorded_later_needs_no_question(kowalscy, anna, tomasz, maria):
    with clock.freeze_time(TODAY - timedelta(days=60)):
        data = plan_data(covers_to=TODAY - timedelta(days=10))
        plan = create_accepted_plan(kowalscy, by=anna, tomasz=tomasz, maria=maria, data=data)
    day = TODAY - timedelta(days=20)
    record_signature(
        plan=plan,
        person=member(kowalscy, "Danuta"),
        kind=SignatureKind.SIGNED,
        day=day,
        version=None,
        by=anna,
    )
    assert reload_plan(plan).in_force_from == day
