"""What a court may read is never entered beforehand: presence, result, signature, what became of an agreement."""

import pytest

from families.choices import Kinship
from families.visits.models import Visit
from tests.families.visits.helpers import (
    initial_form_data,
    make_agreement,
    make_visit,
    member_of,
    new_visit_url,
    submit_visit,
)
from tests.form_client import parse_form, response_text
from tests.plan_factories import create_plan_in_force

FACTS_OF_A_VISIT = {"present", "other_attendees", "held", "reason", "confirmation", "danger"}


@pytest.fixture
def as_anna(client, anna):
    client.force_login(anna)
    return client


@pytest.fixture
def everybody_was_present(kowalscy, anna):
    people = [member_of(kowalscy, each) for each in (Kinship.MOTHER, Kinship.CHILD)]
    return make_visit(kowalscy, anna, present=people, other_attendees=["psychologist"])


def test_no_fact_is_entered(as_anna, kowalscy, anna, tomasz, maria, everybody_was_present):
    create_plan_in_force(kowalscy, by=anna, tomasz=tomasz, maria=maria)
    make_agreement(kowalscy, anna)
    fields = initial_form_data(as_anna, kowalscy)
    assert not FACTS_OF_A_VISIT & set(fields)
    assert not [name for name in fields if name.startswith(("tick_", "touch_")) and any(fields[name])]


@pytest.mark.parametrize(
    ("left_out", "sentence"),
    [
        ("held", "Wybierz, czy wizyta się odbyła."),
        ("confirmation", "Wybierz, czy jest podpis rodziny."),
    ],
)
def test_result_and_signature_are_asked_for(as_anna, kowalscy, left_out, sentence):
    refused = submit_visit(as_anna, kowalscy, **{left_out: None})
    assert refused.status_code == 422 and sentence in response_text(refused)
    assert not Visit.objects.exists()


def test_a_failed_visit_asks_for_no_signature(as_anna, kowalscy):
    failed = {"held": "failed", "reason": "nobody_home", "facts": "", "ends_at": ""}
    assert submit_visit(as_anna, kowalscy, **failed, confirmation=None).status_code == 302
    assert Visit.objects.get().confirmation == "none"


def test_one_button_ticks_the_adults_of_the_last_visit(as_anna, kowalscy, everybody_was_present):
    """Without JavaScript: the page comes back as typed, with the adults ticked; no child."""
    mother, son = member_of(kowalscy, Kinship.MOTHER), member_of(kowalscy, Kinship.CHILD)
    url = new_visit_url(kowalscy)
    page = as_anna.get(url)
    assert f"Dorośli jak ostatnio: {mother.first_name} </button>" in response_text(page)
    typed = parse_form(page.content.decode()) | {"facts": ["Zaczęte"], "_refresh": ["jak-ostatnio"]}
    answer = as_anna.post(url, typed)
    fields = parse_form(answer.content.decode())
    assert (answer.status_code, fields["present"], fields["facts"]) == (200, [str(mother.pk)], ["Zaczęte"])
    again = as_anna.post(url, typed | {"present": [str(son.pk)]})
    assert set(parse_form(again.content.decode())["present"]) == {str(mother.pk), str(son.pk)}
    assert not Visit.objects.filter(facts="Zaczęte").exists()


def test_no_button_when_only_children_were_present(as_anna, kowalscy, anna):
    make_visit(kowalscy, anna, present=[member_of(kowalscy, Kinship.CHILD)])
    assert "Dorośli jak ostatnio:" not in response_text(as_anna.get(new_visit_url(kowalscy)))
