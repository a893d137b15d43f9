"""Files of meetings: which are taken, by their content; a picture is drawn anew, without place and camera."""

import struct
import warnings
import zlib
from collections.abc import Iterator
from io import BytesIO
from lzma import LZMAError
from uuid import UUID
from zipfile import BadZipFile, ZipFile

from django.core.exceptions import ValidationError
from PIL import Image, ImageOps, UnidentifiedImageError

from lubsko_ops.output import file_store
from lubsko_ops.output.file_store import ListedFile
from sessions.models import MeetingFile

MAX_FILE = 10 * 2**20
MAX_PIXELS = {"JPEG": 60_000_000, "PNG": 16_000_000}  # a JPEG is read at a fraction of its size
STORED_SIDE = 2400  # pixels, enough for a page in print
MAX_PARTS = 2_000
MAX_UNPACKED = 300 * 2**20  # a document that packs much more is made to fill the memory of who opens it
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ODT = "application/vnd.oasis.opendocument.text"
# The ending of a file by its content type.
KINDS = {"application/pdf": "pdf", DOCX: "docx", ODT: "odt", "image/jpeg": "jpg", "image/png": "png"}
NOT_TAKEN = (
    "To nie jest PDF, DOCX, ODT, JPG ani PNG. Zapisz plik w jednym z tych formatów i wybierz go jeszcze raz."
)
DAMAGED = "Tego pliku nie da się odczytać. Otwórz go w programie, w którym powstał, i zapisz jeszcze raz."
MACROS = "Ten dokument zawiera makra. Zapisz go bez nich, najlepiej jako PDF."
TOO_LARGE = f"Plik ma więcej niż {MAX_FILE // 2**20} MB. Zmniejsz go albo podziel."
# What a damaged archive raises when it is opened, or the name of its type unpacked.
UNPACKING_ERRORS = (
    BadZipFile,
    EOFError,
    KeyError,
    LZMAError,
    OSError,
    RuntimeError,
    ValueError,
    struct.error,
    zlib.error,
)
# What a damaged picture raises, or what its camera wrote beside it.
DRAWING_ERRORS = (
    UnidentifiedImageError,
    EOFError,
    OSError,
    SyntaxError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
)


def make_safe(content: bytes) -> tuple[str, bytes]:
    """The content type, by the content, and what is stored. Raises ValidationError with what to do instead."""
    if not content:
        raise ValidationError("Ten plik jest pusty. Wybierz inny.")
    if len(content) > MAX_FILE:
        raise ValidationError(TOO_LARGE)
    if content.startswith(b"%PDF-"):
        return "application/pdf", content
    if content.startswith(b"\xff\xd8\xff"):
        return "image/jpeg", redraw(content, "JPEG")
    if content.startswith(b"\x89PNG\r\n"):
        return "image/png", redraw(content, "PNG")
    if content.startswith(b"PK\x03\x04"):
        return document_type(content), content
    raise ValidationError(NOT_TAKEN)


def document_type(content: bytes) -> str:
    """DOCX or ODT, by the directory of the ZIP; nothing of it is unpacked but the name of its type."""
    try:
        with ZipFile(BytesIO(content)) as archive:
            names = [part.filename.lower() for part in archive.infolist()]
            unpacked = sum(part.file_size for part in archive.infolist())
            is_odt = names[:1] == ["mimetype"] and archive.getinfo("mimetype").file_size == len(ODT)
            is_odt = is_odt and archive.read("mimetype") == ODT.encode()
    except UNPACKING_ERRORS as error:
        raise ValidationError(DAMAGED) from error
    if len(names) > MAX_PARTS or unpacked > MAX_UNPACKED:
        raise ValidationError(DAMAGED)
    if any(name.endswith("vbaproject.bin") or name.startswith(("basic/", "scripts/")) for name in names):
        raise ValidationError(MACROS)
    if is_odt and "content.xml" in names:
        return ODT
    if {"[content_types].xml", "word/document.xml"} <= set(names):
        return DOCX
    raise ValidationError(NOT_TAKEN)


def redraw(content: bytes, kind: str) -> bytes:
    """The pixels alone, upright, at most ``STORED_SIDE`` wide and high."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(BytesIO(content), formats=[kind])
            if picture.width * picture.height > MAX_PIXELS[kind]:
                raise ValidationError("Ten obraz ma za dużo punktów. Zmniejsz go i wybierz jeszcze raz.")
            if kind == "JPEG":
                picture.draft("RGB", (STORED_SIDE, STORED_SIDE))
            pixels = ImageOps.exif_transpose(picture).convert("RGB" if kind == "JPEG" else "RGBA")
    except DRAWING_ERRORS as error:
        raise ValidationError(DAMAGED) from error
    pixels.thumbnail((STORED_SIDE, STORED_SIDE))
    clean = Image.new(pixels.mode, pixels.size)
    clean.paste(pixels)
    stored = BytesIO()
    clean.save(stored, kind, **({"quality": 85} if kind == "JPEG" else {"optimize": True}))
    return stored.getvalue()


def discard(name: UUID) -> None:
    """Delete the bytes of a file whose row is gone, after the commit."""
    file_store.delete(name)


def file_name(row: MeetingFile) -> str:
    """ "plik-12.pdf": neutral, because names of files end up in folders and histories."""
    return f"plik-{row.pk}.{KINDS[row.content_type]}"


def get_listed_files() -> Iterator[ListedFile]:
    """All files of meetings, for ``manage.py check_files``."""
    rows = MeetingFile.objects.order_by("pk").values_list("pk", "stored_as", "checksum")
    for pk, name, checksum in rows.iterator(chunk_size=2000):
        yield ListedFile(f"plik spotkania {pk}", name, checksum)
