"""Files of a meeting: taken by their content, kept encrypted, read by those who run it, removed with a reason."""

import zlib
from io import BytesIO, StringIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from PIL import Image

from lubsko_ops.output import file_store
from sessions.models import MeetingLeader
from sessions.running import actions, record_actions
from sessions.running.files import DOCX, ODT, STORED_SIDE, make_safe
from tests.form_client import form_data, response_text, submit_form
from tests.projects.groups.helpers import page
from tests.sessions.running.helpers import close_project, plain_text, url

PDF = b"%PDF-1.7\n%plan of the class"


def packed(*names: str, mimetype: str = "") -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w") as archive:
        if mimetype:
            archive.writestr("mimetype", mimetype)
        for each in names:
            archive.writestr(each, "x")
    return buffer.getvalue()


def photo(kind="JPEG", size=(40, 20)) -> bytes:
    """A photograph taken on its side, with the place in it."""
    picture, buffer = Image.new("RGB", size, "red"), BytesIO()
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "Aparat"
    picture.save(buffer, kind, exif=exif)
    return buffer.getvalue()


def damaged_odt() -> bytes:
    """An ODT whose type does not unpack."""
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", ODT)
        archive.writestr("content.xml", "x")
    packed_type = zlib.compress(ODT.encode(), wbits=-15)
    assert packed_type in buffer.getvalue()
    return buffer.getvalue().replace(packed_type, b"\xff" * len(packed_type))


def damaged_photo() -> bytes:
    """A photograph in which the camera gives its width in words."""
    return photo().replace(b"\x01\x0f\x00\x02", b"\x01\x01\x00\x02")


def packed_zeros() -> bytes:
    """A small document that fills 400 MB when it is unpacked."""
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "x")
        with archive.open("word/document.xml", "w") as part:
            for _ in range(400):
                part.write(bytes(2**20))
    return buffer.getvalue()


def send(client, meeting, content: bytes, title="Konspekt"):
    address = url("meeting-file-add", meeting.pk)
    data = form_data(client, address, title=title)
    return client.post(address, data | {"content": SimpleUploadedFile("Kowalska Danuta.pdf", content)})


def attach(meeting, by, content=PDF):
    return record_actions.add_file(meeting=meeting, title="Konspekt", content=content, by=by)


def test_a_plan_is_attached_and_downloaded(as_tomasz, meeting):
    assert send(as_tomasz, meeting, PDF).status_code == 302
    row = meeting.files.get()
    assert (row.content_type, row.size, row.checksum) == (
        "application/pdf",
        len(PDF),
        file_store.checksum_of(PDF),
    )
    assert PDF not in file_store.path_of(row.stored_as).read_bytes()
    response = as_tomasz.get(url("meeting-file", meeting.pk, row.pk))
    assert response.content == PDF
    assert response["Content-Disposition"] == f'attachment; filename="plik-{row.pk}.pdf"'
    assert (response["X-Content-Type-Options"], response["Cache-Control"]) == ("nosniff", "private, no-store")
    assert "Konspekt PDF" in plain_text(as_tomasz, url("meeting", meeting.pk))


@pytest.mark.parametrize(
    ("content", "content_type"),
    [
        (packed("[Content_Types].xml", "word/document.xml"), DOCX),
        (packed("content.xml", mimetype=ODT), ODT),
    ],
)
def test_documents_by_their_content(content, content_type):
    assert make_safe(content) == (content_type, content)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"<html>", "To nie jest PDF, DOCX, ODT, JPG ani PNG."),
        (b"", "jest pusty"),
        (b"%PDF-" + b"0" * 10 * 2**20, "więcej niż 10 MB"),
        (b"PK\x03\x04 nothing", "nie da się odczytać"),
        (packed("[Content_Types].xml", "xl/workbook.xml"), "To nie jest PDF"),
        (packed("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), "zawiera makra"),
        (b"\xff\xd8\xff no picture", "nie da się odczytać"),
        (b"\x89PNG\r\n no picture", "nie da się odczytać"),
        (damaged_odt(), "nie da się odczytać"),
        (damaged_photo(), "nie da się odczytać"),
        (packed_zeros, "nie da się odczytać"),  # made in the test alone: it takes a second
    ],
)
def test_refused_beside_the_field(as_tomasz, meeting, content, sentence):
    content = content() if callable(content) else content
    response = send(as_tomasz, meeting, content)
    assert response.status_code == 422 and sentence in response_text(response)
    assert "Konspekt" in response_text(response) and not meeting.files.exists()


def test_a_photograph_loses_where_it_was_taken():
    content_type, stored = make_safe(photo(size=(STORED_SIDE + 400, 100)))
    picture = Image.open(BytesIO(stored))
    assert content_type == "image/jpeg" and not picture.getexif()
    assert picture.height == STORED_SIDE  # upright, and made smaller
    assert make_safe(photo("PNG"))[0] == "image/png"


def test_check_files_knows_it(tomasz, meeting):
    row = attach(meeting, tomasz)
    file_store.path_of(row.stored_as).unlink()
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("check_files", stdout=out, stderr=out)
    assert f"plik spotkania {row.pk}" in out.getvalue()


def test_removed_with_a_reason_its_bytes_go_too(
    as_tomasz, tomasz, meeting, django_capture_on_commit_callbacks
):
    row = attach(meeting, tomasz)
    with django_capture_on_commit_callbacks(execute=True):
        address = url("meeting-file-remove", meeting.pk, row.pk)
        assert submit_form(as_tomasz, address, why="nie ten plik").status_code == 302
    assert not meeting.files.exists() and not file_store.exists(row.stored_as)
    assert "nie ten plik" in plain_text(as_tomasz, page("projects:history", meeting.group.edition_id))
    assert as_tomasz.get(url("meeting-file", meeting.pk, row.pk)).status_code == 404


def test_read_by_those_who_run_it(as_anna, anna, tomasz, meeting):
    row = attach(meeting, tomasz)
    for name in ("meeting-file", "meeting-file-remove"):
        assert as_anna.get(url(name, meeting.pk, row.pk)).status_code == 403
    assert as_anna.get(url("meeting-file-add", meeting.pk)).status_code == 403
    with pytest.raises(PermissionDenied):
        attach(meeting, anna)
    record_actions.add_meeting_leader(meeting=meeting, data=MeetingLeader(user=anna), by=tomasz)
    assert as_anna.get(url("meeting-file", meeting.pk, row.pk)).status_code == 200
    assert send(as_anna, meeting, PDF).status_code == 302


def test_not_to_a_cancelled_meeting_nor_in_a_closed_project(tomasz, group, meeting):
    actions.cancel_meeting(meeting=meeting, reason="Awaria", version=None, by=tomasz)
    with pytest.raises(ValidationError, match="odwołane"):
        attach(meeting, tomasz)
    close_project(group)
    with pytest.raises(PermissionDenied, match="zamknięty"):
        attach(meeting, tomasz)
