"""Real Chromium against a real server. Debian's browser; when it is missing the tests fail with a sentence."""

import os
import shutil

import pytest

from tests.conftest import PASSWORD

PHONE, DESK = {"width": 360, "height": 780}, {"width": 1280, "height": 900}


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if not path:
        pytest.fail("Brak przeglądarki Chromium. Zainstaluj: sudo apt-get install chromium", pytrace=False)
    quiet = [
        "--no-sandbox",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ]
    return browser_type_launch_args | {"executable_path": path, "args": quiet}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return browser_context_args | {"locale": "pl-PL", "timezone_id": "Europe/Warsaw", "viewport": DESK}


@pytest.fixture(autouse=True)
def mark_browser(request):
    request.node.add_marker(pytest.mark.browser)


@pytest.fixture
def visit(live_server, page):
    """A page whose console must stay silent: any error or violation of the security policy fails the test."""
    complaints = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.base = live_server.url
    yield page
    expected = ("status of 4", "status of 5")  # refusals and drills that a test asks for
    assert [text for text in complaints if not any(words in text for words in expected)] == []


def log_in(page, username: str) -> None:
    """Log in through the page, as a person does."""
    page.goto(f"{page.base}/konto/logowanie/")
    page.get_by_label("Nazwa użytkownika").fill(username)
    page.get_by_label("Hasło").fill(PASSWORD)
    page.get_by_role("button", name="Zaloguj się", exact=True).click()
    page.wait_for_url(f"{page.base}/")


def log_out(page) -> None:
    page.locator(".top-me summary").click()
    page.get_by_role("button", name="Wyloguj").click()
    page.wait_for_url("**/konto/logowanie/**")


def scrolls_sideways(page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
