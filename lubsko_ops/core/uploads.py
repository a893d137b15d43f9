"""Uploaded files stay in memory, a bounded part of each request: nothing personal comes into a temporary folder."""

from io import BytesIO

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler

KEPT_BYTES = 10 * 2**20  # of all files of a request, which anybody may send


class BoundedUploadHandler(FileUploadHandler):
    """Keeps what the files begin with in memory and counts the rest, so that a form can refuse them by their size."""

    received = 0

    def new_file(self, *args, **kwargs):
        super().new_file(*args, **kwargs)
        self.file = BytesIO()

    def receive_data_chunk(self, raw_data, start):
        self.received += len(raw_data)
        if self.received <= KEPT_BYTES:
            self.file.write(raw_data)
        return None

    def file_complete(self, file_size):
        self.file.seek(0)
        return InMemoryUploadedFile(
            self.file, self.field_name, self.file_name, self.content_type, file_size, self.charset
        )
