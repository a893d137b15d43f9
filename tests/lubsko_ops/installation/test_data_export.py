"""Export of all data: asked for with a reason, made in the background, downloaded after a fresh confirmation."""

import csv
import io
import zipfile
from datetime import timedelta

import pytest

from families.people.models import Family, Person
from lubsko_ops.accounts.models import User
from lubsko_ops.core import clock
from lubsko_ops.installation import export as exporting
from lubsko_ops.installation.actions import record_download, request_export
from lubsko_ops.installation.export import as_text, expire_exports, make_export
from lubsko_ops.installation.models import DataExport, DataExportPart
from lubsko_ops.output import file_store
from tests.concurrency import run_together
from tests.factories import TODAY
from tests.form_client import response_text, submit_form
from tests.staff import PASSWORD

PAGE = "/ustawienia/eksport/"


def ask(client, reason="archiwum"):
    return submit_form(client, PAGE, reason=reason)


def confirm(client, url):
    """A browser that gets a file stays on the page of the confirmation, so that leads back to the list."""
    response = client.get(url)
    assert response.status_code == 302 and response.url.startswith("/konto/potwierdz/")
    response = client.post(response.url, {"password": PASSWORD, "next": PAGE})
    assert response.url == PAGE and "Potwierdzono, że to Ty." in response_text(client.get(PAGE))


def table(archive: zipfile.ZipFile, name: str) -> list[dict]:
    text = archive.read(name).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def content(response) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))


@pytest.fixture
def made(db, maria, monkeypatch):
    """A file that is ready; made in small parts."""
    monkeypatch.setattr(exporting, "PART_SIZE", 10_000)
    monkeypatch.setattr(exporting, "begin_snapshot", lambda: None)  # the test is a transaction already
    export = DataExport.objects.create(reason="archiwum", requested_at=clock.now(), requested_by=maria)
    make_export(export.pk)
    export.refresh_from_db()
    return export


def test_it_waits_for_the_worker_and_one_at_a_time(as_maria, maria):
    assert ask(as_maria).status_code == 302
    export = DataExport.objects.get()
    assert (export.state, export.reason, export.requested_by) == ("waiting", "archiwum", maria)
    assert "powstaje" in response_text(as_maria.get(PAGE))
    response = ask(as_maria, "jeszcze raz")
    assert response.status_code == 422 and "Poprzedni eksport jeszcze powstaje." in response_text(response)


def test_without_a_reason_it_is_refused(as_maria):
    assert ask(as_maria, "").status_code == 422 and not DataExport.objects.exists()


def test_it_holds_every_row_and_describes_every_column(as_maria, kowalscy, made):
    make_again = DataExport.objects.create(
        reason="x", requested_at=clock.now(), requested_by_id=made.requested_by_id
    )
    make_export(make_again.pk)
    url = f"{PAGE}{make_again.pk}.zip"
    confirm(as_maria, url)
    archive = content(as_maria.get(url))
    assert archive.testzip() is None
    families = table(archive, "dane/people_family.csv")
    assert {row["id"] for row in families} == {str(pk) for pk in Family.objects.values_list("pk", flat=True)}
    people = table(archive, "dane/people_person.csv")
    assert {row["last_name"] for row in people} == set(Person.objects.values_list("last_name", flat=True))
    description = table(archive, "opis-kolumn.csv")
    assert not any("historical" in row["tabela"] for row in description)
    described = {(row["plik"], row["kolumna"]) for row in description}
    for name in archive.namelist():
        if name.startswith(("dane/", "historia/")):
            heading = archive.read(name).decode("utf-8-sig").splitlines()[0].split(";")
            assert {(name, column) for column in heading} <= described
    assert table(archive, "historia/people_person.csv")


def test_no_secret_is_in_it(as_maria, made):
    url = f"{PAGE}{made.pk}.zip"
    confirm(as_maria, url)
    archive = content(as_maria.get(url))
    text = b"".join(archive.read(name) for name in archive.namelist())
    assert b"pbkdf2" not in text
    names = set(archive.namelist())
    assert not names & {"dane/submissions_draft.csv", "dane/accounts_firstadministratorlink.csv"}


