"""A valid submission of every form of the accounts."""

from datetime import date

from django.urls import reverse

from lubsko_ops.accounts.actions import (
    appoint_deputy,
    deactivate,
    end_role,
    grant_region,
    grant_role,
)
from lubsko_ops.accounts.link_actions import issue_link
from lubsko_ops.accounts.models import LinkKind, Region, RoleEndNotice, RoleGrant
from lubsko_ops.core.permissions import Role
from tests.factories import TODAY


def _of(username: str, url_name: str, **fields):
    """A form about the person of this fixture."""

    def fill(request):
        person = request.getfixturevalue(username)
        values = {name: value() if callable(value) else value for name, value in fields.items()}
        return reverse(url_name, args=[person.pk]), values

    return fill


def _own(url_name: str, **fields):
    return lambda request: (reverse(url_name), fields)


def _role_end(request):
    grant = RoleGrant.objects.get(user__username="ewa")
    return reverse("role-end", args=[grant.user_id, grant.pk]), {"ends_on": "31.12.2026"}


def _region_end(request):
    grant = request.getfixturevalue("tomasz").region_grants.get()
    return reverse("region-end", args=[grant.user_id, grant.pk]), {"ends_on": "31.12.2026"}


def _issued(request, username: str):
    user, jan = (request.getfixturevalue(name) for name in (username, "jan"))
    return issue_link(user=user, kind=LinkKind.PASSWORD, by=jan)[0]


def _link_cancel(request):
    link = _issued(request, "ewa")
    return reverse("link-cancel", args=[link.user_id, link.pk]), {}


def _link_acknowledge(request):
    return reverse("link-acknowledge", args=[_issued(request, "ewa").pk]), {}


def _own_links_read(request):
    _issued(request, "ewa")
    return reverse("own-links-read"), {}


def _grant_acknowledge(request):
    jan, ewa = (request.getfixturevalue(name) for name in ("jan", "ewa"))
    grant = grant_role(user=ewa, role=Role.SPECIALIST, starts_on=TODAY, by=jan)
    return reverse("grant-acknowledge", args=[grant.pk]), {}


def _region_acknowledge(request):
    jan, tomasz, zofia = (request.getfixturevalue(name) for name in ("jan", "tomasz", "zofia"))
    region = tomasz.region_grants.get().region
    grant = grant_region(user=zofia, region=region, starts_on=TODAY, by=jan)
    return reverse("region-acknowledge", args=[grant.pk]), {}


def _end_acknowledge(request):
    """Of a deputy's role, which the administrator ends."""
    jan, maria, zofia = (request.getfixturevalue(name) for name in ("jan", "maria", "zofia"))
    grant = appoint_deputy(of=maria, user=zofia, starts_on=TODAY, ends_on=date(2026, 12, 31), by=maria)
    end_role(grant=grant, on=TODAY, by=jan)
    return reverse("end-acknowledge", args=[RoleEndNotice.objects.get(reader=maria).pk]), {}


def _notices_acknowledge(request):
    _region_acknowledge(request)
    return reverse("notices-acknowledge"), {}


def _reactivate(request):
    closed = deactivate(user=request.getfixturevalue("zofia"), by=request.getfixturevalue("jan"))
    return reverse("person-reactivate", args=[closed.pk]), {}


def _region() -> int:
    return Region.objects.get(name__startswith="Rejon II").pk


NEW_ACCOUNT = {
    "first_name": "Olga",
    "last_name": "Marzec",
    "username": "olga",
    "roles-0-role": "specialist",
    "roles-0-starts_on": "13.10.2026",
}
ACCOUNT_SUBMISSIONS = [
    ("person-new", "jan", _own("person-new", **NEW_ACCOUNT)),
    ("person-details", "jan", _of("ewa", "person-details", phone="600 100 200")),
    ("role-grant", "jan", _of("ewa", "role-grant", role="specialist", starts_on="01.11.2026")),
    ("role-end", "jan", _role_end),
    ("region-grant", "jan", _of("tomasz", "region-grant", region=_region, starts_on="01.11.2026")),
    ("region-end", "jan", _region_end),
    (
        "deputy-appoint",
        "maria",
        _of(
            "maria",
            "deputy-appoint",
            deputy=lambda: _pk("zofia"),
            starts_on="01.11.2026",
            ends_on="30.11.2026",
        ),
    ),
    ("link-issue", "jan", _of("ewa", "link-issue")),
    ("link-cancel", "jan", _link_cancel),
    ("link-acknowledge", "maria", _link_acknowledge),
    ("grant-acknowledge", "maria", _grant_acknowledge),
    ("region-acknowledge", "maria", _region_acknowledge),
    ("end-acknowledge", "maria", _end_acknowledge),
    ("notices-acknowledge", "maria", _notices_acknowledge),
    ("sessions-end", "jan", _of("ewa", "sessions-end")),
    ("person-deactivate", "jan", _of("zofia", "person-deactivate")),
    ("person-reactivate", "jan", _reactivate),
    ("own-phone", "ewa", _own("own-phone", phone="600 100 200")),
    ("own-sessions-end", "ewa", _own("own-sessions-end")),
    ("own-links-read", "ewa", _own_links_read),
]


def _pk(username: str) -> int:
    return RoleGrant.objects.filter(user__username=username).values_list("user", flat=True)[0]
