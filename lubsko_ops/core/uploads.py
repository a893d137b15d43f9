"""Uploaded files stay in memory, no more of each than a limit: nothing personal is written to a temporary folder."""

from io import BytesIO

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler

KEPT_BYTES = 10 * 2**20  # of one file


class BoundedUploadHandler(FileUploadHandler):
    """Keeps the beginning of a file in memory and counts the rest, so that a form can refuse it by its size."""

    def new_file(self, *args, **kwargs):
        super().new_file(*args, **kwargs)
        self.file, self.received = BytesIO(), 0

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