def test_each_download_asks_again_and_is_recorded(as_maria, maria, made):
    url = f"{PAGE}{made.pk}.zip"
    confirm(as_maria, url)
    response = as_maria.get(url)
    assert response.status_code == 200
    assert response["Content-Length"] == str(made.size) == str(len(b"".join(response.streaming_content)))
    assert as_maria.get(url).status_code == 302
    assert [(each.user, each.export) for each in made.downloads.all()] == [(maria, made)]
    assert "pobrano" in response_text(as_maria.get(PAGE))


def test_a_lost_part_is_named_before_anything_is_sent(as_maria, made):
    url = f"{PAGE}{made.pk}.zip"
    file_store.delete(made.parts.first().stored_as)
    as_maria.get(url)
    assert "Część tego pliku zginęła z dysku." in response_text(as_maria.get(PAGE))
    assert not made.downloads.exists()


def test_a_confirmation_of_long_ago_does_not_serve(as_maria, made):
    url = f"{PAGE}{made.pk}.zip"
    confirm(as_maria, url)
    with clock.freeze_time(clock.now() + timedelta(minutes=6)):
        assert as_maria.get(url).status_code == 302


def test_on_the_disk_it_is_encrypted_and_after_a_day_gone(as_maria, maria, made):
    parts = list(made.parts.all())
    assert len(parts) > 1
    assert not any(b"PK\x03\x04" in file_store.path_of(part.stored_as).read_bytes() for part in parts)
    with clock.freeze_time(clock.now() + timedelta(hours=24, seconds=1)):
        as_maria.force_login(maria)
        assert as_maria.get(f"{PAGE}{made.pk}.zip").status_code == 404
        assert expire_exports() == 1
    assert not any(file_store.exists(part.stored_as) for part in parts)
    assert not DataExportPart.objects.exists()
    assert DataExport.objects.get().state == "expired"


def test_one_that_fails_leaves_no_file(db, maria, monkeypatch):
    monkeypatch.setattr(exporting, "PART_SIZE", 1_000)
    monkeypatch.setattr(exporting, "begin_snapshot", lambda: None)

    def fail():
        raise OSError

    monkeypatch.setattr(exporting, "read_papers", fail)
    before = set(file_store.names())
    export = DataExport.objects.create(reason="x", requested_at=clock.now(), requested_by=maria)
    with pytest.raises(OSError):
        make_export(export.pk)
    assert DataExport.objects.get().state == "failed" and set(file_store.names()) == before


def test_what_a_killed_worker_wrote_is_deleted_when_another_begins_anew(db, maria, monkeypatch):
    monkeypatch.setattr(exporting, "PART_SIZE", 1_000)
    monkeypatch.setattr(exporting, "begin_snapshot", lambda: None)

    def be_killed():
        raise SystemExit

    before = set(file_store.names())
    export = DataExport.objects.create(reason="x", requested_at=clock.now(), requested_by=maria)
    with monkeypatch.context() as killed, pytest.raises(SystemExit):
        killed.setattr(exporting, "read_papers", be_killed)
        make_export(export.pk)
    assert set(file_store.names()) > before
    make_export(export.pk)
    listed = {part.stored_as.hex for part in export.parts.all()}
    assert listed and set(file_store.names()) - before == listed


@pytest.mark.parametrize("name", ["anna", "tomasz", "jan"])
def test_only_the_manager(client, request, made, name):
    client.force_login(request.getfixturevalue(name))
    assert client.get(PAGE).status_code == 403
    assert client.get(f"{PAGE}{made.pk}.zip").status_code == 403


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("+48 600", "'+48 600"),
        ("-", "'-"),
        ("@x", "'@x"),
        (None, ""),
        (True, "tak"),
        (["=a", "b"], "'=a, b"),
        (-5, -5),
    ],
)
def test_no_cell_is_a_formula(value, text):
    assert str(as_text(value)).removeprefix("'") == str(text).removeprefix("'")
    assert not str(as_text(value)).startswith(("=", "+", "@"))


@pytest.mark.django_db(transaction=True)
def test_of_requests_at_the_same_moment_one_is_taken():
    maria = User.objects.get(username="maria")

    def request():
        with clock.freeze_time(TODAY):
            return request_export(reason="archiwum", by=maria)

    run_together(*[request] * 6)
    assert DataExport.objects.count() == 1


def test_a_confirmation_that_several_requests_read_serves_one_of_them(made, maria):
    confirmed_at = clock.now()
    downloads = [record_download(export=made, by=maria, confirmed_at=confirmed_at) for _ in range(2)]
    assert downloads[0] and downloads[1] is None
