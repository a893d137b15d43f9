"""A valid submission of every form of participants."""

from django.urls import reverse

from projects.choices import ParticipationStepKind as Step
from tests.projects.factories import make_group
from tests.projects.participants.helpers import (
    enrol_one,
    make_running_with_group,
    member,
    sign_for_child,
    step,
)


def _users(request):
    return [request.getfixturevalue(name) for name in ("tomasz", "maria", "kowalscy")]


def _row(request, *kinds: Step, person="mother"):
    """A participant of a running project after these steps."""
    tomasz, maria, kowalscy = _users(request)
    edition, group = make_running_with_group(tomasz, maria)
    row = enrol_one(edition, group, kowalscy, person=member(kowalscy, person), by=tomasz)
    for kind in kinds:
        row = step(row, kind, by=tomasz)
    return row


def _one(url_name: str, *kinds: Step, **fields):
    def fill(request):
        row = _row(request, *kinds)
        return reverse(f"projects:{url_name}", args=[row.edition_id, row.pk]), fields

    return f"projects:{url_name}", "tomasz", fill


def _several(url_name: str, *kinds: Step):
    def fill(request):
        row = _row(request, *kinds)
        return reverse(f"projects:{url_name}", args=[row.edition_id]), {"rows": [row.pk]}

    return f"projects:{url_name}", "tomasz", fill


def _outsider(request):
    tomasz, maria, _ = _users(request)
    edition, group = make_running_with_group(tomasz, maria)
    fields = {"first_name": "Ewelina", "last_name": "Dudzik", "sex": "female", "group": group.pk}
    return reverse("projects:participant-outsider", args=[edition.pk]), fields


def _family(request):
    tomasz, maria, kowalscy = _users(request)
    _, group = make_running_with_group(tomasz, maria)
    fields = {"place": f"g{group.pk}", "members": [member(kowalscy).pk]}
    return reverse("family-enrol", args=[kowalscy.pk]), fields


def _move(request):
    row = _row(request)
    other = make_group(row.edition, request.getfixturevalue("tomasz"), name="Grupa II")
    return reverse("projects:participation-move", args=[row.edition_id, row.pk]), {"group": other.pk}


def _withdraw(request):
    row = _row(request, person="child")
    tomasz, _, kowalscy = _users(request)
    consent = sign_for_child(row, row.person, member(kowalscy), by=tomasz)
    return reverse("projects:consent-withdraw", args=[row.edition_id, row.pk, consent.pk]), {}


PARTICIPANT_SUBMISSIONS = [
    ("projects:participant-outsider", "tomasz", _outsider),
    ("family-enrol", "anna", _family),
    _several("participants-qualify"),
    _several("participants-begin", Step.QUALIFY),
    _several("participants-finish", Step.QUALIFY, Step.BEGIN),
    _one("participation-qualify"),
    _one("participation-offer", Step.PUT_ON_RESERVE),
    _one("participation-confirm", Step.PUT_ON_RESERVE, Step.OFFER),
    _one("participation-decline", Step.PUT_ON_RESERVE, Step.OFFER, reason="no_time"),
    _one("participation-put-on-reserve"),
    _one("participation-begin", Step.QUALIFY),
    _one("participation-finish", Step.QUALIFY, Step.BEGIN),
    _one("participation-break-off", Step.QUALIFY, reason="work", text="od poniedziałku"),
    _one("participation-reject", reason="not_eligible"),
    ("projects:participation-move", "tomasz", _move),
    _one("consent-new", kind="declaration"),
    ("projects:consent-withdraw", "tomasz", _withdraw),
    _one("participation-contact", contact_phone="600 100 200"),
    _one("therapy-reason", text="opóźniona mowa"),
]
