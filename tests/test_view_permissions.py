"""Each address names a permission or stands on the short list of open ones; each role gets what the table says."""

import pytest
from django.urls import path
from django.views.generic import TemplateView

from lubsko_ops.audit.base_views import PermissionRequiredView
from lubsko_ops.audit.models import AccessArea
from lubsko_ops.core.permissions import ROLE_PERMISSIONS, Permission, Role
from tests.url_inventory import all_routes

# Open to everybody, each with its reason.
OPEN = {
    "account_login": "the login itself",
    "account_inactive": "tells that an account is switched off",
    "mfa_authenticate": "the second step of the login",
    "mfa_login_webauthn": "login by passkey",
    "first-administrator": "one-time link of an empty installation",
    "draft": "keeps what was typed after the session ended; the signed key says whose it is",
    "gallery": "components with invented data, only in the demo",
    "gallery-paper": "a printed page with invented data, only in the demo",
    "health": "for probes, shows nothing",
}
# Pages of the library that ask for the login themselves and concern one's own account only.
OWN = {"account_logout", "account_reauthenticate", "account_change_password", *(
    f"mfa_{name}"
    for name in (
        "index", "reauthenticate", "activate_totp", "deactivate_totp", "view_recovery_codes",
        "generate_recovery_codes", "download_recovery_codes", "list_webauthn", "add_webauthn",
        "reauthenticate_webauthn", "edit_webauthn", "remove_webauthn",
    )
)}  # fmt: skip


@pytest.mark.parametrize("route", all_routes(), ids=str)
def test_view_names_a_permission_and_a_part(route):
    if route.name in OPEN or route.name in OWN:
        return
    assert issubclass(route.view_class, PermissionRequiredView)
    assert isinstance(route.view_class.permission, Permission)
    assert route.view_class.access_area is None or isinstance(route.view_class.access_area, AccessArea)


def test_the_lists_of_exceptions_name_only_addresses_that_exist():
    names = {route.name for route in all_routes()}
    assert set(OPEN) | OWN <= names


@pytest.mark.parametrize("route", [r for r in all_routes() if r.name not in OPEN], ids=str)
def test_nobody_without_a_login_gets_further_than_the_login(route, client, db):
    arguments = dict.fromkeys(route.arguments, 1)
    url = "/" + route.shape
    for name in arguments:
        for converter in ("int", "uuid", "str"):
            value = "00000000-0000-0000-0000-000000000001" if converter == "uuid" else "1"
            url = url.replace(f"<{converter}:{name}>", value)
    for method in ("get", "post"):
        response = getattr(client, method)(url)
        assert response.status_code in (302, 405), f"{method} {url}"
        if response.status_code == 302:
            assert response.url.startswith("/konto/logowanie/")


def test_a_view_without_a_permission_does_not_start():
    class Forgotten(PermissionRequiredView, TemplateView):
        part = None

    with pytest.raises(Exception, match="names no permission"):
        path("x/", Forgotten.as_view())


def test_a_view_that_does_not_say_what_it_shows_does_not_start():
    class Silent(PermissionRequiredView, TemplateView):
        permission = Permission.FAMILY_VIEW

    with pytest.raises(Exception, match="which part"):
        path("x/", Silent.as_view())


def test_the_administrator_holds_no_right_over_any_case():
    case_rights = {
        right
        for right in Permission
        if right.value.startswith(("family", "assign", "basis", "people", "visit"))
    }
    assert not ROLE_PERMISSIONS[Role.ADMIN] & case_rights


def test_every_right_is_granted_to_somebody():
    assert set().union(*ROLE_PERMISSIONS.values()) == set(Permission)
