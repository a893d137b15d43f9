"""A valid submission of every form of the import."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from families.register_import.actions import start_import, upload_register
from families.register_import.models import RegisterImport
from families.register_import.running import run_check, run_import
from tests.families.register_import.workbooks import MALINOWSCY, workbook


class ResendableFile(SimpleUploadedFile):
    """A file that may be sent several times: each reading begins at its beginning."""

    def read(self, *args):
        self.seek(0)
        return super().read(*args)


def _ready(request) -> RegisterImport:
    row = upload_register(files=[workbook(MALINOWSCY)], by=request.getfixturevalue("maria"))
    run_check(row.pk)
    return RegisterImport.objects.get(pk=row.pk)


def _done(request) -> RegisterImport:
    row = _ready(request)
    start_import(register_import=row, version=row.version, by=row.entered_by)
    run_import(row.pk)
    return row


def _form(name: str, row, **fields):
    return lambda request: (reverse(name, args=[row(request).pk]), fields)


def _upload(request):
    return reverse("register-import"), {"files": [ResendableFile("rejestr.xlsx", workbook(MALINOWSCY))]}


IMPORT_SUBMISSIONS = [
    ("register-import", "maria", _upload),
    ("register-import-start", "maria", _form("register-import-start", _ready, remarks_read="on")),
    ("register-import-cancel", "maria", _form("register-import-cancel", _ready)),
    ("register-import-undo", "maria", _form("register-import-undo", _done, reason="zły rok")),
]
