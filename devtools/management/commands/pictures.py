"""Takes the pictures of the README (docs/pictures/) from the demo centre that ``./dev run`` serves.

Session cookies are made in the database, so it must be that of the server: ``./dev manage pictures [address]``.
"""

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand
from django.test import Client
from django.urls import reverse
from PIL import Image

from devtools.machine import chromium
from families.caseload.models import Assignment
from families.choices import AssignmentKind
from lubsko_ops.accounts.models import User
from lubsko_ops.core import clock
from lubsko_ops.core.dates import Quarter

FOLDER = Path(settings.BASE_DIR, "docs/pictures")
COLOURS = 128  # of the palette; the screens use few


@dataclass(frozen=True)
class Picture:
    name: str
    username: str
    url: str
    width: int
    height: int


def pictures() -> list[Picture]:
    """An assistant's day on the phone, a family's file, the manager's quarterly report."""
    leading = Assignment.objects.filter(assistant__username="anna", kind=AssignmentKind.LEADING)
    family = leading.order_by("pk")[0].period.family_id
    quarter = Quarter.of(clock.today()).previous
    report = reverse("reports:quarterly", args=[quarter.year, quarter.number])
    return [
        Picture("start-asystenta", "anna", reverse("start"), 390, 780),
        Picture("teczka-rodziny", "anna", reverse("families:overview", args=[family]), 1280, 780),
        Picture("sprawozdanie", "maria", report, 1280, 780),
    ]


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("address", nargs="?", default="http://127.0.0.1:8000")

    def handle(self, *args, address, **options):
        from playwright.sync_api import sync_playwright

        FOLDER.mkdir(exist_ok=True)
        wanted = pictures()
        cookies = {each.username: _session_key(each.username) for each in wanted}
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
            for picture in wanted:
                size = {"width": picture.width, "height": picture.height}
                context = browser.new_context(viewport=size, locale="pl-PL", timezone_id="Europe/Warsaw")
                context.add_cookies(
                    [
                        {
                            "name": settings.SESSION_COOKIE_NAME,
                            "value": cookies[picture.username],
                            "url": address,
                        }
                    ]
                )
                page = context.new_page()
                page.goto(address + picture.url, wait_until="networkidle")
                path = FOLDER / f"{picture.name}.png"
                page.screenshot(path=path)
                context.close()
                Image.open(path).convert("RGB").quantize(COLOURS).save(path, optimize=True)
                self.stdout.write(f"{path.relative_to(settings.BASE_DIR)}: {path.stat().st_size // 1024} kB")
            browser.close()


def _session_key(username: str) -> str:
    client = Client()
    client.force_login(User.objects.get(username=username))
    return client.cookies[settings.SESSION_COOKIE_NAME].value
