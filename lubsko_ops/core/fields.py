"""Model fields encrypted at rest: texts, PESEL numbers (searched by a keyed hash only) and JSON of typed forms."""

import hashlib
import hmac
import json
from functools import lru_cache

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from stdnum import exceptions as stdnum_errors
from stdnum.pl import pesel as pesel_number


@lru_cache(maxsize=1)
def _cipher(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])


def cipher() -> MultiFernet:
    """The cipher over PESEL_KEYS: the newest key encrypts, all of them decrypt."""
    return _cipher(tuple(settings.PESEL_KEYS))


def pesel_key(number: str) -> str:
    """Keyed hash (HMAC-SHA256, hex) for exact search; empty for an empty number."""
    if not number:
        return ""
    return hmac.new(settings.PESEL_SEARCH_KEY.encode(), number.encode(), hashlib.sha256).hexdigest()


def clean_pesel(number: str) -> str:
    """The eleven digits. Raises ValidationError with a message for the user."""
    try:
        return pesel_number.validate(number)
    except stdnum_errors.InvalidLength:
        raise ValidationError("PESEL ma 11 cyfr. Sprawdź, czy żadnej nie brakuje.") from None
    except stdnum_errors.InvalidFormat:
        raise ValidationError("PESEL składa się z samych cyfr.") from None
    except stdnum_errors.ValidationError:
        raise ValidationError("Ten PESEL ma błąd w cyfrach. Przepisz go jeszcze raz z dokumentu.") from None


class EncryptedTextField(models.TextField):
    """Text in Python, ciphertext in the database. Cannot be compared."""

    description = "text, encrypted"
    lookup_error = "An encrypted value cannot be searched."

    def get_prep_value(self, value):
        value = super().get_prep_value(value)
        return cipher().encrypt(value.encode()).decode() if value else ""

    def from_db_value(self, value, expression, connection):
        return cipher().decrypt(value.encode()).decode() if value else ""

    def get_lookup(self, lookup_name):
        if lookup_name == "isnull":
            return super().get_lookup(lookup_name)
        raise NotImplementedError(self.lookup_error)


class PeselField(EncryptedTextField):
    """An encrypted PESEL; to search, compare ``pesel_key``."""

    description = "PESEL, encrypted"
    lookup_error = "An encrypted PESEL cannot be searched; use pesel_key."


class EncryptedJSONField(models.TextField):
    """A JSON value in Python, ciphertext in the database; an empty value is stored as an empty text.

    For drafts and sent forms, which may hold PESEL numbers. Only emptiness can be queried.
    """

    description = "JSON, encrypted"
    # For django-stubs, which takes the type of the value from the base class: here it is what a form sent, not text.
    _pyi_private_set_type: dict[str, list[str]]  # type: ignore[assignment]
    _pyi_private_get_type: dict[str, list[str]]  # type: ignore[assignment]

    def get_prep_value(self, value):
        return cipher().encrypt(json.dumps(value, ensure_ascii=False).encode()).decode() if value else ""

    def from_db_value(self, value, expression, connection):
        return json.loads(cipher().decrypt(value.encode())) if value else {}

    def to_python(self, value):
        return value or {}

    def get_lookup(self, lookup_name):
        if lookup_name in ("exact", "isnull"):
            return super().get_lookup(lookup_name)
        raise NotImplementedError("An encrypted value cannot be searched.")
