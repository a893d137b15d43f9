"""A passkey from the first to the last step, with Chromium's own virtual authenticator."""

import pytest
from allauth.mfa.models import Authenticator
from playwright.sync_api import expect

from tests.browser.conftest import fill_in_login, log_in, log_out
from tests.browser.looks import wrong_with
from tests.staff import PASSWORD

pytestmark = pytest.mark.browser_context_args(reduced_motion="reduce")


@pytest.fixture
def finger(visit, settings):
    """A reader of fingers in the device, which always says yes. Passkeys belong to the address localhost."""
    settings.SECOND_FACTOR = "optional"
    assert "//localhost:" in visit.base
    device = visit.context.new_cdp_session(visit)
    device.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    device.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return device


def test_enrolled_with_recovery_codes_and_used_instead_of_the_password(visit, finger, anna):
    log_in(visit, "anna")
    visit.locator(".top-me summary").click()
    visit.get_by_role("link", name="Ustawienia konta").click()
    visit.get_by_role("link", name="Drugi składnik logowania").click()
    visit.get_by_role("link", name="Dodaj klucz").click()
    codes = add_a_key(visit)
    assert len(set(codes)) == 10
    kinds = Authenticator.objects.filter(user=anna).values_list("type", flat=True)
    assert sorted(kinds) == ["recovery_codes", "webauthn"]

    log_out(visit)
    visit.get_by_role("button", name="Zaloguj się kluczem dostępu").click()
    visit.wait_for_url(f"{visit.base}/")
    expect(visit.locator(".top-me summary")).to_contain_text("Anna Sikora")

    log_out(visit)
    fill_in_login(visit, "anna")
    expect(visit.get_by_role("heading", level=1)).to_have_text("Drugi krok logowania")
    visit.get_by_label("Kod", exact=True).fill(codes[0])
    visit.get_by_role("button", name="Zaloguj się", exact=True).click()
    visit.wait_for_url(f"{visit.base}/")
    visit.goto(f"{visit.base}/konto/drugi-skladnik/")
    expect(visit.get_by_text("Zostało 9 z 10.")).to_be_visible()


def add_a_key(page) -> list[str]:
    """From the confirmation by password to the recovery codes, which are shown once; returns them."""
    page.get_by_label("Hasło").fill(PASSWORD)
    page.get_by_role("button", name="Potwierdź").click()
    page.get_by_label("Nazwa klucza").fill("Telefon")
    page.get_by_label("Loguj tym kluczem bez hasła").check()
    page.get_by_role("button", name="Dodaj klucz").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kody zapasowe")
    codes = page.get_by_label("Kody", exact=True).input_value().split()
    page.get_by_label("Kody są zapisane w bezpiecznym miejscu").check()
    page.get_by_role("link", name="Gotowe").click()
    expect(page.get_by_text("1 klucz", exact=True)).to_be_visible()
    return codes


def test_its_pages_look_right(visit, finger, anna):
    log_in(visit, "anna")
    visit.goto(f"{visit.base}/konto/drugi-skladnik/klucze/dodaj/")
    faults = wrong_with(visit)
    add_a_key(visit)
    key = Authenticator.objects.get(type="webauthn")
    for address in ("", "klucze/", "klucze/dodaj/", f"klucze/{key.pk}/nazwa/", f"klucze/{key.pk}/usun/"):
        visit.goto(f"{visit.base}/konto/drugi-skladnik/{address}")
        faults += wrong_with(visit)
    for address in ("aplikacja/wlacz/", "kody-zapasowe/", "kody-zapasowe/nowe/"):
        visit.goto(f"{visit.base}/konto/drugi-skladnik/{address}")
        faults += wrong_with(visit)
    assert faults == []
