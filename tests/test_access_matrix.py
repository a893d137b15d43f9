"""Every URL of a family × method × role × own and foreign families, and rows of another family under one's own.

The expected status follows from the permission table and the querysets, so new URLs are covered automatically.
"""

import pytest

from families.people.models import Family
from families.plans.permissions import PLAN_ACCEPT, PLAN_CONSULT
from lubsko_ops.audit.models import AccessDeniedEntry, AccessLogEntry
from lubsko_ops.core.permissions import has_permission
from tests.factories import TODAY
from tests.family_pages import family_routes, url_for
from tests.form_client import rolled_back

FAMILY_ROUTES = family_routes()
# Rows that only their author may correct; here anna and ewa wrote everything.
AUTHOR_ONLY = {"families:contact-edit", "families:visit-edit"}
# Any of these permissions suffices; the page itself checks whose turn it is.
ANY_PERMISSION = {"families:plan-send-back": [PLAN_CONSULT, PLAN_ACCEPT]}


def expected_statuses(route, user, family) -> set[int]:
    if not Family.objects.visible_to(user, on=TODAY).filter(pk=family.pk).exists():
        return {404}
    if (
        route.view_class.requires_workable
        and not Family.objects.workable_by(user, on=TODAY).filter(pk=family.pk).exists()
    ):
        return {403}
    permissions = ANY_PERMISSION.get(route.name, [route.view_class.permission])
    if not any(has_permission(user, permission) for permission in permissions):
        return {403}
    if route.name in AUTHOR_ONLY and user.username not in ("anna", "ewa"):
        return {403}
    return {200, 302, 405, 409, 422}


def find_faults(client, user, route, family) -> list[str]:
    """Deviations of the responses to the user from what is expected."""
    allowed, faults = expected_statuses(route, user, family), []
    for method in ("get", "post"):
        denied, logged = AccessDeniedEntry.objects.count(), AccessLogEntry.objects.count()
        response = getattr(client, method)(url_for(route, family))
        label = f"{user.username} {method} {route} {family}: {response.status_code}"
        if response.status_code not in allowed:
            faults.append(f"{label} instead of {allowed}")
        if response.status_code in (403, 404):
            if AccessDeniedEntry.objects.count() != denied + 1:
                faults.append(f"{label}, and the denial is not logged")
            if family.name in response.content.decode():
                faults.append(f"{label}, and the page names the family")
        if response.status_code == 200 and AccessLogEntry.objects.count() != logged + 1:
            faults.append(f"{label}, and the access log did not get exactly one row")
    return faults


@pytest.mark.usefixtures("no_pdf")
@pytest.mark.parametrize("name", ["anna", "tomasz", "maria", "jan"])  # one of each role
def test_each_role_gets_what_the_permission_table_says(client, cast_with_rows, kowalscy, nowakowie, name):
    faults = []
    for route in FAMILY_ROUTES:
        with rolled_back():
            client.force_login(cast_with_rows[name])
            for family in (kowalscy, nowakowie):
                faults += find_faults(client, cast_with_rows[name], route, family)
    assert faults == []


@pytest.mark.usefixtures("no_pdf")
def test_a_row_of_another_family_is_not_found_under_ones_own(client, cast_with_rows, kowalscy, nowakowie):
    client.force_login(cast_with_rows["maria"])
    for route in FAMILY_ROUTES:
        if len(route.arguments) > 1:
            mixed = url_for(route, kowalscy, rows_of=nowakowie)
            assert client.get(mixed).status_code in (404, 405), route
            assert client.post(mixed).status_code == 404, route


def test_the_matrix_is_complete(walked):
    walked("addresses of a family, each as four roles", len(FAMILY_ROUTES), at_least=58)
