"""The state of the installation, and the open pages."""

from datetime import datetime, timedelta

import pytest
from django.core import mail

from lubsko_ops.centre.actions import save_centre
from lubsko_ops.core import clock
from lubsko_ops.installation import health
from tests.form_client import response_text

NOW = datetime(2026, 10, 13, 12, 0, tzinfo=clock.WARSAW)


def test_the_administrator_sees_every_fact(client, jan):
    client.force_login(jan)
    page = response_text(client.get("/ustawienia/stan/"))
    for label in (
        "Wersja aplikacji",
        "Baza danych",
        "Kopia zapasowa",
        "Praca nocna",
        "Kolejka",
        "Dysk na pliki",
    ):
        assert label in page
    assert "nie wiadomo" in page and "jeszcze nigdy" in page


@pytest.mark.parametrize("name", ["maria", "anna", "tomasz"])
def test_others_do_not(client, request, name):
    client.force_login(request.getfixturevalue(name))
    assert client.get("/ustawienia/stan/").status_code == 403


@pytest.mark.parametrize(
    ("last", "kind"),
    [
        (None, "late"),
        ("nie ma pliku", "late"),
        (NOW - timedelta(hours=26), "done"),
        (NOW - timedelta(hours=26, seconds=1), "late"),
    ],
)
def test_a_backup_older_than_a_day_is_late(last, kind):
    assert health.backup_fact(last, NOW).kind == kind


def test_the_backup_is_known_from_a_file_or_a_command(settings, tmp_path):
    mark = tmp_path / "backup"
    settings.BACKUP_FILE = str(mark)
    assert "nie ma pliku" in health.get_last_backup()
    mark.touch()
    assert isinstance(health.get_last_backup(), datetime)
    settings.BACKUP_FILE, settings.BACKUP_COMMAND = "", "echo 2026-10-13T03:00:00"
    assert health.get_last_backup() == datetime(2026, 10, 13, 3, 0, tzinfo=clock.WARSAW)
    for command in ("echo wczoraj", "false", "no-such-command", "sleep 30"):
        settings.BACKUP_COMMAND = command
        health.COMMAND_SECONDS, before = 0.2, health.COMMAND_SECONDS
        try:
            assert "nie podało" in health.get_last_backup()
        finally:
            health.COMMAND_SECONDS = before


@pytest.mark.parametrize(
    ("size", "text"),
    [(0, "0 B"), (1023, "1023 B"), (1024, "1 kB"), (5 * 1024**2, "5,0 MB"), (2**41, "2,0 TB")],
)
def test_sizes_in_polish(size, text):
    assert health.format_size(size) == text


def test_a_test_e_mail_goes_to_the_own_address(client, jan, settings):
    client.force_login(jan)
    assert client.post("/ustawienia/stan/poczta/").status_code == 404
    settings.EMAIL_URL = "smtp://localhost"
    client.post("/ustawienia/stan/poczta/")
    assert not mail.outbox
    type(jan).objects.filter(pk=jan.pk).update(email="jan@mgops.example")
    client.post("/ustawienia/stan/poczta/")
    assert [each.to for each in mail.outbox] == [["jan@mgops.example"]]


@pytest.mark.parametrize("path", ["/pomoc/", "/deklaracja-dostepnosci/"])
def test_help_and_declaration_are_open_in_a_fresh_installation(client, no_staff, path):
    response = client.get(path)
    assert response.status_code == 200
    assert "/pomoc/" in response.content.decode()


def test_they_say_whom_to_ask(client, db, maria):
    data = {"name": "Ośrodek w Lubsku", "short_name": "OPS", "locality": "Lubsko"}
    save_centre(**data, problem_contact="Jan Wilk, tel. 12", by=maria)
    assert "Jan Wilk, tel. 12" in response_text(client.get("/pomoc/"))
    assert "Ośrodek w Lubsku" in response_text(client.get("/deklaracja-dostepnosci/"))
