"""Uploaded files: no more of a request is kept than a limit, whoever sends it."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from lubsko_ops.core import uploads


def test_all_files_of_a_request_together_are_bounded_and_their_sizes_known(monkeypatch):
    monkeypatch.setattr(uploads, "KEPT_BYTES", 100_000)
    files = {name: SimpleUploadedFile(name, bytes(70_000)) for name in ("a", "b", "c")}
    received = RequestFactory().post("/", files).FILES
    assert [received[name].size for name in files] == [70_000] * 3
    assert sum(len(received[name].read()) for name in files) <= 100_000
